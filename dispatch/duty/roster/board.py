"""The board 排班板: all that the roster page shows of one month, read in one go."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from db.store import Store
from dispatch.duty.month import Duty, Month, duties_between, month_with
from dispatch.duty.roster import people as duty
from dispatch.duty.roster.months import MonthRecord, cells_of, month_record, problem_of
from dispatch.duty.roster.people import LeaveRow
from dispatch.duty.roster.problem import Cell, Key, Problem
from dispatch.duty.roster.swaps import Swap, swaps
from dispatch.duty.roster.terms import Kind, Wish
from dispatch.duty.roster.validate import Breach, breaches
from dispatch.duty.seats import SeatState
from dispatch.terms import Post
from resources.people import OfficerId


@dataclass(frozen=True, slots=True)
class Board:
    """A month with its conflicts. `cells` say whether they are locked; days are numbers from 1."""

    month: Month
    record: MonthRecord
    problem: Problem
    cells: dict[Cell, bool]
    breaches: tuple[Breach, ...]
    leave: dict[tuple[OfficerId, int], LeaveRow]
    asked: tuple[Swap, ...]

    @property
    def begun(self) -> bool:
        """Whether the month has a roster of its own."""
        return self.record.id is not None

    def cell(self, person: OfficerId, key: Key) -> Cell | None:
        return next((c for c in self.cells if c.person == person and c.key == key), None)

    def conflicts(self) -> frozenset[tuple[OfficerId, int]]:
        """The cells of the people grid that break a rule."""
        return frozenset((c.person, c.key.day.day) for b in self.breaches for c in b.cells)

    def bad_posts(self) -> frozenset[tuple[Post, int]]:
        """The posts of a day that are short, over, or held against a rule."""
        return frozenset((b.post, b.key.day.day) for b in self.breaches
                         if b.post is not None and b.key is not None)

    def locked(self) -> frozenset[tuple[OfficerId, int]]:
        return frozenset((c.person, c.key.day.day) for c, on in self.cells.items() if on)

    def wish(self, person: OfficerId, day: date) -> Wish | None:
        return self.problem.wishes.get((person, day))

    def special(self, day: date) -> str:
        """The special period that a day lies in."""
        return next((s.special for s in self.problem.slots if s.key.day == day), "")


def board(store: Store, first: date) -> Board:
    """The month that `first` lies in; without a roster of its own it shows the desk's shifts."""
    first = first.replace(day=1)
    record, problem = month_record(store, first), problem_of(store, first)
    cells = cells_of(store, first)
    last = problem.slots[-1].key.day
    seats = duties_between(store, first, last)
    duties = _duties(problem, cells, seats) if record.id is not None else seats
    most: Counter[Post] = Counter()
    for (_, post), need in problem.needs.items():
        most[post] = max(most[post], need)
    rows = [(post, n + 1) for post in Post for n in range(most[post])]
    leave = {(row.officer_id, day.day): row for row in duty.leaves(store, first, last)
             for day in row.days if first <= day <= last}
    wrong = breaches(problem, cells) if cells else ()
    return Board(month_with(store, first, duties, rows), record, problem, cells,
                 tuple(sorted(wrong, key=lambda b: b.kind is Kind.FILLED)), leave,
                 swaps(store, first, open_only=True))


def _duties(problem: Problem, cells: dict[Cell, bool], seats: list[Duty]) -> list[Duty]:
    """The cells as duties; whether somebody came is known of the desk's seats."""
    slots, names = {s.key: s for s in problem.slots}, {p.id: p.name for p in problem.people}
    names |= {s.officer_id: s.officer for s in seats}
    came: dict[tuple[OfficerId, datetime], SeatState] = {
        (s.officer_id, s.starts_at): s.state for s in seats}
    order = list(Post)
    found = [Duty(c.person, names.get(c.person, "?"), c.post, slots[c.key].starts_at,
                  slots[c.key].ends_at,
                  came.get((c.person, slots[c.key].starts_at), SeatState.PLANNED))
             for c in cells if c.key in slots]
    return sorted(found, key=lambda d: (d.starts_at, order.index(d.post)))
