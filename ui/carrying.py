"""Carrying 发送: pumps the courier on the window's thread while anything is to be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from db.change import Change
from db.words import t
from ui.desk import Desk, Tone

if TYPE_CHECKING:
    from dispatch.net.courier import Courier

PUMP_MS, LOOK_MS = 40, 5_000
TABLES = {"callout", "outbox", "callout_to"}


class Carrying(QObject):
    """Wakes at a new call-out and every five seconds for what waits; idle it costs nothing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self.courier: Courier | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(PUMP_MS)
        self.timer.timeout.connect(self.pump)
        desk.changed.connect(self._on_change)

    def start(self) -> None:
        """Say what a program that ended before left in doubt, and carry on with the rest."""
        from dispatch.net.courier import Courier

        self.courier = Courier(self.desk.store)
        if self.courier.unknown:
            self.desk.told.emit(Tone.REFUSED, t(
                "{n} messages of a call-out may or may not have been sent when the program ended."
                " The board asks about each of them.", n=self.courier.unknown))
        self.timer.start()

    def _on_change(self, change: object) -> None:
        if isinstance(change, Change) and change.tables() & TABLES and self.timer.isActive():
            self.timer.setInterval(PUMP_MS)

    def pump(self) -> None:
        """One round; with nothing on its way it looks again only now and then."""
        busy = self.courier is not None and self.desk.act(self.courier.pump)
        self.timer.setInterval(PUMP_MS if busy else LOOK_MS)

    def close(self) -> None:
        """Wait for what is on its way and write it down."""
        self.timer.stop()
        if self.courier is not None:
            self.courier.close()
