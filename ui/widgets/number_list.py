"""Numbers in order 号码: one click or digit copies one, the key printed beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRect, Signal

from db.words import t
from resources.net import Contact
from ui.theme import Theme
from ui.widgets.paint import Canvas
from ui.widgets.row_list import RowDelegate, RowList

HEIGHT = 48


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One number; `now` marks the one that is tried at the moment."""

    key: str
    of: Contact
    now: bool = False

    @property
    def number(self) -> str:
        return self.of.phone or self.of.mail


class NumberDelegate(RowDelegate[NumberRow]):
    """The number on the first line, who answers below; keycap at the right."""

    def draw(self, canvas: Canvas, rect: QRect, row: NumberRow) -> None:
        px, p = self.theme.px, canvas.palette
        left, right = rect.left() + px(16), rect.right() - px(16)
        first, second = rect.top() + px(16), rect.top() + px(34)
        if row.key:
            canvas.keycap(right, rect.center().y() + 1, row.key)
        elif row.now:
            canvas.tag(right, rect.center().y() + 1, t("number|now"))
        room = right - left - px(52)
        canvas.text(row.number, left, first, 16, p.text, bold=True, width=room)
        mail = row.of.mail if row.of.phone else ""
        words = "  ".join(x for x in (row.of.who, mail) if x)
        canvas.text(words or "—", left, second, 12, p.muted, width=room)


class NumberList(RowList[NumberRow]):
    """`asked` carries a number that was clicked or activated, to be copied."""

    asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, t("Numbers"), NumberDelegate(theme, HEIGHT),
                         identity=lambda r: r.number,
                         spoken=lambda r: f"{r.number} {r.of.who} {r.key}")
        self.activated_row.connect(self.asked)
        self.clicked.connect(lambda _i: self.asked.emit(self.current_row))

    def show_numbers(self, contacts: Iterable[Contact], now: int | None = None) -> None:
        """These numbers: the first nine with the digit that copies them, or the one marked that
        is tried now, where digits mean something else."""
        self.when_empty = t("No number is known. E or K adds one.")
        self.set_rows([NumberRow(str(n) if n <= 9 and now is None else "", c, n - 1 == now)
                       for n, c in enumerate(contacts, 1)])
        self.setFixedHeight(self.theme.px(HEIGHT * max(1, min(5, self.rows_model.rowCount()))))
