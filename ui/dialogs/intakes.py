"""Open intakes 接报草稿: several calls may be half-typed at once, and all survive a crash."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.dialogs.draft import drafts_of
from ui.dialogs.intake import IntakeSheet
from ui.theme import Theme

PREFIX = "intake:"
STEP = 24


class Intakes(QObject):
    """Owned by the window `host`. `opened` tells the event that an intake became."""

    opened = Signal(object)

    def __init__(self, theme: Theme, desk: Desk, host: QWidget) -> None:
        super().__init__(host)
        self.theme, self.desk, self.host = theme, desk, host
        self.sheets: list[IntakeSheet] = []

    def ask(self) -> IntakeSheet:
        """F2: what was put away comes back; otherwise an empty form."""
        shown = {sheet.key for sheet in self.sheets}
        waiting = [key for key in self._kept() if key not in shown]
        return self.show_one(waiting[-1] if waiting else self._new_key())

    def restore(self) -> list[IntakeSheet]:
        """After a start: every intake that was half-typed, side by side."""
        shown = {sheet.key for sheet in self.sheets}
        return [self.show_one(key) for key in self._kept() if key not in shown]

    def show_one(self, key: str) -> IntakeSheet:
        sheet = IntakeSheet(self.theme, self.desk, self.host, key)
        sheet.shift = STEP * len(self.sheets)
        sheet.closed.connect(lambda: self._forget(sheet))
        sheet.done.connect(self.opened)
        self.sheets.append(sheet)
        sheet.present("title")
        return sheet

    def _forget(self, sheet: IntakeSheet) -> None:
        if sheet in self.sheets:
            self.sheets.remove(sheet)
        if self.sheets:
            self.sheets[-1].raise_()
            self.sheets[-1].form.field("title").setFocus()

    def _kept(self) -> list[str]:
        """Keys of the drafts, oldest first: they begin with a time-ordered number."""
        return sorted(k for k in drafts_of(self.desk).all() if k.startswith(PREFIX))

    def _new_key(self) -> str:
        return f"{PREFIX}{self.desk.store.new_id():020d}"
