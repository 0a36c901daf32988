"""Call-outs 一呼百应: a message to everybody chosen, through all channels at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.events import event
from dispatch.grading import need_open
from dispatch.log import append_to
from dispatch.net.callout_text import callout_text, unit_text
from dispatch.net.channels import Channel, channel_of, refuse_in_drill
from dispatch.net.choosing import Choice, chosen, to_json
from dispatch.net.outbox import queue
from dispatch.net.rules import ESCALATE
from dispatch.net.terms import Answer
from dispatch.net.words import named
from dispatch.terms import EntryKind
from resources.localtime import local
from resources.net import Member
from resources.numbers import give_number
from resources.people import DESK, Officer, allowed
from resources.rules import rule_or

CalloutId = NewType("CalloutId", RowId)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A call-out before it goes out. `template` may hold places in braces, `minutes` None takes
    the rule; with `orders` an acknowledging force counts as ordered to the event."""

    title: str
    template: str
    choice: Choice
    event: RowId | None = None
    plan: RowId | None = None
    channels: tuple[RowId, ...] = ()
    minutes: int | None = None
    orders: bool = True


@dataclass(frozen=True, slots=True)
class Callout:
    """One call-out; `text` still has `{单位}` where each recipient's name stands."""

    id: CalloutId
    number: str
    event_id: RowId | None
    event_number: str
    plan_id: RowId | None
    title: str
    text: str
    channels: tuple[RowId, ...]
    minutes: int
    orders: bool
    made_at: datetime
    officer: str
    closed_at: datetime | None
    closed_by: str

    @property
    def open(self) -> bool:
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class Ready:
    """A draft looked at: who would be called, what they would read, who cannot be reached."""

    members: tuple[Member, ...]
    text: str
    channels: tuple[Channel, ...]
    without_number: tuple[Member, ...]


def look_at(store: Store, draft: Draft) -> Ready:
    """Everything about a draft without sending it.

    Raises:
        Refused: no title or text, nobody chosen, a place nobody fills, a closed event, a
            channel that is off or not for a drill, minutes that cannot be.
    """
    if not draft.title.strip():
        raise Refused("A call-out needs a title.", field="title")
    if not draft.template.strip():
        raise Refused("Write what the units are to do.", field="text")
    if draft.minutes is not None and not 1 <= draft.minutes <= 1440:
        raise Refused("Minutes are between 1 and {most}.", field="minutes", most=1440)
    of = need_open(store, event(store, draft.event).id) if draft.event is not None else None
    text = callout_text(store, draft.template, of, draft.plan)
    some = tuple(channel_of(store, c) for c in dict.fromkeys(draft.channels))
    for one in some:
        refuse_in_drill(store, one.kind)
        if not one.active:
            raise Refused("The channel {name} is switched off.", field="channels", name=one.name)
    found = chosen(store, draft.choice)
    if not found:
        raise Refused("Nobody on the net fits this choice.", field="who")
    return Ready(tuple(found), text, some, tuple(m for m in found if not m.numbers))


@allowed(*DESK)
def start_callout(store: Store, draft: Draft, *, by: Officer) -> Callout:
    """Call everybody chosen: one recipient row for each, their messages queued, one log entry.

    Raises:
        Refused: as `look_at`.
    """
    ready = look_at(store, draft)
    with store.change("callout.start", by) as tx:
        new = put_callout(tx, draft, ready, by=by)
    return callout(store, new)


def put_callout(tx: Transaction, draft: Draft, ready: Ready, *, by: Officer) -> CalloutId:
    """Write a call-out that was looked at, inside a change that is open."""
    store, now = tx.store, tx.store.clock.now()
    minutes = draft.minutes or int(rule_or(store, ESCALATE).value)
    number = next_callout_number(tx, now)
    new = tx.insert("callout", {
        "number": number, "event_id": draft.event, "plan_id": draft.plan,
        "title": draft.title.strip(), "text": ready.text, "choice": to_json(draft.choice),
        "channels": json.dumps([c.id for c in ready.channels]), "minutes": minutes,
        "orders": int(draft.orders), "made_at": to_text(now), "officer": by.name})
    for place, one in enumerate(ready.members, 1):
        _call(tx, RowId(new), place, one, ready, now + timedelta(minutes=minutes))
    append_to(tx, _words(number, draft.title.strip(), ready), kind=EntryKind.CALL_OUT,
              event=draft.event, source=number, by=by)
    return CalloutId(new)


