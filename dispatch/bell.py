"""The bell: APScheduler as a metronome; it rings at even intervals and knows no domain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler


class Bell:
    """Calls `on_ring` from a thread of its own, again and again; what is due is read anew.

    A ring that is missed (the computer slept) is not made up for: the next one reads the
    same list.
    """

    def __init__(self, on_ring: Callable[[], None], seconds: float = 1.0) -> None:
        self._on_ring, self._seconds = on_ring, seconds
        self._scheduler: BackgroundScheduler | None = None

    @property
    def running(self) -> bool:
        return self._scheduler is not None

    def start(self) -> None:
        """Begin to ring; a second start does nothing."""
        if self._scheduler is not None:
            return
        # Loaded here: a tenth of a second that no window need wait for.
        from apscheduler.schedulers.background import BackgroundScheduler
        from apscheduler.triggers.interval import IntervalTrigger

        # Trigger objects, not their string aliases: the frozen program has no entry points.
        scheduler = BackgroundScheduler(timezone=UTC)
        scheduler.add_job(self._on_ring, IntervalTrigger(seconds=self._seconds, timezone=UTC),
                          coalesce=True, max_instances=1, misfire_grace_time=None)
        scheduler.start()
        self._scheduler = scheduler

    def stop(self) -> None:
        """Stop and wait for a ring that is under way."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=True)
            self._scheduler = None
