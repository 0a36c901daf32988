"""Orders 调度指令: sent to forces, their stages stamped one by one, and who is out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.log import append_to, check_not_future, is_backfilled
from dispatch.terms import (
    ENDED_STAGES,
    MAIN_STAGES,
    ON_SCENE,
    STAGE_NAMES,
    EntryKind,
    Stage,
    Way,
)
from resources.geo import distance_m
from resources.localtime import moment_text
from resources.people import DESK, Officer, allowed

OrderId = NewType("OrderId", RowId)
BEFORE_DEPARTURE = (Stage.ORDERED, Stage.CONFIRMED, Stage.MUSTERED)


@dataclass(frozen=True, slots=True)
class OrderLine:
    """What one force is told; promised minutes are those from the order to the scene.

    `reinforces` is the order of the force that it is sent to strengthen 增援.
    """

    force_id: RowId
    text: str = ""
    promised_minutes: int | None = None
    reinforces: OrderId | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """One stage time 阶段时间: when it was reached, who said so, by which means.

    `officer` wrote it down, `place` is where the force was.
    """

    id: RowId
    order_id: OrderId
    stage: Stage
    at: datetime
    entered_at: datetime
    source: str
    said_by: str
    people: int | None
    vehicles: int | None
    note: str
    backfilled: bool
    backfill_reason: str
    officer: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """One force sent to one event, with its stamps in order of time; struck ones are left out.

    `reinforces` is the number of the order that it strengthens, empty for a first one.
    `received_at` is when the event was received. A `past` one is of another system's record: it
    is never out, and its stamps are what that record says, whatever their order.
    """

    id: OrderId
    number: str
    event_id: RowId
    event_number: str
    event_title: str
    force_id: RowId
    force_name: str
    force_kind: str
    force_phone: str
    text: str
    ordered_at: datetime
    promised_minutes: int | None
    distance_m: float | None
    people: int | None
    vehicles: int | None
    stage: Stage
    ended_at: datetime | None
    outcome: str
    stamps: tuple[Stamp, ...]
    reinforces: str = ""
    received_at: datetime | None = None
    past: bool = False

    @property
    def promised_at(self) -> datetime | None:
        """When the force should be on the scene."""
        if self.promised_minutes is None:
            return None
        return self.ordered_at + timedelta(minutes=self.promised_minutes)

    @property
    def out(self) -> bool:
        return self.ended_at is None and not self.past

    @property
    def on_scene(self) -> bool:
        return self.stage in ON_SCENE and not self.past

    def at(self, stage: Stage) -> datetime | None:
        """When the stage was reached; None when it was not stamped."""
        return next((s.at for s in self.stamps if s.stage == stage), None)


@allowed(*DESK)
def order_forces(store: Store, event: RowId, lines: Sequence[OrderLine], *,
                 also_out: bool = False, by: Officer) -> list[Order]:
    """Send forces 下达: one numbered order, stamp and log entry for each, in one change.

    Raises:
        Refused: no forces, the event is not open, a force twice, out of service, or already
            out (unless `also_out`).
    """
    if not lines:
        raise Refused("Choose at least one force.", field="force")
    row = store.one("select number, state, lon, lat from event where id = :id", id=event)
    if row is None or row["state"] != "open":
        raise Refused("The event is not open; reopen it to send forces.", field="event")
    seen: set[int] = set()
    for line in lines:
        check_line(store, event, line, seen, also_out=also_out)
    with store.change("order.send", by) as tx:
        made = [send_line(tx, event, row, line, by) for line in lines]
    return [order(store, o) for o in made]


@allowed(*DESK)
def stamp_stage(store: Store, id: OrderId, stage: Stage, *,  # noqa: A002
                at: datetime | None = None, source: str = Way.RADIO, said_by: str = "",
                people: int | None = None, vehicles: int | None = None, note: str = "",
                place: str = "", backfill_reason: str = "", by: Officer) -> Order:
    """Stamp a stage time; stages may be skipped and filled in later, never repeated.

    `at` is when the stage was reached, now when not given. What is looked at is read inside
    the change, so that of two seats that stamp the same stage one is told of the other.

    Raises:
        Refused: the order has ended, the stage is stamped, the time lies in the future,
            before the order, or out of the order of the stages.
    """
    now = store.clock.now()
    when = check_not_future(at, now)
    for name, number in (("people", people), ("vehicles", vehicles)):
        if number is not None and number < 0:
            raise Refused("A number of people or vehicles cannot be below zero.", field=name)
    late = is_backfilled(store, when, now)
    with store.change("order.stamp", by) as tx:
        old = order(store, id)
        check_stage(old, stage, when)
        put_stamp(tx, old, stage, when, source=source, said_by=said_by, people=people,
                  vehicles=vehicles, note=note, late=late, reason=backfill_reason,
                  officer=by.name, place=place)
        text = stage_text(old.force_name, stage, people, vehicles,
                          t(", ").join(p for p in (place.strip(), note.strip()) if p))
        append_to(tx, text, kind=EntryKind.STAGE, at=when, event=old.event_id, order=id,
                  actor=said_by or old.force_name, source=source,
                  backfill_reason=backfill_reason, by=by)
    return order(store, id)


def check_stage(old: Order, stage: Stage, at: datetime) -> None:
    """Whether the order may reach the stage at that time; a skipped one may be filled in. Pure.

    Raises:
        Refused: with what stands in the way.
    """
    values = {"force": old.force_name, "stage": t(STAGE_NAMES[stage])}
    if stage == Stage.REINFORCED:
        _check_after(old, at, old.ordered_at)
        return
    same = next((s for s in old.stamps if s.stage == stage), None)
    if same is not None:
        raise Refused("{force} was already stamped {stage} at {time} ({name}).", field="stage",
                      time=moment_text(same.at), name=same.said_by or same.officer or "—",
                      **values)
    if not old.out and not _fills_in(old, stage, at):
        raise Refused("{force} is no longer out (order {number}); send a new order.",
                      field="stage", force=old.force_name, number=old.number)
    reached = t(STAGE_NAMES[old.stage])
    if stage == Stage.REFUSED and old.stage not in BEFORE_DEPARTURE:
        raise Refused("{force} is already {reached} and cannot refuse; cancel it instead.",
                      field="stage", force=old.force_name, reached=reached)
    later = [s for s in old.stamps if rank(s.stage) > rank(stage)]
    if later and at > min(s.at for s in later):
        raise Refused("{force} is already {reached}; {stage} comes before that.",
                      field="stage", reached=reached, **values)
    _check_after(old, at, max((s.at for s in old.stamps if rank(s.stage) < rank(stage)),
                              default=old.ordered_at))


def rank(stage: Stage) -> int:
    """Where a stage stands in the course of an order; every ending stands last. Pure."""
    if stage in MAIN_STAGES:
        return MAIN_STAGES.index(stage)
    if stage == Stage.RECALLED:
        return MAIN_STAGES.index(Stage.FINISHED)
    return -1 if stage == Stage.REINFORCED else len(MAIN_STAGES)


def _fills_in(old: Order, stage: Stage, at: datetime) -> bool:
    """Whether it is a stage that was skipped before the force came home."""
    return (old.stage == Stage.RETURNED and old.ended_at is not None and at < old.ended_at
            and stage in MAIN_STAGES)


def _check_after(old: Order, at: datetime, last: datetime) -> None:
    if at < old.ordered_at:
        raise Refused("{time} is before the order at {ordered}. Correct the time, or the clock"
                      " of this computer.", field="at", time=moment_text(at, year=True),
                      ordered=moment_text(old.ordered_at, year=True))
    if at < last:
        raise Refused("{time} is before the last stage, {stage} at {last}. Correct the time, or"
                      " the clock of this computer.", field="at", time=moment_text(at, year=True),
                      stage=t(STAGE_NAMES[old.stage]), last=moment_text(last, year=True))


def next_stage(old: Order) -> Stage | None:
    """The stage that the one-key stamp takes; None when the order has ended. Pure."""
    if not old.out:
        return None
    return MAIN_STAGES[rank(old.stage) + 1]


def stage_text(force: str, stage: Stage, people: int | None, vehicles: int | None,
               note: str) -> str:
    """The sentence of a stage in the log."""
    parts = [t("{force}: {stage}", force=force, stage=t(STAGE_NAMES[stage]))]
    if people:
        parts.append(t("{n} people", n=people))
    if vehicles:
        parts.append(t("{n} vehicles", n=vehicles))
    if note.strip():
        parts.append(note.strip())
    return t(", ").join(parts)


# reading

ROWS = """select o.*, e.number as event_number, e.title as event_title, e.received_at,
    f.name as force_name, f.kind as force_kind, f.duty_phone as force_phone,
    coalesce(first.number, '') as reinforces from dispatch_order o
    join event e on e.id = o.event_id join force f on f.id = o.force_id
    left join order_link k on k.order_id = o.id
    left join dispatch_order first on first.id = k.first_id"""


def order(store: Store, id: RowId) -> Order:  # noqa: A002 - the reader's own word
    """
    Raises:
        Refused: there is none.
    """
    found = _orders(store, "o.id = :key", id)
    if not found:
        raise Refused("There is no such order.")
    return found[0]


def orders_of(store: Store, event: RowId) -> list[Order]:
    """All orders of an event, in the order they were sent."""
    return _orders(store, "o.event_id = :key", event)


def orders_of_force(store: Store, force: RowId) -> list[Order]:
    return _orders(store, "o.force_id = :key", force)


def forces_out(store: Store) -> list[Order]:
    """Every order that has not ended; a force's status is derived from these."""
    return _orders(store, "o.ended_at is null", None)


