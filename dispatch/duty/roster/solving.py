"""Solving a month or a year 求解: from the store's problem to cells and a report of the proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from db.errors import Refused
from db.words import t
from dispatch.duty.roster.explain import Impossible, explain
from dispatch.duty.roster.months import to_solve
from dispatch.duty.roster.problem import Cell, Counts, Problem, base_of, counts_of
from dispatch.duty.roster.shares import fair_shares
from dispatch.duty.roster.solver import Found, Solution, Stage, solve
from dispatch.duty.roster.terms import MEASURE_NAMES, Measure
from dispatch.duty.roster.validate import breaches, served_from

Tell = Callable[[Found], None]
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Year:
    """Solved months, and how far each measure's spread over all of them may be from the best."""

    months: tuple[Solution, ...]
    stages: tuple[Stage, ...]

    @property
    def gap(self) -> float:
        """The largest gap of a measure."""
        return max((stage.gap for stage in self.stages), default=0.0)


def solve_month(problem: Problem, cells: Collection[Cell], now: datetime, *, mend: bool = False,
                limit: float = 30.0, tell: Tell | None = None,
                stop: Stop = lambda: False) -> Solution | Impossible:
    """Fill what is still to come of a month; what has begun stays as it is.

    With `mend` as few of the present cells change as can be.

    Raises:
        Cancelled: `stop` said so.
        Refused: nothing is left to fill, or no month was found in time.
    """
    ahead = to_solve(problem, cells, now)
    if not ahead.slots:
        raise Refused("This month is over. Nothing is left to fill.")
    keys = {s.key for s in ahead.slots}
    past = frozenset(c for c in cells if c.key not in keys)
    near = [c for c in cells if c.key in keys] if mend else None
    try:
        found = solve(ahead, near=near, limit=limit, tell=tell, stop=stop)
    except TimeoutError as error:
        raise Refused("No month was found in {n} s, and none is proven impossible. Ease a rule or"
                      " try again.", n=round(limit)) from error
    if found is None:
        return explain(ahead, stop=stop)
    wrong = breaches(ahead, found.cells)
    if wrong:  # the check knows the rules, not the solver
        raise RuntimeError(wrong[0].words)
    return replace(found, cells=found.cells | past)


def solve_year(problems: Iterable[Problem], *, limit: float = 10.0,
               tell: Tell | None = None, stop: Stop = lambda: False) -> Year | Impossible:
    """Month after month, each carrying what the ones before it gave to whom.

    Raises:
        Cancelled: `stop` said so.
    """
    carried: dict[Any, Counts] = {}
    before: Solution | None = None
    last: Problem | None = None
    solved: list[Solution] = []
    whole: list[Problem] = []
    for bare in problems:
        served = served_from(last, before.cells) if last and before else bare.served
        near = bare.slots[0].starts_at - timedelta(days=14)
        problem = replace(bare, carried={**bare.carried, **carried},
                          served=tuple(s for s in served if s.starts_at >= near))
        found = solve(problem, limit=limit, tell=tell, stop=stop)
        if found is None:
            return explain(problem, stop=stop)
        counts = counts_of(found.cells, {s.key: s for s in problem.slots})
        for person in problem.people:
            had = problem.carried.get(person.id, Counter())
            carried[person.id] = had + counts.get(person.id, Counter())
        solved.append(found)
        whole.append(bare)
        before, last = found, problem
    return Year(tuple(solved), year_stages(whole, carried))


def year_stages(problems: list[Problem], counts: Mapping[Any, Counts]) -> tuple[Stage, ...]:
    """The year's counts against the fairest shares of all its duties taken as one."""
    first = problems[0]
    joined = replace(
        first, slots=tuple(s for p in problems for s in p.slots),
        needs={seat: n for p in problems for seat, n in p.needs.items()},
        leave={person.id: frozenset(day for p in problems for day in p.leave.get(person.id, ()))
               for person in first.people},
        limits=replace(first.limits, month_room=first.limits.month_room * len(problems),
                       month_all=first.limits.month_all * len(problems)),
        wishes={}, served=(), held=frozenset())
    shares = fair_shares(joined, 20.0)
    if shares is None:
        return ()
    found = []
    for measure, bound in shares.costs.items():
        base = base_of(joined, measure)
        had = {p.id: first.carried.get(p.id, Counter())[measure] for p in first.people}
        value = sum((n := counts.get(p.id, Counter())[measure] - had[p.id]) ** 2
                    + 2 * base[p.id] * n for p in first.people)
        found.append(Stage(MEASURE_NAMES[measure], value, min(bound, value)))
    return tuple(found)


def report_of(found: Solution, at: datetime, by: str) -> dict[str, Any]:
    """What is kept of a solve beside the month: aims with value and bound, time, who."""
    return {"at": at.isoformat(), "by": by, "seconds": round(found.seconds, 1),
            "proven": found.proven, "changed": found.changed,
            "stages": [asdict(stage) for stage in found.stages]}


def stages_of(report: Mapping[str, Any]) -> tuple[Stage, ...]:
    return tuple(Stage(**stage) for stage in report.get("stages", ()))


def report_words(report: Mapping[str, Any]) -> str:
    """`Proven optimal in 2.5 s`, or the gap that is left."""
    if not report:
        return ""
    stages = stages_of(report)
    if report.get("proven"):
        return t("Proven the fairest, in {n} s", n=f"{report['seconds']:g}")
    open_ = next(stage for stage in stages if not stage.proven)
    return t("{aim}: {value}, not below {bound} (gap {gap} %), in {n} s", aim=t(open_.name),
             value=open_.value, bound=open_.bound, gap=round(open_.gap * 100, 1),
             n=f"{report['seconds']:g}")


def spread(problem: Problem, cells: Iterable[Cell], measure: Measure) -> tuple[int, int]:
    """Least and most of a measure among those on the roster."""
    counts = counts_of(cells, {s.key: s for s in problem.slots})
    some = [n[measure] for n in counts.values() if n[measure]] or [0]
    return min(some), max(some)
