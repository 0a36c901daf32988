"""Events 事件: taken in with everything the rules ask for at once, edited, found, listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.facts import EXTRA_NAMES, extra_facts, put_extra
from dispatch.intake import (
    FACT_NAMES,
    Intake,
    check_intake,
    check_subtype,
    facts_row,
    made_title,
)
from dispatch.levels import COUNT_NAMES, Counts
from dispatch.log import append_to, check_not_future
from dispatch.sendings import schedule_first
from dispatch.terms import EntryKind, EventClass, EventState, Level, Way
from resources.geo import check_point, distance_m
from resources.localtime import local, moment_text
from resources.numbers import give_number
from resources.people import DESK, Officer, allowed
from resources.rules import rule

EventId = NewType("EventId", RowId)

@dataclass(frozen=True, slots=True)
class Event:
    """One event with its latest counts; instants are UTC, level None means not graded."""

    id: EventId
    number: str
    title: str
    class_: EventClass
    subtype: str
    level: Level | None
    level_basis: str
    level_by: RowId | None
    level_at: datetime | None
    state: EventState
    occurred_at: datetime | None
    received_at: datetime
    source: str
    town: str
    address: str
    lon: float | None
    lat: float | None
    src_crs: str
    reporter: str
    reporter_unit: str
    reporter_phone: str
    summary: str
    cause: str
    trend: str
    measures: str
    commander: str
    commander_phone: str
    verified: str
    verified_at: datetime | None
    response_level: int | None
    response_plan_id: RowId | None
    response_at: datetime | None
    response_by: str
    closed_at: datetime | None
    close_note: str
    merged_into: EventId | None
    origin: str
    counts: Counts

    @property
    def place(self) -> str:
        """Town and address in one; words of letters are kept apart."""
        apart = self.town[-1:].isascii() and self.address[:1].isascii() and self.town
        return f"{self.town}{' ' if apart and self.address else ''}{self.address}"

    @property
    def replayed(self) -> bool:
        return self.origin == "replay"


@allowed(*DESK)
def open_event(store: Store, intake: Intake, *, by: Officer) -> Event:
    """Take an event in: event, call, log, counts and the reports due, in one change.

    Raises:
        Refused: nothing says what happened, an impossible time, place, count or sub-type.
    """
    with store.change("event.open", by) as tx:
        new = open_in(tx, intake, by=by)
    return event(store, new)


@allowed(*DESK)
def join_intake(store: Store, intake: Intake, id: EventId, *, by: Officer) -> Event:  # noqa: A002
    """The call is about an event that is known: it is recorded there, no second one is made.

    Numbers the caller gave are added as words; the series is changed by a person who knows.

    Raises:
        Refused: nothing was said, an impossible time, or the event is not open.
    """
    known = event(store, id)
    received = check_not_future(intake.received_at, store.clock.now())
    check_intake(intake, received)
    if known.state != EventState.OPEN:
        raise Refused("Event {number} is closed; reopen it first.", number=known.number)
    with store.change("event.join_call", by) as tx:
        words = "; ".join(p for p in (intake.title.strip(), f"{intake.town}{intake.address}",
                                      intake.summary.strip()) if p)
        if not intake.counts.empty:
            words = t("{what} ({basis})", what=words, basis=told_counts(intake.counts))
        _record_call(tx, id, replace(intake, summary=words), received, words, by)
    return event(store, id)


def told_counts(counts: Counts) -> str:
    """The counts that a caller gave, in words."""
    return t(", ").join(t("{what} {n}", what=t(COUNT_NAMES[n]), n=f"{v:,.0f}")
                        for n, v in asdict(counts).items() if v)


def open_in(tx: Transaction, intake: Intake, *, by: Officer) -> EventId:
    """`open_event` inside a change that is already open; a replay starts with it."""
    now = tx.store.clock.now()
    received = check_not_future(intake.received_at, now)
    check_intake(intake, received)
    title = intake.title.strip() or made_title(intake)
    number = give_number(tx, "event", f"{local(received).year}-")
    new = EventId(tx.insert("event", {
        **facts_row(intake), "number": number, "title": title, "received_at": to_text(received),
        "level": intake.level, "level_basis": intake.level_basis,
        "level_by": by.id if intake.level else None,
        "level_at": to_text(now) if intake.level else None,
        "source": intake.source, "origin": intake.origin}))
    if intake.source == Way.PHONE:
        _record_call(tx, new, intake, received, title, by)
    append_to(tx, t("Event {number} opened: {title}", number=number, title=title),
              kind=EntryKind.EVENT, at=received, event=new, by=by,
              backfilled=intake.origin == "replay", backfill_reason=intake.backfill_reason)
    if not intake.counts.empty:
        put_counts(tx, new, intake.counts, received, "")
    if intake.origin != "replay":
        from_occurred = rule(tx.store, "report.start", received).value == "occurred"
        start = intake.occurred_at if from_occurred and intake.occurred_at else received
        schedule_first(tx, new, start, intake.level, intake.class_)
    return new


@allowed(*DESK)
def edit_event(store: Store, id: EventId, facts: Mapping[str, object], *,  # noqa: A002
               extra: Mapping[str, str] | None = None, by: Officer) -> Event:
    """Change facts of an event (names in `intake.FACT_NAMES`); the log says which.

    `extra` are further facts (names in `facts.EXTRA_NAMES`).

    Raises:
        Refused: an empty title, a future or impossible time, an impossible place.
    """
    old = event(store, id)
    unknown = (set(facts) - set(FACT_NAMES)) | (set(extra or {}) - set(EXTRA_NAMES))
    if unknown:
        raise TypeError(f"not facts of an event: {sorted(unknown)}")
    changed = {k: v for k, v in facts.items() if getattr(old, k) != v}
    known = extra_facts(store, id)
    more = {k: v.strip() for k, v in (extra or {}).items() if known[k] != v.strip()}
    if not changed and not more:
        return old
    if old.state == EventState.MERGED:
        raise Refused("Event {number} was merged into another one. Write it there.",
                      number=old.number)
    _check_edit(store, old, changed)
    row = {k.rstrip("_"): to_text(v) if isinstance(v, datetime) else v
           for k, v in changed.items()}
    if "verified" in changed:
        row["verified_at"] = to_text(store.clock.now())
    with store.change("event.edit", by) as tx:
        if row:
            tx.update("event", id, **row)
        put_extra(tx, id, more)
        words = t(", ").join([*(t(FACT_NAMES[k]) for k in changed),
                              *(t(EXTRA_NAMES[k]) for k in more)])
        append_to(tx, t("Event {number} edited: {facts}", number=old.number, facts=words),
                  kind=EntryKind.EVENT, event=id, by=by)
    return event(store, id)


def put_counts(tx: Transaction, id: EventId, counts: Counts, at: datetime,  # noqa: A002
               note: str) -> RowId:
    """Add one row to the casualty series."""
    counts.check()
    return tx.insert("casualty", {
        "event_id": id, "at": to_text(at), "note": note,
        **asdict(counts)})


# reading

ROWS = """select e.*, c.dead, c.severe, c.light, c.missing, c.trapped, c.at_risk, c.evacuated,
    c.loss_yuan from event e left join casualty c on c.id = (select id from casualty
    where event_id = e.id order by at desc, id desc limit 1)"""


def event(store: Store, id: RowId) -> Event:  # noqa: A002 - the reader's own word
    """
    Raises:
        Refused: there is none.
    """
    return _one(store, "e.id = :key", id)


def event_by_number(store: Store, number: str) -> Event:
    """
    Raises:
        Refused: no event has the number.
    """
    if store.value("select id from event where number = :no", no=number.strip()) is None:
        raise Refused("There is no event {number}. `watchdesk events --all` lists them.",
                      field="event", number=number)
    return _one(store, "e.number = :key", number.strip())


def open_events(store: Store) -> list[Event]:
    """Gravest level first, then the longest running; not graded last."""
    return [_event(r) for r in store.read(
        f"{ROWS} where e.state = 'open' order by e.level is null, e.level, e.received_at")]


def past_events(store: Store, *, words: str = "", class_: str = "", since: datetime | None = None,
                until: datetime | None = None, limit: int = 200) -> list[Event]:
    """Events that are closed or merged, newest first; `words` in number, title or place."""
    return [_event(r) for r in store.read(f"""{ROWS} where e.state <> 'open'
        and (:class_ = '' or e.class = :class_)
        and (:words = '' or instr(e.number || e.title || e.town || e.address, :words) > 0)
        and e.received_at >= :since and e.received_at < :until
        order by e.received_at desc limit :limit""", words=words.strip(), class_=class_,
        since=to_text(since) if since else "", until=to_text(until) if until else "9",
        limit=limit)]


def likely_duplicates(store: Store, place: str, lon: float | None, lat: float | None,
                      at: datetime) -> list[Event]:
    """Events near in time, and near in place by points or else by the same words."""
    used = rule(store, "duplicate", at).value
    span = timedelta(minutes=float(used["minutes"]))
    near = [_event(r) for r in store.read(
        f"{ROWS} where e.received_at between :first and :last order by e.received_at desc",
        first=to_text(at - span), last=to_text(at + span))]
    return [e for e in near if _same_place(e, place.strip(), lon, lat, float(used["metres"]))]


def _same_place(old: Event, place: str, lon: float | None, lat: float | None,
                metres: float) -> bool:
    if lon is not None and lat is not None and old.lon is not None and old.lat is not None:
        return distance_m(lon, lat, old.lon, old.lat) <= metres
    return bool(place) and bool(old.place) and (place in old.place or old.place in place)


def _one(store: Store, where: str, key: object) -> Event:
    row = store.one(f"{ROWS} where {where}", key=key)
    if row is None:
        raise Refused("There is no such event.", field="event")
    return _event(row)


def _event(row: Any) -> Event:
    values = {n: row["class" if n == "class_" else n] for n in Event.__slots__ if n != "counts"}
    for name in ("level_at", "occurred_at", "received_at", "verified_at", "response_at",
                 "closed_at"):
        values[name] = from_text(values[name]) if values[name] else None
    values["class_"], values["state"] = EventClass(row["class"]), EventState(row["state"])
    values["level"] = Level(row["level"]) if row["level"] else None
    return Event(**values, counts=counts_of(row))


def counts_of(row: Any) -> Counts:
    """The counts in a casualty row; all zero when there is none."""
    return Counts(**{f.name: row[f.name] if f.name == "loss_yuan" else row[f.name] or 0
                     for f in fields(Counts)})


def _check_edit(store: Store, old: Event, changed: dict[str, Any]) -> None:
    if "title" in changed and not str(changed["title"]).strip():
        raise Refused("An event needs a title.", field="title")
    if changed.get("occurred_at"):
        check_not_future(changed["occurred_at"], store.clock.now())
        if changed["occurred_at"] > old.received_at:
            raise Refused("It cannot have happened ({time}) after it was reported ({received}).",
                          field="occurred_at",
                          time=moment_text(changed["occurred_at"], year=True),
                          received=moment_text(old.received_at, year=True))
    check_subtype(EventClass(changed.get("class_", old.class_)),
                  changed.get("subtype", old.subtype))
    check_point(changed.get("lon", old.lon), changed.get("lat", old.lat))


def _record_call(tx: Transaction, id: EventId, intake: Intake,  # noqa: A002
                 received: datetime, title: str, by: Officer) -> None:
    who = " ".join(p for p in (intake.reporter_unit, intake.reporter) if p)
    line = append_to(tx, intake.summary.strip() or title, kind=EntryKind.CALL, at=received,
                     event=id, actor=who or intake.reporter_phone, by=by)
    tx.insert("call", {
        "log_id": line, "event_id": id, "direction": "in", "phone": intake.reporter_phone,
        "caller": intake.reporter, "unit": intake.reporter_unit, "post": intake.reporter_post,
        "answered_at": to_text(received), "seconds": intake.seconds, "told": intake.told})
