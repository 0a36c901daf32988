"""The strip of half-typed calls 未完接报: every one of them, reached by Alt and its number."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from db.words import t
from ui.theme import Theme

MOST = 9


class DraftStrip(QWidget):
    """A button for each call; the one in this form is marked. `chosen` carries a key."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, form: QWidget) -> None:
        """`form` is the widget within which the keys hold."""
        super().__init__(form)
        self.window_of_key, self._keys = form, list[QShortcut]()
        self.lead, self.buttons = QLabel(), list[QPushButton]()
        self.lead.setProperty("tone", "muted")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(6))
        self._row.addWidget(self.lead)
        self._row.addStretch(1)
        self.hide()

    def show_drafts(self, rows: list[tuple[str, str]], own: str) -> None:
        """`rows` are key and first words, oldest first; one alone needs no list."""
        for old in self.buttons:
            old.hide()
            old.deleteLater()
        for shortcut in self._keys:
            shortcut.setKey(QKeySequence())
            shortcut.deleteLater()
        self.buttons, self._keys = [], []
        self.lead.setText(t("Half-typed calls ({n}):", n=len(rows)))
        for number, (key, words) in enumerate(rows[-MOST:], 1):
            button = QPushButton(f"{number} {words}")
            if key != own:  # the key holds in this form alone: each open form has such a list
                self._keys.append(QShortcut(
                    QKeySequence(f"Alt+{number}"), self.window_of_key, button.click,
                    context=Qt.ShortcutContext.WidgetWithChildrenShortcut))
            button.setEnabled(key != own)
            button.setToolTip(t("Alt+{n} turns to this call", n=number))
            button.clicked.connect(lambda _on=False, k=key: self.chosen.emit(k))
            self._row.insertWidget(self._row.count() - 1, button)
            self.buttons.append(button)
        self.setVisible(len(rows) > 1)
