"""Preparing 图层预检: a map file looked at, turned into CGCS2000 and laid into the folder."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from db import attachments
from db.errors import Refused, StoreError
from resources.geo import Bounds
from resources.layers.features import Flaw, Reading, Shape, settle, to_geojson
from resources.layers.geojson import read_geojson
from resources.layers.mbtiles import TileFile
from resources.layers.reference import into_district
from resources.layers.shapefiles import read_shapefile

LARGEST_VECTOR = 64 * 2**20
"""Bytes; a larger one would not be drawn in time."""
Progress = Callable[[float], None]


class LayerKind(StrEnum):
    """Where a layer came from."""

    GEOJSON = "geojson"
    SHAPEFILE = "shapefile"
    MBTILES = "mbtiles"


ENDINGS = {".geojson": LayerKind.GEOJSON, ".json": LayerKind.GEOJSON,
           ".shp": LayerKind.SHAPEFILE, ".mbtiles": LayerKind.MBTILES}
PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that can become a layer; `content` is its GeoJSON, empty for tiles at `path`."""

    name: str
    kind: LayerKind
    path: Path
    content: bytes
    count: int
    bounds: Bounds
    style: str = "plain"
    min_zoom: int | None = None
    max_zoom: int | None = None
    remarks: tuple[str, ...] = field(default=())


def silent(_part: float) -> None:
    """No progress is shown."""


def prepare(path: Path, crs: str = "", progress: Progress = silent) -> Prepared:
    """Read a map file by its ending; `crs` is the system its coordinates came in, if it is
    known better than the file says.

    Raises:
        Refused: another kind of file, one that cannot be read or drawn, or metres without a
            system; says which.
    """
    kind = ENDINGS.get(path.suffix.lower())
    if kind is None:
        raise Refused("{name} is no map layer: choose a .geojson, .shp or .mbtiles file.",
                      field="file", name=path.name)
    if not path.is_file():
        raise Refused("There is no file {path}.", field="file", path=path)
    if kind is LayerKind.MBTILES:
        return _tiles(path)
    found = _vector(path, kind)
    progress(0.4)
    if crs or found.crs:
        into_district(found, crs or found.crs)
    settle(found)
    progress(0.8)
    bounds = found.bounds
    if bounds is None:
        raise Refused("This layer holds nothing.", field="file")
    if crs:
        found.flaws[Flaw.NO_PRJ] = 0
    return Prepared(path.stem, kind, path, to_geojson(found.features), len(found.features),
                    bounds, style_of(found), remarks=tuple(found.remarks()))


def _vector(path: Path, kind: LayerKind) -> Reading:
    if kind is LayerKind.GEOJSON:
        return read_geojson(_bytes(path))
    files = {}
    for ending in PARTS:
        for part in (path.with_suffix(ending), path.with_suffix(ending.upper())):
            if part.is_file():
                files[ending] = _bytes(part)
    return read_shapefile(files)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_VECTOR:
            raise Refused("{name} is larger than {limit} MB. Split or simplify it first.",
                          field="file", name=path.name, limit=LARGEST_VECTOR // 2**20)
        return path.read_bytes()
    except OSError as error:
        raise StoreError("{path} cannot be read: {why}. Look at the file's rights.", path=path,
                         why=error) from error


def _tiles(path: Path) -> Prepared:
    with contextlib.closing(TileFile(path)) as file:
        facts = file.facts
    return Prepared(facts.name or path.stem, LayerKind.MBTILES, path, b"", facts.tiles,
                    facts.bounds, "tiles", facts.min_zoom, facts.max_zoom, facts.remarks)


def style_of(found: Reading) -> str:
    """How a layer is drawn when its features do not say: by what most of them are."""
    shapes = [f.shape for f in found.features]
    most = max(Shape, key=shapes.count)
    return {Shape.AREA: "area", Shape.LINE: "line", Shape.POINT: "point"}[most]


def lay_in(folder: Path, found: Prepared) -> tuple[str, int]:
    """Copy a prepared file into the district's attachments, from where it travels with backups.

    Returns its digest and size in bytes. It may be done before the change that refers to it.

    Raises:
        StoreError: it cannot be read, or there is no room.
    """
    target = folder / attachments.FOLDER
    try:
        if found.kind is LayerKind.MBTILES:
            return attachments.put(target, found.path), found.path.stat().st_size
        with tempfile.NamedTemporaryFile(suffix=".geojson", delete=False) as file:
            file.write(found.content)
        held = Path(file.name)
        try:
            return attachments.put(target, held), len(found.content)
        finally:
            held.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError("{name} could not be kept: {why}. Nothing was attached.",
                         name=found.path.name, why=error) from error