def _orders(store: Store, where: str, key: object) -> list[Order]:
    stamps: dict[int, list[Stamp]] = {}
    for r in store.read(f"""select s.*, coalesce(m.officer, '') as officer,
            coalesce(m.place, '') as place from stamp s
            join dispatch_order o on o.id = s.order_id left join stamp_more m on m.stamp_id = s.id
            left join stamp_strike x on x.stamp_id = s.id
            where x.id is null and {where} order by s.at, s.id""", key=key):
        stamps.setdefault(r["order_id"], []).append(_stamp(r))
    rows = store.read(f"{ROWS} where {where} order by o.ordered_at, o.id", key=key)
    return [_order(r, tuple(sorted(stamps.get(r["id"], ()), key=_place))) for r in rows]


def _place(stamp: Stamp) -> tuple[datetime, int]:
    """By time; of one instant by stage, a reinforcement last."""
    return stamp.at, 99 if stamp.stage == Stage.REINFORCED else rank(stamp.stage)


def _order(row: Any, stamps: tuple[Stamp, ...]) -> Order:
    values = {n: row[n] for n in Order.__slots__ if n not in ("stamps", "past")}
    values["received_at"] = from_text(row["received_at"])
    values["ordered_at"] = from_text(row["ordered_at"])
    values["ended_at"] = from_text(row["ended_at"]) if row["ended_at"] else None
    values["stage"] = Stage(row["stage"])
    return Order(**values, stamps=stamps)


