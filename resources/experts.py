"""Experts 专家: who can be asked, for what, and how soon they come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NewType

from db.change import RowId
from db.store import Store
from resources.records import ALL, Filter, Kept, count_of, row_of, rows_of

ExpertId = NewType("ExpertId", RowId)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expert(Kept):
    """One expert; `avoids` names whom they must not judge."""

    id: ExpertId
    name: str
    unit: str
    title: str
    field: str
    hazards: str
    panel: str
    hired_until: date | None
    phone: str
    city: str
    arrive_minutes: int | None
    avoids: str
    capabilities: tuple[str, ...]


def experts(store: Store, wanted: Filter = ALL) -> list[Expert]:
    """The records that the filter lets through, by name."""
    return rows_of(store, Expert, "expert", wanted)


def expert(store: Store, row_id: int) -> Expert:
    """One record; Refused when there is none."""
    return row_of(store, Expert, "expert", row_id)


def count(store: Store, wanted: Filter = ALL) -> int:
    """How many records the filter lets through."""
    return count_of(store, "expert", wanted)
