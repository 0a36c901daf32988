"""Unit rows 单队记录: one force on one past call with its times, and what is irregular; pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db.words import mark
from dispatch.past.columns import ALWAYS, RECEIVED, TIMES


class Flag(StrEnum):
    """What is irregular about a row 异常; it is kept as it came whatever it is."""

    NO_CALL = "no_call"
    NO_UNIT = "no_unit"
    NO_RECEIVED = "no_received"
    NO_ORDERED = "no_ordered"
    NO_DEPARTED = "no_departed"
    NO_ARRIVED = "no_arrived"
    NO_RETURNED = "no_returned"
    UNREADABLE = "unreadable"
    OUT_OF_ORDER = "out_of_order"
    BEFORE_CALL = "before_call"
    FUTURE = "future"
    DAY_ADDED = "day_added"
    NO_TIME = "no_time"
    REPEATED = "repeated"
    DIFFERS = "differs"


FLAG_NAMES = {
    Flag.NO_CALL: mark("flag|no call number"), Flag.NO_UNIT: mark("flag|no unit"),
    Flag.NO_RECEIVED: mark("flag|no time of the call"),
    Flag.NO_ORDERED: mark("flag|no time of dispatch"),
    Flag.NO_DEPARTED: mark("flag|no departure"), Flag.NO_ARRIVED: mark("flag|never on scene"),
    Flag.NO_RETURNED: mark("flag|no return"), Flag.UNREADABLE: mark("flag|unreadable time"),
    Flag.OUT_OF_ORDER: mark("flag|stages out of order"),
    Flag.BEFORE_CALL: mark("flag|a time before the call"),
    Flag.FUTURE: mark("flag|a time in the future"),
    Flag.DAY_ADDED: mark("flag|day taken from the call"),
    Flag.NO_TIME: mark("flag|no time at all"),
    Flag.REPEATED: mark("flag|there already, not counted again"),
    Flag.DIFFERS: mark("flag|differs from what is there, not counted"),
}
NOT_COUNTED = frozenset({Flag.REPEATED, Flag.DIFFERS})


@dataclass(frozen=True, slots=True)
class PastUnit:
    """One row of the file as it was understood; `row` its number there, `cells` all of it.

    `times` holds what the row says, by the names of `columns.TIMES`; nothing is filled in.
    """

    row: int
    call: str
    unit: str
    unit_kind: str
    facts: Mapping[str, str]
    times: Mapping[str, datetime]
    flags: frozenset[Flag]
    cells: tuple[str, ...]

    @property
    def received(self) -> datetime | None:
        return self.times.get(RECEIVED)

    @property
    def first(self) -> datetime | None:
        """The earliest time of the row that can have been."""
        return None if Flag.FUTURE in self.flags else min(self.times.values(), default=None)


def irregular(flags: Iterable[Flag]) -> bool:
    """Whether a row is to be looked at; a repeat is no fault of its own."""
    return bool(set(flags) - {Flag.REPEATED})


def flags_of(call: str, unit: str, times: Mapping[str, datetime], given: frozenset[str],
             now: datetime, *, unreadable: bool, guessed: bool) -> frozenset[Flag]:
    """What is irregular: gaps among the times that the file has columns for (`given`), times
    that run backwards, before the call or beyond `now`."""
    found = {Flag(f"no_{name}") for name in ALWAYS if name in given and name not in times}
    if not times:
        found = {Flag.NO_TIME}
    ordered = [times[name] for name in TIMES if name in times]
    checks = {
        Flag.NO_CALL: not call, Flag.NO_UNIT: not unit, Flag.UNREADABLE: unreadable,
        Flag.DAY_ADDED: guessed,
        Flag.OUT_OF_ORDER: any(b < a for a, b in itertools.pairwise(ordered)),
        Flag.BEFORE_CALL: RECEIVED in times and min(ordered) < times[RECEIVED],
        Flag.FUTURE: any(at > now for at in ordered)}
    return frozenset(found | {flag for flag, true in checks.items() if true})
