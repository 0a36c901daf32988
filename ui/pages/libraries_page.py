"""The libraries 五库: five tables, hazards, shelters and units, with what is known beside."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from db import search
from db.change import Change
from db.words import t
from resources import localtime
from resources.records import Library, count_of
from resources.supplies import SupplyStock
from resources.terms import MovementKind
from resources.upkeep import verify_record
from ui.desk import Desk
from ui.dialogs.stock import StockDialog
from ui.page import Page, make_action
from ui.pages.library_act import LibraryAct
from ui.pages.library_acts import acts_of
from ui.pages.library_kinds import BY_KEY, EXPIRY_COLUMN, KINDS, STOCK_COLUMN
from ui.pages.library_side import LibrarySide
from ui.rows_model import RowsModel
from ui.theme import Theme
from ui.widgets.panel import Panel
from ui.widgets.stock import SOON_DAYS, StockDelegate
from ui.widgets.table import TableView

TABLES = {Library.SUPPLY: {"supply", "lot", "movement"},
          Library.FORCE: {"force", "dispatch_order", "stamp"}}
FOUND = 100_000


class LibrariesPage(Page):
    """`open((kind, id))` shows a record in its table; a kind alone opens its tab."""

    key, icon = "libraries", "database"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk, self.kind = desk, BY_KEY["supply"]
        self.rows: Sequence[Any] = ()
        self.tabs, self.text, self.group, self.state = (QTabBar(), QLineEdit(), QComboBox(),
                                                        QComboBox())
        self.side, self.panel = LibrarySide(theme, desk), Panel(theme)
        self.totals = QLabel()
        self.buttons = {key: QPushButton() for key in ("V", "E", "N")}
        self.act_actions: list[QAction] = []
        self.find_action = make_action(self, "", "Ctrl+F", self.text.setFocus)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(120)
        self.table = self._make_table()
        self._build()
        self._connect()
        self._reword()

    def title(self) -> str:
        return t("Libraries")

    def _make_table(self) -> TableView:
        today = localtime.local_day(self.desk.now())
        delegate = StockDelegate(self.theme, STOCK_COLUMN, EXPIRY_COLUMN, today)
        model: RowsModel[Any] = RowsModel(self.kind.columns, identity=lambda row: row.id,
                                          spoken=lambda row: row.name)
        table = TableView(self.theme, model, t(self.kind.title), delegate=delegate)
        table.allow_sorting()
        table.chosen_row.connect(self._on_chosen)
        return table

    def _build(self) -> None:
        px = self.theme.px
        for kind in KINDS:
            self.tabs.setTabData(self.tabs.addTab(""), kind.key)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setCurrentIndex([k.key for k in KINDS].index(self.kind.key))
        filters = QHBoxLayout()
        filters.setContentsMargins(px(16), px(8), px(16), px(8))
        filters.setSpacing(px(8))
        self.text.setMinimumWidth(px(180))
        for widget in (self.text, self.group, self.state):
            filters.addWidget(widget)
        for box in (self.group, self.state):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        filters.addStretch(1)
        for key in ("V", "E", "N"):
            filters.addWidget(self.buttons[key])
        self.buttons["N"].setProperty("primary", True)
        self.panel.head.hide()
        self.panel.body.addLayout(filters)
        self.panel.body.addWidget(self.table, 1)
        self.totals.setProperty("tone", "muted")
        self.totals.setContentsMargins(px(16), px(8), px(16), px(8))
        self.panel.body.addWidget(self.totals)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.panel, 1)
        row.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.tabs)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(lambda n: self.show_kind(str(self.tabs.tabData(n))))
        self.text.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self.filter)
        self.group.activated.connect(self.filter)
        self.state.activated.connect(self.filter)
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, key=key: self._press(key))

    def _press(self, key: str) -> None:
        """Do what a letter does in the library in view."""
        for action in self.act_actions:
            if action.shortcut().toString() == key:
                action.trigger()

    def _offer_acts(self) -> None:
        """The acts of the library in view as actions."""
        for old in self.act_actions:
            old.deleteLater()
        self.act_actions = [make_action(self, t(act.words), act.key, partial(self._do, act))
                            for act in acts_of(self.kind.library)]

    def _do(self, act: LibraryAct) -> None:
        if not act.needs_row or self.chosen is not None:
            self.desk.act(lambda: act.run(self))

    def _reword(self) -> None:
        words = {"V": t("Verify"), "E": t("act|Edit"), "N": t("act|New")}
        for key, button in self.buttons.items():
            button.setText(f"{words[key]}  {key}")
        self._offer_acts()
        self.find_action.setText(t("Filter"))
        self.text.setPlaceholderText(t("Name, pinyin, code"))
        self.text.setAccessibleName(t("Filter"))
        self.tabs.setAccessibleName(t("Libraries"))
        for n, kind in enumerate(KINDS):
            count = count_of(self.desk.store, kind.key)
            self.tabs.setTabText(n, f"{t(kind.title)} {count}")
        self.actions_changed.emit()

    @property
    def _in_supplies(self) -> bool:
        return self.kind.library is Library.SUPPLY

    # What is shown

    def load(self, change: object | None) -> None:
        touched = change.tables() if isinstance(change, Change) else None
        wanted = TABLES.get(self.kind.library, {self.kind.key})
        if touched is not None and not touched & wanted:
            self._reword()
            return
        self._reword()
        self.rows = self.kind.read(self.desk.store)
        self._offer_groups()
        self.filter()

    def show_kind(self, key: str) -> None:
        """Show another library from its top."""
        if key == self.kind.key:
            return
        self.kind = BY_KEY[key]
        self.text.blockSignals(True)
        self.text.clear()
        self.text.blockSignals(False)
        self.group.setCurrentIndex(0)
        self.state.setCurrentIndex(0)
        old = self.table
        self.table = self._make_table()
        self.panel.body.replaceWidget(old, self.table)
        old.hide()
        old.deleteLater()
        self.load(None)

    def _offer_groups(self) -> None:
        """Fill the combos with what there is; the choice stays where it can."""
        found = dict(sorted(self.kind.group(row) for row in self.rows))
        states = self._states()
        for box, every, some in ((self.group, t(self.kind.every), found),
                                 (self.state, t("Every state"), states)):
            chosen = box.currentData()
            box.clear()
            box.addItem(every, "")
            for value, words in some.items():
                box.addItem(words, value)
            box.setCurrentIndex(max(0, box.findData(chosen)))
            box.setAccessibleName(every)

    def _states(self) -> dict[str, str]:
        if self._in_supplies:
            return {"short": t("Below the minimum"), "soon": t("Expiring"),
                    "expired": t("Expired")}
        return {"stale": t("To be verified")}

    def _in_state(self, row: Any, state: str) -> bool:
        today = localtime.local_day(self.desk.now())
        if isinstance(row, SupplyStock):
            soon = row.expires_on is not None and (row.expires_on - today).days <= SOON_DAYS
            return {"short": row.short > 0, "soon": soon, "expired": row.expired > 0}[state]
        return row.next_verify_due is None or row.next_verify_due < today

    def filter(self) -> None:
        """Show the rows that text and combos let through."""
        self._typing.stop()
        words, group, state = (self.text.text().strip(), self.group.currentData(),
                               self.state.currentData())
        ids = None
        if words:
            hits = search.find_names(self.desk.store.db, words, FOUND)
            ids = {hit.id for hit in hits if hit.kind == self.kind.key}
        shown = [row for row in self.rows
                 if (ids is None or row.id in ids)
                 and (not group or self.kind.group(row)[0] == group)
                 and (not state or self._in_state(row, state))]
        chosen = self.table.current_row
        self.table.rows_model.replace(shown)
        self.table.choose(chosen.id if chosen is not None else None)
        if self.table.current_row is None and shown:
            self.table.setCurrentIndex(self.table.rows_model.index(0, 0))
        self._on_chosen(self.table.current_row)
        self._tell_totals(shown)

    def _tell_totals(self, shown: list[Any]) -> None:
        parts = [t("{n} of {all}", n=len(shown), all=len(self.rows))]
        states = {key: sum(self._in_state(row, key) for row in shown) for key in self._states()}
        parts += [f"{words} {states[key]}" for key, words in self._states().items()]
        self.totals.setText(" · ".join(parts))

    def _on_chosen(self, row: Any) -> None:
        self.side.show_record(self.desk.store, self.kind, row)
        for key, button in self.buttons.items():
            button.setEnabled(row is not None or key == "N")

    def open(self, what: object) -> None:
        kind, wanted = what if isinstance(what, tuple) else (what, None)
        if kind == "warehouse" and isinstance(wanted, int):
            kind, wanted = "supply", None
        if kind not in BY_KEY:
            return
        self.tabs.setCurrentIndex([k.key for k in KINDS].index(str(kind)))
        self.text.clear()
        self.load(None)
        self.table.choose(wanted)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def actions_shown(self) -> Sequence[QAction]:
        return (*self.act_actions, self.find_action)

    # What is done

    @property
    def chosen(self) -> Any:
        return self.table.current_row

    def chosen_rows(self) -> list[Any]:
        """Every chosen record."""
        return [self.chosen] if self.chosen is not None else []

    def verify(self) -> None:
        """Note that the chosen record was looked at and is right today."""
        row, desk, kind = self.chosen, self.desk, self.kind
        if row is not None:
            desk.act(lambda: verify_record(desk.store, kind.library, row.id, by=desk.officer),
                     t("{name} is verified", name=row.name))

    def move_stock(self, kind: MovementKind) -> None:
        """Ask for a movement of the chosen supply."""
        if isinstance(self.chosen, SupplyStock):
            StockDialog(self.theme, self.desk, self.chosen, kind, self).open()
