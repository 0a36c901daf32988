"""The check 冲突检查: which rules a month's cells break, written from the rules alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.words import t
from dispatch.duty.roster.problem import (
    DESK,
    ROOM,
    Cell,
    Key,
    Person,
    Problem,
    Served,
    Slot,
    same_month,
)
from dispatch.duty.roster.terms import Kind
from dispatch.terms import POST_NAMES, Post
from resources.localtime import local_day
from resources.people import OfficerId


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule that does not hold: which, in words, and the cells or the post it is about."""

    kind: Kind
    words: str
    cells: tuple[Cell, ...] = ()
    key: Key | None = None
    post: Post | None = None


class _Month:
    """The cells by person and by slot."""

    def __init__(self, problem: Problem, cells: Iterable[Cell]) -> None:
        self.problem = problem
        self.cells = sorted(set(cells), key=lambda c: (c.key, c.post, c.person))
        self.slots = {s.key: s for s in problem.slots}
        self.people = {p.id: p for p in problem.people}
        self.at: dict[Key, list[Cell]] = defaultdict(list)
        self.own: dict[OfficerId, list[Cell]] = defaultdict(list)
        for cell in self.cells:
            if cell.key in self.slots:
                self.at[cell.key].append(cell)
                self.own[cell.person].append(cell)

    def name(self, person: OfficerId) -> str:
        found = self.people.get(person)
        return found.name if found else t("somebody")


def breaches(problem: Problem, cells: Iterable[Cell]) -> tuple[Breach, ...]:
    """Every breach of a hard rule, those of one cell first, then by day."""
    month = _Month(problem, cells)
    found = [*_single(month), *_rest(month), *_leader_row(month), *_week(month),
             *_month_most(month), *_meetings(month), *_newcomers(month), *_filled(month),
             *_held(month)]
    return tuple(found)


def _say(month: _Month, kind: Kind, cell: Cell, why: str) -> Breach:
    return Breach(kind, t("{day} {post} {name}: {why}", day=f"{cell.key.day:%m-%d}",
                          post=t(POST_NAMES[cell.post]), name=month.name(cell.person), why=why),
                  (cell,), cell.key, cell.post)


def _single(month: _Month) -> Iterator[Breach]:
    for own in month.own.values():
        for cell in own:
            person, slot = month.people.get(cell.person), month.slots[cell.key]
            if person is None:
                yield _say(month, Kind.GONE, cell, t("no longer on the list of officers"))
                continue
            if cell.post not in person.posts:
                yield _say(month, Kind.QUALIFIED, cell, t("not qualified for this post"))
            if month.problem.away(cell.person, slot):
                yield _say(month, Kind.LEAVE, cell, t("on leave that day"))


def _spans(month: _Month, person: OfficerId) -> list[tuple[Post, datetime, datetime, Cell | None]]:
    """All duties of a person that the rules see, in order; those outside have no cell."""
    inside = [(c.post, month.slots[c.key].starts_at, month.slots[c.key].ends_at, c)
              for c in month.own[person]]
    outside = [(s.post, s.starts_at, s.ends_at, None) for s in month.problem.served
               if s.person == person]
    return sorted([*inside, *outside], key=lambda d: (d[1], d[2]))


def _rest(month: _Month) -> Iterator[Breach]:
    limits = month.problem.limits
    for person in list(month.own):
        duties = _spans(month, person)
        for at, (post, _start, end, cell) in enumerate(duties):
            for other, start, _end, next_cell in duties[at + 1:]:
                told = next_cell or cell
                if told is None:
                    continue
                if start < end:
                    yield _both(month, Kind.OVERLAP, told, cell, t("two duties at one time"))
                    continue
                room = post in ROOM and other in ROOM
                hours = limits.rest_room if room else limits.rest_standby
                if start < end + timedelta(hours=hours):
                    gap = (start - end).total_seconds() / 3600
                    yield _both(month, Kind.REST, told, cell, t(
                        "{n} h of rest, {least} h are due", n=f"{gap:g}", least=f"{hours:g}"))


def _both(month: _Month, kind: Kind, told: Cell, other: Cell | None, why: str) -> Breach:
    said = _say(month, kind, told, why)
    cells = tuple(c for c in (other, told) if c is not None)
    return Breach(kind, said.words, cells, told.key, told.post)


