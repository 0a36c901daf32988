"""Timeline 时间轴: lanes of stages, key moments, and intervals against what was promised. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from statistics import median

from db.change import RowId
from db.words import mark
from dispatch.log import LogEntry
from dispatch.orders import Order
from dispatch.terms import ENDED_STAGES, EntryKind, Stage

KEY_KINDS = frozenset({EntryKind.EVENT, EntryKind.LEVEL, EntryKind.RESPONSE, EntryKind.CASUALTY,
                       EntryKind.INSTRUCTION, EntryKind.REPORT, EntryKind.WARNING})


@dataclass(frozen=True, slots=True)
class Segment:
    """A force in one stage, from its stamp to the next; an open one ends at `now`."""

    stage: Stage
    start: datetime
    end: datetime
    running: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """One order as a row of the chart."""

    order_id: RowId
    name: str
    segments: tuple[Segment, ...]
    promised_at: datetime | None
    arrived_at: datetime | None
    ended_at: datetime | None

    def overdue(self, now: datetime) -> bool:
        """Promised, not there, not ended."""
        return (self.promised_at is not None and self.promised_at < now
                and self.arrived_at is None and self.ended_at is None)


@dataclass(frozen=True, slots=True)
class Interval:
    """Minutes of one force between two stages; None when a stage was not stamped or the two
    run backwards. `to_scene` is what the promise is about: from the order to the scene."""

    order_id: RowId
    force: str
    response: float | None
    turn_out: float | None
    travel: float | None
    total: float | None
    promised: int | None
    to_scene: float | None = None
    kind: str = ""

    @property
    def over(self) -> float | None:
        """Minutes beyond the promise; negative is early."""
        if self.to_scene is None or self.promised is None:
            return None
        return self.to_scene - self.promised


INTERVAL_NAMES = {"response": mark("interval|Response"), "turn_out": mark("interval|Turn-out"),
                  "travel": mark("interval|Travel"), "total": mark("interval|Total")}
"""响应=确认−下达, 集结=出动−下达, 行程=到达−出动, 总=到达−接警."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and 90th percentile (nearest rank) of minutes over `n` forces."""

    n: int
    median: float | None
    p90: float | None


def lanes(orders: Iterable[Order], now: datetime) -> list[Lane]:
    """One lane for each order, in the order they were sent."""
    return [_lane(o, now) for o in orders]


def _lane(order: Order, now: datetime) -> Lane:
    stamps = [s for s in order.stamps if s.stage != Stage.REINFORCED]
    segments = []
    for stamp, after in zip(stamps, [*stamps[1:], None], strict=True):
        if stamp.stage in ENDED_STAGES:
            break
        end = after.at if after else max(now, stamp.at)
        segments.append(Segment(stamp.stage, stamp.at, end, running=after is None))
    return Lane(order.id, order.force_name, tuple(segments), order.promised_at,
                order.at(Stage.ARRIVED), order.ended_at)


def interval(order: Order) -> Interval:
    """The four intervals of one order, in minutes."""
    ordered = order.at(Stage.ORDERED) if order.past else order.ordered_at
    departed, arrived = order.at(Stage.DEPARTED), order.at(Stage.ARRIVED)
    return Interval(order.id, order.force_name,
                    minutes(ordered, order.at(Stage.CONFIRMED)), minutes(ordered, departed),
                    minutes(departed, arrived), minutes(order.received_at, arrived),
                    order.promised_minutes, minutes(ordered, arrived), order.force_kind)


def intervals(orders: Iterable[Order]) -> list[Interval]:
    return [interval(o) for o in orders]


def minutes(start: datetime | None, end: datetime | None) -> float | None:
    """Minutes from `start` to `end`; None where one is missing or they run backwards."""
    if start is None or end is None or end < start:
        return None
    return (end - start).total_seconds() / 60


def spread(values: Iterable[float | None]) -> Spread:
    """Median and p90 of what is known."""
    known = sorted(v for v in values if v is not None)
    if not known:
        return Spread(0, None, None)
    return Spread(len(known), median(known), known[ceil(0.9 * len(known)) - 1])


def spreads(rows: Sequence[Interval]) -> dict[str, Spread]:
    """Spread of each interval by its name."""
    return {name: spread(getattr(r, name) for r in rows) for name in INTERVAL_NAMES}


def key_moments(entries: Iterable[LogEntry]) -> list[LogEntry]:
    """The entries that stand as flags on the chart, oldest first; struck ones are left out."""
    return sorted((e for e in entries if e.kind in KEY_KINDS and not e.struck),
                  key=lambda e: (e.at, e.no))
