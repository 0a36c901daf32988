"""The cache 底图缓存: the base drawn once in squares of 512 pixels at each half zoom.

A frame only lays these squares; at most a few milliseconds of new ones are drawn for it, the
rest is shown from a neighbouring zoom until the next frame. So neither many vertices nor slow
tiles make the map stutter.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from math import ceil, floor
from time import perf_counter
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from resources.mercator import HALF_M, metres_per_pixel
from ui.map.colors import MapColors
from ui.map.frame import STEP, Frame
from ui.map.tiles import BaseLayer

SIDE = 512
KEPT = 56
"""Squares that are kept, a megabyte each."""
BUDGET_S = 0.004
FALLBACKS = (-1, 1, -2, 2, -3, -4)
"""Half zooms that stand in for a square that is not drawn yet, the best first."""


class Square(NamedTuple):
    """Half zoom, column from the west, row from the north."""

    step: int
    column: int
    row: int

    @property
    def metres(self) -> float:
        return SIDE * metres_per_pixel(self.step * STEP)

    def frame(self) -> Frame:
        """The frame that draws just this square."""
        side = self.metres
        return Frame((self.column + 0.5) * side - HALF_M, HALF_M - (self.row + 0.5) * side,
                     self.step * STEP, SIDE, SIDE)


class BaseCache:
    """Lays the base of some layers; `complete` tells whether a frame lacked nothing."""

    def __init__(self) -> None:
        self.layers: tuple[BaseLayer, ...] = ()
        self.colors: MapColors | None = None
        self.ratio = 1.0
        self.complete = True
        self._squares: OrderedDict[Square, QPixmap | None] = OrderedDict()
        """None where no layer has anything: most of the world."""
        self._spare: list[QPixmap] = []

    def show(self, layers: Sequence[BaseLayer], colors: MapColors, ratio: float = 1.0) -> None:
        """From now on these layers, the lowest first, on a screen of that pixel ratio."""
        self.layers, self.colors, self.ratio = tuple(layers), colors, ratio
        self._squares.clear()
        self._spare.clear()

    def draw(self, painter: QPainter, frame: Frame, *, calm: bool = True) -> None:
        """Lay the frame; at least one new square is drawn, more while the budget lasts.

        While the map moves (not `calm`) scaled squares are laid without smoothing.
        """
        if self.colors is None:
            return
        end, drawn = perf_counter() + BUDGET_S, 0
        self.complete = True
        wanted = list(_squares(frame))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform,
                              calm and frame.zoom % STEP != 0)
        for square in sorted(wanted, key=lambda s: _from_middle(s, frame)):
            if square not in self._squares:
                if drawn and perf_counter() > end:
                    self.complete = False
                    self._stand_in(painter, frame, square)
                    continue
                self._squares[square] = self._drawn(square, self.colors)
                drawn += self._squares[square] is not None
            self._squares.move_to_end(square)
            self._lay(painter, frame, square)
        while len(self._squares) > max(KEPT, len(wanted)):
            _, old = self._squares.popitem(last=False)
            if old is not None:
                self._spare.append(old)

    def _lay(self, painter: QPainter, frame: Frame, square: Square) -> None:
        pixmap = self._squares[square]
        if pixmap is not None:
            painter.drawPixmap(_target(frame, square), pixmap, QRectF(pixmap.rect()))

    def _drawn(self, square: Square, colors: MapColors) -> QPixmap | None:
        frame = square.frame()
        wanted = [layer for layer in self.layers if layer.touches(frame)]
        if not wanted:
            return None
        side = ceil(SIDE * self.ratio)
        # a megabyte of fresh memory costs more than drawing into it
        pixmap = self._spare.pop() if self._spare else QPixmap(side, side)
        pixmap.fill(colors.outside)
        painter = QPainter(pixmap)
        painter.scale(self.ratio, self.ratio)
        for layer in wanted:
            layer.draw(painter, frame, colors)
        painter.end()
        return pixmap

    def _stand_in(self, painter: QPainter, frame: Frame, square: Square) -> None:
        """What other zooms know of this square, enlarged or reduced."""
        place = _target(frame, square)
        painter.save()
        painter.setClipRect(place)
        if self.colors is not None:
            painter.fillRect(place, self.colors.outside)
        for shift in FALLBACKS:
            there = [s for s in self._squares if s.step == square.step + shift
                     and _target(frame, s).intersects(place)]
            for one in there:
                self._lay(painter, frame, one)
            if there:
                break
        painter.restore()


def _squares(frame: Frame) -> Iterator[Square]:
    """The squares of the closest half zoom that the frame shows."""
    step = round(frame.zoom / STEP)
    side = SIDE * metres_per_pixel(step * STEP)
    west, south, east, north = frame.edges
    last = ceil(2 * HALF_M / side) - 1
    for row in range(max(0, floor((HALF_M - north) / side)),
                     min(last, floor((HALF_M - south) / side)) + 1):
        for column in range(max(0, floor((west + HALF_M) / side)),
                            min(last, floor((east + HALF_M) / side)) + 1):
            yield Square(step, column, row)


def _target(frame: Frame, square: Square) -> QRectF:
    """Where a square lies in the frame; on whole pixels where it is not scaled."""
    side = square.metres
    left, top = frame.pixel(square.column * side - HALF_M, HALF_M - square.row * side)
    size = side * frame.scale
    if abs(size - SIDE) < 1e-6:
        return QRectF(round(left), round(top), SIDE, SIDE)
    return QRectF(left, top, size, size)


def _from_middle(square: Square, frame: Frame) -> float:
    centre = _target(frame, square).center()
    return abs(centre.x() - frame.width / 2) + abs(centre.y() - frame.height / 2)
