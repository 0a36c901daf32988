"""Settings of rules 规则设置: minutes and thresholds with their basis, changed by new rows."""

from __future__ import annotations

import json
from datetime import date, timedelta

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.errors import Refused, WatchdeskError
from db.words import mark, t
from resources import localtime
from resources.rules import Rule, change_rule, rules
from ui.desk import Desk
from ui.dialogs.box import Box
from ui.pages.settings_people import value_words
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.form import Form
from ui.widgets.table import TableView


def _value(rule: Rule) -> str:
    return f"{value_words(rule.value)} {t(rule.unit) if rule.unit else ''}".strip()


def _sure(rule: Rule) -> str:
    return t("uncertain, to be confirmed locally") if rule.uncertain else ""


RULES: tuple[Column[Rule], ...] = (
    Column(mark("Rule"), lambda r: t(r.title), width=240, stretch=True, bold=True, tip=_value),
    Column(mark("Value"), _value, width=150, tip=_value),
    Column(mark("Basis"), lambda r: t(r.basis), width=230, muted=True, tip=lambda r: t(r.basis)),
    Column(mark("Valid from"), lambda r: r.valid_from, width=100),
    Column(mark("Mark"), _sure, width=150, tip=_sure))


class RulesSection(QWidget):
    """Every rule row; a change is a row of its own with the day it begins."""

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self.theme, self.desk = theme, desk
        self.model: RowsModel[Rule] = RowsModel(RULES, identity=lambda r: r.id,
                                                spoken=lambda r: f"{t(r.title)} {_value(r)}")
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
            RuleDialog(self.theme, self.desk, rule, self).open()


class RuleDialog(Box):
    """The new value and the day from which it holds."""

    def __init__(self, theme: Theme, desk: Desk, rule: Rule,
                 parent: QWidget | None = None) -> None:
        super().__init__(theme, t(rule.title), t(rule.basis), parent)
        self.desk, self.rule, self.form = desk, rule, Form(theme)
        if isinstance(rule.value, dict | list):
            self.form.text("value", t("Value"), lines=8, required=True)
        else:
            self.form.line("value", t("Value"), required=True)
        self.form.line("basis", t("Basis"), required=True)
        self.form.line("valid_from", t("Valid from"), required=True, hint="2027-01-01")
        tomorrow = localtime.local_day(desk.now()) + timedelta(days=1)
        self.form.fill({"value": rule_text(rule.value), "basis": t(rule.basis),
                        "valid_from": tomorrow.isoformat()})
        self.body.addWidget(self.form)
        self.answer(t("Cancel"), self.reject)
        self.enter = self.answer(t("Add the new value"), self.commit, primary=True)
        self.form.submitted.connect(self.commit)

    def _basis(self, words: str) -> str:
        """The source text where nothing was written over it, so that it stays translatable."""
        return self.rule.basis if words == t(self.rule.basis) else words

    def commit(self) -> None:
        self.settle()
        if self.form.missing():
            return
        values = {name: str(value).strip() for name, value in self.form.values.items()}
        try:
            change_rule(self.desk.store, self.rule, read_value(values["value"], self.rule.value),
                        valid_from=read_day(values["valid_from"]),
                        basis=self._basis(values["basis"]), by=self.desk.officer)
        except WatchdeskError as error:
            self.refuse(error, self.form)
            return
        self.accept()


def rule_text(value: object) -> str:
    """A value as it is typed: a table has one line for each of its keys."""
    if isinstance(value, dict):
        rows = (f"  {json.dumps(k, ensure_ascii=False)}: {json.dumps(v, ensure_ascii=False)}"
                for k, v in value.items())
        return "{\n" + ",\n".join(rows) + "\n}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        rows = (f"  {json.dumps(v, ensure_ascii=False)}" for v in value)
        return "[\n" + ",\n".join(rows) + "\n]"
    return value_words(value)


def read_value(text: str, like: object) -> object:
    """The value typed, of the kind of `like`.

    Raises:
        Refused: it cannot be read as such.
    """
    if isinstance(like, str):
        return text
    try:
        return json.loads(text)
    except ValueError as error:
        raise Refused("“{text}” cannot be read as a value. Write it like the present one.",
                      field="value", text=text) from error


def read_day(text: str) -> date:
    """A day typed as 2027-01-01.

    Raises:
        Refused: it is no day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("“{text}” is not a day. Write it as 2027-01-01.", field="valid_from",
                      text=text) from error
