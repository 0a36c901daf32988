"""The lower grid of the roster 岗位表: posts down, days across, the holders' given names."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.duty.month import Duty, Month
from dispatch.terms import POST_NAMES, Post
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side
from ui.widgets.roster_grid import PeopleGrid
from ui.widgets.roster_paint import DAY, NAME, ROW, Columns, draw_days, draw_today, given_name


class PostGrid(QWidget):
    """Posts down, days across: who sits where, under the same columns.

    Arrow keys move the cell; `typed` comes with the first letter of a name or with Enter,
    `cleared` with Del.
    """

    typed = Signal(str)
    cleared = Signal()
    moved = Signal()

    def __init__(self, theme: Theme, above: PeopleGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.above = theme, above
        self.row, self.column = 0, 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setAccessibleName(t("Posts by day"))

    def refresh(self) -> None:
        month = self.above.month
        self.row = min(self.row, max(0, len(month.posts) - 1)) if month else 0
        self.column = min(self.column, len(month.days) - 1) if month else 0
        self.setFixedHeight(self.theme.px(ROW) * (len(month.posts) if month else 0) + 1)
        self.update()

    @property
    def post(self) -> tuple[Post, int] | None:
        """The chosen row: a post and its number from 1."""
        posts = self.above.month.posts if self.above.month else ()
        return posts[self.row] if self.row < len(posts) else None

    @property
    def duties(self) -> tuple[Duty, ...]:
        """Who holds the chosen post on the chosen day."""
        if self.above.month is None or self.post is None:
            return ()
        return self.above.month.by_post.get((*self.post, self.column + 1), ())

    def cell_rect(self) -> QRect:
        """Where the chosen cell lies."""
        columns = Columns(self.theme, len(self.above.month.days) if self.above.month else 31,
                          self.width())
        row = self.theme.px(ROW)
        return QRect(columns.left(self.column), self.row * row, columns.day + 1, row)

    def choose(self, row: int, column: int) -> None:
        month = self.above.month
        if month is None or not month.posts:
            return
        self.row = max(0, min(row, len(month.posts) - 1))
        self.column = max(0, min(column, len(month.days) - 1))
        self.update()
        self.moved.emit()

    def event(self, event: QEvent) -> bool:
        """A letter typed on a cell begins a name and is no key of the page."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            plain = not event.modifiers() and event.text().isalpha()
            if own or plain:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0),
                 Qt.Key.Key_Down: (1, 0)}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self.choose(self.row + step[0], self.column + step[1])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.typed.emit("")
        elif event.key() == Qt.Key.Key_Delete:
            self.cleared.emit()
        elif event.text().isalpha():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.commitString():
            self.typed.emit(event.commitString())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at, px = event.position().toPoint(), self.theme.px
        self.choose(at.y() // px(ROW), (at.x() - px(NAME)) // px(DAY))
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.typed.emit("")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.moved.emit()

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
            if self.hasFocus():
                canvas.box(self.cell_rect().adjusted(0, -1, 0, 0), None, p.accent.fill, radius=2,
                           stroke=2)
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
            middle = columns.left(day) + columns.day // 2 + 1
            rect = QRect(columns.left(day) + 2, y + px(3), columns.day - 3, px(ROW) - px(6))
            bad = self._bad(post, number, day + 1)
            if bad:
                canvas.box(rect, p.ink.fill)
            if bad and not duties:
                canvas.text("!", middle, centre, 12, p.ink.on, bold=True, side=Side.MIDDLE)
            elif duties and bad:
                canvas.text(given_name(duties[0].officer), middle, centre, 12, p.ink.on,
                            bold=True, side=Side.MIDDLE, width=columns.day - 4)
            elif duties:
                canvas.text(given_name(duties[0].officer), middle, centre, 12,
                            p.text if strong else p.muted, bold=strong, side=Side.MIDDLE,
                            width=columns.day - 2)
        canvas.fill(0, y + px(ROW) - 1, columns.end, 1, p.line)

    def _bad(self, post: Post, number: int, day: int) -> bool:
        """Whether this seat is empty where one is due, or its holder breaks a rule."""
        board, month = self.above.board, self.above.month
        if board is None or month is None or not board.begun:
            return False
        duties = month.by_post.get((post, number, day), ())
        if duties:
            return any((d.officer_id, day) in self.above.conflicts and d.post is post
                       for d in duties)
        need = max((n for (key, p), n in board.problem.needs.items()
                    if p is post and key.day.day == day), default=0)
        return number <= need
