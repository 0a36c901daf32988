"""The countdown chip 倒计时: how near a deadline is, told by how full it is painted."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from PySide6.QtCore import QRect

from ui.moments import left
from ui.widgets.paint import Canvas, Side

URGENT = timedelta(minutes=15)
SOON = timedelta(hours=1)


class Nearness(Enum):
    """Four manners: red with icon and minus, ink, outlined, plain muted."""

    OVERDUE = "overdue"
    URGENT = "urgent"
    SOON = "soon"
    LATER = "later"


def nearness(due: datetime, now: datetime) -> Nearness:
    """How `due` is to be shown at `now`; the very second of the deadline is still urgent."""
    span = due - now
    if span < timedelta(0):
        return Nearness.OVERDUE
    if span < URGENT:
        return Nearness.URGENT
    return Nearness.SOON if span < SOON else Nearness.LATER


def used(started: datetime | None, due: datetime, now: datetime) -> float | None:
    """Part of the time that is gone, 0 to 1; None when it is not known when it began."""
    if started is None or due <= started:
        return None
    return min(1.0, max(0.0, (now - started) / (due - started)))


def draw_countdown(
    canvas: Canvas,
    rect: QRect,
    due: datetime,
    now: datetime,
    started: datetime | None = None,
    size: int = 18,
) -> None:
    """Paint the chip in `rect` and, if `started` is known, the 3 px bar of used time below."""
    p, px = canvas.palette, canvas.theme.px
    near = nearness(due, now)
    fill, border, color = {
        Nearness.OVERDUE: (p.overdue.fill, None, p.overdue.on),
        Nearness.URGENT: (p.ink.fill, None, p.ink.on),
        Nearness.SOON: (p.surface, p.control_line, p.text),
        Nearness.LATER: (None, None, p.muted),
    }[near]
    if fill is not None:
        canvas.box(rect, fill, border)
    centre = rect.center().y() + 1
    edge = rect.right() + 1 - px(8)
    text, bold = left(due - now), near is not Nearness.LATER
    if near is Nearness.OVERDUE:
        icon_room = px(24)
        while size > 12 and (canvas.theme.width(text, size, bold=True) + icon_room + px(10)
                             > rect.width()):
            size -= 1  # a long overdue keeps its icon
        canvas.icon("alert-triangle", rect.left() + px(7), centre, 16, color)
    canvas.text(text, edge, centre, size, color, bold=bold, side=Side.RIGHT)
    part = used(started, due, now)
    if part is not None and near in (Nearness.URGENT, Nearness.SOON):
        top = rect.bottom() + 1 + px(3)
        canvas.fill(rect.left(), top, rect.width(), px(3), p.line)
        tone = p.ink.fill if near is Nearness.URGENT else p.muted
        canvas.fill(rect.left(), top, round(rect.width() * part), px(3), tone)
