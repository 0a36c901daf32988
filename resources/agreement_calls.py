"""Calls on agreements 代储调用: what was drawn from a company's reserve, each a numbered slip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NewType

from db.change import RowId
from db.clock import to_text
from db.errors import Refused
from db.store import Store
from resources.agreements import Agreement, AgreementId, agreements
from resources.localtime import day_key
from resources.numbers import give_number
from resources.people import STOCK, Officer, allowed
from resources.records import record
from resources.supplies import MOST, NO_PAPERS, SMALLEST, Papers

CallId = NewType("CallId", RowId)
PREFIX = "DY-"
"""Letters before a call's number 调用."""


@dataclass(frozen=True, slots=True)
class AgreementCall:
    """One call; the goods are on their way until `arrived_at`, due at `due_at` if promised."""

    id: CallId
    number: str
    agreement_id: AgreementId
    company: str
    goods: str
    measure: str
    quantity: float
    call_minutes: int | None
    at: datetime
    receiver: str
    basis: str
    approver: str
    handler: str
    event_id: RowId | None
    arrived_at: datetime | None
    note: str

    @property
    def due_at(self) -> datetime | None:
        return None if self.call_minutes is None else self.at + timedelta(minutes=self.call_minutes)


def calls(store: Store, agreement: int | None = None) -> list[AgreementCall]:
    """The calls on all agreements or on one, newest first."""
    return [record(AgreementCall, row) for row in store.read("""
        select c.*, a.company, a.call_minutes, a.measure,
        coalesce(nullif(a.goods, ''), s.name, '') as goods from agreement_call c
        join agreement a on a.id = c.agreement_id left join supply s on s.id = a.supply_id
        where :agreement is null or c.agreement_id = :agreement order by c.at desc, c.id desc""",
        agreement=agreement)]


def drawn(store: Store, since: date) -> dict[AgreementId, float]:
    """How much was called from each agreement since a local day."""
    return {AgreementId(RowId(r[0])): float(r[1]) for r in store.read(
        """select agreement_id, sum(quantity) from agreement_call where at >= :since
        group by agreement_id""", since=(since - timedelta(days=1)).isoformat() + "T16:00")}


@allowed(*STOCK)
def call_agreement(store: Store, agreement: AgreementId, quantity: float, *,
                   papers: Papers = NO_PAPERS, by: Officer) -> AgreementCall:
    """Call goods from a company's reserve 调用.

    Raises:
        Refused: with `field` set: it is not in force today, nothing or more than the least
            amount kept is called, nobody receives it.
    """
    found = _in_force(store, agreement)
    if not SMALLEST <= quantity < MOST:
        raise Refused("A quantity is above zero.", field="quantity")
    if found.minimum and quantity > found.minimum:
        raise Refused("{company} keeps at least {n} {measure}; more is not promised.",
                      field="quantity", company=found.company, n=f"{found.minimum:g}",
                      measure=found.measure)
    if not papers.receiver.strip():
        raise Refused("Say who receives it.", field="receiver")
    with store.change("agreement.call", by) as tx:
        number = give_number(tx, "agreement_call", PREFIX)
        made = tx.insert("agreement_call", {
            "number": number, "agreement_id": agreement, "at": to_text(store.clock.now()),
            "quantity": quantity, "receiver": papers.receiver.strip(), "basis": papers.basis,
            "approver": papers.approver, "handler": by.name, "event_id": papers.event,
            "note": papers.note})
    return next(one for one in calls(store, agreement) if one.id == made)


@allowed(*STOCK)
def call_arrived(store: Store, call: CallId, *, by: Officer) -> None:
    """Note that the goods of a call are there now; Refused a second time."""
    if not store.value("select 1 from agreement_call where id = :id and arrived_at is null",
                       id=call):
        raise Refused("These goods have arrived already.")
    with store.change("agreement.arrived", by) as tx:
        tx.update("agreement_call", call, arrived_at=to_text(store.clock.now()))


def _in_force(store: Store, agreement: AgreementId) -> Agreement:
    found = next((a for a in agreements(store) if a.id == agreement), None)
    if found is None:
        raise Refused("This record is not in the store any more.")
    today = day_key(store.clock.now())
    if (found.ends_on and found.ends_on.isoformat() < today) or (
            found.starts_on and found.starts_on.isoformat() > today):
        raise Refused("The agreement with {company} is not in force today.",
                      company=found.company)
    return found
