"""Reading 读取: the rows of a matched sheet become unit rows, every one of them; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from db.errors import Cancelled, Refused
from dispatch.past.columns import RECEIVED, TIMES
from dispatch.past.times import DayOrder, ambiguous, day_order, read_time
from dispatch.past.units import Flag, PastUnit, flags_of, irregular
from resources.exchange.books import STEP, Progress, goes_on
from resources.exchange.cells import Cell, tidy
from resources.exchange.matching import Match

DECISIVE = 5000
"""So many rows are looked at to tell whether the day or the month stands first."""
NOT_FACTS = frozenset({"call", "unit", "unit_kind", *TIMES})


@dataclass(frozen=True, slots=True)
class PastReading:
    """A file as it was understood: how it was matched, in which order its dates are, its rows."""

    file: str
    digest: str
    match: Match
    order: DayOrder | None
    units: tuple[PastUnit, ...]

    @property
    def calls(self) -> int:
        return len({call_key(u) for u in self.units})

    @property
    def irregular(self) -> int:
        return sum(irregular(u.flags) for u in self.units)

    def by_flag(self) -> dict[Flag, int]:
        """How many rows bear each flag, the most frequent first."""
        return dict(Counter(f for u in self.units for f in sorted(u.flags)).most_common())

    def times_read(self) -> int:
        return sum(len(u.times) for u in self.units)


def call_key(unit: PastUnit) -> str:
    """What tells the rows of one call to be one; a row without a number is a call of its own."""
    return unit.call or f"#{unit.row}"


def read_units(file: str, digest: str, match: Match, now: datetime, *,
               order: DayOrder | None = None, progress: Progress = goes_on) -> PastReading:
    """Read every row below the heading; `order` says what dates cannot tell by themselves.

    Raises:
        Refused: there is no row, or dates such as 03/04/2017 that could be read in two ways.
        Cancelled: `progress` said so.
    """
    body = match.body
    if not body:
        raise Refused("{name} has no rows below its headings.", name=file)
    order = order or _order_of(file, match)
    reader = _Reader(match, order, now)
    units = []
    for done, (number, cells) in enumerate(body):
        if done % STEP == 0 and not progress(done, len(body)):
            raise Cancelled("Stopped. Nothing was imported.")
        units.append(reader.unit(number, cells))
    if not any(u.times for u in units):
        raise Refused("No time in {name} can be read. Say which column is what.", name=file,
                      field="column")
    return PastReading(file, digest, match, order, tuple(units))


def _order_of(file: str, match: Match) -> DayOrder | None:
    texts = list(_time_texts(match))
    found = day_order(texts)
    if found is None and ambiguous(texts):
        raise Refused("The dates in {name} can be read in two ways (such as {text}). Say whether"
                      " the month or the day comes first.", field="dates", name=file,
                      text=next(x for x in texts if ambiguous([x])))
    return found


def _time_texts(match: Match) -> Iterator[str]:
    places = [i for i, name in match.columns.items() if name in TIMES]
    for _, cells in match.body[:DECISIVE]:
        for i in places:
            if i < len(cells) and isinstance(cells[i], str):
                yield tidy(cells[i])


class _Reader:
    """Reads the rows of one sheet."""

    def __init__(self, match: Match, order: DayOrder | None, now: datetime) -> None:
        self.order, self.now = order, now
        self.width = len(match.headings)
        self.place = {name: i for i, name in match.columns.items()}
        self.given = frozenset(self.place) & frozenset(TIMES)

    def unit(self, row: int, cells: tuple[Cell, ...]) -> PastUnit:
        kept = tuple(tidy(c) for c in cells)
        texts = {name: kept[i] if i < len(kept) else "" for name, i in self.place.items()}
        times, unreadable, guessed = self._times(cells, texts)
        call, unit = texts.get("call", ""), texts.get("unit", "")
        flags = flags_of(call, unit, times, self.given, self.now, unreadable=unreadable,
                         guessed=guessed)
        facts = {n: x for n, x in texts.items() if x and n not in NOT_FACTS}
        return PastUnit(row, call, unit, texts.get("unit_kind", ""), facts, times, flags,
                        kept)

    def _times(self, cells: tuple[Cell, ...], texts: dict[str, str]
               ) -> tuple[dict[str, datetime], bool, bool]:
        times: dict[str, datetime] = {}
        unreadable = guessed = False
        for name in TIMES:
            if not texts.get(name):
                continue
            cell = cells[self.place[name]]
            found = read_time(texts[name] if isinstance(cell, str) else cell, self.order,
                              times.get(RECEIVED, max(times.values(), default=None)))
            if found is None:
                unreadable = True
            else:
                times[name] = found.at
                guessed = guessed or found.guessed_day
        return times, unreadable, guessed
