"""Rows to fill in 行编辑: lines of a few cells each, one always left empty at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from db.words import t
from ui.theme import Theme
from ui.widgets.form import Choice
from ui.widgets.suggest_edit import SuggestEdit


@dataclass(frozen=True, slots=True)
class Cell:
    """One column: its name, its share of the width, and the words or choices it offers."""

    title: str
    stretch: int = 1
    words: Callable[[], Sequence[str]] | None = None
    choices: tuple[Choice, ...] = ()


class RowsEdit(QWidget):
    """`value` is a list of rows of texts; a row without its first text does not count."""

    edited = Signal()

    def __init__(self, theme: Theme, cells: Sequence[Cell], name: str) -> None:
        super().__init__()
        self.theme, self.cells = theme, cells
        self.lines: list[tuple[QWidget, list[QLineEdit | QComboBox]]] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(4))
        self.setAccessibleName(name)
        self._add()
        self.setFocusProxy(self.lines[0][1][0])

    @property
    def value(self) -> list[list[str]]:
        rows = [[_read(w) for w in widgets] for _line, widgets in self.lines]
        return [row for row in rows if row[0].strip()]

    def put(self, rows: Sequence[Sequence[object]]) -> None:
        """Show these rows and an empty one."""
        for line, _widgets in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = []
        for row in rows:
            self._add([str(one) for one in row])
        self._add()
        self.setFocusProxy(self.lines[0][1][0])

    def _add(self, row: Sequence[str] = ()) -> None:
        line, widgets = QWidget(), list[QLineEdit | QComboBox]()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(self.theme.px(4))
        for number, cell in enumerate(self.cells):
            widget = self._cell(cell, row[number] if number < len(row) else "")
            across.addWidget(widget, cell.stretch)
            widgets.append(widget)
        away = QPushButton("×")
        away.setAccessibleName(t("Take this line out"))
        away.setFixedWidth(self.theme.px(34))
        away.clicked.connect(lambda: self._remove(line))
        across.addWidget(away)
        self.column.addWidget(line)
        self.lines.append((line, widgets))

    def _cell(self, cell: Cell, text: str) -> QLineEdit | QComboBox:
        if cell.choices:
            box = QComboBox()
            for choice in cell.choices:
                box.addItem(choice.words, choice.value)
            box.setCurrentIndex(max(0, box.findData(text)))
            box.activated.connect(self._on_edited)
            box.setAccessibleName(cell.title)
            return box
        edit = SuggestEdit(cell.words) if cell.words else QLineEdit()
        edit.setText(text)
        edit.setCursorPosition(0)  # what is longer than its cell is read from its beginning
        edit.setPlaceholderText(cell.title)
        edit.setAccessibleName(cell.title)
        edit.textChanged.connect(self._on_edited)
        return edit

    def _on_edited(self) -> None:
        if _read(self.lines[-1][1][0]).strip() and not self.cells[0].choices:
            self._add()
        self.edited.emit()

    def _remove(self, line: QWidget) -> None:
        rows = [[_read(w) for w in widgets] for one, widgets in self.lines if one is not line]
        self.put([row for row in rows if row[0].strip()])
        self.lines[-1][1][0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()


def _read(widget: QLineEdit | QComboBox) -> str:
    return str(widget.currentData()) if isinstance(widget, QComboBox) else widget.text()
