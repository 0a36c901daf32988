"""The after-action page 复盘: one event on one axis of time, replayed, written up, improved."""

from __future__ import annotations

import bisect
import functools
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from db.change import Change, RowId
from db.words import t
from dispatch.after_action import AfterAction, read_after_action
from dispatch.after_action_export import after_action_book, after_action_data
from dispatch.log import LogEntry
from dispatch.past.orders import PastLine
from dispatch.review import Improvement
from dispatch.terms import EventState
from resources.localtime import moment_text
from ui.background import Job, Progress
from ui.desk import Desk, Tone
from ui.dialogs.improvement import ImprovementSheet, OutcomeSheet, ReviewSheet
from ui.pages.after_action_side import ReviewSide, quiet_area
from ui.pages.after_action_tables import NAMES, identity, tables
from ui.pages.event_papers import make_after_action
from ui.pages.event_rows import lane_facts
from ui.pages.giving_out import save_as, save_list
from ui.pages.import_tables import SequenceModel
from ui.pages.sub_page import SubPage
from ui.review_words import Said, line_of, stood
from ui.theme import Theme
from ui.widgets.panel import Filter, Panel
from ui.widgets.replay_bar import ReplayBar
from ui.widgets.table import TableView

if TYPE_CHECKING:
    from ui.review_chart import ReviewChart

AT_ONCE = 500
"""So many entries of the log are read at once; the rest of a longer one comes beside."""
SPANS: dict[str, timedelta | None] = {
    "10m": timedelta(minutes=10), "1h": timedelta(hours=1), "6h": timedelta(hours=6),
    "1d": timedelta(days=1), "all": None}
REREAD = {"log", "stamp", "stamp_strike", "dispatch_order", "casualty", "event", "review",
          "finding", "finding_more", "instruction", "passing", "sending", "movement",
          "equipment_loan", "expert_call", "past_unit"}


def choose_json(parent: QWidget, name: str) -> str:
    """The system's save dialog for JSON; empty when it was given up."""
    return QFileDialog.getSaveFileName(parent, t("Save as JSON"), name, "JSON (*.json)")[0]


