"""Fair shares 公平份额: how many duties each person should get, and the bound that proves it.

Days are left out: only how many duties of each sort there are, who may hold them, and how
many free days each has. People who are alike are taken together. What this smaller problem
cannot do better no month can, so its costs are lower bounds: a month that reaches them is
proven best.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from dispatch.duty.roster.problem import DESK, ROOM, Person, Problem, Slot, base_of
from dispatch.duty.roster.terms import Measure
from dispatch.terms import Post
from resources.people import OfficerId


class Sort(NamedTuple):
    """Duties that count alike."""

    post: Post
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """People who are alike, and how many duties of each measure they get between them."""

    people: tuple[OfficerId, ...]
    sums: dict[Measure, int]

    def span(self, measure: Measure) -> tuple[int, int]:
        """Least and most for one of them when it is shared out evenly."""
        least, rest = divmod(self.sums[measure], len(self.people))
        return least, least + bool(rest)


@dataclass(frozen=True, slots=True)
class Shares:
    """The fairest shares and what they cost by measure.

    A measure's cost is the sum of squares of the counts, earlier months included: the more
    even, the lower.
    """

    shares: tuple[Share, ...]
    costs: dict[Measure, int]


def cost(base: int, count: int) -> int:
    """What `count` duties on top of `base` add to the sum of squares."""
    return count * count + 2 * base * count


def cost_of(problem: Problem, measure: Measure, counts: Mapping[OfficerId, int]) -> int:
    """The cost of these counts of a measure."""
    base = base_of(problem, measure)
    return sum(cost(base[who], n) for who, n in counts.items() if who in base)


def measures_used(problem: Problem) -> tuple[Measure, ...]:
    """Those that tell people apart: nights only where there are several shifts a day."""
    found = {m for s in problem.slots for post in Post for m in s.measures(post)}
    return tuple(m for m in Measure if m in found)


def fair_shares(problem: Problem, limit: float = 5.0, workers: int = 8) -> Shares | None:
    """The fairest shares, measure by measure; None when not even these can be found."""
    from ortools.sat.python import cp_model

    small = _Small(problem, cp_model.CpModel())
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.max_time_in_seconds = workers, limit
    costs: dict[Measure, int] = {}
    for measure in measures_used(problem):
        whole = small.squares(measure)
        small.model.minimize(whole)
        if solver.solve(small.model) != cp_model.OPTIMAL:
            return None
        costs[measure] = round(solver.objective_value)
        small.model.add(whole <= costs[measure])
        small.model.clear_hints()
        for variable in small.counts.values():
            small.model.add_hint(variable, solver.value(variable))
    return Shares(tuple(Share(tuple(p.id for p in own), {
        m: solver.value(small.total(at, m)) for m in costs})
        for at, own in enumerate(small.groups)), costs)


class _Small:
    """Counts by group of people and sort of duty, under what holds whatever the days."""

    def __init__(self, problem: Problem, model: Any) -> None:
        self.problem, self.model = problem, model
        self.sorts = _sorts(problem)
        self.bases = {m: base_of(problem, m) for m in measures_used(problem)}
        self.held = _held(problem)
        groups: dict[object, list[Person]] = defaultdict(list)
        for person in problem.people:
            groups[self._alike(person)].append(person)
        self.groups = list(groups.values())
        self.counts = {(at, sort): model.new_int_var(
            len(own) * self.held[own[0].id, sort], len(own) * self._room_for(own[0], sort), "")
            for at, own in enumerate(self.groups) for sort in self.sorts
            if sort.post in own[0].posts}
        for sort, need in self.sorts.items():
            model.add(sum(n for (_, own), n in self.counts.items() if own == sort) == need)
        self._guide()
        self._pair()
        self._cap()

    def _alike(self, person: Person) -> object:
        paired = any(person.id in pair for pair in self.problem.together)
        return (person.posts, person.newcomer, person.senior, paired and person.id,
                tuple(base[person.id] for base in self.bases.values()),
                tuple((self._room_for(person, sort), self.held[person.id, sort])
                      for sort in self.sorts))

    def _room_for(self, person: Person, sort: Sort) -> int:
        """Slots of that sort on which the person is there."""
        free = sum(1 for s in self.problem.slots if s.measures(sort.post) == sort.measures
                   and (s.key, sort.post) in self.problem.needs
                   and self.problem.free(person.id, s, sort.post))
        return max(free, self.held[person.id, sort])

    def total(self, at: int, measure: Measure) -> Any:
        return sum(n for (own, sort), n in self.counts.items()
                   if own == at and measure in sort.measures)

    def squares(self, measure: Measure) -> Any:
        """A group's duties go round: everybody's first costs less than anybody's second."""
        parts: list[Any] = []
        for at, own in enumerate(self.groups):
            total, base = self.total(at, measure), self.bases[measure][own[0].id]
            if isinstance(total, int):
                continue
            rounds = [self.model.new_int_var(0, len(own), "")
                      for _ in range(self.problem.limits.month_all)]
            self.model.add(total == sum(rounds))
            parts += [(cost(base, n + 1) - cost(base, n)) * turn for n, turn in enumerate(rounds)]
        return sum(parts)

    def _of(self, groups: Iterable[int], sort: Sort) -> list[Any]:
        return [self.counts[at, sort] for at in groups if (at, sort) in self.counts]

    def _guide(self) -> None:
        """Where one main and one second sit, each newcomer's duty takes a senior's beside it."""
        if not self.problem.limits.newcomer or any(
                n != 1 for (_, post), n in self.problem.needs.items() if post in DESK):
            return
        new = [at for at, own in enumerate(self.groups) if own[0].newcomer]
        guides = [at for at, own in enumerate(self.groups)
                  if own[0].senior and not own[0].newcomer]
        for measures in {sort.measures for sort in self.sorts if sort.post in DESK}:
            for post, other in ((Post.MAIN, Post.SECOND), (Post.SECOND, Post.MAIN)):
                led = self._of(new, Sort(post, measures))
                if led:
                    self.model.add(sum(led) <= sum(self._of(guides, Sort(other, measures))))

    def _pair(self) -> None:
        """Those who always sit together are in the room equally often."""
        place = {p.id: at for at, own in enumerate(self.groups) for p in own}
        for pair in self.problem.together:
            for measures in {sort.measures for sort in self.sorts}:
                one, other = (sum(x for post in ROOM for x in self._of(
                    [place[who]], Sort(post, measures))) for who in pair)
                if not (isinstance(one, int) and isinstance(other, int)):
                    self.model.add(one == other)

    def _cap(self) -> None:
        """Nobody gets more than rest and the month's limits leave room for."""
        limits = self.problem.limits
        for at, own in enumerate(self.groups):
            free = [s for s in self.problem.slots if self.problem.free(own[0].id, s, Post.STANDBY)
                    or any(c.key == s.key and c.person == own[0].id for c in self.problem.held)]
            room = [(sort, n) for (who, sort), n in self.counts.items()
                    if who == at and sort.post in ROOM]
            most = min(limits.month_room, most_apart(free, limits.rest_room))
            every = [n for (who, _), n in self.counts.items() if who == at]
            if room:
                self.model.add(sum(n for _, n in room) <= most * len(own))
            if every:
                self.model.add(sum(every) <= len(own) * min(limits.month_all, most_apart(
                    free, min(limits.rest_room, limits.rest_standby))))
            for measure in (Measure.HOLIDAY, Measure.WEEKEND):
                some = [n for sort, n in room if measure in sort.measures]
                days = [s for s in free if measure in s.measures(Post.MAIN)]
                if some:
                    self.model.add(sum(some) <= len(own) * most_apart(days, limits.rest_room))


def _sorts(problem: Problem) -> dict[Sort, int]:
    slots = {s.key: s for s in problem.slots}
    found: Counter[Sort] = Counter()
    for (key, post), need in problem.needs.items():
        found[Sort(post, slots[key].measures(post))] += need
    return dict(found)


def _held(problem: Problem) -> Counter[tuple[OfficerId, Sort]]:
    """How many held cells of each sort a person has; they count in any case."""
    slots = {s.key: s for s in problem.slots}
    return Counter((c.person, Sort(c.post, slots[c.key].measures(c.post)))
                   for c in problem.held if c.key in slots)


def most_apart(slots: Iterable[Slot], rest: float) -> int:
    """The most of these slots that one person can serve with `rest` hours between."""
    taken, free_at = 0, None
    for slot in sorted(slots, key=lambda s: s.ends_at):
        if free_at is None or slot.starts_at >= free_at:
            taken, free_at = taken + 1, slot.ends_at + timedelta(hours=rest)
    return taken
