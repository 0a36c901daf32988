"""The forces of an event 力量: stage, minutes against the promise, and the next stage's key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from db.words import t
from ui.moments import left, minutes_seconds
from ui.rows_model import ROW_ROLE
from ui.theme import StageTone, Theme
from ui.widgets.paint import Canvas, Side
from ui.widgets.row_list import RowDelegate, RowList, full_width

HEIGHT = 64
CLOCK_AT, BUTTON_AT = 187, 80  # left ends, design pixels from the right edge
BAR, BUTTON = 88, (64, 32)
PROMISE_PART = 0.875  # where on the bar the promised minute stands


@dataclass(frozen=True, slots=True)
class ForceRow:
    """One force sent to the event. `ordered` starts its time, `arrived` stops it.

    `promised` are minutes from the order to arrival; `key` and `next_word` label the button
    for the next stage, empty when there is none; `done` means 归建. `stage_key` is that stage's
    own name, `check_at` when the next safety check-in of a force on scene is due.
    """

    id: int
    name: str
    tone: StageTone
    stage: str
    people: int
    vehicles: int
    ordered: datetime
    arrived: datetime | None = None
    promised: int | None = None
    key: str = ""
    next_word: str = ""
    done: bool = False
    stage_key: str = ""
    check_at: datetime | None = None


def elapsed(row: ForceRow, now: datetime) -> timedelta:
    return (row.arrived or now) - row.ordered


def late(row: ForceRow, now: datetime) -> bool:
    """Whether the force took, or is taking, longer than it promised."""
    return row.promised is not None and elapsed(row, now) > timedelta(minutes=row.promised)


def overdue(row: ForceRow, now: datetime) -> bool:
    """Late and still not there."""
    return row.arrived is None and not row.done and late(row, now)


class ForceDelegate(RowDelegate[ForceRow]):
    """64 px: name and stage at the left, clock over bar, button at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, HEIGHT)
        self.wide = 0

    def overdue(self, row: ForceRow) -> bool:
        return overdue(row, self.now)

    def button(self, rect: QRect) -> QRect:
        """Where the next-stage button of a row at `rect` is."""
        px = self.theme.px
        width, height = px(BUTTON[0] + self.wide), px(BUTTON[1])
        left = rect.right() + 1 - px(BUTTON_AT + self.wide)
        return QRect(left, rect.top() + (rect.height() - height) // 2, width, height)

    def draw(self, canvas: Canvas, rect: QRect, row: ForceRow) -> None:
        px, p = self.theme.px, canvas.palette
        red, first, second = overdue(row, self.now), rect.top() + px(21), rect.top() + px(43)
        start, clock_at = rect.left() + px(16), rect.right() + 1 - px(CLOCK_AT + self.wide)
        room = clock_at - px(12) - start
        name_tone = p.overdue.fill if red else p.muted if row.done else p.text
        canvas.text(row.name, start, first, 14, name_tone, bold=True, width=room)
        stage_tone = p.overdue.fill if red else p.muted if row.done else p.accent.fill
        ran = canvas.text(row.stage, start, second, 12, stage_tone, bold=True, width=room) + px(8)
        size = t("{people}p {vehicles}v", people=row.people, vehicles=row.vehicles)
        if row.people or row.vehicles:
            canvas.text(size, start + ran, second, 12, p.muted, width=room - ran)
        self._draw_clock(canvas, clock_at, first, row)
        if row.check_at is None:
            self._draw_bar(canvas, clock_at, second, row)
        else:
            self._draw_check(canvas, clock_at, second, row.check_at)
        self._draw_button(canvas, rect, row, urgent=red)

    def _draw_clock(self, canvas: Canvas, x: int, centre: int, row: ForceRow) -> None:
        p = canvas.palette
        tone = p.overdue.fill if late(row, self.now) else p.text
        canvas.text(minutes_seconds(elapsed(row, self.now)), x, centre, 14, tone, bold=True)
        if row.promised is not None:
            promise, edge = f"/ {row.promised}", x + self.theme.px(BAR)
            canvas.text(promise, edge, centre, 12, p.muted, side=Side.RIGHT)

    def _draw_bar(self, canvas: Canvas, x: int, centre: int, row: ForceRow) -> None:
        if not row.promised:
            return
        px, p = self.theme.px, canvas.palette
        width, height = px(BAR), px(5)
        top, tick = centre - px(2), x + round(width * PROMISE_PART)
        part = elapsed(row, self.now) / timedelta(minutes=row.promised) * PROMISE_PART
        canvas.fill(x, top, width, height, p.line)
        end = x + round(width * min(1.0, max(0.0, part)))
        canvas.fill(x, top, min(end, tick) - x, height, self._tone(canvas, row))
        red = late(row, self.now)
        if red:
            canvas.fill(tick, top, max(px(3), end - tick), height, p.overdue.fill)
        mark = p.overdue.fill if red else p.text
        canvas.fill(tick - px(1), top - px(3), px(2), height + px(6), mark)

    def _draw_check(self, canvas: Canvas, x: int, centre: int, due: datetime) -> None:
        """On scene: the time left to the safety check-in stands where the bar was."""
        p, late = canvas.palette, due <= self.now
        canvas.icon("user-check", x, centre, 14, p.overdue.fill if late else p.muted)
        canvas.text(left(due - self.now), x + self.theme.px(18), centre, 12,
                    p.overdue.fill if late else p.muted, bold=late)

    def _tone(self, canvas: Canvas, row: ForceRow) -> QColor:
        p = canvas.palette
        if row.done:
            return p.control_line
        return p.accent.fill if row.arrived else p.stages[StageTone.ENROUTE].fill

    def _draw_button(self, canvas: Canvas, rect: QRect, row: ForceRow, *, urgent: bool) -> None:
        px, p, box = self.theme.px, canvas.palette, self.button(rect)
        centre = box.center().y() + 1
        if row.done:
            canvas.icon("check", box.right() - px(18), centre, 18, p.muted)
        if not row.next_word:
            return
        canvas.box(box, p.accent.fill if urgent else p.surface, p.control_line)
        tone = p.accent.on if urgent else p.accent.fill
        middle = box.left() + px(13)
        canvas.text(row.key, middle, centre, 12, tone, bold=True, side=Side.MIDDLE)
        split = box.left() + px(24)
        line = p.accent.on if urgent else p.control_line
        canvas.fill(split, centre - px(9), 1, px(18), line)
        word = p.accent.on if urgent else p.text
        word_at, room = (split + box.right() + 1) // 2, box.right() - split - px(6)
        size = 14 if self.theme.width(row.next_word, 14, bold=urgent) <= room else 12
        canvas.text(
            row.next_word, word_at, centre, size, word, bold=urgent, side=Side.MIDDLE, width=room
        )


class ForceList(RowList[ForceRow]):
    """Forces; the button, or its key while the list has focus, asks for the next stage."""

    advance_asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.force_delegate = ForceDelegate(theme)
        super().__init__(
            theme, t("Forces"), self.force_delegate, lambda r: r.id, self.spoken, parent
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def set_rows(self, rows: Iterable[ForceRow]) -> None:
        super().set_rows(rows)
        self._fit_words()

    def restyle(self) -> None:
        self._fit_words()
        super().restyle()

    def _fit_words(self) -> None:
        """Widen all buttons by what the longest word needs: English runs wider."""
        words = {row.next_word for row in self.rows_model.rows}
        widest = max((self.theme.width(word, 12, bold=True) for word in words), default=0)
        room = BUTTON[0] - 24 - 8
        self.force_delegate.wide = max(0, min(40, round(widest / self.theme.scale) - room))
        self.viewport().update()

    def spoken(self, row: ForceRow) -> str:
        now = self.force_delegate.now
        parts = [row.name, row.stage, minutes_seconds(elapsed(row, now))]
        if row.promised is not None:
            parts.append(t("promised {n} minutes", n=row.promised))
        if overdue(row, now):
            parts.append(t("Overdue"))
        if row.check_at is not None:
            parts.append(t("check-in {left}", left=left(row.check_at - now)))
        if row.next_word:
            parts.append(t("key {key}: {stage}", key=row.key, stage=row.next_word))
        return t("list|, ").join(parts)

    @property
    def chosen_rows(self) -> list[ForceRow]:
        """All that are selected, from the top."""
        numbers = sorted({i.row() for i in self.selectionModel().selectedIndexes()})
        return [self.rows_model.row(n) for n in numbers]

    @property
    def overdue_count(self) -> int:
        now = self.force_delegate.now
        return sum(overdue(row, now) for row in self.rows_model.rows)

    def press(self, key: str) -> bool:
        """Ask for the next stage of the row that carries this key; False if none does."""
        for row in self.rows_model.rows:
            if key and row.key == key and row.next_word:
                self.advance_asked.emit(row)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if plain and self.press(event.text().upper()):
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        row = index.data(ROW_ROLE)
        if row is not None and row.next_word and event.button() == Qt.MouseButton.LeftButton:
            box = self.force_delegate.button(full_width(self.visualRect(index), self))
            if box.contains(event.position().toPoint()):
                self.advance_asked.emit(row)
        super().mouseReleaseEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            index = self.indexAt(event.position().toPoint())
            box = self.force_delegate.button(full_width(self.visualRect(index), self))
            over = index.isValid() and box.contains(event.position().toPoint())
            shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
        return super().viewportEvent(event)
