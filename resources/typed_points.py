"""Typed points 坐标输入: what was typed as a place, where it is, and what looks wrong."""

from __future__ import annotations

from dataclasses import dataclass

from db.errors import Refused
from resources.coords import Box, Crs, Point, parse_point, to_district
from resources.geo import check_point


@dataclass(frozen=True, slots=True)
class TypedPoint:
    """`given` in the system it came in, `point` in CGCS2000 (WGS-84); degrees."""

    given: Point
    point: Point
    swapped: bool
    outside: bool


def read_typed(text: str, crs: Crs, box: Box | None) -> TypedPoint | None:
    """Read decimal degrees or 度分秒 in either order; None for nothing typed.

    A point outside the district's `box` is let through and flagged: help comes from there too.

    Raises:
        Refused: it is no pair of coordinates, or not in China.
    """
    if not text.strip():
        return None
    try:
        typed, outside = parse_point(text, box), False
    except Refused:
        typed, outside = parse_point(text), box is not None
    check_point(typed.point.lon, typed.point.lat)
    return TypedPoint(typed.point, to_district(typed.point, crs), typed.swapped, outside)
