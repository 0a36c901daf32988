"""Statistics 统计: the events of a period by class, level, town, month and hour, and how long
forces took, against the norms.

An event counts by the day on which it was received. The desk's own and imported events count,
each once; chronologies that were replayed and merged events never do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store
from db.words import mark, t
from dispatch.norms import Norms, norms
from dispatch.terms import (
    CLASS_NAMES,
    LEVEL_NAMES,
    NOT_GRADED,
    SUBTYPE_NAMES,
    EventClass,
    Level,
    Stage,
    Subtype,
)
from dispatch.timeline import INTERVAL_NAMES, Spread, minutes, spread
from resources.localtime import at_local, local


class Source(StrEnum):
    """Whose events are counted."""

    ALL = "all"
    DESK = "desk"  # 本单位
    PAST = "past"  # 外部导入


SOURCE_NAMES = {Source.ALL: mark("source|All events"), Source.DESK: mark("source|Our own"),
                Source.PAST: mark("source|Imported")}


@dataclass(frozen=True, slots=True)
class Period:
    """Local days, both included; without one it is open to that side."""

    first: date | None = None
    last: date | None = None

    def check(self) -> None:
        """
        Raises:
            Refused: it ends before it begins.
        """
        if self.first and self.last and self.last < self.first:
            raise Refused("The period ends ({last}) before it begins ({first}).", field="last",
                          first=self.first, last=self.last)

    @property
    def bounds(self) -> tuple[str, str]:
        """As instants are kept; the second is no longer part of it."""
        first = to_text(at_local(self.first, time())) if self.first else ""
        last = to_text(at_local(self.last + timedelta(days=1), time())) if self.last else "9"
        return first, last


@dataclass(frozen=True, slots=True)
class Count:
    """One line of a count; `key` is stable in every language."""

    key: str
    words: str
    n: int


@dataclass(frozen=True, slots=True)
class ForceTimes:
    """How often a force was sent and how long it took; `met` of `judged` kept the norm."""

    name: str
    kind: str
    sent: int
    spreads: Mapping[str, Spread]
    met: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of a period. `forces` come with the most sent first."""

    period: Period
    source: Source
    events: int
    imported: int
    dead: int
    injured: int
    by_class: tuple[Count, ...]
    by_subtype: tuple[Count, ...]
    by_level: tuple[Count, ...]
    by_town: tuple[Count, ...]
    by_month: tuple[Count, ...]
    by_hour: tuple[Count, ...]
    sent: int
    irregular: int
    spreads: Mapping[str, Spread]
    met: Mapping[str, tuple[int, int]]
    forces: tuple[ForceTimes, ...]
    norms: Norms


@dataclass(frozen=True, slots=True)
class Taken:
    """The intervals of one force sent, in minutes."""

    name: str
    kind: str
    minutes: Mapping[str, float | None]


def tally(store: Store, period: Period, source: Source = Source.ALL) -> Tally:
    """Count a period.

    Raises:
        Refused: the period ends before it begins.
    """
    period.check()
    rows = _events(store, period, source)
    taken, limits = _taken(store, period, source), norms(store)
    at = [local(from_text(r["received_at"])) for r in rows]
    return Tally(
        period, source, len(rows), sum(r["origin"] == "past" for r in rows),
        sum(r["dead"] or 0 for r in rows), sum((r["severe"] or 0) + (r["light"] or 0)
                                               for r in rows),
        _named(Counter(r["class"] for r in rows), [(c.value, t(CLASS_NAMES[c]))
                                                   for c in EventClass]),
        _ranked(Counter(r["subtype"] for r in rows), _subtype),
        _named(Counter(str(r["level"] or 0) for r in rows), [
            *((str(int(v)), t(LEVEL_NAMES[v])) for v in Level), ("0", t(NOT_GRADED))]),
        _ranked(Counter(r["town"] for r in rows), lambda town: town or t("town|not given")),
        _months(at), _named(Counter(str(m.hour) for m in at),
                            [(str(h), f"{h:02d}") for h in range(24)]),
        len(taken), _irregular(store, period) if source is not Source.DESK else 0,
        _spreads(taken), _met(taken, limits), _forces(taken, limits), limits)


_WHERE = """e.received_at >= :first and e.received_at < :last and e.state <> 'merged'
    and e.origin <> 'replay' and (:source = 'all' or (e.origin = 'past') = (:source = 'past'))"""


def _values(period: Period, source: Source) -> dict[str, str]:
    first, last = period.bounds
    return {"first": first, "last": last, "source": source}


