"""Drafts of forms 草稿: what is typed is kept aside within a second, and put back later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from db.clock import from_text, to_text
from db.drafts import Drafts
from db.errors import StoreError
from ui.desk import Desk, Tone

PAUSE_MS = 400
_INSTANT = "@"


def drafts_of(desk: Desk) -> Drafts:
    """The drafts beside the desk's store."""
    return Drafts(desk.store.path.parent)


def to_draft(values: dict[str, object]) -> dict[str, object]:
    """Form values as JSON can carry them; instants are marked."""
    return {k: f"{_INSTANT}{to_text(v)}" if isinstance(v, datetime) else v
            for k, v in values.items()}


def from_draft(kept: dict[str, object]) -> dict[str, object]:
    """The way back."""
    return {k: from_text(v[1:]) if isinstance(v, str) and v.startswith(_INSTANT) else v
            for k, v in kept.items()}


class DraftKeeper(QObject):
    """Keeps one form aside a moment after each change; a full disk is told, not thrown."""

    def __init__(self, desk: Desk, key: str, read: Callable[[], dict[str, object]],
                 parent: QObject) -> None:
        super().__init__(parent)
        self.desk, self.key, self.read = desk, key, read
        self.drafts = drafts_of(desk)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(PAUSE_MS)
        self.timer.timeout.connect(self.save)

    def touch(self) -> None:
        """Something was typed; the pause is not begun anew, so steady typing is saved too."""
        if not self.timer.isActive():
            self.timer.start()

    def save(self) -> None:
        self.timer.stop()
        try:
            self.drafts.keep(self.key, to_draft(self.read()))
        except StoreError as error:
            self.desk.told.emit(Tone.REFUSED, str(error))

    def flush(self) -> None:
        """Save what is still waiting."""
        if self.timer.isActive():
            self.save()

    def kept(self) -> dict[str, object] | None:
        """What was left in this form, if anything."""
        found = self.drafts.all().get(self.key)
        return from_draft(found) if found is not None else None

    def forget(self) -> None:
        self.timer.stop()
        self.drafts.forget(self.key)
