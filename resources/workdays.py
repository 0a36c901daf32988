"""Working days 工作日: by the State Council's yearly notice, swapped workdays included."""

from __future__ import annotations

import functools
from datetime import date, timedelta

SATURDAY = 5


def is_working(day: date) -> bool:
    """Whether people work; years whose notice is not known have their statutory days only."""
    free, swapped = _year(day.year)
    return day in swapped or (day.weekday() < SATURDAY and day not in free)


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`, which itself is not counted."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working(day)
    return day


@functools.lru_cache(maxsize=8)
def _year(year: int) -> tuple[frozenset[date], frozenset[date]]:
    import holidays  # slow to load; most starts never ask

    known = holidays.country_holidays("CN", years=[year])
    return frozenset(known), frozenset(known.weekend_workdays)
