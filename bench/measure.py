"""Measuring: rows of the table, medians and percentiles, and the page they are kept on."""

from __future__ import annotations

import contextlib
import os
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `good` is None where nothing could be measured."""

    what: str
    target: str
    result: str
    good: bool | None

    @property
    def verdict(self) -> str:
        return {True: "held", False: "MISSED", None: "not measured"}[self.good]


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(times: Sequence[float]) -> float:
    return statistics.median(times)


def percentile(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def peak_mib() -> float:
    """The most memory this process had, MiB; `ru_maxrss` would still hold what the process that
    started it once had."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text("ascii").splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 2**10
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def table(rows: Sequence[Row]) -> str:
    head = "| what | target | result | verdict |\n|---|---|---|---|\n"
    return head + "".join(f"| {r.what} | {r.target} | {r.result} | {r.verdict} |\n" for r in rows)


def write_page(path: Path, rows: Sequence[Row], size: str) -> None:
    """Keep the figures with the machine, the day and the store they were taken on."""
    machine = (f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores,"
               f" Python {platform.python_version()}")
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"# Benchmarks\n\nWritten by `make bench` on {datetime.now(UTC):%Y-%m-%d}."
                    f" {machine}.\nStore: {size}. Other programs may have run beside it: the"
                    f" ratios count, not the milliseconds.\n\n{table(rows)}", "utf-8")
