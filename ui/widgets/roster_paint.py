"""What the roster's grids 值班表格 share: columns, the ground of days, today, the tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPen, QPolygon

from db.words import t
from dispatch.duty.month import Day, DayKind
from dispatch.terms import Post
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

NAME, DAY, ROW, HEAD = 136, 28, 24, 40
COUNT, COUNTS, BAR, NUMBER = 34, 4, 128, 34
LIGHT_DAYS = {DayKind.WEEKEND: "EDF0F4", DayKind.HOLIDAY: "DFE4EA"}
DARK_DAYS = {DayKind.WEEKEND: "1B232C", DayKind.HOLIDAY: "232D38"}
SECOND_LIGHT, SECOND_DARK = ("C4E0DD", "0A3432"), ("1F4A48", "CFF0ED")


def post_sign(post: Post) -> str:
    """One character for a post, as duty rooms write it in a month's table."""
    return {Post.LEADER: t("sign|L"), Post.MAIN: t("sign|M"), Post.SECOND: t("sign|2"),
            Post.STANDBY: t("sign|s")}[post]


def given_name(name: str) -> str:
    """The name without its surname, as far as a narrow column holds it."""
    return name[1:] if len(name) > 1 and not name.isascii() else name


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns lie, in logical pixels, for a grid of this width."""

    theme: Theme
    days: int
    width: int

    @property
    def day(self) -> int:
        return self.theme.px(DAY)

    def left(self, number: int) -> int:
        """Left edge of day `number` (from 0)."""
        return self.theme.px(NAME) + number * self.day

    @property
    def end(self) -> int:
        return self.left(self.days)

    @property
    def room(self) -> int:
        """What is left at the right for counts and bar."""
        return self.width - self.end

    @property
    def with_counts(self) -> bool:
        return self.room >= self.theme.px(COUNT * COUNTS + NUMBER)

    @property
    def bar(self) -> int:
        """Width of the bar; 0 where it finds no room."""
        spare = self.room - self.theme.px(COUNT * COUNTS + NUMBER + 24)
        return min(spare, self.theme.px(BAR)) if spare >= self.theme.px(48) else 0


def day_ground(theme: Theme, kind: DayKind) -> QColor | None:
    shades = DARK_DAYS if theme.palette.dark else LIGHT_DAYS
    return QColor(f"#{shades[kind]}") if kind in shades else None


def draw_days(canvas: Canvas, columns: Columns, days: tuple[Day, ...], top: int, height: int
              ) -> None:
    """The ground of free days and the lines between the columns."""
    for number, day in enumerate(days):
        ground = day_ground(columns.theme, day.kind)
        if ground is not None:
            canvas.fill(columns.left(number), top, columns.day, height, ground)
        canvas.fill(columns.left(number), top, 1, height, canvas.palette.line)
    canvas.fill(columns.end, top, 1, height, canvas.palette.line)


def draw_today(canvas: Canvas, columns: Columns, number: int, top: int, height: int) -> None:
    """Today's column between two accent lines."""
    if number >= 0:
        for x in (columns.left(number), columns.left(number + 1) - 1):
            canvas.fill(x, top, 2, height, canvas.palette.accent.fill)


def draw_token(canvas: Canvas, centre: QPoint, post: Post, *, count: int = 1,
               conflict: bool = False) -> None:
    """带 outlined, 主 solid, 副 pale, 备 plain; a conflict in inverse ink with a corner cut off.

    With several duties on the day their number stands beside the sign.
    """
    px, p = canvas.theme.px, canvas.palette
    rect = QRect(centre.x() - px(11), centre.y() - px(9), px(22), px(18))
    sign = post_sign(post) if count == 1 else f"{post_sign(post)}{count}"
    if conflict:
        canvas.box(rect, p.ink.fill)
        canvas.text(sign, centre.x() - px(3), centre.y(), 12, p.ink.on, bold=True,
                    side=Side.MIDDLE)
        canvas.text("!", rect.right() - px(4), centre.y(), 12, p.ink.on, bold=True,
                    side=Side.MIDDLE)
    elif post is Post.LEADER:
        canvas.box(rect, p.surface, p.accent.fill, stroke=2)
        canvas.text(sign, centre.x(), centre.y(), 12, p.accent.fill, bold=True, side=Side.MIDDLE)
    elif post is Post.MAIN:
        canvas.box(rect, p.accent.fill)
        canvas.text(sign, centre.x(), centre.y(), 12, p.accent.on, bold=True, side=Side.MIDDLE)
    elif post is Post.SECOND:
        fill, on = SECOND_DARK if p.dark else SECOND_LIGHT
        canvas.box(rect, QColor(f"#{fill}"))
        canvas.text(sign, centre.x(), centre.y(), 12, QColor(f"#{on}"), side=Side.MIDDLE)
    else:
        canvas.text(sign, centre.x(), centre.y(), 12, p.muted, side=Side.MIDDLE)


def draw_lock(canvas: Canvas, right: int, top: int) -> None:
    """A dark corner: the cell was set by hand and stays."""
    side = canvas.theme.px(6)
    canvas.painter.setPen(Qt.PenStyle.NoPen)
    canvas.painter.setBrush(canvas.palette.ink.fill)
    canvas.painter.drawPolygon(QPolygon([QPoint(right - side, top), QPoint(right, top),
                                         QPoint(right, top + side)]))


def hatch(canvas: Canvas, rect: QRect) -> None:
    """Slanting lines whose phase comes from the view, so that neighbours join."""
    painter, step = canvas.painter, canvas.theme.px(6)
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(canvas.palette.control_line, 1))
    first = (rect.left() + rect.top()) // step * step
    for at in range(first, rect.right() + rect.bottom() + step, step):
        painter.drawLine(at - rect.top(), rect.top(), at - rect.bottom(), rect.bottom())
    painter.restore()


def weekday_sign(day: date) -> str:
    """One character for the weekday under the day's number."""
    return (t("day|M"), t("day|T"), t("day|W"), t("day|Th"), t("day|F"), t("day|Sa"),
            t("day|Su"))[day.weekday()]
