"""The list of open events 进行中: level, title, who is there, next report, running time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from db.words import t
from ui.moments import clock, left, running
from ui.theme import Theme
from ui.widgets.countdown import draw_countdown
from ui.widgets.paint import ROMAN, Canvas, Side
from ui.widgets.panel import HeadMark
from ui.widgets.row_list import RowDelegate, RowList

HEIGHT = 72
ARRIVED_AT, REPORT_AT, TIMER_AT = 385, 273, 16  # design pixels from the right edge


@dataclass(frozen=True, slots=True)
class EventRow:
    """One open event. `level` 1 to 4, 0 while not set; instants are aware."""

    id: int
    number: str
    title: str
    meta: str
    level: int
    received: datetime
    arrived: int = 0
    ordered: int = 0
    report_name: str = ""
    report_due: datetime | None = None


def head_marks() -> tuple[HeadMark, ...]:
    """The column words for the panel's head, at the same offsets as the rows' numbers."""
    return (
        HeadMark(t("On scene"), ARRIVED_AT),
        HeadMark(t("Next report"), REPORT_AT),
        HeadMark(t("Since received"), TIMER_AT, Side.RIGHT),
    )


class EventDelegate(RowDelegate[EventRow]):
    """72 px: title on the first optical line, meta on the second, numbers at fixed offsets."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, HEIGHT)

    def draw(self, canvas: Canvas, rect: QRect, row: EventRow) -> None:
        px = self.theme.px
        first, second = rect.top() + px(25), rect.top() + px(49)
        side = px(36)
        chip = QRect(rect.left() + px(16), rect.top() + (rect.height() - side) // 2, side, side)
        canvas.level_chip(chip, row.level)
        edge = rect.right() + 1
        start = rect.left() + px(68)
        room = edge - px(ARRIVED_AT + 16) - start
        canvas.text(row.title, start, first, 16, canvas.palette.text, bold=True, width=room)
        ran = canvas.text(row.number, start, second, 12, canvas.palette.text) + px(12)
        canvas.text(row.meta, start + ran, second, 12, canvas.palette.muted, width=room - ran)
        self._draw_arrived(canvas, edge - px(ARRIVED_AT), first, second, row)
        self._draw_report(canvas, edge - px(REPORT_AT), first, second, row)
        self._draw_timer(canvas, edge - px(TIMER_AT), first, second, row)

    def _draw_arrived(self, canvas: Canvas, x: int, first: int, second: int, row: EventRow) -> None:
        p = canvas.palette
        ran = canvas.text(str(row.arrived), x, first, 18, p.text, bold=True)
        canvas.text(f"/ {row.ordered}", x + ran + self.theme.px(4), first, 14, p.muted)
        if row.ordered:
            canvas.squares(x, second, row.arrived, row.ordered, self.theme.px(96))

    def _draw_report(self, canvas: Canvas, x: int, first: int, second: int, row: EventRow) -> None:
        px, p = self.theme.px, canvas.palette
        if row.report_due is None:
            canvas.text("—", x, first, 16, p.muted)
            return
        chip = QRect(x, first - px(13), px(88), px(26))
        draw_countdown(canvas, chip, row.report_due, self.now, size=16)
        canvas.text(row.report_name, x, second, 12, p.muted, width=px(120))

    def _draw_timer(self, canvas: Canvas, x: int, first: int, second: int, row: EventRow) -> None:
        p = canvas.palette
        since = running(self.now - row.received)
        canvas.text(since, x, first, 22, p.text, bold=True, side=Side.RIGHT)
        received = t("received {time}", time=clock(row.received))
        canvas.text(received, x, second, 12, p.muted, side=Side.RIGHT)


class EventList(RowList[EventRow]):
    """Open events; Enter opens one (`activated_row`)."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.events_delegate = EventDelegate(theme)
        super().__init__(
            theme, t("Open events"), self.events_delegate, lambda r: r.id, self.spoken, parent
        )

    def spoken(self, row: EventRow) -> str:
        """What a screen reader says of the row."""
        level = t("level {level}", level=ROMAN[row.level]) if row.level else t("level not set")
        parts = [row.number, row.title, level, row.meta]
        parts.append(t("{n} of {total} on scene", n=row.arrived, total=row.ordered))
        if row.report_due is not None:
            parts += [row.report_name, left(row.report_due - self.events_delegate.now)]
        return t("list|, ").join(part for part in parts if part)

    def tick(self, now: datetime) -> None:
        self.events_delegate.now = now
        width = self.theme.px(REPORT_AT)
        view = self.viewport().rect()
        self.viewport().update(view.right() + 1 - width, 0, width, view.height())