def _stamp(row: Any) -> Stamp:
    values = {n: row[n] for n in Stamp.__slots__}
    values["at"], values["entered_at"] = from_text(row["at"]), from_text(row["entered_at"])
    values["stage"], values["backfilled"] = Stage(row["stage"]), bool(row["backfilled"])
    return Stamp(**values)


# writing

def check_line(store: Store, event: RowId, line: OrderLine, seen: set[int], *,
               also_out: bool) -> None:
    """Whether a force can be sent; Refused as `order_forces`."""
    row = store.one("select name, status from force where id = :id and active = 1",
                    id=line.force_id)
    if row is None:
        raise Refused("There is no such force.", field="force")
    if line.force_id in seen:
        raise Refused("{force} is chosen twice.", field="force", force=row["name"])
    seen.add(line.force_id)
    if row["status"] == "off":
        raise Refused("{force} is out of service.", field="force", force=row["name"])
    if line.promised_minutes is not None and line.promised_minutes <= 0:
        raise Refused("Promised minutes start at 1.", field="promised_minutes")
    for busy in _orders(store, "o.force_id = :key and o.ended_at is null", line.force_id):
        if busy.event_id == event or not also_out:
            raise Refused("{force} is already out: event {number} {title}, {stage} since {time}.",
                          field="force", force=row["name"], number=busy.event_number,
                          title=busy.event_title, stage=t(STAGE_NAMES[busy.stage]),
                          time=moment_text(max(s.at for s in busy.stamps)))


