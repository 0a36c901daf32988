"""The month as a constraint model 约束模型: one yes-or-no for each person, slot and post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from typing import Any

from dispatch.duty.roster.problem import (
    DESK,
    ROOM,
    Cell,
    Key,
    Problem,
    Served,
    Slot,
    base_of,
    same_month,
)
from dispatch.duty.roster.shares import cost
from dispatch.duty.roster.terms import Kind, Measure
from dispatch.terms import Post
from resources.localtime import local_day
from resources.people import OfficerId


class Model:
    """CP-SAT's view of a problem, with every hard rule except the kinds in `without`.

    With `short` a seat may stay empty; `empty` then holds how many each post of a slot lacks.
    """

    def __init__(self, problem: Problem, without: Collection[Kind] = (), *,
                 short: bool = False) -> None:
        from ortools.sat.python import cp_model

        self.problem, self.without = problem, frozenset(without)
        self.cp = cp_model.CpModel()
        self.x: dict[Cell, Any] = {}
        self.empty: dict[tuple[Key, Post], Any] = {}
        self._by_slot: dict[tuple[OfficerId, Key], list[tuple[Post, Any]]] = defaultdict(list)
        self._make_cells()
        self._fill(short=short)
        for rule in (self._one_at_a_time, self._rest, self._week, self._month, self._leader_row,
                     self._meetings, self._newcomers, self._hold):
            rule()

    def _on(self, kind: Kind) -> bool:
        return kind not in self.without

    def _make_cells(self) -> None:
        for person in self.problem.people:
            for slot in self.problem.slots:
                away = self._on(Kind.LEAVE) and self.problem.away(person.id, slot)
                for post in Post:
                    cell = Cell(person.id, slot.key, post)
                    able = post in person.posts and not away
                    if (slot.key, post) in self.problem.needs and able:
                        self.x[cell] = self.cp.new_bool_var("")
                        self._by_slot[person.id, slot.key].append((post, self.x[cell]))

    def _fill(self, *, short: bool) -> None:
        seats: dict[tuple[Key, Post], list[Any]] = defaultdict(list)
        for cell, x in self.x.items():
            seats[cell.key, cell.post].append(x)
        for seat, need in self.problem.needs.items():
            there = sum(seats[seat])
            if short:
                self.empty[seat] = self.cp.new_int_var(0, need, "")
                there += self.empty[seat]
            self.cp.add(there == need)

    def lits(self, person: OfficerId, key: Key, posts: Collection[Post]) -> list[Any]:
        """The person's cells of a slot on any of these posts."""
        return [x for post, x in self._by_slot.get((person, key), ()) if post in posts]

    def _one_at_a_time(self) -> None:
        for own in self._by_slot.values():
            if len(own) > 1:
                self.cp.add_at_most_one(x for _, x in own)

    def _rest(self) -> None:
        """At most one duty among those that begin before the first one's rest is over."""
        limits, on = self.problem.limits, self._on(Kind.REST)
        wide = timedelta(hours=limits.rest_room if on else 0)
        narrow = timedelta(hours=min(limits.rest_room, limits.rest_standby) if on else 0)
        mixed = timedelta(hours=limits.rest_standby if on else 0)
        for person in self.problem.people:
            served = [s for s in self.problem.served if s.person == person.id]
            for first in self.problem.slots:
                for posts, rest in ((ROOM, wide), (frozenset(Post), narrow)):
                    later = [s for s in self.problem.slots if first.starts_at <= s.starts_at
                             < first.ends_at + rest]
                    some = [x for s in later for x in self.lits(person.id, s.key, posts)]
                    if len(later) > 1 and len(some) > 1:
                        self.cp.add_at_most_one(some)
                if mixed > narrow:
                    self._mixed(person.id, first, mixed)
                for post, x in self._by_slot.get((person.id, first.key), ()):
                    if on and any(self.problem.too_near(first, post, s) for s in served):
                        self.cp.add(x == 0)

    def _mixed(self, person: OfficerId, first: Slot, rest: timedelta) -> None:
        """Standby and room keep their own distance where it is the longer one."""
        later = [s for s in self.problem.slots
                 if first.starts_at < s.starts_at < first.ends_at + rest]
        for post, x in self._by_slot.get((person, first.key), ()):
            for slot in later:
                for other, y in self._by_slot.get((person, slot.key), ()):
                    if (post in ROOM) != (other in ROOM) or post not in ROOM:
                        self.cp.add_at_most_one([x, y])

    def _week(self) -> None:
        if not self._on(Kind.WEEK):
            return
        weeks: dict[tuple[int, int], list[Slot]] = defaultdict(list)
        for slot in self.problem.slots:
            weeks[slot.key.day.isocalendar()[:2]].append(slot)
        for person in self.problem.people:
            for week, slots in weeks.items():
                served = [s for s in self.problem.served if s.person == person.id
                          and local_day(s.starts_at).isocalendar()[:2] == week]
                self._most(person.id, slots, self.problem.limits.week_room,
                           self.problem.limits.week_all, served)

    def _month(self) -> None:
        if self._on(Kind.MONTH):
            for person in self.problem.people:
                served = [s for s in self.problem.served if s.person == person.id
                          and same_month(s, self.problem.first)]
                self._most(person.id, self.problem.slots, self.problem.limits.month_room,
                           self.problem.limits.month_all, served)

    def _most(self, person: OfficerId, slots: Iterable[Slot], in_room: int, in_all: int,
              served: Collection[Served]) -> None:
        for posts, most in ((ROOM, in_room), (frozenset(Post), in_all)):
            some = [x for s in slots for x in self.lits(person, s.key, posts)]
            left = most - sum(s.post in posts for s in served)
            if len(some) > left:
                self.cp.add(sum(some) <= max(0, left))

    def _leader_row(self) -> None:
        if not (self._on(Kind.LEADER_ROW) and self.problem.limits.leader_row):
            return
        led = [s for s in self.problem.served if s.post is Post.LEADER]
        for slot in self.problem.slots:
            for other in led:
                if other.ends_at == slot.starts_at or other.starts_at == slot.ends_at:
                    for x in self.lits(other.person, slot.key, {Post.LEADER}):
                        self.cp.add(x == 0)
        for before, after in zip(self.problem.slots, self.problem.slots[1:], strict=False):
            for person in self.problem.people:
                pair = [*self.lits(person.id, before.key, {Post.LEADER}),
                        *self.lits(person.id, after.key, {Post.LEADER})]
                if len(pair) > 1 and before.ends_at == after.starts_at:
                    self.cp.add_at_most_one(pair)

    def _meetings(self) -> None:
        everywhere = frozenset(Post)
        for slot in self.problem.slots:
            for one, other in self.problem.apart if self._on(Kind.APART) else ():
                some = [*self.lits(one, slot.key, everywhere),
                        *self.lits(other, slot.key, everywhere)]
                if len(some) > 1:
                    self.cp.add_at_most_one(some)
            for one, other in self.problem.together if self._on(Kind.TOGETHER) else ():
                self.cp.add(sum(self.lits(one, slot.key, ROOM))
                            == sum(self.lits(other, slot.key, ROOM)))

    def _newcomers(self) -> None:
        if not (self._on(Kind.NEWCOMER) and self.problem.limits.newcomer):
            return
        new = [p for p in self.problem.people if p.newcomer]
        guides = [p for p in self.problem.people if p.senior and not p.newcomer]
        for slot in self.problem.slots if new else ():
            there = [x for p in guides for x in self.lits(p.id, slot.key, DESK)]
            for person in new:
                for x in self.lits(person.id, slot.key, DESK):
                    self.cp.add_bool_or([*there, x.negated()])

    def _hold(self) -> None:
        if self._on(Kind.LOCKED):
            for cell in self.problem.held:
                self.cp.add(self.x.get(cell, 0) == 1)

    # what is made better

    def totals(self, measure: Measure) -> Iterator[tuple[OfficerId, list[Any]]]:
        """For each person the cells that count towards a measure."""
        slots = {s.key: s for s in self.problem.slots}
        own: dict[OfficerId, list[Any]] = defaultdict(list)
        for cell, x in self.x.items():
            if measure in slots[cell.key].measures(cell.post):
                own[cell.person].append(x)
        yield from own.items()

    def squares(self, measure: Measure) -> Any:
        """The cost of a measure: see `shares.cost`."""
        base, parts = base_of(self.problem, measure), list[Any]()
        for person, lits in self.totals(measure):
            steps = [self.cp.new_bool_var("") for _ in range(min(
                len(lits), self.problem.limits.month_all))]
            self.cp.add(sum(lits) == sum(steps))
            for n, step in enumerate(steps):
                parts.append((cost(base[person], n + 1) - cost(base[person], n)) * step)
                if n:
                    self.cp.add_implication(step, steps[n - 1])
        return sum(parts)

    def hint(self, cells: Collection[Cell]) -> None:
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for cell, x in self.x.items():
            self.cp.add_hint(x, cell in cells)
