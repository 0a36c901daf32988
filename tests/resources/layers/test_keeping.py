"""Layers in the store: added once, laid in, ordered, removed and brought back, backed up."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.backup import back_up, restore
from db.check import check
from db.errors import Refused
from db.store import Store
from resources.layers.keeping import (
    add_layer,
    change_look,
    file_of,
    layers,
    open_features,
    open_tiles,
    remove_layer,
    reorder,
    restore_layer,
)
from resources.layers.preparing import prepare
from resources.layers.saved import map_views, remove_map_view, save_map_view
from resources.people import SYSTEM, Role
from tests.builders import a_clock, an_officer
from tests.resources.layers.files import geojson, mbtiles, polygon

KEEPER = an_officer("管库", Role.KEEPER)


def test_layers_are_laid_in_and_travel_with_a_backup(store: Store, tmp_path: Path) -> None:
    area = add_layer(store, prepare(geojson(tmp_path / "区.geojson", polygon())), by=KEEPER)
    tiles = add_layer(store, prepare(mbtiles(tmp_path / "a.mbtiles")), "影像", by=KEEPER)
    assert [one.name for one in layers(store)] == ["影像", "区"]
    assert [f.name for f in open_features(file_of(store, area), "区")] == ["甲"]
    kept = back_up(store, tmp_path / "kept")
    again = restore(kept.path, tmp_path / "other", a_clock(), SYSTEM)
    found = {one.name: one for one in layers(again)}
    assert open_features(file_of(again, found["区"]), "区")
    opened = open_tiles(file_of(again, found["影像"]), "影像")
    assert opened.facts.tiles == tiles.count
    opened.close()
    again.close()
    assert check(store.path) == []


def test_a_layer_comes_once_and_its_name_too(store: Store, tmp_path: Path) -> None:
    found = prepare(geojson(tmp_path / "区.geojson", polygon()))
    add_layer(store, found, by=KEEPER)
    with pytest.raises(Refused, match="already, as 区"):
        add_layer(store, found, "又", by=KEEPER)
    other = prepare(geojson(tmp_path / "二.geojson", polygon(), polygon()))
    with pytest.raises(Refused, match="named 区"):
        add_layer(store, other, "区", by=KEEPER)
    with pytest.raises(Refused, match="role"):
        add_layer(store, other, by=an_officer("看", Role.VIEWER))


def test_look_order_removal_and_its_undo(store: Store, tmp_path: Path) -> None:
    one, two = (add_layer(store, prepare(geojson(tmp_path / f"{n}.geojson", *[polygon()] * n)),
                          by=KEEPER) for n in (1, 2))
    reorder(store, [two.id, one.id], by=KEEPER)
    assert [x.id for x in layers(store)] == [two.id, one.id]
    seen = change_look(store, one.id, shown=False, opacity=0.4, by=KEEPER)
    assert (seen.shown, seen.opacity) == (False, 0.4)
    with pytest.raises(Refused):
        change_look(store, one.id, opacity=0.0, by=KEEPER)
    remove_layer(store, one.id, by=KEEPER)
    assert [x.id for x in layers(store)] == [two.id]
    with pytest.raises(Refused):
        remove_layer(store, one.id, by=KEEPER)
    restore_layer(store, one.id, by=KEEPER)
    assert len(layers(store)) == 2


def test_a_layer_whose_file_is_gone_says_so(store: Store, tmp_path: Path) -> None:
    made = add_layer(store, prepare(geojson(tmp_path / "区.geojson", polygon())), by=KEEPER)
    file_of(store, made).unlink()
    with pytest.raises(Refused, match="gone"):
        open_features(file_of(store, made), made.name)
    with pytest.raises(Refused, match="gone"):
        open_tiles(file_of(store, made), made.name)


def test_views_are_kept_by_name(store: Store) -> None:
    save_map_view(store, "全区", 108.7, 34.4, 12, ["force"], by=KEEPER)
    again = save_map_view(store, " 全区 ", 108.8, 34.5, 13, by=KEEPER)
    assert [(v.name, v.zoom, v.hidden) for v in map_views(store)] == [("全区", 13, frozenset())]
    remove_map_view(store, again.id, by=KEEPER)
    assert map_views(store) == []
    with pytest.raises(Refused):
        save_map_view(store, " ", 108.7, 34.4, 12, by=KEEPER)
