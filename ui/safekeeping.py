"""Safekeeping 保全: hourly backups, their second place, the nightly verification; their state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject

from db import backup
from db.backup import Backup
from db.words import t
from dispatch.second_folder import copy_out, present, second_folder
from dispatch.verified import (
    Verified,
    keep_verified,
    verified,
    verify_since,
    verify_whole,
    whole_due,
)
from ui import moments, sound
from ui.background import Job, Progress
from ui.desk import Desk, Tone
from ui.look import read_look
from ui.widgets.fbar import FBar, StatusText

Result = TypeVar("Result")
EVERY = timedelta(hours=1)


class Safekeeping(QObject):
    """Woken by the bell; works off the window's thread, one thing at a time; shows at the right of
    the F-bar when the record was backed up and verified last."""

    def __init__(self, desk: Desk, fbar: FBar) -> None:
        super().__init__(desk)
        self.desk, self.fbar = desk, fbar
        self.backed_up: datetime | None = None
        self._tried: datetime | None = None
        self._busy = False
        self._missing = False
        self.last: Verified | None = verified(desk.store)

    def ring(self, now: datetime) -> None:
        """Begin what its hour has come for; a clock that was set back puts nothing off."""
        if self._busy:
            return
        if self._tried is None or abs(now - self._tried) >= EVERY:
            self._tried = now
            self.back_up()
        elif self.last is None or whole_due(self.desk.store, verified(self.desk.store), now):
            self._verify(now)
        elif abs(now - self.last.at) >= EVERY:
            self._verify_more(now)

    # backups

    def back_up(self) -> None:
        """A checked copy, and another in the second folder if that is there."""
        store, second = self.desk.store, second_folder(self.desk.store)
        there = second is not None and present(second)

        def work(progress: Progress) -> Backup:
            made = backup.back_up(store, progress=progress.steps)
            backup.rotate(made.path.parent)
            return made

        self._begin(t("Backup"), work, lambda made: self._on_backed_up(made, second, there=there))

    def _on_backed_up(self, made: Backup, second: Path | None, *, there: bool) -> None:
        self.backed_up = made.at
        self._note_second(missing=second is not None and not there, second=str(second))
        self.show()
        if second is not None and there:
            self._begin(t("Backup to the second folder"),
                        lambda _progress: copy_out(made, second), lambda _none: None)

    def _note_second(self, *, missing: bool, second: str) -> None:
        """Say once that the stick is not there, and again only after it had been."""
        if missing and not self._missing:
            self.desk.told.emit(Tone.REFUSED, t(
                "The second folder for backups, {folder}, is not there. Backups go on in the"
                " district's own folder; put the stick back when you can.", folder=second))
        self._missing = missing

    # verification

    def _verify(self, now: datetime) -> None:
        store = self.desk.store
        self._begin(t("Nightly check of the record"),
                    lambda progress: verify_whole(store, now, progress.steps), self._on_verified)

    def _verify_more(self, now: datetime) -> None:
        """Milliseconds mostly, so it takes no row on the message line."""
        store, last = self.desk.store, self.last
        if last is None:
            return
        self._begin(t("Check of the record"), lambda _progress: verify_since(store, now, last),
                    self._on_verified, quiet=True)

    def _on_verified(self, made: Verified) -> None:
        """Whole ones and failures go into the record; the others only carry the head on."""
        before, self.last = self.last, made
        failed_anew = not made.holds and (before is None or before.holds)
        if made.whole or failed_anew:
            self.desk.act(lambda: keep_verified(self.desk.store, made))
        if failed_anew:
            if read_look(self.desk.store.path.parent).sound:
                sound.play()
            self.desk.told.emit(Tone.REFUSED, t("The record does not hold: {why}",
                                                why=made.faults[0]))
        self.show()

    # common

    def _begin(self, title: str, work: Callable[[Progress], Result],
               done: Callable[[Result], None], *, quiet: bool = False) -> None:
        self._busy = True
        job: Job[Result] = Job(work, self.desk)
        for ending in (job.done, job.failed, job.cancelled, job.broke):
            ending.connect(self._free)
        job.done.connect(done)  # which may begin the next
        self.desk.follow(job, title, quiet=quiet)

    def _free(self, _result: object = None) -> None:
        self._busy = False

    def show(self) -> None:
        """The state at the right of the F-bar."""
        texts = [StatusText(t("Stand-alone"), "wifi-off")]
        if self.backed_up is not None:
            texts.append(StatusText(t("Backed up {time}", time=moments.clock(self.backed_up)),
                                    "database-export"))
        if self._missing:
            texts.append(StatusText(t("No second copy"), "alert-triangle"))
        if self.last is not None:
            texts.append(StatusText(
                t("Verified {time}", time=moments.clock(self.last.at)), "shield-check")
                if self.last.holds else StatusText(t("The record does not hold"),
                                                   "alert-triangle"))
        if self.desk.store.read_only:
            texts.append(StatusText(t("Reading only"), "lock"))
        self.fbar.set_status(texts)
