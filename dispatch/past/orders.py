"""Past orders 历史出动: the unit rows of a past event as the orders and lines that they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.change import RowId
from db.clock import from_text
from db.store import Store
from db.words import t
from dispatch.orders import Order, OrderId, Stamp, orders_of, rank
from dispatch.past.columns import RECEIVED, STAGE_COLUMNS, field_named
from dispatch.past.plan import times_of
from dispatch.past.units import FLAG_NAMES, Flag
from dispatch.terms import Stage

ROWS = """select u.*, e.number as event_number, e.title as event_title,
    e.received_at as event_received, i.file as file from past_unit u
    join event e on e.id = u.event_id join past_import i on i.id = u.import_id
    where u.event_id = :event and u.same_as is null
    order by coalesce(u.ordered_at, u.received_at, ''), u.row"""


@dataclass(frozen=True, slots=True)
class PastLine:
    """One time of one force, as a line beneath the chart and on paper; `source` says whence."""

    at: datetime
    unit: str
    words: str
    source: str


def all_orders(store: Store, event: RowId) -> list[Order]:
    """The orders of an event, the desk's own and those of another system's record."""
    return [*orders_of(store, event), *past_orders(store, event)]


def past_orders(store: Store, event: RowId) -> list[Order]:
    """The unit rows of a past event; a time that the record does not have is not made up.

    Without a time of dispatch a force is placed where its first known time is.
    """
    return [_order(r) for r in store.read(ROWS, event=event)]


def past_lines(store: Store, event: RowId) -> list[PastLine]:
    """Every time that the record has of the event, oldest first."""
    found = []
    for row in store.read(ROWS, event=event):
        source, name = t("{file} row {n}", file=row["file"], n=row["row"]), unit_name(row)
        for column, at in times_of(row).items():
            if column != RECEIVED:
                found.append(PastLine(at, name, field_named(column).heading, source))
    return sorted(found, key=lambda line: (line.at, line.unit))


def unit_name(row: Any) -> str:
    """The unit and its kind, or that the record names none."""
    if not row["unit"]:
        return t("unnamed unit")
    return f"{row['unit']} {row['unit_kind']}".strip()


def flag_text(row: Any) -> str:
    """What is irregular about a row, in words."""
    return t("; ").join(t(FLAG_NAMES[Flag(f)]) for f in row["flags"].split())


def _order(row: Any) -> Order:
    times = times_of(row)
    id = OrderId(RowId(row["id"]))  # noqa: A001 - the reader's own word
    stamps = tuple(sorted((Stamp(id, id, stage, times[name], times[name], row["file"], "", None,
                                 None, "", backfilled=True, backfill_reason=row["file"])
                           for name, stage in STAGE_COLUMNS.items() if name in times),
                          key=lambda s: (s.at, rank(s.stage))))
    first = times.get("ordered") or min(times.values(), default=from_text(row["event_received"]))
    furthest = max((s.stage for s in stamps), key=rank, default=Stage.ORDERED)
    return Order(
        id, f"{row['event_number']}-{row['row']}", row["event_id"], row["event_number"],
        row["event_title"], RowId(0), unit_name(row), row["force_kind"], "", "", first, None, None,
        None, None, furthest, times.get("returned"), flag_text(row), stamps, "",
        times.get(RECEIVED), past=True)
