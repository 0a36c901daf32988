"""Two real files of unit rows: all of them in, and the intervals as computed from the file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from math import ceil
from pathlib import Path
from statistics import median

import pytest

from db.clock import SystemClock
from db.store import Store
from dispatch.duty.after_action_papers import after_action_paper
from dispatch.events import past_events
from dispatch.past.columns import match_past
from dispatch.past.orders import all_orders
from dispatch.past.plan import file_digest, plan_past
from dispatch.past.reading import read_units
from dispatch.past.verbs import import_past
from dispatch.tally import Period, tally
from dispatch.timeline import intervals, spreads
from resources.exchange.books import read_book
from tests.builders import SHARED, a_store, an_officer

FILES = (SHARED / "cad" / "usf_2009_2019.csv", SHARED / "cad" / "usf_2017.csv")
pytestmark = pytest.mark.skipif(not FILES[0].exists(), reason="the shared data is not here")
FORM = "%m/%d/%Y %I:%M:%S %p"
ENDS = {"turn_out": ("Dispatch DtTm", "Response DtTm"), "travel": ("Response DtTm",
        "On Scene DtTm"), "total": ("Received DtTm", "On Scene DtTm")}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = a_store(tmp_path_factory.mktemp("cad"), SystemClock())  # type: ignore[arg-type]
    for path in FILES:
        data = path.read_bytes()
        match = match_past(read_book(path.name, data))
        reading = read_units(path.name, file_digest(data), match, store.clock.now())
        import_past(store, plan_past(store, reading), by=an_officer())
    yield store
    store.close()


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def minutes_of(row: dict[str, str], name: str) -> float | None:
    """Straight from the file, without a line of the program."""
    start, end = (row[c] for c in ENDS[name])
    if not start or not end:
        return None
    took = (datetime.strptime(end, FORM) - datetime.strptime(start, FORM)).total_seconds() / 60  # noqa: DTZ007
    return took if took >= 0 else None


def spread_of(values: list[float | None]) -> tuple[int, float | None, float | None]:
    known = sorted(v for v in values if v is not None)
    if not known:
        return 0, None, None
    return len(known), median(known), known[ceil(len(known) * 0.9) - 1]


def test_every_row_is_in_and_the_irregular_ones_are_flagged(filled: Store) -> None:
    assert filled.value("select count(*) from past_unit") == 5205
    for path in FILES:
        rows = rows_of(path)
        kept = filled.read("""select u.* from past_unit u join past_import i on i.id = u.import_id
            where i.file = :file order by u.row""", file=path.name)
        assert [k["row"] for k in kept] == list(range(2, len(rows) + 2))
        for row, one in zip(rows, kept, strict=True):
            flags = set(one["flags"].split())
            assert ("no_arrived" in flags) == (not row["On Scene DtTm"])
            assert ("no_departed" in flags) == (not row["Response DtTm"])
            assert ("no_returned" in flags) == (not row["Available DtTm"])
            times = [datetime.strptime(row[c], FORM) for c in row  # noqa: DTZ007
                     if c.endswith("DtTm") and row[c]]
            assert ("out_of_order" in flags) == (times != sorted(times))
            assert f'"{row["RowID"]}"' in one["cells"]
    assert filled.value("select count(*) from past_unit where same_as is not null") == 865
    assert filled.value("select count(*) from event where origin = 'past'") == 901


def test_the_intervals_are_those_of_the_file(filled: Store) -> None:
    rows = rows_of(FILES[0])
    found = tally(filled, Period())
    for name in ENDS:
        values = [minutes_of(row, name) for row in rows]
        got = found.spreads[name]
        assert (got.n, got.median, got.p90) == pytest.approx(spread_of(values))
    assert found.spreads["response"].n == 0
    by_unit: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_unit.setdefault(f"{row['Unit ID']} {row['Unit Type']}", []).append(row)
    assert {f.name for f in found.forces} == set(by_unit)
    for force in found.forces:
        assert force.sent == len(by_unit[force.name])
        for name in ENDS:
            got = force.spreads[name]
            values = [minutes_of(r, name) for r in by_unit[force.name]]
            assert (got.n, got.median, got.p90) == pytest.approx(spread_of(values))


def test_each_event_has_the_intervals_of_its_call(filled: Store) -> None:
    calls: dict[str, list[dict[str, str]]] = {}
    for row in rows_of(FILES[0]):
        calls.setdefault(row["Call Number"], []).append(row)
    events = past_events(filled, limit=2000)
    assert len(events) == len(calls)
    for of in events:
        orders = all_orders(filled, of.id)
        call = filled.value("select call from past_unit where event_id = :id", id=of.id)
        got = spreads(intervals(orders))
        for name in ENDS:
            wanted = spread_of([minutes_of(r, name) for r in calls[call]])
            assert (got[name].n, got[name].median, got[name].p90) == pytest.approx(wanted)


def test_the_call_of_36_units_has_them_all_on_paper(filled: Store) -> None:
    event = filled.value("""select event_id from past_unit where same_as is null
        group by event_id order by count(*) desc limit 1""")
    facts = after_action_paper(filled, event, by=an_officer())
    assert len(facts.forces) == 36
    assert len(facts.entries) == filled.value("""select sum((entered_at is not null)
        + (ordered_at is not null) + (departed_at is not null) + (arrived_at is not null)
        + (transported_at is not null) + (delivered_at is not null) + (returned_at is not null))
        from past_unit where event_id = :id and same_as is null""", id=event)
