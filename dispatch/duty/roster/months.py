"""Months of the roster 月度排班: the record, its cells, and the problem they answer."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from dispatch.duty.month import days_of, month_after, month_before
from dispatch.duty.roster import people as duty
from dispatch.duty.roster.problem import (
    Cell,
    Counts,
    Key,
    Problem,
    Served,
    Slot,
    counts_of,
    slots_of,
)
from dispatch.duty.roster.rules import limits_on, posts_on, roster_rule, starts_on
from dispatch.duty.roster.terms import MonthState, PairKind
from dispatch.terms import Post
from resources.localtime import at_local
from resources.people import Officer, OfficerId, allowed

CARRY_MONTHS = 12
"""How many earlier months fairness looks back on."""


@dataclass(frozen=True, slots=True)
class MonthRecord:
    """What the store keeps about a month; `id` is None for one that was not begun."""

    id: RowId | None
    first: date
    state: MonthState
    version: int
    starts: tuple[time, ...]
    report: dict[str, Any]
    published_at: datetime | None
    published_by: str


class Put(NamedTuple):
    """Put a person on a post of a slot; without a post the cell is emptied."""

    person: OfficerId
    key: Key
    post: Post | None
    locked: bool = False


# reading

def month_record(store: Store, first: date) -> MonthRecord:
    """The record of the month that `first` lies in."""
    first = first.replace(day=1)
    row = store.one("select * from roster_month where month = :month", month=f"{first:%Y-%m}")
    if row is None:
        return MonthRecord(None, first, MonthState.NONE, 0, _usual_starts(store, first), {}, None,
                           "")
    return _record(row)


def _record(row: sqlite3.Row) -> MonthRecord:
    at = row["published_at"]
    return MonthRecord(RowId(row["id"]), date.fromisoformat(f"{row['month']}-01"),
                       MonthState(row["state"]), row["version"],
                       tuple(time.fromisoformat(s) for s in json.loads(row["starts"])),
                       json.loads(row["report"]), from_text(at) if at else None,
                       row["published_by"])


def _usual_starts(store: Store, first: date) -> tuple[time, ...]:
    kept = store.value("select starts from roster_month where month < :month"
                       " order by month desc limit 1", month=f"{first:%Y-%m}")
    if kept and store.value("select 1 from rule where code = 'roster.starts'"
                            " and valid_from = :day", day=first.isoformat()) is None:
        return tuple(time.fromisoformat(s) for s in json.loads(kept))
    return starts_on(store, first)


def cells_of(store: Store, first: date) -> dict[Cell, bool]:
    """The cells of a month, each with whether it is locked."""
    rows = store.read("""select c.* from roster_cell c join roster_month m on m.id = c.month_id
        where m.month = :month order by c.day, c.slot, c.id""", month=f"{first:%Y-%m}")
    return {Cell(OfficerId(RowId(r["officer_id"])), Key(date.fromisoformat(r["day"]), r["slot"]),
                 Post(r["post"])): bool(r["locked"]) for r in rows}


def month_slots(store: Store, record: MonthRecord) -> tuple[Slot, ...]:
    """The shifts of a month; the first one waits for the end of the month before."""
    days = days_of(record.first.year, record.first.month)
    marks = {day: period.name for period in duty.special_periods(store, days[0].date,
                                                                 days[-1].date)
             for day in duty.days_between(period.first, period.last)}
    begin = at_local(record.first, time())
    busy = store.value("""select max(ends_at) from shift where starts_at < :begin
        and ends_at > :begin""", begin=to_text(begin))
    return slots_of(days, record.starts, marks, from_text(busy) if busy else None)


def needs_of(store: Store, record: MonthRecord, slots: Iterable[Slot]
             ) -> dict[tuple[Key, Post], int]:
    """How many each post of each slot takes, special periods included."""
    posts = posts_on(store, record.first)
    last = month_after(record.first) - timedelta(days=1)
    periods = duty.special_periods(store, record.first, last)
    found: dict[tuple[Key, Post], int] = {}
    for slot in slots:
        extra: Counter[Post] = Counter(posts)
        for period in periods:
            if period.first <= slot.key.day <= period.last:
                extra.update(period.extra)
        found |= {(slot.key, post): n for post, n in extra.items() if n > 0}
    return found


def problem_of(store: Store, first: date) -> Problem:
    """Everything that decides a month, as the store has it now."""
    record = month_record(store, first)
    slots = month_slots(store, record)
    last = slots[-1].key.day
    rule = roster_rule(store, "roster.newcomer", record.first).value
    away: dict[OfficerId, frozenset[date]] = {}
    for row in duty.leaves(store, record.first, last):
        away[row.officer_id] = away.get(row.officer_id, frozenset()) | row.days
    pairs = duty.pairs(store)
    return Problem(
        record.first, slots, needs_of(store, record, slots),
        duty.duty_people(store, int(rule["seniority"])), limits_on(store, record.first), away,
        duty.wishes(store, record.first, last),
        tuple((p.one, p.other) for p in pairs if p.kind is PairKind.APART),
        tuple((p.one, p.other) for p in pairs if p.kind is PairKind.TOGETHER),
        _served(store, record.first), carried(store, record.first),
        frozenset(c for c, locked in cells_of(store, first).items() if locked))


def to_solve(problem: Problem, cells: Iterable[Cell], now: datetime) -> Problem:
    """The part of a month that is still to come; what has begun stands as served."""
    slots = {s.key: s for s in problem.slots}
    begun = {key for key, slot in slots.items() if slot.starts_at <= now}
    past = [c for c in cells if c.key in begun]
    counts = counts_of(past, slots)
    had = {p: problem.carried.get(p, Counter()) + n for p, n in counts.items()}
    return replace(
        problem, slots=tuple(s for s in problem.slots if s.key not in begun),
        needs={seat: n for seat, n in problem.needs.items() if seat[0] not in begun},
        served=(*problem.served, *(Served(c.person, c.post, slots[c.key].starts_at,
                                          slots[c.key].ends_at) for c in past)),
        carried={**problem.carried, **had},
        held=frozenset(c for c in problem.held if c.key not in begun))


def _served(store: Store, first: date) -> tuple[Served, ...]:
    """Duties of the neighbouring months, as drafted or, where there is no draft, as planned."""
    found: list[Served] = []
    for other in (month_before(first), month_after(first)):
        record = month_record(store, other)
        if record.id is not None:
            slots = {s.key: s for s in month_slots(store, record)}
            found += [Served(c.person, c.post, slots[c.key].starts_at, slots[c.key].ends_at)
                      for c in cells_of(store, other) if c.key in slots]
            continue
        begin, end = at_local(other, time()), at_local(month_after(other), time())
        found += [Served(OfficerId(RowId(r["officer_id"])), Post(r["post"]),
                         from_text(r["starts_at"]), from_text(r["ends_at"]))
                  for r in store.read(
                      """select s.officer_id, s.post, h.starts_at, h.ends_at
                      from seat_on_shift s join shift h on h.id = s.shift_id
                      where h.starts_at >= :begin and h.starts_at < :end
                      and s.state <> 'replaced'""", begin=to_text(begin), end=to_text(end))]
    near = (at_local(first - timedelta(days=14), time()),
            at_local(month_after(first) + timedelta(days=14), time()))
    return tuple(s for s in found if near[0] <= s.starts_at < near[1])


def carried(store: Store, first: date) -> dict[OfficerId, Counts]:
    """What everybody served in the published months of the year before, by measure."""
    found: dict[OfficerId, Counts] = {}
    month = first
    for _ in range(CARRY_MONTHS):
        month = month_before(month)
        record = month_record(store, month)
        if record.state is not MonthState.PUBLISHED:
            continue
        slots = {s.key: s for s in month_slots(store, record)}
        for person, counts in counts_of(cells_of(store, month), slots).items():
            found[person] = found.get(person, Counter()) + counts
    return found


# acting

@allowed(*duty.PLANNERS)
def begin_month(store: Store, first: date, *, by: Officer) -> MonthRecord:
    """Begin the draft of a month; one that was begun stays as it is."""
    record = month_record(store, first)
    if record.id is None:
        with store.change("roster.begin", by) as tx:
            begin_to(tx, record)
    return month_record(store, first)


def begin_to(tx: Transaction, record: MonthRecord) -> RowId:
    """The month's row, made when it is not there; what the desk has planned is taken over."""
    if record.id is not None:
        return record.id
    made = tx.insert("roster_month", {
        "month": f"{record.first:%Y-%m}", "starts": json.dumps(
            [f"{at:%H:%M}" for at in record.starts])})
    for slot in month_slots(tx.store, record):
        for row in tx.run("""select s.officer_id, s.post from seat_on_shift s
                join shift h on h.id = s.shift_id where h.starts_at = :at
                and s.state <> 'replaced' order by s.id""", at=to_text(slot.starts_at)).fetchall():
            _put(tx, made, Put(row["officer_id"], slot.key, Post(row["post"])))
    return made


