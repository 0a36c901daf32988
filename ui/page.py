"""What every page of the window is: a title, an icon, its keys, and when it refreshes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Theme


class Page(QWidget):
    """A page of the window. Subclasses fill in `load` and, where wanted, `actions_shown`.

    While it is hidden a change only makes it stale; it loads when it is shown again.
    `go(key, what)` asks the window for another page; `actions_changed` has the F-bar read anew.
    """

    go = Signal(str, object)
    actions_changed = Signal()
    key = ""
    rail_key = ""
    """The rail's entry that stays marked while this page is in view, if not its own."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.stale = True
        theme.changed.connect(self.restyle)

    def load(self, change: object | None) -> None:
        """Read anew what is shown; `change` is what was committed, None for everything."""
        raise NotImplementedError

    def actions_shown(self) -> Sequence[QAction]:
        """The keys of this page for the F-bar, in their order."""
        return ()

    def open(self, what: object) -> None:
        """Show `what` (an event's id, ...) when the page was asked for with it."""

    def tick(self, now: datetime) -> None:
        """One second went by; called only while the page is in view."""

    def refresh(self, change: object | None = None) -> None:
        """Take in a change now if in view, otherwise when shown."""
        if self.isVisible():
            self.stale = False
            self.load(change)
        else:
            self.stale = True

    def restyle(self) -> None:
        """Colours, sizes or language changed."""
        self.refresh(None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.stale:
            self.stale = False
            self.load(None)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)


def make_action(owner: QObject, words: str, key: str, act: object) -> QAction:
    """An action with its key; `act` is called without arguments when it is triggered."""
    if not callable(act):
        raise TypeError(act)
    action = QAction(words, owner)
    if key:
        action.setShortcut(key)
    action.triggered.connect(lambda _on=False: act())
    return action
