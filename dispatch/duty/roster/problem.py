"""The month to be filled 排班问题: slots, needs, people and rules as frozen records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from dispatch.duty.month import Day, DayKind
from dispatch.duty.roster.terms import Measure, Wish
from dispatch.terms import Post
from resources.localtime import at_local, local
from resources.people import OfficerId

ROOM = frozenset({Post.LEADER, Post.MAIN, Post.SECOND})
"""Posts served in the duty room; standby is served at home."""
DESK = frozenset({Post.MAIN, Post.SECOND})


class Key(NamedTuple):
    """A slot of the month: its local day and its number on that day, from 0."""

    day: date
    n: int


@dataclass(frozen=True, slots=True)
class Slot:
    """One shift to be filled. It belongs to the day on which it begins."""

    key: Key
    starts_at: datetime
    ends_at: datetime
    kind: DayKind
    special: str = ""

    @property
    def night(self) -> bool:
        """Whether it is one of several a day and covers three o'clock."""
        first = local(self.starts_at)
        three = first.replace(hour=3, minute=0)
        three = three if three >= first else three + timedelta(days=1)
        return self.ends_at - self.starts_at < timedelta(hours=24) and three < self.ends_at

    def measures(self, post: Post) -> tuple[Measure, ...]:
        """What a duty on this slot counts towards."""
        found = [Measure.TOTAL]
        if post in ROOM:
            found.append(Measure.ROOM)
        if self.kind is DayKind.HOLIDAY:
            found.append(Measure.HOLIDAY)
        if self.kind is DayKind.WEEKEND:
            found.append(Measure.WEEKEND)
        if self.night and post in ROOM:
            found.append(Measure.NIGHT)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be on duty. `senior` may lead a newcomer at the desk."""

    id: OfficerId
    name: str
    unit: str
    posts: frozenset[Post]
    newcomer: bool = False
    senior: bool = True
    phone: str = ""
    seniority: int = 0


class Cell(NamedTuple):
    """One person on one post of one slot."""

    person: OfficerId
    key: Key
    post: Post


@dataclass(frozen=True, slots=True)
class Served:
    """A duty outside the month that its rules still see."""

    person: OfficerId
    post: Post
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of the rules: hours of rest, most duties in a week (Monday on) and a month.

    `rest_room` lies between two duties in the room, `rest_standby` where one is standby.
    """

    rest_room: float = 48
    rest_standby: float = 0
    week_room: int = 3
    week_all: int = 5
    month_room: int = 10
    month_all: int = 16
    leader_row: bool = True
    newcomer: bool = True


Counts = Counter[Measure]


def same_month(duty: Served, first: date) -> bool:
    """Whether a duty outside the slots still counts towards this month's limits."""
    day = local(duty.starts_at).date()
    return (day.year, day.month) == (first.year, first.month)


@dataclass(frozen=True, slots=True)
class Problem:
    """All that decides a month. `held` cells stay; `carried` are counts of earlier months."""

    first: date
    slots: tuple[Slot, ...]
    needs: Mapping[tuple[Key, Post], int]
    people: tuple[Person, ...]
    limits: Limits = Limits()
    leave: Mapping[OfficerId, frozenset[date]] = field(default_factory=dict)
    wishes: Mapping[tuple[OfficerId, date], Wish] = field(default_factory=dict)
    apart: tuple[tuple[OfficerId, OfficerId], ...] = ()
    together: tuple[tuple[OfficerId, OfficerId], ...] = ()
    served: tuple[Served, ...] = ()
    carried: Mapping[OfficerId, Counts] = field(default_factory=dict)
    held: frozenset[Cell] = frozenset()

    def slot(self, key: Key) -> Slot:
        return next(s for s in self.slots if s.key == key)

    def away(self, person: OfficerId, slot: Slot) -> bool:
        """Whether the person is on leave on the day on which the slot begins."""
        return slot.key.day in self.leave.get(person, ())

    def free(self, person: OfficerId, slot: Slot, post: Post) -> bool:
        """Neither on leave nor resting from, or before, a duty outside the month."""
        if self.away(person, slot):
            return False
        return not any(s.person == person and self.too_near(slot, post, s) for s in self.served)

    def too_near(self, slot: Slot, post: Post, other: Served) -> bool:
        """Whether a post of a slot leaves too little rest beside a duty outside the month."""
        both = post in ROOM and other.post in ROOM
        rest = timedelta(hours=self.limits.rest_room if both else self.limits.rest_standby)
        return slot.starts_at < other.ends_at + rest and other.starts_at < slot.ends_at + rest


def slots_of(days: Iterable[Day], starts: tuple[time, ...],
             special: Mapping[date, str] | None = None,
             busy_until: datetime | None = None) -> tuple[Slot, ...]:
    """The shifts that begin on these days, each lasting until the next start.

    A first shift that would overlap one of the month before begins when that one ends.
    """
    found: list[Slot] = []
    marks = special or {}
    for day in days:
        begins = [at_local(day.date, at) for at in sorted(starts)]
        ends = [*begins[1:], at_local(day.date + timedelta(days=1), min(starts))]
        for n, (begin, end) in enumerate(zip(begins, ends, strict=True)):
            if busy_until is not None and begin < busy_until < end:
                begin = busy_until
            found.append(Slot(Key(day.date, n), begin, end, day.kind, marks.get(day.date, "")))
    return tuple(found)


def counts_of(cells: Iterable[Cell], slots: Mapping[Key, Slot]) -> dict[OfficerId, Counts]:
    """How often each person is on duty by each measure."""
    found: dict[OfficerId, Counts] = {}
    for cell in cells:
        if cell.key in slots:
            own = found.setdefault(cell.person, Counter())
            own.update(slots[cell.key].measures(cell.post))
    return found


def base_of(problem: Problem, measure: Measure, most: int = 3) -> dict[OfficerId, int]:
    """What each person brings along of a measure, from 0 for those who had least.

    People are compared with those of the same posts. Whoever served nothing before counts as
    their mean; nobody makes up for more than `most` duties.
    """
    found: dict[OfficerId, int] = {}
    groups: dict[frozenset[Post], list[OfficerId]] = {}
    for person in problem.people:
        groups.setdefault(person.posts, []).append(person.id)
    for own in groups.values():
        had = {p: problem.carried[p][measure] for p in own if p in problem.carried}
        mean = round(sum(had.values()) / len(had)) if had else 0
        counts = {p: had.get(p, mean) for p in own}
        top = max(counts.values())
        found |= {p: most - min(most, top - n) for p, n in counts.items()}
    least = min(found.values(), default=0)
    return {p: n - least for p, n in found.items()}