def _leader_row(month: _Month) -> Iterator[Breach]:
    if not month.problem.limits.leader_row:
        return
    last = [s for s in month.problem.served if s.post is Post.LEADER]
    for slot in month.problem.slots:
        for cell in (c for c in month.at[slot.key] if c.post is Post.LEADER):
            before = [c.person for key, own in month.at.items() for c in own
                      if c.post is Post.LEADER
                      and month.slots[key].ends_at == slot.starts_at]
            before += [s.person for s in last
                       if slot.starts_at == s.ends_at or s.starts_at == slot.ends_at]
            if cell.person in before:
                yield _say(month, Kind.LEADER_ROW, cell, t("leads twice in a row"))


def _week(month: _Month) -> Iterator[Breach]:
    limits = month.problem.limits
    for person in list(month.own):
        weeks: dict[tuple[int, int], list[tuple[Post, Cell | None]]] = defaultdict(list)
        for post, start, _end, cell in _spans(month, person):
            year, number, _ = local_day(start).isocalendar()
            weeks[year, number].append((post, cell))
        for duties in weeks.values():
            yield from _too_many(month, Kind.WEEK, duties, limits.week_room, limits.week_all)


def _month_most(month: _Month) -> Iterator[Breach]:
    limits = month.problem.limits
    for person, own in month.own.items():
        before = [(s.post, None) for s in month.problem.served
                  if s.person == person and same_month(s, month.problem.first)]
        yield from _too_many(month, Kind.MONTH, [*before, *((c.post, c) for c in own)],
                             limits.month_room, limits.month_all)


def _too_many(month: _Month, kind: Kind, duties: list[tuple[Post, Cell | None]], in_room: int,
              in_all: int) -> Iterator[Breach]:
    room = [d for d in duties if d[0] in ROOM]
    for some, most in ((room, in_room), (duties, in_all)):
        cells = [cell for _, cell in some if cell is not None]
        if len(some) > most and cells:
            words = t("{n} duties in a week, {most} are the most", n=len(some), most=most) \
                if kind is Kind.WEEK else \
                t("{n} duties in the month, {most} are the most", n=len(some), most=most)
            said = _say(month, kind, cells[-1], words)
            yield Breach(kind, said.words, tuple(cells), said.key, said.post)
            return


def _meetings(month: _Month) -> Iterator[Breach]:
    for own in month.at.values():
        in_room = {c.person: c for c in own if c.post in ROOM}
        anywhere = {c.person: c for c in own}
        for one, other in month.problem.apart:
            if one in anywhere and other in anywhere:
                yield _both(month, Kind.APART, anywhere[one], anywhere[other], t(
                    "must not be in one shift with {name}", name=month.name(other)))
        for one, other in month.problem.together:
            if (one in in_room) != (other in in_room):
                there, missing = (one, other) if one in in_room else (other, one)
                yield _say(month, Kind.TOGETHER, in_room[there], t(
                    "must be in one shift with {name}", name=month.name(missing)))


def _newcomers(month: _Month) -> Iterator[Breach]:
    if not month.problem.limits.newcomer:
        return
    for own in month.at.values():
        desk = [(c, month.people[c.person]) for c in own
                if c.post in DESK and c.person in month.people]
        if not any(_guides(person) for _, person in desk):
            for cell, person in desk:
                if person.newcomer:
                    yield _say(month, Kind.NEWCOMER, cell, t("a newcomer without a senior"))


def _guides(person: Person) -> bool:
    return person.senior and not person.newcomer


def _filled(month: _Month) -> Iterator[Breach]:
    for (key, post), need in sorted(month.problem.needs.items()):
        there = tuple(c for c in month.at[key] if c.post is post)
        if len(there) == need:
            continue
        words = t("{day} {post}: {n} of {need}", day=f"{key.day:%m-%d}",
                  post=t(POST_NAMES[post]), n=len(there), need=need)
        yield Breach(Kind.FILLED, words, there if len(there) > need else (), key, post)
    for key, own in month.at.items():
        for cell in own:
            if (key, cell.post) not in month.problem.needs:
                yield _say(month, Kind.FILLED, cell, t("no such post in this shift"))


def _held(month: _Month) -> Iterator[Breach]:
    """Held cells that are not there (the solver must not move them)."""
    for cell in sorted(month.problem.held - set(month.cells)):
        yield Breach(Kind.LOCKED, t("{day} {post} {name}: {why}", day=f"{cell.key.day:%m-%d}",
                                    post=t(POST_NAMES[cell.post]), name=month.name(cell.person),
                                    why=t("a locked duty is missing")), (), cell.key, cell.post)


def served_from(problem: Problem, cells: Iterable[Cell]) -> tuple[Served, ...]:
    """The cells of a solved month as the duties that its neighbours' rules see."""
    slots: dict[Key, Slot] = {s.key: s for s in problem.slots}
    return tuple(Served(c.person, c.post, slots[c.key].starts_at, slots[c.key].ends_at)
                 for c in cells)
