"""A large change beside the desk: one commit, told to it, and never in the way of a line."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.change import Change
from db.check import check
from db.errors import Cancelled
from db.search import find_names
from db.store import Store
from tests.builders import a_store
from tests.db.desk import Clerk


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = a_store(tmp_path)
    yield made
    made.close()


def many(side: Store, rows: int, begun: threading.Event | None = None) -> int:
    with side.change("import.unit", Clerk(), many=True) as tx:
        for n in range(rows):
            tx.insert("unit", {"name": f"单位{n}", "kind": "bureau", "tier": "district"})
            if begun is not None and n == rows // 2:
                begun.set()
                time.sleep(0.05)
        return tx.change_id


def test_one_change_is_told_when_the_desk_catches_up(store: Store) -> None:
    told: list[Change] = []
    store.subscribe(told.append)
    found: list[int] = []
    worker = threading.Thread(target=lambda: found.append(store.beside(lambda s: many(s, 300))))
    worker.start()
    worker.join()
    assert told == []
    store.catch_up()
    assert [(c.id, c.tables(), len(c.touched)) for c in told] == [(found[0], {"unit"}, 300)]
    assert len(find_names(store.db, "单位299")) == 1
    assert check(store.path) == []


def test_the_desk_writes_first_and_the_large_change_comes_after_it(store: Store) -> None:
    begun = threading.Event()
    worker = threading.Thread(target=lambda: store.beside(lambda s: many(s, 4000, begun)))
    worker.start()
    begun.wait(20)
    start = time.monotonic()
    with store.change("log.write", Clerk()) as tx:
        mine = tx.insert("setting", {"name": "a", "value": "1"})
    waited = time.monotonic() - start
    worker.join(60)
    store.catch_up()
    assert waited < 0.5
    verbs = [r[0] for r in store.read("select verb from change order by id")][-2:]
    assert verbs == ["log.write", "import.unit"]
    assert store.value("select count(*) from unit") == 4000
    assert store.value("select count(distinct row_id) from journal where tbl = 'unit'") == 4000
    assert store.value("select id from setting where name = 'a'") == mine
    assert check(store.path) == []


def test_ids_stay_unique_after_a_large_change(store: Store) -> None:
    store.beside(lambda side: many(side, 250))
    with store.change("log.write", Clerk()) as tx:
        mine = tx.insert("setting", {"name": "a", "value": "1"})
    assert mine > store.value("select max(id) from unit")


def test_stopping_it_leaves_nothing(store: Store) -> None:
    begun, before = threading.Event(), store.value("select count(*) from change")
    failed: list[BaseException] = []

    def work() -> None:
        try:
            store.beside(lambda s: many(s, 4000, begun), begun.is_set)
        except Cancelled as error:
            failed.append(error)

    worker = threading.Thread(target=work)
    worker.start()
    worker.join(60)
    assert len(failed) == 1
    assert [store.value(f"select count(*) from [{t}]") for t in ("unit", "change")] == [0, before]


def test_names_indexed_at_the_end_are_those_of_single_changes(store: Store) -> None:
    many(store, 3)
    with store.change("unit.edit", Clerk(), many=True) as tx:
        ids = [r[0] for r in tx.run("select id from unit order by id")]
        tx.update("unit", ids[0], name="改名单位")
        tx.run("delete from unit where id = :id", id=ids[1])
    with store.change("unit.edit", Clerk()) as tx:
        tx.update("unit", ids[2], contact="高俊杰")
    assert [h.title for h in find_names(store.db, "改名")] == ["改名单位"]
    assert find_names(store.db, "单位0") == find_names(store.db, "单位1") == []
    assert [h.title for h in find_names(store.db, "gjj")] == ["单位2"]
