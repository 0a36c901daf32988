"""The base 底图: vector and tile layers of the district, drawn into any frame."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QTransform

from db.errors import Refused
from resources.geo import Bounds
from resources.layers.features import Feature, Shape
from resources.layers.keeping import Layer
from resources.layers.mbtiles import TileFile
from resources.mercator import HALF_M, RADIUS_M, Tile, project, tile_edges
from ui.map.colors import MapColors
from ui.map.frame import Frame

Array = Any  # numpy's own generic does not say more here
IMAGES = 128
"""Decoded tiles that are kept, a quarter of a megabyte each."""
ROADS = {"motorway": (7.0, 13), "trunk": (6.0, 12), "primary": (4.5, 9), "secondary": (3.5, 7)}
"""Least pixels and metres of a road's width by its kind."""
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
    path = _path(frame, outlines, closed=shape == Shape.AREA)
    painter.setTransform(_transform(frame), True)
    if shape == Shape.AREA:
        fill, pen = _area_style(colors, kind, frame.zoom)
        painter.fillPath(path, fill) if fill is not None else None
        painter.strokePath(path, pen) if pen is not None else None
    else:
        for pen in _line_pens(colors, kind, frame):
            painter.strokePath(path, pen)
    painter.setTransform(_transform(frame).inverted()[0], True)


def _transform(frame: Frame) -> QTransform:
    """From metres around the frame's middle to pixels."""
    return QTransform(frame.scale, 0, 0, -frame.scale, frame.width / 2, frame.height / 2)


def _path(frame: Frame, outlines: Sequence[Outline], *, closed: bool) -> QPainterPath:
    """One path of all parts, points closer than half a pixel left out."""
    grain = 0.5 / frame.scale
    xs, ys = [], []
    for one in outlines:
        x, y = thinned(one.x, one.y, grain)
        xs.append(x)
        ys.append(y)
    x, y = np.concatenate(xs) - frame.x, np.concatenate(ys) - frame.y
    path: QPainterPath = pg.arrayToQPath(x, y, connect="finite", finiteCheck=True)
    if closed:
        path.setFillRule(Qt.FillRule.WindingFill)
    return path


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


class TileLayer:
    """Pictures of one tile file; a damaged one says so in `fault` and is drawn no more."""

    def __init__(self, layer: Layer, file: TileFile) -> None:
        self.layer, self.file = layer, file
        self.fault = ""
        self._images: OrderedDict[Tile, QImage | None] = OrderedDict()
        self._bad = 0

    def close(self) -> None:
        self.file.close()

    def touches(self, frame: Frame) -> bool:
        """Whether the file's bounds reach into a frame."""
        west, south, east, north = self.file.facts.bounds
        return touch(frame.edges, (*project(west, south), *project(east, north)))

    def draw(self, painter: QPainter, frame: Frame, _colors: MapColors) -> None:
        if self.fault:
            return
        painter.save()
        painter.setOpacity(self.layer.opacity)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        try:
            for tile in self._wanted(frame):
                self._draw_tile(painter, frame, tile)
        except Refused as error:
            self.fault = str(error)
        painter.restore()

    def _wanted(self, frame: Frame) -> list[Tile]:
        """The tiles that cover the frame, not deeper than the file goes."""
        facts = self.file.facts
        z = min(max(floor(frame.zoom + 0.5), facts.min_zoom), facts.max_zoom)
        bounds = (*project(*facts.bounds[:2]), *project(*facts.bounds[2:]))
        west, south, east, north = frame.edges
        if not touch(frame.edges, bounds):
            return []
        side = 2 * HALF_M / 2**z
        first_x, last_x = (floor((max(x, b) + HALF_M) / side) if x is west else
                           floor((min(x, b) + HALF_M) / side)
                           for x, b in ((west, bounds[0]), (east, bounds[2])))
        first_y = floor((HALF_M - min(north, bounds[3])) / side)
        last_y = floor((HALF_M - max(south, bounds[1])) / side)
        most = 2**z - 1
        if (last_x - first_x + 1) * (last_y - first_y + 1) > 400:
            return []  # a deep file seen from afar: nothing could be told apart
        return [Tile(z, x, y) for y in range(max(first_y, 0), min(last_y, most) + 1)
                for x in range(max(first_x, 0), min(last_x, most) + 1)]

    def _draw_tile(self, painter: QPainter, frame: Frame, tile: Tile) -> None:
        found = self._image(tile)
        if found is None:
            return
        have, image = found
        west, south, east, north = tile_edges(tile)
        left, top = frame.pixel(west, north)
        right, bottom = frame.pixel(east, south)
        up = tile.z - have.z
        share = image.width() / 2**up
        source = QRectF((tile.x - (have.x << up)) * share, (tile.y - (have.y << up)) * share,
                        share, share)
        painter.drawImage(QRectF(left, top, right - left, bottom - top), image, source)

    def _image(self, tile: Tile) -> tuple[Tile, QImage] | None:
        """The decoded tile, or the closest one above it."""
        if self._images.get(tile) is not None:
            self._images.move_to_end(tile)
            image = self._images[tile]
            return (tile, image) if image is not None else None
        found = self.file.nearest(tile)
        if found is None:
            return None
        have, data = found
        image = self._images.get(have)
        if image is None:
            image = QImage.fromData(data)
            if image.isNull():
                self._note_bad()
                return None
            self._images[have] = image.convertToFormat(
                QImage.Format.Format_ARGB32_Premultiplied)
            while len(self._images) > IMAGES:
                self._images.popitem(last=False)
        image = self._images[have]
        return (have, image) if image is not None else None

    def _note_bad(self) -> None:
        """Single bad tiles are left blank; many say that the file is not what it claims."""
        from db.words import t

        self._bad += 1
        if self._bad >= 8 and not self._images:
            self.fault = t("Its tiles cannot be read as pictures.")


BaseLayer = VectorLayer | TileLayer