def send_line(tx: Transaction, event: RowId, at_event: Any, line: OrderLine, by: Officer,
              at: datetime | None = None) -> OrderId:
    """One order, given now or at `at`; strength is the force's registered one until a stage
    reports another. `at_event` is the event's number, lon and lat."""
    force = tx.run("""select name, lon, lat, promised_minutes, ready_people, vehicles
        from force where id = :id""",
                   id=line.force_id).fetchone()
    prefix = f"{at_event['number']}-"
    number = f"{prefix}{tx.next_number('dispatch_order', 'number', prefix):02d}"
    now = to_text(tx.store.clock.now())
    given = to_text(at) if at is not None else now
    places = (force["lon"], force["lat"], at_event["lon"], at_event["lat"])
    minutes = line.promised_minutes or force["promised_minutes"]
    new = OrderId(tx.insert("dispatch_order", {
        "number": number, "event_id": event, "force_id": line.force_id,
        "text": line.text.strip(), "ordered_at": given, "promised_minutes": minutes,
        "people": force["ready_people"] or None, "vehicles": force["vehicles"],
        "distance_m": None if None in places else distance_m(*places)}))
    tx.insert("stamp", {"order_id": new, "stage": Stage.ORDERED, "at": given, "entered_at": now,
                        "said_by": by.name})
    words = t("{force} ordered out", force=force["name"])
    if minutes:
        words = t("{force} ordered out, promised {n} min", force=force["name"], n=minutes)
    if line.reinforces is not None:
        words = _reinforce(tx, line.reinforces, new, force["name"], words, by)
    if line.text.strip():
        words = f"{words}{t(': ')}{line.text.strip()}"
    append_to(tx, words, kind=EntryKind.ORDER, event=event, order=new, actor=force["name"], by=by)
    return new


def _reinforce(tx: Transaction, first: OrderId, new: OrderId, force: str, words: str,
               by: Officer) -> str:
    """Tie the new order to the one that it strengthens, which gets a stamp of its own."""
    old = order(tx.store, first)
    if not old.out:
        raise Refused("{force} is no longer out (order {number}); send a new order.",
                      field="reinforces", force=old.force_name, number=old.number)
    tx.insert("order_link", {"order_id": new, "first_id": first})
    put_stamp(tx, old, Stage.REINFORCED, tx.store.clock.now(), source="", said_by=by.name,
              people=None, vehicles=None, note=force, late=False, reason="", officer=by.name)
    return t("{what}, reinforcing {force} (order {number})", what=words, force=old.force_name,
             number=old.number)


def put_stamp(tx: Transaction, old: Order, stage: Stage, at: datetime, *, source: str,
              said_by: str, people: int | None, vehicles: int | None, note: str, late: bool,
              reason: str, officer: str = "", place: str = "") -> None:
    """Write the stamp and what the order is after it; a stage filled in changes neither."""
    new = tx.insert("stamp", {
        "order_id": old.id, "stage": stage, "at": to_text(at),
        "entered_at": to_text(tx.store.clock.now()), "source": source, "said_by": said_by,
        "people": people, "vehicles": vehicles, "note": note.strip(), "backfilled": int(late),
        "backfill_reason": (reason or t("Entered afterwards")) if late else ""})
    tx.insert("stamp_more", {"stamp_id": new, "officer": officer, "place": place.strip()})
    after: dict[str, object] = {}
    if stage != Stage.REINFORCED and rank(stage) <= rank(old.stage):
        return
    if people is not None:
        after["people"] = people
    if vehicles is not None:
        after["vehicles"] = vehicles
    if stage != Stage.REINFORCED:
        after["stage"] = stage
    if stage in ENDED_STAGES:
        after |= {"ended_at": to_text(at), "outcome": note.strip()}
    if after:
        tx.update("dispatch_order", old.id, **after)
