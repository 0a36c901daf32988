"""Cover 力量覆盖: the set of candidates that meets what is asked for soonest. Pure.

Set multicover with makespan. Demand k asks for q(k) candidates; a candidate serves every demand
that it offers at once. Minimised one after the other:

1. what stays uncovered: the sum of max(0, q(k) - chosen that offer k);
2. the minute by which the last demand is met;
3. the sum of the chosen candidates' minutes;
4. how many are chosen.

The first two have closed forms: choosing everybody covers most, so k is met up to
d(k) = min(q(k), all that offer k), and the last one comes at T = max over k of the d(k)-th soonest.
What is left, the cheapest set within T that covers every d(k), is NP-hard; `greedy` finds a
good one at once, `best` the best one with OR-Tools' CP-SAT (weights: minutes x (n + 1) + 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dispatch.engine import bring_in

FAR = 1440
"""Minutes of a candidate whose minutes nobody knows."""

WORK = 5.0
"""CP-SAT's deterministic seconds; far more than ten demands take."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody or something that can be sent: what it offers, and in how many minutes."""

    id: int
    offers: frozenset[str]
    minutes: int


@dataclass(frozen=True, slots=True)
class Cover:
    """The chosen ids, soonest first; `ready_in` minutes until the last demand is met.

    `proven` says that no other set is better, in the order of the module's docstring.
    """

    chosen: tuple[int, ...]
    missing: dict[str, int]
    ready_in: int
    total: int
    proven: bool = False

    @property
    def uncovered(self) -> int:
        return sum(self.missing.values())


def greedy(demands: dict[str, int], candidates: Iterable[Candidate]) -> Cover:
    """A good cover at once; uncovered and ready_in are the best there are, the sum may not be."""
    useful, wanted, missing = _useful(demands, candidates)
    left, chosen = dict(wanted), list[Candidate]()
    while any(left.values()):
        best = min((c for c in useful if c not in chosen),
                   key=lambda c: ((c.minutes + 1) / _gain(c, left) if _gain(c, left) else 1e9,
                                  c.minutes, c.id))
        chosen.append(best)
        for name in best.offers:
            left[name] = max(0, left.get(name, 0) - 1)
    for one in sorted(chosen, key=lambda c: (-c.minutes, c.id)):
        rest = [c for c in chosen if c is not one]
        if not _lacking(wanted, rest):
            chosen = rest
    return _cover(wanted, missing, chosen, proven=not chosen)


def best(demands: dict[str, int], candidates: Iterable[Candidate]) -> Cover:
    """The best cover; importing OR-Tools takes a second, so keep it off the GUI thread."""
    bring_in()
    from ortools.sat.python import cp_model

    useful, wanted, missing = _useful(demands, candidates)
    model = cp_model.CpModel()
    picks = [model.new_bool_var("") for _ in useful]
    for name, quantity in wanted.items():
        model.add(sum(p for p, c in zip(picks, useful, strict=True) if name in c.offers)
                  >= quantity)
    weight = len(useful) + 1
    model.minimize(sum(p * (c.minutes * weight + 1)
                       for p, c in zip(picks, useful, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = WORK
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return greedy(demands, useful)
    chosen = [c for p, c in zip(picks, useful, strict=True) if solver.value(p)]
    return _cover(wanted, missing, chosen, proven=status == cp_model.OPTIMAL)


def lacking(demands: dict[str, int], chosen: Sequence[frozenset[str]]) -> dict[str, int]:
    """How many of each demand the chosen offers leave unmet; only what is above zero."""
    there = {name: sum(name in offers for offers in chosen) for name in demands}
    return {name: n - there[name] for name, n in demands.items() if n > there[name]}


def _lacking(wanted: dict[str, int], chosen: Sequence[Candidate]) -> dict[str, int]:
    return lacking(wanted, [c.offers for c in chosen])


def _gain(one: Candidate, left: dict[str, int]) -> int:
    return sum(left.get(name, 0) > 0 for name in one.offers)


def _useful(demands: dict[str, int], candidates: Iterable[Candidate]
            ) -> tuple[list[Candidate], dict[str, int], dict[str, int]]:
    """Who can come into it: within the last minute, and of equal offers only the soonest."""
    offering = [c for c in candidates if c.offers & demands.keys()]
    minutes = {name: sorted(c.minutes for c in offering if name in c.offers) for name in demands}
    wanted = {name: min(n, len(minutes[name])) for name, n in demands.items()}
    missing = {name: n - wanted[name] for name, n in demands.items() if n > wanted[name]}
    last = max((minutes[name][n - 1] for name, n in wanted.items() if n), default=0)
    alike: dict[frozenset[str], int] = {}
    kept = []
    for one in sorted(offering, key=lambda c: (c.minutes, c.id)):
        same = frozenset(one.offers & demands.keys())
        alike[same] = alike.get(same, 0) + 1
        if one.minutes <= last and alike[same] <= max(wanted[name] for name in same):
            kept.append(one)
    return kept, wanted, missing


def _cover(wanted: dict[str, int], missing: dict[str, int], chosen: Sequence[Candidate], *,
           proven: bool) -> Cover:
    ready = [sorted(c.minutes for c in chosen if name in c.offers)[n - 1]
             for name, n in wanted.items() if n]
    found = sorted(chosen, key=lambda c: (c.minutes, c.id))
    return Cover(tuple(c.id for c in found), missing, max(ready, default=0),
                 sum(c.minutes for c in chosen), proven)
