"""The rows `roster`: a month of sixty people and four posts proven optimal, a year with its gap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

from bench.measure import Row, timed
from dispatch.duty.month import days_of
from dispatch.duty.roster.explain import Impossible
from dispatch.duty.roster.problem import Person, Problem, slots_of
from dispatch.duty.roster.solver import Solution, solve
from dispatch.duty.roster.solving import Year, solve_year
from dispatch.terms import Post
from resources.people import OfficerId

MONTH_S, YEAR_S = 10, 120
NEEDS = {Post.LEADER: 1, Post.MAIN: 1, Post.SECOND: 1, Post.STANDBY: 3}


def district() -> tuple[Person, ...]:
    desk = frozenset({Post.MAIN, Post.SECOND, Post.STANDBY})
    posts = [frozenset({Post.LEADER})] * 8 + [desk] * 22 + [frozenset({Post.STANDBY})] * 30
    return tuple(Person(OfficerId(n + 1), f"p{n + 1}", "", own, newcomer=8 <= n < 12)  # type: ignore[arg-type]
                 for n, own in enumerate(posts))


def month(year: int, number: int) -> Problem:
    who, slots = district(), slots_of(days_of(year, number), (time(8, 30),))
    away = {who[n].id: frozenset(date(year, number, d) for d in range(n % 14 + 1, n % 14 + 8))
            for n in range(3, 60, 7)}
    pairs = ((who[20].id, who[21].id), (who[22].id, who[23].id))
    return Problem(date(year, number, 1), slots,
                   {(s.key, post): n for s in slots for post, n in NEEDS.items()}, who,
                   leave=away, apart=pairs[:1], together=pairs[1:])


def rosters() -> Iterator[Row]:
    import ortools.sat.python.cp_model  # noqa: F401 - not counted

    kept: list[Solution | Year | Impossible | None] = []
    spent = timed(lambda: kept.append(solve(month(2026, 10))))
    proven = isinstance(kept[0], Solution) and kept[0].proven
    yield Row("roster: a month, 60 people, 4 posts", f"proven optimal ≤ {MONTH_S} s",
              f"{spent:.1f} s, {'proven' if proven else 'not proven'}",
              proven and spent <= MONTH_S)
    spent = timed(lambda: kept.append(solve_year([month(2026, n) for n in range(1, 13)])))
    year = kept[1]
    gap = f"gap {year.gap:.2%}" if isinstance(year, Year) else "impossible"
    yield Row("roster: a year, 60 people, 4 posts", f"≤ {YEAR_S} s with its gap shown",
              f"{spent:.0f} s, {gap}", isinstance(year, Year) and spent <= YEAR_S)
