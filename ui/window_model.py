"""A table model over ids: records are read in small windows as they are painted."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject

from ui.rows_model import ROOT, Column, ColumnsModel, Index

WINDOW, KEPT = 64, 2048
"""Records read at once, and how many are kept in memory."""

Read = Callable[[Collection[int]], Mapping[int, Any]]


class WindowModel(ColumnsModel[Any]):
    """`ids` says which records there are and in what order; `read` gives some of them.

    Order is the store's: whoever holds it answers a click on a head with new ids. `fetched`
    counts the records read so far.
    """

    def __init__(self, columns: Sequence[Column[Any]], read: Read,
                 spoken: Callable[[Any], str] | None = None,
                 parent: QObject | None = None) -> None:
        super().__init__(columns, spoken, parent)
        self.ids: Sequence[int] = array("q")
        self.fetched = 0
        self._read = read
        self._kept: OrderedDict[int, Any] = OrderedDict()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def row_or_none(self, number: int) -> Any:
        """The record of a row; None when it left the store meanwhile."""
        if not 0 <= number < len(self.ids):
            return None
        wanted = self.ids[number]
        if wanted not in self._kept:
            first = number // WINDOW * WINDOW
            self._fetch(self.ids[first:first + WINDOW])
        self._kept.move_to_end(wanted)
        return self._kept[wanted]

    def _fetch(self, ids: Collection[int]) -> None:
        missing = [one for one in ids if one not in self._kept]
        found = self._read(missing)
        self.fetched += len(found)
        self._kept |= {one: found.get(one) for one in missing}
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    @property
    def held(self) -> tuple[int, ...]:
        """The ids of the records in memory."""
        return tuple(self._kept)

    def find(self, identity: Hashable) -> int:
        try:
            return self.ids.index(identity)
        except (ValueError, TypeError):
            return -1

    def show(self, ids: Sequence[int], changed: Collection[int] | None = None) -> bool:
        """Hold `ids` from now on; the `changed` records are read anew (None: all of them).

        False when the same ids stayed in the same order, so that nothing was reset.
        """
        if changed is None:
            self._kept.clear()
        else:
            for one in changed:
                self._kept.pop(one, None)
        if ids == self.ids:
            self.tell_changed()
            return False
        self.beginResetModel()
        self.ids = ids
        self.endResetModel()
        return True
