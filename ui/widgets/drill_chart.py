"""Planned and actual 计划与实际: a drill's injects, actions and breaks on one axis of T+."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from db.words import t
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

STEPS = (60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400)
LEFT, RIGHT, TICK_ROOM = 88, 20, 84
AXIS, PLANNED, ACTUAL, BARS = 14, 38, 62, 82
LANES = 3


@dataclass(frozen=True, slots=True)
class InjectMark:
    """An inject: where it was planned and given (None: not yet), in seconds of T+."""

    no: int
    planned: float
    actual: float | None
    next: bool = False


@dataclass(frozen=True, slots=True)
class ActionBar:
    """From an inject to the limit of its last action, and how far it is done or overrun."""

    since: float
    limit: float
    until: float
    open: bool


@dataclass(frozen=True, slots=True)
class BreakMark:
    t: float
    words: str


@dataclass(frozen=True, slots=True)
class ChartFacts:
    length: float
    now: float | None
    injects: tuple[InjectMark, ...] = ()
    bars: tuple[ActionBar, ...] = ()
    breaks: tuple[BreakMark, ...] = ()


def hm(seconds: float) -> str:
    """`01:20` in hours and minutes."""
    return f"{int(seconds) // 3600:02d}:{int(seconds) // 60 % 60:02d}"


def lanes(bars: tuple[ActionBar, ...]) -> list[tuple[ActionBar, int]]:
    """Each bar on the first lane that is free, or on the one that is free soonest."""
    ends, found = [float("-inf")] * LANES, []
    for bar in bars:
        lane = next((n for n, end in enumerate(ends) if end <= bar.since),
                    ends.index(min(ends)))
        ends[lane] = max(bar.limit, bar.until)
        found.append((bar, lane))
    return found


class DrillChart(QWidget):
    """Circles where injects were planned, discs where they came, bars of the time allowed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.facts = theme, ChartFacts(3600, None)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(t("Planned and actual"))
        theme.changed.connect(self.update)

    def set_facts(self, facts: ChartFacts) -> None:
        self.facts = facts
        self.update()

    def set_now(self, now: float) -> None:
        """Only the time went on; bars that are open grow with it."""
        bars = tuple(replace(b, until=now) if b.open else b for b in self.facts.bars)
        self.set_facts(replace(self.facts, now=now, bars=bars))

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(480), self.theme.px(116))

    @property
    def _span(self) -> float:
        ends = [self.facts.length, self.facts.now or 0.0,
                *(i.actual for i in self.facts.injects if i.actual is not None)]
        return max(ends) * 1.02

    def x_of(self, seconds: float) -> int:
        """Where T+`seconds` stands, in logical pixels."""
        left = self.theme.px(LEFT)
        room = self.width() - left - self.theme.px(RIGHT)
        return left + round(room * max(0.0, seconds) / max(1.0, self._span))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas = Canvas(painter, self.theme)
        self._axis(canvas)
        for bar, lane in lanes(self.facts.bars):
            self._bar(canvas, bar, lane)
        for mark in self.facts.injects:
            self._inject(canvas, mark)
        for stop in self.facts.breaks:
            self._break(canvas, stop)
        if self.facts.now is not None:
            self._now(canvas, self.facts.now)
        painter.end()

    def _axis(self, canvas: Canvas) -> None:
        px, p, room = self.theme.px, canvas.palette, self.width() - self.theme.px(LEFT + RIGHT)
        for y, words in ((PLANNED, t("chart|planned")), (ACTUAL, t("chart|actual")),
                         (BARS + 8, t("chart|actions"))):
            canvas.text(words, px(16), px(y), 12, p.muted, width=px(LEFT - 24))
        canvas.fill(px(LEFT), px(PLANNED), room, 1, p.line)
        canvas.fill(px(LEFT), px(ACTUAL), room, 1, p.line)
        step = next((s for s in STEPS if room * s / max(1.0, self._span) >= px(TICK_ROOM)),
                    STEPS[-1])
        at = 0
        while at <= self._span:
            x = self.x_of(at)
            canvas.fill(x, px(AXIS + 10), 1, px(BARS + 20) - px(AXIS + 10), p.line)
            canvas.text(hm(at), x, px(AXIS), 12, p.muted, side=Side.MIDDLE)
            at += step

    def _inject(self, canvas: Canvas, mark: InjectMark) -> None:
        px, p = self.theme.px, canvas.palette
        x, side = self.x_of(mark.planned), px(18)
        if mark.actual is not None:
            to = self.x_of(mark.actual)
            canvas.painter.setPen(QPen(p.drill.fill, 1.5))
            canvas.painter.drawLine(QPoint(x, px(PLANNED) + side // 2), QPoint(to, px(ACTUAL)))
            canvas.box(QRect(to - px(4), px(ACTUAL) - px(4), px(9), px(9)), p.drill.fill,
                       radius=4.5)
        edge = p.drill.fill if mark.next else p.muted
        canvas.box(QRect(x - side // 2, px(PLANNED) - side // 2, side, side), p.surface, edge,
                   radius=9, stroke=2 if mark.next else 1)
        canvas.text(str(mark.no), x, px(PLANNED), 11, p.drill.fill if mark.next else p.text,
                    bold=mark.next, side=Side.MIDDLE)

    def _bar(self, canvas: Canvas, bar: ActionBar, lane: int) -> None:
        px, p = self.theme.px, canvas.palette
        x, end, to = self.x_of(bar.since), self.x_of(bar.limit), self.x_of(bar.until)
        y, height = px(BARS + 9 * lane), px(6)
        fill = p.drill.fill if bar.open else p.muted
        canvas.fill(x, y, max(1, min(to, end) - x), height, fill)
        if to > end:
            canvas.fill(end, y, to - end, height, p.overdue.fill)
        canvas.box(QRect(x, y, max(2, end - x), height), None, p.muted, radius=0)

    def _break(self, canvas: Canvas, stop: BreakMark) -> None:
        """A break has no width on the axis of T+; its length stands beside it."""
        px, p, x = self.theme.px, canvas.palette, self.x_of(stop.t)
        for at in (x - px(2), x + px(2)):
            canvas.fill(at, px(AXIS + 12), max(1, px(1)), px(BARS + 20) - px(AXIS + 12), p.text)
        words = self.theme.width(stop.words, 11) + px(8)
        canvas.fill(x + px(5), px(50) - px(7), words, px(14), p.surface)
        canvas.text(stop.words, x + px(8), px(50), 11, p.muted)

    def _now(self, canvas: Canvas, now: float) -> None:
        px, p, x = self.theme.px, canvas.palette, self.x_of(now)
        canvas.fill(x, px(AXIS), max(1, px(2)), px(BARS + 22) - px(AXIS), p.text)
        words = f"{hm(now)}:{int(now) % 60:02d}"
        wide = self.theme.width(words, 12, bold=True) + px(12)
        left = max(0, min(self.width() - wide, x - wide // 2))
        canvas.box(QRect(left, px(AXIS) - px(10), wide, px(20)), p.ink.fill)
        canvas.text(words, left + wide // 2, px(AXIS), 12, p.ink.on, bold=True, side=Side.MIDDLE)
