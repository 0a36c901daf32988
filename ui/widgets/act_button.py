"""A button of an action 动作按钮: its words and key, and whether it can be done now."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from ui.widgets.fbar import key_words


class ActButton(QPushButton):
    """Follows its action; a click triggers it, as the key does."""

    def __init__(self, action: QAction, *, primary: bool = False) -> None:
        super().__init__()
        self.action = action
        self.setProperty("primary", primary)
        self.clicked.connect(action.trigger)
        action.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Take words, key and state from the action."""
        self.setText(f"{self.action.text()}  {key_words(self.action)}".strip())
        self.setAccessibleName(self.action.text())
        self.setEnabled(self.action.isEnabled())
