"""Clocks 时钟: where every instant in the program comes from."""

from __future__ import annotations

import ctypes
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol


class Clock(Protocol):
    """Gives aware UTC instants and a monotonic count of seconds.

    `monotonic` stands still while the machine sleeps, `uptime` counts on.
    """

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...

    def uptime(self) -> float: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return awake_seconds()

    def uptime(self) -> float:
        return uptime_seconds()


def awake_seconds() -> float:
    """Monotonic seconds that stand still while the machine sleeps, on every system."""
    if sys.platform == "win32":  # there time.monotonic() counts sleep too
        ticks = ctypes.c_ulonglong()
        kernel: Any = ctypes.windll.kernel32
        kernel.QueryUnbiasedInterruptTime(ctypes.byref(ticks))
        return ticks.value / 10_000_000
    return time.monotonic()


def uptime_seconds() -> float:
    """Monotonic seconds since the machine started, its sleep counted."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    if boot is not None:
        return time.clock_gettime(boot)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


class StillClock:
    """A clock that stands until it is moved: for tests, replays and the tour."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)
        self._seconds = 0.0

    def now(self) -> datetime:
        return self._at

    def monotonic(self) -> float:
        return self._seconds

    def uptime(self) -> float:
        return self._seconds

    def move(self, by: timedelta) -> None:
        """Let time pass; a negative step moves the wall clock back but never the monotonic."""
        self._at += by
        self._seconds += max(by.total_seconds(), 0.0)

    def set(self, at: datetime) -> None:
        self.move(at.astimezone(UTC) - self._at)


class DrillClock:
    """A drill's clock 演练时钟: T+ by the monotonic clock of `base`, and an instant made of it.

    T+ stands before the start, in pauses and after the end, and runs `speed` times as fast as
    the base. The instant is `anchor` + T+, so that whatever is timed in the drill's store has
    the same intervals; setting the machine's clock changes neither. Before the start it is
    the base's own.
    """

    def __init__(self, base: Clock) -> None:
        self.base = base
        self.anchor: datetime | None = None
        self.speed, self.running = 1.0, False
        self._t = self._steady = 0.0
        self._since = base.monotonic()
        self._slept = self._asleep()

    def now(self) -> datetime:
        if self.anchor is None:
            return self.base.now()
        return self.anchor + timedelta(seconds=self.elapsed())

    def monotonic(self) -> float:
        return self.base.monotonic()

    def uptime(self) -> float:
        return self.base.uptime()

    def elapsed(self) -> float:
        """T+ in seconds."""
        past = self.base.monotonic() - self._since
        return self._t + past * self.speed if self.running else self._t

    def steady(self) -> float:
        """Seconds of the base's monotonic clock since the start, pauses counted."""
        return 0.0 if self.anchor is None else self._steady + self.base.monotonic() - self._since

    def begin(self, at: datetime, *, t: float = 0.0, steady: float = 0.0, speed: float = 1.0,
              running: bool = True) -> None:
        """Start at T+`t`, or take up again where a crash left off; T+0 is the instant `at`."""
        self.anchor, self.speed, self.running = at, speed, running
        self._t, self._steady = t, steady
        self._since = self.base.monotonic()

    def turn(self, *, running: bool | None = None, speed: float | None = None) -> None:
        """From now on run or stand, or run at another speed."""
        self.begin(self.anchor or self.base.now(), t=self.elapsed(), steady=self.steady(),
                   speed=self.speed if speed is None else speed,
                   running=self.running if running is None else running)

    def slept(self) -> float:
        """Seconds that the machine slept since this was last asked; T+ stood meanwhile."""
        before, self._slept = self._slept, self._asleep()
        return max(0.0, self._slept - before)

    def _asleep(self) -> float:
        return self.uptime() - self.base.monotonic()


def to_text(at: datetime) -> str:
    """Sortable UTC text with milliseconds: `2026-11-23T13:47:03.120Z`.

    Raises:
        ValueError: the instant carries no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def from_text(text: str) -> datetime:
    """The aware UTC instant that `to_text` wrote."""
    return datetime.fromisoformat(text)
