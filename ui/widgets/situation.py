"""The situation 现况: four figures the leader asks for, and the weather as last noted."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from db.words import t
from dispatch.statistics import Situation
from ui import moments
from ui.theme import Theme
from ui.widgets.paint import Canvas
from ui.widgets.panel import Panel

FIGURES, FOOT = 64, 38


class Figures(QWidget):
    """Figures side by side, each with its small label; a line of weather below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.figures: tuple[tuple[str, str, str], ...] = ()
        self.weather = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.fit()

    def fit(self) -> None:
        self.setFixedHeight(self.theme.px(FIGURES + (FOOT if self.weather else 0)))
        self.setAccessibleName("; ".join(f"{a} {b} {c}" for a, b, c in self.figures))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        step = (self.width() - px(32)) // max(1, len(self.figures))
        for number, (label, value, unit) in enumerate(self.figures):
            x = px(16) + number * step
            if number:
                canvas.fill(x - px(12), px(14), 1, px(38), p.line)
            canvas.text(label, x, px(20), 12, p.muted, width=step - px(14))
            ran = canvas.text(value, x, px(44), 22, p.text, bold=True)
            canvas.text(unit, x + ran + px(5), px(46), 12, p.muted, width=step - ran - px(18))
        if self.weather:
            canvas.fill(0, px(FIGURES), self.width(), 1, p.line)
            centre = px(FIGURES + FOOT // 2)
            canvas.icon("ripple", px(16), centre, 16, p.muted)
            canvas.text(self.weather, px(40), centre, 14, p.text, width=self.width() - px(56))
        painter.end()


class SituationPanel(Panel):
    """Fed by `dispatch.statistics.situation`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.figures = Figures(theme, self)
        self.body.addWidget(self.figures)
        self._facts: tuple[Situation, datetime, str] | None = None

    def set_facts(self, facts: Situation, now: datetime, weather: str = "") -> None:
        self._facts = (facts, now, weather)
        self.set_title(t("Situation"), note=t("as of {time}", time=moments.clock(now)))
        self.figures.figures = (
            (t("Forces out"), str(facts.forces_out), f"/ {facts.forces}"),
            (t("People out"), str(facts.people_out), t("unit|people")),
            (t("Reports due"), str(facts.reports_waiting),
             t("{n} late", n=facts.reports_late) if facts.reports_late else t("unit|items")),
            (t("Supplies short"), str(facts.supplies_short), t("unit|kinds")),
        )
        self.figures.weather = weather
        self.figures.fit()

    def restyle(self) -> None:
        super().restyle()
        if self._facts is not None:
            self.set_facts(*self._facts)