def drafted(store: Store, first: date) -> MonthRecord:
    """The month, if it may still be changed by hand.

    Raises:
        Refused: it is published.
    """
    record = month_record(store, first)
    if record.state is MonthState.PUBLISHED:
        raise Refused("{month} is published. Swap a duty (X), or take the month back into a draft"
                      " (R) and publish it anew.", month=f"{record.first:%Y-%m}")
    return record


@allowed(*duty.PLANNERS)
def put_cells(store: Store, first: date, puts: Sequence[Put], *, by: Officer) -> tuple[Put, ...]:
    """Put people on posts by hand; the answer undoes it. Conflicts are shown, not refused.

    Raises:
        Refused: the month is published, the slot is not of it, or the person has left.
    """
    record = drafted(store, first)
    before = {(c.person, c.key): Put(c.person, c.key, c.post, locked)
              for c, locked in cells_of(store, first).items()}
    keys = {s.key for s in month_slots(store, record)}
    for put in puts:
        if put.key not in keys:
            raise Refused("This month has no shift {n} on {day}.", n=put.key.n + 1,
                          day=put.key.day)
        if put.post and store.value("select active from officer where id = :id",
                                    id=put.person) != 1:
            raise Refused("This person is no longer on the list of officers.")
    with store.change("roster.assign", by) as tx:
        month_id = begin_to(tx, record)
        for put in puts:
            _put(tx, month_id, put)
    return tuple(before.get((p.person, p.key), Put(p.person, p.key, None))
                 for p in reversed(puts))


