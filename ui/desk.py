"""The desk 席位: what every page is given: the store, who sits here, and how to act and to tell."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal

from db.errors import Refused, WatchdeskError
from db.store import Store
from db.words import t
from resources.people import Officer
from resources.settings import setting
from ui.background import Job, Progress
from ui.bus import StoreBus
from ui.failing import as_store_error, in_the_window

if TYPE_CHECKING:
    from resources.listing import Asked
    from resources.records import Library

Result = TypeVar("Result")
log = logging.getLogger(__name__)


class Tone(StrEnum):
    """How a message is shown: done, or refused."""

    DONE = "done"
    REFUSED = "refused"


class Desk(QObject):
    """One seat at one store.

    `changed` carries each commit, `told` a sentence for the message line (never a modal
    dialog over a half-typed line), `signed_on` the officer who sits here now, `working` a
    job that runs in the background, `restore_asked` the backup to go back to and who agreed,
    `drill_asked` the drill whose window is wanted, `lock_asked` that nobody may enter anything
    until somebody signs on. `asked` is how each library is filtered, in its list and on the map.
    """

    changed = Signal(object)
    told = Signal(str, str)
    signed_on = Signal(object)
    working = Signal(object, str)
    restore_asked = Signal(object, object)
    drill_asked = Signal(object)
    lock_asked = Signal()

    def __init__(self, store: Store, officer: Officer | None, parent: QObject) -> None:
        super().__init__(parent)
        self.store, self._officer = store, officer
        self.asked: dict[Library, Asked] = {}
        self.bus = StoreBus(store, self)
        self.bus.changed.connect(self.changed)

    def now(self) -> datetime:
        return self.store.clock.now()

    @property
    def officer(self) -> Officer:
        """Who acts here.

        Raises:
            Refused: nobody has signed on.
        """
        if self._officer is None:
            raise Refused("Nobody has signed on. Sign on first (F12).")
        return self._officer

    @property
    def has_officer(self) -> bool:
        return self._officer is not None

    def file_name(self, name: str) -> str:
        """The name of a file that leaves this desk; a drill's says that it is one."""
        return f"{t('drill|DRILL')}-{name}" if setting(self.store, "drill") == "1" else name

    def sign_on(self, officer: Officer | None) -> None:
        self._officer = officer
        self.signed_on.emit(officer)

    def act(self, verb: Callable[[], Result], done: str = "") -> Result | None:
        """Run a verb; a refusal or a failing disk is told on the message line, result None."""
        try:
            result = verb()
        except WatchdeskError as error:
            self.told.emit(Tone.REFUSED, in_the_window(error))
            return None
        if done:
            self.told.emit(Tone.DONE, done)
        return result

    def close(self) -> None:
        """Stop what works in the background, wait for it, and let go of the store."""
        for job in self.findChildren(Job):
            job.progress.cancel()
        QThreadPool.globalInstance().waitForDone()
        self.bus.close()

    def _tell_defect(self, title: str, error: Exception) -> None:
        met = as_store_error(error, self.store.path)
        if met is not None:
            log.error("the store failed in the work %s: %s", title, met)
            self.told.emit(Tone.REFUSED, in_the_window(met))
            return
        log.error("a defect in the work %s", title, exc_info=error)
        self.told.emit(Tone.REFUSED, t("{what} stopped by a fault of the program: {why}. The"
                                       " store is unchanged.", what=title, why=error))

    def begin(self, title: str, work: Callable[[Progress], Result],
              done: Callable[[Result], None]) -> Job[Result]:
        """Run work in the background, its progress and cancel shown on the message line."""
        job: Job[Result] = Job(work, self)
        job.done.connect(done)
        self.follow(job, title)
        return job

    def follow(self, job: Job[Result], title: str, *, quiet: bool = False) -> None:
        """Start a job and tell how it failed or was stopped; `quiet` shows no progress of it."""
        job.failed.connect(lambda text: self.told.emit(Tone.REFUSED, text))
        job.broke.connect(lambda error: self._tell_defect(title, error))
        if not quiet:
            job.cancelled.connect(lambda: self.told.emit(Tone.DONE, t("Cancelled: {what}",
                                                                      what=title)))
            self.working.emit(job, title)
        job.start()
