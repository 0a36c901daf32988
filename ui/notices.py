"""Notices 到时提醒: sound, tray and message line before a deadline runs out, once for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from db.words import t
from dispatch.deadlines import Due, soon_over
from resources.localtime import clock_text
from ui import sound
from ui.desk import Desk, Tone
from ui.look import read_look
from ui.theme import Theme

SHOWN_MS = 10_000


class Notices(QObject):
    """Reads what runs out at each ring of the bell. Without a tray only that part is left out;
    `play` and `show` are how it reaches the person."""

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__(desk)
        self.theme, self.desk = theme, desk
        self.told: set[tuple[str, str]] = set()
        self.tray: QSystemTrayIcon | None = None
        self.play: Callable[[], object] = sound.play
        self.show: Callable[[str, str], None] = self._show_in_tray

    def look(self) -> list[Due]:
        """Tell what was not told yet; a deadline that moved is told again."""
        rows = self.desk.act(lambda: soon_over(self.desk.store, self.desk.now())) or []
        new = [d for d in rows if (d.key, d.at.isoformat()) not in self.told]
        self.told |= {(d.key, d.at.isoformat()) for d in new}
        if new:
            self._tell(new)
        return new

    def _tell(self, rows: Sequence[Due]) -> None:
        words = [t("{title}: due {time}", title=d.title, time=clock_text(d.at)) for d in rows]
        look = read_look(self.desk.store.path.parent)
        if look.sound:
            self.play()
        if look.tray:
            self.show(t("Runs out soon"), "\n".join(words))
        self.desk.told.emit(Tone.DONE, t("Runs out soon: {what}", what=t("; ").join(words)))

    def _show_in_tray(self, title: str, words: str) -> None:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self.tray is None:
            self.tray = QSystemTrayIcon(self.theme.icon("bell-ringing"), self)
            self.tray.setToolTip(t("Watchdesk"))
        self.tray.show()
        self.tray.showMessage(title, words, QSystemTrayIcon.MessageIcon.Warning, SHOWN_MS)
        for window in QApplication.topLevelWidgets():
            QApplication.alert(window, 0)
