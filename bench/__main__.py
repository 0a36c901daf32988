"""Runs every row and keeps the table: `python -m bench [--small] [--entries N] [--out FILE]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench import (
    exchange,
    long_watch,
    losing,
    maps,
    mutants,
    papers,
    proposing,
    roster,
    rows,
    window,
)
from bench.grow import grow
from bench.measure import Row, table, write_page
from db.store import FILE_NAME


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--small", action="store_true", help="a quick run on 20,000 entries")
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--out", type=Path, default=Path("docs/benchmarks.md"))
    args = parser.parse_args()
    entries, rounds = (20_000, 60) if args.small else (args.entries, args.rounds)
    found = []
    with tempfile.TemporaryDirectory() as name:
        for row in run(Path(name), entries, rounds):
            print(f"{row.verdict}: {row.what}: {row.result}", flush=True)
            found.append(row)
    print(table(found))
    size = f"{entries:,} log entries, {entries // 10:,} resources, {entries // 20:,} events"
    write_page(args.out, found, size)
    return 0


def run(folder: Path, entries: int, rounds: int) -> Iterator[Row]:
    """Every row, on stores grown for this run; a part that breaks is told as a row."""
    tenth, path = entries // 10, folder / "large" / FILE_NAME
    parts: dict[str, Callable[[], Iterable[Row]]] = {
        "the log": lambda: log_rows(folder, entries, rounds),
        "the chain": lambda: rows.chain(folder / "chain.db", max(tenth, 5000)),
        "the import": lambda: exchange.importing(folder / "import.db", max(tenth, 2000)),
        "damaged files": lambda: mutants.mutants(max(entries // 100, 500)),
        "proposals": lambda: proposing.proposing(folder / "proposal.db", max(tenth, 2000), 20),
        "the map": lambda: maps.maps(folder / "proposal.db", rounds),
        "the roster": roster.rosters,
        "large events": lambda: papers.large_events(folder),
        "the window": lambda: window.windows(path, rounds),
        "the start": lambda: rows.start_up(path.parent, 5),  # at the machine's own time
        "the long watch": long_watch.long_watch,
        "the kills": lambda: losing.killed(300 if entries >= 1_000_000 else 20)}
    for name, part in parts.items():
        try:
            yield from part()
        except Exception as error:  # noqa: BLE001 - the other rows are measured all the same
            yield Row(name, "", f"{type(error).__name__}: {error}"[:200], None)


def log_rows(folder: Path, entries: int, rounds: int) -> Iterator[Row]:
    large = grow(folder / "large" / FILE_NAME, entries)
    small = grow(folder / "small" / FILE_NAME, 1000)
    yield from rows.append(large, small, rounds)
    yield from rows.searching(large, rounds)
    large.close()
    small.close()


if __name__ == "__main__":
    sys.exit(main())
