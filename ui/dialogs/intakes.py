"""Open intakes 接报草稿: several calls may be half-typed at once, and all survive a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db.words import t
from ui.desk import Desk
from ui.dialogs.draft import drafts_of
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.dialogs.intake import IntakeSheet

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
        """F2: beside a form that is half typed always a new one; else what was put away last
        comes back; a form in view that is still empty is used."""
        blank = next((sheet for sheet in self.sheets if sheet.empty), None)
        if blank is not None:
            self.bring(blank)
            return blank
        waiting = [] if self.sheets else self._kept()
        return self.show_one(waiting[-1] if waiting else self._new_key())

    def restore(self) -> list[IntakeSheet]:
        """After a start: every intake that was half-typed, side by side."""
        shown = {sheet.key for sheet in self.sheets}
        return [self.show_one(key) for key in self._kept() if key not in shown]

    def show_one(self, key: str) -> IntakeSheet:
        from ui.dialogs.intake import IntakeSheet

        sheet = IntakeSheet(self.theme, self.desk, self.host, key)
        sheet.shift = STEP * len(self.sheets)
        sheet.again = lambda: self.show_one(key)
        sheet.closed.connect(lambda: self._forget(sheet))
        sheet.done.connect(self.opened)
        sheet.asked.connect(self.turn_to)
        sheet.form.edited.connect(self.tell)
        self.sheets.append(sheet)
        sheet.present("title")
        self.tell()
        return sheet

    def turn_to(self, key: str) -> None:
        """Bring one of the listed calls to the front, opening it if it was put away."""
        found = next((sheet for sheet in self.sheets if sheet.key == key), None)
        if found is None:
            self.show_one(key)
        else:
            self.bring(found)

    def bring(self, sheet: IntakeSheet) -> None:
        sheet.raise_()
        sheet.form.field("title").setFocus()

    def listed(self) -> list[tuple[str, str]]:
        """Every half-typed call, in view or put away: its key and its first words."""
        found = {k: first_words(v) for k, v in drafts_of(self.desk).all().items()
                 if k.startswith(PREFIX)}
        found |= {s.key: first_words(s.form.values) for s in self.sheets}
        return sorted(found.items())

    def tell(self) -> None:
        """Each form in view lists them all."""
        rows = self.listed()
        for sheet in self.sheets:
            sheet.show_drafts(rows)

    def _forget(self, sheet: IntakeSheet) -> None:
        if sheet in self.sheets:
            self.sheets.remove(sheet)
            self.tell()
        if self.sheets:
            self.sheets[-1].raise_()
            self.sheets[-1].form.field("title").setFocus()

    def _kept(self) -> list[str]:
        """Keys of the drafts, oldest first: they begin with a time-ordered number."""
        return sorted(k for k in drafts_of(self.desk).all() if k.startswith(PREFIX))

    def _new_key(self) -> str:
        return f"{PREFIX}{self.desk.store.new_id():020d}"


def first_words(values: dict[str, object]) -> str:
    """What a half-typed call is known by in the list."""
    for name in ("title", "address", "summary", "reporter", "reporter_phone"):
        if words := str(values.get(name) or "").strip():
            return words[:16]
    return t("empty")
