"""Care 装备维护: inspections and yearly tests, repairs, and lending equipment out and back."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import NewType

from db.change import RowId
from db.errors import Refused
from db.store import Store, Transaction
from resources.equipment import EquipmentId, piece
from resources.localtime import local_day
from resources.numbers import give_number
from resources.people import STOCK, Officer, allowed
from resources.records import record
from resources.rules import rule
from resources.terms import EquipmentStatus

LoanId = NewType("LoanId", RowId)
RepairId = NewType("RepairId", RowId)
KINDS = {"inspection": ("equipment.inspect", "inspect_due"), "test": ("equipment.test", "test_due")}


@dataclass(frozen=True, slots=True)
class EquipmentCheck:
    """One inspection 检修 or yearly test 年检."""

    kind: str
    day: date
    passed: bool
    inspector: str
    next_due: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair; cost in yuan."""

    id: RepairId
    fault: str
    reported_on: date
    workshop: str
    done_on: date | None
    result: str
    cost: float | None


@dataclass(frozen=True, slots=True)
class Loan:
    """A piece that somebody else holds, or held until `back_on`."""

    id: LoanId
    number: str
    equipment_id: EquipmentId
    name: str
    borrower: str
    receiver: str
    lent_on: date
    due_back: date
    condition_out: str
    back_on: date | None
    condition_back: str


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@allowed(*STOCK)
def record_check(store: Store, one: EquipmentId, kind: str, day: date, *, passed: bool,
                 inspector: str, note: str = "", by: Officer) -> date:
    """Note an `inspection` or a `test`; gives the next one's day, by the rule rows.

    A piece that did not pass waits for repair.

    Raises:
        Refused: another kind, a day to come, nobody named, no such piece.
    """
    found = piece(store, one)
    if kind not in KINDS:
        raise Refused("It is an inspection or a test.", field="kind")
    if day > local_day(store.clock.now()):
        raise Refused("This day is still to come.", field="day")
    if not inspector.strip():
        raise Refused("Say who inspected it.", field="inspector")
    code, column = KINDS[kind]
    due = months_after(day, int(rule(store, code).value))
    values: dict[str, object] = {column: due.isoformat()}
    if kind == "inspection":
        values["inspected_on"] = day.isoformat()
    if not passed and found.status == EquipmentStatus.READY:
        values["status"] = EquipmentStatus.WAITING
    with store.change("equipment.check", by) as tx:
        tx.insert("equipment_check", {
            "equipment_id": one, "kind": kind, "day": day.isoformat(), "passed": int(passed),
            "inspector": inspector, "next_due": due.isoformat(), "note": note})
        tx.update("equipment", one, **values)
    return due


def checks_of(store: Store, one: int) -> list[EquipmentCheck]:
    """A piece's inspections and tests, newest first."""
    return [record(EquipmentCheck, r) for r in store.read(
        "select * from equipment_check where equipment_id = :id order by day desc, id desc",
        id=one)]


@allowed(*STOCK)
def set_status(store: Store, one: EquipmentId, status: EquipmentStatus, *, by: Officer) -> None:
    """Say that a piece is ready, waiting for repair or scrapped; Refused while it is lent out."""
    if _open_loan(store, one):
        raise Refused("It is lent out. Take it back first.")
    if status is EquipmentStatus.LENT:
        raise Refused("Lend it with its slip: to whom, and until when.")
    if piece(store, one).status != status:
        with store.change("equipment.status", by) as tx:
            tx.update("equipment", one, status=status)


@allowed(*STOCK)
def begin_repair(store: Store, one: EquipmentId, fault: str, *, workshop: str = "",
                 by: Officer) -> RepairId:
    """Send a piece to repair; Refused without a fault, while lent out or in repair already."""
    piece(store, one)
    if not fault.strip():
        raise Refused("Say what is wrong with it.", field="fault")
    if _open_loan(store, one):
        raise Refused("It is lent out. Take it back first.")
    if any(r.done_on is None for r in repairs_of(store, one)):
        raise Refused("It is in repair already.")
    with store.change("equipment.repair", by) as tx:
        tx.update("equipment", one, status=EquipmentStatus.REPAIR)
        return RepairId(tx.insert("equipment_repair", {
            "equipment_id": one, "fault": fault, "workshop": workshop,
            "reported_on": local_day(store.clock.now()).isoformat()}))


