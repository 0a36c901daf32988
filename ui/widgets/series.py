"""The casualty series 伤亡序列: earlier points beside the present numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from db.words import t
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

HEAD, ROW, FOOT = 28, 30, 28
NOW_AT, DELTA_AT, STEP = 56, 12, 52  # design pixels from the right edge


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One count: what it was at the points before, what it is, and by how much it changed."""

    label: str
    before: tuple[str, ...]
    now: str
    delta: str = ""


class SeriesTable(QWidget):
    """At most two earlier points, then now in bold with the last change in accent."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.heads: tuple[str, ...] = ()
        self.rows: tuple[SeriesRow, ...] = ()
        self.basis = ""
        theme.changed.connect(self.update)

    def show_rows(self, heads: Sequence[str], rows: Iterable[SeriesRow], basis: str) -> None:
        """`basis` is the sentence below: what the numbers mean for the level."""
        self.heads, self.rows, self.basis = tuple(heads), tuple(rows), basis
        self.setAccessibleName(t("Casualties"))
        self.setAccessibleDescription("\n".join(
            f"{r.label}: {', '.join(r.before)} {r.now} {r.delta}".strip() for r in self.rows))
        self.setToolTip(basis)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = self.theme.px
        return QSize(px(200), px(HEAD + ROW * len(self.rows) + FOOT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(120), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        canvas.fill(0, 0, self.width(), px(HEAD), p.raised)
        canvas.fill(0, px(HEAD) - 1, self.width(), 1, p.line)
        edge = self.width() - px(NOW_AT)
        canvas.text(t("head|Now"), edge, px(HEAD) // 2, 12, p.muted, side=Side.RIGHT)
        for n, head in enumerate(reversed(self.heads)):
            canvas.text(head, edge - px(STEP * (n + 1)), px(HEAD) // 2, 12, p.muted,
                        side=Side.RIGHT)
        top = px(HEAD)
        for row in self.rows:
            self._draw_row(canvas, row, top + px(ROW) // 2, edge)
            top += px(ROW)
            canvas.fill(px(16), top - 1, self.width() - px(16), 1, p.line)
        if self.basis and top + px(20) <= self.height():
            canvas.icon("scale", px(16), top + px(FOOT) // 2, 14, p.muted)
            canvas.text(self.basis, px(38), top + px(FOOT) // 2, 12, p.muted,
                        width=self.width() - px(50))
        painter.end()

    def _draw_row(self, canvas: Canvas, row: SeriesRow, centre: int, edge: int) -> None:
        p, px = canvas.palette, self.theme.px
        room = edge - px(STEP * (len(row.before) + 1)) - px(8)
        canvas.text(row.label, px(16), centre, 14, p.text, width=max(px(80), room))
        canvas.text(row.now, edge, centre, 16, p.text, bold=True, side=Side.RIGHT)
        for n, value in enumerate(reversed(row.before)):
            canvas.text(value, edge - px(STEP * (n + 1)), centre, 14, p.muted, side=Side.RIGHT)
        canvas.text(row.delta, self.width() - px(DELTA_AT), centre, 12, p.accent.fill, bold=True,
                    side=Side.RIGHT)
