"""The picture 出图: a view of the map at the size of a paper, with legend, scale bar and north."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log2

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QPainter

from db.words import t
from resources.layers.mbtiles import TileFile
from resources.sites import SITE_NAMES, Site, SiteKind
from ui.map.colors import PAPER_MAP
from ui.map.district import DistrictMap
from ui.map.frame import Frame
from ui.map.painting import MapPainter, draw_north, draw_scale
from ui.map.scene import Scene
from ui.map.site_table import SiteTable
from ui.map.symbols import DRAWN
from ui.map.tiles import BaseLayer, TileLayer
from ui.palette import LIGHT
from ui.theme import Theme
from ui.widgets.paint import Canvas

PX_OF_MM = 4.0
"""Logical pixels of a millimetre of paper: 12 px words come out at about 8.5 points."""
RATIO = 2.0
"""Device pixels of a logical one: 203 dpi on paper."""
LEGEND = 40
PATCH = 256
"""Logical pixels of the side of a patch of the base: so small that the window gets its turn
between two of them."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a map shows at one moment, free of its window: it may be drawn in any thread."""

    layers: tuple[BaseLayer, ...]
    scene: Scene
    frame: Frame


@dataclass(frozen=True, slots=True)
class Printed:
    """A picture and what its caption says."""

    image: QImage
    ratio: str
    share: float


def sight_of(view: DistrictMap) -> Sight:
    """What `view` shows now."""
    return Sight(view.cache.layers, replace(view.scene_facts), view.frame)


def draw_picture(sight: Sight, wide_mm: float, high_mm: float,
                 progress: Callable[[float], None] = lambda _part: None) -> Printed:
    """Everything that the sight's frame shows, at least, on a picture of that size.

    For a thread beside the window's; `progress` may stop it between two patches of the base.

    Raises:
        Refused: a tile file is gone or damaged.
    """
    frame = sight.frame
    wide, high = round(wide_mm * PX_OF_MM), round(high_mm * PX_OF_MM)
    room = high - LEGEND
    zoom = frame.zoom + log2(min(wide / frame.width, room / frame.height))
    wanted = replace(frame.sized(wide, room), zoom=zoom)
    image = QImage(round(wide * RATIO), round(high * RATIO), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(RATIO)
    image.fill(PAPER_MAP.outside)
    theme, painter = Theme(LIGHT), QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(0, 0, wanted.width, wanted.height)
        _draw_base(painter, sight.layers, wanted, progress)
        work = MapPainter(theme)
        work.restyle(RATIO, PAPER_MAP)
        work.paint(painter, wanted, sight.scene)
        painter.setClipping(False)
        _draw_legend(painter, sight.scene, wanted, work, room)
    finally:
        painter.end()
    metres = wanted.ground_metres * wanted.width / (wide_mm / 1000)
    power = 10 ** max(0, len(str(int(metres))) - 2)
    ratio = f"1 : {round(metres / power) * power:,.0f}".replace(",", " ")
    return Printed(image, ratio, high / wide)


def _draw_base(painter: QPainter, layers: Sequence[BaseLayer], frame: Frame,
               progress: Callable[[float], None]) -> None:
    """Patch by patch. Tiles are read through a file of this drawing's own: the window may close
    its one meanwhile."""
    with contextlib.ExitStack() as files:
        own = [_own(layer, files) for layer in layers]
        patches = list(_patches(frame))
        for done, (left, top, patch) in enumerate(patches):
            progress(done / len(patches))
            painter.save()
            painter.translate(left, top)
            painter.setClipRect(0, 0, patch.width, patch.height, Qt.ClipOperation.IntersectClip)
            for layer in own:
                if layer.touches(patch):
                    layer.draw(painter, patch, PAPER_MAP)
            painter.restore()


def _own(layer: BaseLayer, files: contextlib.ExitStack) -> BaseLayer:
    if not isinstance(layer, TileLayer):
        return layer
    file = TileFile(layer.file.path)
    files.callback(file.close)
    return TileLayer(layer.layer, file)


def _patches(frame: Frame) -> Iterator[tuple[int, int, Frame]]:
    """The frame in squares, each with its left and top."""
    for top in range(0, frame.height, PATCH):
        for left in range(0, frame.width, PATCH):
            wide, high = min(PATCH, frame.width - left), min(PATCH, frame.height - top)
            x = frame.x + (left + wide / 2 - frame.width / 2) / frame.scale
            y = frame.y - (top + high / 2 - frame.height / 2) / frame.scale
            yield left, top, replace(frame, x=x, y=y, width=wide, height=high)


def _draw_legend(painter: QPainter, scene: Scene, frame: Frame, work: MapPainter,
                 top: int) -> None:
    """A strip below: scale, north, and the symbols that are in the picture."""
    theme = work.theme
    canvas, p, centre = Canvas(painter, theme), theme.palette, top + LEGEND // 2
    canvas.fill(0, top, frame.width, LEGEND, p.surface)
    canvas.fill(0, top, frame.width, 1, p.text)
    x = 16 + draw_scale(canvas, frame, 16, centre, p.text) + 24
    draw_north(canvas, x, centre - 4, p.text)
    x += 28
    for kind in _kinds_of(scene):
        words = t(SITE_NAMES[kind])
        picture = work.symbols.site(Site(kind, 0, "", 0.0, 0.0))  # type: ignore[arg-type]
        side = picture.width() / picture.devicePixelRatio()
        if x + side + theme.width(words, 12) + 20 > frame.width:
            return
        painter.drawImage(QPointF(x, centre - side / 2), picture)
        x += round(side) + 4
        x += canvas.text(words, x, centre, 12, p.text) + 16
    if scene.clusters is not None and x + 150 < frame.width:
        canvas.box(QRect(x, centre - 9, 18, 18), None, p.text, radius=9, stroke=2)
        x += 24
        x += canvas.text(t("several together"), x, centre, 12, p.text) + 16
    if scene.events and x + 90 < frame.width:
        painter.save()
        painter.translate(x + 9, centre)
        painter.rotate(45)
        canvas.box(QRect(-7, -7, 14, 14), None, p.text, radius=0, stroke=2)
        painter.restore()
        canvas.text(t(SITE_NAMES[SiteKind.EVENT]), x + 24, centre, 12, p.text)


def _kinds_of(scene: Scene) -> list[SiteKind]:
    there = scene.sites.kinds_there() if isinstance(scene.sites, SiteTable) else set()
    return [kind for kind in DRAWN if kind in there]


def png_of(image: QImage) -> bytes:
    """The picture as PNG; may be done off the window's thread."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
