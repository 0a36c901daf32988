"""Equipment 装备: pieces, whose they are, and when they are inspected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NewType

from db.change import RowId
from db.store import Store
from resources.records import ALL, Filter, Placed, count_of, row_of, rows_of

EquipmentId = NewType("EquipmentId", RowId)


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment(Placed):
    """One piece of equipment."""

    id: EquipmentId
    code: str
    name: str
    model: str
    serial: str
    plate: str
    kind: str
    force_id: RowId | None
    keeper: str
    phone: str
    status: str
    capabilities: tuple[str, ...]
    bought_on: date | None
    inspected_on: date | None
    inspect_due: date | None
    test_due: date | None
    insured_until: date | None
    energy: str
    performance: str


def equipment(store: Store, wanted: Filter = ALL) -> list[Equipment]:
    """The records that the filter lets through, by name."""
    return rows_of(store, Equipment, "equipment", wanted)


def piece(store: Store, row_id: int) -> Equipment:
    """One record; Refused when there is none."""
    return row_of(store, Equipment, "equipment", row_id)


def count(store: Store, wanted: Filter = ALL) -> int:
    """How many records the filter lets through."""
    return count_of(store, "equipment", wanted)
