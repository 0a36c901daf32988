"""The fact list 事实清单: sections of two-line facts, read only, as a handover shows them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect

from db.words import t
from ui.theme import Theme
from ui.widgets.mixed_list import MixedList
from ui.widgets.paint import Canvas, Side
from ui.widgets.row_list import RowDelegate

ROW, SECTION = 52, 28


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: words, a note below, and a time or number at the right; a head has no key."""

    key: str
    words: str
    note: str = ""
    right: str = ""
    late: bool = False
    head: bool = False


def with_late(note: str, *, late: bool) -> str:
    """A note that says in words that its fact is overdue."""
    return t("list|, ").join(filter(None, (t("Overdue") if late else "", note)))


class FactDelegate(RowDelegate[Fact]):
    """Title on the first line, 12 px on the second; a section head on raised ground."""

    def draw(self, canvas: Canvas, rect: QRect, row: Fact) -> None:
        px, p = self.theme.px, canvas.palette
        left, right, centre = rect.left() + px(16), rect.right() - px(16), rect.center().y() + 1
        if row.head:
            canvas.painter.fillRect(rect, p.raised)
            canvas.text(row.words, left, centre, 12, p.text, bold=True)
            canvas.text(row.right, right, centre, 12, p.muted, side=Side.RIGHT)
            return
        upper, lower = (rect.top() + px(17), rect.top() + px(37)) if row.note else (centre, 0)
        ran = canvas.text(row.right, right, upper, 12, p.overdue.fill if row.late else p.muted,
                          bold=row.late, side=Side.RIGHT) if row.right else 0
        if row.late:
            ran += px(20)
            canvas.icon("alert-triangle", right - ran, upper, 14, p.overdue.fill)
        canvas.text(row.words, left, upper, 14, p.text, width=right - left - ran - px(8))
        if row.note:
            canvas.text(row.note, left, lower, 12, p.muted, width=right - left)

    def overdue(self, row: Fact) -> bool:
        return row.late

    def row_height(self, row: Fact) -> int:
        return SECTION if row.head else (ROW if row.note else 36)


class FactList(MixedList[Fact]):
    """Rows of `Fact`; heads cannot be chosen."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, FactDelegate(theme, ROW), identity=lambda row: row.key,
                         spoken=lambda row: " ".join((row.words, row.right, row.note)))
        self.rows_model.set_inert(lambda row: row.head)
