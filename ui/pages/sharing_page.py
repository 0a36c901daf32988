"""The sharing page 共用共享: what is lent out, promised between units, and kept by companies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar, QWidget

from db.change import Change
from db.store import Store
from db.words import mark, t
from resources.agreement_calls import AgreementCall, call_arrived, calls, drawn
from resources.agreements import Agreement, Sharing, agreements, end_sharing, sharings
from resources.care import Loan, loans
from resources.ledger import Outside, outside
from resources.localtime import local_day, moment_text
from resources.terms import MovementKind
from ui.desk import Desk, Tone
from ui.dialogs.agreement_call import AgreementCallSheet
from ui.dialogs.movement import MovementSheet
from ui.dialogs.take_back import TakeBackSheet
from ui.pages.sub_page import SubPage
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.table import TableView

RIGHT = Qt.AlignmentFlag.AlignRight


class Part(StrEnum):
    """The four lists of the page."""

    LOANS = "loans"
    PROMISED = "sharing"
    AGREEMENTS = "agreement"
    CALLS = "calls"


@dataclass(frozen=True, slots=True)
class Shared:
    """One row of whichever list: texts in its columns, its day, and the record behind it."""

    id: int
    cells: tuple[str, ...]
    due: date | None
    of: Any


HEADS: dict[Part, tuple[str, ...]] = {
    Part.LOANS: (mark("Slip"), mark("Name"), mark("Quantity"), mark("share|With whom"),
                 mark("share|State")),
    Part.PROMISED: (mark("share|Promised by"), mark("Name"), mark("Quantity"),
                    mark("share|Promised to"), mark("share|Minutes to call it up")),
    Part.AGREEMENTS: (mark("share|Company"), mark("share|Goods"), mark("share|Least kept"),
                      mark("share|24-hour phone"), mark("share|Called this year")),
    Part.CALLS: (mark("Slip"), mark("share|Company"), mark("Quantity"), mark("Received by"),
                 mark("share|State"))}
TITLES = {Part.LOANS: mark("share|Out on loan or repair"),
          Part.PROMISED: mark("share|Promised between units"),
          Part.AGREEMENTS: mark("share|Reserve agreements"), Part.CALLS: mark("share|Calls")}
TABLES = {"movement", "equipment_loan", "sharing", "agreement", "agreement_call", "equipment",
          "supply", "lot"}


def shared(store: Store, part: Part, today: date) -> list[Shared]:
    """The rows of one list, the soonest day first."""
    if part is Part.LOANS:
        rows = [*map(_of_goods, outside(store)), *map(_of_piece, loans(store))]
    elif part is Part.PROMISED:
        rows = [_of_promise(s) for s in sharings(store)]
    elif part is Part.AGREEMENTS:
        used = drawn(store, today.replace(month=1, day=1))
        rows = [_of_agreement(a, used.get(a.id, 0)) for a in agreements(store)]
    else:
        return [_of_call(c) for c in calls(store)]
    return sorted(rows, key=lambda r: r.due or date.max)


def _of_goods(o: Outside) -> Shared:
    state = t("share|In repair") if o.kind is MovementKind.REPAIR else t("share|Lent")
    return Shared(o.id, (o.number, o.name, f"{o.left:g} {o.measure}", o.receiver, state),
                  o.due_back, o)


def _of_piece(x: Loan) -> Shared:
    return Shared(x.id, (x.number, x.name, t("share|1 piece"), x.borrower, t("share|Lent")),
                  x.due_back, x)


def _of_promise(s: Sharing) -> Shared:
    minutes = t("{n} min", n=s.call_minutes) if s.call_minutes is not None else "—"
    return Shared(s.id, (s.from_unit, s.name, f"{s.quantity:g}", s.to_unit, minutes), s.until, s)


def _of_agreement(a: Agreement, used: float) -> Shared:
    return Shared(a.id, (a.company, a.goods, f"{a.minimum:g} {a.measure}",
                         f"{a.contact} {a.phone}".strip(), f"{used:g} {a.measure}"), a.ends_on, a)


def _of_call(c: AgreementCall) -> Shared:
    state = t("share|Arrived {time}", time=moment_text(c.arrived_at)) if c.arrived_at else t(
        "share|On its way since {time}", time=moment_text(c.at))
    return Shared(c.id, (c.number, f"{c.company} {c.goods}", f"{c.quantity:g} {c.measure}",
                         c.receiver, state), local_day(c.at), c)


class SharingPage(SubPage):
    """`open((part, id))` shows a row of a list; Enter does what its list is for."""

    key = "sharing"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.part = Part.LOANS
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for part in Part:
            self.tabs.setTabData(self.tabs.addTab(""), str(part))
        self.tabs.currentChanged.connect(self._on_tab)
        self.filters.addWidget(self.tabs)
        self.filters.addStretch(1)
        self.add_verb("B", self.give_back)
        self.add_verb("E", self.end)
        self.add_verb("C", self.call)
        self.table = self._make_table()
        self.panel.body.addWidget(self.table, 1)
        self.panel.body.addWidget(self.totals)
        self.reword()

    def title(self) -> str:
        return t("page|Sharing")

    def verbs(self) -> dict[str, str]:
        return {"B": t("Take back / arrived"), "E": t("End the promise"),
                "C": t("Call it up")}

    def _make_table(self) -> TableView:
        def text(number: int) -> Column[Shared]:
            return Column(HEADS[self.part][number], lambda r: r.cells[number],
                          RIGHT if number == 2 else Qt.AlignmentFlag.AlignLeft,
                          (140, 200, 120, 180, 170)[number], stretch=number == 1,
                          bold=number == 1)

        columns = (*(text(n) for n in range(5)), Column[Shared](
            mark("share|Day"), self._day_words, width=190, sort_key=lambda r: r.due or date.max))
        self.model: RowsModel[Shared] = RowsModel(columns, lambda r: r.id, lambda r: r.cells[1])
        table = TableView(self.theme, self.model, t(TITLES[self.part]))
        table.activated_row.connect(self._act_on)
        return table

    def _day_words(self, row: Shared) -> str:
        """The day and how far off it is, overdue said in words."""
        if row.due is None:
            return t("share|no day set")
        left = (row.due - local_day(self.desk.now())).days
        if self.part is Part.CALLS:
            return row.due.isoformat()
        if left < 0:
            return t("{day}, {n} d overdue", day=row.due, n=-left)
        return t("{day}, in {n} d", day=row.due, n=left)

    # What is shown

    def load(self, change: object | None) -> None:
        if isinstance(change, Change) and not change.tables() & TABLES:
            return
        self.reword()
        today = local_day(self.desk.now())
        for n, part in enumerate(Part):
            count = len(shared(self.desk.store, part, today))
            self.tabs.setTabText(n, f"{t(TITLES[part])} {count}")
        self.tabs.setAccessibleName(self.title())
        rows = shared(self.desk.store, self.part, today)
        self.model.replace(rows)
        if rows and self.table.current_row is None:
            self.table.setCurrentIndex(self.table.rows_model.index(0, 0))
        late = sum(1 for r in rows if r.due is not None and r.due < today
                   and self.part is not Part.CALLS)
        self.panel.set_title(t(TITLES[self.part]), str(len(rows)),
                             "" if rows else t("Nothing stands in this list."),
                             flag=t("{n} overdue", n=late) if late else "")
        self.totals.setText(self._hint())
        allowed = {"B": self.part in (Part.LOANS, Part.CALLS), "E": self.part is Part.PROMISED,
                   "C": self.part is Part.AGREEMENTS}
        for key, button in self.buttons.items():
            button.setVisible(allowed[key])
            button.setEnabled(bool(rows))
            self.own_actions[key].setEnabled(allowed[key] and bool(rows))
        self.actions_changed.emit()

    def _hint(self) -> str:
        return {Part.LOANS: t("Enter takes it back, in part too, with its condition."),
                Part.PROMISED: t("Enter opens what is promised. E ends the promise."),
                Part.AGREEMENTS: t("Enter calls goods from the company's reserve."),
                Part.CALLS: t("Enter notes that the goods have arrived.")}[self.part]

    def _on_tab(self, number: int) -> None:
        self.part = Part(str(self.tabs.tabData(number)))
        old, self.table = self.table, self._make_table()
        self.panel.body.replaceWidget(old, self.table)
        old.hide()
        old.deleteLater()
        self.load(None)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, what: object) -> None:
        part, row_id = what if isinstance(what, tuple) else (what, None)
        if part in set(Part):
            self.tabs.setCurrentIndex(list(Part).index(Part(str(part))))
            self.load(None)
            self.table.choose(row_id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is done

    def _act_on(self, row: Shared) -> None:
        if isinstance(row.of, Sharing):
            self.go.emit("libraries", (str(row.of.library), row.of.row_id))
        elif isinstance(row.of, Agreement):
            self.call()
        else:
            self.give_back()

    def give_back(self) -> None:
        """Take back goods or a piece, or note that called goods are there."""
        row: Shared | None = self.table.current_row
        if row is None:
            return
        match row.of:
            case Outside(id=lent):
                self.present(lambda host: MovementSheet(
                    self.theme, self.desk, host, MovementKind.GIVE_BACK, lent=lent), "quantity")
            case Loan() as loan:
                self.present(lambda host: TakeBackSheet(self.theme, self.desk, host, loan),
                             "condition")
            case AgreementCall() as made:
                self.desk.act(lambda: call_arrived(self.desk.store, made.id,
                                                   by=self.desk.officer),
                              t("{number} has arrived", number=made.number))
            case _:
                self.desk.told.emit(Tone.REFUSED, t("Nothing of this list comes back."))

    def end(self) -> None:
        """End the promise at hand."""
        row: Shared | None = self.table.current_row
        if row is not None and isinstance(row.of, Sharing):
            promise = row.of
            self.desk.act(lambda: end_sharing(self.desk.store, promise.id, by=self.desk.officer),
                          t("The promise of {unit} has ended", unit=promise.from_unit))

    def call(self) -> None:
        """Call goods under the agreement at hand."""
        row: Shared | None = self.table.current_row
        if row is not None and isinstance(row.of, Agreement):
            of = row.of
            self.present(lambda host: AgreementCallSheet(self.theme, self.desk, host, of),
                         "quantity")

    def restyle(self) -> None:
        self.reword()
        super().restyle()
