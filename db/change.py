"""Change 变更: what one commit did, told once to everybody who listens."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

RowId = NewType("RowId", int)
"""63 bits: 42 of milliseconds since 2020, 7 of seat, 14 of counter; unique across seats."""

SEAT_BITS, COUNTER_BITS = 7, 14
EPOCH_MS = 1_577_836_800_000


class Op(StrEnum):
    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Touch:
    """One row that a change touched."""

    table: str
    row_id: RowId
    op: Op


@dataclass(frozen=True, slots=True)
class Change:
    """One commit: number in the chain, instant, who, the verb, and the rows it touched."""

    id: int
    at: datetime
    by: RowId
    verb: str
    touched: tuple[Touch, ...]
    _tables: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # every listener asks, and an import touches 100,000 rows: gathered once, by the writer
        object.__setattr__(self, "_tables", frozenset(t.table for t in self.touched))

    def tables(self) -> frozenset[str]:
        return self._tables


class Author(Protocol):
    """Whoever a change is written down to; the domain's Officer is one."""

    @property
    def id(self) -> RowId: ...

    @property
    def name(self) -> str: ...


def next_id(last: int, at: datetime, seat: int) -> RowId:
    """The next id of this seat: never below `last`, also when the clock was set back."""
    ms = int(at.timestamp() * 1000) - EPOCH_MS
    first = (ms << (SEAT_BITS + COUNTER_BITS)) | (seat << COUNTER_BITS)
    if first > last:
        return RowId(first)
    low = (1 << COUNTER_BITS) - 1
    own = (last >> COUNTER_BITS) & ((1 << SEAT_BITS) - 1) == seat
    if own and last & low < low:
        return RowId(last + 1)
    ms_after = (last >> (SEAT_BITS + COUNTER_BITS)) + 1
    return RowId((ms_after << (SEAT_BITS + COUNTER_BITS)) | (seat << COUNTER_BITS))
