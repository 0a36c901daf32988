"""Shifts 样例值班表: the roster from 35 days ago to 30 days ahead."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from db.change import RowId
from db.clock import to_text
from dispatch.terms import Post
from resources.localtime import at_local, local_day
from resources.sample.build import Sample

DAYS_BACK, DAYS_AHEAD = 35, 30
CHANGEOVER = time(8, 30)
EARLY = timedelta(minutes=8)


@dataclass(frozen=True, slots=True)
class Watch:
    """One shift and who stood its main and second post."""

    id: RowId
    starts_at: datetime
    main: tuple[RowId, str]
    second: tuple[RowId, str]


@dataclass(frozen=True, slots=True)
class Roster:
    """The shifts in order of time."""

    watches: tuple[Watch, ...]

    def at(self, when: datetime) -> Watch | None:
        """The shift that stood at an instant; None before the roster begins."""
        found = bisect_right([w.starts_at for w in self.watches], when) - 1
        return self.watches[found] if found >= 0 else None


def current_start(now: datetime) -> datetime:
    """When the shift that contains `now` began."""
    today = at_local(local_day(now), CHANGEOVER)
    return today if today <= now else today - timedelta(days=1)


def fill(sample: Sample) -> Roster:
    """Every day's shift with its seats; past ones closed, today's open, later ones planned."""
    middle = current_start(sample.now)
    return Roster(tuple(_watch(sample, middle, at) for at in range(-DAYS_BACK, DAYS_AHEAD + 1)))


def _watch(sample: Sample, middle: datetime, at: int) -> Watch:
    starts = middle + timedelta(days=at)
    ends = starts + timedelta(days=1)
    state = "closed" if at < 0 else "open" if at == 0 else "planned"
    shift = sample.tx.insert("shift", {
        "starts_at": to_text(starts), "ends_at": to_text(ends), "state": state,
        "day_kind": "weekend" if local_day(starts).weekday() >= 5 else "workday",
        "opened_at": to_text(starts) if at <= 0 else None,
        "closed_at": to_text(ends) if at < 0 else None,
        "weather": sample.dice.choice(("晴", "多云", "阴", "小雨", "雾")) if at <= 0 else ""})
    leaders, desk = sample.people[:6], sample.people[6:20]
    standby = sample.people[20:]
    turn = at + DAYS_BACK
    main, second = desk[turn * 2 % len(desk)], desk[(turn * 2 + 1) % len(desk)]
    seats = [(leaders[turn % 6], Post.LEADER), (main, Post.MAIN), (second, Post.SECOND)]
    seats += [(standby[(turn * 3 + i) % len(standby)], Post.STANDBY) for i in range(3)]
    for (officer, _, _), post in seats:
        sample.tx.insert("seat_on_shift", {
            "shift_id": shift, "officer_id": officer, "post": post,
            "state": "present" if at <= 0 else "planned",
            "signed_on_at": to_text(starts - EARLY) if at <= 0 else None})
    return Watch(shift, starts, (main[0], main[1]), (second[0], second[1]))