@allowed(*STOCK)
def end_repair(store: Store, repair: RepairId, result: str, *, cost: float | None = None,
               ready: bool = True, by: Officer) -> None:
    """Note what a repair came to; the piece is ready again, or scrapped."""
    row = store.one("select * from equipment_repair where id = :id and done_on is null", id=repair)
    if row is None:
        raise Refused("This repair is done already.")
    if not result.strip():
        raise Refused("Say what the repair came to.", field="result")
    if cost is not None and not 0 <= cost < 1e9:
        raise Refused("A price is zero or more.", field="cost")
    status = EquipmentStatus.READY if ready else EquipmentStatus.SCRAPPED
    with store.change("equipment.repaired", by) as tx:
        tx.update("equipment_repair", repair, result=result, cost=cost,
                  done_on=local_day(store.clock.now()).isoformat())
        tx.update("equipment", row["equipment_id"], status=status)


def repairs_of(store: Store, one: int) -> list[Repair]:
    """A piece's repairs, newest first."""
    return [record(Repair, r) for r in store.read(
        "select * from equipment_repair where equipment_id = :id order by id desc", id=one)]


@allowed(*STOCK)
def lend_equipment(store: Store, one: EquipmentId, borrower: str, due_back: date, *,
                   receiver: str = "", condition: str = "", approver: str = "",
                   basis: str = "", by: Officer) -> LoanId:
    """Lend a piece that is ready; Refused without a borrower or with a day in the past."""
    with store.change("equipment.lend", by) as tx:
        return do_lend(tx, one, borrower, due_back, receiver=receiver, condition=condition,
                       approver=approver, basis=basis)


def do_lend(tx: Transaction, one: EquipmentId, borrower: str, due_back: date, *,
            receiver: str = "", condition: str = "", approver: str = "", basis: str = "",
            event: RowId | None = None) -> LoanId:
    """`lend_equipment` inside a change that is open; for an `event` the piece is out on call."""
    found = piece(tx.store, one)
    today = local_day(tx.store.clock.now())
    if found.status != EquipmentStatus.READY:
        raise Refused("{name} is not ready and cannot be lent.", name=found.name)
    if not borrower.strip():
        raise Refused("Say who receives it.", field="borrower")
    if due_back < today:
        raise Refused("Say by which day it comes back, today or later.", field="due_back")
    number = give_number(tx, "equipment_loan", "ZJ-")
    tx.update("equipment", one,
              status=EquipmentStatus.LENT if event is None else EquipmentStatus.OUT)
    return LoanId(tx.insert("equipment_loan", {
        "number": number, "equipment_id": one, "borrower": borrower, "receiver": receiver,
        "lent_on": today.isoformat(), "due_back": due_back.isoformat(), "basis": basis,
        "approver": approver, "condition_out": condition, "event_id": event}))


@allowed(*STOCK)
def take_back_equipment(store: Store, loan: LoanId, condition: str, *, intact: bool = True,
                        by: Officer) -> None:
    """Take a piece back in this condition; what is not intact waits for repair."""
    row = store.one("select * from equipment_loan where id = :id and back_on is null", id=loan)
    if row is None:
        raise Refused("Nothing of this slip is outside any more.")
    if not condition.strip():
        raise Refused("Say in what condition it came back.", field="condition")
    status = EquipmentStatus.READY if intact else EquipmentStatus.WAITING
    with store.change("equipment.back", by) as tx:
        tx.update("equipment_loan", loan, condition_back=condition,
                  back_on=local_day(store.clock.now()).isoformat())
        tx.update("equipment", row["equipment_id"], status=status)


def loans(store: Store, one: int | None = None, *, past: bool = False) -> list[Loan]:
    """Who holds what, by the day it is due back; with `past` also what came back."""
    return [record(Loan, r) for r in store.read("""select l.*, e.name from equipment_loan l
        join equipment e on e.id = l.equipment_id where (:one is null or e.id = :one)
        and (:past or l.back_on is null) order by l.due_back, l.id""", one=one, past=int(past))]


def _open_loan(store: Store, one: int) -> bool:
    return bool(loans(store, one))
