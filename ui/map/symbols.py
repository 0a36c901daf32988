"""Symbols 符号: one shape for each library, drawn once and kept as images."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from resources.sites import Site, SiteKind
from ui.theme import Pair, Theme
from ui.widgets.paint import ROMAN, Canvas, Side

SYMBOL, EVENT, MOVER, SMALL = 26, 44, 30, 18
SHAPES = {SiteKind.FORCE: "circle", SiteKind.EQUIPMENT: "square", SiteKind.WAREHOUSE: "soft",
          SiteKind.SHELTER: "house", SiteKind.HAZARD: "triangle", SiteKind.UNIT: "pill",
          SiteKind.PLACE: "dot", SiteKind.EVENT: "diamond"}
ICONS = {SiteKind.FORCE: "users", SiteKind.EQUIPMENT: "truck", SiteKind.WAREHOUSE: "package",
         SiteKind.SHELTER: "tent", SiteKind.HAZARD: "flask", SiteKind.UNIT: "radio"}
OWN_ICONS = {(SiteKind.FORCE, "fire"): "firetruck", (SiteKind.FORCE, "medical"): "first-aid-kit",
             (SiteKind.HAZARD, "geology"): "mountain", (SiteKind.HAZARD, "flood"): "ripple",
             (SiteKind.HAZARD, "gas"): "flame"}
SHARES = 8
"""Parts of a cluster's ring."""
PALE = frozenset(("off", "scrapped", "repair", "waiting", "closed"))
"""States in which a record cannot be counted on."""
DRAWN = (SiteKind.FORCE, SiteKind.EQUIPMENT, SiteKind.WAREHOUSE, SiteKind.SHELTER,
         SiteKind.HAZARD, SiteKind.UNIT)
"""The kinds of a cluster's ring, in the order of their shares."""


def icon_of(kind: SiteKind, sort: str) -> str:
    return OWN_ICONS.get((kind, sort)) or ICONS.get(kind, "map-pin")


def group_tones(theme: Theme) -> tuple[QColor, ...]:
    """Tones of the kinds in a cluster's ring: ink, accent and greys, never a level's colour."""
    p = theme.palette
    return (p.ink.fill, p.muted, _mix(p.muted, p.surface, 0.45), p.accent.fill,
            _mix(p.ink.fill, p.surface, 0.25), _mix(p.accent.fill, p.surface, 0.5))


def _mix(one: QColor, other: QColor, share: float) -> QColor:
    def between(a: int, b: int) -> int:
        return round(a + (b - a) * share)

    return QColor(between(one.red(), other.red()), between(one.green(), other.green()),
                  between(one.blue(), other.blue()))


