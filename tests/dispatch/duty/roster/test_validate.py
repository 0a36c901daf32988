"""The check finds each kind of breach, and says whose and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dispatch.duty.roster.problem import Cell, Key, Limits, Person, Problem, Served
from dispatch.duty.roster.terms import Kind
from dispatch.duty.roster.validate import breaches
from dispatch.terms import Post
from tests.dispatch.duty.roster.builders import a_problem, key, people

WHO = people(2, 4, newcomers=0)
BOSS, OTHER_BOSS, ONE, TWO, THREE, FOUR = (p.id for p in WHO)
LOOSE = Limits(rest_room=0, week_room=9, week_all=9, month_room=99, month_all=99,
               leader_row=False, newcomer=False)


def kinds(problem: Problem, *cells: Cell) -> set[Kind]:
    return {b.kind for b in breaches(problem, cells)} - {Kind.FILLED}


def test_cells_that_keep_the_rules_have_no_breach() -> None:
    problem = a_problem(WHO, days=1)
    cells = [Cell(BOSS, key(1), Post.LEADER), Cell(ONE, key(1), Post.MAIN),
             Cell(TWO, key(1), Post.SECOND)]
    assert breaches(problem, cells) == ()


def test_an_empty_and_a_double_post_are_said_with_their_numbers() -> None:
    problem = a_problem(WHO, {Post.MAIN: 1}, days=2)
    found = breaches(problem, [Cell(ONE, key(1), Post.MAIN), Cell(TWO, key(1), Post.MAIN)])
    assert [b.words for b in found] == ["10-01 Main: 2 of 1", "10-02 Main: 0 of 1"]


@pytest.mark.parametrize(("limits", "cells", "kind"), [
    (LOOSE, [Cell(BOSS, key(1), Post.MAIN)], Kind.QUALIFIED),
    (replace(LOOSE, rest_room=25), [Cell(ONE, key(1), Post.MAIN), Cell(ONE, key(3), Post.SECOND)],
     Kind.REST),
    (replace(LOOSE, rest_standby=1), [Cell(ONE, key(1), Post.MAIN),
                                      Cell(ONE, key(2), Post.STANDBY)], Kind.REST),
    (replace(LOOSE, week_room=1), [Cell(ONE, key(5), Post.MAIN), Cell(ONE, key(9), Post.MAIN)],
     Kind.WEEK),
    (replace(LOOSE, month_room=1), [Cell(ONE, key(1), Post.MAIN), Cell(ONE, key(20), Post.MAIN)],
     Kind.MONTH),
    (replace(LOOSE, leader_row=True), [Cell(BOSS, key(1), Post.LEADER),
                                       Cell(BOSS, key(2), Post.LEADER)], Kind.LEADER_ROW),
    (LOOSE, [Cell(99, key(1), Post.MAIN)], Kind.GONE)])  # type: ignore[arg-type]
def test_each_rule_is_checked(limits: Limits, cells: list[Cell], kind: Kind) -> None:
    needs = dict.fromkeys(Post, 1)
    assert kinds(a_problem(WHO, needs, limits=limits), *cells) == {kind}


def test_leave_pairs_and_newcomers() -> None:
    new = replace(WHO[2], newcomer=True)
    who: tuple[Person, ...] = (*WHO[:2], new, *WHO[3:])
    both = [Cell(ONE, key(1), Post.MAIN), Cell(TWO, key(1), Post.SECOND)]
    base = a_problem(who, limits=replace(LOOSE, newcomer=True))
    assert kinds(base, *both) == set()
    assert kinds(base, both[0]) == {Kind.NEWCOMER}
    assert kinds(replace(base, apart=((ONE, TWO),)), *both) == {Kind.APART}
    assert kinds(replace(base, together=((TWO, THREE),)), *both) == {Kind.TOGETHER}
    assert kinds(replace(base, leave={TWO: frozenset({date(2026, 10, 1)})}), *both) == {Kind.LEAVE}


def test_shifts_that_overlap_in_time_are_one_duty_too_many() -> None:
    problem = a_problem(WHO, {Post.MAIN: 1}, starts="08:30 20:30", days=2, limits=LOOSE)
    long = replace(problem.slots[0], ends_at=problem.slots[0].ends_at + timedelta(hours=3))
    problem = replace(problem, slots=(long, *problem.slots[1:]))
    day = date(2026, 10, 1)
    assert kinds(problem, Cell(ONE, Key(day, 0), Post.MAIN), Cell(ONE, Key(day, 1), Post.MAIN)
                 ) == {Kind.OVERLAP}


def test_duties_of_the_month_before_are_seen() -> None:
    problem = a_problem(WHO, limits=replace(LOOSE, rest_room=48))
    start = problem.slots[0].starts_at
    before = Served(ONE, Post.SECOND, start - timedelta(days=1), start)
    assert kinds(replace(problem, served=(before,)), Cell(ONE, key(1), Post.MAIN)) == {Kind.REST}


def test_a_held_cell_that_is_gone_is_a_breach() -> None:
    held = Cell(FOUR, key(2), Post.MAIN)
    assert kinds(a_problem(WHO, held=frozenset({held}))) == {Kind.LOCKED}
