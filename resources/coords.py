"""Coordinates 坐标: WGS-84/CGCS2000, GCJ-02 and BD-09 into each other, and what people type.

Everything here is pure. CGCS2000 (China's geodetic datum) differs from WGS-84 by
centimetres to decimetres and is treated as equal to it (domain.md §8).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum

from db.errors import Refused
from db.words import mark

SEMI_MAJOR_M = 6_378_245.0
ECCENTRICITY_SQUARED = 0.00669342162296594323
"""Krasovsky ellipsoid, on which the GCJ-02 offset is defined."""

BD_TURN = math.pi * 3000.0 / 180.0
INVERSE_ROUNDS = 12
INVERSE_ENOUGH = 1e-10
"""Degrees, about a hundredth of a millimetre: three or four rounds reach it."""


class Crs(StrEnum):
    """Reference systems that a place may come in 坐标系."""

    CGCS2000 = "CGCS2000"
    WGS84 = "WGS-84"
    GCJ02 = "GCJ-02"  # 高德、腾讯
    BD09 = "BD-09"    # 百度


CRS_NAMES = {Crs.CGCS2000: mark("crs|CGCS2000 (Tianditu)"), Crs.WGS84: mark("crs|WGS-84 (GPS)"),
             Crs.GCJ02: mark("crs|GCJ-02 (Amap, Tencent)"), Crs.BD09: mark("crs|BD-09 (Baidu)")}


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees east and north."""

    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Box:
    """The smallest rectangle around a district, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, point: Point) -> bool:
        return (self.west <= point.lon <= self.east
                and self.south <= point.lat <= self.north)


CHINA = Box(72.004, 0.8293, 137.8347, 55.8271)
"""Outside this rectangle GCJ-02 equals WGS-84."""


def to_district(point: Point, crs: Crs) -> Point:
    """The point as the store keeps it (CGCS2000), from the system it came in."""
    if crs is Crs.GCJ02:
        return gcj02_to_wgs84(point)
    if crs is Crs.BD09:
        return gcj02_to_wgs84(bd09_to_gcj02(point))
    return point


def from_district(point: Point, crs: Crs) -> Point:
    """A stored point in the system that is wanted."""
    if crs is Crs.GCJ02:
        return wgs84_to_gcj02(point)
    if crs is Crs.BD09:
        return gcj02_to_bd09(wgs84_to_gcj02(point))
    return point


def wgs84_to_gcj02(point: Point) -> Point:
    """GPS to the shifted grid of Chinese street maps: some 300 to 700 m."""
    if not CHINA.holds(point):
        return point
    shift_lon, shift_lat = _gcj_shift(point)
    return Point(point.lon + shift_lon, point.lat + shift_lat)


def gcj02_to_wgs84(point: Point) -> Point:
    """The inverse by iteration; exact to well under a millimetre inside China."""
    found = point
    for _ in range(INVERSE_ROUNDS):
        back = wgs84_to_gcj02(found)
        off_lon, off_lat = point.lon - back.lon, point.lat - back.lat
        found = Point(found.lon + off_lon, found.lat + off_lat)
        if abs(off_lon) < INVERSE_ENOUGH and abs(off_lat) < INVERSE_ENOUGH:
            break
    return found


def gcj02_to_bd09(point: Point) -> Point:
    """GCJ-02 to Baidu's second shift."""
    radius = math.hypot(point.lon, point.lat) + 2e-5 * math.sin(point.lat * BD_TURN)
    angle = math.atan2(point.lat, point.lon) + 3e-6 * math.cos(point.lon * BD_TURN)
    return Point(radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006)


def bd09_to_gcj02(point: Point) -> Point:
    """Baidu back to GCJ-02 by iteration; exact to well under a millimetre."""
    found = Point(point.lon - 0.0065, point.lat - 0.006)
    for _ in range(INVERSE_ROUNDS):
        back = gcj02_to_bd09(found)
        off_lon, off_lat = point.lon - back.lon, point.lat - back.lat
        found = Point(found.lon + off_lon, found.lat + off_lat)
        if abs(off_lon) < INVERSE_ENOUGH and abs(off_lat) < INVERSE_ENOUGH:
            break
    return found


