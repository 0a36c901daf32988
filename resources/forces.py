"""Forces 队伍: who can be sent, with what capability, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NewType

from db.change import RowId
from db.errors import Refused
from db.store import Store
from resources.geo import check_point
from resources.people import STOCK, Officer, allowed
from resources.records import ALL, Filter, Placed, columns, count_of, row_of, rows_of
from resources.terms import ForceKind, ForceStatus, Tier

ForceId = NewType("ForceId", RowId)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceFacts(Placed):
    """What a person fills in about a force."""

    code: str = ""
    name: str
    tier: Tier
    kind: ForceKind
    leader: str = ""
    deputy: str = ""
    duty_phone: str = ""
    spare_phone: str = ""
    call_sign: str = ""
    channel: str = ""
    terminal: str = ""
    people: int = 0
    ready_people: int = 0
    vehicles: int = 0
    certified: int = 0
    capabilities: tuple[str, ...] = ()
    muster_point: str = ""
    covers: str = ""
    promised_minutes: int | None = None
    insured_until: date | None = None
    agreement: str = ""
    on_net: bool = False
    net_since: date | None = None
    status: ForceStatus = ForceStatus.READY


@dataclass(frozen=True, slots=True, kw_only=True)
class Force(ForceFacts):
    """One force of the library."""

    id: ForceId


def forces(store: Store, wanted: Filter = ALL) -> list[Force]:
    """The forces that the filter lets through, by name."""
    return rows_of(store, Force, "force", wanted)


def force(store: Store, force_id: int) -> Force:
    """One force; Refused when there is none."""
    return row_of(store, Force, "force", force_id)


def count(store: Store, wanted: Filter = ALL) -> int:
    return count_of(store, "force", wanted)


@allowed(*STOCK)
def add_force(store: Store, facts: ForceFacts, *, by: Officer) -> Force:
    """Enter a new force.

    Raises:
        Refused: no name or duty phone, numbers that cannot be, a name twice.
    """
    check_force(store, facts, None)
    with store.change("force.add", by) as tx:
        new = tx.insert("force", columns(facts))
    return force(store, new)


@allowed(*STOCK)
def edit_force(store: Store, force_id: ForceId, facts: ForceFacts, *, by: Officer) -> Force:
    """Change a force's record; Refused as in `add_force`."""
    force(store, force_id)
    check_force(store, facts, force_id)
    with store.change("force.edit", by) as tx:
        values = columns(facts)
        values.pop("id", None)
        tx.update("force", force_id, **values)
    return force(store, force_id)


def check_force(store: Store, facts: ForceFacts, own: RowId | None) -> None:
    """The rules that a force's record must keep."""
    if not facts.name.strip():
        raise Refused("A force needs a name.", field="name")
    if not facts.duty_phone.strip():
        raise Refused("A force needs a phone that answers day and night.", field="duty_phone")
    if min(facts.people, facts.ready_people, facts.vehicles, facts.certified) < 0:
        raise Refused("People and vehicles cannot be below zero.", field="people")
    if facts.ready_people > facts.people:
        raise Refused("{ready} people ready are more than the {people} there are.",
                      field="ready_people", ready=facts.ready_people, people=facts.people)
    if facts.promised_minutes is not None and facts.promised_minutes < 1:
        raise Refused("Promised minutes start at 1.", field="promised_minutes")
    check_point(facts.lon, facts.lat)
    if store.value("select 1 from force where name = :name and active = 1 and id is not :own",
                   name=facts.name, own=own):
        raise Refused("There is a force named {name} already.", field="name", name=facts.name)
