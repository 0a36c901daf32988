"""Corrective actions 纠正措施: who mends what by when, and its closing 销号."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NewType

from db.change import RowId
from db.errors import Refused
from db.store import Store
from db.words import mark
from dispatch.drillbook.plan import BOOK
from dispatch.drillbook.rules import ACTION_DAYS
from resources.fields import Field, Type, read_values
from resources.localtime import local_day
from resources.people import Officer, allowed
from resources.records import record
from resources.rules import rule_or

ActionId = NewType("ActionId", RowId)
FIELDS = (
    Field("problem", mark("field|Problem"), Type.LONG, required=True),
    Field("measure", mark("field|Measure"), Type.LONG, required=True),
    Field("owner", mark("field|Responsible person"), required=True),
    Field("unit", mark("field|Unit"), suggest="unit.name"),
    Field("due_on", mark("field|Deadline"), Type.DAY, required=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One corrective action of a drill; closed with a result by somebody, checked by another."""

    id: ActionId
    drill_id: RowId
    finding_id: RowId | None
    problem: str
    measure: str
    owner: str
    unit: str
    due_on: date
    closed_on: date | None
    closed_by: str
    result: str
    checked_by: str

    def late(self, today: date) -> bool:
        return self.closed_on is None and self.due_on < today


def actions_of(store: Store, drill: int) -> list[Action]:
    """The actions of a drill, open ones first, in the order of their deadlines."""
    return [record(Action, r) for r in store.read(
        "select * from drill_action where drill_id = :drill"
        " order by closed_on is not null, due_on, id", drill=drill)]


def open_actions(store: Store) -> list[Action]:
    """What is not closed yet, of all drills, soonest first."""
    return [record(Action, r) for r in store.read(
        "select * from drill_action where closed_on is null order by due_on, id")]


def action(store: Store, action_id: int) -> Action:
    """One action; Refused when there is none."""
    row = store.one("select * from drill_action where id = :id", id=action_id)
    if row is None:
        raise Refused("This record is not in the store any more.")
    return record(Action, row)


def usual_deadline(store: Store) -> date:
    """When an action is due if nobody says otherwise."""
    days = int(rule_or(store, ACTION_DAYS).value)
    return local_day(store.clock.now()) + timedelta(days=days)


@allowed(*BOOK)
def add_action(store: Store, drill: int, values: Mapping[str, object],
               finding: int | None = None, *, by: Officer) -> ActionId:
    """Set a corrective action for a drill; the deadline of the rule where none is given.

    Raises:
        Refused: problem, measure or person is missing, or the deadline is no day or past.
    """
    given = dict(values)
    given["due_on"] = given.get("due_on") or usual_deadline(store).isoformat()
    row = read_values(FIELDS, given)
    if str(row["due_on"]) < local_day(store.clock.now()).isoformat():
        raise Refused("{day} has passed already.", field="due_on", day=row["due_on"])
    with store.change("drill.action", by) as tx:
        return ActionId(tx.insert("drill_action", {
            "drill_id": drill, "finding_id": finding, **row}))


@allowed(*BOOK)
def edit_action(store: Store, action_id: ActionId, values: Mapping[str, object], *,
                by: Officer) -> None:
    """Change an open action; Refused when it is closed or a value cannot be."""
    of = action(store, action_id)
    _check_open(of)
    row = read_values(FIELDS, values, whole=False)
    if row:
        with store.change("drill.action_edit", by) as tx:
            tx.update("drill_action", action_id, **row)


@allowed(*BOOK)
def close_action(store: Store, action_id: ActionId, result: str, checked_by: str = "", *,
                 by: Officer) -> Action:
    """Close an action 销号: what was done, and who checked it.

    Raises:
        Refused: it is closed already, or nothing is said of the result.
    """
    of = action(store, action_id)
    _check_open(of)
    if not result.strip():
        raise Refused("Say what was done.", field="result")
    with store.change("drill.action_close", by) as tx:
        tx.update("drill_action", action_id, result=result.strip(),
                  checked_by=checked_by.strip(), closed_by=by.name,
                  closed_on=local_day(store.clock.now()).isoformat())
    return action(store, action_id)


@allowed(*BOOK)
def reopen_action(store: Store, action_id: ActionId, *, by: Officer) -> Action:
    """Open a closed action again; Refused when it is open."""
    of = action(store, action_id)
    if of.closed_on is None:
        raise Refused("This action is not closed.")
    with store.change("drill.action_reopen", by) as tx:
        tx.update("drill_action", action_id, closed_on=None, closed_by="", result="",
                  checked_by="")
    return action(store, action_id)


def _check_open(of: Action) -> None:
    if of.closed_on is not None:
        raise Refused("This action was closed on {day}. Open it again first.", day=of.closed_on)
