"""Whatever was altered from outside is found and named."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from db import journal
from db.check import Area, check
from db.errors import Cancelled
from db.store import Store
from tests.db.desk import Clerk, a_store, write


def a_closed_store(folder: Path, entries: int = 20) -> Path:
    store = a_store(folder)
    for number in range(entries):
        write(store, f"第{number:03}条 消防三中队到达现场")
    store.close()
    return store.path


def tamper(path: Path, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.create_function("open_change", 0, lambda: 0)
        for name, in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            sql = db.execute("select sql from sqlite_master where name = ?", (name,)).fetchone()[0]
            db.execute(f"drop trigger [{name}]")
            statements += (sql,)
        for statement in statements:
            db.execute(statement)


def test_a_sound_store_has_no_findings_while_it_is_open(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    write(store)
    assert check(store.path) == []
    store.close()


@pytest.mark.parametrize(("statement", "area", "number"), [
    ("update journal set after = replace(after, '消防', '武警') where change_id = 5",
     Area.CHAIN, 5),
    ("update change set by_name = '赵强' where id = 6", Area.CHAIN, 6),
    ("update change set at = '2020-01-01T00:00:00.000Z' where id = 7", Area.CHAIN, 7),
    ("delete from journal where change_id = 8", Area.CHAIN, 8),
    ("update log set text = '无' where no = 9", Area.ROW, 9),
    ("delete from log where no = 10", Area.ROW, 10),
])
def test_what_was_altered_is_named_by_its_change(
        tmp_path: Path, statement: str, area: Area, number: int) -> None:
    path = a_closed_store(tmp_path)
    tamper(path, statement)
    assert (area, number) in {(f.area, f.change_id) for f in check(path)}


def test_a_column_that_came_later_is_no_fault_until_somebody_writes_it_from_outside(
        tmp_path: Path) -> None:
    path = a_closed_store(tmp_path)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.create_function("open_change", 0, lambda: None)
        db.execute("alter table log add column mood text not null default 'calm'")
        db.execute("alter table log add column heard integer")
        journal.watch(db, "log")
    assert check(path) == []
    tamper(path, "update log set heard = 1 where no = 3")
    tamper(path, "update log set mood = 'angry' where no = 5")
    assert [(f.area, f.change_id) for f in check(path)] == [(Area.ROW, 3), (Area.ROW, 5)]


def test_one_line_in_a_change_of_many_pieces_is_found(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.change("test.import", Clerk()) as tx:
        for number in range(400):  # some six pieces of what is hashed at once
            tx.insert("setting", {"name": f"第{number}行", "value": "消防三中队到达现场" * 30})
    write(store)
    store.close()
    assert check(store.path) == []
    tamper(store.path, "update journal set after = replace(after, '第399行', '第999行')")
    assert {(f.area, f.change_id) for f in check(store.path) if f.area is Area.CHAIN} == {
        (Area.CHAIN, 1)}


def test_a_missing_change_is_named(tmp_path: Path) -> None:
    path = a_closed_store(tmp_path)
    tamper(path, "delete from journal where change_id = 11", "delete from change where id = 11")
    assert any(f.change_id == 11 and "missing" in str(f) for f in check(path))


def test_a_flipped_byte_in_the_journal_is_named(tmp_path: Path) -> None:
    path = a_closed_store(tmp_path)
    content = bytearray(path.read_bytes())
    places = [i for i in range(len(content)) if content.startswith("第012条".encode(), i)]
    assert places
    for place in places:
        altered = bytearray(content)
        altered[place + 4] ^= 1
        path.write_bytes(altered)
        assert 13 in {f.change_id for f in check(path)}


def test_a_missing_trigger_and_a_hole_in_the_index_are_found(tmp_path: Path) -> None:
    path = a_closed_store(tmp_path)
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("drop trigger log_update")
        db.execute("delete from find_log_docsize where id = (select min(id) from log)")
    assert {(f.area, f.table) for f in check(path)} >= {(Area.ROW, "log"), (Area.SEARCH, "log")}


def test_overwritten_pages_give_findings_not_a_traceback(tmp_path: Path) -> None:
    path = a_closed_store(tmp_path, 60)
    content = path.read_bytes()
    for page in range(1, len(content) // 4096):
        path.write_bytes(content[:page * 4096] + b"\xa5" * 4096 + content[(page + 1) * 4096:])
        assert check(path), f"page {page + 1}"
    path.write_bytes(content[:12 * 4096])
    assert check(path)


def a_long_store(folder: Path) -> Store:
    store: Store = a_store(folder)
    store.db.execute("pragma synchronous = off")
    for _ in range(4096):
        write(store, "点名")
    return store


@pytest.mark.parametrize("part", [0, 24, 30, 70])
def test_the_check_can_be_stopped_in_each_of_its_walks(
        tmp_path: Path, part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.check.LOOK_EVERY", 500)
    store = a_long_store(tmp_path)
    told: list[int] = []

    def stop(done: int, total: int) -> bool:
        told.append(done)
        return done * 100 < part * total

    with pytest.raises(Cancelled):
        check(store.path, stop)
    assert told == sorted(told)
    assert part <= told[-1] < 100
    assert len([n for n in told if n == told[-1]]) == 1  # it ended with the answer
    store.close()


def test_a_whole_check_tells_how_far_it_is_to_its_end(tmp_path: Path) -> None:
    store = a_long_store(tmp_path)
    told: list[int] = []
    assert check(store.path, lambda done, of: told.append(done) is None) == []
    assert (told, told[-1]) == (sorted(told), 100)
    store.close()
