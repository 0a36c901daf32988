"""Past work 历史导入作业: reading, checking, writing and taking back, off the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from db.change import RowId
from db.files import read_whole
from db.words import t
from dispatch.events import Event
from dispatch.past.columns import match_past
from dispatch.past.plan import PastPlan, plan_past
from dispatch.past.reading import read_units
from dispatch.past.times import DayOrder
from dispatch.past.verbs import PastImport, import_past, undo_past
from dispatch.replay import read_chronology, replay
from dispatch.second_folder import keep_before_import
from resources.exchange.books import Book
from ui.background import Progress
from ui.pages.import_work import OneWork
from ui.pages.library_out import reading


class PastWork(OneWork):
    """The work of an import of past events."""

    def plan(self, book: Book, digest: str, chosen: dict[str, str], order: DayOrder | None,
             done: Callable[[PastPlan], None]) -> None:
        """Work out what a file would do, on a connection that only reads."""
        path, clock = self.desk.store.path, self.desk.store.clock

        def work(progress: Progress) -> PastPlan:
            read = read_units(book.name, digest, match_past(book, chosen), clock.now(),
                              order=order, progress=progress.steps)
            with reading(path, clock) as store:
                return plan_past(store, read)

        self.begin(t("Checking {file}", file=book.name), work, done)

    def take_in(self, plan: PastPlan, *, again: bool,
                done: Callable[[PastImport], None]) -> None:
        """Write the file as one change."""
        desk = self.desk
        by = desk.act(lambda: desk.officer)
        if by is None:
            return

        def work(progress: Progress) -> PastImport:
            keep_before_import(desk.store, plan.rows)
            return desk.store.beside(lambda side: import_past(
                side, plan, again=again, by=by, progress=progress.steps),
                lambda: progress.cancelled)

        self.begin(t("Importing {file}", file=plan.reading.file), work, done, writing=True)

    def replay(self, path: Path, done: Callable[[Event], None]) -> None:
        """Turn a chronology into an event, as one change."""
        desk = self.desk
        by = desk.act(lambda: desk.officer)
        if by is None:
            return

        def work(progress: Progress) -> Event:
            rows = read_chronology(read_whole(path))
            return desk.store.beside(lambda side: replay(
                side, rows, path.stem, progress=progress.steps, by=by),
                lambda: progress.cancelled)

        self.begin(t("Importing {file}", file=path.name), work, done, writing=True)

    def take_back(self, of: PastImport, done: Callable[[int], None]) -> None:
        """Undo an import as one change."""
        desk = self.desk
        by = desk.act(lambda: desk.officer)
        if by is None:
            return
        number = RowId(of.id)
        self.begin(t("Taking back {file}", file=of.file), lambda progress: desk.store.beside(
            lambda side: undo_past(side, number, by=by), lambda: progress.cancelled),
            done, writing=True)
