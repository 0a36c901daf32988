"""The row `import`: 100,000 rows of xlsx read, checked and written, with its peak of memory."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Row, timed
from db.clock import SystemClock
from db.store import Store
from resources.exchange.books import read_book
from resources.exchange.matching import match_book
from resources.exchange.reading import read_lines
from resources.exchange.tables import kind_of
from resources.exchange.verbs import import_rows
from resources.exchange.writing import write_table
from resources.people import SYSTEM

GOAL_S = 20
MIB = 2**20 if sys.platform == "darwin" else 2**10


def importing(path: Path, rows: int) -> Iterator[Row]:
    """A register of equipment with twelve columns into an empty store, in one change."""
    kind = kind_of("equipment")
    data = write_table(kind, ({
        "code": f"ZB-{n}", "name": f"排水泵车{n}", "model": "1000 m³/h", "serial": f"YC{n:06d}",
        "kind": "排涝", "keeper": "冯秀英", "phone": f"000-{n % 10000:04d}", "status": "ready",
        "bought_on": "2024-05-01", "inspect_due": "2027-05-01", "owner": "防汛办",
        "lon": 108.7, "lat": 34.4} for n in range(rows)), "xlsx")
    store = Store.open(path, SystemClock())

    def work() -> None:
        match = match_book(read_book("台账.xlsx", data), kind)
        import_rows(store, read_lines("台账.xlsx", kind, match), by=SYSTEM)

    spent = timed(work)
    store.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB
    share = spent * 100_000 / rows
    yield Row(f"xlsx import of {rows:,} rows with validation", f"≤ {GOAL_S} s for 100,000 rows",
              f"{spent:.1f} s, peak {peak:.0f} MiB", share <= GOAL_S)
