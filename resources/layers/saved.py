"""Saved map views 地图视图: where the map looked and what it hid, under a name, for every seat."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NewType

from db.change import RowId
from db.errors import Refused
from db.store import Store
from resources.layers.keeping import KEEPERS
from resources.people import Officer, allowed

MapViewId = NewType("MapViewId", RowId)
LONGEST = 40


@dataclass(frozen=True, slots=True)
class MapView:
    """The middle in degrees, the zoom of Web Mercator, and the keys of hidden layers."""

    id: MapViewId
    name: str
    lon: float
    lat: float
    zoom: float
    hidden: frozenset[str]


def map_views(store: Store) -> list[MapView]:
    """All of them, by name."""
    return [_view(r) for r in store.read(
        "select * from map_view where active = 1 order by name")]


def _view(row: Any) -> MapView:
    return MapView(MapViewId(RowId(row["id"])), row["name"], row["lon"], row["lat"], row["zoom"],
                   frozenset(json.loads(row["hidden"])))


@allowed(*KEEPERS)
def save_map_view(store: Store, name: str, lon: float, lat: float, zoom: float,
                  hidden: Iterable[str] = (), *, by: Officer) -> MapView:
    """Keep a view under a name; one of the same name is replaced.

    Raises:
        Refused: no name, or one that is too long.
    """
    name = " ".join(name.split())
    if not name:
        raise Refused("A view needs a name.", field="name")
    if len(name) > LONGEST:
        raise Refused("A view's name holds up to {n} characters.", field="name", n=LONGEST)
    values = {"lon": lon, "lat": lat, "zoom": zoom,
              "hidden": json.dumps(sorted(hidden), ensure_ascii=False)}
    same = store.value("select id from map_view where name = :name and active = 1", name=name)
    with store.change("map.view", by) as tx:
        if same is None:
            same = tx.insert("map_view", {"name": name, **values})
        else:
            tx.update("map_view", same, **values)
    return _view(store.read("select * from map_view where id = :id", id=same)[0])


@allowed(*KEEPERS)
def remove_map_view(store: Store, view: MapViewId, *, by: Officer) -> None:
    """Take a view off the list.

    Raises:
        Refused: it is gone already.
    """
    if not store.value("select 1 from map_view where id = :id and active = 1", id=view):
        raise Refused("This view is not in the store any more.")
    with store.change("map.view_remove", by) as tx:
        tx.update("map_view", view, active=0)
