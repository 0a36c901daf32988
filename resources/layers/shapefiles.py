"""Shapefiles: .shp with its .dbf, .shx, .prj and .cpg into features. Pure."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from db.errors import Refused
from resources.geo import signed_area
from resources.layers.features import MOST_POINTS, Flaw, Reading, Shape, name_in, too_much

LARGEST_SHP = 32 * MOST_POINTS
"""Bytes of the main file: as many points as a desk can draw, with a height and a measure each."""

POINTS, LINES, AREAS = {1, 8, 11, 18, 21, 28}, {3, 13, 23}, {5, 15, 25}


def read_shapefile(files: Mapping[str, bytes]) -> Reading:
    """The features of a shapefile from the bytes of its parts by ending (`.shp`, `.dbf`, …).

    The text of its .prj is the reading's `crs`; without one it is empty and noted as a flaw.

    Raises:
        Refused: no .shp, or parts that cannot be read.
    """
    import shapefile

    found = Reading(crs=_text(files.get(".prj", b"")).strip())
    if not found.crs:
        found.flaws[Flaw.NO_PRJ] = 1
    if ".shp" not in files:
        raise Refused("A shapefile needs its .shp file.", field="file")
    _check_whole(files[".shp"])
    parts = {ending[1:]: BytesIO(files[ending]) for ending in (".shp", ".shx", ".dbf")
             if ending in files}
    try:
        with warnings.catch_warnings(action="ignore"), shapefile.Reader(
                **parts, encoding=_encoding(files), encodingErrors="replace") as reader:
            _take(found, reader, with_names=".dbf" in files)
    except Refused:
        raise
    except (shapefile.ShapefileException, struct.error, ValueError, IndexError, KeyError,
            TypeError, OverflowError, MemoryError, OSError, AttributeError) as error:
        raise Refused("The shapefile cannot be read: {why}. Check that .shp, .shx and .dbf belong"
                      " together.", field="file", why=error) from error
    return found


def _check_whole(shp: bytes) -> None:
    """The head of a .shp states its length in 16-bit words; a torn copy is shorter."""
    if len(shp) > LARGEST_SHP:
        raise too_much()
    said = int.from_bytes(shp[24:28], "big") * 2
    if len(shp) < 100 or said != len(shp):
        raise Refused("The .shp file is torn: it has {n} bytes and says {said}. Copy it again.",
                      field="file", n=len(shp), said=said)


def _take(found: Reading, reader: Any, *, with_names: bool) -> None:
    for number, shape in enumerate(reader.iterShapes()):
        name, kind = "", ""
        if with_names:
            name, kind = name_in(reader.record(number).as_dict())
        form = shape.shapeType
        points = [tuple(p[:2]) for p in getattr(shape, "points", ())]
        if form in POINTS:
            found.add(Shape.POINT, [[p] for p in points], name, kind)
        elif form in LINES:
            found.add(Shape.LINE, _cut(points, shape.parts), name, kind)
        elif form in AREAS:
            found.add(Shape.AREA, _wound(found, _cut(points, shape.parts)), name, kind)
        else:
            found.flaws[Flaw.NO_GEOMETRY if form == 0 else Flaw.UNKNOWN] += 1


def _cut(points: Sequence[Any], starts: Sequence[int]) -> list[list[Any]]:
    """The parts of a shape; each begins at one of `starts`."""
    ends = [*starts[1:], len(points)]
    return [list(points[a:b]) for a, b in zip(starts, ends, strict=True)]


def _wound(found: Reading, rings: list[list[Any]]) -> list[list[Any]]:
    """Outer rings of a shapefile run clockwise, those of GeoJSON the other way round."""
    if rings and len(rings[0]) >= 4 and signed_area(rings[0]) > 0:
        found.flaws[Flaw.WINDING] += 1
        return rings
    return [list(reversed(ring)) for ring in rings]


def _encoding(files: Mapping[str, bytes]) -> str:
    """What the .cpg says; else GB18030 where the table cannot be UTF-8."""
    named = _text(files.get(".cpg", b"")).strip().lower().replace("_", "-")
    known = {"utf-8": "utf-8", "utf8": "utf-8", "65001": "utf-8", "gbk": "gb18030",
             "gb2312": "gb18030", "gb18030": "gb18030", "936": "gb18030", "cp936": "gb18030"}
    if named in known:
        return known[named]
    try:
        files.get(".dbf", b"")[32:].decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
