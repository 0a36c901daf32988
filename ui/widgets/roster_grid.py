"""The roster's grid 值班表格: people by days, painted cell by cell, walked with the arrow keys."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from db.words import t
from dispatch.duty.month import Day, DayKind, Duty, Month, RosterPerson
from dispatch.duty.roster.board import Board
from dispatch.duty.roster.terms import LEAVE_NAMES, Wish
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side
from ui.widgets.roster_paint import (
    COUNT,
    COUNTS,
    HEAD,
    NAME,
    NUMBER,
    ROW,
    Columns,
    draw_days,
    draw_lock,
    draw_today,
    draw_token,
    hatch,
    weekday_sign,
)


class PeopleGrid(QAbstractScrollArea):
    """People down, days across. Arrow keys move the cell; `moved` tells that another is chosen.

    `dragged` carries a duty from one cell (row, column) to another.
    """

    moved = Signal()
    dragged = Signal(int, int, int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.month: Month | None = None
        self.board: Board | None = None
        self.conflicts: frozenset[tuple[int, int]] = frozenset()
        self.locked: frozenset[tuple[int, int]] = frozenset()
        self._held: tuple[int, int] | None = None
        self._over: tuple[int, int] | None = None
        self.today: date | None = None
        self.district = ""  # left out where a unit's name begins with it
        self.row, self.column = 0, 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)
        self.setAccessibleName(t("Duty roster"))

    def set_board(self, board: Board, today: date) -> None:
        """Show a month; the chosen cell stays where it was as far as there is one."""
        month = board.month
        self.board, self.month, self.today = board, month, today
        self.conflicts = frozenset(board.conflicts())
        self.locked = frozenset(board.locked())
        self.row = min(self.row, max(0, len(month.people) - 1))
        self.column = min(self.column, len(month.days) - 1)
        self._lay_out()
        self.viewport().update()

    @property
    def columns(self) -> Columns:
        return Columns(self.theme, len(self.month.days) if self.month else 31,
                       self.viewport().width())

    @property
    def today_column(self) -> int:
        days = self.month.days if self.month else ()
        return next((n for n, day in enumerate(days) if day.date == self.today), -1)

    @property
    def person(self) -> RosterPerson | None:
        people = self.month.people if self.month else ()
        return people[self.row] if self.row < len(people) else None

    @property
    def day(self) -> Day | None:
        return self.month.days[self.column] if self.month else None

    @property
    def duties(self) -> tuple[Duty, ...]:
        """What stands in the chosen cell."""
        if self.month is None or self.person is None:
            return ()
        return self.month.cells.get((self.person.id, self.column + 1), ())

    def choose(self, row: int, column: int) -> None:
        """Move to a cell, within the grid, and bring it into view."""
        if self.month is None or not self.month.people:
            return
        self.row = max(0, min(row, len(self.month.people) - 1))
        self.column = max(0, min(column, len(self.month.days) - 1))
        px, down = self.theme.px, self.verticalScrollBar()
        top, room = self.row * px(ROW), self.viewport().height() - px(HEAD)
        if top < down.value():
            down.setValue(top)
        elif top + px(ROW) > down.value() + room:
            down.setValue(top + px(ROW) - room)
        self.viewport().update()
        self.moved.emit()

    def choose_person(self, officer_id: object) -> None:
        people = self.month.people if self.month else ()
        found = next((n for n, p in enumerate(people) if p.id == officer_id), None)
        if found is not None:
            self.choose(found, self.column)

    def _lay_out(self) -> None:
        rows = len(self.month.people) if self.month else 0
        room = self.viewport().height() - self.theme.px(HEAD)
        self.verticalScrollBar().setRange(0, max(0, rows * self.theme.px(ROW) - room))
        self.verticalScrollBar().setPageStep(max(1, room))
        self.verticalScrollBar().setSingleStep(self.theme.px(ROW))

    def wanted_height(self) -> int:
        """As high as all people are."""
        rows = len(self.month.people) if self.month else 0
        return self.theme.px(HEAD + ROW * rows) + 2

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(1000), self.wanted_height())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Whole rows only: what is left over at the foot stays empty."""
        room, row = self.height() - self.theme.px(HEAD), self.theme.px(ROW)
        over = room % row if self.height() < self.wanted_height() else 0
        if over != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, over)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.month.days) - 1 if self.month else 0
        steps = {
            Qt.Key.Key_Left: (self.row, self.column - 1),
            Qt.Key.Key_Right: (self.row, self.column + 1),
            Qt.Key.Key_Up: (self.row - 1, self.column),
            Qt.Key.Key_Down: (self.row + 1, self.column),
            Qt.Key.Key_Home: (self.row, 0), Qt.Key.Key_End: (self.row, last),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.choose(*step)

    def _cell_at(self, at: QPoint) -> tuple[int, int] | None:
        """Row and column under the mouse; None outside the cells."""
        px = self.theme.px
        row = (at.y() - px(HEAD) + self.verticalScrollBar().value()) // px(ROW)
        column = (at.x() - px(NAME)) // self.columns.day
        month = self.month
        if month is None or at.y() < px(HEAD) or at.x() < px(NAME):
            return None
        inside = row < len(month.people) and column < len(month.days)
        return (row, column) if inside else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        found = self._cell_at(at)
        if found is not None:
            self.choose(*found)
            self._held = found if self.duties else None
        elif at.y() >= self.theme.px(HEAD):
            row = at.y() - self.theme.px(HEAD) + self.verticalScrollBar().value()
            self.choose(row // self.theme.px(ROW), self.column)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._cell_at(event.position().toPoint()) if self._held else None
        if over != self._over:
            self._over = over
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, over = self._held, self._cell_at(event.position().toPoint())
        self._held = self._over = None
        self.viewport().update()
        if held is not None and over is not None and over != held:
            self.dragged.emit(*held, *over)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        canvas, p = Canvas(painter, self.theme), self.theme.palette
        painter.fillRect(self.viewport().rect(), p.surface)
        if self.month is not None:
            painter.save()
            painter.setClipRect(self.viewport().rect().adjusted(0, self.theme.px(HEAD), 0, 0))
            self._draw_rows(canvas, self.month)
            painter.restore()
            self._draw_head(canvas, self.month)
        painter.end()

    def _draw_head(self, canvas: Canvas, month: Month) -> None:
        px, p, columns = self.theme.px, canvas.palette, self.columns
        canvas.fill(0, 0, self.viewport().width(), px(HEAD), p.raised)
        draw_days(canvas, columns, month.days, 0, px(HEAD))
        canvas.text(t("People {n}", n=len(month.people)), px(12), px(27), 12, p.muted)
        for number, day in enumerate(month.days):
            self._draw_day(canvas, columns, number, day)
        if self.board is not None:
            for number, day in enumerate(month.days):
                if self.board.special(day.date):
                    canvas.fill(columns.left(number), px(HEAD) - px(4), columns.day + 1, px(3),
                                p.accent.fill)
        if columns.with_counts:
            self._draw_count_heads(canvas, columns)
        canvas.fill(0, px(HEAD) - 1, self.viewport().width(), 1, p.control_line)

    def _draw_day(self, canvas: Canvas, columns: Columns, number: int, day: Day) -> None:
        px, p = self.theme.px, canvas.palette
        is_today, middle = number == self.today_column, columns.left(number) + columns.day // 2
        tone = p.text if day.free else p.muted
        if is_today:
            canvas.fill(columns.left(number), 0, columns.day + 1, px(HEAD), p.accent.fill)
            tone = p.accent.on
        if day.kind is DayKind.HOLIDAY and not is_today:
            canvas.fill(columns.left(number), 0, columns.day, px(3), p.muted)
        canvas.text(str(day.date.day), middle, px(13), 14,
                    p.accent.on if is_today else p.text, bold=is_today or day.free,
                    side=Side.MIDDLE)
        swapped = day.kind is DayKind.SWAPPED
        words = t("day|work") if swapped else weekday_sign(day.date)
        canvas.text(words, middle, px(29), 12,
                    p.accent.fill if swapped and not is_today else tone, bold=swapped,
                    side=Side.MIDDLE, width=columns.day)

    def _draw_count_heads(self, canvas: Canvas, columns: Columns) -> None:
        px, p = self.theme.px, canvas.palette
        heads = (t("count|L M"), t("count|2nd"), t("count|stby"), t("count|off"))
        for n, words in enumerate(heads):
            right = columns.end + px(COUNT) * (n + 1)
            canvas.text(words, right, px(27), 12, p.muted, side=Side.RIGHT, width=px(COUNT) - 2)
        if columns.bar:
            left = columns.end + px(COUNT * COUNTS + 16)
            canvas.text(t("Duties, the tick is the mean"), left, px(27), 12, p.muted,
                        width=columns.bar + px(NUMBER))

    def _draw_rows(self, canvas: Canvas, month: Month) -> None:
        px, p, columns = self.theme.px, canvas.palette, self.columns
        top = px(HEAD) - self.verticalScrollBar().value()
        height = px(ROW) * len(month.people)
        draw_days(canvas, columns, month.days, top, height)
        most = max((person.load.duties for person in month.people), default=0)
        for n, person in enumerate(month.people):
            y = top + n * px(ROW)
            if y + px(ROW) > 0 and y < self.viewport().height():
                self._draw_person(canvas, columns, month, person, y, selected=n == self.row)
                self._draw_load(canvas, columns, month, person, y, most)
            group_ends = n + 1 < len(month.people) and person.leads != month.people[n + 1].leads
            canvas.fill(0, y + px(ROW) - 1, self.viewport().width(), 1,
                        p.muted if group_ends else p.line)
        draw_today(canvas, columns, self.today_column, top, height)
        if month.people:
            self._draw_cell_frame(canvas, columns, top)

    def _draw_cell_frame(self, canvas: Canvas, columns: Columns, top: int) -> None:
        px, p = self.theme.px, canvas.palette
        cell = QRect(columns.left(self.column), top + self.row * px(ROW), columns.day + 1, px(ROW))
        tone = p.accent.fill if self.hasFocus() else p.control_line
        canvas.box(cell.adjusted(0, -1, 0, 0), None, tone, radius=2, stroke=2)
        if self._held is not None and self._over is not None:
            row, column = self._over
            over = QRect(columns.left(column), top + row * px(ROW), columns.day + 1, px(ROW))
            canvas.box(over.adjusted(0, -1, 0, 0), None, p.accent.fill, radius=2, dashed=True)

    def _draw_person(self, canvas: Canvas, columns: Columns, month: Month,
                     person: RosterPerson, y: int, *, selected: bool) -> None:
        px, p, centre = self.theme.px, canvas.palette, y + self.theme.px(ROW) // 2
        if selected:
            canvas.fill(0, y, px(NAME), px(ROW), p.tint)
            canvas.fill(0, y, px(3), px(ROW), p.accent.fill)
        ran = canvas.text(person.name, px(12), centre, 14, p.text, bold=selected,
                          width=px(NAME - 60))
        unit = person.unit.removeprefix(self.district) or person.unit
        canvas.text(unit, px(NAME - 8), centre, 12, p.muted,
                    side=Side.RIGHT, width=px(NAME - 28) - ran)
        if self.board is not None:
            self._draw_leave(canvas, columns, self.board, person, y)
        for number in range(len(month.days)):
            duties = month.cells.get((person.id, number + 1), ())
            middle = QPoint(columns.left(number) + columns.day // 2 + 1, centre)
            if duties:
                draw_token(canvas, middle, duties[0].post, count=len(duties),
                           conflict=(person.id, number + 1) in self.conflicts)
            elif self.board and self.board.wish(person.id, month.days[number].date) is Wish.ON:
                canvas.icon("plus", middle.x() - px(5), centre, 10, p.muted)
            elif self.board and self.board.wish(person.id, month.days[number].date) is Wish.OFF:
                canvas.icon("moon", middle.x() - px(5), centre, 10, p.muted)
            if (person.id, number + 1) in self.locked:
                draw_lock(canvas, columns.left(number) + columns.day, y)

    def _draw_leave(self, canvas: Canvas, columns: Columns, board: Board, person: RosterPerson,
                    y: int) -> None:
        """Hatch the days away; neighbours join, and the word stands once on each stretch."""
        px, p, days = self.theme.px, canvas.palette, len(board.month.days)
        number = 0
        while number < days:
            row = board.leave.get((person.id, number + 1))
            if row is None:
                number += 1
                continue
            first = number
            while number < days and board.leave.get((person.id, number + 1)) is row:
                number += 1
            rect = QRect(columns.left(first) + 1, y, columns.left(number) - columns.left(first) - 1,
                         px(ROW) - 1)
            hatch(canvas, rect)
            words = t(LEAVE_NAMES[row.kind])
            free = not any(board.month.cells.get((person.id, n + 1))
                           for n in range(first, number))
            runs = self.theme.width(words, 12)
            if free and runs + px(8) < rect.width():
                middle = rect.center().x() + 1
                canvas.fill(middle - runs // 2 - px(3), y + px(3), runs + px(6), px(ROW - 7),
                            p.surface)
                canvas.text(words, middle, y + px(ROW) // 2, 12, p.muted, side=Side.MIDDLE)

    def _draw_load(self, canvas: Canvas, columns: Columns, month: Month, person: RosterPerson,
                   y: int, most: int) -> None:
        if not columns.with_counts:
            return
        px, p, centre, load = self.theme.px, canvas.palette, y + self.theme.px(ROW) // 2, \
            person.load
        numbers = (load.leader + load.main, load.second, load.standby, load.free_days)
        for n, number in enumerate(numbers):
            right = columns.end + px(COUNT) * (n + 1)
            canvas.text(str(number), right, centre, 12, p.text if number else p.muted,
                        side=Side.RIGHT)
        right = self.viewport().width() - px(8)
        canvas.text(str(load.duties), right, centre, 14, p.text, bold=True, side=Side.RIGHT)
        if columns.bar and most:
            left = columns.end + px(COUNT * COUNTS + 16)
            canvas.fill(left, centre - px(3), columns.bar, px(6), p.line)
            canvas.fill(left, centre - px(3), round(columns.bar * load.duties / most), px(6),
                        p.accent.fill)
            group = [o.load.duties for o in month.people
                     if o.leads == person.leads and o.load.duties] or [0]
            mean = left + round(columns.bar * sum(group) / len(group) / most)
            canvas.fill(mean - 1, centre - px(7), 2, px(14), p.text)
