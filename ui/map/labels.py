"""Labels 注记: words with a halo, kept as pixmaps, laid so that none covers another."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap

from ui.theme import Theme

HALO = 3.0


@dataclass(slots=True)
class Room:
    """What of the frame is taken already; rectangles by shelves of 64 pixels."""

    taken: dict[tuple[int, int], list[QRectF]] = field(default_factory=dict)

    def take(self, rect: QRectF, *, force: bool = False) -> bool:
        """Take a rectangle if it is free; `force` takes it whether or not."""
        shelves = [(i, j) for i in range(int(rect.left() // 64), int(rect.right() // 64) + 1)
                   for j in range(int(rect.top() // 64), int(rect.bottom() // 64) + 1)]
        if not force and any(rect.intersects(other) for shelf in shelves
                             for other in self.taken.get(shelf, ())):
            return False
        for shelf in shelves:
            self.taken.setdefault(shelf, []).append(rect)
        return True


class Labels:
    """Words as pixmaps by text, size, colour and spacing."""

    def __init__(self, theme: Theme) -> None:
        self.theme, self.ratio = theme, 1.0
        self._kept: dict[tuple[object, ...], QPixmap] = {}

    def clear(self, ratio: float) -> None:
        self.ratio = ratio
        self._kept.clear()

    def words(self, text: str, size: int, color: QColor, halo: QColor, *, bold: bool = False,
              spread: float = 0.0) -> QPixmap:
        """The text with a halo of the ground's colour; `spread` parts the letters (design px)."""
        key = (text, size, color.rgba(), halo.rgba(), bold, spread)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) > 4000:
                self._kept.clear()
            found = self._kept[key] = self._drawn(text, size, color, halo, bold=bold,
                                                  spread=spread)
        return found

    def _drawn(self, text: str, size: int, color: QColor, halo: QColor, *, bold: bool,
               spread: float) -> QPixmap:
        font = QFont(self.theme.font(size, bold=bold))
        if spread:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, self.theme.px(spread))
        path = QPainterPath()
        path.addText(QPointF(0, 0), font, text)
        box = path.boundingRect()
        wide, high = math.ceil(box.width() + 2 * HALO + 2), math.ceil(
            self.theme.px(size) * 1.25 + 2 * HALO)
        picture = QPixmap(math.ceil(wide * self.ratio), math.ceil(high * self.ratio))
        picture.setDevicePixelRatio(self.ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(HALO + 1 - box.left(), high / 2 + self.theme.px(size) * 0.37)
        painter.strokePath(path, QPen(halo, 2 * HALO, Qt.PenStyle.SolidLine,
                                      Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.fillPath(path, color)
        painter.end()
        return picture


def size_of(picture: QPixmap) -> tuple[float, float]:
    """Logical width and height."""
    return (picture.width() / picture.devicePixelRatio(),
            picture.height() / picture.devicePixelRatio())
