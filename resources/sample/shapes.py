"""Shapes 底图: the invented district's boundary, towns, roads, rivers and woods as GeoJSON.

`python -m resources.sample.shapes` writes the files that ship in `resources/sample/map/`.
"""

from __future__ import annotations

import itertools
import json
import math
import random
from pathlib import Path
from typing import Any

Position = tuple[float, float]
Ring = tuple[Position, ...]
FOLDER = Path(__file__).parent / "map"
DISTRICT = "云川新区"

CORNERS: dict[str, Position] = {
    "A": (108.630, 34.478), "B": (108.690, 34.497), "C": (108.752, 34.492),
    "D": (108.815, 34.470), "E": (108.832, 34.420), "F": (108.824, 34.366),
    "G": (108.790, 34.331), "H": (108.715, 34.318), "I": (108.655, 34.340),
    "J": (108.622, 34.382), "K": (108.612, 34.432),
    "P": (108.683, 34.437), "Q": (108.752, 34.441), "R": (108.770, 34.383),
    "S": (108.680, 34.378)}
"""Corners in degrees (CGCS2000); A to K run round the district, P to S lie inside."""

TOWNS = {"红岭镇": "ABPK", "石渠镇": "BCQP", "柳湾镇": "CDEQ", "望川街道": "KPSJ",
         "云锦街道": "PQRS", "双桥街道": "QEFR", "青槐街道": "JSRFGHI"}
ROUND = "ABCDEFGHIJK"
ROADS = {
    "云环高速": ("motorway", ((108.606, 34.404), (108.65, 34.412), (108.70, 34.409),
                          (108.74, 34.418), (108.79, 34.428), (108.836, 34.432))),
    "云川大道": ("trunk", ((108.728, 34.314), (108.722, 34.36), (108.726, 34.405),
                       (108.719, 34.45), (108.725, 34.498))),
    "石渠路": ("primary", ((108.64, 34.462), (108.69, 34.463), (108.74, 34.468), (108.81, 34.462))),
    "望川路": ("primary", ((108.63, 34.372), (108.66, 34.39), (108.70, 34.392), (108.75, 34.398),
                        (108.822, 34.392))),
    "青槐路": ("secondary", ((108.66, 34.345), (108.70, 34.35), (108.76, 34.352), (108.80,
    34.346))),
    "柳湾路": ("secondary", ((108.775, 34.485), (108.782, 34.445), (108.79, 34.40),
                         (108.785, 34.35)))}
RIVERS = {
    "云水河": ((108.607, 34.425), (108.64, 34.415), (108.665, 34.398), (108.70, 34.372),
            (108.74, 34.366), (108.775, 34.37), (108.80, 34.36), (108.83, 34.352)),
    "石渠": ((108.70, 34.496), (108.706, 34.46), (108.70, 34.425), (108.695, 34.375))}
WOODS = {"红岭林场": (108.655, 34.462, 0.014), "望川湿地林": (108.645, 34.392, 0.008),
         "青槐园": (108.76, 34.34, 0.009), "柳湾林带": (108.80, 34.448, 0.007)}


def _wobbly(start: str, end: str) -> list[Position]:
    """The edge between two corners, bent the same way whichever side it is walked from."""
    low, high = sorted((start, end))
    dice = random.Random(f"edge {low}{high}")
    line = [CORNERS[low], CORNERS[high]]
    for _ in range(3):
        bent = [line[0]]
        for one, two in itertools.pairwise(line):
            bend = dice.uniform(-0.11, 0.11)
            middle = ((one[0] + two[0]) / 2 + (two[1] - one[1]) * bend,
                      (one[1] + two[1]) / 2 - (two[0] - one[0]) * bend)
            bent += [(round(middle[0], 6), round(middle[1], 6)), two]
        line = bent
    return line if start == low else line[::-1]


def _ring(corners: str) -> Ring:
    """A closed ring, counterclockwise as RFC 7946 asks of an outer one."""
    points: list[Position] = []
    for start, end in zip(corners, corners[1:] + corners[0], strict=True):
        points += _wobbly(start, end)[:-1]
    closed = (*points, points[0])
    return closed if area(closed) > 0 else closed[::-1]


def boundary() -> Ring:
    return _ring(ROUND)


def towns() -> dict[str, Ring]:
    """The towns' rings; together they tile the district."""
    return {name: _ring(corners) for name, corners in TOWNS.items()}


def area(ring: Ring) -> float:
    """Signed area in square degrees; positive when counterclockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring)) / 2


def inside(point: Position, ring: Ring) -> bool:
    """Whether a point lies in the ring (even-odd rule)."""
    lon, lat = point
    hit = False
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1):
            hit = not hit
    return hit


def somewhere(dice: random.Random, ring: Ring) -> Position:
    """A point well inside the ring, drawn towards its middle."""
    lons, lats = [p[0] for p in ring], [p[1] for p in ring]
    middle = (sum(lons) / len(lons), sum(lats) / len(lats))
    while True:
        point = (dice.uniform(min(lons), max(lons)), dice.uniform(min(lats), max(lats)))
        pulled = (round(point[0] * 0.9 + middle[0] * 0.1, 5),
                  round(point[1] * 0.9 + middle[1] * 0.1, 5))
        if inside(point, ring) and inside(pulled, ring):
            return pulled


def _blob(lon: float, lat: float, size: float) -> Ring:
    dice = random.Random(f"wood {lon} {lat}")
    points = []
    for step in range(18):
        reach, angle = size * dice.uniform(0.7, 1.0), math.tau * step / 18
        points.append((round(lon + reach * math.cos(angle), 6),
                       round(lat + reach * 0.8 * math.sin(angle), 6)))
    return (*points, points[0])


def _feature(shape: str, coordinates: object, **properties: str) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties,
            "geometry": {"type": shape, "coordinates": coordinates}}


def layers() -> dict[str, dict[str, Any]]:
    """Each layer's GeoJSON feature collection by file stem."""
    features = {
        "boundary": [_feature("Polygon", [boundary()], name=DISTRICT, kind="district")],
        "towns": [_feature("Polygon", [ring], name=name, kind="town")
                  for name, ring in towns().items()],
        "roads": [_feature("LineString", line, name=name, kind=kind)
                  for name, (kind, line) in ROADS.items()],
        "rivers": [_feature("LineString", line, name=name, kind="river")
                   for name, line in RIVERS.items()],
        "woods": [_feature("Polygon", [_blob(*blob)], name=name, kind="wood")
                  for name, blob in WOODS.items()]}
    return {stem: {"type": "FeatureCollection", "features": rows}
            for stem, rows in features.items()}


def text_of(layer: dict[str, Any]) -> str:
    return json.dumps(layer, ensure_ascii=False, separators=(",", ":")) + "\n"


def write(folder: Path = FOLDER) -> None:
    """Write every layer as `<stem>.geojson`."""
    folder.mkdir(parents=True, exist_ok=True)
    for stem, layer in layers().items():
        (folder / f"{stem}.geojson").write_text(text_of(layer), "utf-8")


if __name__ == "__main__":
    write()
