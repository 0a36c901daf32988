"""Features 要素: points, lines and areas in degrees, and what was mended in a file. Pure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from math import isfinite
from typing import Any

from db.errors import Refused
from db.words import mark, t
from resources.geo import CHINA, Bounds, Position, bounds_of, signed_area

NAMES = ("name", "NAME", "Name", "名称", "NAME_CHN", "title", "mc", "MC")
"""Properties that may hold a feature's name."""
MOST_FEATURES = 200_000
MOST_POINTS = 1_000_000


class Shape(StrEnum):
    """What a feature is drawn as."""

    POINT = "point"
    LINE = "line"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Feature:
    """`parts` are points, lines, or closed rings of one area (holes by the even-odd rule)."""

    shape: Shape
    parts: tuple[tuple[Position, ...], ...]
    name: str = ""
    kind: str = ""

    @property
    def bounds(self) -> Bounds | None:
        return bounds_of(chain.from_iterable(self.parts))


class Flaw(StrEnum):
    """What was wrong with a file, and mended or left out."""

    NO_GEOMETRY = "no_geometry"
    WINDING = "winding"
    OPEN_RING = "open_ring"
    TOO_FEW = "too_few"
    BAD_NUMBER = "bad_number"
    SWAPPED = "swapped"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"
    NO_PRJ = "no_prj"
    MIXED = "mixed"
    TURNED = "turned"


FLAW_WORDS = {
    Flaw.NO_GEOMETRY: mark("{n} without geometry left out"),
    Flaw.WINDING: mark("{n} rings ran the wrong way round and were turned"),
    Flaw.OPEN_RING: mark("{n} rings were closed"),
    Flaw.TOO_FEW: mark("{n} with too few points left out"),
    Flaw.BAD_NUMBER: mark("{n} with coordinates that are no numbers left out"),
    Flaw.SWAPPED: mark("latitude stood before longitude; both were exchanged"),
    Flaw.OUTSIDE: mark("{n} lie outside China; look at the coordinate system"),
    Flaw.UNKNOWN: mark("{n} of an unknown type left out"),
    Flaw.NO_PRJ: mark("no .prj file: taken as longitude and latitude in CGCS2000"),
    Flaw.MIXED: mark("points, lines and areas are mixed"),
    Flaw.TURNED: mark("turned from {crs} into CGCS2000"),
}


@dataclass(slots=True)
class Reading:
    """Features gathered from a file, with a count of what was wrong."""

    features: list[Feature] = field(default_factory=list)
    flaws: Counter[Flaw] = field(default_factory=Counter)
    crs: str = ""
    points: int = 0

    def add(self, shape: Shape, parts: Sequence[Sequence[Any]], name: str, kind: str) -> None:
        """Take one geometry in; what cannot be drawn is counted and left out.

        Raises:
            Refused: the layer grows beyond what a desk can draw.
        """
        clean = [self._clean(shape, part) for part in parts]
        good = tuple(part for part in clean if part)
        if not good:
            self.flaws[Flaw.NO_GEOMETRY if not parts else Flaw.TOO_FEW] += 1
            return
        self.points += sum(map(len, good))
        if len(self.features) >= MOST_FEATURES or self.points > MOST_POINTS:
            raise too_much()
        self.features.append(Feature(shape, good, name[:120], kind[:40]))

    def _clean(self, shape: Shape, part: Sequence[Any]) -> tuple[Position, ...]:
        points: list[Position] = []
        for point in part:
            spot = position(point)
            if spot is None:
                self.flaws[Flaw.BAD_NUMBER] += 1
                return ()
            if not points or points[-1] != spot or shape is Shape.POINT:
                points.append(spot)
        if shape is Shape.AREA and points and points[0] != points[-1]:
            self.flaws[Flaw.OPEN_RING] += 1
            points.append(points[0])
        least = {Shape.POINT: 1, Shape.LINE: 2, Shape.AREA: 4}[shape]
        return tuple(points) if len(points) >= least else ()

    def turned(self, turn: Callable[[list[Position]], list[Position]]) -> None:
        """Every point into another system."""
        self.features = [Feature(f.shape, tuple(tuple(turn(list(part))) for part in f.parts),
                                 f.name, f.kind) for f in self.features]

    @property
    def bounds(self) -> Bounds | None:
        return bounds_of(p for f in self.features for part in f.parts for p in part)

    def remarks(self) -> list[str]:
        """What was mended or left out, as sentences."""
        return [t(FLAW_WORDS[flaw], n=n, crs=self.crs) for flaw, n in self.flaws.items() if n]


