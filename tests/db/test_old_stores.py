"""A store that an older program made opens, keeps what it held and takes what is new."""

from __future__ import annotations

import lzma
import sqlite3
from pathlib import Path

import pytest

from db import journal, migrations
from db.check import check
from db.search import find_names
from db.store import FILE_NAME, Store
from dispatch.rules import ALL_RULES, complete_rules
from resources.people import SYSTEM
from resources.rules import rules
from tests.builders import a_clock, an_event

OLD = sorted((Path(__file__).parent / "old").glob("*.db.xz"))


def an_old_store(folder: Path, packed: Path) -> Path:
    path = folder / FILE_NAME
    path.write_bytes(lzma.decompress(packed.read_bytes()))
    return path


def counts(path: Path) -> dict[str, int]:
    with sqlite3.connect(path) as db:
        return {table: db.execute(f"select count(*) from [{table}]").fetchone()[0]
                for table in journal.watched(db)}


@pytest.mark.parametrize("packed", OLD, ids=lambda path: path.name)
def test_an_older_store_keeps_every_row_and_its_chain(tmp_path: Path, packed: Path) -> None:
    path = an_old_store(tmp_path, packed)
    before = counts(path)
    store = Store.open(path, a_clock())
    assert not migrations.pending(store.db)
    kept = counts(path)
    assert {table: kept[table] for table in before} == before
    assert check(path) == []
    assert find_names(store.db, "消防", 5)
    store.close()


@pytest.mark.parametrize("packed", OLD, ids=lambda path: path.name)
def test_an_older_store_is_worked_on_like_a_new_one(tmp_path: Path, packed: Path) -> None:
    store = Store.open(an_old_store(tmp_path, packed), a_clock())
    complete_rules(store)
    assert {rule.code for rule in ALL_RULES} <= {rule.code for rule in rules(store)}
    an_event(store, "迁移后的第一起事件")
    force = store.value("select id from force limit 1")
    with store.change("test.edit", SYSTEM) as tx:
        tx.update("force", force, leader="李四")
    assert journal.history(store.db, force)[-1].after["leader"] == "李四"
    assert check(store.path) == []
    store.close()
