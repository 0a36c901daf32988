"""Shelters 避难场所: where people can go and who has the key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from db.change import RowId
from db.store import Store
from resources.records import ALL, Filter, Placed, count_of, row_of, rows_of

ShelterId = NewType("ShelterId", RowId)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelter(Placed):
    """One shelter; area in square metres, radius in metres."""

    id: ShelterId
    name: str
    level: str
    term: str
    indoor: bool
    area_m2: float | None
    capacity: int
    occupants: int
    radius_m: int | None
    facilities: str
    key_holder: str
    phone: str
    status: str


def shelters(store: Store, wanted: Filter = ALL) -> list[Shelter]:
    """The records that the filter lets through, by name."""
    return rows_of(store, Shelter, "shelter", wanted)


def shelter(store: Store, row_id: int) -> Shelter:
    """One record; Refused when there is none."""
    return row_of(store, Shelter, "shelter", row_id)


def count(store: Store, wanted: Filter = ALL) -> int:
    """How many records the filter lets through."""
    return count_of(store, "shelter", wanted)
