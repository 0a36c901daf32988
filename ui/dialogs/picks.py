"""A table to tick 勾选表: Space picks a row, digits write its number."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent

from ui.rows_model import Index
from ui.widgets.paint import Canvas
from ui.widgets.table import TableDelegate, TableView


class PickDelegate(TableDelegate):
    """Draws the box to tick in the first column."""

    def draw_cell(self, canvas: Canvas, rect: QRect, index: Index) -> None:
        if index.column():
            super().draw_cell(canvas, rect, index)
        else:
            self._draw_box(canvas, rect, chosen=bool(index.data()))

    def _draw_box(self, canvas: Canvas, rect: QRect, *, chosen: bool) -> None:
        p, side = canvas.palette, self.theme.px(18)
        box = QRect(rect.left(), rect.center().y() - side // 2 + 1, side, side)
        canvas.box(box, p.accent.fill if chosen else p.surface, p.accent.fill if chosen else
                   p.muted, radius=3)
        if chosen:
            canvas.icon("check", box.left() + self.theme.px(2), box.center().y() + 1, 14,
                        p.accent.on)


class PickTable(TableView):
    """Space picks; digits write the promised minutes of the row, Backspace takes one off."""

    toggled = Signal(int)
    digit_typed = Signal(int, str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Space and row >= 0:
            self.toggled.emit(row)
        elif row >= 0 and (event.text().isdigit() or event.key() == Qt.Key.Key_Backspace):
            self.digit_typed.emit(row, event.text() if event.text().isdigit() else "")
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
