"""The line over a cell of the posts 填名: a name is typed, those who hold the post are offered."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from db.words import t
from ui.theme import Theme


class NameLine(QLineEdit):
    """`named` carries what was typed with Enter; Esc or leaving it gives up."""

    named = Signal(str)

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self.theme, self.over = theme, over
        self.setAccessibleName(t("Who"))
        self.hide()

    def begin(self, cell: QRect, names: Iterable[str], typed: str) -> None:
        """Open over a cell with the first letter typed."""
        completer = QCompleter(list(names), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.setAccessibleName(t("Who"))
        self.setPlaceholderText(t("Name or initials"))
        width = self.theme.px(140)
        left = min(cell.left(), self.over.width() - width)
        top = min(cell.top(), max(0, self.over.height() - self.theme.px(32)))
        self.setGeometry(left, top, width, self.theme.px(32))
        self.setText(typed)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._end()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            typed = self.text()
            self._end()
            if typed.strip():
                self.named.emit(typed)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.hide()

    def _end(self) -> None:
        self.hide()
        self.over.setFocus(Qt.FocusReason.OtherFocusReason)
