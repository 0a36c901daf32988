"""Tiles 影像瓦片: layers of pictures below the vector ones, drawn into any frame."""

from __future__ import annotations

from collections import OrderedDict
from math import floor

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from db.errors import Refused
from db.words import t
from resources.layers.keeping import Layer
from resources.layers.mbtiles import TileFile
from resources.mercator import HALF_M, Tile, project, tile_edges
from ui.map.base import VectorLayer, touch
from ui.map.colors import MapColors
from ui.map.frame import Frame

IMAGES = 128
"""Decoded tiles that are kept, a quarter of a megabyte each."""


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
        self._bad += 1
        if self._bad >= 8 and not self._images:
            self.fault = t("Its tiles cannot be read as pictures.")


BaseLayer = VectorLayer | TileLayer