def _put(tx: Transaction, month_id: RowId, put: Put) -> None:
    where = {"month": month_id, "officer": put.person, "day": put.key.day.isoformat(),
             "slot": put.key.n}
    if put.post is None:
        tx.run("delete from roster_cell where month_id = :month and officer_id = :officer"
               " and day = :day and slot = :slot", **where)
        return
    tx.run("""insert into roster_cell (id, month_id, officer_id, day, slot, post, locked)
        values (:id, :month, :officer, :day, :slot, :post, :locked)
        on conflict (month_id, officer_id, day, slot)
        do update set post = excluded.post, locked = excluded.locked""",
        id=tx.new_id(), post=str(put.post), locked=int(put.locked), **where)


@allowed(*duty.PLANNERS)
def take_solution(store: Store, first: date, cells: Iterable[Cell], report: dict[str, Any], *,
                  by: Officer) -> tuple[Put, ...]:
    """Put a solved month in the place of the draft; the answer undoes it.

    Locked cells stay locked. Only what differs is written.

    Raises:
        Refused: the month is published.
    """
    record = drafted(store, first)
    with store.change("roster.solve", by) as tx:
        return solution_to(tx, record, cells, report)


def solution_to(tx: Transaction, record: MonthRecord, cells: Iterable[Cell],
                report: dict[str, Any]) -> tuple[Put, ...]:
    """`take_solution` inside a change that is open."""
    wanted, had = set(cells), cells_of(tx.store, record.first)
    gone = [c for c in had if c not in wanted]
    new = [c for c in wanted if c not in had]
    month_id = begin_to(tx, record)
    tx.update("roster_month", month_id, report=json.dumps(report, ensure_ascii=False))
    for cell in gone:
        _put(tx, month_id, Put(cell.person, cell.key, None))
    for cell in sorted(new):
        _put(tx, month_id, Put(cell.person, cell.key, cell.post))
    back = [Put(c.person, c.key, None) for c in new]
    return (*back, *(Put(c.person, c.key, c.post, had[c]) for c in gone))


@allowed(*duty.PLANNERS)
def set_starts(store: Store, first: date, starts: tuple[time, ...], *, by: Officer) -> None:
    """Give a draft another pattern of shifts; cells of shifts that are no more are dropped.

    Raises:
        Refused: the month is published.
    """
    record = drafted(store, first)
    if record.starts == starts and record.id is not None:
        return
    with store.change("roster.pattern", by) as tx:
        month_id = begin_to(tx, record)
        tx.update("roster_month", month_id, starts=json.dumps([f"{at:%H:%M}" for at in starts]))
        tx.run("delete from roster_cell where month_id = :month and slot >= :n",
               month=month_id, n=len(starts))
