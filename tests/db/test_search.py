"""Names by characters, sounds, digits and codes; the log by its words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db import search
from db.store import Store
from tests.db.desk import Clerk, a_store, write


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = a_store(tmp_path_factory.mktemp("desk"))
    with store.change("seed", Clerk()) as tx:
        for name, code, phone in (("石渠镇应急分队", "XF-103", "000-6218"),
                                  ("消防救援三中队", "XF-104", "000-7745"),
                                  ("蓝天救援队", "LT-7", "000-1111")):
            tx.insert("force", {"name": name, "tier": "town", "kind": "fire", "code": code,
                                "duty_phone": phone})
    write(store, "底张街道报告已疏散120人")
    write(store, "消防三中队到达现场")
    yield store
    store.close()


@pytest.mark.parametrize(("typed", "found"), [
    ("镇", ["石渠镇应急分队"]), ("消防", ["消防救援三中队"]), ("救援三", ["消防救援三中队"]),
    ("救援", ["蓝天救援队", "消防救援三中队"]), ("shiqu", ["石渠镇应急分队"]),
    ("xiaofangjiuyuan", ["消防救援三中队"]), ("ltjy", ["蓝天救援队"]), ("jyd", ["蓝天救援队"]),
    ("6218", ["石渠镇应急分队"]), ("0007745", ["消防救援三中队"]), ("xf-104", ["消防救援三中队"]),
    ("XF-10", ["消防救援三中队", "石渠镇应急分队"]), ("lan tian", ["蓝天救援队"]),
    ("消防 三", ["消防救援三中队"]), ("三 消防", ["消防救援三中队"]),
    ("没有", []), ("", []), ('"', []), ("_*(", []), ("NEAR", []), ("a OR b", [])])
def test_names(store: Store, typed: str, found: list[str]) -> None:
    assert [h.title for h in search.find_names(store.db, typed)] == found


@pytest.mark.parametrize(("typed", "count"), [
    ("疏散", 1), ("现", 1), ("120", 1), ("街道 疏散", 1), ("到", 1), ("三中队", 1), ("报到", 0),
    ("-", 0)])
def test_log(store: Store, typed: str, count: int) -> None:
    assert len(search.find_log(store.db, typed)) == count


def test_a_renamed_row_is_found_by_its_new_name_only(store: Store) -> None:
    with store.change("seed", Clerk()) as tx:
        row = tx.insert("place", {"kind": "village", "name": "旧庄"})
    with store.change("seed", Clerk()) as tx:
        tx.update("place", row, name="新庄")
    assert search.find_names(store.db, "旧庄") == []
    assert [h.id for h in search.find_names(store.db, "xinzhuang")] == [row]
