"""The movements page 出入库流水: every slip, filtered, printed as a register, saved as a list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from db.change import Change
from db.words import mark, t
from dispatch.movement_papers import book_paper, slip_paper
from resources.exchange.lists import list_book
from resources.ledger_book import BookFilter, BookLine, book, book_count
from resources.localtime import local_day, moment_text
from resources.terms import MOVEMENT_NAMES, MovementKind
from ui.desk import Desk
from ui.pages.giving_out import preview, save_list
from ui.pages.sub_page import SubPage
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.table import TableView

RIGHT = Qt.AlignmentFlag.AlignRight
SHOWN, PRINTED, SAVED = 5000, 5000, 1_000_000
PERIODS = (("", mark("period|All time")), ("day", mark("period|Today")),
           ("week", mark("period|7 days")), ("month", mark("period|This month")),
           ("year", mark("period|This year")))


def signed(x: BookLine) -> str:
    """The quantity with its sign and measure."""
    return f"{x.quantity:+g} {x.measure}".replace("-", "−")


COLUMNS: tuple[Column[BookLine], ...] = (
    Column(mark("Slip"), lambda x: x.number, width=92, bold=True),
    Column(mark("head|Time"), lambda x: moment_text(x.at, year=True), width=136,
           sort_key=lambda x: x.at),
    Column(mark("column|Kind"), lambda x: t(MOVEMENT_NAMES[x.kind]), width=112),
    Column(mark("Name"), lambda x: " ".join(p for p in (x.name, x.model) if p), width=150,
           stretch=True, tip=lambda x: x.name),
    Column(mark("Batch"), lambda x: x.batch, width=72, muted=True),
    Column(mark("Warehouse"), lambda x: x.warehouse, width=130, tip=lambda x: x.warehouse),
    Column(mark("Quantity"), signed, RIGHT, 92, sort_key=lambda x: x.quantity),
    Column(mark("Received by"), lambda x: x.receiver, width=110, tip=lambda x: x.receiver),
    Column(mark("column|Basis"), lambda x: x.basis, width=110, muted=True,
           tip=lambda x: x.basis),
    Column(mark("Event"), lambda x: x.event_number, width=132, muted=True),
    Column(mark("column|Handled by"), lambda x: x.handler, width=84, muted=True))


class MovementsPage(SubPage):
    """`open(supply id)` or `open(event number)` shows theirs; P prints the slip at hand."""

    key = "movements"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.words = QLineEdit()
        self.house, self.kind, self.period, self.of_event = (QComboBox() for _ in range(4))
        self.supply: int | None = None
        self.model: RowsModel[BookLine] = RowsModel(COLUMNS, lambda x: x.id, lambda x: x.number)
        self.table = TableView(theme, self.model, t("Movements"))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(120)
        self._build()
        self.reword()

    def title(self) -> str:
        return t("Movements")

    def _build(self) -> None:
        self.words.setMinimumWidth(self.theme.px(160))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._typing.start)
        self.words.returnPressed.connect(self.table.setFocus)
        self._typing.timeout.connect(self.show_found)
        self.filters.addWidget(self.words, 1)
        for box in (self.house, self.kind, self.period, self.of_event):
            box.setMaximumWidth(self.theme.px(170))
            box.activated.connect(lambda _n: self.show_found())
            self.filters.addWidget(box)
        self.add_verb("P", self.print_slip)
        self.add_verb("R", self.print_register)
        self.add_verb("X", self.export)
        self.table.activated_row.connect(lambda x: self.go.emit("libraries",
                                                                ("supply", x.supply_id)))
        self.panel.body.addWidget(self.table, 1)
        self.panel.body.addWidget(self.totals)

    def verbs(self) -> dict[str, str]:
        return {"P": t("Slip"), "R": t("Register"), "X": t("Save as xlsx")}

    # What is shown

    def load(self, change: object | None) -> None:
        if isinstance(change, Change) and not change.tables() & {
                "movement", "lot", "supply", "warehouse", "event"}:
            return
        self.reword()
        self.words.setPlaceholderText(t("Goods, code, slip, receiver, basis"))
        self.words.setAccessibleName(t("Filter"))
        store = self.desk.store
        self.fill_box(self.house, t("Warehouse"), [(None, t("All warehouses")), *(
            (r["id"], r["name"]) for r in store.read(
                "select id, name from warehouse order by name"))])
        self.fill_box(self.kind, t("column|Kind"), [("", t("All kinds")), *(
            (str(k), t(MOVEMENT_NAMES[k])) for k in MovementKind)])
        self.fill_box(self.period, t("Period"), [(key, t(words)) for key, words in PERIODS])
        self.fill_box(self.of_event, t("Event"), [(None, t("All events")), *(
            (r["id"], f"{r['number']} {r['title']}") for r in store.read(
                """select id, number, title from event where id in (
                select event_id from movement where event_id is not null)
                order by received_at desc limit 200"""))])
        self.show_found()

    @property
    def wanted(self) -> BookFilter:
        return BookFilter(
            words=self.words.text(), supply=self.supply, warehouse=self.house.currentData(),
            kind=str(self.kind.currentData() or ""), event=self.of_event.currentData(),
            first=self._first_day(), limit=SHOWN)

    def _first_day(self) -> date | None:
        today, chosen = local_day(self.desk.now()), self.period.currentData()
        return {"day": today, "week": today - timedelta(days=6), "month": today.replace(day=1),
                "year": today.replace(month=1, day=1)}.get(str(chosen))

    def show_found(self) -> None:
        """Read the movements that the filters let through."""
        self._typing.stop()
        rows = book(self.desk.store, self.wanted)
        count = len(rows) if len(rows) < SHOWN else book_count(self.desk.store, self.wanted)
        self.model.replace(rows)
        if self.table.current_row is None and rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        note = t("the newest {n}; narrow the filter for older ones", n=SHOWN) \
            if count > len(rows) else "" if rows else t("Nothing fits this filter.")
        self.panel.set_title(self.title(), str(count), note)
        self.totals.setText(self._sums(rows))
        for key in self.buttons:
            self.buttons[key].setEnabled(bool(rows))

    def _sums(self, rows: list[BookLine]) -> str:
        """In, out and left, where all rows are of one supply."""
        if len({x.supply_id for x in rows}) != 1:
            return t("Enter opens the supply · choose one supply to see its sums")
        into, out = (sum(x.quantity for x in rows if sign * x.quantity > 0) for sign in (1, -1))
        return t("{name}: in {into}, out {out}, together {sum} {measure}", name=rows[0].name,
                 into=f"{into:g}", out=f"{-out:g}", sum=f"{round(into + out, 6):g}",
                 measure=rows[0].measure)

    def open(self, what: object) -> None:
        """A supply's id shows its movements only; anything else starts the filters anew."""
        self.supply = what if isinstance(what, int) else None
        for box in (self.house, self.kind, self.period, self.of_event):
            box.setCurrentIndex(0)
        self.words.setText(what if isinstance(what, str) else "")
        self.show_found()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> None:
        """Esc: the filter is emptied first."""
        if self.words.text() or self.supply is not None:
            self.open(None)
        else:
            super().back()

    # What is given out

    def print_slip(self) -> None:
        x = cast("BookLine | None", self.table.current_row)
        if x is not None:
            preview(self, self.desk, t("Slip {number}", number=x.number), x.number,
                    lambda: slip_paper(self.desk.store, x.id))

    def print_register(self) -> None:
        preview(self, self.desk, t("Register of movements"), t("Register of movements"),
                lambda: book_paper(self.desk.store, self.wanted, self._filter_words()))

    def _filter_words(self) -> str:
        said = [box.currentText() for box in (self.house, self.kind, self.period, self.of_event)
                if box.currentIndex() > 0]
        return " · ".join([*said, *filter(None, [self.words.text().strip()])])

    def export(self) -> None:
        """All movements that the filter lets through, as a workbook."""
        wanted = BookFilter(**{f: getattr(self.wanted, f) for f in (
            "words", "supply", "warehouse", "kind", "event", "first")}, limit=SAVED)
        save_list(self, self.desk, t("Movements"), self.choose_file,
                  lambda store: book_list(book(store, wanted)))

    def restyle(self) -> None:
        self.reword()
        super().restyle()


def book_list(rows: list[BookLine]) -> bytes:
    """The ledger as a workbook, numbers as numbers."""
    heads = (t("Slip"), t("head|Time"), t("column|Kind"), t("Code"), t("Name"), t("Model"),
             t("Batch"), t("Warehouse"), t("Quantity"), t("Measure"), t("Received by"),
             t("column|Basis"), t("Approved by"), t("column|Handled by"), t("Event"),
             t("Due back"), t("Condition"), t("Override"), t("Note"))
    return list_book(t("Movements"), heads, [
        (x.number, moment_text(x.at, year=True), t(MOVEMENT_NAMES[x.kind]), x.code, x.name,
         x.model, x.batch, x.warehouse, x.quantity, x.measure, x.receiver, x.basis, x.approver,
         x.handler, x.event_number, x.due_back.isoformat() if x.due_back else "", x.condition,
         x.override, x.note) for x in rows])
