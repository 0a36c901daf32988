"""Reference systems 坐标系 of map files: by their names, EPSG codes and .prj texts, to CGCS2000."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from db.errors import Refused
from resources.coords import Crs, Point, to_district
from resources.geo import Position
from resources.layers.features import Flaw, Reading

GEOGRAPHIC = {"4326", "4490", "CRS84"}
"""WGS-84 and CGCS2000 in degrees: taken as they are (domain.md §8)."""
Turn = Callable[[list[Position]], list[Position]]


def into_district(found: Reading, given: str) -> None:
    """Turn everything into CGCS2000 from the system named by `given`: a `Crs`, an EPSG code,
    an OGC name or the text of a .prj file. Empty leaves the points as they are.

    Raises:
        Refused: nobody knows such a system, or its numbers cannot be turned.
    """
    code = _code(given)
    if not given.strip() or code in GEOGRAPHIC:
        return
    turn = _shifted(Crs(given)) if given in tuple(Crs) else _projected(given, code)
    if turn is None:
        return
    try:
        found.turned(turn)
    except ValueError as error:
        raise Refused("The coordinates do not fit the system {crs}.", field="crs",
                      crs=found.crs) from error
    found.crs = found.crs or given
    found.flaws[Flaw.TURNED] = 1


def _code(given: str) -> str:
    """The EPSG number or OGC name at the end of a name such as `urn:ogc:def:crs:EPSG::3857`."""
    match = re.search(r"(?:EPSG[:/\d.]*[:/])?(\d{4,6}|CRS84)$", given.strip(), re.IGNORECASE)
    return match[1].upper() if match else ""


def _shifted(crs: Crs) -> Turn | None:
    if crs in (Crs.CGCS2000, Crs.WGS84):
        return None

    def turn(line: list[Position]) -> list[Position]:
        back = (to_district(Point(x, y), crs) for x, y in line)
        return [(point.lon, point.lat) for point in back]

    return turn


def _projected(given: str, code: str) -> Turn | None:
    from pyproj import CRS, Transformer
    from pyproj.exceptions import CRSError, ProjError

    try:
        source: Any = CRS.from_epsg(int(code)) if code.isdigit() else CRS.from_user_input(given)
        change = Transformer.from_crs(source, CRS.from_epsg(4490), always_xy=True)
    except (CRSError, ProjError) as error:
        raise Refused("The coordinate system {crs} is not known. Choose the one that the file is"
                      " in, such as CGCS2000, GCJ-02 or EPSG:4547.", field="crs",
                      crs=" ".join(given.split())[:60]) from error

    def turn(line: list[Position]) -> list[Position]:
        lons, lats = change.transform([p[0] for p in line], [p[1] for p in line])
        turned = [(float(x), float(y)) for x, y in zip(lons, lats, strict=True)]
        if any(abs(x) == float("inf") or x != x for x, _ in turned):
            raise ValueError(given)
        return turned

    return turn