def _gcj_shift(point: Point) -> tuple[float, float]:
    """The GCJ-02 offset in degrees (east, north) at a WGS-84 point."""
    x, y = point.lon - 105.0, point.lat - 35.0
    ripple = (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2 / 3
    root = math.sqrt(abs(x))
    north = (-100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple
             + _waves(y, (20.0, 1.0), (40.0, 1 / 3), (160.0, 1 / 12), (320.0, 1 / 30)))
    east = (300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple
            + _waves(x, (20.0, 1.0), (40.0, 1 / 3), (150.0, 1 / 12), (300.0, 1 / 30)))
    phi = math.radians(point.lat)
    bend = 1.0 - ECCENTRICITY_SQUARED * math.sin(phi) ** 2
    meridian = SEMI_MAJOR_M * (1.0 - ECCENTRICITY_SQUARED) / bend**1.5
    parallel = SEMI_MAJOR_M / math.sqrt(bend) * math.cos(phi)
    return math.degrees(east / parallel), math.degrees(north / meridian)


def _waves(at: float, *terms: tuple[float, float]) -> float:
    """Two thirds of a sum of sines, each (amplitude in m, turns of pi for one degree)."""
    return sum(size * math.sin(at * turns * math.pi) for size, turns in terms) * 2 / 3


ANGLE = re.compile(r"""
    (?P<before>[NSEW]|北纬|南纬|东经|西经)?\s*
    (?P<sign>-)?(?P<deg>\d{1,3}(?:\.\d+)?)\s*(?:[°度]\s*
        (?:(?P<min>\d{1,2}(?:\.\d+)?)\s*[′'分’]\s*
            (?:(?P<sec>\d{1,2}(?:\.\d+)?)\s*(?:″|"|秒|”|''))?)?)?\s*
    (?(before)|(?P<after>[NSEW])?)""", re.VERBOSE | re.IGNORECASE)
AXES = {"N": ("lat", 1), "S": ("lat", -1), "E": ("lon", 1), "W": ("lon", -1),
        "北纬": ("lat", 1), "南纬": ("lat", -1), "东经": ("lon", 1), "西经": ("lon", -1)}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was read from typed text; `swapped` says that it stood longitude first."""

    point: Point
    swapped: bool = False


def parse_point(text: str, box: Box | None = None) -> Typed:
    """A pair of coordinates as people type it, in the order that the district's box settles.

    Reads `34°26′N 108°45′E`, `北纬34°26′12″ 东经108°45′`, `34.43,108.75`, `108.75，34.43`.

    Raises:
        Refused: not two angles, minutes or seconds of 60 and more, beyond the poles, or
            outside `box` in either order.
    """
    angles = _angles(text)
    marks = [axis for axis, _ in angles]
    if set(marks) == {"lat", "lon"}:
        values = dict(angles)
        return _checked(Typed(Point(values["lon"], values["lat"])), box, text)
    if any(marks):
        raise _unreadable(text)
    first, second = angles[0][1], angles[1][1]
    straight, swapped = Typed(Point(second, first)), Typed(Point(first, second), swapped=True)
    if abs(first) > 90 or (box is not None and not box.holds(straight.point)
                           and box.holds(swapped.point)):
        return _checked(swapped, box, text)
    return _checked(straight, box, text)


def swapped_pair(lon: float, lat: float, box: Box) -> bool:
    """Whether a row's longitude and latitude stand in each other's columns."""
    return not box.holds(Point(lon, lat)) and box.holds(Point(lat, lon))


def dms_text(point: Point) -> str:
    """`34°26′12.0″N 108°45′00.0″E`."""
    return f"{_dms(point.lat, 'NS')} {_dms(point.lon, 'EW')}"


def _dms(degrees: float, signs: str) -> str:
    tenths = round(abs(degrees) * 36_000)
    whole, rest = divmod(tenths, 36_000)
    minutes, seconds = divmod(rest, 600)
    return f"{whole}°{minutes:02d}′{seconds / 10:04.1f}″{signs[degrees < 0]}"


def _angles(text: str) -> list[tuple[str, float]]:
    found, at = [], 0
    for match in ANGLE.finditer(text.strip()):
        if text.strip()[at:match.start()].strip(" ,，;；、/\t"):
            raise _unreadable(text)
        found.append(_angle(match, text))
        at = match.end()
    if len(found) != 2 or text.strip()[at:].strip():
        raise _unreadable(text)
    return found


def _angle(match: re.Match[str], text: str) -> tuple[str, float]:
    minutes, seconds = float(match["min"] or 0), float(match["sec"] or 0)
    if minutes >= 60 or seconds >= 60:
        raise Refused("{text}: minutes and seconds end at 60.", field="point", text=text)
    axis, sign = AXES.get((match["before"] or match["after"] or "").upper(), ("", 1))
    value = float(match["deg"]) + minutes / 60 + seconds / 3600
    return axis, value * sign * (-1 if match["sign"] else 1)


def _checked(typed: Typed, box: Box | None, text: str) -> Typed:
    if abs(typed.point.lat) > 90 or abs(typed.point.lon) > 180:
        raise Refused("{text} is no place on the earth.", field="point", text=text)
    if box is not None and not box.holds(typed.point):
        raise Refused("{text} lies outside the district; look at the numbers, or choose the"
                      " reference system that they came in.", field="point", text=text)
    return typed


def _unreadable(text: str) -> Refused:
    return Refused("{text} is no pair of coordinates: type them like 34.43,108.75 or"
                   " 34°26′N 108°45′E.", field="point", text=text)
