"""Geometry 距离: great-circle metres, estimated road minutes, and whether a point can be right."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from db.errors import Refused

EARTH_M = 6_371_008.8
CHINA = (73.0, 3.0, 136.0, 54.0)
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
