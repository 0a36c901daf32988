"""Painting 绘制: a scene into a frame, and where everything was put, so that it can be picked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from db.words import t
from resources.geo import Position
from resources.mercator import round_metres, true_scale, unproject
from ui.map.clusters import Group
from ui.map.colors import MapColors, map_colors
from ui.map.frame import Frame
from ui.map.labels import Labels, Room, size_of
from ui.map.places import draw_names
from ui.map.scene import LEAST_OF_A_NAME, Area, EventMark, Mover, Rings, Scene, Sketch, Tool
from ui.map.symbols import EVENT, MOVER, SYMBOL, Symbols, brush
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

MOST_DASHED = 20_000
"""Pixels of a ring's radius beyond which it is drawn whole: its dashes could not be counted."""
MOST_NAMES = 80
"""Single sites in view beyond which their names are left out."""


class Spot(NamedTuple):
    """Something that can be picked: where its middle is and how far it reaches, in pixels.

    Of a group `lon`, `lat` and `name` are left to whoever asks: there are hundreds in a frame.
    """

    kind: str
    id: int
    x: float
    y: float
    reach: float
    name: str
    lon: float
    lat: float
    group: Group | None = None

    @property
    def at(self) -> Position:
        """Degrees of its middle."""
        return unproject(self.group.x, self.group.y) if self.group else (self.lon, self.lat)

    @property
    def words(self) -> str:
        """What it is, in a few words."""
        if self.group is None:
            return self.name
        many = t("{n} sites", n=self.group.count)
        return f"{self.name} · {many}" if self.name else many


@dataclass(slots=True)
class Seen:
    """What a painted frame shows, topmost last."""

    spots: list[Spot] = field(default_factory=list)

    def at(self, x: float, y: float, slack: float = 4.0) -> Spot | None:
        """The topmost thing under a pixel."""
        return next((s for s in reversed(self.spots)
                     if abs(s.x - x) <= s.reach + slack and abs(s.y - y) <= s.reach + slack), None)


