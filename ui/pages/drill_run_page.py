"""The run page 演练导演台: clock, next inject, lists and axis, every act on a single key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.words import t
from dispatch.drills import acting
from dispatch.drills.record import InjectRun
from dispatch.drills.run import RunState
from dispatch.drills.terms import Form, Result
from ui.desk import Desk
from ui.dialogs.drill_acts import EndSheet, MarkSheet, PointSheet, SkipSheet
from ui.dialogs.sheet import Sheet
from ui.page import Page, make_action
from ui.pages.drill_next import NextInject
from ui.pages.drill_rows import (
    action_rows,
    chart_facts,
    clock_facts,
    inject_rows,
    point_cells,
)
from ui.theme import Theme
from ui.widgets.drill_chart import DrillChart
from ui.widgets.drill_clock import DrillClockFace
from ui.widgets.drill_lists import ActionList, InjectList, InjectRow
from ui.widgets.panel import Panel
from ui.widgets.point_strip import PointStrip

STAMPS = (("{}", Result.DONE), ("Shift+{}", Result.PARTLY), ("Alt+{}", Result.MISSED))


class DrillRunPage(Page):
    """N gives the next inject, a digit stamps an action of the inject at hand."""

    key = "drill"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk, self.run = desk, acting.present_run(desk.store)
        self.sheet: Sheet | None = None
        self._following = True
        self.own_actions = self._make_actions()
        self.face = DrillClockFace(theme)
        named = ("N", "Space", "M", "K", "E")
        self.next = NextInject(theme, [self.own_actions[k] for k in named])
        self.injects = InjectList(theme, t("Injects"))
        self.actions_list = ActionList(theme, t("Expected actions"))
        self.points, self.chart = PointStrip(theme), DrillChart(theme)
        self.left, self.right, self.below = Panel(theme), Panel(theme), Panel(theme)
        self._build()
        self._connect()

    # putting together

    def _make_actions(self) -> dict[str, QAction]:
        verbs: dict[str, Callable[[], object]] = {
            "N": self.give, "Space": self.hold, "M": self.mark, "K": self.skip, "E": self.end,
            "U": self.unstamp, "T": self.point, "+": lambda: self.faster(1),
            "-": lambda: self.faster(-1), "B": lambda: self.go.emit("briefing", None)}
        return {key: make_action(self, "", key, verb) for key, verb in verbs.items()}

    def _build(self) -> None:
        px = self.theme.px
        self.left.body.addWidget(self.injects, 1)
        self.right.body.addWidget(self.actions_list, 1)
        self.right.body.addWidget(self.points)
        self.below.body.addWidget(self.chart)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        for height, parts in ((5, (self.face, self.next)), (6, (self.left, self.right))):
            row = QHBoxLayout()
            row.setSpacing(px(8))
            row.addWidget(parts[0], 21)
            row.addWidget(parts[1], 20)
            column.addLayout(row, height)
        column.addWidget(self.below)

    def _connect(self) -> None:
        self.injects.chosen_row.connect(self._on_chosen)
        self.injects.activated_row.connect(lambda row: self.give(row.no))
        self.actions_list.activated_row.connect(lambda row: self.stamp(row.no, Result.DONE))
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for digit in range(1, 10):
            for shape, result in STAMPS:
                QShortcut(QKeySequence(shape.format(digit)), self, context=within).activated \
                    .connect(lambda d=digit, r=result: self.stamp(d, r))

    def actions_shown(self) -> Sequence[QAction]:
        return tuple(self.own_actions.values())

    def _reword(self) -> None:
        paused, words = self.run.state is RunState.PAUSED, self.own_actions
        ready = self.run.state is RunState.READY
        words["N"].setText(t("verb|Inject"))
        words["Space"].setText(t("verb|Start") if ready else t("verb|Go on") if paused
                               else t("verb|Pause"))
        for key, said in (("M", t("verb|Mark")), ("K", t("verb|Skip")), ("E", t("verb|End")),
                          ("U", t("Take a stamp back")), ("T", t("Timing point")),
                          ("+", t("Faster")), ("-", t("Slower")), ("B", t("Briefing"))):
            words[key].setText(said)
        going = self.run.state in {RunState.RUNNING, RunState.PAUSED}
        for key in "NMKEUT":
            words[key].setEnabled(going)
        words["Space"].setEnabled(self.run.state is not RunState.ENDED)
        for key in "+-":
            words[key].setVisible(self.run.scenario.form is Form.TABLETOP)
            words[key].setEnabled(going and self.run.scenario.form is Form.TABLETOP)

    # what is shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Clock and next inject keep their room; on a small screen the axis and then the timing
        points give theirs."""
        super().resizeEvent(event)
        px = self.theme.px
        for part in (self.face, self.next):
            part.setMinimumHeight(px(208))
        self.below.setVisible(self.height() >= px(600))
        self.points.setVisible(self.height() >= px(470))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.injects.setFocus(Qt.FocusReason.OtherFocusReason)

    def load(self, _change: object | None) -> None:
        self.run = acting.present_run(self.desk.store)
        self._reword()
        self.below.set_title(t("Planned and actual"), "", "")
        self.next.show_run(self.run, self.at)
        self.injects.set_rows(inject_rows(self.run, self.at))
        if self._following or self.injects.current_row is None:
            self._follow()
        self._show_actions()
        self.points.set_cells(point_cells(self.run))
        self.chart.set_facts(chart_facts(self.run, self.at))
        self.tick(self.desk.now())

    @property
    def at(self) -> float:
        """T+ now, in seconds."""
        return acting.clock_of(self.desk.store).elapsed()

    def tick(self, now: datetime) -> None:
        at, clock = self.at, acting.clock_of(self.desk.store)
        self.face.set_facts(clock_facts(self.run, at, now, clock.base.now()))
        self.next.show_run(self.run, at)
        self.chart.set_now(at)
        self._tick_rows(at)

    def _tick_rows(self, at: float) -> None:
        """Only rows whose words changed are put anew, so that choice and scroll stay."""
        self.injects.set_rows(inject_rows(self.run, at))
        self._show_actions()

    def _follow(self) -> None:
        """The inject given last is at hand, until a person chose another."""
        one = self.run.current or self.run.next
        if one is not None:
            self.injects.choose(one.no)
        self._following = True

    @property
    def chosen(self) -> InjectRun | None:
        row = self.injects.current_row
        return self.run.inject(row.no) if isinstance(row, InjectRow) else self.run.current

    def _on_chosen(self, row: object) -> None:
        current = self.run.current
        self._following = not isinstance(row, InjectRow) or current is None \
            or row.no == current.no
        self._show_actions()

    def _show_actions(self) -> None:
        one = self.chosen
        self.actions_list.set_rows(action_rows(
            one, self.at, over=self.run.state is RunState.ENDED))
        self.left.set_title(t("Injects"), f"{self.run.given} / {len(self.run.injects)}",
                            t("bold: off by a minute and more"))
        head = t("Expected actions of inject {no}", no=f"{one.no:02}") if one else ""
        self.right.set_title(head or t("Expected actions"), "",
                             t("1–9 done · Shift partly · Alt not done · U takes back"))
        self.actions_list.when_empty = t("Nothing is expected of this inject.")

    # the director's keys

    def hold(self) -> None:
        """Space: start, pause, go on."""
        store, desk = self.desk.store, self.desk
        if self.run.state is RunState.READY:
            desk.act(lambda: acting.start_drill(store, by=desk.officer))
        elif self.run.state is RunState.RUNNING:
            desk.act(lambda: acting.pause_drill(store, by=desk.officer))
        elif self.run.state is RunState.PAUSED:
            desk.act(lambda: acting.resume_drill(store, by=desk.officer))

    def give(self, no: int | None = None) -> None:
        """N: give the next inject; Enter on a row gives that one."""
        one = self.run.next if no is None else self.run.inject(no)
        if one is None or (no is not None and one.t is not None):
            return
        self._following = True
        self.desk.act(lambda: acting.give_inject(self.desk.store, one.no, by=self.desk.officer))

    def stamp(self, action: int, result: Result) -> None:
        """A digit: the action of the inject at hand was seen now."""
        one = self.chosen
        if one is None or action > len(one.actions):
            return
        self.desk.act(lambda: acting.stamp_action(self.desk.store, one.no, action, result,
                                                  by=self.desk.officer))

    def unstamp(self) -> None:
        self.desk.act(lambda: acting.unstamp(self.desk.store, by=self.desk.officer))

    def faster(self, step: int) -> None:
        """+ and -: the next time scale of a table-top drill."""
        speeds = acting.SPEEDS
        at = min(range(len(speeds)), key=lambda n: abs(speeds[n] - self.run.speed)) + step
        if 0 <= at < len(speeds):
            self.desk.act(lambda: acting.set_speed(self.desk.store, speeds[at],
                                                   by=self.desk.officer))

    def mark(self) -> None:
        self._present(lambda host: MarkSheet(self.theme, self.desk, host), "text")

    def skip(self) -> None:
        """K: leave out the inject that is next."""
        one = self.run.next
        if one is not None:
            self._present(lambda host: SkipSheet(self.theme, self.desk, host, one), "why")

    def point(self) -> None:
        self._present(lambda host: PointSheet(self.theme, self.desk, host, self.run), "point")

    def end(self) -> None:
        self._present(lambda host: EndSheet(self.theme, self.desk, host, self.run), "note")

    def _present(self, make: Callable[[QWidget], Sheet], focus: str) -> None:
        if self.sheet is not None:
            self.sheet.leave()
        self.sheet = make(self.window())
        self.sheet.closed.connect(self._on_closed)
        self.sheet.present(focus)

    def _on_closed(self) -> None:
        self.sheet = None
        self.injects.setFocus(Qt.FocusReason.OtherFocusReason)
