"""Settings of rules 规则设置: minutes and thresholds with their basis, changed by new rows."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.words import mark, t
from dispatch.rule_forms import shape_of, value_words
from resources.rules import Rule, rules
from ui.desk import Desk
from ui.dialogs.rule import RuleBox
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.table import TableView


def _about(rule: Rule) -> str:
    """What it decides, for whoever wonders at its title."""
    about = shape_of(rule).about
    return t(about) if about else t(rule.title)


def _sure(rule: Rule) -> str:
    return t("uncertain, to be confirmed locally") if rule.uncertain else ""


RULES: tuple[Column[Rule], ...] = (
    Column(mark("Rule"), lambda r: t(r.title), width=240, stretch=True, bold=True, tip=_about),
    Column(mark("Value"), value_words, width=220, tip=value_words),
    Column(mark("Basis"), lambda r: t(r.basis), width=230, muted=True, tip=lambda r: t(r.basis)),
    Column(mark("Valid from"), lambda r: r.valid_from, width=100),
    Column(mark("Mark"), _sure, width=150, tip=_sure))


class RulesSection(QWidget):
    """Every rule row; a change is a row of its own with the day it begins."""

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self.theme, self.desk = theme, desk
        self.model: RowsModel[Rule] = RowsModel(RULES, identity=lambda r: r.id,
                                                spoken=lambda r: f"{t(r.title)} {value_words(r)}")
        self.table = TableView(theme, self.model, t("Rules"))
        self.change_button = QPushButton()
        feet = QHBoxLayout()
        feet.addStretch(1)
        feet.addWidget(self.change_button)
        column = QVBoxLayout(self)
        column.addWidget(self.table, 1)
        column.addLayout(feet)
        self.change_button.clicked.connect(self.change)
        self.table.activated_row.connect(lambda _row: self.change())

    def load(self) -> None:
        self.change_button.setText(t("Change the value"))
        self.model.replace(rules(self.desk.store))
        if self.table.current_row is None and self.model.rows:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def change(self) -> None:
        rule: Rule | None = self.table.current_row
        if rule is not None:
            RuleBox(self.theme, self.desk, rule, self).open()
