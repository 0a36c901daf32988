"""The drills there are 演练目录, as the book lists them: number, title, state, sealed or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.change import RowId
from db.errors import Refused
from db.store import Store
from dispatch.drills.terms import DrillState, Form
from resources.records import record


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillHead:
    """One drill as a line of a list; `sealed` when its record is there to be read."""

    id: RowId
    number: str
    scenario_id: RowId
    title: str
    form: Form
    subtype: str
    sector: str
    town: str
    plan_id: RowId | None
    state: DrillState
    director: str
    started_at: datetime | None
    ended_at: datetime | None
    sealed: bool


SELECT = """select d.*, exists (select 1 from drill_record r where r.drill_id = d.id) as sealed
    from drill d"""


def held_drills(store: Store, *, sealed: bool = False) -> list[DrillHead]:
    """The drills that were begun, newest first; with `sealed` only those with their record."""
    where = "exists (select 1 from drill_record r where r.drill_id = d.id)" if sealed \
        else "d.started_at is not null"
    return [record(DrillHead, r) for r in store.read(
        f"{SELECT} where {where} order by d.started_at desc, d.id desc")]


def drill_head(store: Store, drill: int) -> DrillHead:
    """One drill; Refused when there is none."""
    row = store.one(f"{SELECT} where d.id = :id", id=drill)
    if row is None:
        raise Refused("There is no such drill.", field="drill")
    return record(DrillHead, row)
