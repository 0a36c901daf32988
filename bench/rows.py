"""The rows: append, its growth, search, chain verification, start-up."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.grow import put_entry
from bench.measure import Row, median, percentile, timed
from db import journal, search
from db.store import Store
from resources.people import SYSTEM

WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
window = QWidget()
window.resize(1440, 900)
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""
TYPED = {"one character": "镇", "two": "消防", "three": "救援队", "four": "蓝天救援",
         "full pinyin": "xiaofang", "initials": "ltjyd", "phone digits": "0421", "code": "XF-10"}


def append(large: Store, small: Store, rounds: int) -> Iterator[Row]:
    """The desk's own append against a bare one-row durable commit beside it."""
    bare = sqlite3.connect(large.path.with_name("bare.db"), isolation_level=None)
    bare.execute("pragma journal_mode = wal")
    bare.execute("pragma synchronous = full")
    bare.execute("create table line (id integer primary key, text text)")
    times: dict[str, list[float]] = {"bare": [], "large": [], "small": []}
    number = {store: store.value("select max(no) from log") for store in (large, small)}

    def write(store: Store) -> None:
        number[store] += 1
        with store.change("log.append", SYSTEM) as tx:
            put_entry(tx, number[store], "消防三中队到达现场，开始疏散120人")

    def write_bare() -> None:
        bare.execute("insert into line(text) values ('消防三中队到达现场，开始疏散120人')")

    for _ in range(rounds):  # in turns, so that a busy moment falls on all three
        times["bare"].append(timed(write_bare))
        times["large"].append(timed(lambda: write(large)))
        times["small"].append(timed(lambda: write(small)))
    bare.close()
    plain, grown, fresh = (median(times[k]) for k in ("bare", "large", "small"))
    ratio, growth = grown / plain, grown / fresh
    yield Row("append one log entry, durable", "≤ 2.5 × a bare durable commit",
              f"{ratio:.2f} × ({grown * 1e3:.2f} ms against {plain * 1e3:.2f} ms)", ratio <= 2.5)
    yield Row("append in the large store", "≤ 1.2 × its cost at 1,000 entries",
              f"{growth:.2f} ×", growth <= 1.2)


def searching(store: Store, rounds: int) -> Iterator[Row]:
    """A keystroke to its results in names and log."""
    with contextlib.closing(store.reader()) as db:
        for name, typed in TYPED.items():
            times = [timed(lambda typed=typed: (search.find_names(db, typed),
                                                search.find_log(db, typed)))
                     for _ in range(rounds)]
            slow = percentile(times, 0.95) * 1e3
            yield Row(f"search, {name} ({typed})", "p95 ≤ 16 ms", f"{slow:.1f} ms", slow <= 16)


def chain(path: Path, changes: int) -> Iterator[Row]:
    """Walk the chain of a store whose changes are one line each, as a desk writes them."""
    from db.clock import SystemClock

    store = Store.open(path, SystemClock())
    store.db.execute("pragma synchronous = off")
    for number in range(changes):
        with store.change("log.append", SYSTEM) as tx:
            put_entry(tx, number + 1, "消防三中队到达现场，开始疏散120人")
    spent = timed(lambda: list(journal.broken_links(store.db)))
    store.close()
    rate = changes / spent
    yield Row("hash-chain verification", "≥ 200,000 changes a second",
              f"{rate:,.0f} a second", rate >= 200_000)


def start_up(folder: Path, rounds: int) -> Iterator[Row]:
    """A whole process to the first painted window, against a bare PySide6 window."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    bare = [sys.executable, "-c", WINDOW]
    ours = [sys.executable, "-m", "ui", "--data", str(folder), "--once"]
    times: dict[str, list[float]] = {"bare": [], "ours": []}
    for _ in range(rounds):
        for name, command in (("bare", bare), ("ours", ours)):
            start = time.perf_counter()
            done = subprocess.run(command, env=environment, capture_output=True, check=False)
            if done.returncode:
                yield Row("process start to the first window", "≤ 5 × a bare PySide6 window",
                          f"the {name} window ended with status {done.returncode}", None)
                return
            times[name].append(time.perf_counter() - start)
    ratio = median(times["ours"]) / median(times["bare"])
    yield Row("process start to the first window", "≤ 5 × a bare PySide6 window",
              f"{ratio:.2f} × ({median(times['ours']):.2f} s)", ratio <= 5)