def too_much() -> Refused:
    """The layer is more than a desk can draw."""
    return Refused("The layer has more than {features} features or {points} points. Split"
                   " or simplify it first.", field="file", features=MOST_FEATURES,
                   points=MOST_POINTS)


def position(point: Any) -> Position | None:
    """A pair of numbers, or None when it is none."""
    if not isinstance(point, (list, tuple)) or len(point) < 2:
        return None
    x, y = point[0], point[1]
    if isinstance(x, bool) or isinstance(y, bool) or not isinstance(x, (int, float)) \
            or not isinstance(y, (int, float)):
        return None
    try:
        spot = float(x), float(y)
    except OverflowError:
        return None
    return spot if isfinite(spot[0]) and isfinite(spot[1]) else None


def settle(found: Reading) -> None:
    """Look at the whole: exchange swapped axes, refuse metres, note what lies abroad.

    Raises:
        Refused: nothing can be drawn, or the numbers are no degrees.
    """
    box = found.bounds
    if box is None:
        raise Refused("Nothing in this file can be drawn: {why}.", field="file",
                      why=t("; ").join(found.remarks()) or t("it holds no features"))
    if _swapped(found):
        found.turned(lambda line: [(y, x) for x, y in line])
        found.flaws[Flaw.SWAPPED] += 1
        box = found.bounds or box
    if box[0] < -180 or box[2] > 180 or box[1] < -90 or box[3] > 90:
        raise Refused("The coordinates reach {x}, {y}: these are no degrees. Choose the"
                      " coordinate system that the file is in.", field="crs",
                      x=f"{max(box[0], box[2], key=abs):.0f}",
                      y=f"{max(box[1], box[3], key=abs):.0f}")
    found.flaws[Flaw.OUTSIDE] = sum(not _in_china(f.parts[0][0]) for f in found.features)
    if len({f.shape for f in found.features}) > 1:
        found.flaws[Flaw.MIXED] = 1


def _swapped(found: Reading) -> bool:
    """Whether most features lie in China only with their axes exchanged."""
    firsts = [f.parts[0][0] for f in found.features]
    wrong = sum(not _in_china(p) and _in_china((p[1], p[0])) for p in firsts)
    return wrong * 2 > len(firsts)


def _in_china(point: Position) -> bool:
    west, south, east, north = CHINA
    return west <= point[0] <= east and south <= point[1] <= north


def wind(found: Reading, rings: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """The rings of one polygon the right way round: outer counterclockwise (RFC 7946, 3.1.6)."""
    turned = []
    for number, ring in enumerate(rings):
        spots = [p for p in map(position, ring) if p is not None]
        if len(spots) >= 4 and (signed_area(spots) > 0) != (number == 0):
            found.flaws[Flaw.WINDING] += 1
            ring = list(reversed(ring))
        turned.append(list(ring))
    return turned


def name_in(properties: object) -> tuple[str, str]:
    """Name and kind that a feature's properties give it."""
    if not isinstance(properties, dict):
        return "", ""
    name = next((properties[key] for key in NAMES if properties.get(key)), "")
    kind = properties.get("kind") or properties.get("level") or ""
    return str(name).strip(), str(kind).strip()


def to_geojson(features: Iterable[Feature]) -> bytes:
    """The features as one GeoJSON collection; an area's rings stand one after the other."""
    kinds = {Shape.POINT: "MultiPoint", Shape.LINE: "MultiLineString", Shape.AREA: "Polygon"}
    rows = [{"type": "Feature", "properties": {"name": f.name, "kind": f.kind},
             "geometry": {"type": kinds[f.shape],
                          "coordinates": [p[0] for p in f.parts] if f.shape is Shape.POINT
                          else f.parts}} for f in features]
    return json.dumps({"type": "FeatureCollection", "features": rows}, ensure_ascii=False,
                      separators=(",", ":")).encode()
