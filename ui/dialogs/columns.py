"""The columns of a list 选列: which, in what order, sorted by what; all by keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from db.words import t
from ui.dialogs.box import Box, label
from ui.rows_model import Column
from ui.theme import Theme

NAME = Qt.ItemDataRole.UserRole


class ColumnsDialog(Box):
    """Space shows or hides, Alt with the arrows moves; `columns`, `sort`, `down` are the answer."""

    def __init__(self, theme: Theme, every: Mapping[str, Column[Any]], shown: Sequence[str],
                 sort: str, *, down: bool, parent: QWidget | None = None) -> None:
        super().__init__(theme, t("Columns"), t("Space shows or hides a column, Alt with ↑ and ↓"
                                                " moves it."), parent)
        self.every, self.list = every, QListWidget()
        self.list.setAccessibleName(t("Columns"))
        self.list.setMinimumHeight(theme.px(320))
        for name in (*shown, *(one for one in every if one not in shown)):
            item = QListWidgetItem(t(every[name].title), self.list)
            item.setData(NAME, name)
            item.setCheckState(Qt.CheckState.Checked if name in shown
                               else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        self.sort_box, self.down_box = QComboBox(), QCheckBox(t("Descending"))
        self.sort_box.setAccessibleName(t("Sort by"))
        self.sort_box.addItem(t("Usual order"), "")
        for name, column in every.items():
            self.sort_box.addItem(t(column.title), name)
        self.sort_box.setCurrentIndex(max(0, self.sort_box.findData(sort)))
        self.down_box.setChecked(down)
        self._build()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.up_button, self.low_button = QPushButton(t("Move up")), QPushButton(t("Move down"))
        movers = QHBoxLayout()
        for button, step, key in ((self.up_button, -1, "Alt+Up"), (self.low_button, 1, "Alt+Down")):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, s=step: self.move_item(s))
            QShortcut(QKeySequence(key), self, button.click)
            movers.addWidget(button)
        movers.addStretch(1)
        order = QHBoxLayout()
        order.addWidget(label(t("Sort by")))
        order.addWidget(self.sort_box, 1)
        order.addWidget(self.down_box)
        self.body.addWidget(self.list, 1)
        self.body.addLayout(movers)
        self.body.addLayout(order)
        self.answer(t("Cancel"), self.reject)
        self.ok = self.answer(t("Show these columns"), self.commit, primary=True)

    def move_item(self, step: int) -> None:
        """Move the current column up (-1) or down (1)."""
        at = self.list.currentRow()
        if 0 <= at + step < self.list.count():
            item = self.list.takeItem(at)
            self.list.insertItem(at + step, item)
            self.list.setCurrentRow(at + step)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns that are ticked, in their order."""
        items = [self.list.item(n) for n in range(self.list.count())]
        return tuple(str(one.data(NAME)) for one in items
                     if one.checkState() is Qt.CheckState.Checked)

    @property
    def sort(self) -> str:
        return str(self.sort_box.currentData())

    @property
    def down(self) -> bool:
        return self.down_box.isChecked()

    def commit(self) -> None:
        if not self.columns:
            self.refuse(t("Tick at least one column."))
            return
        self.accept()
