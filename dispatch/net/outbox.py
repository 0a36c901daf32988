"""The outbox 发件箱: every message's state, written before and after it goes out.

What lies here survives a crash. A message is marked SENDING in a commit of its own before it is
handed to its service, so what stands so when nobody is sending may have got out: it becomes
UNKNOWN and a person decides (`decide`). The same holds for what was queued before a backup was
put back. Nothing that is SENT, DELIVERED or UNKNOWN is ever sent again by the program itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.change import RowId
from db.clock import to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.duty.papers import district
from dispatch.log import append_to
from dispatch.net.addresses import Letter, address_for
from dispatch.net.channels import Channel, channels
from dispatch.net.rules import BATCH, RETRY
from dispatch.net.sending import Outcome
from dispatch.net.terms import ChannelKind, SendState
from dispatch.order_text import fill
from dispatch.terms import EntryKind
from resources.net import Contact
from resources.people import DESK, SYSTEM, Officer, allowed
from resources.rules import rule_or

GOT_OUT = (SendState.SENT, SendState.DELIVERED)
WINDOW = timedelta(minutes=1)
OPEN = "t.answer = '' and c.closed_at is null"
JOINED = "outbox o join callout_to t on t.id = o.to_id join callout c on c.id = t.callout_id"


@dataclass(frozen=True, slots=True)
class Parcel:
    """Messages that go out as one: one for a person, several named in a robot's one."""

    channel: Channel
    rows: tuple[RowId, ...]
    tries: int
    letter: Letter


def queue(tx: Transaction, to: RowId, numbers: Sequence[Contact], step: int,
          via: Iterable[Channel]) -> int:
    """Queue a recipient's messages of a step; how many were. An address never gets a second.

    The first step takes the first contact that a channel can reach, later ones their own only.
    """
    now, made = to_text(tx.store.clock.now()), 0
    known = {(r["channel_id"], r["address"]) for r in tx.run(
        "select channel_id, address from outbox where to_id = :to", to=to)}
    for channel in via:
        some = numbers if step == 0 else numbers[step:step + 1]
        address = next(filter(None, (address_for(channel, c) for c in some)), "")
        if address and (channel.id, address) not in known:
            tx.insert("outbox", {"to_id": to, "channel_id": channel.id, "step": step,
                                 "address": address, "queued_at": now, "not_before": now})
            made += 1
    return made


def recover(store: Store) -> int:
    """When a program opens the store: what was on its way out, or queued before a backup was put
    back, is not known any more. How many messages that are."""
    back = store.value("select max(at) from change where verb = 'store.restore'") or ""
    rows = store.read("""select id from outbox where state = 'sending'
        or (state = 'queued' and queued_at < :back)""", back=back)
    if rows:
        with store.change("outbox.recover", SYSTEM) as tx:
            for r in rows:
                tx.update("outbox", r["id"], state=SendState.UNKNOWN,
                          says=t("The program ended while this was being sent."))
    return len(rows)


def claim(store: Store, most: int) -> list[Parcel]:
    """Take up to `most` parcels that may go now, within the limits, and mark them SENDING.

    What was answered or closed meanwhile, or stands in a drill's store, is dropped instead.
    """
    now = store.clock.now()
    drop = store.read(f"""select o.id from {JOINED} where o.state = 'queued'
        and not ({OPEN})""")
    every = {c.id: c for c in channels(store)}
    if district(store).drill:
        drop += store.read("select id from outbox where state = 'queued' and channel_id not in ("
                           "select value from json_each(:test))", test=json.dumps(
                               [c.id for c in every.values() if c.kind is ChannelKind.TEST]))
    gone = {r["id"] for r in drop}
    picked: list[tuple[Channel, list[dict[str, object]]]] = []
    for channel in every.values():
        if channel.active and most > len(picked):
            picked += [(channel, rows) for rows in _ready(
                store, channel, now, most - len(picked), gone)]
    if not picked and not gone:
        return []
    with store.change("outbox.claim", SYSTEM) as tx:
        for row in gone:
            tx.update("outbox", row, state=SendState.DROPPED)
        return [_take(tx, channel, rows, now) for channel, rows in picked]


def _ready(store: Store, channel: Channel, now: datetime, most: int,
           gone: set[int]) -> list[list[dict[str, object]]]:
    """What a channel may send now, in parcels, oldest first."""
    used = int(store.value("""select count(distinct batch) from outbox
        where channel_id = :channel and began_at > :since""", channel=channel.id,
        since=to_text(now - WINDOW)))
    room = min(most, channel.limit - used)
    if room <= 0:
        return []
    size = int(rule_or(store, BATCH).value) if channel.robot else 1
    rows = [dict(r) for r in store.read(f"""select o.id, o.address, o.tries, t.id as to_id,
        t.name, t.text, t.place, c.id as callout, c.number, c.title, c.text as whole
        from {JOINED} where o.state = 'queued' and o.channel_id = :channel
        and o.not_before <= :now and {OPEN} order by o.not_before, o.id limit :most""",
        channel=channel.id, now=to_text(now), most=room * size) if r["id"] not in gone]
    return _parcels(rows, size)[:room]


