"""Stock 存量: the bar of a supply in a table, its expiry chip, and its curve over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from db.words import t
from resources.supplies import SupplyStock
from ui import moments
from ui.rows_model import ROW_ROLE, Index
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side
from ui.widgets.table import TableDelegate

BAR, SOON_DAYS, CURVE = 120, 60, 124


def draw_bar(canvas: Canvas, rect: QRect, row: SupplyStock, width: int) -> None:
    """Track to the maximum, tick at the minimum; what is missing is hatched up to the tick."""
    px, p = canvas.theme.px, canvas.palette
    centre, left, high = rect.center().y() + 1, rect.left(), px(8)
    most = max(row.max_stock, row.min_stock, row.quantity, 1.0)
    full, least = (round(width * part / most) for part in (row.quantity, row.min_stock))
    canvas.fill(left, centre - high // 2, width, high, p.line)
    canvas.fill(left, centre - high // 2, full, high, p.ink.fill if row.short else p.accent.fill)
    if row.short:
        gap = QRect(left + full, centre - high // 2, least - full, high)
        canvas.painter.fillRect(gap, p.surface)
        canvas.painter.save()
        canvas.painter.setClipRect(gap)
        canvas.painter.setPen(QPen(p.ink.fill, 1))
        for x in range(gap.left() - high, gap.right() + high, px(4)):
            canvas.painter.drawLine(x, gap.bottom() + 1, x + high, gap.top())
        canvas.painter.restore()
    canvas.fill(left + least - 1, centre - px(8), 2, px(16), p.text)


def draw_chip(canvas: Canvas, left: int, centre: int, words: str, *, late: bool = False,
              ink: bool = False, icon: str = "") -> None:
    """A chip: overdue red, ink, or outlined."""
    px, p = canvas.theme.px, canvas.palette
    pair = p.overdue if late else p.ink
    runs = canvas.theme.width(words, 12, bold=True) + px(16) + (px(18) if icon else 0)
    rect = QRect(left, centre - px(10), runs, px(20))
    solid = late or ink
    canvas.box(rect, pair.fill if solid else None, None if solid else p.text)
    tone, x = (pair.on if solid else p.text), left + px(8)
    if icon:
        canvas.icon(icon, x - px(2), centre, 14, tone)
        x += px(16)
    canvas.text(words, x, centre, 12, tone, bold=True)


class StockDelegate(TableDelegate):
    """Draws the columns of the supplies that are no plain text; `today` is told by the page."""

    def __init__(self, theme: Theme, bar_column: str, expiry_column: str, today: date) -> None:
        super().__init__(theme)
        self.bar_column, self.expiry_column, self.today = bar_column, expiry_column, today

    def draw_cell(self, canvas: Canvas, rect: QRect, index: Index) -> None:
        row = index.data(ROW_ROLE)
        model: Any = index.model()
        title = model.columns[index.column()].title
        if isinstance(row, SupplyStock) and title == self.bar_column:
            width = self.theme.px(BAR)
            draw_bar(canvas, rect, row, width)
            if row.short:
                draw_chip(canvas, rect.left() + width + self.theme.px(8), rect.center().y() + 1,
                          str(index.data()), ink=True)
        elif isinstance(row, SupplyStock) and title == self.expiry_column:
            self._draw_expiry(canvas, rect, row)
        else:
            super().draw_cell(canvas, rect, index)

    def _draw_expiry(self, canvas: Canvas, rect: QRect, row: SupplyStock) -> None:
        centre, p = rect.center().y() + 1, canvas.palette
        if row.expired > 0:
            draw_chip(canvas, rect.left(), centre, t("expired {n}", n=f"{row.expired:g}"),
                      late=True, icon="alert-triangle")
        elif row.expires_on is None:
            canvas.text("—", rect.left(), centre, 14, p.muted)
        elif (row.expires_on - self.today).days <= SOON_DAYS:
            draw_chip(canvas, rect.left(), centre, t("{n} d left", n=(
                row.expires_on - self.today).days), icon="hourglass")
        else:
            canvas.text(f"{row.expires_on:%Y-%m}", rect.left(), centre, 14, p.text)


@dataclass(frozen=True, slots=True)
class Level:
    """What was in stock from an instant on."""

    at: datetime
    quantity: float


class StockCurve(QWidget):
    """Steps of the stock with the minimum dashed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.least, self.most = theme, 0.0, 1.0
        self.levels: Sequence[Level] = ()
        self.now: datetime | None = None
        self.setFixedHeight(theme.px(CURVE))
        self.setAccessibleName(t("Stock over time"))

    def show_levels(self, levels: Sequence[Level], least: float, now: datetime) -> None:
        self.levels, self.least, self.now = levels, least, now
        self.most = max([least, 1.0, *(one.quantity for one in levels)]) * 1.1
        self.setVisible(bool(levels))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        painter.fillRect(self.rect(), p.surface)
        if self.levels and self.now is not None:
            self._draw(canvas, QRect(px(16), px(12), self.width() - px(64), px(84)), self.now)
        painter.end()

    def _draw(self, canvas: Canvas, room: QRect, now: datetime) -> None:
        p, px = canvas.palette, self.theme.px
        first = self.levels[0].at
        span = max((now - first).total_seconds(), 1.0)

        def point(at: datetime, quantity: float) -> QPointF:
            x = room.left() + room.width() * (at - first).total_seconds() / span
            return QPointF(x, room.bottom() - room.height() * quantity / self.most)

        line, before = QPolygonF(), 0.0
        for n, one in enumerate(self.levels):
            if n:
                line.append(point(one.at, before))
            line.append(point(one.at, one.quantity))
            before = one.quantity
        line.append(point(now, before))
        area = QPolygonF(line)
        area.append(QPointF(room.right(), room.bottom()))
        area.append(QPointF(room.left(), room.bottom()))
        canvas.painter.setPen(Qt.PenStyle.NoPen)
        canvas.painter.setBrush(p.tint)
        canvas.painter.drawPolygon(area)
        canvas.painter.setPen(QPen(p.accent.fill, 2))
        canvas.painter.drawPolyline(line)
        low = round(point(now, self.least).y())
        canvas.painter.setPen(QPen(p.text, 1, Qt.PenStyle.DashLine))
        canvas.painter.drawLine(room.left(), low, room.right(), low)
        right = self.width() - px(8)
        canvas.text(f"{before:g}", right, round(point(now, before).y()), 12, p.text, bold=True,
                    side=Side.RIGHT)
        canvas.text(moments.day(first), room.left(), room.bottom() + px(12), 12, p.muted)
        canvas.text(t("minimum {n}", n=f"{self.least:g}"), room.right(), room.bottom() + px(12),
                    12, p.muted, side=Side.RIGHT)
