"""Why a month is impossible 冲突说明: which rules conflict, and on which days, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from db.words import t
from dispatch.duty.roster.model import Model
from dispatch.duty.roster.problem import Key, Problem, Slot
from dispatch.duty.roster.solver import WORKERS, Stop
from dispatch.duty.roster.terms import KIND_NAMES, Kind
from dispatch.terms import POST_NAMES, Post

DROPPED_IN_TURN = (Kind.LOCKED, Kind.TOGETHER, Kind.APART, Kind.NEWCOMER, Kind.LEADER_ROW,
                   Kind.WEEK, Kind.MONTH, Kind.REST, Kind.LEAVE)
"""What may be given up, the least of it first. Filled posts, qualification and one duty at a time
may not."""


@dataclass(frozen=True, slots=True)
class Lack:
    """A post of a shift that must stay short, and who could serve it but for leave."""

    key: Key
    post: Post
    short: int
    qualified: int
    away: int

    @property
    def words(self) -> str:
        post = t(POST_NAMES[self.post])
        day = f"{self.key.day:%m-%d}"
        if not self.qualified:
            return t("{day} {post}: nobody is qualified for it", day=day, post=post)
        return t("{day} {post}: {n} short; {able} qualified, {away} of them on leave", day=day,
                 post=post, n=self.short, able=self.qualified, away=self.away)


@dataclass(frozen=True, slots=True)
class Impossible:
    """Rules that cannot hold together, and the seats that stay empty under them.

    Each rule named is needed: without it the others could hold. When none is named there are
    too few qualified people whatever the rules.
    """

    kinds: tuple[Kind, ...]
    lacks: tuple[Lack, ...]

    @property
    def words(self) -> str:
        """A sentence for the rules and one for the days."""
        rules = t(", ").join(t(KIND_NAMES[k]) for k in self.kinds)
        said = t("The posts cannot all be filled under these rules together: {rules}.",
                 rules=rules) if self.kinds else t("There are too few people for the posts.")
        days = t("list|; ").join(lack.words for lack in self.lacks[:6])
        more = t("roster|and {n} more", n=len(self.lacks) - 6) if len(self.lacks) > 6 else ""
        return " ".join(part for part in (said, days, more) if part)


def explain(problem: Problem, limit: float = 10.0, stop: Stop = lambda: False) -> Impossible:
    """Name the conflict: rules are given up one after the other while the month stays impossible;
    those that cannot be given up are the conflict."""
    given_up: list[Kind] = []
    for kind in DROPPED_IN_TURN:
        if not stop() and possible(problem, [*given_up, kind], limit / 5) is False:
            given_up.append(kind)
    kinds = tuple(k for k in DROPPED_IN_TURN if k not in given_up)
    return Impossible(tuple(reversed(kinds)), shortages(problem, limit))


def possible(problem: Problem, without: list[Kind], limit: float) -> bool | None:
    """Whether some month keeps the rules but those kinds; None when time ran out."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.max_time_in_seconds = WORKERS, limit
    status = solver.solve(Model(problem, without).cp)
    if status == cp_model.UNKNOWN:
        return None
    return bool(status != cp_model.INFEASIBLE)


def shortages(problem: Problem, limit: float) -> tuple[Lack, ...]:
    """The fewest seats that must stay empty under all rules; locked cells only as far as they
    keep the rules themselves."""
    from ortools.sat.python import cp_model

    for without in ((), (Kind.LOCKED,), (Kind.LOCKED, Kind.TOGETHER)):
        model = Model(problem, without, short=True)
        model.cp.minimize(sum(model.empty.values()))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers, solver.parameters.max_time_in_seconds = WORKERS, limit
        if solver.solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            short = {seat: solver.value(n) for seat, n in model.empty.items()}
            return tuple(lack_of(problem, key, post, n)
                         for (key, post), n in sorted(short.items()) if n)
    return ()


def lack_of(problem: Problem, key: Key, post: Post, short: int) -> Lack:
    slot: Slot = problem.slot(key)
    able = [p for p in problem.people if post in p.posts]
    away = Counter(problem.away(p.id, slot) for p in able)
    return Lack(key, post, short, len(able), away[True])
