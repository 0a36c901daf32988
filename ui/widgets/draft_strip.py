"""The strip of half-typed calls 未完接报: every one of them, reached by Alt and its number."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from db.words import t
from ui.theme import Theme

MOST = 9


class DraftStrip(QWidget):
    """A button for each call; the one in this form is marked. `chosen` carries a key."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        self.buttons = []
        self.lead.setText(t("Half-typed calls ({n}):", n=len(rows)))
        for number, (key, words) in enumerate(rows[-MOST:], 1):
            button = QPushButton(f"{number} {words}")
            button.setEnabled(key != own)
            button.setToolTip(t("Alt+{n} turns to this call", n=number))
            button.clicked.connect(lambda _on=False, k=key: self.chosen.emit(k))
            self._row.insertWidget(self._row.count() - 1, button)
            self.buttons.append(button)
        self.setVisible(len(rows) > 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt and a number inside a field of the form: other forms have the same keys."""
        if isinstance(event, QKeyEvent) and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            number = event.key() - Qt.Key.Key_1
            if 0 <= number < len(self.buttons):
                if event.type() == QEvent.Type.KeyPress:
                    self.buttons[number].click()
                event.accept()
                return True
        return super().eventFilter(watched, event)
