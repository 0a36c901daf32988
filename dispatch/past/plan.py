"""The plan 导入方案: what an import would write, decided against what is there; writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from db.change import RowId
from db.clock import from_text
from db.store import Store
from dispatch.past.columns import TIMES
from dispatch.past.reading import PastReading, call_key
from dispatch.past.units import NOT_COUNTED, Flag, PastUnit

SAME_CALL = timedelta(days=1)
"""Rows of one number whose calls lie further apart are of different calls: numbers start anew."""


@dataclass(frozen=True, slots=True)
class Known:
    """A unit row of an earlier import."""

    id: RowId
    event_id: RowId | None
    times: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """A row, and the one that it repeats: of an earlier import, or of this file by its row."""

    unit: PastUnit
    same_as: Known | None = None
    same_row: int | None = None

    @property
    def counted(self) -> bool:
        return not self.unit.flags & NOT_COUNTED


@dataclass(frozen=True, slots=True)
class PastCall:
    """The rows of one call; `event_id` where the call is there already.

    `received` is the earliest time that is known of it: where an event stands in the list.
    """

    key: str
    units: tuple[PlannedUnit, ...]
    received: datetime | None
    event_id: RowId | None = None


@dataclass(frozen=True, slots=True)
class PastPlan:
    """What an import would do; `before` is the time of an import of the very same file."""

    reading: PastReading
    calls: tuple[PastCall, ...]
    before: datetime | None = None

    @property
    def rows(self) -> int:
        """Unit rows that would be written."""
        return sum(len(c.units) for c in self.calls)

    @property
    def new_calls(self) -> int:
        return sum(1 for c in self.calls if c.event_id is None and c.received is not None)

    @property
    def repeated(self) -> int:
        return sum(1 for c in self.calls for u in c.units if not u.counted)

    @property
    def units(self) -> tuple[PlannedUnit, ...]:
        return tuple(u for c in self.calls for u in c.units)


def file_digest(data: bytes) -> str:
    """sha256 of a file's bytes, by which it is known again."""
    return hashlib.sha256(data).hexdigest()


def plan_past(store: Store, reading: PastReading) -> PastPlan:
    """Decide for every row whether it is new, and for every call whether its event is."""
    known = _known(store)
    calls = [_call(rows, known) for rows in grouped(reading.units)]
    before = store.value("select at from past_import where digest = :digest and undone_at is null"
                         " order by at desc limit 1", digest=reading.digest)
    return PastPlan(reading, tuple(calls), from_text(before) if before else None)


def grouped(units: Iterable[PastUnit]) -> list[list[PastUnit]]:
    """The rows of each call, in the order of the file. Pure."""
    found: dict[str, list[list[PastUnit]]] = {}
    for unit in units:
        calls = found.setdefault(call_key(unit), [])
        home = next((c for c in calls if _near(c[0].received, unit.received)), None)
        if home is None:
            calls.append([unit])
        else:
            home.append(unit)
    return [c for calls in found.values() for c in calls]


def _near(one: datetime | None, other: datetime | None) -> bool:
    return one is None or other is None or abs(one - other) <= SAME_CALL


def _known(store: Store) -> dict[tuple[str, str], list[Known]]:
    """What earlier imports hold, by call and unit."""
    names = ", ".join(f"{n}_at" for n in TIMES)
    found: dict[tuple[str, str], list[Known]] = {}
    for row in store.read(f"""select id, event_id, call, unit, {names} from past_unit
            where same_as is null and call <> ''"""):
        found.setdefault((row["call"], row["unit"]), []).append(
            Known(RowId(row["id"]), row["event_id"], times_of(row)))
        found.setdefault((row["call"], "*"), []).append(found[row["call"], row["unit"]][-1])
    return found


def times_of(row: Any) -> dict[str, datetime]:
    """The times that a row of `past_unit` holds, by their names."""
    return {n: from_text(row[f"{n}_at"]) for n in TIMES if row[f"{n}_at"]}


def _call(rows: list[PastUnit], known: dict[tuple[str, str], list[Known]]) -> PastCall:
    received = min((u.first for u in rows if u.first), default=None)
    number = rows[0].call
    there = [k for k in known.get((number, "*"), ()) if number
             and _near(min(k.times.values(), default=None), received)]
    event = next((k.event_id for k in there if k.event_id is not None), None)
    seen: dict[tuple[str, tuple[tuple[str, datetime], ...]], int] = {}
    return PastCall(call_key(rows[0]), tuple(_unit(u, known, there, seen) for u in rows),
                    received, event)


def _unit(unit: PastUnit, known: dict[tuple[str, str], list[Known]], there: list[Known],
          seen: dict[tuple[str, tuple[tuple[str, datetime], ...]], int]) -> PlannedUnit:
    """A second dispatch of a unit within one file is its own row; the same times are a repeat."""
    key = (unit.unit, tuple(unit.times.items()))
    first = seen.setdefault(key, unit.row)
    old = [k for k in known.get((unit.call, unit.unit), ()) if k in there]
    same = next((k for k in old if k.times == dict(unit.times)), None)
    if same is not None:
        return PlannedUnit(_flagged(unit, Flag.REPEATED), same)
    if old:
        return PlannedUnit(_flagged(unit, Flag.DIFFERS), old[0])
    if first != unit.row and unit.unit and unit.call:
        return PlannedUnit(_flagged(unit, Flag.REPEATED), same_row=first)
    return PlannedUnit(unit)


def _flagged(unit: PastUnit, flag: Flag) -> PastUnit:
    return replace(unit, flags=unit.flags | {flag})


