"""Quick texts 常用语 in a field: Ctrl and a number writes one, Ctrl+0 shows them all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QWidget

from db.words import t

FIRST, LAST = Qt.Key.Key_1, Qt.Key.Key_9


class Phrases(QObject):
    """Watches fields of text; `read` gives the texts in the order of their numbers."""

    def __init__(self, read: Callable[[], list[str]], parent: QObject) -> None:
        super().__init__(parent)
        self.read = read

    def serve(self, field: QWidget) -> None:
        """Let this field take quick texts, and say so in its tool tip."""
        field.installEventFilter(self)
        field.setToolTip(t("Ctrl+1 to Ctrl+9 write a quick text, Ctrl+0 lists them"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit | QPlainTextEdit):
            only = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            ours = (only == Qt.KeyboardModifier.ControlModifier
                    and Qt.Key.Key_0 <= event.key() <= LAST)
            if ours and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if ours and event.type() == QEvent.Type.KeyPress:
                self._take(watched, event.key() - FIRST)
                return True
        return super().eventFilter(watched, event)

    def _take(self, field: QLineEdit | QPlainTextEdit, number: int) -> None:
        texts = self.read()
        if number < 0:
            menu = self.menu(field)
            menu.popup(field.mapToGlobal(field.rect().bottomLeft()))
        elif number < len(texts):
            _write(field, texts[number])

    def menu(self, field: QLineEdit | QPlainTextEdit) -> QMenu:
        """The texts with their numbers as keys; it deletes itself when closed."""
        menu = QMenu(field)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, text in enumerate(self.read(), 1):
            action = menu.addAction(f"&{number}  {text}")
            action.triggered.connect(lambda _on=False, words=text: _write(field, words))
        if menu.isEmpty():
            menu.addAction(t("No quick text yet: write them on the settings page."))
        return menu


def _write(field: QLineEdit | QPlainTextEdit, words: str) -> None:
    if isinstance(field, QLineEdit):
        field.insert(words)
        field.textEdited.emit(field.text())
    else:
        field.insertPlainText(words)
