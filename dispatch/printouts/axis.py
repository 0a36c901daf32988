"""The time axis 时间轴 on paper: minutes to points, with a compressed scale for a long tail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from dispatch.printouts.sheet import Lanes

STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1440, 2880, 10080, 43200)
"""Minutes between two marks of the axis."""
MARK_ROOM = 34.0
HEAD_PART = 0.7
"""Share of the axis for the busy part when the tail is compressed."""
TAIL_FACTOR = 1.9


@dataclass(frozen=True, slots=True)
class Axis:
    """From `start` at x `left` to `end` at `right`; after `turn` the scale is compressed."""

    start: datetime
    end: datetime
    left: float
    right: float
    turn: datetime | None = None

    @property
    def turn_x(self) -> float:
        return self.left + (self.right - self.left) * HEAD_PART

    def x(self, at: datetime) -> float:
        """The place of an instant, held inside the axis."""
        at = min(max(at, self.start), self.end)
        if self.turn is None:
            return _between(at, self.start, self.end, self.left, self.right)
        if at <= self.turn:
            return _between(at, self.start, self.turn, self.left, self.turn_x)
        return _between(at, self.turn, self.end, self.turn_x, self.right)

    def ticks(self) -> Iterator[tuple[float, datetime]]:
        """Round times with their places, first of the busy part, then of the tail."""
        if self.turn is None:
            yield from self._part(self.start, self.end, self.right - self.left)
            return
        yield from self._part(self.start, self.turn, self.turn_x - self.left)
        last = self.turn_x
        for x, at in self._part(self.turn, self.end, self.right - self.turn_x):
            if at > self.turn and x - last >= MARK_ROOM * 0.8:
                yield x, at
                last = x

    def _part(
        self, start: datetime, end: datetime, room: float
    ) -> Iterator[tuple[float, datetime]]:
        minutes = (end - start).total_seconds() / 60
        most = max(1.0, room / MARK_ROOM)
        step = next((s for s in STEPS if minutes / s <= most), STEPS[-1])
        midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
        passed = (start - midnight).total_seconds() / 60
        at = midnight + timedelta(minutes=-(-passed // step) * step)
        while at <= end:
            yield self.x(at), at
            at += timedelta(minutes=step)


def axis_of(lanes: Lanes, left: float, right: float) -> Axis:
    """The axis of a chart, its ends rounded outwards, compressed where little happens."""
    start = lanes.start.astimezone(lanes.zone)
    end = max(lanes.end.astimezone(lanes.zone), start + timedelta(minutes=10))
    step = 5 if end - start < timedelta(hours=3) else 30
    start, end = _floor(start, step), _ceil(end, step)
    busy = _busy_until(lanes)
    if busy is None:
        return Axis(start, end, left, right)
    turn = _ceil(busy.astimezone(lanes.zone), step)
    if turn <= start or (end - start) < TAIL_FACTOR * (turn - start):
        return Axis(start, end, left, right)
    return Axis(start, end, left, right, turn)


def _busy_until(lanes: Lanes) -> datetime | None:
    """When the last force had arrived, or most key moments had passed."""
    drawn = lanes.all_lanes or lanes.lanes
    arrivals = [at for lane in drawn
                if (at := lane.arrived or lane.left or lane.ordered) is not None]
    arrivals += [lane.promised for lane in drawn if lane.promised]
    if arrivals:
        return max(arrivals) + timedelta(minutes=10)
    moments = sorted(moment.at for moment in lanes.moments)
    return moments[len(moments) * 7 // 10] if len(moments) > 3 else None


def _between(at: datetime, start: datetime, end: datetime, left: float, right: float) -> float:
    return left + (right - left) * ((at - start) / (end - start))


def _floor(at: datetime, step: int) -> datetime:
    return at.replace(minute=at.minute // step * step, second=0, microsecond=0)


def _ceil(at: datetime, step: int) -> datetime:
    floor = _floor(at, step)
    return floor if floor == at else floor + timedelta(minutes=step)
