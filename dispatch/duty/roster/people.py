"""Duty persons 排班人员: posts, newcomers, leave, wishes, pairs, and special periods."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.duty.roster.problem import Person
from dispatch.duty.roster.terms import Leave, PairKind, Wish
from dispatch.terms import Post
from resources.localtime import day_text
from resources.people import DESK, Officer, OfficerId, Role, allowed

PLANNERS = (Role.DUTY, Role.LEADER, Role.ADMIN)
"""Who may draft the roster."""


@dataclass(frozen=True, slots=True)
class LeaveRow:
    """Days on which somebody is away, both ends included."""

    id: RowId
    officer_id: OfficerId
    first: date
    last: date
    kind: Leave
    note: str

    @property
    def days(self) -> frozenset[date]:
        return days_between(self.first, self.last)


@dataclass(frozen=True, slots=True)
class SpecialPeriod:
    """A special-protection period 特别防护期 with what posts it adds to each shift."""

    id: RowId
    name: str
    first: date
    last: date
    extra: dict[Post, int]


@dataclass(frozen=True, slots=True)
class Pair:
    id: RowId
    one: OfficerId
    other: OfficerId
    kind: PairKind


def days_between(first: date, last: date) -> frozenset[date]:
    return frozenset(first + timedelta(days=n) for n in range((last - first).days + 1))


# reading

def duty_people(store: Store, seniority: int = 0) -> tuple[Person, ...]:
    """Those who can be on the roster, leaders first; seniors have at least that seniority."""
    rows = store.read("""select o.*, coalesce(d.newcomer, 0) as newcomer from officer o
        left join duty_person d on d.officer_id = o.id
        where o.active = 1 and o.posts <> '[]' and coalesce(d.on_roster, 1) = 1
        order by instr(o.posts, '"leader"') = 0, o.seniority desc, o.id""")
    return tuple(Person(OfficerId(RowId(r["id"])), r["name"], r["unit"],
                        frozenset(Post(p) for p in json.loads(r["posts"])), bool(r["newcomer"]),
                        r["seniority"] >= seniority, r["phone"], r["seniority"]) for r in rows)


def is_newcomer(store: Store, officer_id: int) -> bool:
    return bool(store.value("select newcomer from duty_person where officer_id = :id",
                            id=officer_id))


def leaves(store: Store, first: date, last: date,
           officer_id: int | None = None) -> tuple[LeaveRow, ...]:
    """Leave that touches the days from `first` to `last`."""
    rows = store.read("""select * from duty_leave where last_day >= :first and first_day <= :last
        and (:officer is null or officer_id = :officer) order by first_day, id""",
        first=first.isoformat(), last=last.isoformat(), officer=officer_id)
    return tuple(LeaveRow(RowId(r["id"]), OfficerId(RowId(r["officer_id"])),
                          date.fromisoformat(r["first_day"]), date.fromisoformat(r["last_day"]),
                          Leave(r["kind"]), r["note"]) for r in rows)


def wishes(store: Store, first: date, last: date) -> dict[tuple[OfficerId, date], Wish]:
    rows = store.read("select * from duty_wish where day between :first and :last",
                      first=first.isoformat(), last=last.isoformat())
    return {(OfficerId(RowId(r["officer_id"])), date.fromisoformat(r["day"])): Wish(r["kind"])
            for r in rows}


def pairs(store: Store) -> tuple[Pair, ...]:
    rows = store.read("""select p.* from duty_pair p join officer a on a.id = p.one_id
        join officer b on b.id = p.other_id where a.active = 1 and b.active = 1 order by p.id""")
    return tuple(Pair(RowId(r["id"]), OfficerId(RowId(r["one_id"])),
                      OfficerId(RowId(r["other_id"])), PairKind(r["kind"])) for r in rows)


def special_periods(store: Store, first: date, last: date) -> tuple[SpecialPeriod, ...]:
    rows = store.read("""select * from special_period where last_day >= :first
        and first_day <= :last order by first_day, id""",
        first=first.isoformat(), last=last.isoformat())
    return tuple(SpecialPeriod(RowId(r["id"]), r["name"], date.fromisoformat(r["first_day"]),
                               date.fromisoformat(r["last_day"]),
                               {Post(p): int(n) for p, n in json.loads(r["posts"]).items()})
                 for r in rows)


# acting

@allowed(Role.ADMIN, Role.LEADER)
def set_duty_person(store: Store, officer_id: int, *, posts: Iterable[Post], phone: str,
                    unit: str, seniority: int, newcomer: bool, by: Officer) -> None:
    """Say what posts somebody can hold and whether that person is new.

    Raises:
        Refused: there is no such officer.
    """
    _known(store, officer_id)
    held = json.dumps([str(p) for p in Post if p in set(posts)])
    with store.change("roster.person", by) as tx:
        tx.update("officer", officer_id, posts=held, phone=phone.strip(), unit=unit.strip(),
                  seniority=seniority)
        tx.run("""insert into duty_person (id, officer_id, newcomer) values (:id, :officer, :new)
            on conflict (officer_id) do update set newcomer = excluded.newcomer""",
            id=tx.new_id(), officer=officer_id, new=int(newcomer))


@allowed(*DESK)
def add_leave(store: Store, officer_id: int, first: date, last: date, kind: Leave,
              note: str = "", *, by: Officer) -> tuple[date, ...]:
    """Enter leave; the answer are the days on which the person is on a published roster.

    Leave is true whatever the roster says, so it is taken in; the duties it falls on are
    conflicts until they are swapped.

    Raises:
        Refused: no such officer, the days are the wrong way round, or leave is there already.
    """
    _known(store, officer_id)
    if last < first:
        raise Refused("The last day is before the first.", field="last")
    there = leaves(store, first, last, officer_id)
    if there:
        raise Refused("Leave from {first} to {last} is entered already.", field="first",
                      first=there[0].first, last=there[0].last)
    with store.change("roster.leave", by) as tx:
        tx.insert("duty_leave", {"officer_id": officer_id, "first_day": first.isoformat(),
                                 "last_day": last.isoformat(), "kind": str(kind),
                                 "note": note.strip()})
    return published_days(store, officer_id, first, last)


@allowed(*DESK)
def remove_leave(store: Store, leave_id: int, *, by: Officer) -> None:
    """Take leave back; the journal keeps that it was there."""
    with store.change("roster.leave_back", by) as tx:
        tx.run("delete from duty_leave where id = :id", id=leave_id)


@allowed(*DESK)
def set_wish(store: Store, officer_id: int, day: date, wish: Wish | None, *, by: Officer) -> None:
    """Note what somebody would like of a day; None takes the wish back."""
    _known(store, officer_id)
    with store.change("roster.wish", by) as tx:
        tx.run("delete from duty_wish where officer_id = :officer and day = :day",
               officer=officer_id, day=day.isoformat())
        if wish is not None:
            tx.insert("duty_wish", {"officer_id": officer_id, "day": day.isoformat(),
                                    "kind": str(wish)})


@allowed(Role.ADMIN, Role.LEADER)
def add_pair(store: Store, one: int, other: int, kind: PairKind, *, by: Officer) -> None:
    """Say that two people must or must not be in one shift.

    Raises:
        Refused: the same person twice, or the pair has a rule already.
    """
    if one == other:
        raise Refused("A pair takes two people.", field="other")
    first, second = sorted((one, other))
    if store.one("select 1 from duty_pair where one_id = :one and other_id = :other",
                 one=first, other=second):
        raise Refused("This pair has a rule already. Remove it first.", field="other")
    with store.change("roster.pair", by) as tx:
        tx.insert("duty_pair", {"one_id": first, "other_id": second, "kind": str(kind)})


@allowed(Role.ADMIN, Role.LEADER)
def remove_pair(store: Store, pair_id: int, *, by: Officer) -> None:
    with store.change("roster.pair_back", by) as tx:
        tx.run("delete from duty_pair where id = :id", id=pair_id)


@allowed(Role.ADMIN, Role.LEADER)
def add_special_period(store: Store, name: str, first: date, last: date,
                       extra: dict[Post, int], *, by: Officer) -> None:
    """A period in which each shift has these posts more.

    Raises:
        Refused: no name, the days are the wrong way round, or nothing is added.
    """
    if not name.strip():
        raise Refused("A special period needs a name.", field="name")
    if last < first:
        raise Refused("The last day is before the first.", field="last")
    more = {str(p): n for p, n in extra.items() if n > 0}
    if not more:
        raise Refused("Say which posts are added.", field="standby")
    with store.change("roster.special", by) as tx:
        tx.insert("special_period", {"name": name.strip(), "first_day": first.isoformat(),
                                     "last_day": last.isoformat(), "posts": json.dumps(more)})


@allowed(Role.ADMIN, Role.LEADER)
def remove_special_period(store: Store, period_id: int, *, by: Officer) -> None:
    with store.change("roster.special_back", by) as tx:
        tx.run("delete from special_period where id = :id", id=period_id)


def published_days(store: Store, officer_id: int, first: date, last: date) -> tuple[date, ...]:
    """The days from `first` to `last` on which somebody is on a published roster."""
    rows = store.read("""select distinct c.day from roster_cell c
        join roster_month m on m.id = c.month_id where m.state = 'published'
        and c.officer_id = :officer and c.day between :first and :last order by c.day""",
        officer=officer_id, first=first.isoformat(), last=last.isoformat())
    return tuple(date.fromisoformat(r["day"]) for r in rows)


def refuse_with_duties(store: Store, officer_id: int) -> None:
    """Whoever still has duties to come is not taken off the list.

    Raises:
        Refused: there are such duties; says the first days.
    """
    rows = store.read("""select distinct h.starts_at from seat_on_shift s
        join shift h on h.id = s.shift_id
        where s.officer_id = :id and s.state = 'planned' and h.state = 'planned'
        and h.starts_at > :now order by h.starts_at""", id=officer_id,
        now=to_text(store.clock.now()))
    if rows:
        name = store.value("select name from officer where id = :id", id=officer_id)
        days = t(", ").join(day_text(from_text(r["starts_at"])) for r in rows[:4])
        raise Refused("{name} still has {n} duties on the published roster ({days}). Swap them or"
                      " publish the month anew first.", name=name, n=len(rows), days=days)


def _known(store: Store, officer_id: int) -> None:
    if store.one("select 1 from officer where id = :id and active = 1", id=officer_id) is None:
        raise Refused("There is no such officer. Choose a name from the list.", field="officer")
