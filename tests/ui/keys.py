"""Typing into real widgets, Chinese included: key events that carry their text."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


def type_in(widget: QWidget, words: str) -> None:
    """Send one key press and release for each character."""
    for sign in words:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
            QCoreApplication.sendEvent(widget, event)
