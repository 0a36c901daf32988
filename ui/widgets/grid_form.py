"""The grid form 网格表单: a form whose fields stand side by side, each under its label."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.form import Form

COLUMNS = 20


class GridForm(Form):
    """A form of twenty columns; `wide(n)` says how many the next fields take each."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(6))
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self._column.addLayout(self._grid)
        self._row, self._next, self._wide = 0, 0, COLUMNS

    def wide(self, columns: int) -> None:
        """From here on each field takes this many of the twenty columns."""
        self._wide = columns

    def new_row(self) -> None:
        if self._next:
            self._row, self._next = self._row + 1, 0

    def place(self, widget: QWidget) -> None:
        """Put any widget into the grid as if it were a field."""
        row, column = self._take()
        self._grid.addWidget(widget, row, column, 1, self._wide)

    def _take(self) -> tuple[int, int]:
        if self._next + self._wide > COLUMNS:
            self.new_row()
        place = self._row, self._next
        self._next += self._wide
        return place

    def _lay(self, label: QLabel, widget: QWidget, problem: QLabel) -> None:
        cell = QVBoxLayout()
        cell.setSpacing(self.theme.px(1))
        widget.setSizePolicy(QSizePolicy.Policy.Ignored, widget.sizePolicy().verticalPolicy())
        label.setWordWrap(False)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        for part in (label, widget, problem):
            cell.addWidget(part)
        cell.addStretch(1)
        row, column = self._take()
        self._grid.addLayout(cell, row, column, 1, self._wide)

    def _size_label(self, label: QLabel) -> None:
        label.setMinimumHeight(self.theme.px(18))
        label.setFont(self.theme.font(12))
        label.setStyleSheet(f"font-size: {self.theme.px(12)}px;")
