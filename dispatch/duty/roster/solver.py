"""The solver 求解: fills a month, fairest first, and says what is proven.

In order: with `near` as few changed cells as can be, then each measure of fairness as even
as it can be, then as many wishes as can be. The shares (`shares.py`) give the bound of each
measure; one solve that keeps to them proves all of them at once. Where it cannot, measure
after measure is improved under the time that is left, and the gap is told.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from db.errors import Cancelled
from db.words import mark, t
from dispatch.duty.roster.model import Model
from dispatch.duty.roster.problem import Cell, Problem, counts_of
from dispatch.duty.roster.shares import Shares, cost_of, fair_shares, measures_used
from dispatch.duty.roster.terms import MEASURE_NAMES, Measure, Wish
from dispatch.engine import bring_in
from dispatch.terms import Post

WORKERS = 8
"""One worker is far off after 30 s where eight prove the optimum in seconds, on two cores too."""
CHANGES, WISHES = mark("stage|Cells changed"), mark("stage|Wishes not met")


@dataclass(frozen=True, slots=True)
class Stage:
    """One aim: its name (a source for `t`), what was reached and what cannot be beaten."""

    name: str
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        return self.value <= self.bound

    @property
    def gap(self) -> float:
        """How far the value may be from the best, as a share of it."""
        return 0.0 if self.proven else (self.value - self.bound) / max(abs(self.value), 1)


@dataclass(frozen=True, slots=True)
class Solution:
    """A filled month that keeps every hard rule."""

    cells: frozenset[Cell]
    stages: tuple[Stage, ...]
    seconds: float
    changed: int = 0

    @property
    def proven(self) -> bool:
        return all(stage.proven for stage in self.stages)


@dataclass(frozen=True, slots=True)
class Found:
    """Told while it works: the aim, the best value so far and its bound."""

    stage: str
    best: int
    bound: int
    part: float


Tell = Callable[[Found], None]
Stop = Callable[[], bool]


def solve(problem: Problem, *, near: Collection[Cell] | None = None, limit: float = 30.0,
          tell: Tell | None = None, stop: Stop = lambda: False) -> Solution | None:
    """The fairest month within `limit` seconds; None when no month keeps the hard rules.

    With `near` the fewest cells differ from it. `tell` and `stop` are called from other
    threads.

    Raises:
        Cancelled: `stop` said so.
        TimeoutError: nothing was found in time, and nothing is proven either.
    """
    bring_in()
    work = _Work(problem, limit, tell, stop)
    if near is not None:
        return work.mend(frozenset(near))
    return work.anew()


class _Work:
    def __init__(self, problem: Problem, limit: float, tell: Tell | None, stop: Stop) -> None:
        self.problem, self.limit, self.tell, self.stop = problem, limit, tell, stop
        self.begun = time.monotonic()

    def left(self, share: float = 1.0) -> float:
        return max(0.5, share * (self.limit - (time.monotonic() - self.begun)))

    def say(self, stage: str, best: float, bound: float) -> None:
        part = min(1.0, (time.monotonic() - self.begun) / self.limit)
        if self.tell is not None:
            self.tell(Found(stage, round(best), round(bound), part))

    # the ways

    def anew(self) -> Solution | None:
        self.say(MEASURE_NAMES[Measure.TOTAL], 0, 0)
        shares = fair_shares(self.problem, self.left(0.3))
        granted = self.by_shares(shares, wishes=True) if shares else None
        if granted is not None:
            return self.done(granted, shares, 0)
        plain = self.by_shares(shares, wishes=False) if shares else None
        if shares and plain is not None:
            return self.grant(plain, shares)
        first = self.run(Model(self.problem), "", self.left(0.5))
        return None if first is None else self.step_by_step(first, shares)

    def mend(self, near: frozenset[Cell]) -> Solution | None:
        model = Model(self.problem)
        model.hint(near)
        changes = sum(x for cell, x in model.x.items() if cell not in near)
        model.cp.minimize(changes)
        found = self.run(model, CHANGES, self.left(0.5))
        if found is None:
            return None
        cells, bound = found
        moved = len(cells - near)
        return self.step_by_step((cells, 0), None, near, Stage(CHANGES, moved, bound))

    def by_shares(self, shares: Shares, *, wishes: bool) -> frozenset[Cell] | None:
        """A month that gives everybody the fairest share, if there is one."""
        model = Model(self.problem)
        for measure in shares.costs:
            lits = dict(model.totals(measure))
            for share in shares.shares:
                least, most = share.span(measure)
                own = [lits[p] for p in share.people if p in lits]
                for some in own:
                    model.cp.add_linear_constraint(sum(some), least, most)
                if own:
                    model.cp.add(sum(x for some in own for x in some) == share.sums[measure])
        unmet = self.unmet(model)
        if wishes:
            for x in unmet:
                model.cp.add(x == 0)
        elif unmet:
            model.cp.minimize(sum(unmet))
        else:
            return None
        found = self.run(model, WISHES, self.left(0.5))
        return found[0] if found else None

    def grant(self, cells: frozenset[Cell], shares: Shares) -> Solution:
        """Fairness is proven; whether fewer wishes can stay unmet is asked of the whole month."""
        model = Model(self.problem)
        for measure, best in shares.costs.items():
            model.cp.add(model.squares(measure) <= best)
        model.hint(cells)
        model.cp.minimize(sum(self.unmet(model)))
        found = self.run(model, WISHES, min(8.0, self.left(0.8)))
        return self.done(found[0] if found else cells, shares, found[1] if found else 1)

    def step_by_step(self, first: tuple[frozenset[Cell], int], shares: Shares | None,
                     near: frozenset[Cell] | None = None, *before: Stage) -> Solution:
        """Measure after measure, each as good as it gets without giving up an earlier one."""
        cells, stages, tight = first[0], list(before), shares is not None
        model = Model(self.problem)
        if near is not None:
            model.cp.add(sum(x for cell, x in model.x.items() if cell not in near)
                         <= before[0].value)
        aims: list[tuple[str, Any, int]] = []
        for measure in measures_used(self.problem):
            bound = shares.costs[measure] if shares and tight else 0
            aims.append((MEASURE_NAMES[measure], model.squares(measure), bound))
        unmet = self.unmet(model)
        if unmet:
            aims.append((WISHES, sum(unmet), 0))
        for at, (name, whole, bound) in enumerate(aims):
            if tight:
                model.cp.add(whole >= bound)
            model.hint(cells)
            model.cp.minimize(whole)
            found = self.run(model, name, self.left(1 / (len(aims) - at)))
            best = round(self.value) if found else self.score(name, cells)
            if found:
                cells, bound = found
            stages.append(Stage(name, best, min(bound, best)))
            tight = tight and best <= aims[at][2]
            model.cp.add(whole <= best)
        changed = len(cells - near) if near is not None else 0
        return Solution(cells, tuple(stages), time.monotonic() - self.begun, changed)

    # parts

    def unmet(self, model: Model) -> list[Any]:
        """One for each wish that the month does not meet."""
        found: list[Any] = []
        for (person, day), wish in sorted(self.problem.wishes.items()):
            own = [x for s in self.problem.slots if s.key.day == day
                   for x in model.lits(person, s.key, frozenset(Post))]
            if not own:
                continue
            if wish is Wish.OFF:
                found += own
            else:
                missing = model.cp.new_bool_var("")
                model.cp.add(sum(own) + missing >= 1)
                found.append(missing)
        return found

    def score(self, name: str, cells: frozenset[Cell]) -> int:
        """What cells are worth by an aim."""
        counts = counts_of(cells, {s.key: s for s in self.problem.slots})
        for measure in Measure:
            if MEASURE_NAMES[measure] == name:
                return cost_of(self.problem, measure, {p: n[measure] for p, n in counts.items()})
        return unmet_wishes(self.problem, cells)

    def done(self, cells: frozenset[Cell], shares: Shares | None, wishes_bound: int) -> Solution:
        stages = [Stage(MEASURE_NAMES[m], best, best) for m, best in shares.costs.items()] \
            if shares else []
        if self.problem.wishes:
            unmet = unmet_wishes(self.problem, cells)
            stages.append(Stage(WISHES, unmet, min(unmet, wishes_bound)))
        return Solution(cells, tuple(stages), time.monotonic() - self.begun)

    def run(self, model: Model, name: str, limit: float) -> tuple[frozenset[Cell], int] | None:
        """Solve; the cells and the bound of the aim, None when there is no such month.

        Raises:
            Cancelled: the person stopped it.
            TimeoutError: no month was found in time.
        """
        from ortools.sat.python import cp_model

        solver = cp_model.CpSolver()
        solver.parameters.num_workers = WORKERS
        solver.parameters.max_time_in_seconds = limit
        told = _Told(self, name)
        watch = _Watch(solver, self.stop)
        status = solver.solve(model.cp, told.callback())
        watch.end()
        if self.stop():
            raise Cancelled("Stopped.")
        if status == cp_model.INFEASIBLE:
            return None
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            if name:
                return None
            raise TimeoutError(t("No month was found in {n} s.", n=round(self.limit)))
        self.value = solver.objective_value
        bound = round(solver.best_objective_bound)
        return frozenset(c for c, x in model.x.items() if solver.boolean_value(x)), bound


def unmet_wishes(problem: Problem, cells: Collection[Cell]) -> int:
    """How many wishes a month does not meet."""
    on = [(c.person, c.key.day) for c in cells]
    return sum(on.count(who) if wish is Wish.OFF else who not in on
               for who, wish in problem.wishes.items())


class _Told:
    """Passes on each better month that the solver meets."""

    def __init__(self, work: _Work, name: str) -> None:
        self.work, self.name = work, name

    def callback(self) -> Any:
        from ortools.sat.python import cp_model

        work, name = self.work, self.name

        class Better(cp_model.CpSolverSolutionCallback):
            def on_solution_callback(self) -> None:
                work.say(name, self.objective_value, self.best_objective_bound)

        return Better()


class _Watch:
    """Looks every tenth of a second whether the person wants it to stop."""

    def __init__(self, solver: Any, stop: Stop) -> None:
        self._solver, self._stop, self._over = solver, stop, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(0.1):
            if self._stop():
                self._solver.stop_search()

    def end(self) -> None:
        self._over.set()
        self._thread.join()
