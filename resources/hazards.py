"""Hazard sources 危险源: what can go wrong where, and whom it threatens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from db.change import RowId
from db.store import Store
from resources.records import ALL, Filter, Placed, count_of, row_of, rows_of

HazardId = NewType("HazardId", RowId)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard(Placed):
    """One hazard source or geological-hazard point."""

    id: HazardId
    name: str
    kind: str
    company: str
    principal: str
    phone: str
    level: str
    substance: str
    amount: str
    threatened: int
    monitored: bool


def hazards(store: Store, wanted: Filter = ALL) -> list[Hazard]:
    """The records that the filter lets through, by name."""
    return rows_of(store, Hazard, "hazard", wanted)


def hazard(store: Store, row_id: int) -> Hazard:
    """One record; Refused when there is none."""
    return row_of(store, Hazard, "hazard", row_id)


def count(store: Store, wanted: Filter = ALL) -> int:
    """How many records the filter lets through."""
    return count_of(store, "hazard", wanted)
