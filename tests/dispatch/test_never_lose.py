"""What was acknowledged is there: killed at any instant, on a full disk, a bit turned anywhere.

`WATCHDESK_KILLS=300` kills as often as the qualities ask; the suite itself kills a few times.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import journal
from db.backup import FOLDER, back_up, backups
from db.check import check
from db.errors import Refused, StoreError
from db.store import FILE_NAME, Store
from dispatch.log import append_entry
from dispatch.replay import read_chronology
from tests.builders import a_clock, a_store, an_officer_row

KILLS = int(os.environ.get("WATCHDESK_KILLS", "8"))
WRITER = """
import sys
from pathlib import Path
from db.clock import SystemClock
from db.store import FILE_NAME, Store
from dispatch.log import append_entry
from tests.builders import an_officer
store = Store.open(Path(sys.argv[1]) / FILE_NAME, SystemClock())
by, number = an_officer(), 0
print("ready", flush=True)
while True:
    number += 1
    print(append_entry(store, f"第 {number} 条，石渠镇报告已疏散", by=by).id, flush=True)
"""


def test_killed_at_random_instants_every_acknowledged_entry_is_there(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    an_officer_row(store)
    store.close()
    chance, acknowledged = random.Random(20261123), set[int]()
    for _ in range(KILLS):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], text=True,
                              stdout=subprocess.PIPE,
                              env={**os.environ, "PYTHONPATH": "."}) as writer:
            assert writer.stdout
            assert writer.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0.0, 0.08))
            writer.kill()
            acknowledged |= {int(line) for line in writer.stdout if line.endswith("\n")}
    store = Store.open(tmp_path / FILE_NAME, a_clock())
    kept = {r[0] for r in store.read("select id from log")}
    assert len(acknowledged) > KILLS
    assert acknowledged <= kept
    assert check(store.path) == []
    store.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 12 MB of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if not mount or not unmount or os.geteuid() != 0 or subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)], check=False,
            capture_output=True).returncode:
        pytest.skip("a file system cannot be mounted here; max_page_count stands in elsewhere")
    yield place
    subprocess.run([unmount, "-l", str(place)], check=True)


def test_a_really_full_disk_loses_nothing_and_goes_on_when_there_is_room(small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(bytes(3_000_000))
    store = a_store(small_disk)
    by, kept = an_officer_row(store), list[int]()
    made = back_up(store)

    def write(words: str) -> None:
        kept.append(append_entry(store, words, by=by).id)

    def fill() -> None:
        for number in range(5000):
            write(f"第 {number} 条" + "满" * 2000)

    with pytest.raises(StoreError, match="full"):
        fill()
    assert kept
    with pytest.raises(StoreError):
        back_up(store)
    assert [b.path for b in backups(small_disk / FOLDER)] == [made.path]
    (small_disk / "filler").unlink()
    write("腾出空间以后")
    assert [r[0] for r in store.read("select id from log order by id")] == kept
    assert check(store.path) == []
    store.close()


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from dispatch.begin import begin_sample

    folder = tmp_path_factory.mktemp("sample")
    begin_sample(folder, a_clock(), lambda _part: None)
    with closing(sqlite3.connect(folder / FILE_NAME)) as db:
        db.execute("pragma journal_mode = delete")
    return folder / FILE_NAME


def leaves(path: Path, tables: list[str]) -> dict[str, int]:
    """A leaf page with cells of each table, by its number."""
    sql = ("select pageno from dbstat where name = ? and pagetype = 'leaf' and ncell > 0"
           " order by pageno desc limit 1")
    with closing(sqlite3.connect(path)) as db:
        try:
            found = {t: db.execute(sql, (t,)).fetchone() for t in tables}
        except sqlite3.OperationalError:
            pytest.skip("this SQLite has no dbstat")
    return {table: row[0] for table, row in found.items() if row}


def test_a_turned_bit_in_any_table_is_found_and_its_table_named(
        district: Path, tmp_path: Path) -> None:
    store = Store.open(district, a_clock(), read_only=True)
    size = store.value("pragma page_size")
    pages = leaves(district, journal.watched(store.db))
    store.close()
    assert len(pages) > 50
    content, names = district.read_bytes(), sorted(pages)
    for start in range(0, len(names), 30):
        altered, some = bytearray(content), names[start:start + 30]
        for table in some:
            altered[pages[table] * size - 1] ^= 1  # the end of a page is the end of its first cell
        path = tmp_path / f"{start}.db"
        path.write_bytes(altered)
        found = {f.table for f in check(path)}
        assert set(some) - found == set()


def test_an_overwritten_page_anywhere_is_found(district: Path, tmp_path: Path) -> None:
    content, path = district.read_bytes(), tmp_path / "x.db"
    chance = random.Random(7)
    for page in chance.sample(range(1, len(content) // 4096), 6):
        path.write_bytes(content[:page * 4096] + b"\xa5" * 4096 + content[(page + 1) * 4096:])
        assert check(path), f"page {page + 1}"


@settings(max_examples=150, deadline=5000)
@given(st.binary(max_size=600) | st.text(max_size=400) | st.lists(
    st.text(alphabet='时间,"\n;2026-11:30年月日actorentry ', max_size=60),
    max_size=12).map("\n".join))
def test_any_chronology_is_read_or_refused(data: bytes | str) -> None:
    try:
        said: object = read_chronology(data)
    except Refused as why:
        said = str(why)
    assert said
