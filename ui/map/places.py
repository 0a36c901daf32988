"""Place names 地名注记: towns in their middle, roads as plates, rivers along the water."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPainter

from resources.geo import Position
from resources.layers.features import Feature, Shape
from ui.map.base import ROADS
from ui.map.colors import MapColors
from ui.map.frame import Frame
from ui.map.labels import Labels, Room, size_of
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

MOST = 120
"""Names that are looked at in one frame."""
RANK = {"district": 0, "town": 1, "motorway": 2, "trunk": 3, "river": 4, "primary": 5,
        "secondary": 6, "wood": 7}
FROM_ZOOM = {"district": 0.0, "town": 10.5, "motorway": 10.0, "trunk": 11.0, "river": 11.0,
             "primary": 12.0, "secondary": 13.0, "wood": 12.5}
UNTIL_ZOOM = {"district": 10.5}


def draw_names(painter: QPainter, frame: Frame, features: Sequence[Feature], theme: Theme,
               colors: MapColors, labels: Labels, room: Room) -> None:
    """The names of the base that there is room for, the weightier first."""
    wanted = [f for f in features if f.name
              and FROM_ZOOM.get(f.kind, 7.5) <= frame.zoom < UNTIL_ZOOM.get(f.kind, 99.0)]
    canvas = Canvas(painter, theme)
    for feature in sorted(wanted, key=lambda f: RANK.get(f.kind, 3))[:MOST]:
        at = anchor(frame, feature)
        if at is None:
            continue
        if feature.kind in ROADS:
            _plate(canvas, colors, feature.name, at, room)
            continue
        picture = labels.words(feature.name, 14 if feature.shape is Shape.AREA else 12,
                               colors.label, colors.land,
                               spread=3.0 if feature.kind in ("town", "district") else 1.0)
        if picture is None:
            continue
        wide, high = size_of(picture)
        left, top = at[0] - wide / 2, at[1] - high / 2
        if room.take(left, top + 2, wide, high - 4):
            painter.drawImage(QPointF(round(left), round(top)), picture)


def _plate(canvas: Canvas, colors: MapColors, name: str, at: tuple[float, float],
           room: Room) -> None:
    """A road's name in a box on the road."""
    px = canvas.theme.px
    wide, high = canvas.theme.width(name, 12, bold=True) + px(12), px(20)
    box = QRect(round(at[0] - wide / 2), round(at[1] - high / 2), wide, high)
    if room.take(box.x(), box.y(), wide, high):
        canvas.box(box, colors.land, colors.casing, radius=3)
        canvas.text(name, box.center().x() + 1, box.center().y() + 1, 12, colors.label, bold=True,
                    side=Side.MIDDLE)


def anchor(frame: Frame, feature: Feature) -> tuple[float, float] | None:
    """Where a name stands in pixels; None when its place is out of view."""
    spots = (_centre(feature.parts[0]),) if feature.shape is Shape.AREA else _along(
        feature.parts[0])
    found, best = None, 1e9
    for spot in spots:
        x, y = frame.place(*spot)
        if 20 <= x <= frame.width - 20 and 12 <= y <= frame.height - 12:
            far = abs(x - frame.width / 2) + abs(y - frame.height / 2)
            if far < best:
                found, best = (x, y), far
    return found


def _centre(ring: Sequence[Position]) -> Position:
    """The centroid of a ring; its first point when it has no area."""
    doubled = x = y = 0.0
    ox, oy = ring[0]
    for (x1, y1), (x2, y2) in pairwise(ring):
        cross = (x1 - ox) * (y2 - oy) - (x2 - ox) * (y1 - oy)
        doubled += cross
        x += (x1 + x2 - 2 * ox) * cross
        y += (y1 + y2 - 2 * oy) * cross
    if abs(doubled) < 1e-15:
        return ring[0]
    return ox + x / (3 * doubled), oy + y / (3 * doubled)


def _along(line: Sequence[Position]) -> tuple[Position, ...]:
    """The corners and middles of a line."""
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(line)]
    return (*middles, *line[1:-1]) if len(line) < 400 else tuple(line[:: len(line) // 200])
