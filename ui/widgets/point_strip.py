"""The timing points 计时点 of a drill in one strip: reached ones with their T+, in order."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

HEIGHT, IN_ROW = 46, 5


@dataclass(frozen=True, slots=True)
class PointCell:
    """A point's name, and its T+ once it is reached."""

    words: str
    at: str


class PointStrip(QWidget):
    """Two rows of cells; the points are taken from the drill's own records, T presses one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.cells: tuple[PointCell, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_cells(self, cells: tuple[PointCell, ...]) -> None:
        if cells != self.cells:
            self.cells = cells
            self.setAccessibleName(" ".join(f"{c.words} {c.at}" for c in cells if c.at))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        rows = -(-len(self.cells) // IN_ROW)
        return QSize(self.theme.px(320), self.theme.px(HEIGHT) * rows)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        canvas.fill(0, 0, self.width(), 1, p.line)
        room = self.width() - px(16)
        for n, cell in enumerate(self.cells):
            x = px(8) + room * (n % IN_ROW) // IN_ROW
            wide = room // IN_ROW - px(8)
            self._cell(canvas, cell, QRect(x, px(HEIGHT) * (n // IN_ROW), wide, px(HEIGHT)))
        painter.end()

    def _cell(self, canvas: Canvas, cell: PointCell, place: QRect) -> None:
        px, p = self.theme.px, canvas.palette
        middle = place.center().x()
        canvas.text(cell.words, middle, place.top() + px(14), 12, p.text if cell.at else p.muted,
                    side=Side.MIDDLE, width=place.width())
        canvas.text(cell.at or "—", middle, place.top() + px(33), 14,
                    p.drill.fill if cell.at else p.muted, bold=bool(cell.at), side=Side.MIDDLE,
                    width=place.width())
