"""Shifts 班次: which one is on watch, opening and closing them, and reading the roster."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import mark, t
from dispatch.duty.seats import IN_ORDER, SEATS, Seat, SeatState, seat_from, take_seat
from dispatch.log import append_to
from dispatch.terms import POST_NAMES, EntryKind, Post
from resources.localtime import at_local, local, local_day, moment_text
from resources.people import DESK, Officer, allowed
from resources.rules import rule

ShiftId = NewType("ShiftId", RowId)

KEPT_OPEN = timedelta(hours=12)
"""A shift nobody handed over stays on watch this long after its end, then it is closed."""


class ShiftState(StrEnum):
    PLANNED = "planned"  # 未开始
    OPEN = "open"        # 值班中
    CLOSED = "closed"    # 已交班


SHIFT_NAMES = {ShiftState.PLANNED: mark("shift|Planned"), ShiftState.OPEN: mark("shift|On watch"),
               ShiftState.CLOSED: mark("shift|Handed over")}


@dataclass(frozen=True, slots=True)
class Shift:
    """One watch; instants are UTC, `day_kind` is what the roster calls the day."""

    id: ShiftId
    starts_at: datetime
    ends_at: datetime
    day_kind: str
    state: ShiftState
    opened_at: datetime | None
    closed_at: datetime | None
    weather: str

    @property
    def label(self) -> str:
        """`11-23 08:30 → 11-24 08:30`, local time."""
        return f"{moment_text(self.starts_at)} → {moment_text(self.ends_at)}"


@dataclass(frozen=True, slots=True)
class RosterGrid:
    """A month as people by days: for each person (id, name) the seats by local start day."""

    days: tuple[date, ...]
    shifts: tuple[Shift, ...]
    people: tuple[tuple[RowId, str], ...]
    seats: dict[tuple[RowId, date], tuple[Seat, ...]]


# reading

def shift(store: Store, shift_id: int) -> Shift:
    """One shift.

    Raises:
        Refused: there is none.
    """
    row = store.one("select * from shift where id = :id", id=shift_id)
    if row is None:
        raise Refused("There is no such shift.")
    return _shift(row)


def _shift(row: sqlite3.Row) -> Shift:
    opened, closed = row["opened_at"], row["closed_at"]
    return Shift(ShiftId(RowId(row["id"])), from_text(row["starts_at"]),
                 from_text(row["ends_at"]), row["day_kind"], ShiftState(row["state"]),
                 from_text(opened) if opened else None, from_text(closed) if closed else None,
                 row["weather"])


def current_shift(store: Store, now: datetime) -> Shift | None:
    """The shift on watch: the open one (up to 12 h past its end), else the rostered one."""
    row = store.one("""select * from shift where state = 'open' and ends_at > :kept
        order by starts_at desc limit 1""", kept=to_text(now - KEPT_OPEN))
    row = row or store.one("""select * from shift where state = 'planned'
        and starts_at <= :now and ends_at > :now order by starts_at desc limit 1""",
        now=to_text(now))
    return _shift(row) if row else None


def next_shift(store: Store, after: Shift) -> Shift | None:
    """The shift that takes over from `after`, when the roster has one.

    A shift that begins only half a shift or more after the end leaves a hole in the roster
    and does not take over.
    """
    latest = after.ends_at + (after.ends_at - after.starts_at) / 2
    row = store.one("""select * from shift where state = 'planned' and starts_at > :begun
        and ends_at > :ends and starts_at < :latest order by starts_at limit 1""",
        begun=to_text(after.starts_at), ends=to_text(after.ends_at), latest=to_text(latest))
    return _shift(row) if row else None


def shifts_between(store: Store, first: datetime, last: datetime) -> tuple[Shift, ...]:
    """The shifts that touch the span from `first` to before `last`, in order."""
    rows = store.read("""select * from shift where ends_at > :first and starts_at < :last
        order by starts_at""", first=to_text(first), last=to_text(last))
    return tuple(_shift(row) for row in rows)


def lapsed_shifts(store: Store) -> tuple[Shift, ...]:
    """Shifts that nobody took over and that were closed long after their end, in order."""
    rows = store.read("""select s.* from shift s where s.state = 'closed'
        and julianday(s.closed_at) >= julianday(s.ends_at) + :kept and not exists (
            select 1 from handover h where h.shift_id = s.id and h.state = 'sealed')
        order by s.ends_at""", kept=KEPT_OPEN / timedelta(days=1))
    return tuple(_shift(row) for row in rows)


def roster_grid(store: Store, first: date, last: date) -> RosterGrid:
    """People by days from `first` to `last` (both local days, both included)."""
    begin, end = at_local(first, time()), at_local(last + timedelta(days=1), time())
    shifts = tuple(s for s in shifts_between(store, begin, end) if s.starts_at >= begin)
    day_of = {s.id: local_day(s.starts_at) for s in shifts}
    people: dict[RowId, str] = {}
    seats: dict[tuple[RowId, date], tuple[Seat, ...]] = {}
    rows = store.read(f"""{SEATS} join shift h on h.id = s.shift_id
        where h.starts_at >= :begin and h.starts_at < :end {IN_ORDER}""",
        begin=to_text(begin), end=to_text(end))
    for seat in (seat_from(row) for row in rows):
        people[seat.officer_id] = seat.officer
        key = (RowId(seat.officer_id), day_of[ShiftId(seat.shift_id)])
        seats[key] = (*seats.get(key, ()), seat)
    days = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
    return RosterGrid(days, shifts, tuple(people.items()), seats)


def pattern_span(store: Store, now: datetime) -> tuple[datetime, datetime]:
    """Begin and end of the shift that the rule `shift.patterns` (its first row) puts `now` in."""
    pattern = rule(store, "shift.patterns", now).value[0]
    length = timedelta(hours=float(pattern["hours"]))
    day = local_day(now)
    starts = sorted(at_local(day + timedelta(days=n), time.fromisoformat(clock))
                    for n in (-1, 0) for clock in pattern["starts"])
    begin = max(at for at in starts if at <= now)
    return begin, begin + length


# acting

@allowed(*DESK)
def open_shift(store: Store, shift_id: int, *, by: Officer) -> Shift:
    """Take a planned shift on watch without a handover (the first one, or after a gap).

    Raises:
        Refused: it is not planned, or another shift is on watch and must be handed over.
    """
    wanted = shift(store, shift_id)
    if wanted.state is not ShiftState.PLANNED:
        raise Refused("The shift {label} was opened already.", label=wanted.label)
    other = current_shift(store, store.clock.now())
    if other and other.state is ShiftState.OPEN:
        raise Refused("The shift {label} is on watch. Hand it over first.", label=other.label)
    with store.change("shift.open", by) as tx:
        open_to(tx, shift_id, by)
    return shift(store, shift_id)


@allowed(*DESK)
def close_shift(store: Store, shift_id: int, *, reason: str, by: Officer) -> Shift:
    """Close a shift without a handover; the log says why.

    Raises:
        Refused: it is not on watch, or no reason is given.
    """
    if not reason.strip():
        raise Refused("Say why the shift is closed without a handover.", field="reason")
    if shift(store, shift_id).state is not ShiftState.OPEN:
        raise Refused("Only the shift on watch can be closed.")
    with store.change("shift.close", by) as tx:
        close_to(tx, shift_id, by, reason.strip())
    return shift(store, shift_id)


@allowed(*DESK)
def ensure_shift(store: Store, now: datetime, *, by: Officer) -> Shift:
    """The shift on watch; one is opened from the roster, or made by the pattern, if none is.

    A shift made so has `by` as main. One that was never handed over is closed first, half a
    day after its end.
    """
    found = current_shift(store, now)
    if found and found.state is ShiftState.OPEN:
        return found
    with store.change("shift.ensure", by) as tx:
        for row in tx.run("select id from shift where state = 'open'").fetchall():
            close_to(tx, row["id"], by, t("watch|nobody took it over"))
        shift_id = found.id if found else make_shift(tx, *_free_span(store, now), by)
        open_to(tx, shift_id, by)
    return shift(store, shift_id)


def _free_span(store: Store, now: datetime) -> tuple[datetime, datetime]:
    begin, end = pattern_span(store, now)
    taken = store.one("select 1 from shift where starts_at = :begin", begin=to_text(begin))
    return (now, end) if taken else (begin, end)


@allowed(*DESK)
def set_weather(store: Store, shift_id: int, weather: str, *, by: Officer) -> Shift:
    """Note the weather of a shift 天气.

    Raises:
        Refused: the shift was handed over.
    """
    if shift(store, shift_id).state is ShiftState.CLOSED:
        raise Refused("This shift was handed over and can no longer change.")
    with store.change("shift.weather", by) as tx:
        tx.update("shift", shift_id, weather=weather.strip())
    return shift(store, shift_id)


# inside a change

def make_shift(tx: Transaction, begin: datetime, end: datetime, main: Officer) -> ShiftId:
    """A shift outside the roster, with one person on it as main, present."""
    kind = "weekend" if local(begin).weekday() >= 5 else "workday"
    made = ShiftId(tx.insert("shift", {"starts_at": to_text(begin), "ends_at": to_text(end),
                                       "day_kind": kind, "state": str(ShiftState.PLANNED)}))
    take_seat(tx, made, main.id, Post.MAIN, SeatState.PRESENT)
    return made


def open_to(tx: Transaction, shift_id: int, by: Officer) -> None:
    """Open a shift and say in its log who is on it."""
    tx.update("shift", shift_id, state=str(ShiftState.OPEN),
              opened_at=to_text(tx.store.clock.now()))
    label = shift(tx.store, shift_id).label
    rows = tx.run(f"{SEATS} where s.shift_id = :shift and s.state <> 'replaced' {IN_ORDER}",
                  shift=shift_id).fetchall()
    names = t(", ").join(f"{t(POST_NAMES[Post(r['post'])])} {r['officer']}" for r in rows)
    append_to(tx, t("watch|Shift {label} began. {names}", label=label, names=names),
              kind=EntryKind.SHIFT, by=by)


def close_to(tx: Transaction, shift_id: int, by: Officer, reason: str = "",
             number: str = "") -> None:
    """Say in the log that the shift ends, by handover `number` or for `reason`; close it."""
    label = shift(tx.store, shift_id).label
    text = t("watch|Shift {label} closed without a handover: {reason}", label=label,
             reason=reason)
    if number:
        text = t("watch|Shift {label} handed over, record {number}.", label=label, number=number)
    append_to(tx, text, kind=EntryKind.SHIFT, by=by)
    tx.update("shift", shift_id, state=str(ShiftState.CLOSED),
              closed_at=to_text(tx.store.clock.now()))
