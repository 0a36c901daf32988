"""The duty log 值班日志 on screen: one 32 px row an entry, the newest at the bottom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from db.words import t
from ui.moments import clock
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side
from ui.widgets.row_list import RowDelegate, RowList

HEIGHT = 32
ICON_AT, KIND_AT, TEXT_AT = 73, 97, 145  # design pixels from the left edge
TAGS_AT, EVENT_AT, OFFICER_AT = 127, 111, 59  # and from the right edge


@dataclass(frozen=True, slots=True)
class LogRow:
    """One entry. `struck`: corrected by a later one; `alarm`: red; `strong`: bold kind word."""

    id: int
    at: datetime
    kind: str
    icon: str
    text: str
    tags: tuple[str, ...] = ()
    attachments: int = 0
    event: str = ""
    officer: str = ""
    struck: bool = False
    alarm: bool = False
    strong: bool = False


class LogDelegate(RowDelegate[LogRow]):
    """Time, kind, text, then tags, paperclip, event and officer at fixed offsets.

    `plain` leaves out event and officer, for the log of one event.
    """

    def __init__(self, theme: Theme, *, plain: bool = False, wide_kind: int = 0) -> None:
        super().__init__(theme, HEIGHT)
        self.plain, self.wide_kind = plain, wide_kind

    def draw(self, canvas: Canvas, rect: QRect, row: LogRow) -> None:
        px, p = self.theme.px, canvas.palette
        centre, x = rect.center().y() + 1, rect.left()
        tone = p.overdue.fill if row.alarm else p.muted if row.struck else p.text
        canvas.text(clock(row.at), x + px(16), centre, 14, p.muted)
        canvas.icon(row.icon, x + px(ICON_AT), centre, 16, tone if row.alarm else p.muted)
        bold = row.alarm or row.strong
        text_at = TEXT_AT + self.wide_kind
        kind_room = px(text_at - KIND_AT - 8)
        canvas.text(row.kind, x + px(KIND_AT), centre, 14, tone, bold=bold, width=kind_room)
        end = self._draw_right(canvas, rect, row)
        start = x + px(text_at)
        room = end - px(12) - start
        canvas.text(
            row.text, start, centre, 14, tone, bold=row.alarm, width=room, struck=row.struck
        )

    def _draw_right(self, canvas: Canvas, rect: QRect, row: LogRow) -> int:
        """Everything right of the text; returns where the text must end."""
        px, p = self.theme.px, canvas.palette
        centre, edge = rect.center().y() + 1, rect.right() + 1
        at = edge - px(16 if self.plain else TAGS_AT)
        if not self.plain:
            canvas.text(row.event or "—", edge - px(EVENT_AT), centre, 14, p.text, width=px(48))
            canvas.text(row.officer, edge - px(OFFICER_AT), centre, 14, p.muted, width=px(51))
        if row.attachments:
            at -= px(16)
            canvas.icon("paperclip", at, centre, 16, p.muted)
            at -= px(8)
        if row.attachments > 1:
            at -= canvas.text(str(row.attachments), at, centre, 12, p.muted, side=Side.RIGHT)
            at -= px(8)
        for tag in reversed(row.tags):
            at = canvas.tag(at, centre, tag).left() - px(6)
        return at


class LogList(RowList[LogRow]):
    """Entries, oldest first. `append` keeps the newest in view if it was in view before."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, plain: bool = False) -> None:
        self.log_delegate = LogDelegate(theme, plain=plain)
        super().__init__(theme, t("Duty log"), self.log_delegate, lambda r: r.id, spoken, parent)
        self._following = True
        self.verticalScrollBar().rangeChanged.connect(self._follow)
        self.verticalScrollBar().valueChanged.connect(self._note_place)

    def append(self, row: LogRow) -> None:
        """Add one entry at the bottom; a reader who scrolled up stays where they are."""
        self.rows_model.append(row)
        self._fit_kinds((row,))

    def set_rows(self, rows: Iterable[LogRow]) -> None:
        super().set_rows(rows)
        self._fit_kinds()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_whole_rows()

    def _note_place(self, value: int) -> None:
        self._following = value >= self.verticalScrollBar().maximum()

    def _follow(self, _least: int, most: int) -> None:
        if self._following:
            self.verticalScrollBar().setValue(most)

    def _show_whole_rows(self) -> None:
        """Take what is less than a row off the top, so that no row is cut."""
        height = self.theme.px(HEIGHT)
        spare = self.height() % height if self.height() > height else 0
        self.lid.setFixedHeight(max(1, spare))
        self.lid.setVisible(spare > 0)

    def tick(self, now: datetime) -> None:
        """Nothing in the log runs."""
        self.log_delegate.now = now

    def restyle(self) -> None:
        self._fit_kinds()
        super().restyle()

    def _fit_kinds(self, rows: tuple[LogRow, ...] | None = None) -> None:
        """Give the kind words as much room as the longest needs: English runs wider."""
        words = {row.kind for row in (self.rows_model.rows if rows is None else rows)}
        width = self.theme.width
        widest = max((width(word, 14, bold=True) for word in words), default=0)
        extra = round(widest / self.theme.scale) + 16 - (TEXT_AT - KIND_AT)
        before = self.log_delegate.wide_kind if rows is not None else 0
        self.log_delegate.wide_kind = max(before, min(64, extra), 0)
        if self.log_delegate.wide_kind != before:
            self.viewport().update()


def spoken(row: LogRow) -> str:
    """What a screen reader says of an entry."""
    state = t("corrected") if row.struck else ""
    parts = (clock(row.at), row.kind, row.text, *row.tags, state, row.event, row.officer)
    return t("list|, ").join(part for part in parts if part)
