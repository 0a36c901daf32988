"""The pen 笔: who may write next; one line of the log never waits for a large change.

A change of many rows is written by a second connection in a thread beside the window's. SQLite
has one writer at a time, so whoever writes at the desk takes the pen out of its hand: the large
change is rolled back within milliseconds and begun again afterwards. Nothing of it is ever half
there, and nothing typed waits for it.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

PAUSE = 0.002
"""Seconds between two looks whether the desk has finished writing."""


class Pen:
    """Shared by the connections of one store. Writing at the desk goes first."""

    def __init__(self) -> None:
        self._held = threading.Lock()
        self._wanted = threading.Event()
        self._wrote = 0.0

    @property
    def wanted(self) -> bool:
        """Whether the desk waits for the pen: a large change must let go now."""
        return self._wanted.is_set()

    @property
    def rested(self) -> float:
        """Seconds since the desk wrote last."""
        return time.monotonic() - self._wrote

    @contextlib.contextmanager
    def first(self) -> Iterator[None]:
        """Hold it for a change at the desk."""
        if not self._held.acquire(blocking=False):
            self._wanted.set()
            self._held.acquire()
            self._wanted.clear()
        try:
            yield
        finally:
            self._wrote = time.monotonic()
            self._held.release()

    @contextlib.contextmanager
    def last(self) -> Iterator[None]:
        """Hold it for a large change, once the desk does not want it."""
        while self.wanted:
            time.sleep(PAUSE)
        self._held.acquire()
        try:
            yield
        finally:
            self._held.release()