def _events(store: Store, period: Period, source: Source) -> list[Any]:
    return store.read(f"""select e.class, e.subtype, e.level, e.town, e.received_at, e.origin,
        c.dead, c.severe, c.light from event e left join casualty c on c.id = (
            select id from casualty where event_id = e.id order by at desc, id desc limit 1)
        where {_WHERE} order by e.received_at""", **_values(period, source))


def _taken(store: Store, period: Period, source: Source) -> list[Taken]:
    """Every force sent, the desk's own orders and imported unit rows that count."""
    def stamped(stage: Stage) -> str:
        return (f"(select min(s.at) from stamp s where s.order_id = o.id and s.stage = '{stage}'"
                " and s.id not in (select stamp_id from stamp_strike))")

    values = _values(period, source)
    own = store.read(f"""select f.name, '' as unit_kind, f.kind, e.received_at, o.ordered_at,
        {stamped(Stage.CONFIRMED)} as confirmed_at, {stamped(Stage.DEPARTED)} as departed_at,
        {stamped(Stage.ARRIVED)} as arrived_at from dispatch_order o
        join event e on e.id = o.event_id join force f on f.id = o.force_id
        where {_WHERE}""", **values)
    past = store.read(f"""select u.unit as name, u.unit_kind, u.force_kind as kind, u.received_at,
        u.ordered_at, u.confirmed_at, u.departed_at, u.arrived_at from past_unit u
        join event e on e.id = u.event_id
        where {_WHERE} and u.same_as is null and instr(u.flags, 'future') = 0""", **values)
    return [_one(r) for r in (*own, *past)]


def _one(row: Any) -> Taken:
    at: dict[str, datetime | None] = {
        n: from_text(row[n]) if row[n] else None
        for n in ("received_at", "ordered_at", "confirmed_at", "departed_at", "arrived_at")}
    name = f"{row['name']} {row['unit_kind']}".strip() or t("unnamed unit")
    return Taken(name, row["kind"], {
        "response": minutes(at["ordered_at"], at["confirmed_at"]),
        "turn_out": minutes(at["ordered_at"], at["departed_at"]),
        "travel": minutes(at["departed_at"], at["arrived_at"]),
        "total": minutes(at["received_at"], at["arrived_at"])})


def _irregular(store: Store, period: Period) -> int:
    return int(store.value(f"""select count(*) from past_unit u join event e on e.id = u.event_id
        where {_WHERE} and u.flags not in ('', 'repeated')""", **_values(period, Source.PAST)))


# pure


def _spreads(taken: Iterable[Taken]) -> dict[str, Spread]:
    rows = list(taken)
    return {name: spread(r.minutes[name] for r in rows) for name in INTERVAL_NAMES}


def _met(taken: Iterable[Taken], limits: Norms) -> dict[str, tuple[int, int]]:
    """Of those that have a norm, how many kept it."""
    rows, found = list(taken), {}
    for name in INTERVAL_NAMES:
        judged = [(r.minutes[name], limit) for r in rows if r.minutes[name] is not None
                  and (limit := limits.of(r.kind, name)) is not None]
        found[name] = (sum(1 for took, limit in judged if took is not None and took <= limit),
                       len(judged))
    return found


def _forces(taken: Iterable[Taken], limits: Norms) -> tuple[ForceTimes, ...]:
    by_name: dict[tuple[str, str], list[Taken]] = {}
    for one in taken:
        by_name.setdefault((one.name, one.kind), []).append(one)
    found = [ForceTimes(name, kind, len(rows), _spreads(rows), _met(rows, limits))
             for (name, kind), rows in by_name.items()]
    return tuple(sorted(found, key=lambda f: (-f.sent, f.name)))


def _named(counts: Counter[str], names: Iterable[tuple[str, str]]) -> tuple[Count, ...]:
    return tuple(Count(key, words, counts[key]) for key, words in names)


def _ranked(counts: Counter[str], words: Any) -> tuple[Count, ...]:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Count(key, words(key), n) for key, n in ordered)


def _subtype(key: str) -> str:
    return t(SUBTYPE_NAMES[Subtype(key)]) if key in set(Subtype) else t("subtype|Other")


def _months(at: list[datetime]) -> tuple[Count, ...]:
    """Every month from the first to the last, those without an event too."""
    if not at:
        return ()
    counts = Counter(f"{m:%Y-%m}" for m in at)
    month, found = at[0].year * 12 + at[0].month - 1, []
    while month <= at[-1].year * 12 + at[-1].month - 1:
        key = f"{month // 12}-{month % 12 + 1:02d}"
        found.append(Count(key, key, counts[key]))
        month += 1
    return tuple(found)
