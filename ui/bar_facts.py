"""The shift bar's facts 班次栏, read from the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db.store import Store
from db.words import t
from dispatch.duty.seats import Seat, shift_people
from dispatch.duty.shifts import current_shift
from dispatch.statistics import safe_days
from dispatch.terms import COLOR_NAMES, POST_NAMES, Post
from dispatch.warnings import HazardWarning, in_force
from resources.localtime import local_day
from ui import moments
from ui.widgets.shift_bar import PostFact, ShiftBarFacts, WarningFact

WARNING_ICONS = (("雾", "ripple"), ("寒", "snowflake"), ("雪", "snowflake"), ("雨", "cloud-rain"),
                 ("风", "wind"), ("雷", "cloud-storm"), ("高温", "temperature"),
                 ("火", "flame"), ("洪", "droplet"))


def bar_facts(store: Store, now: datetime) -> ShiftBarFacts:
    """Who is on watch, which warnings are in force and how many safe days there are."""
    shift = current_shift(store, now)
    warnings = tuple(_warning(w) for w in in_force(store, now))
    days = safe_days(store, local_day(now))
    if shift is None:
        return ShiftBarFacts(warnings=warnings, safe_days=days)
    return ShiftBarFacts(shift.starts_at, shift.ends_at, _posts(shift_people(store, shift.id)),
                         warnings, days)


def _posts(seats: Sequence[Seat]) -> tuple[PostFact, ...]:
    named = [PostFact(t(POST_NAMES[post]), seat.officer)
             for post in (Post.LEADER, Post.MAIN, Post.SECOND)
             for seat in seats if seat.post is post]
    standby = sum(1 for seat in seats if seat.post is Post.STANDBY)
    if standby:
        named.append(PostFact(t(POST_NAMES[Post.STANDBY]), t("{n} people", n=standby)))
    return tuple(named)


def _warning(warning: HazardWarning) -> WarningFact:
    title = t("{kind} {color} warning", kind=warning.kind, color=t(COLOR_NAMES[warning.color]))
    until = (t("until {time}", time=moments.day_clock(warning.ends_at))
             if warning.ends_at else t("until lifted"))
    return WarningFact(title, warning.color, until, warning_icon(warning.kind))


def warning_icon(kind: str) -> str:
    """The icon of what a warning is about."""
    return next((icon for part, icon in WARNING_ICONS if part in kind), "alert-triangle")
