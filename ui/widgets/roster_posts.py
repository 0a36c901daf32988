"""The lower grid of the roster 岗位表: posts down, days across, the holders' given names."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.duty.month import Month
from dispatch.terms import POST_NAMES, Post
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side
from ui.widgets.roster_grid import PeopleGrid
from ui.widgets.roster_paint import NAME, ROW, Columns, draw_days, draw_today, given_name


class PostGrid(QWidget):
    """Posts down, days across: who sits where, under the same columns."""

    def __init__(self, theme: Theme, above: PeopleGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.above = theme, above
        self.setAccessibleName(t("Posts by day"))

    def refresh(self) -> None:
        month = self.above.month
        self.setFixedHeight(self.theme.px(ROW) * (len(month.posts) if month else 0) + 1)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, month = QPainter(self), self.above.month
        canvas, p = Canvas(painter, self.theme), self.theme.palette
        painter.fillRect(self.rect(), p.surface)
        if month is not None:
            columns = Columns(self.theme, len(month.days), self.width())
            draw_days(canvas, columns, month.days, 0, self.height())
            for n in range(len(month.posts)):
                self._draw_post(canvas, columns, month, n)
            draw_today(canvas, columns, self.above.today_column, 0, self.height())
        painter.end()

    def _draw_post(self, canvas: Canvas, columns: Columns, month: Month, n: int) -> None:
        px, p, (post, number) = self.theme.px, canvas.palette, month.posts[n]
        y, centre = n * px(ROW), n * px(ROW) + px(ROW) // 2
        several = sum(row[0] is post for row in month.posts) > 1
        name = f"{t(POST_NAMES[post])} {number}" if several else t(POST_NAMES[post])
        strong = post in (Post.LEADER, Post.MAIN)
        canvas.text(name, px(12), centre, 12, p.text, width=px(NAME - 16))
        for day in range(len(month.days)):
            duties = month.by_post.get((post, number, day + 1), ())
            if duties:
                middle = columns.left(day) + columns.day // 2 + 1
                canvas.text(given_name(duties[0].officer), middle, centre, 12,
                            p.text if strong else p.muted, bold=strong, side=Side.MIDDLE,
                            width=columns.day - 2)
        canvas.fill(0, y + px(ROW) - 1, columns.end, 1, p.line)
