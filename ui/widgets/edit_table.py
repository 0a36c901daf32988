"""Editable tables 可填表格: cells that are typed down by keyboard, each told to who keeps them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from ui.rows_model import ROW_ROLE, Column, Index, Row, RowsModel
from ui.theme import Theme
from ui.widgets.paint import Canvas
from ui.widgets.table import TableDelegate, TableView

ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
EDIT = Qt.ItemDataRole.EditRole
TYPED = QAbstractItemView.EditTrigger


@dataclass(frozen=True)
class EditColumn(Column[Row]):
    """A column whose cells take text: `name` says which field, `typed` what stands in the editor,
    `choices` are (value, words) to choose from instead of typing."""

    name: str = ""
    typed: Callable[[Row], str] | None = None
    choices: Callable[[], Sequence[tuple[str, str]]] | None = None


class EditModel(RowsModel[Row]):
    """`written` tells row, field and text of a cell that was typed; the row itself stays until
    whoever keeps it puts another in its place. While `locked`, nothing can be typed."""

    written = Signal(object, str, str)

    def __init__(self, columns: Sequence[Column[Row]], identity: Callable[[Row], Hashable],
                 spoken: Callable[[Row], str] | None = None,
                 parent: QObject | None = None) -> None:
        super().__init__(columns, identity, spoken, parent)
        self.locked: Callable[[Row, str], bool] = lambda _row, _name: False

    def editable(self, index: Index) -> bool:
        column = self.columns[index.column()]
        return isinstance(column, EditColumn) and not self.locked(
            self.row(index.row()), column.name)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.editable(index):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == EDIT and index.isValid():
            column = self.columns[index.column()]
            if isinstance(column, EditColumn) and column.typed is not None:
                return column.typed(self.row(index.row()))
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = EDIT) -> bool:
        column = self.columns[index.column()]
        if role != EDIT or not isinstance(column, EditColumn) or not self.editable(index):
            return False
        if str(value) != str(self.data(index, EDIT)):
            self.written.emit(self.row(index.row()), column.name, str(value))
        return True


class EditDelegate(TableDelegate):
    """A line or a combo box over the cell; the cell at hand has the accent border."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        model: Any = index.model()
        if not isinstance(model.columns[index.column()], EditColumn):
            return
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        box = QRect(option.rect).adjusted(px(2), px(4), -px(2), -px(4))
        at_hand = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if at_hand or model.editable(index):
            canvas.box(box, None, p.accent.fill if at_hand else p.line, stroke=2 if at_hand else 1)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem,
                     index: Index) -> QWidget:
        model: Any = index.model()
        column = model.columns[index.column()]
        if isinstance(column, EditColumn) and column.choices is not None:
            box = QComboBox(parent)
            for value, words in column.choices():
                box.addItem(words, value)
            box.setAccessibleName(str(model.headerData(index.column(), Qt.Orientation.Horizontal)))
            return box
        line = QLineEdit(parent)
        line.setProperty("cell", True)
        line.setAccessibleName(str(model.headerData(index.column(), Qt.Orientation.Horizontal)))
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = str(index.data(EDIT) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(text)))
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())


class EditTable(TableView):
    """Typing begins a cell; Enter writes it and goes down, Tab to the next cell that takes text.

    `left` when Enter was pressed on the last row or on a cell that takes none.
    """

    left = Signal()

    def __init__(self, theme: Theme, model: EditModel[Any], name: str,
                 parent: QWidget | None = None) -> None:
        super().__init__(theme, model, name, parent, EditDelegate(theme))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(TYPED.AnyKeyPressed | TYPED.EditKeyPressed | TYPED.DoubleClicked)
        self.setTabKeyNavigation(True)
        self.cells.closeEditor.connect(self._after)

    def event(self, event: QEvent) -> bool:
        """What begins a cell is not taken for a key of the page."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & (
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            digit = event.text()[:1] in set("0123456789.+-")
            if plain and digit and event.text() and self._can_type():
                event.accept()
                return True
        return super().event(event)

    def _can_type(self) -> bool:
        index = self.currentIndex()
        model = self.rows_model
        return index.isValid() and isinstance(model, EditModel) and model.editable(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTERS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # whoever holds the table commits
            return
        if event.key() in ENTERS and self.state() == QAbstractItemView.State.EditingState:
            return  # the cell's own Enter, which its editor passes on
        if event.key() in ENTERS:
            if self._can_type():
                self.edit(self.currentIndex())
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)

    def _after(self, _editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After Enter the next row's cell is at hand."""
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self.go_down()

    def go_down(self) -> None:
        index = self.currentIndex()
        below = index.sibling(index.row() + 1, index.column())
        if below.isValid():
            self.setCurrentIndex(below)
        else:
            self.left.emit()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_cell(self, row: int, name: str) -> QModelIndex:
        """The cell of a row in the column of that field."""
        for number, column in enumerate(self.rows_model.columns):
            if isinstance(column, EditColumn) and column.name == name:
                return self.rows_model.index(row, number)
        return QModelIndex()

    @property
    def current_row(self) -> Any:
        return self.currentIndex().data(ROW_ROLE)
