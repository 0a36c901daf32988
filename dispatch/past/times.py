"""Times 时间格式: how other systems write an instant, and how one is read without guessing; pure.

Instants without an offset are of the district's own clock.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from resources.exchange.cells import Cell, tidy
from resources.localtime import LOCAL, local

MONTHS = {name: n for n, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}
HALVES = {"am": 0, "a.m.": 0, "上午": 0, "凌晨": 0, "早上": 0, "pm": 12, "p.m.": 12, "下午": 12,
          "晚上": 12, "中午": 12}
HALF = "|".join(re.escape(one) for one in HALVES)
CLOCK = (rf"(?P<half>{HALF})?\s*(?P<hour>\d{{1,2}})\s*[:时点]\s*(?P<minute>\d{{1,2}})\s*分?"
         rf"(?:[:：]?\s*(?P<second>\d{{1,2}})(?:[.,]\d+)?\s*秒?)?\s*(?P<half2>{HALF})?")
CLOCK_ALONE = re.compile(CLOCK)
FULL = re.compile(rf"(?P<a>\d{{1,4}})\s*[-/.年]\s*(?P<b>\d{{1,2}}|[a-z]{{3,9}})\s*[-/.月]\s*"
                  rf"(?P<c>\d{{1,4}})\s*日?(?:\s+|t|,)\s*{CLOCK}"
                  r"\s*(?P<zone>z|[+-]\d{2}:?\d{2})?")
FULL_HAN = re.compile(rf"(?P<a>\d{{4}})年(?P<b>\d{{1,2}})月(?P<c>\d{{1,2}})日\s*{CLOCK}(?P<zone>)")
PLAIN = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?", re.ASCII)
CLOSE = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})[ t_]?(\d{2})(\d{2})(\d{2})?")
SERIAL = (20_000.0, 80_000.0)
EPOCH = (1e8, 1e11)
"""Between these a bare number is seconds since 1970 (1973 to 5138), a thousand times that
milliseconds."""
HALF_DAY = timedelta(hours=12)


class DayOrder(StrEnum):
    """What the first of two small numbers of a date is, as in 03/04/2017."""

    MONTH_FIRST = "mdy"
    DAY_FIRST = "dmy"


@dataclass(frozen=True, slots=True)
class ReadTime:
    """An instant as read; `guessed_day` where the cell held a clock time alone."""

    at: datetime
    guessed_day: bool = False


def day_order(texts: Iterable[str]) -> DayOrder | None:
    """Which order the dates of a file are in; None when no date tells (or they disagree)."""
    found = set()
    for text in texts:
        got = re.match(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}\b", text)
        if got is None:
            continue
        if int(got[1]) > 12:
            found.add(DayOrder.DAY_FIRST)
        elif int(got[2]) > 12:
            found.add(DayOrder.MONTH_FIRST)
    return found.pop() if len(found) == 1 else None


def ambiguous(texts: Iterable[str]) -> bool:
    """Whether a date could be read in two ways: both numbers are months, and not the same."""
    for text in texts:
        got = re.match(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}\b", text)
        if got is not None and got[1].lstrip("0") != got[2].lstrip("0"):
            return True
    return False


def read_time(cell: Cell, order: DayOrder | None = None,
              after: datetime | None = None) -> ReadTime | None:
    """The instant in a cell, UTC; None when it holds no instant that can be told.

    A clock time alone is taken on the day of `after`, or the next one where that would lie
    more than half a day before it.
    """
    if isinstance(cell, datetime):
        return ReadTime(_utc(cell))
    if isinstance(cell, time):
        return _on_day(cell, after)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _counted(float(cell))
    plain = tidy(cell)
    if PLAIN.fullmatch(plain) and (quick := _plain(plain)):
        return quick
    text = unicodedata.normalize("NFKC", plain).lower().strip()
    if re.fullmatch(r"\d+(\.\d+)?", text) and (found := _counted(float(text))):
        return found
    return _written(text, order, after)


def _plain(text: str) -> ReadTime | None:
    """The usual clothes, read at once."""
    try:
        return ReadTime(_utc(datetime.fromisoformat(text)))
    except ValueError:
        return None


def _written(text: str, order: DayOrder | None, after: datetime | None) -> ReadTime | None:
    try:
        if got := FULL.fullmatch(text) or FULL_HAN.fullmatch(text):
            day = _day(got["a"], got["b"], got["c"], order)
            return None if day is None else ReadTime(_with_zone(day, _clock(got), got["zone"]))
        if close := CLOSE.fullmatch(text):
            digits = "".join(part or "00" for part in close.groups())
            return ReadTime(_utc(datetime.strptime(digits, "%Y%m%d%H%M%S")))  # noqa: DTZ007
        if alone := CLOCK_ALONE.fullmatch(text):
            return _on_day(_clock(alone), after)
    except (ValueError, OverflowError):
        pass
    return None


def _day(a: str, b: str, c: str, order: DayOrder | None) -> date | None:
    if len(a) == 4:
        return date(int(a), _month(b), int(c))
    if len(c) != 4:
        return None
    if not b.isdigit():
        return date(int(c), _month(b), int(a))
    first, second = int(a), int(b)
    if first == second:
        return date(int(c), first, second)
    if order is None and first <= 12 and second <= 12:
        return None
    month_first = order is DayOrder.MONTH_FIRST if order else second > 12
    return date(int(c), *((first, second) if month_first else (second, first)))


def _month(text: str) -> int:
    return int(text) if text.isdigit() else MONTHS.get(text[:3], 0)


def _clock(got: re.Match[str]) -> time:
    hour, half = int(got["hour"]), got["half"] or got["half2"]
    if half is not None and hour <= 12:
        hour = hour % 12 + HALVES[half]
    return time(hour, int(got["minute"]), int(got["second"] or 0))


def _on_day(clock: time, after: datetime | None) -> ReadTime | None:
    if after is None:
        return None
    at = datetime.combine(local(after).date(), clock.replace(tzinfo=None), LOCAL)
    if at < local(after) - HALF_DAY:
        at += timedelta(days=1)
    return ReadTime(at.astimezone(UTC), guessed_day=True)


def _counted(number: float) -> ReadTime | None:
    if SERIAL[0] < number < SERIAL[1] and not number.is_integer():
        days = timedelta(seconds=round(number * 86_400))
        return ReadTime(_utc(datetime(1899, 12, 30) + days))  # noqa: DTZ001 - the local clock
    seconds = number / 1000 if number > EPOCH[1] else number
    if EPOCH[0] < seconds < EPOCH[1] and number > 1e9:
        try:
            return ReadTime(datetime.fromtimestamp(seconds, UTC)) if seconds < 4e9 else None
        except (ValueError, OverflowError, OSError):
            return None
    return None


def _with_zone(day: date, clock: time, zone: str | None) -> datetime:
    if not zone:
        return datetime.combine(day, clock, LOCAL).astimezone(UTC)
    text = "+00:00" if zone == "z" else zone
    return datetime.fromisoformat(f"{day.isoformat()}T{clock.isoformat()}{text}").astimezone(UTC)


def _utc(at: datetime) -> datetime:
    return (at if at.tzinfo else at.replace(tzinfo=LOCAL)).astimezone(UTC)
