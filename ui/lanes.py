"""Lanes 泳道: what the lane chart shows, as plain facts; nothing here draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from db.words import mark
from ui.palette import StageTone

TONE_WORDS: Sequence[tuple[StageTone, str]] = (
    (StageTone.PENDING, mark("tone|To confirm")), (StageTone.MUSTER, mark("tone|Mustering")),
    (StageTone.ENROUTE, mark("tone|On the way")), (StageTone.SCENE, mark("tone|On scene")),
    (StageTone.CONTROL, mark("tone|Controlled")), (StageTone.RETURN, mark("tone|Returning")))


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one stage; `end` None runs on to now."""

    tone: StageTone
    words: str
    start: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True)
class LaneRow:
    """One force: its stretches, when it promised to be there and when it was."""

    name: str
    segments: tuple[Segment, ...]
    promised: datetime | None = None
    arrived: datetime | None = None
    over: bool = False

    def overdue(self, now: datetime) -> bool:
        return (self.promised is not None and self.arrived is None and not self.over
                and now > self.promised)


@dataclass(frozen=True, slots=True)
class Mark:
    """A key moment of the event; a coming one is hollow."""

    at: datetime
    words: str
    coming: bool = False


@dataclass(frozen=True, slots=True)
class LaneFacts:
    """What the chart shows; `until` is the end of a closed event, None while it runs."""

    start: datetime
    until: datetime | None
    lanes: tuple[LaneRow, ...]
    marks: tuple[Mark, ...]


EMPTY = LaneFacts(datetime(2026, 1, 1, tzinfo=UTC), None, (), ())
