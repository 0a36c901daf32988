"""A solved month keeps every rule, is fair and proven; an impossible one names its conflict."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.words import t
from dispatch.duty.month import days_of
from dispatch.duty.roster.explain import explain
from dispatch.duty.roster.problem import Cell, Limits, counts_of
from dispatch.duty.roster.solver import CHANGES, solve
from dispatch.duty.roster.solving import Year, solve_year
from dispatch.duty.roster.terms import KIND_NAMES, Kind, Measure, Wish
from dispatch.duty.roster.validate import breaches
from dispatch.terms import Post
from tests.dispatch.duty.roster.builders import ONE_EACH, a_problem, key, people

FULL = {**ONE_EACH, Post.STANDBY: 3}


def october(*days: int) -> frozenset[date]:
    return frozenset(date(2026, 10, n) for n in days)


def test_a_month_of_sixty_people_and_four_posts_is_proven_optimal() -> None:
    who = people(8, 22, 30, newcomers=3)
    problem = a_problem(who, FULL, apart=((9, 13), (14, 15)), together=((16, 17),),  # type: ignore[arg-type]
                        leave={who[9].id: october(*range(1, 12)), who[3].id: october(20, 21)},
                        wishes={(who[20].id, date(2026, 10, 3)): Wish.OFF})
    found = solve(problem)
    assert found is not None
    assert found.proven
    assert breaches(problem, found.cells) == ()


def test_twelve_months_leave_nobody_behind() -> None:
    who = people(5, 9, 7)
    months = [a_problem(who, {**ONE_EACH, Post.STANDBY: 1}, month=date(2026, n, 1),
                        days=len(days_of(2026, n))) for n in range(1, 13)]
    year = solve_year(months)
    assert isinstance(year, Year)
    counts = {p.id: Counter[Measure]() for p in who}
    for problem, month in zip(months, year.months, strict=True):
        assert breaches(problem, month.cells) == ()
        for person, own in counts_of(month.cells, {s.key: s for s in problem.slots}).items():
            counts[person].update(own)
    for posts in {p.posts for p in who}:
        alike = [counts[p.id] for p in who if p.posts == posts]
        for measure in (Measure.TOTAL, Measure.HOLIDAY):
            some = [n[measure] for n in alike]
            assert max(some) - min(some) <= 1, (measure, some)
    assert year.gap < 0.05


@st.composite
def districts(draw: st.DrawFn) -> object:
    who = people(draw(st.integers(2, 4)), draw(st.integers(4, 7)), newcomers=draw(
        st.integers(0, 2)))
    away = draw(st.dictionaries(st.sampled_from([p.id for p in who]),
                                st.frozensets(st.integers(1, 10), max_size=5), max_size=3))
    starts = draw(st.sampled_from(["08:30", "08:00 20:00"]))
    return a_problem(
        who, {Post.LEADER: 1, Post.MAIN: 1, Post.SECOND: draw(st.integers(0, 1)) or 1},
        starts=starts, days=10, leave={p: october(*days) for p, days in away.items()},
        apart=((who[-1].id, who[-2].id),) if draw(st.booleans()) else (),
        limits=Limits(rest_room=draw(st.sampled_from([12, 24, 48])), week_room=draw(
            st.integers(3, 7))))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(districts())
def test_whatever_the_solver_finds_keeps_every_rule(problem: object) -> None:
    from dispatch.duty.roster.problem import Problem

    assert isinstance(problem, Problem)
    found = solve(problem, limit=10)
    if found is not None:
        assert breaches(problem, found.cells) == ()


def test_locked_cells_stay() -> None:
    who = people(4, 6)
    held = frozenset({Cell(who[0].id, key(5), Post.LEADER), Cell(who[5].id, key(7), Post.MAIN)})
    found = solve(a_problem(who, held=held, days=10))
    assert found is not None
    assert held <= found.cells


def test_mending_changes_as_little_as_can_be() -> None:
    who = people(4, 10)
    problem = a_problem(who, days=12)
    first = solve(problem)
    assert first is not None
    hit = next(c for c in sorted(first.cells) if c.post is Post.MAIN)
    ill = replace(problem, leave={hit.person: frozenset({hit.key.day})})
    second = solve(ill, near=first.cells)
    assert second is not None
    assert breaches(ill, second.cells) == ()
    assert 1 <= second.changed <= 3
    assert second.stages[0].name == CHANGES
    assert second.stages[0].proven


def test_a_wish_is_granted_when_fairness_allows() -> None:
    who = people(4, 8)
    day = date(2026, 10, 6)
    wishes = {(who[5].id, day): Wish.ON, (who[6].id, day): Wish.OFF}
    found = solve(a_problem(who, days=14, wishes=wishes))
    assert found is not None
    on = {c.person for c in found.cells if c.key.day == day}
    assert who[5].id in on
    assert who[6].id not in on


def test_everybody_on_leave_names_leave_and_the_days() -> None:
    who = people(3, 6)
    problem = a_problem(who, days=10, leave={p.id: october(4, 5) for p in who[:3]})
    assert solve(problem) is None
    why = explain(problem)
    assert why.kinds == (Kind.LEAVE,)
    assert [lack.key.day.day for lack in why.lacks] == [4, 5]
    assert t(KIND_NAMES[Kind.LEAVE]) in why.words
    assert "10-04" in why.words


def test_too_little_rest_names_rest() -> None:
    problem = a_problem(people(2, 6), days=9)
    assert solve(problem) is None
    assert explain(problem).kinds == (Kind.REST,)


def test_nobody_qualified_is_said() -> None:
    problem = a_problem(people(0, 6), days=5)
    assert solve(problem) is None
    why = explain(problem)
    assert why.kinds == ()
    assert "nobody is qualified" in why.words