def _parcels(rows: Sequence[dict[str, object]], size: int) -> list[list[dict[str, object]]]:
    """Rows in parcels of up to `size`, never of two call-outs or of one that failed before and
    one that did not. Pure."""
    found: list[list[dict[str, object]]] = []
    for row in rows:
        last = found[-1] if found else None
        same = last is not None and all(last[0][k] == row[k] for k in ("callout", "tries"))
        if last is not None and same and len(last) < size:
            last.append(row)
        else:
            found.append([row])
    return found


def _take(tx: Transaction, channel: Channel, rows: list[dict[str, object]],
          now: datetime) -> Parcel:
    batch = tx.new_id()
    tries = int(str(rows[0]["tries"])) + 1
    for row in rows:
        tx.update("outbox", int(str(row["id"])), state=SendState.SENDING, batch=batch,
                  began_at=to_text(now), tries=tries, says="")
    first = rows[0]
    names = t("list|, ").join(str(r["name"]) for r in rows)
    text = fill(str(first["whole"]), {"单位": names}) if channel.robot else str(first["text"])
    return Parcel(channel, tuple(RowId(int(str(r["id"]))) for r in rows), tries, Letter(
        tuple(str(r["address"]) for r in rows), f"{first['title']} {first['number']}", text,
        f"{first['number']}-{first['place']}"))


def settle(store: Store, results: Iterable[tuple[Parcel, Outcome]]) -> None:
    """Write what became of parcels; what surely did not get out is queued again after a wait."""
    known = list(results)
    if not known:
        return
    now, waits = store.clock.now(), [float(w) for w in rule_or(store, RETRY).value]
    with store.change("outbox.settle", SYSTEM) as tx:
        for parcel, outcome in known:
            row: dict[str, object] = {"state": outcome.state, "says": outcome.says,
                                      "ended_at": to_text(now)}
            if outcome.again and parcel.tries <= len(waits):
                wait = timedelta(seconds=waits[parcel.tries - 1])
                row |= {"state": SendState.QUEUED, "not_before": to_text(now + wait)}
            for one in parcel.rows:
                tx.update("outbox", one, **row)


def put_back(store: Store, parcels: Iterable[Parcel]) -> None:
    """Parcels that were marked and never handed over go back into the queue."""
    rows = [(p, row) for p in parcels for row in p.rows]
    if rows:
        with store.change("outbox.put_back", SYSTEM) as tx:
            for parcel, row in rows:
                tx.update("outbox", row, state=SendState.QUEUED, tries=parcel.tries - 1)


@allowed(*DESK)
def decide(store: Store, to: RowId, *, got_out: bool, by: Officer) -> int:
    """A person says whether messages whose fate is not known got out; if not, they go again.

    Raises:
        Refused: nothing of this recipient is unknown.
    """
    rows = store.read(f"""select o.id, t.name, c.event_id, c.number from {JOINED}
        where o.to_id = :to and o.state = 'unknown'""", to=to)
    if not rows:
        raise Refused("All messages to this recipient are known to have got out or not.")
    now, first = to_text(store.clock.now()), rows[0]
    with store.change("outbox.decide", by) as tx:
        for r in rows:
            if got_out:
                tx.update("outbox", r["id"], state=SendState.SENT, ended_at=now,
                          says=t("{name} says it got out", name=by.name))
            else:
                tx.update("outbox", r["id"], state=SendState.QUEUED, not_before=now, queued_at=now,
                          says=t("{name} says it did not get out", name=by.name))
        words = t("{number}: the message to {unit} got out", number=first["number"],
                  unit=first["name"]) if got_out else t(
            "{number}: the message to {unit} did not get out and is sent again",
            number=first["number"], unit=first["name"])
        append_to(tx, words, kind=EntryKind.CALL_OUT, event=first["event_id"],
                  actor=first["name"], by=by)
    return len(rows)


@allowed(*DESK)
def try_again(store: Store, to: RowId, *, by: Officer) -> int:
    """Queue once more what failed before it got out; how many messages.

    Raises:
        Refused: none of them failed.
    """
    rows = store.read("select id from outbox where to_id = :to and state in ('failed', 'refused')",
                      to=to)
    if not rows:
        raise Refused("Nothing of this recipient failed to get out.")
    now = to_text(store.clock.now())
    with store.change("outbox.again", by) as tx:
        for r in rows:
            tx.update("outbox", r["id"], state=SendState.QUEUED, tries=0, not_before=now)
    return len(rows)


def waiting(store: Store) -> bool:
    """Whether anything may still go out."""
    return store.value("select 1 from outbox where state in ('queued', 'sending') limit 1") \
        is not None