class MapPainter:
    """Paints scenes with one theme; keeps symbols and labels as images."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.symbols, self.labels = Symbols(theme), Labels(theme)
        self.colors: MapColors = map_colors(theme.palette)

    def restyle(self, ratio: float = 1.0, colors: MapColors | None = None) -> None:
        """Take the theme's look anew."""
        self.colors = colors or map_colors(self.theme.palette)
        self.symbols.clear(ratio)
        self.labels.clear(ratio)

    def paint(self, painter: QPainter, frame: Frame, scene: Scene, *, quick: bool = False
              ) -> Seen:
        """Everything above the base; returns what can be picked.

        A `quick` frame leaves labels to the next one when there is no time to draw them.
        """
        canvas, seen, room, plates = Canvas(painter, self.theme), Seen(), Room(), Room()
        self.labels.begin(quick=quick)
        self._ground(canvas, frame, scene)
        singles = self._sites(painter, frame, scene, seen, room)
        if scene.rings is not None:
            self._ring_pills(canvas, frame, scene.rings, plates)
        for mark in scene.events:
            self._event(painter, frame, mark, seen, room, plates)
        self._movers(canvas, frame, scene, seen, room, plates)
        if scene.labels:
            self._site_names(painter, frame, singles, room)
            draw_names(painter, frame, scene.names, self.theme, self.colors, self.labels, room)
        if scene.sketch is not None:
            self._sketch(canvas, frame, scene.sketch)
        if scene.mark is not None:
            self._pin(canvas, frame, scene.mark)
        return seen

    def _ground(self, canvas: Canvas, frame: Frame, scene: Scene) -> None:
        """What lies below the symbols: warned areas, rings, the ways of forces."""
        for area in scene.areas:
            self._area(canvas.painter, frame, area)
        if scene.rings is not None:
            self._rings(canvas, frame, scene.rings)
        for mover in scene.movers:
            self._trail(canvas.painter, frame, mover)

    def _movers(self, canvas: Canvas, frame: Frame, scene: Scene, seen: Seen, room: Room,
                plates: Room) -> None:
        """All forces first, then their plates, so that no plate covers a force."""
        spots = [self._mover(canvas.painter, frame, mover, seen, plates)
                 for mover in scene.movers]
        for mover, spot in zip(scene.movers, spots, strict=True):
            room.take_round(spot.x, spot.y, spot.reach)
            if mover.moving or mover.waiting:
                self._plate_of(canvas, mover, spot, room, plates)

    # sites

    def _sites(self, painter: QPainter, frame: Frame, scene: Scene, seen: Seen,
               room: Room) -> list[Spot]:
        clusters = scene.clusters
        singles: list[Spot] = []
        if clusters is None:
            return singles
        groups = clusters.groups(frame)
        scale, west, north = frame.scale, frame.edges[0], frame.edges[3]
        half = self.theme.px(SYMBOL) / 2
        numbers: list[tuple[int, int, QImage]] = []
        for group in groups:
            x, y = (group.x - west) * scale, (north - group.y) * scale
            if group.count == 1:
                site = scene.sites[clusters.records(group)[0]]
                chosen = scene.chosen == (site.kind, site.id)
                picture, reach = self.symbols.site(site, chosen=chosen), half
                spot = Spot(site.kind, site.id, x, y, half, site.name, site.lon, site.lat)
                singles.append(spot)
            elif (base := clusters.base_of(group)) is not None:
                site = scene.sites[base]
                chosen = scene.chosen == (site.kind, site.id)
                picture, reach = self.symbols.site(site, chosen=chosen), half
                spot = Spot("group", 0, x, y, half, site.name, 0.0, 0.0, group)
                numbers.append((round(x + 3), round(y - reach) - 6,
                                self.symbols.more(group.count - 1)))
                singles.append(spot)
            else:
                picture, number, reach = self.symbols.group(group.count, group.kinds)
                spot = Spot("group", 0, x, y, reach, "", 0.0, 0.0, group)
                numbers.append((round(x - reach) - 2, round(y - reach) - 2, number))
            painter.drawImage(round(x - reach) - 2, round(y - reach) - 2, picture)
            seen.spots.append(spot)
            room.take_round(x, y, reach)
        for left, top, number in numbers:
            painter.drawImage(left, top, number)
        return singles

    def _site_names(self, painter: QPainter, frame: Frame, singles: list[Spot],
                    room: Room) -> None:
        if frame.zoom < LEAST_OF_A_NAME or len(singles) > MOST_NAMES:
            return
        p = self.theme.palette
        for spot in singles:
            picture = self.labels.words(_short(spot.name), 12, p.text, self.colors.land)
            if picture is not None:
                self._beside(painter, picture, spot, room)

    def _beside(self, painter: QPainter, picture: QImage, spot: Spot, room: Room) -> None:
        """Right of a symbol, else left, below or above it, else nowhere."""
        wide, high = size_of(picture)
        gap = spot.reach + 1
        for x, y in ((spot.x + gap, spot.y - high / 2), (spot.x - gap - wide, spot.y - high / 2),
                     (spot.x - wide / 2, spot.y + gap - 2),
                     (spot.x - wide / 2, spot.y - gap - high + 2)):
            if room.take(x, y + 2, wide, high - 4):
                painter.drawImage(QPointF(round(x), round(y)), picture)
                return

    # events and forces

    def _event(self, painter: QPainter, frame: Frame, mark: EventMark, seen: Seen, room: Room,
               plates: Room) -> None:
        x, y = frame.place(mark.lon, mark.lat)
        _put(painter, self.symbols.event(mark.level, closed=mark.closed), x, y)
        spot = Spot("event", mark.id, x, y, self.theme.px(EVENT) / 2, mark.words, mark.lon,
                    mark.lat)
        seen.spots.append(spot)
        plates.take_round(x, y, spot.reach)
        picture = self.labels.words(_short(mark.words, 16), 12, self.theme.palette.text,
                                    self.colors.land, bold=True)
        if picture is None:
            return
        wide, high = size_of(picture)
        left, top = x - wide / 2, y - spot.reach - high + 3
        plates.take(left, top, wide, high, force=True)
        room.take(left, top, wide, high + 2 * spot.reach, force=True)
        painter.drawImage(QPointF(round(left), round(top)), picture)

    def _trail(self, painter: QPainter, frame: Frame, mover: Mover) -> None:
        if len(mover.trail) < 2:
            return
        p = self.theme.palette
        color = p.overdue.fill if mover.late else p.accent.fill
        line = QPolygonF([QPointF(*frame.place(*spot)) for spot in mover.trail])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.colors.land, self.theme.px(4)))
        painter.drawPolyline(line)
        pen = QPen(color, self.theme.px(2.5))
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.drawPolyline(line)

    def _mover(self, painter: QPainter, frame: Frame, mover: Mover, seen: Seen,
               plates: Room) -> Spot:
        """A force; those on scene stand side by side below their event."""
        px = self.theme.px
        x, y = frame.place(mover.lon, mover.lat)
        if not mover.moving and not mover.waiting:
            x, y = x + mover.slot * px(34), y + px(40)
        _put(painter, self.symbols.mover(mover.heading, mover.icon, late=mover.late,
                                         moving=mover.moving, waiting=mover.waiting), x, y)
        spot = Spot("order", mover.order, x, y, px(MOVER) / 2, mover.name, mover.lon, mover.lat)
        plates.take_round(x, y, spot.reach)
        seen.spots.append(spot)
        return spot

    def _plate_of(self, canvas: Canvas, mover: Mover, spot: Spot, room: Room,
                  plates: Room) -> None:
        """Name and state beside a force; it may cover sites but no event and no other plate."""
        px, p, x, y = self.theme.px, self.theme.palette, spot.x, spot.y
        wide = max(self.theme.width(mover.name, 12, bold=True),
                   self.theme.width(mover.words, 12, bold=mover.late)) + px(16)
        high = px(40) if mover.words else px(24)
        corner = next((c for c in (
            (x + px(20), y - high / 2), (x - px(20) - wide, y - high / 2),
            (x - wide / 2, y + px(20)), (x - wide / 2, y - px(20) - high))
            if plates.take(*c, wide, high)), None)
        if corner is None:
            return
        room.take(*corner, wide, high, force=True)
        edge = p.overdue.fill if mover.late else p.accent.fill if mover.moving else p.control_line
        box = QRect(round(corner[0]), round(corner[1]), wide, high)
        canvas.box(box, p.surface, edge, stroke=1)
        middle = box.top() + (px(13) if mover.words else box.height() // 2)
        canvas.text(mover.name, box.left() + px(8), middle, 12, p.text, bold=True)
        if mover.words:
            canvas.text(mover.words, box.left() + px(8), box.top() + px(29), 12,
                        p.overdue.fill if mover.late else p.muted, bold=mover.late)

    # circles, areas, drawing

    def _rings(self, canvas: Canvas, frame: Frame, rings: Rings) -> None:
        painter, p, px = canvas.painter, self.theme.palette, self.theme.px
        x, y = frame.place(rings.lon, rings.lat)
        for metres in sorted(rings.metres, reverse=True):
            reach = metres * frame.scale / true_scale(rings.lat)
            pen = QPen(p.ink.fill, px(1.5))
            if reach < MOST_DASHED:
                pen.setDashPattern([5, 3])
            painter.setPen(pen)
            painter.setBrush(brush(p.ink.fill, 10))
            painter.drawEllipse(QPointF(x, y), reach, reach)

    def _ring_pills(self, canvas: Canvas, frame: Frame, rings: Rings, plates: Room) -> None:
        """How far each ring reaches, on its upper left."""
        p, px = self.theme.palette, self.theme.px
        x, y = frame.place(rings.lon, rings.lat)
        for metres in rings.metres:
            reach = metres * frame.scale / true_scale(rings.lat) * 0.707
            words = metre_words(metres)
            wide = self.theme.width(words, 12, bold=True) + px(12)
            at = QRect(round(x - reach - wide / 2), round(y - reach - px(10)), wide, px(20))
            plates.take(at.x(), at.y(), at.width(), at.height(), force=True)
            pair = p.accent if metres == rings.chosen else p.ink
            canvas.box(at, pair.fill, radius=3)
            canvas.text(words, at.center().x() + 1, at.center().y() + 1, 12, pair.on, bold=True,
                        side=Side.MIDDLE)

    def _area(self, painter: QPainter, frame: Frame, area: Area) -> None:
        p = self.theme.palette
        color = p.level(area.level).fill if area.level else p.ink.fill
        path = polygon_path(frame, area.rings)
        painter.setBrush(Qt.BrushStyle.NoBrush if area.whole else brush(color, 30))
        painter.setPen(QPen(color, self.theme.px(2)))
        painter.drawPath(path)

    def _sketch(self, canvas: Canvas, frame: Frame, sketch: Sketch) -> None:
        painter, p, px = canvas.painter, self.theme.palette, self.theme.px
        spots = [QPointF(*frame.place(*spot)) for spot in sketch.points]
        pen = QPen(p.accent.fill, px(2.5))
        painter.setPen(pen)
        painter.setBrush(brush(p.accent.fill, 36) if sketch.tool is Tool.AREA
                         else Qt.BrushStyle.NoBrush)
        if sketch.closed or (sketch.tool is Tool.AREA and len(spots) > 2):
            painter.drawPolygon(QPolygonF(spots))
        elif len(spots) > 1:
            painter.drawPolyline(QPolygonF(spots))
        painter.setPen(QPen(p.accent.fill, px(2)))
        painter.setBrush(p.surface)
        for spot in spots:
            painter.drawEllipse(spot, px(4), px(4))
        if spots and sketch.words:
            self._plate(canvas, spots[-1], sketch.words)

    def _plate(self, canvas: Canvas, at: QPointF, words: str) -> None:
        px, p = self.theme.px, self.theme.palette
        wide = self.theme.width(words, 12, bold=True) + px(16)
        box = QRect(round(at.x()) + px(10), round(at.y()) - px(28), wide, px(22))
        canvas.box(box, p.ink.fill, radius=3)
        canvas.text(words, box.left() + px(8), box.center().y() + 1, 12, p.ink.on, bold=True)

    def _pin(self, canvas: Canvas, frame: Frame, at: Position) -> None:
        """A pin whose tip is the point."""
        painter, p, px = canvas.painter, self.theme.palette, self.theme.px
        x, y = frame.place(*at)
        path = QPainterPath(QPointF(x, y))
        path.cubicTo(x - px(3), y - px(8), x - px(10), y - px(12), x - px(10), y - px(20))
        path.arcTo(QRectF(x - px(10), y - px(30), px(20), px(20)), 180, -180)
        path.cubicTo(x + px(10), y - px(12), x + px(3), y - px(8), x, y)
        painter.setPen(QPen(p.surface, px(2)))
        painter.setBrush(p.accent.fill)
        painter.drawPath(path)
        painter.setBrush(p.accent.on)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(x, y - px(20)), px(4), px(4))


