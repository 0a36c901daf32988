"""The base 底图: the vector layers of the district, drawn into any frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QTransform

from resources.geo import Bounds
from resources.layers.features import Feature, Shape
from resources.layers.keeping import Layer
from resources.mercator import RADIUS_M
from ui.map.colors import MapColors
from ui.map.frame import Frame

Array = Any  # numpy's own generic does not say more here
ROADS = {"motorway": (7.0, 13), "trunk": (6.0, 12), "primary": (4.5, 9), "secondary": (3.5, 7)}
"""Least pixels and metres of a road's width by its kind."""
PIECE = 2000
"""Points that are stroked at once: Qt holds the interpreter while it does, and with it the window
when the map is drawn for paper."""
DASHES_UNTIL = 16.0
"""Beyond this zoom a dashed line would be millions of dashes long."""


def project_many(lons: Array, lats: Array) -> tuple[Array, Array]:
    """`mercator.project` for arrays of degrees."""
    lats = np.clip(lats, -85.0511287798, 85.0511287798)
    return (np.radians(lons) * RADIUS_M,
            np.arcsinh(np.tan(np.radians(lats))) * RADIUS_M)


@dataclass(slots=True)
class Outline:
    """The projected parts of one feature, parted by NaN, with its box."""

    feature: Feature
    x: Array
    y: Array
    edges: Bounds


def outline(feature: Feature) -> Outline:
    """A feature projected once, to be drawn at every zoom."""
    lons = np.array([lon for part in feature.parts for lon, _ in (*part, (np.nan, np.nan))])
    lats = np.array([lat for part in feature.parts for _, lat in (*part, (np.nan, np.nan))])
    x, y = project_many(lons, lats)
    edges = (float(np.nanmin(x)), float(np.nanmin(y)), float(np.nanmax(x)), float(np.nanmax(y)))
    return Outline(feature, x, y, edges)


def touch(one: Bounds, two: Bounds) -> bool:
    """Whether two boxes overlap."""
    return one[0] <= two[2] and two[0] <= one[2] and one[1] <= two[3] and two[1] <= one[3]


class VectorLayer:
    """Features of one layer; `draw` paints those that touch the frame."""

    def __init__(self, layer: Layer, features: Iterable[Feature]) -> None:
        self.layer = layer
        self.outlines = [outline(f) for f in features]

    def touches(self, frame: Frame) -> bool:
        """Whether anything of the layer lies in a frame."""
        return any(touch(o.edges, _wider(frame)) for o in self.outlines)

    def draw(self, painter: QPainter, frame: Frame, colors: MapColors) -> None:
        wanted = [o for o in self.outlines if touch(o.edges, _wider(frame))]
        painter.save()
        painter.setOpacity(self.layer.opacity)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for kind in sorted({_sort(o.feature) for o in wanted}):
            same = [o for o in wanted if _sort(o.feature) == kind]
            _draw_kind(painter, frame, colors, kind[1], kind[2], same)
        painter.restore()


def _sort(feature: Feature) -> tuple[int, str, str]:
    """Areas below lines below points; small roads below large ones."""
    order = {Shape.AREA: 0, Shape.LINE: 2, Shape.POINT: 9}[feature.shape]
    if feature.kind in ROADS:
        order += 4 - [*ROADS].index(feature.kind)
    return order, feature.shape, feature.kind


def _wider(frame: Frame) -> Bounds:
    west, south, east, north = frame.edges
    edge = 16 / frame.scale
    return west - edge, south - edge, east + edge, north + edge


def _draw_kind(painter: QPainter, frame: Frame, colors: MapColors, shape: str, kind: str,
               outlines: Sequence[Outline]) -> None:
    if shape == Shape.POINT:
        _draw_points(painter, frame, colors, outlines)
        return
    x, y = _corners(frame, outlines)
    pens = _line_pens(colors, kind, frame)
    painter.setTransform(_transform(frame), True)
    if shape == Shape.AREA:
        fill, edge = _area_style(colors, kind, frame.zoom)
        pens = [edge] if edge is not None else []
        if fill is not None:
            area = _path(x, y)
            area.setFillRule(Qt.FillRule.WindingFill)
            painter.fillPath(area, fill)
    pieces = [_path(x[at:at + PIECE + 1], y[at:at + PIECE + 1])
              for at in range(0, len(x), PIECE)] if pens else []
    for pen in pens:
        for piece in pieces:
            painter.strokePath(piece, pen)
    painter.setTransform(_transform(frame).inverted()[0], True)


