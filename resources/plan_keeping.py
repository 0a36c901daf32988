"""Plan keeping 预案管理: versions, filing, evaluation, response levels, steps and needs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.errors import Refused
from db.store import Store, Transaction
from resources.care import months_after
from resources.people import STOCK, Officer, allowed
from resources.plans import Need, Plan, PlanId, plan
from resources.records import record
from resources.rules import rule
from resources.workdays import add_working_days

KEPT = ("version", "issued_on", "signed_by", "filed_with", "filed_on", "file_number",
        "evaluated_on")


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A version that a newer one replaced."""

    version: str
    issued_on: date | None
    signed_by: str
    filed_on: date | None
    file_number: str


@dataclass(frozen=True, slots=True)
class Level:
    """A response level 响应级别: 1 highest, when it applies and who approves it."""

    level: int
    approver: str
    when: str = ""


def filing_due(store: Store, one: Plan) -> date | None:
    """By when to file it 备案 (国办发〔2024〕5号 Art. 26); None when filed or not issued."""
    if one.issued_on is None or one.filed_on is not None:
        return None
    return add_working_days(one.issued_on, int(rule(store, "plan.file_days").value))


@allowed(*STOCK)
def issue_version(store: Store, one: PlanId, version: str, issued_on: date, *, signed_by: str,
                  by: Officer) -> date:
    """Issue a new version; the old one is kept. Gives the day by which it must be filed.

    Raises:
        Refused: no name, the same version, or a day before the last issue.
    """
    old = plan(store, one)
    if not version.strip() or version.strip() == old.version:
        raise Refused("A new version needs a number of its own.", field="version")
    if old.issued_on and issued_on < old.issued_on:
        raise Refused("It is before the last issue on {day}.", field="issued_on",
                      day=old.issued_on)
    due = months_after(issued_on, int(rule(store, "plan.evaluate").value))
    with store.change("plan.issue", by) as tx:
        row = tx.run("select * from plan where id = :id", id=one).fetchone()
        tx.insert("plan_version", {"plan_id": one, **{name: row[name] for name in KEPT}})
        tx.update("plan", one, version=version.strip(), issued_on=issued_on.isoformat(),
                  signed_by=signed_by, filed_on=None, file_number="", evaluated_on=None,
                  evaluate_due=due.isoformat())
    return add_working_days(issued_on, int(rule(store, "plan.file_days").value))


@allowed(*STOCK)
def file_plan(store: Store, one: PlanId, filed_on: date, *, filed_with: str, number: str,
              by: Officer) -> None:
    """Note that a plan was filed 备案; Refused before its issue or without the authority."""
    found = plan(store, one)
    if found.issued_on is None or filed_on < found.issued_on:
        raise Refused("A plan is filed after its issue.", field="filed_on")
    if not filed_with.strip():
        raise Refused("Say with whom it was filed.", field="filed_with")
    with store.change("plan.file", by) as tx:
        tx.update("plan", one, filed_on=filed_on.isoformat(), filed_with=filed_with,
                  file_number=number)


@allowed(*STOCK)
def evaluate_plan(store: Store, one: PlanId, day: date, *, by: Officer) -> date:
    """Note that a plan was evaluated 评估; gives the day of the next, by the rule row."""
    plan(store, one)
    due = months_after(day, int(rule(store, "plan.evaluate").value))
    with store.change("plan.evaluate", by) as tx:
        tx.update("plan", one, evaluated_on=day.isoformat(), evaluate_due=due.isoformat())
    return due


def versions(store: Store, one: int) -> list[PlanVersion]:
    """The versions that were replaced, newest first."""
    return [record(PlanVersion, r) for r in store.read(
        "select * from plan_version where plan_id = :id order by id desc", id=one)]


def levels(store: Store, one: int) -> list[Level]:
    """A plan's response levels, as many as it has."""
    text = store.value("select levels from plan where id = :id", id=one)
    return [Level(**each) for each in json.loads(text or "[]")]


def steps(store: Store, one: int) -> list[str]:
    """A plan's action steps in order."""
    return [str(s) for s in json.loads(
        store.value("select steps from plan where id = :id", id=one) or "[]")]


@allowed(*STOCK)
def set_response(store: Store, one: PlanId, wanted: Sequence[Level], actions: Sequence[str], *,
                 by: Officer) -> None:
    """Write a plan's response levels and action steps; Refused for a level twice or not 1 to 4."""
    plan(store, one)
    check_response(wanted)
    with store.change("plan.response", by) as tx:
        put_response(tx, one, wanted, actions)


def check_response(wanted: Sequence[Level]) -> None:
    """Let through levels 1 to 4, each once; Refused otherwise."""
    numbers = [each.level for each in wanted]
    if len(set(numbers)) < len(numbers) or not set(numbers) <= {1, 2, 3, 4}:
        raise Refused("A response has the level 1 to 4, each once.", field="levels")


def put_response(tx: Transaction, one: PlanId, wanted: Sequence[Level],
                 actions: Sequence[str]) -> None:
    """`set_response` inside a change that is open."""
    rows = [{"level": e.level, "approver": e.approver, "when": e.when} for e in wanted]
    tx.update("plan", one, levels=json.dumps(rows, ensure_ascii=False),
              steps=json.dumps([s.strip() for s in actions if s.strip()], ensure_ascii=False))


@allowed(*STOCK)
def set_needs(store: Store, one: PlanId, wanted: Sequence[Need], *, by: Officer) -> None:
    """Write what a plan calls for; Refused for an unknown capability, one twice, or none of it."""
    plan(store, one)
    check_needs(store, wanted)
    with store.change("plan.needs", by) as tx:
        put_needs(tx, one, wanted)


def check_needs(store: Store, wanted: Sequence[Need]) -> None:
    """Let through capabilities of the vocabulary, each once; Refused otherwise."""
    if len({(n.capability, n.from_kind) for n in wanted}) < len(wanted):
        raise Refused("A capability is asked for twice.", field="capability")
    for need in wanted:
        if need.quantity < 1:
            raise Refused("A quantity is above zero.", field="quantity")
        known = "supply" if need.from_kind == "supply" else "capability"
        if not store.value(f"select 1 from [{known}] where name = :name", name=need.capability):
            raise Refused("There is no capability {name}.", field="capability",
                          name=need.capability)


def put_needs(tx: Transaction, one: PlanId, wanted: Sequence[Need]) -> None:
    """`set_needs` inside a change that is open."""
    tx.run("delete from plan_need where plan_id = :id", id=one)
    for need in wanted:
        tx.insert("plan_need", {"plan_id": one, "capability": need.capability,
                                "quantity": need.quantity, "from_kind": need.from_kind})
