"""Painted primitives: text on an optical line, chips, keycaps, tags, squares and bars."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from db.words import t
from ui.theme import Theme

ROMAN = ("", "I", "II", "III", "IV")
OPTICAL = 0.37  # this font's capitals and Han characters look centred at centre + 0.37 × size


class Side(Enum):
    LEFT = "left"
    RIGHT = "right"
    MIDDLE = "middle"


class Canvas:
    """A painter with the theme at hand. Places are logical pixels, text sizes design pixels."""

    def __init__(self, painter: QPainter, theme: Theme) -> None:
        self.painter, self.theme, self.palette = painter, theme, theme.palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)

    def text(
        self,
        words: str,
        x: int,
        centre: int,
        size: int,
        color: QColor,
        *,
        bold: bool = False,
        side: Side = Side.LEFT,
        width: int | None = None,
        struck: bool = False,
    ) -> int:
        """Write one line and return how wide it ran.

        `x` is the left end, right end or middle as `side` says; text wider than `width` ends
        in an ellipsis.
        """
        metrics = self.theme.metrics(size, bold=bold)
        if width is not None:
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, width))
        runs = metrics.horizontalAdvance(words)
        start = x - {Side.LEFT: 0, Side.RIGHT: runs, Side.MIDDLE: runs // 2}[side]
        self.painter.setFont(self.theme.font(size, bold=bold))
        self.painter.setPen(color)
        self.painter.drawText(start, centre + round(OPTICAL * self.theme.px(size)), words)
        if struck:
            self.painter.fillRect(start, centre + 1, runs, max(1, self.theme.px(1)), color)
        return runs

    def icon(self, name: str, x: int, centre: int, size: int, color: QColor) -> None:
        """An icon of `size` design pixels, its left edge at `x`."""
        side = self.theme.px(size)
        self.theme.icons.draw(self.painter, name, x, centre - side // 2, side, color)

    def box(
        self,
        rect: QRect,
        fill: QColor | None,
        border: QColor | None = None,
        radius: float = 4,
        *,
        dashed: bool = False,
        stroke: int = 1,
    ) -> None:
        """A rounded box whose border lies inside `rect`, on whole pixels."""
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        self.painter.setPen(QPen(border, stroke, style) if border else Qt.PenStyle.NoPen)
        self.painter.setBrush(fill if fill else Qt.BrushStyle.NoBrush)
        inset = stroke / 2 if border else 0.0
        curve = self.theme.px(radius) - inset
        shape = QRectF(rect).adjusted(inset, inset, -inset, -inset)
        self.painter.drawRoundedRect(shape, curve, curve)

    def fill(self, x: int, y: int, width: int, height: int, color: QColor) -> None:
        self.painter.fillRect(x, y, width, height, color)

    def level_chip(self, rect: QRect, level: int) -> None:
        """Level 1 to 4 as Ⅰ to Ⅳ on its colour; 0 is dashed 未定."""
        pair = self.palette.level(level)
        x, y = rect.center().x() + 1, rect.center().y() + 1
        if level not in range(1, 5):
            self.box(rect, None, self.palette.control_line, dashed=True)
            words = t("level|TBC")
            self.text(words, x, y, 12, self.palette.muted, side=Side.MIDDLE, width=rect.width())
            return
        self.box(rect, pair.fill)
        size = 18 if rect.height() <= self.theme.px(36) else 22
        self.text(ROMAN[level], x, y, size, pair.on, bold=True, side=Side.MIDDLE)

    def keycap(self, right: int, centre: int, label: str, *, filled: bool = False) -> QRect:
        """A key as printed on the keyboard, 22 px high, its right edge at `right`."""
        width = self.keycap_width(label)
        height = self.theme.px(22)
        rect = QRect(right - width, centre - height // 2, width, height)
        p = self.palette
        if filled:
            self.box(rect, p.accent.fill)
        else:
            self.box(rect, p.control_line)
            face = rect.adjusted(1, 1, -1, -2)
            self.box(face, p.raised, radius=3)
        color = p.accent.on if filled else p.text
        middle = rect.center().x() + 1
        self.text(label, middle, centre, 12, color, bold=True, side=Side.MIDDLE)
        return rect

    def keycap_width(self, label: str) -> int:
        runs = self.theme.width(label, 12, bold=True)
        return max(self.theme.px(24), runs + self.theme.px(12))

    def tag(self, right: int, centre: int, label: str) -> QRect:
        """A small outlined word such as 补录, its right edge at `right`."""
        width = self.theme.width(label, 12) + self.theme.px(12)
        height = self.theme.px(20)
        rect = QRect(right - width, centre - height // 2, width, height)
        self.box(rect, None, self.palette.control_line)
        middle = rect.center().x() + 1
        self.text(label, middle, centre, 12, self.palette.muted, side=Side.MIDDLE)
        return rect

    def flag(self, x: int, centre: int, label: str) -> int:
        """The overdue tag: red, with icon and words; returns its width."""
        px, pair = self.theme.px, self.palette.overdue
        width = self.theme.width(label, 12, bold=True) + px(34)
        self.box(QRect(x, centre - px(10), width, px(20)), pair.fill)
        self.icon("alert-triangle", x + px(6), centre, 14, pair.on)
        self.text(label, x + px(25), centre, 12, pair.on, bold=True)
        return width

    def squares(self, x: int, centre: int, done: int, total: int, width: int) -> None:
        """One square for each that is due, filled for each that is there; a bar if too many."""
        side, gap = self.theme.px(7), self.theme.px(3)
        p = self.palette
        if total * (side + gap) > width:
            height = self.theme.px(6)
            self.fill(x, centre - height // 2, width, height, p.line)
            part = round(width * min(1.0, done / total))
            self.fill(x, centre - height // 2, part, height, p.accent.fill)
            return
        for n in range(total):
            rect = QRect(x + n * (side + gap), centre - side // 2, side, side)
            if n < done:
                self.painter.fillRect(rect, p.accent.fill)
            else:
                self.box(rect, None, p.control_line, radius=0)

    def rule(self, rect: QRect, *, indent: int = 16) -> None:
        """The line below a row, beginning at the text."""
        start = rect.left() + self.theme.px(indent)
        self.fill(start, rect.bottom(), rect.right() - start + 1, 1, self.palette.line)

    def row_ground(
        self, rect: QRect, *, selected: bool, overdue: bool, lit: bool, focus: bool
    ) -> None:
        """Selection is tint and an accent bar at the left, overdue pale red and a red bar."""
        p, bar = self.palette, self.theme.px(3)
        if overdue and lit:
            self.painter.fillRect(rect, p.overdue_row)
        elif selected:
            self.painter.fillRect(rect, p.tint)
        if overdue or selected:
            color = p.overdue.fill if overdue else p.accent.fill
            self.fill(rect.left(), rect.top(), bar, rect.height(), color)
        if selected and focus:
            self.box(rect.adjusted(0, 0, 0, -1), None, p.accent.fill, radius=0, stroke=2)
