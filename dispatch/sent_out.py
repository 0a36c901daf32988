"""Sent to an event 物资装备专家调用: goods by slips, equipment, experts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import mark, t
from dispatch.events import Event, EventId
from dispatch.goods import Option
from dispatch.grading import need_open
from dispatch.log import append_to
from dispatch.terms import EntryKind
from resources.care import LoanId, do_lend, take_back_equipment
from resources.equipment import EquipmentId
from resources.localtime import at_local, local_day
from resources.people import Officer, Role, allowed
from resources.rules import rule
from resources.supplies import LotId, Papers, do_move
from resources.terms import MovementKind

SENDERS = (Role.DUTY, Role.LEADER, Role.ADMIN)
EXPERT_STATES = {"called": mark("expert|Called"), "coming": mark("expert|Coming"),
                 "arrived": mark("expert|Arrived"), "declined": mark("expert|Cannot come"),
                 "left": mark("expert|Left")}
NEXT_STATES = {"called": ("coming", "declined"), "coming": ("arrived", "declined"),
               "arrived": ("left",)}


@dataclass(frozen=True, slots=True)
class Sent:
    """One thing that an event got: kind supply, equipment or expert; `left` still outside.

    `id` is the movement, the loan, or the call; `state` is an expert's.
    """

    kind: str
    id: RowId
    number: str
    name: str
    quantity: float
    measure: str
    left: float
    to: str
    at: datetime
    state: str = ""
    minutes: int | None = None


@allowed(*SENDERS)
def send_resources(store: Store, id: EventId, chosen: Sequence[Option], *,  # noqa: A002
                   receiver: str = "", approver: str = "", by: Officer) -> int:
    """Send equipment, goods and experts to an event, in one change; how many lines there were.

    Goods leave by slips of issue, equipment by slips of lending that are due back by the rule,
    experts and companies are noted as called.

    Raises:
        Refused: nothing chosen, the event is not open, not enough in a lot, a piece not ready.
    """
    if not chosen:
        raise Refused("Choose something to send.", field="goods")
    of = need_open(store, id)
    back = local_day(store.clock.now()) + timedelta(
        days=int(rule(store, "goods.back_days").value))
    with store.change("event.send", by) as tx:
        for one in chosen:
            to = receiver.strip() or of.title
            if one.kind == "supply":
                do_move(tx, LotId(one.id), MovementKind.OUT, one.quantity, measure=one.measure,
                        papers=Papers(basis=of.number, approver=approver, receiver=to, event=id),
                        by=by)
            elif one.kind == "equipment":
                do_lend(tx, EquipmentId(one.id), to, back, approver=approver, basis=of.number,
                        event=id)
            elif one.kind == "expert":
                _call(tx, of, one)
            append_to(tx, _words(one, to), kind=EntryKind.ORDER, event=id, actor=one.name, by=by)
    return len(chosen)


@allowed(*SENDERS)
def give_back_goods(store: Store, movement: RowId, quantity: float, *, condition: str = "",
                    by: Officer) -> None:
    """Take goods that were issued to an event and not used back into their lot.

    Raises:
        Refused: not an issue to an event, or more than is still outside.
    """
    found = next((s for s in _goods(store, "m.id = :key", movement)), None)
    if found is None:
        raise Refused("Nothing of this slip is outside any more.")
    if quantity > found.left:
        raise Refused("Only {n} {measure} of it are outside.", field="quantity",
                      n=f"{found.left:g}", measure=found.measure)
    row = store.read("select lot_id, event_id from movement where id = :id", id=movement)[0]
    with store.change("event.goods_back", by) as tx:
        do_move(tx, LotId(row["lot_id"]), MovementKind.GIVE_BACK, quantity,
                measure=found.measure, by=by, papers=Papers(
                    basis=found.number, event=row["event_id"], pair=movement,
                    condition=condition))
        append_to(tx, t("{n} {measure} of {name} back ({number})", n=f"{quantity:g}",
                        measure=found.measure, name=found.name, number=found.number),
                  kind=EntryKind.ORDER, event=row["event_id"], by=by)


@allowed(Role.DUTY, Role.ADMIN, Role.KEEPER)
def give_back_equipment(store: Store, loan: RowId, condition: str, *, intact: bool = True,
                        by: Officer) -> None:
    """Take a piece back from an event in this condition; what is not intact waits for repair.

    Raises:
        Refused: it is back already, or its condition is not said.
    """
    row = store.one("""select l.event_id, e.name from equipment_loan l join equipment e
        on e.id = l.equipment_id where l.id = :id""", id=loan)
    take_back_equipment(store, LoanId(loan), condition, intact=intact, by=by)
    if row is not None and row["event_id"] is not None:
        with store.change("event.goods_back", by) as tx:
            append_to(tx, t("{name} back: {condition}", name=row["name"], condition=condition),
                      kind=EntryKind.ORDER, event=row["event_id"], by=by)


@allowed(*SENDERS)
def answer_expert(store: Store, call: RowId, state: str, *, minutes: int | None = None,
                  note: str = "", by: Officer) -> None:
    """Note an expert's answer: coming (in so many minutes), cannot come, arrived, left.

    Raises:
        Refused: no such call, or a state that does not follow.
    """
    row = store.one("""select c.*, x.name from expert_call c join expert x on x.id = c.expert_id
        where c.id = :id""", id=call)
    if row is None or state not in NEXT_STATES.get(row["state"], ()):
        raise Refused("This does not follow: the expert is {state}.", field="state",
                      state=t(EXPERT_STATES[row["state"]]) if row is not None else "—")
    now = to_text(store.clock.now())
    values: dict[str, object] = {"state": state, "note": note.strip() or row["note"]}
    values["arrived_at" if state == "arrived" else "answered_at"] = now
    if minutes is not None:
        values["minutes"] = minutes
    with store.change("event.expert", by) as tx:
        tx.update("expert_call", call, **values)
        words = t("Expert {name}: {state}", name=row["name"], state=t(EXPERT_STATES[state]))
        append_to(tx, f"{words}{t(', ')}{note.strip()}" if note.strip() else words,
                  kind=EntryKind.ORDER, event=row["event_id"], actor=row["name"], by=by)


def sent_to(store: Store, id: EventId) -> list[Sent]:  # noqa: A002
    """All that an event got besides forces, oldest first."""
    return sorted([*_goods(store, "m.event_id = :key", id), *_pieces(store, id),
                   *_experts(store, id)], key=lambda s: (s.at, s.number))


def _goods(store: Store, where: str, key: int) -> list[Sent]:
    return [Sent("supply", RowId(r["id"]), r["number"], f"{r['name']} {r['batch']}".strip(),
                 -r["quantity"], r["measure"], round(-r["quantity"] - r["back"], 6),
                 r["receiver"], from_text(r["at"]))
            for r in store.read(f"""select m.*, s.name, s.measure, l.batch, coalesce((select
            sum(b.quantity) from movement b where b.pair_id = m.id), 0) as back from movement m
        join lot l on l.id = m.lot_id join supply s on s.id = l.supply_id
        where m.kind = 'out' and m.event_id is not null and {where}""", key=key)]


def _pieces(store: Store, id: int) -> list[Sent]:  # noqa: A002
    return [Sent("equipment", RowId(r["id"]), r["number"], r["name"], 1, t("piece"),
                 0 if r["back_on"] else 1, r["borrower"], _noon(r))
            for r in store.read("""select l.*, e.name from equipment_loan l join equipment e
        on e.id = l.equipment_id where l.event_id = :id""", id=id)]


def _noon(row: Any) -> datetime:
    """A loan knows its day only."""
    return at_local(date.fromisoformat(row["lent_on"]), time(12))


def _experts(store: Store, id: int) -> list[Sent]:  # noqa: A002
    return [Sent("expert", RowId(r["id"]), "", r["name"], 1, t("person"),
                 int(r["state"] in ("called", "coming", "arrived")), r["unit"],
                 from_text(r["called_at"]), r["state"], r["minutes"])
            for r in store.read("""select c.*, x.name, x.unit from expert_call c join expert x
        on x.id = c.expert_id where c.event_id = :id""", id=id)]


def _call(tx: Transaction, of: Event, one: Option) -> None:
    if tx.run("""select 1 from expert_call where event_id = :event and expert_id = :expert
            and state <> 'declined'""", event=of.id, expert=one.id).fetchone():
        raise Refused("{name} is called already.", name=one.name)
    tx.insert("expert_call", {"event_id": of.id, "expert_id": one.id, "minutes": one.minutes,
                              "called_at": to_text(tx.store.clock.now())})


def _words(one: Option, to: str) -> str:
    n = f"{one.quantity:g}"
    if one.kind == "expert":
        return t("Expert {name} called", name=one.name)
    if one.kind == "agreement":
        return t("{name} asked to deliver {n} {measure} of {what}", name=one.name, n=n,
                 measure=one.measure, what=one.what)
    return t("{n} {measure} of {name} sent to {to}", n=n, measure=one.measure, name=one.name,
             to=to)
