"""The bus 通知: carries each commit of the store to the widgets, on the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from db.change import Change
from db.store import Store


class StoreBus(QObject):
    """Owned by the window it serves; lets go of the store when it is destroyed."""

    changed = Signal(object)

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._stop = store.subscribe(self._tell)
        self.destroyed.connect(self._stop)

    def _tell(self, change: Change) -> None:
        self.changed.emit(change)

    def close(self) -> None:
        self._stop()
