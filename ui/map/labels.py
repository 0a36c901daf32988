"""Labels 注记: words with a halo, kept as images, laid so that none covers another."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from time import perf_counter

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter

from ui.theme import Theme

HALO = 3.0
RING = tuple((math.tau * n / 8, reach) for reach in (1.2, 2.2) for n in range(8))
BUDGET_S, LEAST_NEW = 0.004, 2
"""Seconds of a frame for labels that are not drawn yet, and how many are drawn at least."""
Edges = tuple[float, float, float, float]


@dataclass(slots=True)
class Room:
    """What of the frame is taken already: left, top, right, bottom, by shelves of 64 pixels."""

    taken: dict[tuple[int, int], list[Edges]] = field(default_factory=dict)

    def take(self, left: float, top: float, wide: float, high: float, *,
             force: bool = False) -> bool:
        """Take a rectangle if it is free; `force` takes it whether or not."""
        right, low = left + wide, top + high
        shelves = [(i, j) for i in range(int(left // 64), int(right // 64) + 1)
                   for j in range(int(top // 64), int(low // 64) + 1)]
        if not force:
            for shelf in shelves:
                for other in self.taken.get(shelf, ()):
                    if left < other[2] and other[0] < right and top < other[3] and other[1] < low:
                        return False
        edges = left, top, right, low
        for shelf in shelves:
            self.taken.setdefault(shelf, []).append(edges)
        return True

    def take_round(self, x: float, y: float, reach: float) -> None:
        """Take the square around a symbol."""
        self.take(x - reach, y - reach, 2 * reach, 2 * reach, force=True)


class Labels:
    """Words as images by text, size, colour and spacing."""

    def __init__(self, theme: Theme) -> None:
        self.theme, self.ratio = theme, 1.0
        self.complete, self._until, self._new = True, math.inf, 0
        self._kept: dict[tuple[object, ...], QImage] = {}

    def clear(self, ratio: float) -> None:
        self.ratio = ratio
        self._kept.clear()

    def begin(self, *, quick: bool) -> None:
        """A new frame: a `quick` one draws new labels for a few milliseconds at most."""
        self.complete, self._new = True, 0
        self._until = perf_counter() + BUDGET_S if quick else math.inf

    def words(self, text: str, size: int, color: QColor, halo: QColor, *, bold: bool = False,
              spread: float = 0.0) -> QImage | None:
        """The text with a halo of the ground's colour; `spread` parts the letters (design px).

        None when it is not drawn yet and the frame has no time left for it.
        """
        key = (text, size, color.rgba(), halo.rgba(), bold, spread)
        found = self._kept.get(key)
        if found is None:
            if self._new >= LEAST_NEW and perf_counter() > self._until:
                self.complete = False
                return None
            self._new += 1
            if len(self._kept) > 4000:
                self._kept.clear()
            found = self._kept[key] = self._drawn(text, size, color, halo, bold=bold,
                                                  spread=spread)
        return found

    def _drawn(self, text: str, size: int, color: QColor, halo: QColor, *, bold: bool,
               spread: float) -> QImage:
        """Words written round about in the halo's colour: a tenth of the cost of a stroked path."""
        font = QFont(self.theme.font(size, bold=bold))
        if spread:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, self.theme.px(spread))
        wide = QFontMetrics(font).horizontalAdvance(text) + math.ceil(2 * HALO + 2)
        high = math.ceil(self.theme.px(size) * 1.25 + 2 * HALO)
        picture = QImage(math.ceil(wide * self.ratio), math.ceil(high * self.ratio),
                         QImage.Format.Format_ARGB32_Premultiplied)
        picture.setDevicePixelRatio(self.ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(font)
        at = QPointF(HALO + 1, high / 2 + self.theme.px(size) * 0.37)
        painter.setPen(halo)
        for turn, reach in RING:
            painter.drawText(at + QPointF(reach * math.cos(turn), reach * math.sin(turn)), text)
        painter.setPen(color)
        painter.drawText(at, text)
        painter.end()
        return picture


def size_of(picture: QImage) -> tuple[float, float]:
    """Logical width and height."""
    return (picture.width() / picture.devicePixelRatio(),
            picture.height() / picture.devicePixelRatio())
