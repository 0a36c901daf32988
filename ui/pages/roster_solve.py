"""Solving from the page 求解: off the GUI thread, with what is found so far, and cancel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal

from db.words import t
from dispatch.duty.roster.board import Board
from dispatch.duty.roster.explain import Impossible
from dispatch.duty.roster.months import Put, drafted, take_solution
from dispatch.duty.roster.solver import Found, Solution
from dispatch.duty.roster.solving import report_of, report_words, solve_month
from dispatch.duty.roster.year import (
    Row,
    problems_of,
    solve_problems,
    take_year,
    year_words,
)
from ui.background import Job, Progress, behind
from ui.desk import Desk, Tone

LIMIT = 30.0
"""Seconds after which the best month so far is taken with its gap."""
YEAR, YEAR_LIMIT = 12, 10.0
"""Months in a row, and the seconds for each of them."""


class RosterSolve(QObject):
    """One solve at a time. `found` carries a Found as it works, None when it is over."""

    found = Signal(object)
    undoable = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.impossible: Impossible | None = None
        self._job: Job[Any] | None = None

    @property
    def working(self) -> bool:
        return self._job is not None

    def cancel(self) -> None:
        if self._job is not None:
            self._job.progress.cancel()

    def begin(self, board: Board, *, mend: bool) -> None:
        """Fill the month anew, or with as few changes as can be."""
        desk, first = self.desk, board.record.first
        if self.working or desk.act(lambda: drafted(desk.store, first)) is None:
            return
        problem, cells, now = board.problem, frozenset(board.cells), desk.now()
        done = self._done(first)

        def work(progress: Progress) -> Solution | Impossible:
            def tell(found: Found) -> None:
                progress.steps(round(found.part * 100), 100)
                self.found.emit(found)

            return behind(lambda: solve_month(problem, cells, now, mend=mend, limit=LIMIT,
                                              tell=tell, stop=lambda: progress.cancelled))

        self.impossible = None
        self.found.emit(Found("", 0, 0, 0.0))
        title = t("Solving the roster of {month}", month=f"{first:%Y-%m}")
        self._job = desk.begin(title, work, done)
        self._watch(self._job)

    def _watch(self, job: Job[Any]) -> None:
        for over in (job.failed, job.cancelled, job.broke):
            over.connect(lambda _what=None: self._over())

    def begin_year(self, first: date) -> None:
        """Fill twelve months from `first` on, each fair with regard to those before it."""
        desk = self.desk
        if self.working:
            return
        problems = desk.act(lambda: problems_of(desk.store, first, YEAR, desk.now()))
        if problems is None:
            return

        def work(progress: Progress) -> Row | Impossible:
            def tell(found: Found) -> None:
                progress.steps(round(found.part * 100), 100)
                self.found.emit(found)

            return behind(lambda: solve_problems(problems, limit=YEAR_LIMIT, tell=tell,
                                                 stop=lambda: progress.cancelled))

        self.found.emit(Found("", 0, 0, 0.0))
        self._job = desk.begin(t("Solving twelve months from {month} on", month=f"{first:%Y-%m}"),
                               work, self._year_done)
        self._watch(self._job)

    def _year_done(self, result: Row | Impossible) -> None:
        self._over()
        desk = self.desk
        if isinstance(result, Impossible):
            self.impossible = result
            desk.told.emit(Tone.REFUSED, result.words)
        else:
            desk.act(lambda: take_year(desk.store, result, by=desk.officer),
                     year_words(result)[0])

    def _over(self) -> None:
        self._job = None
        self.found.emit(None)

    def _done(self, first: date) -> Callable[[Solution | Impossible], None]:
        def done(result: Solution | Impossible) -> None:
            self._over()
            if isinstance(result, Impossible):
                self.impossible = result
                self.desk.told.emit(Tone.REFUSED, result.words)
            else:
                self._take(first, result)

        return done

    def _take(self, first: date, result: Solution) -> None:
        desk = self.desk
        report = report_of(result, desk.now(), desk.officer.name)
        back: tuple[Put, ...] | None = desk.act(lambda: take_solution(
            desk.store, first, result.cells, report, by=desk.officer))
        if back is not None:
            words = report_words(report)
            if result.changed:
                words = t("{n} cells changed. {words}", n=result.changed, words=words)
            desk.told.emit(Tone.DONE, words)
            self.undoable.emit(back)
