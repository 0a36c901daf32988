"""The record of a drill 演练记录: its sealed times, injects and actions, on the same axis."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.words import t
from dispatch.drills.record import DrillRecord, read_record
from dispatch.drills.run import Run, run_of, with_points
from dispatch.drills.terms import DrillId
from resources.localtime import moment_text
from ui.desk import Desk
from ui.page import Page, make_action
from ui.pages.drill_facts import record_facts
from ui.pages.drill_rows import action_rows, chart_facts, inject_rows
from ui.theme import Theme
from ui.widgets.drill_chart import DrillChart
from ui.widgets.drill_lists import ActionList, InjectList, InjectRow
from ui.widgets.fact_list import FactList
from ui.widgets.panel import Panel


class DrillRecordPage(Page):
    """`open(drill id)`; Esc goes back to the drills."""

    key = "drill_record"
    rail_key = "drills"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk = desk
        self.drill: DrillId | None = None
        self.record: DrillRecord | None = None
        self.run: Run | None = None
        self.back_action = make_action(self, "", "Esc", lambda: self.go.emit("drills", None))
        self.times = FactList(theme, t("Timing points"))
        self.injects = InjectList(theme, t("Injects"))
        self.actions_list = ActionList(theme, t("Expected actions"))
        self.chart = DrillChart(theme)
        self.left, self.middle, self.right, self.below = (Panel(theme) for _ in range(4))
        self._build()

    def _build(self) -> None:
        px = self.theme.px
        side = QVBoxLayout()
        side.setSpacing(px(8))
        for panel, widget in ((self.left, self.times), (self.middle, self.injects),
                              (self.right, self.actions_list), (self.below, self.chart)):
            panel.body.addWidget(widget, 1)
        side.addWidget(self.middle, 3)
        side.addWidget(self.right, 2)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.left, 2)
        row.addLayout(side, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(row, 1)
        column.addWidget(self.below)
        self.injects.chosen_row.connect(lambda _row: self._show_actions())

    def actions_shown(self) -> Sequence[QAction]:
        return (self.back_action,)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.injects.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, what: object) -> None:
        self.drill = DrillId(what) if isinstance(what, int) else None  # type: ignore[arg-type]
        self.load(None)

    def load(self, _change: object | None) -> None:
        """A sealed record never changes; it is read when another drill is asked for."""
        self.back_action.setText(t("verb|Back"))
        drill = self.drill
        if drill is None:
            return
        if self.record is None or self.record.drill_id != drill:
            self.record = self.desk.act(lambda: read_record(self.desk.store, drill))
            self.run = None
        if self.record is not None:
            self._show(self.record)

    def _show(self, of: DrillRecord) -> None:
        self.run = with_points(run_of(of.scenario, of.acts), of.points)
        self.left.set_title(f"{of.number}", "", moment_text(of.started_at, year=True))
        self.middle.set_title(of.title, f"{self.run.given} / {len(of.injects)}", "")
        self.below.set_title(t("Planned and actual"), "", t("chain of the drill {n} · {hash}",
                             n=of.chain_number, hash=of.chain_hash[:12]))
        self.times.set_rows(record_facts(of))
        self.injects.set_rows(inject_rows(self.run, of.length))
        self.chart.set_facts(chart_facts(self.run, of.length))
        if self.injects.current_row is None and of.injects:
            self.injects.choose(of.injects[0].no)
        self._show_actions()

    def _show_actions(self) -> None:
        row, run = self.injects.current_row, self.run
        if run is None or self.record is None:
            return
        one = run.inject(row.no) if isinstance(row, InjectRow) else None
        self.actions_list.set_rows(action_rows(one, self.record.length, over=True))
        self.actions_list.when_empty = t("Nothing is expected of this inject.")
        self.right.set_title(t("Expected actions of inject {no}", no=f"{one.no:02}")
                             if one else t("Expected actions"), "", "")