class Symbols:
    """Pixmaps by what they show; all are dropped when the look changes."""

    def __init__(self, theme: Theme) -> None:
        self.theme, self.ratio = theme, 1.0
        self._kept: dict[tuple[object, ...], QImage] = {}
        self._groups: dict[tuple[int, tuple[int, ...]],
                           tuple[QImage, QImage, float]] = {}

    def clear(self, ratio: float) -> None:
        self.ratio = ratio
        self._kept.clear()
        self._groups.clear()

    def site(self, site: Site, *, chosen: bool = False) -> QImage:
        """A site's symbol: pale when out of service, filled when chosen or an open shelter."""
        sort = site.sort
        key = (site.kind, icon_of(site.kind, sort), sort in PALE, sort == "open", chosen)
        return self._get(("site", *key), self.px(SYMBOL) + 4,
                         lambda canvas: self._draw_site(canvas, site.kind, sort, chosen=chosen))

    def group(self, count: int, kinds: tuple[int, ...]) -> tuple[QImage, QImage, float]:
        """A circle with a ring of the kinds' shares, the number on it, and how far it reaches.

        Ring and number are apart: there are few rings and few numbers, but many pairs.
        """
        known = self._groups.get((count, kinds))
        if known is None:
            if len(self._groups) > 20_000:
                self._groups.clear()
            size, side = group_size(count), self.px(group_size(count)) + 4
            shares = tuple(round(n * SHARES / count) for n in kinds)
            ring = self._get(("ring", size, shares), side,
                             lambda canvas: self._draw_ring(canvas, shares, size))
            words = str(count) if count < 1000 else f"{count / 1000:.0f}k"
            number = self._get(("number", size, words), side, lambda canvas: canvas.text(
                words, 0, 0, 14, canvas.palette.text, bold=True, side=Side.MIDDLE))
            known = self._groups[count, kinds] = ring, number, self.px(size) / 2
        return known

    def more(self, count: int) -> QImage:
        """How many others stand at the same place: a small plate at the upper right."""
        return self._get(("more", count), self.px(20), lambda canvas: self._draw_more(
            canvas, f"+{count}"))

    def event(self, level: int, *, closed: bool) -> QImage:
        """A diamond in the colour of its level."""
        return self._get(("event", level, closed), self.px(EVENT) + 4,
                         lambda canvas: self._draw_event(canvas, level, closed=closed))

    def mover(self, heading: float, icon: str, *, late: bool, moving: bool,
              waiting: bool = False) -> QImage:
        """A shape that points where it goes, its icon upright."""
        turn = round(heading / 10) * 10 % 360
        return self._get(("mover", turn, icon, late, moving, waiting), self.px(MOVER) + 10,
                         lambda canvas: self._draw_mover(canvas, turn, icon, late=late,
                                                         moving=moving, waiting=waiting))

    def px(self, number: float) -> int:
        return self.theme.px(number)

    def _get(self, key: tuple[object, ...], side: int, draw: Callable[[Canvas], object]) -> QImage:
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) > 3000:
                self._kept.clear()
            found = QImage(math.ceil(side * self.ratio), math.ceil(side * self.ratio),
                           QImage.Format.Format_ARGB32_Premultiplied)
            found.setDevicePixelRatio(self.ratio)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            canvas = Canvas(painter, self.theme)
            painter.translate(side / 2, side / 2)
            draw(canvas)
            painter.end()
            self._kept[key] = found
        return found

    def _draw_site(self, canvas: Canvas, kind: SiteKind, sort: str, *, chosen: bool) -> None:
        p, painter = canvas.palette, canvas.painter
        pale, filled = sort in PALE, chosen or sort == "open"
        ink = p.muted if pale else p.accent.fill if filled else p.ink.fill
        pen = QPen(ink, self.px(1.6), Qt.PenStyle.DashLine if pale else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(p.accent.fill if filled else p.surface)
        painter.drawPath(shape_path(SHAPES[kind], self.px(SYMBOL) / 2))
        side = self.px(14 if SHAPES[kind] not in ("triangle", "house") else 12)
        drop = self.px(3) if SHAPES[kind] in ("triangle", "house") else 0
        self.theme.icons.draw(painter, icon_of(kind, sort), -side // 2, -side // 2 + drop, side,
                              p.accent.on if filled else ink)

    def _draw_ring(self, canvas: Canvas, shares: Sequence[int], size: int) -> None:
        p, painter, reach = canvas.palette, canvas.painter, self.px(size) / 2
        painter.setPen(QPen(p.surface, self.px(2)))
        painter.setBrush(p.surface)
        painter.drawEllipse(QPointF(0, 0), reach, reach)
        ring = QRectF(-reach + 3, -reach + 3, 2 * reach - 6, 2 * reach - 6)
        start, whole = 90 * 16, max(sum(shares), 1)
        for share, tone in zip(shares, group_tones(self.theme), strict=False):
            if share:
                span = -round(share / whole * 360 * 16)
                painter.setPen(QPen(tone, self.px(3.5), Qt.PenStyle.SolidLine,
                                    Qt.PenCapStyle.FlatCap))
                painter.drawArc(ring, start, span)
                start += span

    def _draw_more(self, canvas: Canvas, words: str) -> None:
        p, px = canvas.palette, self.px
        canvas.box(QRect(-px(10), -px(7), px(20), px(14)), p.ink.fill, p.surface, radius=7)
        canvas.text(words, 0, 0, 10, p.ink.on, bold=True, side=Side.MIDDLE)

    def _draw_event(self, canvas: Canvas, level: int, *, closed: bool) -> None:
        p, painter, reach = canvas.palette, canvas.painter, self.px(EVENT) / 2
        pair = p.level(level)
        painter.setPen(QPen(p.text, self.px(2)))
        painter.setBrush(p.surface if closed else pair.fill)
        inner = QPolygonF([QPointF(0, -reach), QPointF(reach, 0), QPointF(0, reach),
                           QPointF(-reach, 0)])
        painter.drawPolygon(inner)
        tone = p.muted if closed else pair.on if level else p.text
        canvas.text(ROMAN[level] if level else "?", 0, 0, 18, tone, bold=True, side=Side.MIDDLE)

    def _draw_mover(self, canvas: Canvas, turn: float, icon: str, *, late: bool,
                    moving: bool, waiting: bool) -> None:
        p, painter, r = canvas.palette, canvas.painter, self.px(MOVER) / 2
        pair = p.overdue if late else p.accent
        if waiting:  # not on its way yet: an outline
            pair = Pair(p.surface, pair.fill)
        painter.save()
        if moving:
            painter.rotate(turn)
        painter.setPen(QPen(pair.on if waiting else p.surface, self.px(2)))
        painter.setBrush(pair.fill)
        painter.drawPath(shape_path("arrow" if moving else "soft", r))
        painter.restore()
        side = self.px(16)
        self.theme.icons.draw(painter, icon, -side // 2, -side // 2, side, pair.on)


def group_size(count: int) -> int:
    """30, 38 or 46 design pixels for under 10, under 50, and more."""
    return 30 if count < 10 else 38 if count < 50 else 46


def shape_path(shape: str, r: float) -> QPainterPath:
    """The outline of a shape with the reach `r` around the origin."""
    path = QPainterPath()
    if shape == "circle":
        path.addEllipse(QPointF(0, 0), r, r)
    elif shape in ("square", "soft", "pill"):
        curve = {"square": 1.0, "soft": r * 0.4, "pill": r * 0.7}[shape]
        side = r * 0.9
        path.addRoundedRect(QRectF(-side, -side, 2 * side, 2 * side), curve, curve)
    elif shape == "dot":
        path.addEllipse(QPointF(0, 0), r * 0.3, r * 0.3)
    else:
        path.addPolygon(QPolygonF([QPointF(x * r, y * r) for x, y in CORNERS[shape]]))
        path.closeSubpath()
    return path


CORNERS = {
    "triangle": ((0, -1.0), (1.08, 0.92), (-1.08, 0.92)),
    "house": ((0, -1.05), (1.02, -0.2), (0.8, 0.92), (-0.8, 0.92), (-1.02, -0.2)),
    "diamond": ((0, -1.0), (1.0, 0), (0, 1.0), (-1.0, 0)),
    "arrow": ((0, -1.3), (0.92, -0.55), (0.92, 0.85), (-0.92, 0.85), (-0.92, -0.55))}


def brush(color: QColor, alpha: int) -> QBrush:
    """A colour that lets the ground through."""
    return QBrush(QColor(color.red(), color.green(), color.blue(), alpha))
