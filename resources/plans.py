"""Plans 预案: versions, filing, evaluation, and the capabilities that each calls for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NewType

from db.change import RowId
from db.store import Store
from resources.records import ALL, Filter, Kept, count_of, row_of, rows_of

PlanId = NewType("PlanId", RowId)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Kept):
    """One plan."""

    id: PlanId
    number: str
    name: str
    kind: str
    version: str
    unit: str
    signed_by: str
    issued_on: date | None
    filed_with: str
    filed_on: date | None
    file_number: str
    evaluated_on: date | None
    evaluate_due: date | None
    parent: str
    subtypes: tuple[str, ...]


def plans(store: Store, wanted: Filter = ALL) -> list[Plan]:
    """The records that the filter lets through, by name."""
    return rows_of(store, Plan, "plan", wanted)


def plan(store: Store, row_id: int) -> Plan:
    """One record; Refused when there is none."""
    return row_of(store, Plan, "plan", row_id)


def count(store: Store, wanted: Filter = ALL) -> int:
    """How many records the filter lets through."""
    return count_of(store, "plan", wanted)


@dataclass(frozen=True, slots=True)
class Need:
    """So many of a capability, from a kind of resource."""

    capability: str
    quantity: int
    from_kind: str


def needs(store: Store, plan_id: int) -> list[Need]:
    """What a plan calls for."""
    rows = store.read("select capability, quantity, from_kind from plan_need"
                      " where plan_id = :plan order by id", plan=plan_id)
    return [Need(*row) for row in rows]
