"""Import work 导入作业: reading, checking, writing, taking back; one at a time, off the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from db.files import read_whole
from db.words import t
from dispatch.second_folder import keep_before_import
from resources.exchange.books import Book, read_book
from resources.exchange.drafts import Draft, Wishes, draft, pieces, remembered, worth_keeping
from resources.exchange.sources import remember_source
from resources.exchange.undo import undo_import
from resources.exchange.verbs import Imported, import_rows
from ui.background import Job, Progress, take_apart, uncollected
from ui.desk import Desk
from ui.pages.library_out import reading

Result = TypeVar("Result")
LARGE = 3000
"""From so many rows on the checking is shown with its progress."""


class OneWork(QObject):
    """One piece of work at a time, off the window.

    `begun` when work starts; `ended` when it was stopped (empty words) or refused (why).
    """

    begun = Signal()
    ended = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.job: Job[Any] | None = None
        self.writing = False

    @property
    def busy(self) -> bool:
        return self.job is not None

    def read(self, path: Path, done: Callable[[Book], None]) -> None:
        """Read a file; large ones may take seconds."""

        def work(progress: Progress) -> Book:
            with uncollected():
                return read_book(path.name, read_whole(path), progress.steps)

        self.begin(t("Reading {file}", file=path.name), work, done)

    def cancel(self) -> None:
        """Stop what is under way; nothing of it is kept."""
        if self.job is not None:
            self.job.progress.cancel()

    def begin(self, title: str, work: Callable[[Progress], Result],
              done: Callable[[Result], None], *, quiet: bool = False,
              writing: bool = False) -> None:
        """One piece of work at a time: a newer look at a file stops the older one, and nothing
        comes between while one is written."""
        if self.writing:
            return
        self.cancel()
        job: Job[Result] = Job(work, self.desk)
        self.job, self.writing = job, writing

        def end(act: Callable[[], None]) -> None:
            job.deleteLater()
            if self.job is job:
                if writing:
                    self.desk.store.catch_up()  # everybody hears of the change first
                self.job, self.writing = None, False
                act()

        job.done.connect(lambda found: end(lambda: done(found)))
        job.refused.connect(lambda error: end(lambda: self.ended.emit(str(error))))
        job.cancelled.connect(lambda: end(lambda: self.ended.emit("")))
        job.broke.connect(lambda _error: end(lambda: self.ended.emit("")))
        self.desk.follow(job, title, quiet=quiet)
        self.begun.emit()


class ImportWork(OneWork):
    """The work of a library's import."""

    def draft(self, book: Book, wishes: Wishes, before: Draft | None,
              done: Callable[[Draft], None]) -> None:
        """Work out what a file would do, on a connection that only reads."""
        path, clock = self.desk.store.path, self.desk.store.clock

        def work(progress: Progress) -> Draft:
            with reading(path, clock) as store, uncollected():
                return draft(store, book, wishes, progress.steps, before)

        self.begin(t("Checking {file}", file=book.name), work, done,
                    quiet=sum(len(s.rows) for s in book.sheets) < LARGE)

    def take_in(self, made: Draft, done: Callable[[Imported], None]) -> None:
        """Remember what was set for this source, and write the file as one change."""
        desk, lines, wishes = self.desk, made.reading, made.wishes
        by = desk.act(lambda: desk.officer)
        if by is None or lines is None:
            return
        if worth_keeping(made):
            desk.act(lambda: remember_source(
                desk.store, wishes.kind, made.match.headings, remembered(made),
                file=made.book.name, by=by))

        def work(progress: Progress) -> Imported:
            keep_before_import(desk.store, len(lines.lines))
            with uncollected():
                return desk.store.beside(lambda side: import_rows(
                    side, lines, by=by, on_duplicate=wishes.on_duplicate, each=wishes.each,
                    progress=progress.steps), lambda: progress.cancelled)

        self.begin(t("Importing {file}", file=made.book.name), work, done,
                    writing=True)

    def take_back(self, change: int, done: Callable[[int], None]) -> None:
        """Undo an import as one change."""
        desk = self.desk
        by = desk.act(lambda: desk.officer)
        if by is None:
            return
        self.begin(t("Taking back import {change}", change=change), lambda progress:
                    desk.store.beside(lambda side: undo_import(side, change, by=by),
                                      lambda: progress.cancelled), done, writing=True)

    def let_go(self, made: Draft, *, book: bool) -> None:
        """Free what a draft holds without holding up the window."""
        parts = pieces(made, book=book)
        del made
        job: Job[None] = Job(lambda _progress: take_apart(parts), self.desk)
        job.done.connect(job.deleteLater)
        job.start()
