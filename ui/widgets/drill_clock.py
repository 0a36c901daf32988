"""The drill's clock 演练时钟: 136 px, every digit in a fixed cell, readable from five metres."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.paint import OPTICAL, Canvas, Side

DIGITS, LEAST_DIGITS, SIGN = 136, 56, 36


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What the clock shows, as words; `t` is T+ and `planned` the length, in seconds."""

    state: str
    icon: str
    note: str
    digits: str
    t: float
    planned: float
    left: str
    right: str
    running: bool


NOTHING = ClockFacts("", "hourglass", "", "00:00:00", 0.0, 1.0, "", "", running=False)


class DrillClockFace(QWidget):
    """State and times above, T+ in the middle, the bar of the planned length below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.facts = theme, NOTHING
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def set_facts(self, facts: ClockFacts) -> None:
        if facts != self.facts:
            self.facts = facts
            self.setAccessibleName(f"{facts.state} T+{facts.digits} {facts.left}")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(480), self.theme.px(240))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        f = self.facts
        edge = p.drill.fill if f.running else p.line
        canvas.box(self.rect(), p.surface, edge, stroke=2 if f.running else 1)
        left, right, top = px(24), self.width() - px(24), px(24)
        tone = p.drill.fill if f.running else p.text
        canvas.icon(f.icon, left, top, 16, tone)
        ran = canvas.text(f.state, left + px(24), top, 14, tone, bold=True)
        canvas.text(f.note, right, top, 12, p.muted, side=Side.RIGHT,
                    width=right - left - px(40) - ran)
        foot, bar = self.height() - px(24), self.height() - px(46)
        self._digits(canvas, QRect(left, px(40), right - left, bar - px(48)))
        self._bar(canvas, left, bar, right - left)
        said = canvas.text(f.left, left, foot, 12, p.text, width=right - left)
        canvas.text(f.right, right, foot, 12, p.muted, side=Side.RIGHT,
                    width=right - left - said - px(16))
        painter.end()

    def _digits(self, canvas: Canvas, place: QRect) -> None:
        """As large as the room allows, up to 136 px; the figures never move sideways."""
        size, theme = self._size(place), self.theme
        font = theme.font(size, bold=True)
        canvas.painter.setFont(font)
        canvas.painter.setPen(theme.palette.text if self.facts.running else theme.palette.muted)
        wide, narrow = self._cells(size)
        sign = theme.width("T+", round(size * SIGN / DIGITS), bold=True) + theme.px(8)
        whole = sign + sum(narrow if c == ":" else wide for c in self.facts.digits)
        x = place.left() + max(0, (place.width() - whole) // 2)
        base = place.center().y() + round(OPTICAL * theme.px(size))
        x += sign
        for digit in self.facts.digits:
            cell = narrow if digit == ":" else wide
            runs = theme.width(digit, size, bold=True)
            canvas.painter.drawText(x + (cell - runs) // 2, base, digit)
            x += cell
        self._sign(canvas, x - whole, base, round(size * SIGN / DIGITS), theme.palette.muted)

    def _sign(self, canvas: Canvas, x: int, base: int, size: int, tone: QColor) -> None:
        canvas.painter.setFont(self.theme.font(size, bold=True))
        canvas.painter.setPen(tone)
        canvas.painter.drawText(x, base, "T+")

    def _cells(self, size: int) -> tuple[int, int]:
        return (max(self.theme.width(str(n), size, bold=True) for n in range(10)),
                self.theme.width(":", size, bold=True) + self.theme.px(size / 17))

    def _size(self, place: QRect) -> int:
        wide, narrow = self._cells(DIGITS)
        colons = self.facts.digits.count(":")
        whole = (wide * (len(self.facts.digits) - colons) + narrow * colons
                 + self.theme.width("T+", SIGN, bold=True) + self.theme.px(8))
        fits = min(1.0, place.width() / whole, place.height() / (self.theme.px(DIGITS) * 1.02))
        return max(LEAST_DIGITS, int(DIGITS * fits))

    def _bar(self, canvas: Canvas, x: int, y: int, width: int) -> None:
        """The planned length, and how much of it has gone by."""
        p, height = self.theme.palette, self.theme.px(4)
        canvas.fill(x, y, width, height, p.line)
        part = min(1.0, self.facts.t / self.facts.planned) if self.facts.planned > 0 else 0.0
        canvas.fill(x, y, round(width * part), height, p.drill.fill)