def draw_scale(canvas: Canvas, frame: Frame, left: int, centre: int, color: QColor,
               longest: int = 120) -> int:
    """The scale bar, its left end at `left`; returns how wide it and its words are."""
    px, painter = canvas.theme.px, canvas.painter
    metres = round_metres(px(longest) * frame.ground_metres)
    wide = round(metres / frame.ground_metres)
    painter.setPen(QPen(color, max(1, px(1.5))))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline([QPointF(left, centre - px(4)), QPointF(left, centre + px(3)),
                          QPointF(left + wide, centre + px(3)), QPointF(left + wide,
                                                                        centre - px(4))])
    ran = canvas.text(metre_words(metres), left + wide + px(8), centre, 12, color)
    return wide + px(8) + ran


def draw_north(canvas: Canvas, x: int, y: int, color: QColor) -> None:
    """An arrow to the north; on this projection it is always up."""
    px, painter = canvas.theme.px, canvas.painter
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([QPointF(x, y - px(11)), QPointF(x + px(6), y + px(7)),
                                   QPointF(x, y + px(3)), QPointF(x - px(6), y + px(7))]))
    canvas.text(t("north|N"), x, y + px(16), 12, color, bold=True, side=Side.MIDDLE)


def metre_words(metres: float) -> str:
    """`500 m`, `3 km`, `1.5 km`."""
    if metres < 1000:
        return t("{n} m", n=f"{metres:.0f}" if metres >= 10 else f"{metres:g}")
    return t("{n} km", n=f"{metres / 1000:.2f}".rstrip("0").rstrip("."))


def area_words(square_metres: float) -> str:
    """`3.25 km²` or `12 500 m²`."""
    if square_metres < 1_000_000:
        return t("{n} m²", n=f"{square_metres:,.0f}")
    return t("{n} km²", n=f"{square_metres / 1e6:.2f}")


def polygon_path(frame: Frame, rings: Iterable[Iterable[Position]]) -> QPainterPath:
    """An area of rings in pixels, holes left out."""
    path = QPainterPath()
    for ring in rings:
        path.addPolygon(QPolygonF([QPointF(*frame.place(*spot)) for spot in ring]))
        path.closeSubpath()
    return path


def _put(painter: QPainter, picture: QImage, x: float, y: float) -> None:
    wide, high = size_of(picture)
    painter.drawImage(QPointF(round(x - wide / 2), round(y - high / 2)), picture)


def _short(words: str, most: int = 12) -> str:
    return words if len(words) <= most else f"{words[:most - 1]}…"
