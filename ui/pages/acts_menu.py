"""The acts menu 办理菜单: one button that lists what else can be done, each with its letter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from db.words import t

KEY = "J"


class ActsMenu(QPushButton):
    """Lists the actions that are enabled; the letters themselves hold on the page."""

    def __init__(self, parent: QWidget, actions: Sequence[QAction]) -> None:
        super().__init__(parent)
        self.acts = tuple(actions)
        self.clicked.connect(self.pop_up)

    def reword(self) -> None:
        """Words in the language in use."""
        self.setText(f"{t('More acts')}  {KEY}")

    def pop_up(self) -> None:
        """The acts that fit what is in view, under the button."""
        menu = QMenu(self)
        for action in self.acts:
            if action.isEnabled():
                menu.addAction(action)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
