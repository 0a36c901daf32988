"""The net 调度网: units by tier with their duty phones and radios."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NewType

from db.change import RowId
from db.store import Store
from resources.records import ALL, Filter, Placed, count_of, row_of, rows_of
from resources.terms import Tier

UnitId = NewType("UnitId", RowId)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Placed):
    """One unit; `kind` is recipient, bureau, town, village or company."""

    id: UnitId
    name: str
    tier: Tier
    kind: str
    duty_phone: str
    phones: tuple[str, ...]
    contact: str
    contact_post: str
    call_sign: str
    channel: str
    on_net: bool
    net_since: date | None


def units(store: Store, wanted: Filter = ALL) -> list[Unit]:
    """The records that the filter lets through, by name."""
    return rows_of(store, Unit, "unit", wanted)


def unit(store: Store, row_id: int) -> Unit:
    """One record; Refused when there is none."""
    return row_of(store, Unit, "unit", row_id)


def count(store: Store, wanted: Filter = ALL) -> int:
    """How many records the filter lets through."""
    return count_of(store, "unit", wanted)