def next_callout_number(tx: Transaction, now: datetime) -> str:
    """`HC-2026-0012`, counted anew each year."""
    return give_number(tx, "callout", f"HC-{local(now):%Y}-")


def _call(tx: Transaction, of: RowId, place: int, one: Member, ready: Ready,
          after: datetime) -> None:
    steps = [(c.name, c.post, c.phone, c.mail) for c in one.numbers]
    to = tx.insert("callout_to", {
        "callout_id": of, "place": place, "kind": one.kind, "row_id": one.id, "name": one.name,
        "branch": one.branch, "text": unit_text(ready.text, one.name),
        "steps": json.dumps(steps, ensure_ascii=False), "next_at": to_text(after)})
    queue(tx, to, one.numbers, 0, ready.channels)


def _words(number: str, title: str, ready: Ready) -> str:
    by_what = t("list|, ").join(c.name for c in ready.channels) or t("by the call sheet")
    return t("Call-out {number} to {n} units ({how}): {title}", number=number,
             n=len(ready.members), how=by_what, title=title)


# reading

ROWS = """select c.*, coalesce(e.number, '') as event_number from callout c
    left join event e on e.id = c.event_id"""


def callout(store: Store, id: RowId) -> Callout:  # noqa: A002 - the reader's own word
    """
    Raises:
        Refused: there is none.
    """
    row = store.one(f"{ROWS} where c.id = :id", id=id)
    if row is None:
        raise Refused("There is no such call-out.")
    return _callout(row)


def callout_by_number(store: Store, number: str) -> Callout:
    """One by its number, or by the digits at its end.

    Raises:
        Refused: there is none.
    """
    rows = store.read(f"{ROWS} where c.number = :no or c.number like '%-' || :tail"
                      " order by c.number desc limit 1", no=number.strip(),
                      tail=number.strip().zfill(4))
    if not rows or not number.strip():
        raise Refused("There is no such call-out.", field="number")
    return _callout(rows[0])


def callouts(store: Store, *, event: RowId | None = None, limit: int = 200) -> list[Callout]:
    """The newest call-outs, all or those of an event, newest first."""
    where = "where c.event_id = :event" if event is not None else ""
    return [_callout(r) for r in store.read(
        f"{ROWS} {where} order by c.made_at desc, c.id desc limit :limit",
        **({"event": event} if event is not None else {}), limit=limit)]


def open_callouts(store: Store) -> list[Callout]:
    """Those that are not closed, oldest first."""
    return [_callout(r) for r in store.read(
        f"{ROWS} where c.closed_at is null order by c.made_at, c.id")]


def _callout(r: Any) -> Callout:
    return Callout(
        CalloutId(RowId(r["id"])), r["number"], r["event_id"], r["event_number"], r["plan_id"],
        r["title"], r["text"], tuple(RowId(c) for c in json.loads(r["channels"])), r["minutes"],
        bool(r["orders"]), from_text(r["made_at"]), r["officer"],
        from_text(r["closed_at"]) if r["closed_at"] else None, r["closed_by"])


@allowed(*DESK)
def close_callout(store: Store, id: CalloutId, *, by: Officer) -> Callout:  # noqa: A002
    """End a call-out: nothing more is sent; who has not answered stands as no answer.

    Raises:
        Refused: it was closed already.
    """
    of = callout(store, id)
    if not of.open:
        raise Refused("Call-out {number} was closed already.", number=of.number)
    now = to_text(store.clock.now())
    with store.change("callout.close", by) as tx:
        tx.update("callout", id, closed_at=now, closed_by=by.name)
        silent = [r["name"] for r in tx.run("select id, name from callout_to"
                  " where callout_id = :id and answer in ('', :none) order by place",
                  id=id, none=Answer.NO_ANSWER).fetchall()]
        tx.run("update callout_to set answer = :none, answered_at = :now, next_at = null"
               " where callout_id = :id and answer = ''", none=Answer.NO_ANSWER, now=now, id=id)
        total = tx.run("select count(*) from callout_to where callout_id = :id",
                       id=id).fetchone()[0]
        words = t("Call-out {number} closed: {n} of {all} answered", number=of.number,
                  n=total - len(silent), all=total)
        if silent:
            words += t("; ") + named(t("no answer: {names}"), silent)
        append_to(tx, words, kind=EntryKind.CALL_OUT, event=of.event_id, source=of.number, by=by)
    return callout(store, id)

