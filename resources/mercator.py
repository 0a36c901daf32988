"""Web Mercator 墨卡托: degrees to metres of the projection and back, tiles, true scale. Pure.

EPSG:3857: a sphere of 6,378,137 m; y is cut at 85.06° where the world is a square. One metre
of the projection is cos(latitude) metres on the ground.
"""

from __future__ import annotations

from math import asinh, atan, cos, degrees, floor, log2, pi, radians, sinh, tan
from typing import NamedTuple

from resources.geo import Bounds

RADIUS_M = 6_378_137.0
HALF_M = pi * RADIUS_M
"""From the middle of the projected world to its edge."""
MOST_LATITUDE = degrees(atan(sinh(pi)))
TILE = 256
"""Pixels of a tile's side; at zoom 0 one tile holds the world."""
DEEPEST = 22


class Tile(NamedTuple):
    """Zoom, column from the west, row from the north (XYZ; MBTiles counts rows from the south)."""

    z: int
    x: int
    y: int


def project(lon: float, lat: float) -> tuple[float, float]:
    """Metres east and north of the point where the equator meets Greenwich."""
    lat = min(max(lat, -MOST_LATITUDE), MOST_LATITUDE)
    return RADIUS_M * radians(lon), RADIUS_M * asinh(tan(radians(lat)))


def unproject(x: float, y: float) -> tuple[float, float]:
    """Degrees of a projected point."""
    return degrees(x / RADIUS_M), degrees(atan(sinh(y / RADIUS_M)))


def metres_per_pixel(zoom: float) -> float:
    """Projected metres in one pixel."""
    return 2 * HALF_M / TILE / 2**zoom


def zoom_of(metres: float) -> float:
    """The zoom at which one pixel has so many projected metres."""
    return log2(2 * HALF_M / TILE / metres)


def true_scale(lat: float) -> float:
    """Metres on the ground of one projected metre at a latitude."""
    return cos(radians(lat))


def tile_at(lon: float, lat: float, z: int) -> Tile:
    """The tile that holds a point."""
    x, y = project(lon, lat)
    return tile_of(x, y, z)


def tile_of(x: float, y: float, z: int) -> Tile:
    """The tile that holds a projected point."""
    count, side = 2**z, 2 * HALF_M / 2**z
    return Tile(z, min(max(floor((x + HALF_M) / side), 0), count - 1),
                min(max(floor((HALF_M - y) / side), 0), count - 1))


def tile_edges(tile: Tile) -> Bounds:
    """West, south, east, north of a tile in projected metres."""
    side = 2 * HALF_M / 2**tile.z
    west, north = tile.x * side - HALF_M, HALF_M - tile.y * side
    return west, north - side, west + side, north


def tile_bounds(tile: Tile) -> Bounds:
    """West, south, east, north of a tile in degrees."""
    west, south, east, north = tile_edges(tile)
    return (*unproject(west, south), *unproject(east, north))


def parent(tile: Tile, up: int = 1) -> Tile:
    """The tile that holds this one, so many zooms above."""
    return Tile(tile.z - up, tile.x >> up, tile.y >> up)


def round_metres(longest: float) -> float:
    """The roundest length (1, 2 or 5 times a power of ten) not above `longest` metres."""
    power = 1.0
    while power * 10 <= longest:
        power *= 10
    while power > longest:
        power /= 10
    return next(power * step for step in (5, 2, 1) if power * step <= longest)
