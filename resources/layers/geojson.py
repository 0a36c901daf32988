"""GeoJSON (RFC 7946): text into features, whatever has gone wrong with it. Pure."""

from __future__ import annotations

import json
from typing import Any

from db.errors import Refused
from resources.layers.features import (
    MOST_POINTS,
    Flaw,
    Reading,
    Shape,
    name_in,
    too_much,
    wind,
)

SINGLE = {"Point": Shape.POINT, "LineString": Shape.LINE, "Polygon": Shape.AREA}
DEEPEST = 8
"""Collections within collections that are still followed."""

MOST_BRACKETS, MOST_COMMAS = 3 * MOST_POINTS, 6 * MOST_POINTS
"""Lists, objects and values in a text: each takes many times its characters once it is read."""


def read_geojson(data: bytes) -> Reading:
    """The features of a GeoJSON text, in the system it came in (`crs`, if it names one).

    A collection, a feature or a bare geometry will do; what cannot be drawn is counted.

    Raises:
        Refused: no JSON, or JSON that is no GeoJSON; says where.
    """
    found = Reading()
    root = _parsed(data)
    if not isinstance(root, dict):
        raise _not_geojson()
    found.crs = _crs(root)
    _read(found, root, 0)
    return found


def _parsed(data: bytes) -> Any:
    text = _text(data)
    if text.count("[") + text.count("{") > MOST_BRACKETS or text.count(",") > MOST_COMMAS:
        raise too_much()
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Refused("This is no GeoJSON: line {line}, column {column} cannot be read.",
                      field="file", line=error.lineno, column=error.colno) from error
    except (RecursionError, ValueError) as error:
        raise _not_geojson() from error


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "ascii",
                     "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("The file is neither UTF-8 nor GB18030 text.", field="file")


def _not_geojson() -> Refused:
    return Refused("This JSON is no GeoJSON: it has no features and no geometry.", field="file")


def _crs(root: dict[str, Any]) -> str:
    """The system that an older file names (the `crs` member of GeoJSON 2008)."""
    named = root.get("crs")
    inner = named.get("properties") if isinstance(named, dict) else None
    name = inner.get("name") if isinstance(inner, dict) else None
    return str(name) if name else ""


def _read(found: Reading, root: dict[str, Any], depth: int) -> None:
    kind = root.get("type")
    if kind == "FeatureCollection":
        rows = root.get("features")
        if not isinstance(rows, list):
            raise _not_geojson()
        for row in rows:
            _feature(found, row)
    elif kind == "Feature":
        _feature(found, root)
    elif "coordinates" in root or kind == "GeometryCollection":
        _geometry(found, root, "", "", depth)
    else:
        raise _not_geojson()


def _feature(found: Reading, row: Any) -> None:
    geometry = row.get("geometry") if isinstance(row, dict) else None
    if not isinstance(geometry, dict):
        found.flaws[Flaw.NO_GEOMETRY] += 1
        return
    name, kind = name_in(row.get("properties"))
    _geometry(found, geometry, name, kind, 0)


def _geometry(found: Reading, geometry: Any, name: str, kind: str, depth: int) -> None:
    if not isinstance(geometry, dict) or depth > DEEPEST:
        found.flaws[Flaw.NO_GEOMETRY] += 1
        return
    form = str(geometry.get("type"))
    if form == "GeometryCollection":
        members = geometry.get("geometries")
        for member in members if isinstance(members, list) else ():
            _geometry(found, member, name, kind, depth + 1)
        return
    shape = SINGLE.get(form.removeprefix("Multi"))
    if shape is None:
        found.flaws[Flaw.UNKNOWN] += 1
        return
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list):
        found.flaws[Flaw.NO_GEOMETRY] += 1
        return
    found.add(shape, _parts(found, shape, coordinates, many=form.startswith("Multi")), name, kind)


def _parts(found: Reading, shape: Shape, coordinates: list[Any], *, many: bool
           ) -> list[list[Any]]:
    """Points, lines or rings one by one; what is no list of the right depth is left out."""
    if shape is Shape.POINT:
        return [[point] for point in (coordinates if many else [coordinates])]
    members = coordinates if many else [coordinates]
    good = [m for m in members if isinstance(m, list)]
    if shape is Shape.LINE:
        return good
    return [ring for member in good
            for ring in wind(found, [r for r in member if isinstance(r, list)])]
