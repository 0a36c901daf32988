"""Charts 图: the lane chart of an event, a lane for each force, on pyqtgraph's view box."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from db.words import t
from ui import moments
from ui.lanes import EMPTY, TONE_WORDS, LaneFacts, LaneRow, Segment
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

NAMES, HEAD, ROW, BAR, LEGEND = 136, 30, 28, 14, 34
STEPS = tuple(timedelta(minutes=m) for m in
              (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200, 131490,
               525960, 2629800))


def tick_words(at: datetime, step: timedelta) -> str:
    """An instant on the axis: the clock, the day, or the month of long spans."""
    if step < timedelta(days=1):
        return moments.clock(at)
    return moments.day(at) if step < timedelta(days=28) else moments.month(at)


class LaneItem(pg.GraphicsObject):  # type: ignore[misc]
    """Paints all lanes in device pixels from prepared facts; the view box gives the x scale."""

    def __init__(self, chart: LaneChart) -> None:
        super().__init__()
        self.chart = chart

    def boundingRect(self) -> QRectF:
        return QRectF(self.viewRect())

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem,
              _widget: QWidget | None = None) -> None:
        painter.save()
        painter.resetTransform()
        painter.scale(self.chart.devicePixelRatioF(), self.chart.devicePixelRatioF())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.chart.draw(Canvas(painter, self.chart.theme))
        painter.restore()


class LaneChart(pg.PlotWidget):  # type: ignore[misc]
    """Wheel or − + zooms, drag or ← → moves; `span_chosen` tells that the user did so."""

    span_chosen = Signal()
    least_row, below = 8, 0
    """Design pixels: a lane lower than this is not drawn; room kept free beneath the lanes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.facts = theme, EMPTY
        self.now = EMPTY.start
        self.span: timedelta | None = timedelta(hours=2)
        self.setAccessibleName(t("Timeline"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        plot = self.getPlotItem()
        plot.hideAxis("left")
        plot.hideAxis("bottom")
        plot.hideButtons()
        plot.setMenuEnabled(False)
        plot.layout.setContentsMargins(0, 0, 0, 0)
        self.box = plot.getViewBox()
        self.box.setMouseEnabled(x=True, y=False)
        self.box.setDefaultPadding(0)
        self.box.setYRange(0, 1, padding=0)
        self.item = LaneItem(self)
        self.addItem(self.item, ignoreBounds=True)
        theme.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        self.setBackground(self.theme.palette.surface)
        self.setMinimumHeight(self.theme.px(HEAD + ROW * 4 + LEGEND))
        self.viewport().update()

    def set_facts(self, facts: LaneFacts, now: datetime) -> None:
        """Show these lanes; the stretch of time in view is kept unless the event changed."""
        anew = facts.start != self.facts.start
        self.facts, self.now = facts, now
        if anew or self.span is not None:
            self.show_span(self.span)
        self.item.update()
        self.setAccessibleDescription("; ".join(
            f"{lane.name}: {lane.segments[-1].words}" for lane in facts.lanes if lane.segments))

    def tick(self, now: datetime) -> None:
        self.now = now
        if self.span is not None and self.facts.until is None:
            self.show_span(self.span)
        self.item.update()

    def show_span(self, span: timedelta | None) -> None:
        """Show the last `span` up to a little after now, or all of the event (None)."""
        self.span = span
        end = self.facts.until or self.now
        begin = self.facts.start
        if span is not None and end - begin > span * 0.75:
            begin, end = end - span * 0.75, end + span * 0.25
        elif span is not None:
            begin, end = begin - span * 0.03, begin + span
        else:
            room = max(end - begin, timedelta(minutes=10))
            begin, end = begin - room * 0.03, end + room * 0.12
        self.box.setXRange(begin.timestamp(), end.timestamp(), padding=0)

    def wanted_height(self) -> int:
        """Logical pixels that all lanes and the legend take."""
        return self.theme.px(HEAD + ROW * (len(self.facts.lanes) + 1) + LEGEND + self.below)

    @property
    def row_height(self) -> int:
        """Logical pixels of one lane: less where many forces share the room."""
        px = self.theme.px
        room = int(self.viewport().height()) - px(LEGEND + self.below + HEAD + ROW)
        return min(px(ROW), room // max(1, len(self.facts.lanes)))

    # from time to pixels

    def x_of(self, at: datetime) -> int:
        low, high = self.box.viewRange()[0]
        left, right = self.theme.px(NAMES), int(self.viewport().width())
        part: float = (at.timestamp() - low) / max(high - low, 1e-9)
        return round(left + part * (right - left))

    def _limits(self) -> tuple[datetime, datetime]:
        low, high = self.box.viewRange()[0]
        return (datetime.fromtimestamp(low, UTC), datetime.fromtimestamp(high, UTC))

    # painting, from prepared values only

    def draw(self, canvas: Canvas) -> None:
        width, height = self.viewport().width(), self.viewport().height()
        px = self.theme.px
        legend_top = height - px(LEGEND)
        self._draw_grid(canvas, width, legend_top)
        self._draw_marks(canvas, width)
        top, row = px(HEAD + ROW), self.row_height
        for n, lane in enumerate(self.facts.lanes):
            if row >= px(self.least_row):
                self._draw_lane(canvas, lane, top + n * row, row, width)
        self._draw_now(canvas, legend_top)
        self._draw_legend(canvas, legend_top, width)

    def _draw_grid(self, canvas: Canvas, width: int, bottom: int) -> None:
        px, p = self.theme.px, canvas.palette
        if self.facts.until is None:
            now = max(self.x_of(self.now), px(NAMES))
            canvas.fill(now, px(HEAD), width - now, bottom - px(HEAD), p.raised)
        low, high = self._limits()
        step = next((s for s in STEPS if (high - low) / s * px(64) <= width - px(NAMES)), STEPS[-1])
        at = datetime.fromtimestamp(low.timestamp() // step.total_seconds()
                                    * step.total_seconds(), UTC)
        while at < high:
            x = self.x_of(at)
            if x >= px(NAMES):
                canvas.fill(x, px(HEAD), 1, bottom - px(HEAD), p.line)
                words = tick_words(at, step)
                if abs(x - self.x_of(self.now)) > px(44) or self.facts.until:
                    canvas.text(words, x, px(HEAD) // 2, 12, p.muted, side=Side.MIDDLE)
            at += step
        canvas.fill(0, px(HEAD), width, 1, p.line)
        canvas.fill(0, px(HEAD + ROW), width, 1, p.line)

    def _draw_marks(self, canvas: Canvas, width: int) -> None:
        px, p = self.theme.px, canvas.palette
        centre = px(HEAD + ROW // 2)
        canvas.text(t("entry|Event"), px(16), centre, 12, p.muted)
        free = px(NAMES)
        for moment in self.facts.marks:
            x = self.x_of(moment.at)
            if not px(NAMES) <= x <= width:
                continue
            self._diamond(canvas, x, px(HEAD + 7), hollow=moment.coming)
            runs = self.theme.width(moment.words, 12)
            start = max(px(NAMES) + px(2), min(x - runs // 2, width - runs - px(2)))
            if start >= free:
                canvas.text(moment.words, start, px(HEAD + 20), 12, p.text)
                free = start + runs + px(6)

    def _diamond(self, canvas: Canvas, x: int, y: int, *, hollow: bool) -> None:
        r, p = self.theme.px(4), canvas.palette
        canvas.painter.setPen(QPen(p.ink.fill, 1.4))
        canvas.painter.setBrush(Qt.BrushStyle.NoBrush if hollow else p.ink.fill)
        canvas.painter.drawPolygon(QPolygonF(
            [QPointF(x, y - r), QPointF(x + r, y), QPointF(x, y + r), QPointF(x - r, y)]))

    def _draw_lane(self, canvas: Canvas, lane: LaneRow, top: int, row: int, width: int) -> None:
        px, p = self.theme.px, canvas.palette
        centre, late = top + row // 2, lane.overdue(self.now)
        if late:
            canvas.fill(0, top, width, row, p.overdue_row)
            canvas.fill(0, top, px(3), row, p.overdue.fill)
        size = 12 if row >= px(16) else 10 if row >= px(12) else 8
        canvas.text(lane.name, px(16), centre, size, p.overdue.fill if late else p.text,
                    bold=late, width=px(NAMES - 24))
        canvas.painter.save()
        canvas.painter.setClipRect(QRect(px(NAMES), top, width - px(NAMES), row))
        tick = self.x_of(lane.promised) if lane.promised is not None else None
        for part in lane.segments:
            self._draw_segment(canvas, part, centre, min(px(BAR), row - 2), tick)
        self._draw_promise(canvas, lane, centre)
        canvas.painter.restore()
        canvas.fill(0, top + row - 1, width, 1, p.line)

    def _draw_segment(self, canvas: Canvas, part: Segment, centre: int, height: int,
                      tick: int | None) -> None:
        """A stretch and, where there is room beside the promised tick, its word."""
        px = self.theme.px
        left = self.x_of(part.start)
        right = self.x_of(part.end or self.facts.until or self.now)
        if right <= left:
            right = left + px(2)
        pair = canvas.palette.stages[part.tone]
        canvas.fill(left, centre - height // 2, right - left - 1, height, pair.fill)
        start, runs = max(left, px(NAMES)), self.theme.width(part.words, 12) + px(10)
        if tick is not None and start <= tick + px(4) and tick - px(4) <= start + runs:
            start = tick + px(4)
        if right - start > runs and height >= px(12):
            canvas.text(part.words, start + px(5), centre, 12, pair.on)

    def _draw_promise(self, canvas: Canvas, lane: LaneRow, centre: int) -> None:
        if lane.promised is None:
            return
        px, p = self.theme.px, canvas.palette
        x = self.x_of(lane.promised)
        late = (lane.arrived or self.now) > lane.promised and not (lane.over and not lane.arrived)
        tone = p.overdue.fill if late else p.text
        canvas.fill(x - 1, centre - px(10), px(2), px(20), tone)
        canvas.painter.setPen(Qt.PenStyle.NoPen)
        canvas.painter.setBrush(tone)
        canvas.painter.drawPolygon(QPolygonF([
            QPointF(x - px(3), centre - px(11)), QPointF(x + px(3), centre - px(11)),
            QPointF(x, centre - px(7))]))
        now = self.x_of(self.now)
        if lane.arrived is None and not lane.over and self.facts.until is None:
            if x > now:
                canvas.painter.setPen(QPen(p.muted, 1, Qt.PenStyle.DashLine))
                canvas.painter.drawLine(now, centre, x, centre)
            else:
                words = t("over by {time}", time=moments.left(self.now - lane.promised))
                canvas.flag(now + px(8), centre, words)

    def _draw_now(self, canvas: Canvas, bottom: int) -> None:
        if self.facts.until is not None:
            return
        px, p, x = self.theme.px, canvas.palette, self.x_of(self.now)
        if x < px(NAMES):
            return
        canvas.fill(x - 1, px(HEAD), px(2), bottom - px(HEAD), p.ink.fill)
        pill = QRect(x - px(23), px(4), px(46), px(22))
        canvas.box(pill, p.ink.fill)
        canvas.text(moments.clock(self.now), x, px(HEAD) // 2, 12, p.ink.on, bold=True,
                    side=Side.MIDDLE)

    def _draw_legend(self, canvas: Canvas, top: int, width: int) -> None:
        px, p = self.theme.px, canvas.palette
        canvas.fill(0, top, width, self.theme.px(LEGEND), p.surface)
        canvas.fill(0, top, width, 1, p.line)
        x, centre = px(16), top + px(LEGEND) // 2
        for tone, words in TONE_WORDS:
            canvas.fill(x, centre - px(5), px(14), px(10), p.stages[tone].fill)
            x += px(19)
            x += canvas.text(t(words), x, centre, 12, p.muted) + px(12)
        words = t("promised arrival")
        if x + px(19) + self.theme.width(words, 12) <= width:
            canvas.fill(x + px(3), centre - px(7), px(2), px(14), p.text)
            canvas.text(words, x + px(11), centre, 12, p.muted)

    # by hand

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.span = None
        super().wheelEvent(event)
        self.span_chosen.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() != Qt.MouseButton.NoButton:
            self.span = None
        super().mouseMoveEvent(event)

    def keyPressEvent(self, event: Any) -> None:
        low, high = self.box.viewRange()[0]
        room = high - low
        moves = {
            Qt.Key.Key_Minus: (-room / 2, room / 2), Qt.Key.Key_Plus: (room / 4, -room / 4),
            Qt.Key.Key_Equal: (room / 4, -room / 4), Qt.Key.Key_Left: (-room / 8, -room / 8),
            Qt.Key.Key_Right: (room / 8, room / 8),
        }
        move = moves.get(Qt.Key(event.key()))
        if move is None or room + move[1] - move[0] < 60:
            super().keyPressEvent(event)
            return
        self.span = None
        self.box.setXRange(low + move[0], high + move[1], padding=0)
        self.item.update()
        self.span_chosen.emit()


