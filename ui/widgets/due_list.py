"""The list of what is due 到期: overdue, within the hour, in this shift, each counted down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from db.words import t
from ui.moments import left
from ui.theme import Theme
from ui.widgets.countdown import Nearness, draw_countdown, nearness
from ui.widgets.paint import Canvas
from ui.widgets.row_list import EPOCH, RowDelegate, RowList

HEIGHT, SECTION_HEIGHT = 56, 28


@dataclass(frozen=True, slots=True)
class DueRow:
    """One deadline. `key` is the keycap shown (F5), `acknowledged` stops the pulse."""

    id: str
    due: datetime
    title: str
    meta: str
    started: datetime | None = None
    key: str = ""
    acknowledged: bool = False


class Section(StrEnum):
    OVERDUE = "overdue"
    HOUR = "hour"
    SHIFT = "shift"


@dataclass(frozen=True, slots=True)
class SectionRow:
    """The head of a group of deadlines with their number."""

    section: Section
    count: int


Entry = DueRow | SectionRow


def section_of(row: DueRow, now: datetime) -> Section:
    near = nearness(row.due, now)
    if near is Nearness.OVERDUE:
        return Section.OVERDUE
    return Section.SHIFT if near is Nearness.LATER else Section.HOUR


def section_words(section: Section) -> str:
    return {
        Section.OVERDUE: t("Overdue"),
        Section.HOUR: t("Within 1 hour"),
        Section.SHIFT: t("shift|In this shift"),
    }[section]


def grouped(rows: Iterable[DueRow], now: datetime) -> list[Entry]:
    """Rows by deadline, each group behind its head; groups without rows are left out."""
    ordered = sorted(rows, key=lambda row: (row.due, row.id))
    result: list[Entry] = []
    for section in Section:
        members = [row for row in ordered if section_of(row, now) is section]
        if members:
            result += [SectionRow(section, len(members)), *members]
    return result


class DueDelegate(RowDelegate[Entry]):
    """56 px rows and 28 px heads; an overdue row pulses until it is acknowledged."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, HEIGHT)

    def row_height(self, row: Entry) -> int:
        return SECTION_HEIGHT if isinstance(row, SectionRow) else HEIGHT

    def overdue(self, row: Entry) -> bool:
        return isinstance(row, DueRow) and section_of(row, self.now) is Section.OVERDUE

    def lit(self, row: Entry) -> bool:
        calm = isinstance(row, SectionRow) or row.acknowledged
        return calm or int(self.now.timestamp()) % 2 == 1

    def draw(self, canvas: Canvas, rect: QRect, row: Entry) -> None:
        if isinstance(row, SectionRow):
            self._draw_section(canvas, rect, row)
        else:
            self._draw_row(canvas, rect, row)

    def draw_rule(self, canvas: Canvas, rect: QRect, row: Entry) -> None:
        canvas.rule(rect, indent=0 if isinstance(row, SectionRow) else 16)

    def _draw_section(self, canvas: Canvas, rect: QRect, row: SectionRow) -> None:
        p, px = canvas.palette, self.theme.px
        canvas.painter.fillRect(rect, p.raised)
        tone = p.overdue.fill if row.section is Section.OVERDUE else p.muted
        centre = rect.center().y() + 1
        words = section_words(row.section)
        ran = canvas.text(words, rect.left() + px(16), centre, 12, tone, bold=True)
        canvas.text(str(row.count), rect.left() + px(24) + ran, centre, 12, p.muted)

    def _draw_row(self, canvas: Canvas, rect: QRect, row: DueRow) -> None:
        p, px = canvas.palette, self.theme.px
        near = nearness(row.due, self.now)
        barred = near in (Nearness.URGENT, Nearness.SOON) and row.started is not None
        top = rect.top() + (px(11) if barred else px(14))
        chip = QRect(rect.left() + px(16), top, px(96), px(28))
        draw_countdown(canvas, chip, row.due, self.now, row.started)
        start, edge = rect.left() + px(128), rect.right() + 1 - px(16)
        room = edge - px(44) - start if row.key else edge - start
        pressing = near in (Nearness.OVERDUE, Nearness.URGENT)
        first, second = rect.top() + px(19), rect.top() + px(39)
        canvas.text(row.title, start, first, 14, p.text, bold=pressing, width=room)
        tone = p.overdue.fill if near is Nearness.OVERDUE else p.muted
        canvas.text(row.meta, start, second, 12, tone, width=room)
        if row.key:
            filled = near is Nearness.OVERDUE
            canvas.keycap(edge, rect.center().y() + 1, row.key, filled=filled)


def _identity(row: Entry) -> str:
    return f"section {row.section}" if isinstance(row, SectionRow) else row.id


class DueList(RowList[Entry]):
    """Deadlines under their heads; heads cannot be chosen, Enter acts on a row."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.due_delegate = DueDelegate(theme)
        self._due: tuple[DueRow, ...] = ()
        super().__init__(theme, t("What is due"), self.due_delegate, _identity, self.spoken, parent)
        self.rows_model.set_inert(lambda row: isinstance(row, SectionRow))

    def spoken(self, row: Entry) -> str:
        if isinstance(row, SectionRow):
            return f"{section_words(row.section)} {row.count}"
        parts = (row.title, row.meta, left(row.due - self.due_delegate.now), row.key)
        return t("list|, ").join(part for part in parts if part)

    def set_due(self, rows: Iterable[DueRow]) -> None:
        """Show these deadlines, grouped as of the last tick."""
        self._due = tuple(rows)
        self._group()

    @property
    def overdue_count(self) -> int:
        now = self.due_delegate.now
        return sum(section_of(row, now) is Section.OVERDUE for row in self._due)

    def tick(self, now: datetime) -> None:
        """Move on to `now`; a row that crosses a limit moves to its group."""
        self.due_delegate.now = now
        self._group()
        self.viewport().update(0, 0, self.theme.px(128), self.viewport().height())
        if self.overdue_count:
            self.viewport().update()  # the pulse takes the whole row

    def _group(self) -> None:
        entries = grouped(self._due, self.due_delegate.now) if self.now_known else list(self._due)
        if tuple(entries) != self.rows_model.rows:
            self.set_rows(entries)
            self.fit_heights()

    def fit_heights(self) -> None:
        """Heads are lower than rows."""
        super().fit_heights()
        for number, row in enumerate(self.rows_model.rows):
            height = self.theme.px(self.due_delegate.row_height(row))
            self.verticalHeader().resizeSection(number, height)

    @property
    def now_known(self) -> bool:
        return self.due_delegate.now != EPOCH
