"""Background 后台: long work off the GUI thread, with progress, cancel and its failure told."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from db.errors import Cancelled, WatchdeskError

Result = TypeVar("Result")
BIT = 400
"""Items let go at once."""

BEHIND = 10
"""The niceness of a solver."""


class Progress:
    """Given to the work: tell how far it is (0 to 1); raises `Cancelled` when it must stop."""

    def __init__(self, told: Callable[[float], None]) -> None:
        self._told, self._stop = told, threading.Event()

    def __call__(self, part: float) -> None:
        if self._stop.is_set():
            raise Cancelled("Stopped.")
        self._told(part)

    def steps(self, done: int, of: int) -> bool:
        """For work that counts its steps: whether to go on."""
        self._told(done / max(of, 1))
        return not self._stop.is_set()

    def cancel(self) -> None:
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """For work that makes very many lasting objects: nobody searches them for cycles.

    Such a search holds the interpreter for a fifth of a second, and with it the window. What
    was made stays out of all later searches; it is freed when nobody refers to it any more.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def take_apart(parts: Iterable[list[Any]]) -> None:
    """Let go of very long lists bit by bit, in a thread beside the window's: at once it would
    hold the interpreter for a tenth of a second. Nobody else may hold their items."""
    for part in parts:
        while part:
            del part[-BIT:]
            time.sleep(0)


class _Runner(QRunnable):
    def __init__(self, run: Callable[[], None]) -> None:
        super().__init__()
        self._run = run

    def run(self) -> None:
        self._run()


def behind(work: Callable[[], Result]) -> Result:
    """Run work that holds no interpreter lock, such as a solver's, after the screen's own thread.

    It gets a thread of its own: on Linux a thread's niceness passes on to the threads it starts,
    and not everybody may take it back. Work in Python must not be set aside like this, since it
    would keep the lock while it waits.
    """
    kept: list[Result] = []
    failed: list[BaseException] = []

    def run() -> None:
        if sys.platform == "linux":
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BEHIND)
        try:
            kept.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return kept[0]


class Job(QObject, Generic[Result]):
    """One piece of work; `done` carries its result, `failed` a sentence for the user, `refused` the
    same as the error itself, `broke` a defect."""

    progressed = Signal(float)
    done = Signal(object)
    failed = Signal(str)
    refused = Signal(object)
    cancelled = Signal()
    broke = Signal(object)

    def __init__(self, work: Callable[[Progress], Result], parent: QObject) -> None:
        super().__init__(parent)
        self._work: Callable[[Progress], Result] | None = work
        self.progress = Progress(self.progressed.emit)

    def start(self) -> None:
        self._runner = _Runner(self._run)
        self._runner.setAutoDelete(False)
        QThreadPool.globalInstance().start(self._runner)

    def _run(self) -> None:
        work, self._work = self._work, None  # what the work holds is not to outlive it
        if work is None:
            return
        try:
            self.done.emit(work(self.progress))
        except Cancelled:
            self.cancelled.emit()
        except WatchdeskError as error:
            self.refused.emit(error)
            self.failed.emit(str(error))
        except Exception as error:  # noqa: BLE001 - handed to the crash dialog on the GUI thread
            self.broke.emit(error)
