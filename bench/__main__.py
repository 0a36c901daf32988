"""Runs every row and keeps the table: `python -m bench [--small] [--entries N] [--out FILE]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
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
    with tempfile.TemporaryDirectory() as name:
        found = run(Path(name), entries, rounds)
    print(table(found))
    size = f"{entries:,} log entries, {entries // 10:,} resources, {entries // 20:,} events"
    write_page(args.out, found, size)
    return 0


def run(folder: Path, entries: int, rounds: int) -> list[Row]:
    """Every row, on stores grown for this run."""
    large = grow(folder / "large" / FILE_NAME, entries)
    small = grow(folder / "small" / FILE_NAME, 1000)
    found = [*rows.append(large, small, rounds), *rows.searching(large, rounds)]
    large.close()
    small.close()
    found += rows.chain(folder / "chain.db", max(entries // 10, 5000))
    found += exchange.importing(folder / "import.db", max(entries // 10, 2000))
    found += mutants.mutants(max(entries // 100, 500))
    found += proposing.proposing(folder / "proposal.db", max(entries // 10, 2000), 20)
    found += maps.maps(folder / "proposal.db", rounds)
    found += roster.rosters()
    found += papers.large_events(folder)
    found += window.windows(folder / "large" / FILE_NAME, rounds)
    found += rows.start_up(folder / "large", 5)  # opens it at the machine's own time
    found += long_watch.long_watch()
    found += losing.killed(300 if entries >= 1_000_000 else 20)
    return found


if __name__ == "__main__":
    sys.exit(main())
