"""Shifts 样例值班表: from 35 days ago to the end of next month, published as rosters."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from db.change import RowId
from db.clock import from_text, to_text
from dispatch.duty.month import month_after
from dispatch.terms import Post
from resources.localtime import at_local, local_day
from resources.sample.build import Sample

DAYS_BACK = 35
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
    end = month_after(month_after(sample.today))
    ahead = (end - local_day(middle)).days
    made = Roster(tuple(_watch(sample, middle, at) for at in range(-DAYS_BACK, ahead)))
    for first in (sample.today.replace(day=1), month_after(sample.today)):
        _publish(sample, first)
    _leave(sample)
    return made


def _publish(sample: Sample, first: date) -> None:
    """The month's seats as its roster, published some days before it began."""
    at = to_text(at_local(first - timedelta(days=6), time(9, 12)))
    month = sample.tx.insert("roster_month", {
        "month": f"{first:%Y-%m}", "state": "published", "version": 1, "starts": '["08:30"]',
        "published_at": at, "published_by": sample.people[0][1]})
    cells = []
    for row in sample.tx.run("""select h.starts_at, s.officer_id, s.post from shift h
            join seat_on_shift s on s.shift_id = h.id order by h.starts_at, s.id""").fetchall():
        day = local_day(from_text(row["starts_at"]))
        if first <= day < month_after(first):
            sample.tx.insert("roster_cell", {
                "month_id": month, "officer_id": row["officer_id"], "day": day.isoformat(),
                "slot": 0, "post": row["post"]})
            cells.append([row["officer_id"], day.isoformat(), 0, row["post"]])
    sample.tx.insert("roster_version", {
        "month_id": month, "version": 1, "at": at, "by_name": sample.people[0][1], "why": "",
        "cells": json.dumps(cells)})


def _leave(sample: Sample) -> None:
    """Some people are away for some of the days between their duties."""
    kinds = ("annual", "training", "annual", "sick", "travel", "annual")
    for kind, (officer, _, _) in zip(kinds, sample.people[2:19:3], strict=True):
        duties = [date.fromisoformat(r["day"]) for r in sample.tx.run(
            "select day from roster_cell where officer_id = :id order by day", id=officer)]
        gaps = [(a, b) for a, b in pairwise(duties) if (b - a).days > 3]
        for begin, end in gaps[1:6:3]:
            sample.tx.insert("duty_leave", {
                "officer_id": officer, "kind": kind,
                "first_day": (begin + timedelta(days=2)).isoformat(),
                "last_day": (end - timedelta(days=1)).isoformat()})


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
    pair = turn * 2 + turn // 7  # a week further on everybody has another weekday
    main, second = desk[pair % len(desk)], desk[(pair + 1) % len(desk)]
    seats = [(leaders[turn % 6], Post.LEADER), (main, Post.MAIN), (second, Post.SECOND)]
    seats += [(standby[(turn * 3 + i) % len(standby)], Post.STANDBY) for i in range(3)]
    for (officer, _, _), post in seats:
        sample.tx.insert("seat_on_shift", {
            "shift_id": shift, "officer_id": officer, "post": post,
            "state": "present" if at <= 0 else "planned",
            "signed_on_at": to_text(starts - EARLY) if at <= 0 else None})
    return Watch(shift, starts, (main[0], main[1]), (second[0], second[1]))
