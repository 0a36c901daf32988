"""Clocks 时钟: where every instant in the program comes from."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Gives aware UTC instants and a monotonic count of seconds."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
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

    def move(self, by: timedelta) -> None:
        """Let time pass; a negative step moves the wall clock back but never the monotonic."""
        self._at += by
        self._seconds += max(by.total_seconds(), 0.0)

    def set(self, at: datetime) -> None:
        self.move(at.astimezone(UTC) - self._at)


def to_text(at: datetime) -> str:
    """Sortable UTC text with milliseconds: `2026-11-23T13:47:03.120Z`.

    Raises:
        ValueError: the instant carries no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def from_text(text: str) -> datetime:
    """The aware UTC instant that `to_text` wrote."""
    return datetime.fromisoformat(text)
