"""Geometry 几何: great-circle metres, rings and areas, road minutes, whether a point can be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import asin, atan2, cos, degrees, radians, sin, sqrt

from db.errors import Refused

EARTH_M = 6_371_008.8
Position = tuple[float, float]
"""Longitude and latitude in degrees."""
Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""
CHINA: Bounds = (73.0, 3.0, 136.0, 54.0)
"""West, south, east, north in degrees."""


def distance_m(lon: float, lat: float, to_lon: float, to_lat: float) -> float:
    """Metres along the great circle between two points in degrees."""
    half_lat = radians(to_lat - lat) / 2
    half_lon = radians(to_lon - lon) / 2
    chord = sin(half_lat) ** 2 + cos(radians(lat)) * cos(radians(to_lat)) * sin(half_lon) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(chord)))


def travel_minutes(metres: float, *, km_per_hour: float, detour: float) -> float:
    """Minutes on the road: the straight line made longer by `detour`, at an even speed."""
    return metres * detour / 1000 / km_per_hour * 60


def check_point(lon: float | None, lat: float | None) -> None:
    """Let through a point that can be in China, or no point at all.

    Raises:
        Refused: half a point, swapped, or outside.
    """
    if lon is None and lat is None:
        return
    if lon is None or lat is None:
        raise Refused("A point needs both longitude and latitude.", field="lon")
    west, south, east, north = CHINA
    if west <= lon <= east and south <= lat <= north:
        return
    if west <= lat <= east and south <= lon <= north:
        raise Refused("Longitude {lon} and latitude {lat} look swapped: write {lat}, {lon}.",
                      field="lon", lon=lon, lat=lat)
    raise Refused("{lon}, {lat} is not a place in China (longitude 73 to 136, latitude 3 to 54).",
                  field="lon", lon=lon, lat=lat)


def destination(lon: float, lat: float, bearing: float, metres: float) -> Position:
    """The point so many metres from another along the great circle; degrees from north."""
    arc, turn, phi = metres / EARTH_M, radians(bearing), radians(lat)
    up = asin(sin(phi) * cos(arc) + cos(phi) * sin(arc) * cos(turn))
    across = atan2(sin(turn) * sin(arc) * cos(phi), cos(arc) - sin(phi) * sin(up))
    return (lon + degrees(across) + 540) % 360 - 180, degrees(up)


def bearing(lon: float, lat: float, to_lon: float, to_lat: float) -> float:
    """Degrees from north, clockwise, in which the great circle to the other point begins."""
    one, two, turn = radians(lat), radians(to_lat), radians(to_lon - lon)
    across = sin(turn) * cos(two)
    up = cos(one) * sin(two) - sin(one) * cos(two) * cos(turn)
    return degrees(atan2(across, up)) % 360


def circle(lon: float, lat: float, metres: float, corners: int = 90) -> list[Position]:
    """A closed ring around a point, counterclockwise."""
    return [destination(lon, lat, -360 * n / corners, metres) for n in range(corners + 1)]


def length_m(line: Sequence[Position]) -> float:
    """Metres along a line of points."""
    return sum(distance_m(*one, *two) for one, two in pairwise(line))


def area_m2(ring: Sequence[Position]) -> float:
    """Square metres inside a ring on the sphere, whichever way round; open rings are closed.

    Each edge gives the strip between it and the equator, the spherical excess to first order
    (Chamberlain and Duquette, JPL 07-03): within a district it is exact to a millionth.
    """
    if len(ring) < 3:
        return 0.0
    closed = [*ring, ring[0]]
    total = sum(radians(((b[0] - a[0] + 540) % 360) - 180) * (2 + sin(radians(a[1]))
                                                               + sin(radians(b[1])))
                for a, b in pairwise(closed))
    return abs(total) * EARTH_M**2 / 2


def signed_area(ring: Sequence[Position]) -> float:
    """Signed area in the units of the points; positive when counterclockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def inside(point: Position, rings: Iterable[Sequence[Position]]) -> bool:
    """Whether a point lies in an area of closed rings, holes and several parts included.

    By the even-odd rule, so that the way round of a ring does not matter.
    """
    lon, lat = point
    hit = False
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1):
                hit = not hit
    return hit


def box_around(lon: float, lat: float, metres: float) -> Bounds:
    """A box in degrees that holds every point within `metres`; near a pole all longitudes."""
    up = degrees(metres / EARTH_M)
    south, north = lat - up, lat + up
    if south <= -90 or north >= 90:
        return -180.0, max(south, -90.0), 180.0, min(north, 90.0)
    across = degrees(asin(min(1.0, sin(metres / EARTH_M) / cos(radians(lat)))))
    return lon - across, south, lon + across, north


def bounds_of(points: Iterable[Position]) -> Bounds | None:
    """The smallest box around points; None when there are none."""
    spots = list(points)
    if not spots:
        return None
    lons, lats = [p[0] for p in spots], [p[1] for p in spots]
    return min(lons), min(lats), max(lons), max(lats)
