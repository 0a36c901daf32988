"""The sketch 位置示意: where in the district a point lies, without the map page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from db.words import t
from resources.coords import Box, Point
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

HIGH = 200


class Sketch(QWidget):
    """Towns as dots with their names, the record as an accent mark, north up."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.box: Box | None = None
        self.towns: tuple[tuple[str, Point], ...] = ()
        self.at: Point | None = None
        self.setFixedHeight(theme.px(HIGH))
        self.setAccessibleName(t("Where in the district it lies"))

    def show_point(self, box: Box | None, towns: Sequence[tuple[str, Point]],
                   at: Point | None) -> None:
        self.box, self.towns, self.at = box, tuple(towns), at
        self.setVisible(box is not None and at is not None)
        self.update()

    def _place(self, box: Box, point: Point) -> QPoint:
        margin = self.theme.px(24)
        width, height = self.width() - 2 * margin, self.height() - 2 * margin
        across = (point.lon - box.west) / max(box.east - box.west, 1e-9)
        up = (point.lat - box.south) / max(box.north - box.south, 1e-9)
        return QPoint(margin + round(min(max(across, 0), 1) * width),
                      margin + round((1 - min(max(up, 0), 1)) * height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        if self.box is not None and self.at is not None:
            canvas.box(QRect(px(16), px(8), self.width() - px(32), self.height() - px(16)),
                       p.raised, p.line)
            for name, point in self.towns:
                spot = self._place(self.box, point)
                canvas.box(QRect(spot.x() - px(2), spot.y() - px(2), px(5), px(5)), p.muted,
                           radius=2)
                canvas.text(name, spot.x(), spot.y() - px(10), 12, p.muted, side=Side.MIDDLE)
            spot = self._place(self.box, self.at)
            canvas.box(QRect(spot.x() - px(7), spot.y() - px(7), px(14), px(14)), p.accent.fill,
                       p.surface, radius=7, stroke=2)
        painter.end()