def _transform(frame: Frame) -> QTransform:
    """From metres around the frame's middle to pixels."""
    return QTransform(frame.scale, 0, 0, -frame.scale, frame.width / 2, frame.height / 2)


def _corners(frame: Frame, outlines: Sequence[Outline]) -> tuple[Array, Array]:
    """All parts in metres around the frame's middle, without the points that nobody could see."""
    grain, box = 0.5 / frame.scale, _wider(frame)
    xs, ys = [], []
    for one in outlines:
        x, y = thinned(*trimmed(one.x, one.y, box), grain)
        xs.append(x)
        ys.append(y)
    return np.concatenate(xs) - frame.x, np.concatenate(ys) - frame.y


def _path(x: Array, y: Array) -> QPainterPath:
    path: QPainterPath = pg.arrayToQPath(x, y, connect="finite", finiteCheck=True)
    return path


def trimmed(x: Array, y: Array, box: Bounds) -> tuple[Array, Array]:
    """A line or ring that looks and fills the same inside `box`: of a run of points all on one
    outer side of it only the first and the last are kept."""
    if len(x) < 64:
        return x, y
    west, south, east, north = box
    side = np.select([x < west, x > east, y < south, y > north], [1, 2, 3, 4], 0)
    keep = side == 0
    keep[1:] |= side[1:] != side[:-1]
    keep[:-1] |= side[1:] != side[:-1]
    keep[[0, -1]] = True
    return x[keep], y[keep]


def thinned(x: Array, y: Array, grain: float) -> tuple[Array, Array]:
    """A line without points that fall on the same grain of a raster as the one before."""
    if len(x) < 64:
        return x, y
    column, row = np.floor(x / grain), np.floor(y / grain)
    keep = np.ones(len(x), dtype=bool)
    # NaN differs from everything, so ends of parts stay; so does the point before each
    keep[1:] = (column[1:] != column[:-1]) | (row[1:] != row[:-1])
    keep[:-1] |= np.isnan(x[1:])
    return x[keep], y[keep]


def _area_style(colors: MapColors, kind: str, zoom: float) -> tuple[QBrush | None, QPen | None]:
    if kind == "district":
        return QBrush(colors.land), _pen(colors.border, 1.6)
    if kind in ("wood", "park"):
        return QBrush(colors.wood), None
    if kind in ("water", "river", "lake"):
        return QBrush(colors.water), None
    if kind in ("town", "village"):
        return None, _pen(colors.town, 1.2, (6, 3, 1.5, 3) if zoom < DASHES_UNTIL else ())
    return QBrush(_clear(colors.area)), _pen(colors.border, 1.0)


def _clear(color: QColor) -> QColor:
    """A colour through which tiles and other layers are still seen."""
    return QColor(color.red(), color.green(), color.blue(), 110)


def _line_pens(colors: MapColors, kind: str, frame: Frame) -> list[QPen]:
    if kind in ROADS:
        least, metres = ROADS[kind]
        width = max(least * min(1.0, max(0.35, (frame.zoom - 7) / 6)),
                    metres / frame.ground_metres)
        pens = [_pen(colors.casing, width), _pen(colors.road, max(width - 2, 0.6))]
        if kind == "motorway" and width > 4:
            pens.append(_pen(colors.casing, 1.0))
        return pens
    if kind in ("river", "water", "canal"):
        return [_pen(colors.water, max(3.0, 60 / frame.ground_metres))]
    if kind == "rail":
        return [_pen(colors.border, 3), _pen(colors.land, 1.5, (5, 5))]
    return [_pen(colors.border, 1.4)]


def _pen(color: QColor, width: float, dashes: Sequence[float] = ()) -> QPen:
    pen = QPen(color, width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if dashes else Qt.PenCapStyle.RoundCap)
    if dashes:
        pen.setDashPattern([d / max(width, 0.1) for d in dashes])
    return pen


def _draw_points(painter: QPainter, frame: Frame, colors: MapColors,
                 outlines: Sequence[Outline]) -> None:
    painter.setPen(QPen(colors.land, 1.5))
    painter.setBrush(colors.border)
    for one in outlines:
        px, py = frame.pixel(one.x, one.y)
        for x, y in zip(px, py, strict=True):
            if x == x:  # no NaN
                painter.drawEllipse(QRectF(x - 4, y - 4, 8, 8))
