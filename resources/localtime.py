"""Local time 北京时间: how instants are shown, typed and counted by the district's day.

China keeps one offset all year, so a fixed +08:00 is right and needs no zone files.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

LOCAL = timezone(timedelta(hours=8), "Asia/Shanghai")
_SHAPES = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M",
           "%Y年%m月%d日 %H:%M", "%Y年%m月%d日%H时%M分", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M")


def local(at: datetime) -> datetime:
    """The same instant on the district's clock."""
    return at.astimezone(LOCAL)


def local_day(at: datetime) -> date:
    return local(at).date()


def day_key(at: datetime) -> str:
    """The local day as `YYYY-MM-DD`, as day columns keep it."""
    return local_day(at).isoformat()


def clock_text(at: datetime, *, seconds: bool = False) -> str:
    """`21:47` or `21:47:03`."""
    return local(at).strftime("%H:%M:%S" if seconds else "%H:%M")


def day_text(at: datetime) -> str:
    """`11-23`."""
    return local(at).strftime("%m-%d")


def moment_text(at: datetime, *, year: bool = False) -> str:
    """`11-23 21:47`, or with the year `2026-11-23 21:47`."""
    return local(at).strftime("%Y-%m-%d %H:%M" if year else "%m-%d %H:%M")


def span_text(span: timedelta, *, seconds: bool = True) -> str:
    """`01:12:40`, without seconds `01:12`; under an hour `03:12`; a negative one with `−`."""
    total = int(abs(span.total_seconds()))
    sign = "−" if span < timedelta(0) else ""
    hours, rest = divmod(total, 3600)
    minutes, left = divmod(rest, 60)
    if not seconds:
        return f"{sign}{hours:02d}:{minutes:02d}"
    under_an_hour = f"{minutes:02d}:{left:02d}"
    return f"{sign}{hours:02d}:{under_an_hour}" if hours else f"{sign}{under_an_hour}"


def at_local(day: date, clock: time) -> datetime:
    """The UTC instant of a local day and clock time."""
    return datetime.combine(day, clock, LOCAL).astimezone(UTC)


def read_local(text: str) -> datetime:
    """The UTC instant of a typed local time such as `2026-11-23 21:47`.

    Raises:
        ValueError: the text has none of the known shapes.
    """
    plain = " ".join(text.strip().split())
    for shape in _SHAPES:
        try:
            return datetime.strptime(plain, shape).replace(tzinfo=LOCAL).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    at = datetime.fromisoformat(plain)
    return (at if at.tzinfo else at.replace(tzinfo=LOCAL)).astimezone(UTC)


def read_clock(text: str, now: datetime) -> datetime:
    """The UTC instant of `21:47` or `2147`: the latest such time that is not after `now`.

    A full date and time is taken as it is.

    Raises:
        ValueError: not a time.
    """
    at = _clock(text, now)
    if at is None:
        return read_local(text)
    return at if at <= now else at - timedelta(days=1)


def read_coming(text: str, now: datetime) -> datetime:
    """The UTC instant of `07:00` or `0700`: the first such time after `now`.

    A full date and time is taken as it is.

    Raises:
        ValueError: not a time.
    """
    at = _clock(text, now)
    if at is None:
        return read_local(text)
    return at if at > now else at + timedelta(days=1)


def _clock(text: str, now: datetime) -> datetime | None:
    """A bare clock time on the local day of `now`; None when it is more than that."""
    plain = text.strip().replace("：", ":")
    if plain.isdigit() and len(plain) in (3, 4):
        plain = f"{plain[:-2]}:{plain[-2:]}"
    if not plain or len(plain) > 8 or ":" not in plain:
        return None
    hour, minute, *rest = (int(p) for p in plain.split(":"))
    return at_local(local_day(now), time(hour, minute, rest[0] if rest else 0))
