"""Hands 操作: what a person does at the desk — press, type, wait, look — on the real window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThreadPool
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from db.clock import StillClock
from ui.desk import Tone
from ui.dialogs.sheet import Sheet
from ui.room import DutyRoom

NO_KEY = Qt.KeyboardModifier.NoModifier


class Astray(Exception):
    """The window did not do what the tour expected; says at which picture and what was told."""


class Hands:
    """Works one room. Time stands still between steps and is moved by `wait`."""

    def __init__(self, room: DutyRoom, clock: StillClock, folder: Path) -> None:
        self.room, self.clock, self.folder = room, clock, folder
        self.pictures: list[tuple[str, str]] = []
        self.refusals: list[str] = []
        room.desk.told.connect(self._on_told)

    def _on_told(self, tone: str, words: str) -> None:
        if tone == Tone.REFUSED:
            self.refusals.append(words)

    # time

    def settle(self) -> None:
        """Let everything that is under way come to its end."""
        for _ in range(4):
            QThreadPool.globalInstance().waitForDone()
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.room.tick()
        QCoreApplication.processEvents()

    def wait(self, minutes: float) -> None:
        """Let so many minutes pass; the bell rings at the end of them."""
        self.clock.move(timedelta(minutes=minutes))
        self.room.messages.read()
        self.room.ring()
        self.settle()

    # hands

    @property
    def front(self) -> QWidget:
        """Where a key goes: the dialog in front, else the window."""
        return QApplication.activeModalWidget() or self.room.window

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
        self.front.activateWindow()
        QCoreApplication.processEvents()
        target = self.front.focusWidget() or self.front
        QTest.keyClick(target, key, modifier)
        self.settle()

    def type(self, words: str) -> None:
        """Type as an input method does: the words arrive whole."""
        target = self.front.focusWidget()
        if target is None:
            raise Astray("nothing has the focus")
        event = QInputMethodEvent()
        event.setCommitString(words)
        QCoreApplication.sendEvent(target, event)
        QCoreApplication.processEvents()

    def line(self, words: str) -> None:
        """One line into the log of the page in view."""
        self.press(Qt.Key.Key_F3)
        self.type(words)
        self.press(Qt.Key.Key_Return)

    def sheet(self) -> Sheet:
        """The form that lies over the page."""
        sheets = [s for s in self.room.window.findChildren(Sheet) if s.isVisible()]
        if not sheets:
            raise Astray("; ".join(["no form is open", *self.refusals[-2:]]))
        return sheets[-1]

    def fill(self, **values: object) -> None:
        """Write into the open form: words by typing, choices and numbers by setting them."""
        form = self.sheet().form
        for name, value in values.items():
            field = form.field(name)
            field.setFocus()
            if isinstance(value, str) and field.inherits("QLineEdit"):
                form.fill({name: ""})
                self.type(value)
            else:
                form.fill({name: value})
        form.edited.emit()
        self.settle()

    def commit(self) -> None:
        """Ctrl+Enter; the form must go away."""
        sheet = self.sheet()
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        if any(s is sheet and s.isVisible() for s in self.room.window.findChildren(Sheet)):
            raise Astray(f"not taken: {sheet.message.text()} {self.refusals[-1:]}")

    def no_refusals(self, where: str) -> None:
        if self.refusals:
            raise Astray(f"{where}: {'; '.join(self.refusals)}")

    # eyes

    def shoot(self, name: str, words: str, of: QWidget | None = None) -> None:
        """Keep a picture of the window with whatever lies over it."""
        self.settle()
        number = len(self.pictures) + 1
        window = self.room.window
        picture = (of or window).grab()
        dialog = QApplication.activeModalWidget()
        if of is None and dialog is not None:
            self._lay(picture, dialog, window)
        file = f"{number:02}-{name}.png"
        if not picture.save(str(self.folder / file)):
            raise Astray(f"the picture {file} could not be written")
        self.pictures.append((file, words))

    def _lay(self, picture: object, dialog: QWidget, window: QWidget) -> None:
        from PySide6.QtGui import QPainter, QPixmap

        if not isinstance(picture, QPixmap):
            raise TypeError(picture)
        painter = QPainter(picture)
        place = window.rect().center() - dialog.rect().center()
        painter.drawPixmap(place, dialog.grab())
        painter.end()

    def look_until(self, there: Callable[[], bool], what: str) -> None:
        self.settle()
        if not there():
            raise Astray("; ".join([what, *self.refusals[-2:]]))
