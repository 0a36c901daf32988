"""A change of many rows leaves the indexes as the same rows one by one would."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.check import check
from db.errors import StoreError
from db.store import Store
from resources.people import SYSTEM
from tests.builders import a_store


def write(store: Store, *, many: bool) -> None:
    """Rows that come, move, lose their place, are renamed and go."""
    row = {"tier": "town", "kind": "fire", "duty_phone": "000-1"}
    with store.change("test.before", SYSTEM) as tx:
        ids = [tx.insert("force", {**row, "name": f"旧队{n}", "lon": 108.7, "lat": 34.4 + n / 100})
               for n in range(4)]
    with store.change("test.bulk", SYSTEM, many=many) as tx:
        tx.update("force", ids[0], lon=108.9, lat=34.1)
        tx.update("force", ids[1], lon=None, lat=None)
        tx.update("force", ids[2], name="改名队")
        tx.run("delete from force where id = :id", id=ids[3])
        for n in range(3):
            tx.insert("force", {**row, "name": f"新队{n}", "lon": 108.5 + n if n else None,
                                "lat": 34.0 if n else None})


def indexes(store: Store) -> tuple[object, ...]:
    boxes = store.read("""select f.name, round(b.min_lon, 4), round(b.min_lat, 4) from place_box b
        join force f on f.id = b.id order by f.name""")
    titles = store.read("select title, words from find_name where kind = 'force' order by title")
    return ([tuple(r) for r in boxes], [tuple(r) for r in titles],
            store.value("select count(*) from place_box"))


def test_many_rows_are_indexed_as_one_by_one(tmp_path: Path) -> None:
    stores = []
    for name in ("many", "few"):
        (tmp_path / name).mkdir()
        stores.append(a_store(tmp_path / name))
        write(stores[-1], many=name == "many")
    assert indexes(stores[0]) == indexes(stores[1])
    assert not check(stores[0].path)
    for store in stores:
        store.close()


def half_a_change(store: Store) -> None:
    row = {"name": "队", "tier": "town", "kind": "fire", "duty_phone": "000-1"}
    with store.change("test.bulk", SYSTEM, many=True) as tx:
        tx.insert("force", row)
        tx.insert("force", {**row, "name": None})


def test_a_refused_bulk_change_leaves_the_triggers(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with pytest.raises(StoreError):
        half_a_change(store)
    write(store, many=False)
    assert store.value("select count(*) from find_name where title = '改名队'") == 1
    assert not check(store.path)
    store.close()
