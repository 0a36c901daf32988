"""Rates 在岗率 of roll calls: by day and by unit of a month, from the answers themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from db.clock import from_text, to_text
from db.store import Store
from dispatch.net.rules import LEAVE
from dispatch.net.terms import RollResult
from resources.localtime import at_local, local_day
from resources.net import Branch
from resources.rules import rule_or


@dataclass(frozen=True, slots=True)
class Asked:
    """One unit asked in the first round of a roll call that has ended, with its last further
    round if there was one."""

    day: date
    kind: str
    row_id: int
    name: str
    branch: Branch
    result: RollResult
    again: RollResult | None
    seconds: float | None


@dataclass(slots=True)
class Tally:
    """Counts of some asked units; `again` are those on post only when asked again."""

    name: str
    branch: Branch | None = None
    results: Counter[RollResult] = field(default_factory=Counter)
    again: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return sum(self.results.values())

    def rate(self, *, leave_counts: bool) -> float | None:
        """On post at the first asking, of all asked; without those on leave unless they count.

        None where nobody is left to count.
        """
        of = self.asked - (0 if leave_counts else self.results[RollResult.LEAVE])
        return self.results[RollResult.PRESENT] / of if of else None


@dataclass(frozen=True, slots=True)
class Month:
    """What a month's circular says; `first` is its first day."""

    first: date
    rolls: int
    days: tuple[Tally, ...]
    units: tuple[Tally, ...]
    whole: Tally
    leave_counts: bool


def month(store: Store, first: date) -> Month:
    """The rates of the local month that begins on `first`, from roll calls that have ended."""
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    start, end = at_local(first, time()), at_local(after, time())
    rows = asked(store, start, end)
    count = int(store.value("""select count(*) from roll_call where ended_at is not null
        and started_at >= :start and started_at < :end""", start=to_text(start), end=to_text(end)))
    leave = bool(rule_or(store, LEAVE, start).value)
    whole = Tally("")
    days, units = dict[date, Tally](), dict[tuple[str, int], Tally]()
    for row in rows:
        day = days.setdefault(row.day, Tally(row.day.isoformat()))
        unit = units.setdefault((row.kind, row.row_id), Tally(row.name, row.branch))
        for tally in (whole, day, unit):
            add(tally, row)
    order = list(Branch)
    return Month(first, count, tuple(days[d] for d in sorted(days)), tuple(sorted(
        units.values(), key=lambda u: (order.index(u.branch or Branch.FORCE), u.name))), whole,
        leave)


def add(tally: Tally, row: Asked) -> None:
    """Count one more."""
    tally.results[row.result] += 1
    tally.again += row.result is not RollResult.PRESENT and row.again is RollResult.PRESENT
    if row.seconds is not None and row.result is RollResult.PRESENT:
        tally.seconds.append(row.seconds)


def asked(store: Store, start: datetime, end: datetime) -> list[Asked]:
    """Every unit asked between two instants, by time."""
    rows = store.read("""select c.started_at, a.*, (select b.result from roll_answer b
        where b.roll_id = a.roll_id and b.kind = a.kind and b.row_id = a.row_id and b.round > 1
        and b.result <> '' order by b.round desc limit 1) as again
        from roll_call c join roll_answer a on a.roll_id = c.id and a.round = 1
        where c.ended_at is not null and c.started_at >= :start and c.started_at < :end
        order by c.started_at, a.place""", start=to_text(start), end=to_text(end))
    found = []
    for r in rows:
        waited = (from_text(r["answered_at"]) - from_text(r["called_at"])).total_seconds() \
            if r["answered_at"] and r["called_at"] else None
        found.append(Asked(
            local_day(from_text(r["started_at"])), r["kind"], r["row_id"], r["name"],
            Branch(r["branch"]), RollResult(r["result"]),
            RollResult(r["again"]) if r["again"] else None, waited))
    return found


def below(rows: Iterable[Tally], *, leave_counts: bool) -> list[Tally]:
    """The units that were not always on post, the lowest rate first. Pure."""
    rates = [(u.rate(leave_counts=leave_counts), u) for u in rows]
    return [u for rate, u in sorted(((r, u) for r, u in rates if r is not None and r < 1),
                                    key=lambda pair: (pair[0], pair[1].name))]


def percent(rate: float | None) -> str:
    """`96.7 %`, or a dash where there is nothing to count."""
    return "—" if rate is None else f"{rate * 100:.1f} %"
