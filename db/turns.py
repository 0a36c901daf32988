"""Turns 轮候: a large change that the desk overtakes is begun again, so often and no more.

SQLite has one writer, and a large change cannot be written in parts, for one undo takes all of it
back. So on a desk that never rests it cannot come to its end without making somebody wait. It
waits for a pause instead, each time for a longer one, since people write in bursts; when there
is none it says so, and nothing was written.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from db.errors import Cancelled, Overtaken, StoreError
from db.pen import PAUSE, Pen

MOST = 5
"""How often it is overtaken before it gives way for good."""
FIRST_PAUSE = 0.25
"""Seconds that the desk must have rested before the second try; double before each further one."""
LONGEST_WAIT = 3
"""So many times the wanted pause it waits for one, then it tries without."""

Result = TypeVar("Result")


def in_turn(write: Callable[[], Result], pen: Pen, stopped: Callable[[], bool]) -> Result:
    """What `write` gives once nobody overtakes it.

    Raises:
        Cancelled: `stopped` said so; nothing was written.
        StoreError: the desk wrote all the while; nothing was written.
    """
    for overtaken in range(MOST):
        try:
            return write()
        except Overtaken:
            _check(stopped)
        if overtaken + 1 < MOST:
            _await_rest(FIRST_PAUSE * 2**overtaken, pen, stopped)
    raise StoreError("The desk was writing all the while: this was begun {n} times and gave way"
                     " each time. Nothing was written. Try again when it is quieter, or in smaller"
                     " parts.", n=MOST)


def _await_rest(pause: float, pen: Pen, stopped: Callable[[], bool]) -> None:
    end = time.monotonic() + pause * LONGEST_WAIT
    while pen.rested < pause and time.monotonic() < end:
        _check(stopped)
        time.sleep(PAUSE * 10)


def _check(stopped: Callable[[], bool]) -> None:
    if stopped():
        raise Cancelled("Stopped. Nothing was written.")
