"""The rows `import`: 100,000 rows of xlsx read, checked and written, with its peak of memory, and
how long a line of the log and a cancel wait meanwhile."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Row, peak_mib, timed
from db.clock import SystemClock
from db.errors import Cancelled
from db.store import Store
from resources.exchange.books import read_book
from resources.exchange.fields import Kind
from resources.exchange.matching import match_book
from resources.exchange.reading import read_lines
from resources.exchange.tables import kind_of
from resources.exchange.verbs import OnDuplicate, import_rows
from resources.exchange.writing import write_table
from resources.people import SYSTEM

GOAL_S, LINE_MS, CANCEL_S = 20, 50, 0.5
DISTURBED, PAUSE_S = 8, 0.7


def register(rows: int) -> bytes:
    """A register of equipment with thirteen columns as an xlsx file."""
    return write_table(kind_of("equipment"), ({
        "code": f"ZB-{n}", "name": f"排水泵车{n}", "model": "1000 m³/h", "serial": f"YC{n:06d}",
        "kind": "排涝", "keeper": "冯秀英", "phone": f"000-{n % 10000:04d}", "status": "ready",
        "bought_on": "2024-05-01", "inspect_due": "2027-05-01", "owner": "防汛办",
        "lon": 108.7, "lat": 34.4} for n in range(rows)), "xlsx")


def importing(path: Path, rows: int) -> Iterator[Row]:
    """Such a register into an empty store, in one change."""
    kind, data = kind_of("equipment"), register(rows)
    store = Store.open(path, SystemClock())

    def work() -> None:
        match = match_book(read_book("台账.xlsx", data), kind)
        import_rows(store, read_lines("台账.xlsx", kind, match), by=SYSTEM)

    spent = timed(work)
    waits, stopped = _beside(store, data, kind)
    store.close()
    peak = peak_mib()
    share = spent * 100_000 / rows
    yield Row(f"xlsx import of {rows:,} rows with validation", f"≤ {GOAL_S} s for 100,000 rows",
              f"{spent:.1f} s, peak {peak:.0f} MiB", share <= GOAL_S)
    yield Row("a change at the desk while an import writes", f"≤ {LINE_MS} ms, the worst of"
              f" {len(waits)}", f"{max(waits):.0f} ms", max(waits) <= LINE_MS)
    yield Row("cancel of an import that writes", f"≤ {CANCEL_S} s", f"{stopped:.2f} s",
              stopped <= CANCEL_S)


def _beside(store: Store, data: bytes, kind: Kind) -> tuple[list[float], float]:
    """Milliseconds that changes at the desk waited for an import, and seconds of its cancel."""
    lines = read_lines("台账.xlsx", kind, match_book(read_book("台账.xlsx", data), kind))
    stop = threading.Event()

    def work() -> None:
        with contextlib.suppress(Cancelled):
            store.beside(lambda side: import_rows(
                side, lines, by=SYSTEM, on_duplicate=OnDuplicate.UPDATE,
                progress=lambda _done, _of: not stop.is_set()), stop.is_set)

    worker = threading.Thread(target=work)
    worker.start()
    waits = []
    for number in range(DISTURBED):
        time.sleep(PAUSE_S)
        start = time.perf_counter()
        with store.change("bench", SYSTEM) as tx:
            tx.insert("setting", {"name": f"bench {number}", "value": ""})
        waits.append((time.perf_counter() - start) * 1000)
    time.sleep(PAUSE_S)
    start = time.perf_counter()
    stop.set()
    worker.join()
    return waits, time.perf_counter() - start
