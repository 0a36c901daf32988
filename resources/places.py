"""Places 地名: the gazetteer of towns, villages, roads, rivers and landmarks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from db.change import RowId
from db.store import Store
from resources.records import ALL, Filter, count_of, rows_of

PlaceId = NewType("PlaceId", RowId)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One name with its point and what it belongs to."""

    id: PlaceId
    kind: str
    name: str
    lon: float | None
    lat: float | None
    parent: str


def places(store: Store, wanted: Filter = ALL) -> list[Place]:
    """The names that the filter lets through."""
    return rows_of(store, Place, "place", wanted)


def count(store: Store, wanted: Filter = ALL) -> int:
    return count_of(store, "place", wanted)
