"""How instants and spans of time are written on screen: local clock times, running and left."""

from __future__ import annotations

from datetime import datetime, timedelta

from db.words import t
from resources.localtime import local

MINUS = "−"


def clock(at: datetime) -> str:
    """Local hour and minute, 21:47."""
    return f"{local(at):%H:%M}"


def clock_seconds(at: datetime) -> str:
    """Local hour, minute and second, 21:47:03."""
    return f"{local(at):%H:%M:%S}"


def day(at: datetime) -> str:
    """Local month and day, 11-23."""
    return f"{local(at):%m-%d}"


def month(at: datetime) -> str:
    """Local year and month, 2026-11."""
    return f"{local(at):%Y-%m}"


def day_clock(at: datetime) -> str:
    """Local month, day, hour and minute, 11-23 21:47."""
    return f"{local(at):%m-%d %H:%M}"


def weekday(at: datetime) -> str:
    words = (
        t("weekday|Mon"), t("weekday|Tue"), t("weekday|Wed"), t("weekday|Thu"),
        t("weekday|Fri"), t("weekday|Sat"), t("weekday|Sun"),
    )  # fmt: skip
    return words[local(at).weekday()]


def running(span: timedelta) -> str:
    """Time since, always with hours so that the digits keep their places: 01:12:40.

    From 100 hours on it is told in days and hours. A span below zero shows as zero: a running
    timer cannot run backwards, only the clock can have been set.
    """
    seconds = max(0, int(span.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    if hours >= 100:
        return t("{days} d {hours} h", days=hours // 24, hours=hours % 24)
    return f"{hours:02}:{rest // 60:02}:{rest % 60:02}"


def left(span: timedelta) -> str:
    """Time left: 03:12 below an hour, 02:12:57 above, −00:40 when overdue, days from 100 h on."""
    seconds = int(span.total_seconds())
    sign, seconds = (MINUS, -seconds) if seconds < 0 else ("", seconds)
    hours, rest = divmod(seconds, 3600)
    if hours >= 100:
        return sign + t("{n} d", n=hours // 24)
    minutes = f"{rest // 60:02}:{rest % 60:02}"
    return f"{sign}{hours:02}:{minutes}" if hours else sign + minutes


def minutes_seconds(span: timedelta) -> str:
    """Elapsed minutes and seconds, 45:40; from 100 minutes on with hours, 2:05:40."""
    seconds = max(0, int(span.total_seconds()))
    if seconds >= 6000:
        return f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"
    return f"{seconds // 60:02}:{seconds % 60:02}"
