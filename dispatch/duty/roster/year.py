"""Months in a row 连排: drafts of a year, solved one after the other and taken in one change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.duty.month import month_after
from dispatch.duty.roster import people as duty
from dispatch.duty.roster.explain import Impossible
from dispatch.duty.roster.months import drafted, problem_of, solution_to
from dispatch.duty.roster.problem import Problem
from dispatch.duty.roster.solver import Found
from dispatch.duty.roster.solving import Year, report_of, solve_year
from resources.people import Officer, allowed

MOST = 24


@dataclass(frozen=True, slots=True)
class Row:
    """Solved months with their first days."""

    firsts: tuple[date, ...]
    year: Year


def problems_of(store: Store, first: date, count: int, now: datetime) -> tuple[Problem, ...]:
    """The problems of `count` months from `first` on.

    Raises:
        Refused: one of them has begun or is published, or the count is not 1 to 24.
    """
    if not 1 <= count <= MOST:
        raise Refused("Between 1 and {most} months are solved in a row.", most=MOST)
    found, month = [], first.replace(day=1)
    for _ in range(count):
        drafted(store, month)
        problem = problem_of(store, month)
        if problem.slots[0].starts_at <= now:
            raise Refused("{month} has begun. Start with a month to come.",
                          month=f"{month:%Y-%m}")
        found.append(problem)
        month = month_after(month)
    return tuple(found)


def solve_problems(problems: tuple[Problem, ...], *, limit: float,
                   tell: Callable[[Found], None] | None = None,
                   stop: Callable[[], bool] = lambda: False) -> Row | Impossible:
    """Solve them in their order, each within `limit` seconds; `tell` has the part of the whole.

    Raises:
        Cancelled: `stop` said so.
        Refused: a month was neither found nor proven impossible in time.
    """
    at = -1

    def counted() -> Iterator[Problem]:
        nonlocal at
        for at, problem in enumerate(problems):  # noqa: B007 - `told` reads how far it is
            yield problem

    def told(found: Found) -> None:
        if tell is not None:
            tell(replace(found, part=(at + found.part) / len(problems)))

    try:
        year = solve_year(counted(), limit=limit, tell=told, stop=stop)
    except TimeoutError as error:
        raise Refused("No roster of {month} was found in {n} s, and none is proven impossible."
                      " Ease a rule or try again.", month=f"{problems[at].first:%Y-%m}",
                      n=round(limit)) from error
    if isinstance(year, Impossible):
        return year
    return Row(tuple(p.first for p in problems), year)


@allowed(*duty.PLANNERS)
def take_year(store: Store, row: Row, *, by: Officer) -> None:
    """Put the solved months in the place of their drafts, all or none.

    Raises:
        Refused: one of them was published in the meantime.
    """
    records = [drafted(store, first) for first in row.firsts]
    now = store.clock.now()
    with store.change("roster.solve", by) as tx:
        for record, month in zip(records, row.year.months, strict=True):
            solution_to(tx, record, month.cells, report_of(month, now, by.name))


def year_words(row: Row) -> tuple[str, ...]:
    """How many months in how long, and each measure's gap over all of them."""
    seconds = sum(month.seconds for month in row.year.months)
    head = t("{n} months solved in {seconds} s, largest gap over them {gap} %",
             n=len(row.firsts), seconds=round(seconds), gap=round(row.year.gap * 100, 2))
    return (head, *(t("{aim}: {value}, not below {bound} (gap {gap} %)", aim=t(s.name),
                      value=s.value, bound=s.bound, gap=round(s.gap * 100, 2))
                    for s in row.year.stages))
