"""The lock 锁定: at once or when nobody touched the desk; all stays in view, nothing is entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from dispatch.duty.at_desk import lock_desk
from dispatch.watching import idle_minutes
from resources.people import Officer
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.main_window import MainWindow
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.dialogs.sign_on import LockBox

TOUCHES = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin})
LEFT, BOTTOM = 88, 56


class Lock(QObject):
    """Owned by the room. Forms over the page give way to what is due, and come back as they were.

    What counts as a touch is seen at the windows of the system, not at each widget, so that
    painting costs nothing; an input method that swallows the keys still moves the cursor.
    """

    def __init__(self, theme: Theme, desk: Desk, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self.theme, self.desk, self.window = theme, desk, window
        self.box: LockBox | None = None
        self._sheets: list[Sheet] = []
        self._page = ""
        self._focus: QWidget | None = None
        self.touch()
        desk.lock_asked.connect(self.lock)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self.touch)
        self._app = QApplication.instance()
        if isinstance(self._app, QGuiApplication):
            self._app.focusWindowChanged.connect(self.watch)

    @property
    def locked(self) -> bool:
        return self.box is not None

    # when

    def watch(self, window: QWindow | None) -> None:
        """Take touches of a window that came to the front as signs of life."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self.touch()
        return super().eventFilter(watched, event)

    def touch(self) -> None:
        """Somebody is there."""
        clock = self.desk.store.clock
        self._touched = clock.now(), clock.monotonic()

    def look(self) -> None:
        """Lock when nobody touched anything for the minutes of the rule.

        The wall clock counts too, because a machine that slept has a monotonic clock that did.
        """
        clock, (at, count) = self.desk.store.clock, self._touched
        minutes = idle_minutes(self.desk.store, clock.now())
        idle = max(clock.monotonic() - count, (clock.now() - at).total_seconds())
        if minutes and idle >= 60 * minutes and self.desk.has_officer:
            self.lock(idle=True)

    # what

    def lock(self, *, idle: bool = False) -> None:
        """Nobody sits at the desk from now on; the desk page with what is due comes in view."""
        if self.box is not None:
            return
        from ui.dialogs.sign_on import LockBox

        last: Officer | None = self.desk.officer if self.desk.has_officer else None
        while (menu := QApplication.activePopupWidget()) is not None:
            menu.close()
        self._focus = self.window.focusWidget()
        self._page = self.window.page.key
        self._sheets = [s for s in self.window.findChildren(Sheet) if s.isVisible()]
        for sheet in self._sheets:
            if sheet.keeper:
                sheet.keeper.flush()
            sheet.hide()
        if last is not None:
            self.desk.act(lambda: lock_desk(self.desk.store, idle=idle, by=last))
        self.desk.sign_on(None)
        self.window.show_page("desk")
        self.box = LockBox(self.theme, self.desk, self.window, last)
        self.box.accepted.connect(self._unlocked)
        self.box.open()
        self._place()
        QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        if self.box is not None:
            px, room = self.theme.px, self.window.rect()
            corner = QPoint(px(LEFT), room.height() - self.box.height() - px(BOTTOM))
            self.box.move(self.window.mapToGlobal(corner))

    def _unlocked(self) -> None:
        """All as it was: the page, the forms, the cursor."""
        self.box = None
        self.touch()
        self.window.show_page(self._page)
        for sheet in self._sheets:
            sheet.show()
            sheet.raise_()
        self._sheets = []
        if self._focus is not None and shiboken6.isValid(self._focus) and self._focus.isVisible():
            self._focus.setFocus()
        self._focus = None

    def close(self) -> None:
        """Let go of the application."""
        QGuiApplication.inputMethod().cursorRectangleChanged.disconnect(self.touch)
        if isinstance(self._app, QGuiApplication):
            self._app.focusWindowChanged.disconnect(self.watch)
        if self.box is not None:
            self.box.accepted.disconnect(self._unlocked)
            self.box.close()
            self.box.accept()
            self.box = None
