"""Demand plan 年度需求计划: computing a year anew, what people write into it, and its approval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from db.change import RowId
from db.clock import to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import mark
from resources.demand import EDITABLE, DemandId, DemandLine, Proposed, demand, figures, to_buy
from resources.fields import Field, read_value, read_values
from resources.localtime import local_day
from resources.people import STOCK, Officer, Role, allowed
from resources.records import columns, record

AHEAD = 5
"""For how many years to come a plan can be made."""

BY_HAND = (
    Field("name", mark("field|Name"), required=True), Field("model", mark("field|Model")),
    Field("code", mark("field|Code")),
    Field("measure", mark("field|Unit of measure"), required=True), *EDITABLE)
AFTER_APPROVAL = {"state", "note"}
"""What still changes in an approved plan: how far the purchase is."""


@dataclass(frozen=True, slots=True)
class DemandPlan:
    """Where a year's plan stands: `draft`, or `approved` by somebody and locked."""

    year: int
    state: str
    approved_by: str
    approved_at: datetime | None

    @property
    def locked(self) -> bool:
        return self.state == "approved"


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What computing a plan anew did; `kept` names the lines and the fields set by hand."""

    added: int
    renewed: int
    kept: tuple[tuple[str, tuple[str, ...]], ...]


def plan_of(store: Store, year: int) -> DemandPlan:
    """The plan of a year, a draft when nobody wrote it yet."""
    row = store.one("select * from demand_plan where year = :year", year=year)
    return record(DemandPlan, row) if row else DemandPlan(year, "draft", "", None)


def touched(store: Store, year: int) -> dict[DemandId, frozenset[str]]:
    """The fields of each line that people set by hand."""
    found: dict[DemandId, set[str]] = {}
    for row in store.read("""select h.line_id, h.field from demand_touch h
            join demand_line d on d.id = h.line_id where d.year = :year""", year=year):
        found.setdefault(DemandId(RowId(row["line_id"])), set()).add(row["field"])
    return {line: frozenset(fields) for line, fields in found.items()}


@allowed(*STOCK)
def draft_demand(store: Store, year: int, *, by: Officer) -> Recomputed:
    """Compute a year's plan anew: new lines come in, figures follow, what people set stays.

    Raises:
        Refused: the plan is approved, or the year is not this one or one of the next five.
    """
    _check_year(store, year)
    _check_open(store, year)
    lines = {line.supply_id: line for line in demand(store, year) if line.supply_id is not None}
    hands, added = touched(store, year), list[Proposed]()
    renewed: dict[DemandId, dict[str, object]] = {}
    for one in figures(store, year):
        line = lines.get(one.supply_id)
        if line is None:
            added += [one] if one.quantity > 0 else []
        elif new := renewal(line, one, hands.get(line.id, frozenset())):
            renewed[line.id] = new
    if added or renewed:
        with store.change("demand.draft", by) as tx:
            for one in added:
                tx.insert("demand_line", {"year": year, **columns(one)})
            for line_id, values in renewed.items():
                tx.update("demand_line", line_id, **values)
    kept = tuple((line.name, tuple(sorted(hands[line.id]))) for line in lines.values()
                 if line.id in hands)
    return Recomputed(len(added), len(renewed), kept)


def renewal(line: DemandLine, new: Proposed, by_hand: frozenset[str]) -> dict[str, object]:
    """What computing anew changes in a line: never what people set. Pure."""
    target = line.target if "target" in by_hand else new.target
    values = {"stock": new.stock, "expiring": new.expiring, "used": new.used, "target": target,
              "quantity": to_buy(new.stock, target, new.expiring, new.used), "price": new.price}
    return {name: value for name, value in values.items()
            if name not in by_hand and getattr(line, name) != value}


@allowed(*STOCK)
def edit_demand(store: Store, line: DemandId, values: Mapping[str, object], *,
                by: Officer) -> None:
    """Change what people decide on a line; it is remembered as set by hand.

    Raises:
        Refused: a value cannot be, the plan is approved, no such line.
    """
    before = store.one("select * from demand_line where id = :id", id=line)
    if before is None:
        raise Refused("This record is not in the store any more.")
    if not values.keys() <= AFTER_APPROVAL:
        _check_open(store, before["year"])
    row = {k: v for k, v in read_values(EDITABLE, values, whole=False).items() if before[k] != v}
    if row:
        with store.change("demand.edit", by) as tx:
            tx.update("demand_line", line, **row)
            _touch(tx, line, row)


@allowed(*STOCK)
def add_demand_line(store: Store, year: int, values: Mapping[str, object], *,
                    by: Officer) -> DemandId:
    """Enter a line that no stock asks for.

    Raises:
        Refused: with `field` set: missing or out of bounds; the plan is approved.
    """
    _check_year(store, year)
    _check_open(store, year)
    given = {"priority": "usual", "state": "draft", "target": 0, "price": 0, "quantity": 0,
             **values}
    row = {f.name: read_value(f, given.get(f.name)) for f in BY_HAND}
    with store.change("demand.add", by) as tx:
        return DemandId(tx.insert("demand_line", {"year": year, **row}))


@allowed(*STOCK)
def remove_demand_line(store: Store, line: DemandId, *, by: Officer) -> bool:
    """Take a line out: one entered by hand goes; a computed one is dropped, so that computing
    anew does not bring it back. True when it went.

    Raises:
        Refused: the plan is approved, no such line.
    """
    row = store.one("select * from demand_line where id = :id", id=line)
    if row is None:
        raise Refused("This record is not in the store any more.")
    _check_open(store, row["year"])
    with store.change("demand.remove", by) as tx:
        if row["supply_id"] is None:
            tx.run("delete from demand_touch where line_id = :id", id=line)
            tx.run("delete from demand_line where id = :id", id=line)
        else:
            tx.update("demand_line", line, state="dropped")
    return row["supply_id"] is None


@allowed(*STOCK, Role.LEADER)
def approve_demand(store: Store, year: int, approver: str, *, by: Officer) -> DemandPlan:
    """Approve a year's plan and lock it.

    Raises:
        Refused: it has no line, is approved already, or nobody is named.
    """
    _check_open(store, year)
    if not approver.strip():
        raise Refused("Say who approved it.", field="approver")
    if not demand(store, year):
        raise Refused("The plan of {year} has no line yet. Compute it first.", year=year)
    return _set_state(store, year, "approved", approver.strip(), "demand.approve", by)


@allowed(*STOCK, Role.LEADER)
def reopen_demand(store: Store, year: int, *, by: Officer) -> DemandPlan:
    """Make an approved plan a draft again; Refused when it is one."""
    if not plan_of(store, year).locked:
        raise Refused("The plan of {year} is not approved.", year=year)
    return _set_state(store, year, "draft", "", "demand.reopen", by)


def _set_state(store: Store, year: int, state: str, approver: str, verb: str,
               by: Officer) -> DemandPlan:
    row = {"state": state, "approved_by": approver,
           "approved_at": to_text(store.clock.now()) if approver else None}
    known = store.value("select id from demand_plan where year = :year", year=year)
    with store.change(verb, by) as tx:
        if known is None:
            tx.insert("demand_plan", {"year": year, **row})
        else:
            tx.update("demand_plan", known, **row)
    return plan_of(store, year)


def _touch(tx: Transaction, line: DemandId, row: Mapping[str, object]) -> None:
    for name in row:
        if not tx.run("select 1 from demand_touch where line_id = :line and field = :name",
                      line=line, name=name).fetchone():
            tx.insert("demand_touch", {"line_id": line, "field": name})


def _check_year(store: Store, year: int) -> None:
    this = local_day(store.clock.now()).year
    if not this <= year <= this + AHEAD:
        raise Refused("A demand plan is for this year or one of the next five.", field="year")


def _check_open(store: Store, year: int) -> None:
    plan = plan_of(store, year)
    if plan.locked:
        raise Refused("The plan of {year} was approved by {name}. Reopen it first.", year=year,
                      name=plan.approved_by)
