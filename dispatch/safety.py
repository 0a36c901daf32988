"""Safety check-ins 现场人员安全点名: are all on scene well, asked at an interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.log import append_to, check_not_future
from dispatch.orders import Order, OrderId, order
from dispatch.terms import ON_SCENE, EntryKind, Way
from resources.localtime import clock_text
from resources.people import DESK, Officer, allowed
from resources.rules import rule

MOST_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One answer of a force on scene: whether all are well, and how many."""

    at: datetime
    well: bool
    people: int | None
    said_by: str
    note: str
    officer: str


@dataclass(frozen=True, slots=True)
class Watch:
    """A force on scene, when it last answered (else arrived), and every how many minutes it must.

    No minutes mean that it is not asked.
    """

    order: Order
    since: datetime
    minutes: int
    answered: bool

    @property
    def due_at(self) -> datetime | None:
        return self.since + timedelta(minutes=self.minutes) if self.minutes else None


@allowed(*DESK)
def check_in(store: Store, id: OrderId, *, well: bool = True,  # noqa: A002
             people: int | None = None, at: datetime | None = None, source: str = Way.RADIO,
             said_by: str = "", note: str = "", by: Officer) -> CheckIn:
    """Note that a force answered; how many people as last known when it is not said.

    Raises:
        Refused: the force is not on the scene, the time lies in the future or before the last
            answer, a number below zero, or somebody is not well and nothing is said of it.
    """
    when = check_not_future(at, store.clock.now())
    if not well and not note.strip():
        raise Refused("Say what is wrong with them.", field="note")
    if people is not None and people < 0:
        raise Refused("A number of people or vehicles cannot be below zero.", field="people")
    with store.change("order.check_in", by) as tx:
        old = order(store, id)
        if not old.on_scene:
            raise Refused("{force} is not on the scene.", field="force", force=old.force_name)
        last = since_of(old, check_ins(store, id))
        if when < last:
            raise Refused("{time} is before its last answer at {last}.", field="at",
                          time=clock_text(when), last=clock_text(last))
        n = old.people if people is None else people
        tx.insert("check_in", {
            "order_id": id, "at": to_text(when), "entered_at": to_text(store.clock.now()),
            "well": int(well), "people": n, "source": source, "said_by": said_by.strip(),
            "note": note.strip(), "officer": by.name})
        append_to(tx, _words(old, well, n, note.strip()), kind=EntryKind.ROLL_CALL, at=when,
                  event=old.event_id, order=id, actor=said_by.strip() or old.force_name,
                  source=source, by=by)
    return check_ins(store, id)[-1]


@allowed(*DESK)
def set_interval(store: Store, event: RowId, minutes: int, *, force: OrderId | None = None,
                 by: Officer) -> None:
    """Ask every so many minutes: all forces of an event, or one; 0 asks no more.

    Raises:
        Refused: below zero or over a day, or the order is of another event.
    """
    if not 0 <= minutes <= MOST_MINUTES:
        raise Refused("Minutes are between 0 and {most}.", field="minutes", most=MOST_MINUTES)
    one = order(store, force) if force is not None else None
    if one is not None and one.event_id != event:
        raise Refused("There is no such order.")
    with store.change("order.check_interval", by) as tx:
        tx.insert("check_interval", {
            "event_id": event, "order_id": force, "minutes": minutes, "officer": by.name,
            "at": to_text(store.clock.now())})
        who = one.force_name if one is not None else t("all forces")
        words = t("Safety check-in of {force} every {n} min", force=who, n=minutes) \
            if minutes else t("No safety check-in of {force} any more", force=who)
        append_to(tx, words, kind=EntryKind.ROLL_CALL, event=event, order=force, by=by)


def watches(store: Store, orders: Iterable[Order]) -> list[Watch]:
    """The forces on scene among these orders, who is due first first."""
    found = [_watch(store, o) for o in orders if o.on_scene]
    return sorted(found, key=lambda w: (w.due_at is None, w.due_at or w.since, w.order.number))


def check_ins(store: Store, id: OrderId) -> list[CheckIn]:  # noqa: A002
    """What a force answered, oldest first."""
    return [CheckIn(from_text(r["at"]), bool(r["well"]), r["people"], r["said_by"], r["note"],
                    r["officer"])
            for r in store.read("select * from check_in where order_id = :id order by at, id",
                                id=id)]


def since_of(of: Order, answers: Sequence[CheckIn]) -> datetime:
    """From when the next answer is counted: the last one, else the arrival. Pure."""
    arrived = next((s.at for s in of.stamps if s.stage in ON_SCENE), of.ordered_at)
    return max([arrived, *(a.at for a in answers)])


def interval(store: Store, of: Order) -> int:
    """Minutes between check-ins: as set for the force, the event, the plan, else by rule."""
    row = store.one("""select minutes from check_interval where event_id = :event
        and (order_id = :order or order_id is null)
        order by order_id is null, id desc limit 1""", event=of.event_id, order=of.id)
    if row is None:
        row = store.one("""select x.check_minutes as minutes from event e
            join plan p on p.active = 1 and (p.id = e.response_plan_id or (e.subtype <> ''
                and exists (select 1 from json_each(p.subtypes) where value = e.subtype)))
            join plan_orders x on x.plan_id = p.id and x.check_minutes is not null
            where e.id = :event order by p.id is e.response_plan_id desc, x.check_minutes
            limit 1""", event=of.event_id)
    return int(rule(store, "checkin.minutes").value if row is None else row["minutes"])


def _watch(store: Store, of: Order) -> Watch:
    answers = check_ins(store, of.id)
    return Watch(of, since_of(of, answers), interval(store, of), bool(answers))


def _words(old: Order, well: bool, people: int | None, note: str) -> str:  # noqa: FBT001
    words = t("{force}: all well, {n} people", force=old.force_name, n=people or 0) if well \
        else t("{force}: NOT all well, {n} people", force=old.force_name, n=people or 0)
    return f"{words}{t(', ')}{note}" if note else words
