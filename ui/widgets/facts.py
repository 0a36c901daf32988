"""The facts of an event 要素: labels at the left, what is known beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from db.words import t
from ui.theme import Theme
from ui.widgets.paint import OPTICAL, Canvas

ROW, LABEL, LINE = 27, 60, 20


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value, empty when not known; `note` is shown as a tool tip."""

    label: str
    value: str
    note: str = ""


class FactList(QWidget):
    """Long values wrap to three lines; what does not fit is in the tool tip."""

    doubled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.facts: tuple[Fact, ...] = ()
        theme.changed.connect(self.update)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.doubled.emit()

    def set_facts(self, facts: Iterable[Fact]) -> None:
        self.facts = tuple(facts)
        words = "\n".join(f"{f.label}: {f.value or '—'} {f.note}".strip() for f in self.facts)
        self.setAccessibleName(t("Facts"))
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def _label_width(self) -> int:
        widest = max((self.theme.width(f.label, 12) for f in self.facts), default=0)
        return min(max(widest, self.theme.px(LABEL - 12)) + self.theme.px(12), self.width() // 3)

    def _height(self, fact: Fact, room: int) -> int:
        lines = min(3, -(-self.theme.width(fact.value, 14) // max(1, room)))
        return self.theme.px(ROW + LINE * max(0, lines - 1))

    def sizeHint(self) -> QSize:
        room = self.theme.px(312 - 32 - LABEL)
        return QSize(self.theme.px(200),
                     sum(self._height(f, room) for f in self.facts) + self.theme.px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        left, top = px(16), px(8)
        label = self._label_width()
        room = self.width() - left - label - px(12)
        for fact in self.facts:
            height = self._height(fact, room)
            if top + px(ROW) > self.height():
                break
            centre = top + px(ROW) // 2
            canvas.text(fact.label, left, centre, 12, p.muted, width=label - px(6))
            if height <= px(ROW):
                tone = p.text if fact.value else p.muted
                canvas.text(fact.value or "—", left + label, centre, 14, tone, width=room)
            else:
                self._draw_long(painter, fact, left + label, top, room,
                                min(height, self.height() - top))
            top += height
        painter.end()

    def _draw_long(self, painter: QPainter, fact: Fact, x: int, top: int, room: int,
                   height: int) -> None:
        px = self.theme.px
        painter.setFont(self.theme.font(14))
        painter.setPen(self.theme.palette.text)
        metrics = self.theme.metrics(14)
        rest = fact.value
        baseline = top + px(ROW) // 2 + round(OPTICAL * px(14))
        lines = max(1, height // px(LINE))
        for n in range(min(3, lines)):
            fits = self._fitting(rest, room)
            last = n == min(3, lines) - 1
            words = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room) if last \
                else rest[:fits]
            painter.drawText(x, baseline + n * px(LINE), words)
            rest = rest[fits:]
            if not rest:
                return

    def _fitting(self, words: str, room: int) -> int:
        """How many characters fit into `room`; at least one."""
        metrics, count = self.theme.metrics(14), len(words)
        while count > 1 and metrics.horizontalAdvance(words[:count]) > room:
            count -= 1
        start = count
        while 1 < start < len(words) and _inside_word(words, start):
            start -= 1
        return start if start > 1 else count

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(120), self.theme.px(ROW * 3))


def _inside_word(words: str, place: int) -> bool:
    """Whether a break before `place` would cut a number or a Latin word in two."""
    before, after = words[place - 1], words[place]
    return before.isascii() and after.isascii() and not before.isspace()
