"""Keeping 图层管理: the district's own map layers as rows, their order and look, and removal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NewType

from db import attachments
from db.change import RowId
from db.clock import to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import mark
from resources.geo import Bounds
from resources.layers.features import Feature
from resources.layers.geojson import read_geojson
from resources.layers.mbtiles import TileFile
from resources.layers.preparing import LayerKind, Prepared, lay_in
from resources.people import STOCK, Officer, Role, allowed

LayerId = NewType("LayerId", RowId)
LONGEST = 60
GONE = mark("The file of the layer {name} is gone or cannot be read. Remove the layer and add it"
            " again.")
KEEPERS = tuple(dict.fromkeys((*STOCK, Role.LEADER)))
"""Who may choose what the district's map shows."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the base map; `place` counts from the lowest, opacity from 0 to 1."""

    id: LayerId
    name: str
    kind: LayerKind
    digest: str
    size: int
    style: str
    place: int
    shown: bool
    opacity: float
    min_zoom: int | None
    max_zoom: int | None
    bounds: Bounds
    count: int
    source: str
    remarks: tuple[str, ...]

    @property
    def tiled(self) -> bool:
        return self.kind is LayerKind.MBTILES


def layers(store: Store) -> list[Layer]:
    """All layers, the lowest first."""
    return [_layer(r) for r in store.read(
        "select * from map_layer where active = 1 order by place, id")]


def layer(store: Store, layer_id: RowId) -> Layer:
    """
    Raises:
        Refused: there is none.
    """
    row = store.one("select * from map_layer where id = :id and active = 1", id=layer_id)
    if row is None:
        raise Refused("There is no such layer on the map.", field="layer")
    return _layer(row)


def _layer(row: Any) -> Layer:
    return Layer(LayerId(RowId(row["id"])), row["name"], LayerKind(row["kind"]), row["digest"],
                 row["size"], row["style"], row["place"], bool(row["shown"]), row["opacity"],
                 row["min_zoom"], row["max_zoom"],
                 (row["west"], row["south"], row["east"], row["north"]), row["count"],
                 row["source"], tuple(json.loads(row["remarks"])))


def file_of(store: Store, of: Layer) -> Path:
    """Where the layer's file lies in the district's folder."""
    return attachments.path_of(store.path.parent / attachments.FOLDER, of.digest)


def open_features(path: Path, name: str) -> list[Feature]:
    """The features of a kept layer; may be called off the window's thread.

    Raises:
        Refused: its file is gone or cannot be read any more.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(GONE, name=name) from error
    return read_geojson(data).features


def open_tiles(path: Path, name: str) -> TileFile:
    """The tiles of a kept layer.

    Raises:
        Refused: its file is gone or cannot be read any more.
    """
    if not path.is_file():
        raise Refused(GONE, name=name)
    return TileFile(path)


@allowed(*KEEPERS)
def add_layer(store: Store, found: Prepared, name: str = "", *, kept: tuple[str, int] | None = None,
              by: Officer) -> Layer:
    """Put a prepared file on the map, above the others (tiles below all drawings).

    `kept` is what `lay_in` gave when it was already copied.

    Raises:
        Refused: no name, a name twice, or the same file twice.
        StoreError: the file cannot be copied.
    """
    name = check_name(store, name or found.name)
    digest, size = kept or lay_in(store.path.parent, found)
    same = store.value("select name from map_layer where digest = :digest and active = 1",
                       digest=digest)
    if same:
        raise Refused("This file is on the map already, as {name}.", field="file", name=same)
    with store.change("layer.add", by) as tx:
        new = put_layer(tx, found, name, digest, size)
    return layer(store, new)


def put_layer(tx: Transaction, found: Prepared, name: str, digest: str, size: int) -> RowId:
    """The row of a layer whose file is in the folder, inside the change that is open."""
    edge = "min(place), 0) - 1" if found.kind is LayerKind.MBTILES else "max(place), 0) + 1"
    place = tx.run(f"select coalesce({edge} from map_layer where active = 1").fetchone()[0]
    west, south, east, north = found.bounds
    return tx.insert("map_layer", {
        "name": name, "kind": found.kind, "digest": digest, "size": size, "style": found.style,
        "place": place, "min_zoom": found.min_zoom, "max_zoom": found.max_zoom, "west": west,
        "south": south, "east": east, "north": north, "count": found.count,
        "source": found.path.name, "remarks": json.dumps(found.remarks, ensure_ascii=False),
        "added_at": to_text(tx.store.clock.now())})


def check_name(store: Store, name: str, own: RowId | None = None) -> str:
    """The name as it is kept.

    Raises:
        Refused: empty, too long, or another layer's.
    """
    name = " ".join(name.split())
    if not name:
        raise Refused("A layer needs a name.", field="name")
    if len(name) > LONGEST:
        raise Refused("A layer's name holds up to {n} characters.", field="name", n=LONGEST)
    if store.value("select 1 from map_layer where name = :name and active = 1 and id is not :own",
                   name=name, own=own):
        raise Refused("There is a layer named {name} already.", field="name", name=name)
    return name


@allowed(*KEEPERS)
def remove_layer(store: Store, layer_id: LayerId, *, by: Officer) -> None:
    """Take a layer off the map; its file stays in the folder, `restore_layer` brings it back.

    Raises:
        Refused: it is gone already.
    """
    layer(store, layer_id)
    with store.change("layer.remove", by) as tx:
        tx.update("map_layer", layer_id, active=0)


@allowed(*KEEPERS)
def restore_layer(store: Store, layer_id: LayerId, *, by: Officer) -> Layer:
    """Undo a removal.

    Raises:
        Refused: another layer has its name by now.
    """
    row = store.one("select name from map_layer where id = :id", id=layer_id)
    check_name(store, row["name"] if row else "", layer_id)
    with store.change("layer.restore", by) as tx:
        tx.update("map_layer", layer_id, active=1)
    return layer(store, layer_id)


@allowed(*KEEPERS)
def change_look(store: Store, layer_id: LayerId, *, shown: bool | None = None,
                opacity: float | None = None, name: str | None = None, by: Officer) -> Layer:
    """Show or hide a layer, or alter its opacity (0.1 to 1) or name; what is None stays.

    Raises:
        Refused: it is gone, or the values cannot be.
    """
    layer(store, layer_id)
    values: dict[str, object] = {}
    if shown is not None:
        values["shown"] = int(shown)
    if opacity is not None:
        if not 0.1 <= opacity <= 1:
            raise Refused("Opacity runs from 10 to 100 %.", field="opacity")
        values["opacity"] = round(opacity, 2)
    if name is not None:
        values["name"] = check_name(store, name, layer_id)
    with store.change("layer.look", by) as tx:
        tx.update("map_layer", layer_id, **values)
    return layer(store, layer_id)


@allowed(*KEEPERS)
def reorder(store: Store, wanted: Sequence[LayerId], *, by: Officer) -> None:
    """Give the layers this order, the lowest first; those not named keep theirs above.

    Raises:
        Refused: one of them is gone.
    """
    for one in wanted:
        layer(store, one)
    with store.change("layer.order", by) as tx:
        for place, one in enumerate(wanted, 1):
            tx.update("map_layer", one, place=place)