class AfterActionPage(SubPage):
    """`open(event)` shows it. R plays, `,` and `.` step through the log; 1 to 8 turn the lists.

    While the event runs the chart lives on and what is written comes in by itself.
    """

    key, rail_key = "after_action", "events"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.choose_json: Callable[[QWidget, str], str] = choose_json
        self.event_id: RowId | None = None
        self.of: AfterAction | None = None
        self.job: Job[AfterAction] | None = None
        self.following = False
        self.replay, self.state = ReplayBar(theme, self._course), QLabel()
        self.side = ReviewSide(theme, desk)
        self.chart_panel, self.area = Panel(theme), quiet_area()
        self.tabs = QTabBar()
        self.models = {name: SequenceModel(identity) for name in NAMES}
        self.tables = {name: TableView(theme, self.models[name], "") for name in NAMES}
        self._build()
        self.reword()

    def title(self) -> str:
        return t("page|After-action")

    def _build(self) -> None:
        px = self.theme.px
        self.filters.addStretch(1)
        for key, act in (("J", self.export_json), ("X", self.export), ("N", self.improve),
                         ("W", self.close_one), ("P", self.print_out)):
            self.add_verb(key, act)
        self.add_verb("E", self.write, primary=True)
        for n, name in enumerate(NAMES, 1):
            self.tabs.setTabData(self.tabs.addTab(""), name)
            self.add_key(str(n), partial(self.tabs.setCurrentIndex, n - 1))
        for key, act in (("R", self.replay.play), (",", partial(self.step, -1)),
                         (".", partial(self.step, 1)), ("M", self.show_on_map),
                         ("L", self.enlarge), ("V", self.to_event)):
            self.add_key(key, act)
        self.tables["improvements"].activated_row.connect(self._edit)
        self.tables["log"].chosen_row.connect(self._on_entry)
        self.side.map.opened.connect(self.show_on_map)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.currentChanged.connect(lambda _n: self._turn())
        self.replay.moved.connect(lambda follow: self._show_at(follow=follow))
        self.replay.button.clicked.connect(self.own_actions["R"].trigger)
        self.column.setStretchFactor(self.panel, 0)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        middle = QVBoxLayout()
        middle.setSpacing(px(8))
        middle.addWidget(self._build_chart(), 3)
        middle.addWidget(self._build_lists(), 2)
        row.addLayout(middle, 1)
        row.addWidget(self.side)
        self.column.addLayout(row, 1)

    def _build_chart(self) -> Panel:
        px = self.theme.px
        self.state.setContentsMargins(px(16), 0, px(16), px(4))
        self.state.setProperty("tone", "muted")
        self.chart_panel.body.addWidget(self.area, 1)
        self.chart_panel.body.addWidget(self.replay)
        self.chart_panel.body.addWidget(self.state)
        self.chart_panel.filtered.connect(lambda key: self.chart.show_span(SPANS[key]))
        return self.chart_panel

    def _build_lists(self) -> Panel:
        self.lists, self.stack = Panel(self.theme), QStackedWidget()
        self.lists.head.hide()
        self.lists.body.addWidget(self.tabs)
        for name in NAMES:
            self.stack.addWidget(self.tables[name])
        self.lists.body.addWidget(self.stack, 1)
        return self.lists

    @functools.cached_property
    def chart(self) -> ReviewChart:
        """The chart, made when the first event is shown: pyqtgraph takes half a second."""
        from ui.review_chart import ReviewChart

        made = ReviewChart(self.theme)
        made.span_chosen.connect(lambda: self._offer_spans(""))
        made.moment_chosen.connect(self.replay.go_to)
        self.area.setWidget(made)
        return made

    def verbs(self) -> dict[str, str]:
        return {"P": t("Print"), "X": t("Save as xlsx"), "J": t("Save as JSON"),
                "E": t("verb|Write it up"), "N": t("verb|Add improvement"),
                "W": t("verb|Close improvement"), "R": t("verb|Replay"),
                ",": t("verb|One entry back"), ".": t("verb|One entry on"),
                "L": t("verb|Large chart"), "V": t("Event"), "M": t("On the map"),
                **{str(n): t(words) for n, words in enumerate(NAMES.values(), 1)}}

    def reword(self) -> None:
        """Say everything in the language in use."""
        super().reword()
        self.tabs.setAccessibleName(self.title())
        self.replay.reword()
        for name, words in NAMES.items():
            self.tables[name].setAccessibleName(t(words))
        self._offer_spans(self.chart_panel.chosen_filter or "all")

    def _offer_spans(self, chosen: str) -> None:
        self.chart_panel.set_filters([
            Filter("10m", t("10 min")), Filter("1h", t("1 hour")), Filter("6h", t("6 hours")),
            Filter("1d", t("1 day")), Filter("all", t("Whole course"))], chosen)

    # What is shown

    def open(self, what: object) -> None:
        """Show the event of this id."""
        if isinstance(what, int):
            self.replay.stop()
            if self.event_id != what:
                self.event_id, self.replay.at = RowId(what), None
            self.load(None)
            if self.of is not None:
                self.chart.show_span(None)
            self.tables[self.tab].setFocus(Qt.FocusReason.OtherFocusReason)
            self.replay.leave()

    def load(self, change: object | None) -> None:
        """Read the event anew where a change touched what is shown."""
        if self.event_id is None or (isinstance(change, Change)
                                     and not change.tables() & REREAD):
            return
        number, self.job = self.event_id, None
        of = self.desk.act(lambda: read_after_action(self.desk.store, number, AT_ONCE))
        if of is None:
            return
        self._show(of)
        if len(of.log) >= AT_ONCE:
            self._read_all(number)

    def _read_all(self, number: RowId) -> None:
        """The rest of a long log, read beside the window and put in when it is there."""
        def work(_progress: Progress) -> AfterAction:
            with self.desk.reading() as store:
                return read_after_action(store, number)

        job: Job[AfterAction] = Job(work, self.desk)
        self.job = job
        job.done.connect(lambda of: self._show(of) if self.job is job else None)
        self.desk.follow(job, self.title(), quiet=True)

    def _show(self, of: AfterAction) -> None:
        self.of = of
        self._show_lists(of)
        self.side.show_facts(of)
        facts = lane_facts(of.of, of.orders, of.log, of.sendings)
        until = None if self.running else self.now_or_end
        self.chart.set_facts(replace(facts, until=until), self.now_or_end)
        self.chart.set_record([Said(e.at, line_of(e)) for e in self.models["log"].rows], of.series)
        self.chart.setMinimumHeight(self.chart.wanted_height())
        note = moment_text(of.of.received_at, year=True)
        if self.running:
            note = t("{when}, still running", when=note)
        self.panel.set_title(self.title(), f"{of.of.number}  {of.of.title}", note)
        self.chart_panel.set_title(t("Timeline"), str(len(of.orders)))
        self._show_at()

    @property
    def running(self) -> bool:
        return self.of is not None and self.of.of.state == EventState.OPEN

    def _course(self) -> tuple[datetime, datetime] | None:
        return (self.of.start, self.now_or_end) if self.of is not None else None

    @property
    def now_or_end(self) -> datetime:
        return self.desk.now() if self.running or self.of is None else self.of.last

    def _show_lists(self, of: AfterAction) -> None:
        for n, (name, (columns, rows)) in enumerate(tables(of).items()):
            kept = self.tables[name].current_row
            self.models[name].show(columns, rows)
            self.tables[name].restyle()
            if kept is not None:
                self.following = True  # the same row, chosen by nobody
                self.tables[name].choose(identity(kept))
                self.following = False
            self.tabs.setTabText(n, f"{n + 1}  {t(NAMES[name])} {len(rows):,}")

    @property
    def tab(self) -> str:
        return str(self.tabs.tabData(self.tabs.currentIndex()))

    def _turn(self) -> None:
        self.stack.setCurrentWidget(self.tables[self.tab])
        self.tables[self.tab].setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self, now: datetime) -> None:
        """A running event's chart goes on with the clock."""
        if self.running and not self.replay.playing:
            self.chart.tick(now)
            if self.replay.at is None:
                self._show_at()

    # Replay

    def step(self, by: int) -> None:
        """To the entry before or after the one that the replay stands at."""
        rows = self.models["log"].rows
        if not rows:
            return
        at = self.replay.at or self.now_or_end
        past = sum(1 for e in rows if e.at <= at) - 1
        if by < 0 and past >= 0 and rows[past].at < at:
            by = 0
        self.replay.go_to(rows[min(len(rows) - 1, max(0, past + by))].at)

    def _on_entry(self, entry: object) -> None:
        """The replay follows the entry that is chosen by hand."""
        by_hand = self.tables["log"].hasFocus() and not self.following
        if by_hand and isinstance(entry, LogEntry | PastLine):
            self.replay.go_to(entry.at, follow=False)

    def _show_at(self, *, follow: bool = True) -> None:
        if self.of is None:
            return
        at = self.replay.at or self.now_or_end
        self.chart.set_cursor(self.replay.at)
        self.side.map.show_at(RowId(self.of.of.id), at)
        self.state.setText(stood(self.of, at))
        rows = self.models["log"].rows
        if self.replay.at is not None and rows and follow:
            number = max(0, bisect.bisect_right(rows, at, key=lambda e: e.at) - 1)
            self.following = True
            self.tables["log"].setCurrentIndex(self.models["log"].index(number, 0))
            self.following = False

    # What is done

    def show_on_map(self) -> None:
        """M: the replay on the map page, at the same instant."""
        if (number := self.event_id) is not None:
            self.go.emit("map", ("replay", int(number), self.replay.at))

    def write(self) -> None:
        """E: write up course, causes, lessons and measures."""
        if (of := self.of) is not None:
            self.present(lambda host: ReviewSheet(self.theme, self.desk, host, of.of), "course")

    def improve(self) -> None:
        """N: note a problem, its owner and day."""
        if (number := self.event_id) is not None:
            self.tabs.setCurrentIndex(list(NAMES).index("improvements"))
            self.present(lambda host: ImprovementSheet(self.theme, self.desk, host, number),
                         "problem")

    def _edit(self, row: object) -> None:
        if isinstance(row, Improvement) and row.open:
            self.present(lambda host: ImprovementSheet(self.theme, self.desk, host, row.event_id,
                                                       row), "problem")

    def close_one(self) -> None:
        """W: close the chosen improvement, else the one that is due first."""
        picked = self.tables["improvements"].current_row
        rows = [i for i in self.models["improvements"].rows if i.open]
        of = picked if isinstance(picked, Improvement) and picked.open else next(iter(rows), None)
        if of is None:
            self.desk.told.emit(Tone.REFUSED, t("No improvement is open."))
            return
        self.tabs.setCurrentIndex(list(NAMES).index("improvements"))
        self.present(lambda host: OutcomeSheet(self.theme, self.desk, host, of), "outcome")

    def print_out(self) -> None:
        if self.of is not None:
            make_after_action(self.desk, self.of.of, lambda paper: self.go.emit(
                "preview", replace(paper, back_to=self.key)))

    def export(self) -> None:
        if (of := self.of) is not None:
            save_list(self, self.desk, f"{self.title()} {of.of.number}", self.choose_file,
                      lambda _store: after_action_book(of))

    def export_json(self) -> None:
        """J: everything for another program."""
        of = self.of
        chosen = self.choose_json(self, f"{self.title()} {of.of.number}.json") if of else ""
        if of is not None and chosen:
            save_as(self.desk, Path(chosen), lambda _store, _progress: json.dumps(
                after_action_data(of), ensure_ascii=False, indent=1, default=str).encode())

    def to_event(self) -> None:
        if self.event_id is not None:
            self.go.emit("event", self.event_id)

    def enlarge(self) -> None:
        """L: the chart over the lists, and back."""
        self.lists.setVisible(not self.lists.isVisible())
        large = not self.lists.isVisible()
        (self.chart if large else self.tables[self.tab]).setFocus(
            Qt.FocusReason.OtherFocusReason)

    def back(self) -> None:
        """Esc: the replay and the large chart are let go first, then back to the event."""
        if self.replay.at is not None or self.replay.playing:
            self.replay.leave()
        elif not self.lists.isVisible():
            self.enlarge()
        else:
            self.to_event()

    def restyle(self) -> None:
        self.reword()
        super().restyle()
