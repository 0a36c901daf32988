"""The comparison chart 对比图: the timing points of each course, on one axis of minutes."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.drillbook.compare import Comparison
from dispatch.drillbook.compare_papers import LETTERS, line_name
from ui.theme import Theme

SYMBOLS = ("o", "s", "t1", "d", "star", "p")
"""One for each course, so that nobody needs to tell colours apart."""
SIZE, WIDTH = 11, 2


class CompareChart(pg.PlotWidget):  # type: ignore[misc]
    """A line for each course through the points it reached; real events are dashed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.facts = theme, Comparison((), (), ())
        plot = self.getPlotItem()
        plot.hideButtons()
        plot.setMenuEnabled(False)
        plot.invertY(b=True)
        plot.getViewBox().setMouseEnabled(x=True, y=False)
        plot.layout.setContentsMargins(12, 12, 16, 8)
        self.legend = plot.addLegend(offset=(-12, 12))
        self.setAccessibleName(t("Comparison of drills"))
        theme.changed.connect(self.draw)

    def show_facts(self, facts: Comparison) -> None:
        self.facts = facts
        self.draw()

    def draw(self) -> None:
        """Draw everything in the colours and words in use."""
        plot, p = self.getPlotItem(), self.theme.palette
        plot.clear()
        self.setBackground(p.surface)
        names = [line_name(line) for line in self.facts.points]
        left, bottom = plot.getAxis("left"), plot.getAxis("bottom")
        left.setTicks([list(enumerate(names))])
        bottom.setLabel(t("minutes from the call received"))
        for axis in (left, bottom):
            axis.setPen(p.line)
            axis.setTextPen(p.text)
            axis.setStyle(tickFont=self.theme.font(12))
        bottom.label.setFont(self.theme.font(12))
        self.legend.setLabelTextColor(p.text)
        for number, course in enumerate(self.facts.courses):
            rows = [(line.values[number], at) for at, line in enumerate(self.facts.points)]
            reached = [(value / 60, at) for value, at in rows if value is not None]
            color = (p.drill.fill, p.accent.fill, p.ink.fill)[number % 3]
            style = {"color": color, "width": self.theme.px(WIDTH)}
            pen = pg.mkPen(style if course.drill else {**style, "dash": [4, 3]})
            plot.plot([m for m, _ in reached], [at for _, at in reached], pen=pen,
                      symbol=SYMBOLS[number % len(SYMBOLS)], symbolSize=self.theme.px(SIZE),
                      symbolBrush=color if course.drill else p.surface, symbolPen=color,
                      name=f"{LETTERS[number]}  {course.title}")
        plot.setYRange(-0.5, max(len(names) - 0.5, 0.5))
        self.setAccessibleDescription("; ".join(c.title for c in self.facts.courses))
