"""The events page 事件: open events first, then every past one, filtered as one types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.words import mark, t
from dispatch.events import Event, open_events, past_events
from dispatch.orders import orders_of
from dispatch.sendings import unsent
from dispatch.terms import (
    CLASS_NAMES,
    LEVEL_NAMES,
    NOT_GRADED,
    SUBTYPE_NAMES,
    EventClass,
    Level,
    Subtype,
)
from resources.localtime import moment_text
from ui import moments
from ui.desk import Desk
from ui.dialogs.intake import level_words
from ui.page import Page, make_action
from ui.pages.event_view import STATE_NAMES
from ui.rows_model import Column, RowsModel
from ui.shown import event_row, harm_words
from ui.theme import Theme
from ui.widgets.event_list import EventList, head_marks
from ui.widgets.panel import Panel
from ui.widgets.table import TableView

MOST = 500
RIGHT = Qt.AlignmentFlag.AlignRight


def _kind(of: Event) -> str:
    return t(SUBTYPE_NAMES[Subtype(of.subtype)]) if of.subtype else t(CLASS_NAMES[of.class_])


def _lasted(of: Event) -> str:
    return moments.running(of.closed_at - of.received_at) if of.closed_at else "—"


COLUMNS: tuple[Column[Event], ...] = (
    Column(mark("head|Number"), lambda e: e.number, width=132),
    Column(mark("head|Level"), lambda e: level_words(e.level), width=124,
           sort_key=lambda e: int(e.level or 9)),
    Column(mark("Title"), lambda e: e.title, width=200, stretch=True, bold=True,
           tip=lambda e: e.title),
    Column(mark("Sub-type"), _kind, width=140),
    Column(mark("Place"), lambda e: e.place, width=120, stretch=True, muted=True,
           tip=lambda e: e.place),
    Column(mark("Harm"), harm_words, width=150, muted=True),
    Column(mark("head|Received"), lambda e: moment_text(e.received_at, year=True), RIGHT, width=148,
           sort_key=lambda e: e.received_at),
    Column(mark("Lasted"), _lasted, RIGHT, width=100, muted=True,
           sort_key=lambda e: (e.closed_at or e.received_at) - e.received_at),
    Column(mark("head|State"), lambda e: t(STATE_NAMES[e.state]), RIGHT, width=92, muted=True),
)


class EventsPage(Page):
    """Ctrl+F goes to the filter; Enter on a row opens that event's page."""

    key = "events"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk = desk
        self.open_panel, self.past_panel = Panel(theme), Panel(theme)
        self.running = EventList(theme)
        self.model: RowsModel[Event] = RowsModel(COLUMNS, lambda e: e.id, self._spoken)
        self.table = TableView(theme, self.model, t("Past events"))
        self.words, self.class_box, self.level_box = QLineEdit(), QComboBox(), QComboBox()
        self.words.setClearButtonEnabled(True)
        self._filter_action = make_action(self, "", "Ctrl+F", self.words.setFocus)
        self._back_action = make_action(self, "", "Esc", self._back)
        self.buttons = {key: QPushButton() for key in ("V", "S", "I")}
        self._verbs = {key: make_action(self, "", key, act) for key, act in (
            ("V", self.review), ("S", partial(self.go.emit, "statistics", None)),
            ("I", partial(self.go.emit, "past", None)))}
        self._build()
        self._reword()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px(8))
        self.open_panel.body.addWidget(self.running)
        bar = QHBoxLayout()
        px = self.theme.px
        bar.setContentsMargins(px(16), px(8), px(16), px(8))
        bar.setSpacing(px(8))
        bar.addWidget(self.words, 1)
        for box in (self.class_box, self.level_box):
            box.setMinimumWidth(px(168))
            bar.addWidget(box)
        for key, button in self.buttons.items():
            button.clicked.connect(self._verbs[key].trigger)
            bar.addWidget(button)
        self.past_panel.body.addLayout(bar)
        self.past_panel.body.addWidget(self.table, 1)
        self.table.allow_sorting(6)
        self.table.head.setSortIndicator(6, Qt.SortOrder.DescendingOrder)
        self.table.sortByColumn(6, Qt.SortOrder.DescendingOrder)
        column.addWidget(self.open_panel)
        column.addWidget(self.past_panel, 1)

    def _connect(self) -> None:
        self.running.activated_row.connect(lambda row: self.go.emit("event", row.id))
        self.table.activated_row.connect(lambda row: self.go.emit("event", row.id))
        self.words.textChanged.connect(lambda _words: self._load_past())
        self.words.returnPressed.connect(self._to_table)
        self.class_box.activated.connect(lambda _n: self._load_past())
        self.level_box.activated.connect(lambda _n: self._load_past())

    def _reword(self) -> None:
        self.words.setPlaceholderText(t("Number, title or place"))
        self.words.setAccessibleName(t("Filter past events"))
        self._filter_action.setText(t("verb|Filter"))
        self._back_action.setText(t("verb|Back"))
        for key, words in (("V", t("page|After-action")), ("S", t("page|Statistics")),
                           ("I", t("verb|Import past events"))):
            self._verbs[key].setText(words)
            self.buttons[key].setText(f"{words}  {key}")
            self.buttons[key].setAccessibleName(words)
        self._fill(self.class_box, t("Class"), [
            (t("All classes"), ""), *((t(CLASS_NAMES[c]), c.value) for c in EventClass)])
        self._fill(self.level_box, t("Level"), [
            (t("All levels"), None), *((t(LEVEL_NAMES[v]), int(v)) for v in Level),
            (t(NOT_GRADED), 0)])
        self.open_panel.set_marks(head_marks())

    def _fill(self, box: QComboBox, name: str, choices: list[tuple[str, object]]) -> None:
        chosen = max(0, box.currentIndex())
        box.clear()
        for words, value in choices:
            box.addItem(words, value)
        box.setCurrentIndex(chosen)
        box.setAccessibleName(name)

    # What is shown

    def load(self, change: object | None) -> None:  # noqa: ARG002 - both lists are short
        store = self.desk.store
        waiting = unsent(store)
        found = open_events(store)
        self.running.set_rows([
            event_row(e, orders_of(store, e.id), [s for s in waiting if s.event_id == e.id])
            for e in found])
        self.open_panel.set_title(t("Open events"), str(len(found)),
                                  "" if found else t("No event is open. F2 takes one in."))
        self.running.setVisible(bool(found))
        self.open_panel.setFixedHeight(self.theme.px(42 + 72 * min(4, len(found))))
        self._load_past()
        self.tick(self.desk.now())

    def _load_past(self) -> None:
        rows = past_events(self.desk.store, words=self.words.text(),
                           class_=str(self.class_box.currentData() or ""), limit=MOST)
        level = self.level_box.currentData()
        if level is not None:
            rows = [e for e in rows if int(e.level or 0) == level]
        self.model.replace(rows)
        note = "" if rows else t("Nothing fits this filter.")
        if len(rows) == MOST:
            note = t("the newest {n}; type to find older ones", n=MOST)
        self.past_panel.set_title(t("Past events"), str(len(rows)), note)

    def showEvent(self, event: QShowEvent) -> None:
        """The list is at hand, so that the letters are keys; Ctrl+F goes to the filter."""
        super().showEvent(event)
        self._to_table()

    def open(self, what: object) -> None:
        """A text asks for the events that it fits."""
        if isinstance(what, str):
            self.words.setText(what)

    def tick(self, now: datetime) -> None:
        self.running.tick(now)

    def restyle(self) -> None:
        self._reword()
        super().restyle()

    def actions_shown(self) -> Sequence[QAction]:
        return (self._filter_action, *self._verbs.values(), self._back_action)

    def review(self) -> None:
        """V: the after-action of the chosen event, else of the newest past one."""
        row = self.table.current_row or next(iter(self.model.rows), None)
        if self.running.hasFocus() and (current := self.running.current_row) is not None:
            row = current
        if row is not None:
            self.go.emit("after_action", row.id)

    def _spoken(self, of: Event) -> str:
        return t("list|, ").join((of.number, of.title, level_words(of.level), of.place))

    def _to_table(self) -> None:
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back(self) -> None:
        """Esc: the filter is emptied first, then back to the desk."""
        if self.words.text():
            self.words.clear()
        else:
            self.go.emit("desk", None)
