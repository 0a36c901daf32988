"""The parts of the event page and where they stand: three columns under the head line."""

from __future__ import annotations

import functools
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from db.words import t
from dispatch.terms import ENTRY_NAMES, TYPED_KINDS
from ui.theme import Theme
from ui.widgets.capabilities import CapabilityChips
from ui.widgets.event_head import EventHead
from ui.widgets.facts import FactList
from ui.widgets.force_list import ForceList
from ui.widgets.log_list import LogList
from ui.widgets.panel import Filter, Panel
from ui.widgets.quick_entry import EntryKind, QuickEntry
from ui.widgets.series import SeriesTable

if TYPE_CHECKING:
    from ui.charts import LaneChart

GAP, LEFT, RIGHT = 8, 312, 372
NARROW, NARROW_LEFT, NARROW_RIGHT = 1300, 256, 344
HEAD, LOG_LEAST = 40, 220


class EventParts(QWidget):
    """Head, facts, casualties, chart, log with its line, forces, capabilities."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.head = EventHead(theme)
        self.facts, self.series = FactList(theme), SeriesTable(theme)
        self.log = LogList(theme, plain=True)
        self.entry, self.forces = QuickEntry(theme), ForceList(theme)
        self.chips = CapabilityChips(theme)
        self.fact_panel, self.series_panel = Panel(theme), Panel(theme)
        self.chart_panel, self.log_panel = Panel(theme), Panel(theme)
        self.force_panel = Panel(theme)
        self._build()
        self.reword()

    def _build(self) -> None:
        held: list[tuple[Panel, tuple[QWidget, ...]]] = [
            (self.fact_panel, (self._scrolling(self.facts),)),
            (self.series_panel, (self.series,)),
            (self.log_panel, (self.log, self.entry)),
            (self.force_panel, (self.forces, self.chips))]
        for panel, parts in held:
            for number, part in enumerate(parts):
                panel.body.addWidget(part, 0 if number else 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px(GAP))
        self.left, self.middle = QWidget(), QWidget()
        for side, panels in ((self.left, (self.fact_panel, self.series_panel)),
                             (self.middle, (self.chart_panel, self.log_panel))):
            stack = QVBoxLayout(side)
            stack.setContentsMargins(0, 0, 0, 0)
            stack.setSpacing(self.theme.px(GAP))
            stack.addWidget(panels[0], 1 if side is self.left else 0)
            stack.addWidget(panels[1], 0 if side is self.left else 1)
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(GAP))
        row.addWidget(self.left)
        row.addWidget(self.middle, 1)
        row.addWidget(self.force_panel)
        column.addWidget(self.head)
        column.addLayout(row, 1)

    @functools.cached_property
    def chart(self) -> LaneChart:
        """The chart, made when the first event is shown: pyqtgraph takes half a second."""
        from ui.charts import LaneChart

        made = LaneChart(self.theme)
        self.chart_panel.body.addWidget(made, 1)
        return made

    def _scrolling(self, widget: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(widget)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        widget.setAutoFillBackground(False)
        return area

    def reword(self) -> None:
        """Titles, filters and kinds in the language in use."""
        self.fact_panel.set_title(t("Facts"))
        self._offer_spans(self.chart_panel.chosen_filter or "2h")
        self.log_panel.set_filters([
            Filter("all", t("filter|All")), Filter("force", t("Forces")),
            Filter("instruction", t("Instruction")), Filter("report", t("entry|Report"))], "all")
        self.chart_panel.set_title(t("Timeline"))
        self.forces.when_empty = t("No force has been sent yet (F4).")
        self.entry.set_kinds([EntryKind(k.value, t(ENTRY_NAMES[k])) for k in TYPED_KINDS])

    def _offer_spans(self, chosen: str) -> None:
        self.chart_panel.set_filters([Filter("1h", t("1 hour")), Filter("2h", t("2 hours")),
                                      Filter("all", t("Whole course"))], chosen)

    def offer_force_filters(self, *, many: bool) -> None:
        """Filters above the forces, when there are many."""
        if many == bool(self.force_panel.chosen_filter):
            return
        self.force_panel.set_filters([
            Filter("all", t("filter|All")), Filter("coming", t("filter|Coming")),
            Filter("scene", t("filter|There"))] if many else [], "all" if many else "")

    def show_whole(self) -> None:
        """The whole course on the chart, as a past event is looked at."""
        self._offer_spans("all")
        self.chart.show_span(None)

    def fit(self) -> None:
        """Columns by the width; the chart as high as its lanes, the log never under five rows."""
        px = self.theme.px
        narrow = self.width() < px(NARROW)
        self.left.setFixedWidth(px(NARROW_LEFT if narrow else LEFT))
        wide = self.forces.force_delegate.wide  # what the longest word of the buttons needs
        self.force_panel.setFixedWidth(px((NARROW_RIGHT if narrow else RIGHT) + wide))
        if "chart" not in self.__dict__:
            return
        room = self.height() - self.head.height() - px(2 * GAP)
        wanted = self.chart.wanted_height() + px(HEAD) + 2
        self.chart_panel.setFixedHeight(max(px(HEAD + 176), min(wanted, room - px(LOG_LEAST))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def tick(self, now: datetime) -> None:
        for part in (self.head, self.log, self.entry, self.forces):
            part.tick(now)
        if "chart" in self.__dict__:
            self.chart.tick(now)
