"""The upkeep page 维护: every record that waits for its keeper, by reason and owner unit."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QWidget

from db.change import Change
from db.words import mark, t
from dispatch.library_papers import reminder_letters
from dispatch.printouts.library_sheets import library_sheet
from resources.localtime import local_day
from resources.records import Library
from resources.upkeep import verify_records
from resources.waiting import WAIT_NAMES, Waiting, by_owner, digest, waiting
from resources.waits import FROM, QUERIES
from ui.desk import Desk, Tone
from ui.pages.giving_out import preview
from ui.pages.sub_page import SubPage
from ui.rows_model import ROW_ROLE, Column, RowsModel
from ui.theme import Theme
from ui.widgets.panel import Panel
from ui.widgets.table import TableView

RIGHT = Qt.AlignmentFlag.AlignRight
NO_OWNER = "—"
SIDE = 312
TABLES = frozenset({table for _, table, _ in QUERIES}.union(*FROM.values()) | {"rule", "setting"})
LIBRARIES = {str(one) for one in Library}


def _owner(row: Waiting) -> str:
    return row.owner or NO_OWNER


def days_left(row: Waiting, today: date) -> str:
    """How far off the day is: days left, or days over with a minus."""
    if row.due is None:
        return "—"
    left = (row.due - today).days
    return t("{n} d", n=f"−{-left}" if left < 0 else left)


class UpkeepPage(SubPage):
    """`open(reason)` shows one reason. Enter opens the record, V verifies what is marked."""

    key = "upkeep"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.found: list[Waiting] = []
        self.reason, self.owner = QComboBox(), QComboBox()
        self.table = self._make_table()
        self.owners = self._make_owners()
        self.owner_panel = Panel(theme)
        self._build()
        self.reword()

    def title(self) -> str:
        return t("page|Upkeep")

    def _make_table(self) -> TableView:
        columns: tuple[Column[Waiting], ...] = (
            Column(mark("upkeep|Reason"), lambda r: t(WAIT_NAMES[r.wait]), width=128),
            Column(mark("Name"), lambda r: r.name, width=200, stretch=True, bold=True,
                   tip=lambda r: r.name),
            Column(mark("upkeep|Owner unit"), _owner, width=150),
            Column(mark("upkeep|Due on"), lambda r: r.due.isoformat() if r.due else "—",
                   width=104),
            Column(mark("upkeep|Days"), lambda r: days_left(r, self.today), RIGHT, 84,
                   sort_key=lambda r: r.due or date.max),
            Column(mark("upkeep|What"), lambda r: r.detail, width=150, muted=True,
                   tip=lambda r: r.detail))
        self.model: RowsModel[Waiting] = RowsModel(columns, lambda r: r.key, lambda r: r.name)
        table = TableView(self.theme, self.model, t("Records that wait"))
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.allow_sorting(3)
        table.activated_row.connect(self._open_row)
        return table

    def _make_owners(self) -> TableView:
        columns: tuple[Column[tuple[str, int]], ...] = (
            Column(mark("upkeep|Owner unit"), lambda r: r[0] or NO_OWNER, width=180, stretch=True),
            Column(mark("upkeep|Waiting"), lambda r: str(r[1]), RIGHT, 84, bold=True,
                   sort_key=lambda r: r[1]))
        self.owner_model: RowsModel[tuple[str, int]] = RowsModel(
            columns, lambda r: r[0], lambda r: r[0])
        table = TableView(self.theme, self.owner_model, t("Owner units"))
        table.activated_row.connect(lambda r: self._choose_owner(r[0]))
        return table

    def _build(self) -> None:
        for box in (self.reason, self.owner):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.activated.connect(lambda _n: self.filter())
            self.filters.addWidget(box)
        self.filters.addStretch(1)
        self.add_verb("L", self.letter)
        self.add_verb("A", self.all_letters)
        self.add_verb("V", self.verify, primary=True)
        self.panel.body.addWidget(self.table, 1)
        self.panel.body.addWidget(self.totals)
        self.owner_panel.body.addWidget(self.owners, 1)
        self.owner_panel.setFixedWidth(self.theme.px(SIDE))
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        self.column.removeWidget(self.panel)
        row.addWidget(self.panel, 1)
        row.addWidget(self.owner_panel)
        self.column.addLayout(row, 1)

    def verbs(self) -> dict[str, str]:
        return {"L": t("Letter to the unit"), "A": t("All letters"), "V": t("Verify")}

    # What is shown

    @property
    def today(self) -> date:
        return local_day(self.desk.now())

    def load(self, change: object | None) -> None:
        if isinstance(change, Change) and not change.tables() & TABLES:
            return
        self.reword()
        self.owner_panel.setFixedWidth(self.theme.px(SIDE))
        self.found = waiting(self.desk.store, self.today)
        counts = {d.wait: d.count for d in digest(self.found)}
        self.fill_box(self.reason, t("upkeep|Reason"), [
            ("", t("Every reason ({n})", n=len(self.found))),
            *((str(w), f"{t(WAIT_NAMES[w])} {n}") for w, n in counts.items())])
        owners = by_owner(self.found)
        self.fill_box(self.owner, t("upkeep|Owner unit"), [
            (None, t("Every owner")), *((o, o or NO_OWNER) for o in owners)])
        self.filter()

    def filter(self) -> None:
        """Show the rows that reason and owner let through, the owners counted by the reason."""
        reason, owner = self.reason.currentData(), self.owner.currentData()
        fitting = [r for r in self.found if not reason or r.wait == reason]
        shown = [r for r in fitting if owner is None or r.owner == owner]
        chosen = self.table.current_row
        self.model.replace(shown)
        self.table.choose(chosen.key if chosen is not None else None)
        if self.table.current_row is None and shown:
            self.table.setCurrentIndex(self.table.rows_model.index(0, 0))
        self.owner_model.replace([(o, len(rows)) for o, rows in by_owner(fitting).items()])
        late = sum(1 for r in shown if r.due is not None and r.due < self.today)
        self.panel.set_title(self.title(), str(len(shown)),
                             "" if shown else t("Nothing waits for the keeper."))
        self.owner_panel.set_title(t("By owner unit"), str(len(by_owner(fitting))))
        self.totals.setText(t("{n} shown · {late} past their day · Enter opens the record ·"
                              " Shift or Ctrl marks several for V", n=len(shown), late=late))

    def open(self, what: object) -> None:
        """A reason shows what waits for it, with the cursor in the list."""
        if self.stale:
            self.stale = False
            self.load(None)
        self.owner.setCurrentIndex(0)
        self.reason.setCurrentIndex(max(0, self.reason.findData(str(what))))
        self.filter()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_owner(self, owner: str) -> None:
        self.owner.setCurrentIndex(max(0, self.owner.findData(owner)))
        self.filter()

    # What is done

    @property
    def marked(self) -> list[Waiting]:
        """The rows that are selected, else the one at hand."""
        rows: list[Any] = [i.data(ROW_ROLE) for i in self.table.selectionModel().selectedRows()]
        return rows or ([self.table.current_row] if self.table.current_row else [])

    def _open_row(self, row: Waiting) -> None:
        if row.library in ("agreement", "sharing"):
            self.go.emit("sharing", (row.library, row.record_id))
        else:
            self.go.emit("libraries", (row.library, row.record_id))

    def verify(self) -> None:
        """Note of the marked records that they were looked at and are right today."""
        which = [(Library(r.table), int(r.row_id)) for r in self.marked if r.table in LIBRARIES]
        if not which:
            self.desk.told.emit(Tone.REFUSED, t("This is settled on the record itself. Enter"
                                                " opens it."))
            return
        self.desk.act(lambda: verify_records(self.desk.store, which, by=self.desk.officer),
                      t("{n} records are verified", n=len(dict.fromkeys(which))))

    def letter(self) -> None:
        """The letter to the owner of the row at hand, or to the owner chosen."""
        row, owner = self.table.current_row, self.owner.currentData()
        wanted = owner if owner is not None else row.owner if row is not None else None
        if wanted is None:
            self.desk.told.emit(Tone.REFUSED, t("Nothing waits for the keeper."))
            return
        self._letters(t("Letter to {owner}", owner=wanted or NO_OWNER), [wanted])

    def all_letters(self) -> None:
        """A letter to every owner unit that has something waiting, as one paper."""
        if not self.found:
            self.desk.told.emit(Tone.REFUSED, t("Nothing waits for the keeper."))
            return
        self._letters(t("Letters to all owner units"), None)

    def _letters(self, title: str, owners: list[str] | None) -> None:
        preview(self, self.desk, title, title, lambda: [
            library_sheet(facts) for facts in reminder_letters(self.desk.store, owners)])

    def restyle(self) -> None:
        self.reword()
        super().restyle()


