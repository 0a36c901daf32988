"""One write path: nothing outside it, nothing left of a failure, everybody told once."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from db import journal
from db.change import Change, Op
from db.check import check
from db.clock import StillClock
from db.errors import StoreError, StoreHeld
from db.store import FILE_NAME, Store
from tests.db.desk import NOON, Clerk, a_store, an_entry, names, write


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = a_store(tmp_path)
    yield store
    store.close()


def test_a_write_outside_a_change_is_refused_by_sqlite(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="outside a change"):
        store.db.execute("insert into setting values (1, 'a', 'b')")
    with contextlib.closing(sqlite3.connect(store.path)) as other, \
            pytest.raises(sqlite3.OperationalError, match="open_change"):
        other.execute("insert into setting values (1, 'a', 'b')")


def test_a_rollback_leaves_no_trace_and_tells_nobody(store: Store) -> None:
    told: list[Change] = []
    store.subscribe(told.append)
    with pytest.raises(ZeroDivisionError), store.change("log.write", Clerk()) as tx:
        an_entry(tx, str(1 // (an_entry(tx) - an_entry(tx) + 1)))
    assert told == []
    assert [store.value(f"select count(*) from {t}") for t in ("log", "journal", "change")] \
        == [0, 0, 0]
    write(store)
    assert [c.id for c in told] == [1]


def test_a_subscriber_gets_one_change_with_all_it_touched(store: Store) -> None:
    told: list[Change] = []
    stop = store.subscribe(told.append)
    with store.change("event.open", Clerk()) as tx:
        first, second = an_entry(tx), an_entry(tx)
        tx.insert("setting", {"name": "a", "value": "1"})
    assert len(told) == 1
    assert (told[0].verb, told[0].by, told[0].at) == ("event.open", 7, NOON)
    assert [t.row_id for t in told[0].touched][:2] == [first, second]
    assert told[0].tables() == {"log", "setting"}
    stop()
    write(store)
    assert len(told) == 1


def test_a_change_made_by_a_subscriber_is_told_after_the_first(store: Store) -> None:
    heard: list[tuple[str, int]] = []

    def writes(change: Change) -> None:
        heard.append(("writes", change.id))
        if change.id == 1:
            write(store)

    store.subscribe(writes)
    store.subscribe(lambda change: heard.append(("listens", change.id)))
    write(store)
    assert heard == [("writes", 1), ("listens", 1), ("writes", 2), ("listens", 2)]


def test_a_failing_subscriber_neither_undoes_nor_hides_the_change(
        store: Store, caplog: pytest.LogCaptureFixture) -> None:
    told: list[int] = []

    def fails(_: Change) -> None:
        raise ZeroDivisionError

    store.subscribe(fails)
    store.subscribe(lambda change: told.append(change.id))
    write(store)
    assert told == [1]
    assert "listener failed" in caplog.text
    caplog.clear()


def test_changes_do_not_nest(store: Store) -> None:
    with store.change("a", Clerk()), pytest.raises(RuntimeError), store.change("b", Clerk()):
        pass


def test_the_history_of_a_row(store: Store) -> None:
    with store.change("setting.make", Clerk()) as tx:
        row = tx.insert("setting", {"name": "language", "value": "zh_CN"})
    with store.change("setting.alter", Clerk()) as tx:
        tx.update("setting", row, value="en")
    made, altered = journal.history(store.db, row)
    assert (made.op, made.verb, made.by_name) == (Op.INSERT, "setting.make", "王敏")
    assert altered.altered() == {"value": ("zh_CN", "en")}


@pytest.mark.parametrize("sql", [
    "delete from log", "update log set text = ''", "delete from journal",
    "update journal set after = ''", "delete from change", "update change set verb = ''"])
def test_the_record_is_append_only(store: Store, sql: str) -> None:
    write(store)
    with pytest.raises(StoreError), store.change("cheat", Clerk()) as tx:
        tx.run(sql)
    assert store.value("select count(*) from log") == 1
    assert check(store.path) == []


def test_the_clock_set_back_an_hour_keeps_ids_and_order(tmp_path: Path) -> None:
    clock = StillClock(NOON)
    store = a_store(tmp_path, clock)
    first = write(store)
    clock.move(timedelta(hours=-1))
    second = write(store)
    store.close()
    store = a_store(tmp_path, clock)
    third = write(store)
    assert first < second < third
    assert [r[0] for r in store.read("select at from change order by id")][1] < "2026-11-23T04"
    assert check(store.path) == []
    store.close()


def test_numbers_under_a_prefix_rise_one_by_one(store: Store) -> None:
    given = []
    for prefix in ("2026-", "2026-", "2027-", "2026-"):
        with store.change("n", Clerk()) as tx:
            number = tx.next_number("setting", "name", prefix)
            tx.insert("setting", {"name": f"{prefix}{number:04}", "value": ""})
            given.append(number)
    assert given == [1, 2, 1, 3]


def test_a_full_disk_keeps_the_store_usable(store: Store) -> None:
    write(store)
    pages = store.value("pragma page_count")
    store.db.execute(f"pragma max_page_count = {pages + 1}")
    with pytest.raises(StoreError, match="full"), store.change("log.write", Clerk()) as tx:
        an_entry(tx, "满" * 100_000)
    store.db.execute("pragma max_page_count = 1000000")
    write(store)
    assert store.value("select max(no) from log") == 2
    assert check(store.path) == []


def test_a_foreign_writer_is_named_as_a_lock(store: Store) -> None:
    store.db.execute("pragma busy_timeout = 50")
    with contextlib.closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(StoreError, match="locked"):
            write(store)
    write(store)


def test_a_second_start_reads_and_says_who_holds_it(store: Store) -> None:
    write(store)
    with pytest.raises(StoreHeld, match=f"pid {os.getpid()}"):
        a_store(store.path.parent)
    with contextlib.closing(Store.open(store.path, store.clock, or_read=True)) as second:
        assert second.read_only
        assert f"pid {os.getpid()}" in second.held_by
        assert second.value("select count(*) from log") == 1
        with pytest.raises(StoreError, match="reading only"):
            write(second)


def test_closing_twice_gives_the_store_up_once(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    store.close()
    store.close()
    a_store(tmp_path).close()


@pytest.mark.parametrize(("content", "said"), [
    (b"minutes of the meeting" * 40, "not a Watchdesk store"),
    (b"SQLite format 3\x00" + b"\x01" * 30, "damaged"),
    (b"\0" * 8192, "damaged"),
    (b"SQLite format 3\x00" + bytes(4080), "not a Watchdesk store")])
def test_a_file_that_is_not_ours_stays_byte_for_byte(
        tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(content)
    for read_only in (True, False):
        with pytest.raises(StoreError, match=said):
            Store.open(path, StillClock(NOON), read_only=read_only)
    assert path.read_bytes() == content
    assert names(tmp_path) == [FILE_NAME]


def test_a_store_from_another_version_says_so(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    store.db.execute("update _sqlite_migrations set name = 'm9999_later' where name like 'm0004%'")
    store.close()
    before = store.path.read_bytes()
    with pytest.raises(StoreError, match="newer"):
        a_store(tmp_path)
    with contextlib.closing(sqlite3.connect(store.path)) as db, db:
        db.execute("delete from _sqlite_migrations where name = 'm9999_later'")
    with pytest.raises(StoreError, match="older"):
        Store.open(store.path, StillClock(NOON), read_only=True)
    assert len(store.path.read_bytes()) == len(before)


def test_a_folder_and_nothing_at_all_are_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(StoreError, match="is a folder"):
        a_store(tmp_path)
    with pytest.raises(StoreError, match="no store"):
        Store.open(tmp_path / "none" / FILE_NAME, StillClock(NOON), read_only=True)
    assert not (tmp_path / "none").exists()


def test_a_truncated_store_is_damaged_and_released(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    for _ in range(50):
        write(store)
    store.close()
    whole = store.path.read_bytes()
    store.path.write_bytes(whole[:8192])
    for _ in range(2):
        with pytest.raises(StoreError, match="damaged"):
            a_store(tmp_path)
    assert store.path.read_bytes() == whole[:8192]
    store.path.write_bytes(whole)
    a_store(tmp_path).close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user")
def test_reading_in_a_folder_that_cannot_be_written() -> None:
    folder = Path(tempfile.mkdtemp())
    store = a_store(folder)
    write(store)
    store.close()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR | stat.S_IRGRP | stat.S_IXGRP)
    os.seteuid(65534)
    try:
        with contextlib.closing(Store.open(store.path, store.clock, read_only=True)) as reads:
            assert reads.value("select count(*) from log") == 1
        with pytest.raises(StoreError, match="cannot be written"):
            a_store(folder)
    finally:
        os.seteuid(0)


WRITER = """
import sys
from pathlib import Path
from db.clock import SystemClock
from tests.db.desk import a_store, write
store = a_store(Path(sys.argv[1]), SystemClock())
while True:
    print(int(write(store)), flush=True)
"""


@pytest.mark.parametrize("entries", [1, 7, 40])
def test_killed_while_writing_it_keeps_all_that_was_acknowledged(
        tmp_path: Path, entries: int) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], text=True,
                          stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": "."}) as writer:
        assert writer.stdout
        acknowledged = [int(writer.stdout.readline()) for _ in range(entries)]
        writer.kill()
        acknowledged += [int(line) for line in writer.stdout if line.endswith("\n")]
    store = a_store(tmp_path)
    kept = {r[0] for r in store.read("select id from log")}
    assert set(acknowledged) <= kept
    assert check(store.path) == []
    store.close()
