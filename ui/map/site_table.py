"""The sites in columns 点位表: a hundred thousand of them without as many objects to be swept."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

import numpy as np

from db.change import RowId
from resources.sites import Site, SiteKind
from ui.map.clusters import Clusters
from ui.map.symbols import DRAWN


class SiteTable(Sequence[Site]):
    """Reads like a list of sites; each is made when it is asked for."""

    def __init__(self, rows: Iterable[tuple[SiteKind, Any]]) -> None:
        self.ids, self.people = array("q"), array("q")
        lons, lats, kinds = array("d"), array("d"), array("b")
        self.names: list[str] = []
        self.sorts: list[str] = []
        known: dict[str, str] = {}
        order = {kind: n for n, kind in enumerate(DRAWN)}
        for kind, row in rows:
            self.ids.append(row[0])
            self.names.append(row[1])
            lons.append(row[2])
            lats.append(row[3])
            sort = str(row[4] or "")
            self.sorts.append(known.setdefault(sort, sort))
            self.people.append(row[5] or 0)
            kinds.append(order[kind])
        self.lons, self.lats = np.array(lons), np.array(lats)
        self.kinds = np.array(kinds)

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, number: int) -> Site: ...

    @overload
    def __getitem__(self, number: slice) -> list[Site]: ...

    def __getitem__(self, number: int | slice) -> Site | list[Site]:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self)))]
        return Site(DRAWN[int(self.kinds[number])], RowId(self.ids[number]), self.names[number],
                    float(self.lons[number]), float(self.lats[number]), self.sorts[number],
                    self.people[number])

    def __iter__(self) -> Iterator[Site]:
        return (self[n] for n in range(len(self)))

    def count(self, kind: object) -> int:
        """How many of a kind."""
        return int((self.kinds == DRAWN.index(kind)).sum()) if kind in DRAWN else 0

    def kinds_there(self) -> set[SiteKind]:
        """The kinds that there is at least one of."""
        return {DRAWN[int(n)] for n in np.unique(self.kinds)}

    def clusters(self) -> Clusters:
        """All of them, ready to be drawn."""
        return Clusters(self.lons, self.lats, self.kinds, len(DRAWN))
