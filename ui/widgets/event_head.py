"""The head line of an event 事件标题栏: level, title, who is there, response, report, timer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from db.words import t
from ui.moments import clock_seconds, running
from ui.theme import Theme
from ui.widgets.countdown import draw_countdown
from ui.widgets.paint import Canvas, Side

HEIGHT = 80
SCENE_AT, RESPONSE_AT, REPORT_AT, TIMER_AT = 624, 508, 344, 190
NARROW = 1020


@dataclass(frozen=True, slots=True)
class HeadFacts:
    """What the head says; `level` 0 is not graded, `until` set when the event is over."""

    number: str
    title: str
    meta: str
    level: int
    state: str
    open: bool
    received: datetime
    until: datetime | None = None
    arrived: int = 0
    ordered: int = 0
    people: int = 0
    response: str = ""
    response_note: str = ""
    report: str = ""
    report_due: datetime | None = None


class EventHead(QWidget):
    """80 px; painted, spoken as one sentence. The running time moves with `tick`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.facts: HeadFacts | None = None
        self.now = datetime(1970, 1, 1, tzinfo=UTC)
        self.setFixedHeight(theme.px(HEIGHT))
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        self.setFixedHeight(self.theme.px(HEIGHT))
        self.update()

    def show_facts(self, facts: HeadFacts) -> None:
        self.facts = facts
        self.setAccessibleName(f"{facts.number} {facts.title}")
        self.setAccessibleDescription(t("list|, ").join(
            p for p in (facts.state, facts.meta, facts.response, facts.report) if p))
        self.setToolTip(f"{facts.title}\n{facts.meta}")
        self.update()

    def tick(self, now: datetime) -> None:
        self.now = now
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(800), self.theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p = Canvas(painter, self.theme), self.theme.palette
        canvas.box(QRect(0, 0, self.width(), self.height()), p.surface, p.line)
        if self.facts is not None:
            self._draw(canvas, self.facts)
        painter.end()

    def _draw(self, canvas: Canvas, facts: HeadFacts) -> None:
        px = self.theme.px
        first, second = px(28), px(56)
        wide = self.width() >= px(NARROW)
        shift = 0 if wide else px(40)
        end = self.width() - px(SCENE_AT) + shift
        side = px(48)
        canvas.level_chip(QRect(px(16), (self.height() - side) // 2, side, side), facts.level)
        self._draw_title(canvas, facts, px(80), end - px(12), first, second)
        p = canvas.palette
        for at in (RESPONSE_AT, REPORT_AT, TIMER_AT):
            canvas.fill(self.width() - px(at + 16) + shift // 2, px(16), 1,
                        self.height() - px(32), p.line)
        self._draw_scene(canvas, facts, end, first, second)
        x = self.width() - px(RESPONSE_AT) + shift // 2
        room = px(RESPONSE_AT - REPORT_AT - 32)
        canvas.text(facts.response or t("No response"), x, first, 16,
                    p.text if facts.response else p.muted, bold=bool(facts.response), width=room)
        canvas.text(facts.response_note, x, second, 12, p.muted, width=room)
        self._draw_report(canvas, facts, self.width() - px(REPORT_AT) + shift // 2, first, second)
        self._draw_timer(canvas, facts, first, second)

    def _draw_title(self, canvas: Canvas, facts: HeadFacts, x: int, end: int, first: int,
                    second: int) -> None:
        px, p = self.theme.px, canvas.palette
        chip = self.theme.width(facts.state, 12, bold=True) + px(14)
        ran = canvas.text(facts.title, x, first, 20, p.text, bold=True,
                          width=end - x - chip - px(10))
        box = QRect(x + ran + px(10), first - px(11), chip, px(22))
        canvas.box(box, p.tint if facts.open else p.raised)
        canvas.text(facts.state, box.center().x() + 1, first, 12,
                    p.accent.fill if facts.open else p.muted, bold=True, side=Side.MIDDLE)
        ran = canvas.text(facts.number, x, second, 14, p.text, bold=True) + px(10)
        canvas.text(facts.meta, x + ran, second, 12, p.muted, width=end - x - ran)

    def _draw_scene(self, canvas: Canvas, facts: HeadFacts, x: int, first: int,
                    second: int) -> None:
        px, p = self.theme.px, canvas.palette
        ran = canvas.text(str(facts.arrived), x, first, 18, p.text, bold=True)
        canvas.text(f"/ {facts.ordered}", x + ran + px(5), first, 14, p.muted)
        words = t("{n} on scene", n=facts.people) if facts.people else t("On scene")
        canvas.text(words, x, second, 12, p.muted, width=px(SCENE_AT - RESPONSE_AT - 28))

    def _draw_report(self, canvas: Canvas, facts: HeadFacts, x: int, first: int,
                     second: int) -> None:
        px, p = self.theme.px, canvas.palette
        if facts.report_due is None:
            canvas.text(t("No report due"), x, first, 14, p.muted)
            return
        draw_countdown(canvas, QRect(x, first - px(14), px(104), px(28)), facts.report_due,
                       self.now)
        canvas.text(facts.report, x, second, 12, p.muted, width=px(REPORT_AT - TIMER_AT - 18))
        canvas.keycap(x + px(134), first, "F8")

    def _draw_timer(self, canvas: Canvas, facts: HeadFacts, first: int, second: int) -> None:
        px, p = self.theme.px, canvas.palette
        edge = self.width() - px(16)
        since = running((facts.until or self.now) - facts.received)
        size = 32 if self.theme.width(since, 32, bold=True) <= px(TIMER_AT - 24) else 24
        canvas.text(since, edge, first, size, p.text, bold=True, side=Side.RIGHT)
        words = t("since {time}", time=clock_seconds(facts.received))
        canvas.text(words, edge, second, 12, p.muted, side=Side.RIGHT)
