"""The count chart 统计图: bars over names, months or hours, on pyqtgraph's view box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QToolTip, QWidget

from db.words import t
from dispatch.tally import Count
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

PAD, FOOT, HEAD, ROW, LABEL, NUMBER = 16, 24, 24, 26, 96, 48
Key = Qt.Key


class BarsItem(pg.GraphicsObject):  # type: ignore[misc]
    """Paints all bars in device pixels from prepared counts."""

    def __init__(self, chart: CountChart) -> None:
        super().__init__()
        self.chart = chart

    def boundingRect(self) -> QRectF:
        return QRectF(self.viewRect())

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem,
              _widget: QWidget | None = None) -> None:
        painter.save()
        painter.resetTransform()
        painter.scale(self.chart.devicePixelRatioF(), self.chart.devicePixelRatioF())
        self.chart.draw(Canvas(painter, self.chart.theme))
        painter.restore()


class CountChart(pg.PlotWidget):  # type: ignore[misc]
    """Arrow keys go from bar to bar and say its number; `chosen` tells which one is looked at.

    Upright bars stand side by side; lying ones have their names at the left, as many as fit.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, name: str, *, upright: bool,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.upright = theme, upright
        self.counts: tuple[Count, ...] = ()
        self.current = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        plot = self.getPlotItem()
        plot.hideAxis("left")
        plot.hideAxis("bottom")
        plot.hideButtons()
        plot.setMenuEnabled(False)
        plot.getViewBox().setMouseEnabled(x=False, y=False)
        self.item = BarsItem(self)
        self.addItem(self.item, ignoreBounds=True)
        self.setMouseTracking(True)
        theme.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        self.setBackground(self.theme.palette.surface)
        self.viewport().update()

    def show_counts(self, name: str, counts: Sequence[Count]) -> None:
        """Show these counts from now on."""
        self.counts, self.current = tuple(counts), -1
        self.setAccessibleName(name)
        self.setAccessibleDescription("; ".join(f"{c.words} {c.n}" for c in self.counts if c.n))
        self.viewport().update()

    @property
    def fitting(self) -> int:
        """How many lying bars have room."""
        return max(1, (int(self.viewport().height()) - self.theme.px(8)) // self.theme.px(ROW))

    # painting, from prepared values only

    def draw(self, canvas: Canvas) -> None:
        if not self.counts:
            canvas.text(t("chart|Nothing to show"), self.viewport().width() // 2,
                        self.viewport().height() // 2, 12, canvas.palette.muted,
                        side=Side.MIDDLE)
        elif self.upright:
            self._draw_upright(canvas)
        else:
            self._draw_lying(canvas)
        if self.hasFocus():
            canvas.box(self.viewport().rect().adjusted(1, 1, -1, -1), None,
                       canvas.palette.accent.fill, stroke=2)

    def _draw_upright(self, canvas: Canvas) -> None:
        px, p = self.theme.px, canvas.palette
        most = max(c.n for c in self.counts) or 1
        bottom, room = self.viewport().height() - px(FOOT), self._step()
        high = bottom - px(HEAD)
        every = max(1, -(-px(44) // max(1, int(room))))
        canvas.fill(px(PAD), bottom, self.viewport().width() - 2 * px(PAD), 1, p.control_line)
        for at, count in enumerate(self.counts):
            left, wide = px(PAD) + at * room, max(2.0, room * 0.72)
            tall = round(high * count.n / most)
            tone = p.ink.fill if at == self.current else p.accent.fill
            canvas.fill(round(left + (room - wide) / 2), bottom - tall, round(wide), tall, tone)
            middle = round(left + room / 2)
            if count.n and (room >= px(24) or count.n == most or at == self.current):
                canvas.text(f"{count.n:,}", middle, bottom - tall - px(9), 12, p.muted,
                            side=Side.MIDDLE)
            if at % every == 0:
                canvas.text(count.words, middle, bottom + px(12), 12, p.muted, side=Side.MIDDLE)

    def _draw_lying(self, canvas: Canvas) -> None:
        px, p = self.theme.px, canvas.palette
        shown = self.counts[:self.fitting]
        most = max(c.n for c in self.counts) or 1
        label = min(px(LABEL + 60), max(self.theme.width(c.words, 12) for c in shown) + px(8))
        left = px(PAD) + label
        room = self.viewport().width() - left - px(NUMBER + PAD)
        for at, count in enumerate(shown):
            centre = px(4) + at * px(ROW) + px(ROW) // 2
            tone = p.ink.fill if at == self.current else p.accent.fill
            canvas.text(count.words, px(PAD), centre, 12, p.text, width=label - px(6))
            wide = round(room * count.n / most)
            canvas.fill(left, centre - px(7), wide, px(14), tone)
            canvas.text(f"{count.n:,}", left + wide + px(6), centre, 12, p.muted)

    def _step(self) -> float:
        return (int(self.viewport().width()) - 2 * self.theme.px(PAD)) / max(1, len(self.counts))

    def at(self, x: float, y: float) -> int:
        """The bar at that place, or -1."""
        if self.upright:
            found = int((x - self.theme.px(PAD)) // max(1.0, self._step()))
        else:
            found = int((y - self.theme.px(4)) // self.theme.px(ROW))
        return found if 0 <= found < len(self.counts) else -1

    # by hand

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self.at(event.position().x(), event.position().y())
        words = self._words(found)
        if words:
            QToolTip.showText(event.globalPosition().toPoint(), words, self)
        else:
            QToolTip.hideText()

    def wheelEvent(self, event: Any) -> None:
        event.ignore()

    def keyPressEvent(self, event: Any) -> None:
        last = len(self.counts) - 1
        steps = {Key.Key_Right: 1, Key.Key_Down: 1, Key.Key_Left: -1, Key.Key_Up: -1}
        step = steps.get(Key(event.key()))
        if step is None or last < 0:
            super().keyPressEvent(event)
            return
        self.current = min(last, max(0, self.current + step))
        self.chosen.emit(self.counts[self.current])
        self.viewport().update()

    def _words(self, number: int) -> str:
        if not 0 <= number < len(self.counts):
            return ""
        one, whole = self.counts[number], sum(c.n for c in self.counts)
        return t("{what}: {n} of {all}", what=one.words, n=f"{one.n:,}", all=f"{whole:,}")
