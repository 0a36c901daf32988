"""Shapes of CAP areas 预警范围: polygons and circles as rings in degrees; pure."""

from __future__ import annotations

from math import isfinite

from resources.geo import Position, circle

CORNERS, WIDEST_KM = 64, 3000
SIXTH = 6
"""Decimals of a degree that are kept: a tenth of a metre."""


def polygon_ring(text: str) -> tuple[Position, ...]:
    """`lat,lon lat,lon …` as a closed ring of longitude and latitude (3.2.4 polygon).

    A ring left open is closed; latitude and longitude that stand in each other's place, seen
    by a latitude over 90, are exchanged.

    Raises:
        ValueError: no numbers, no degrees, too few points.
    """
    pairs = text.split()
    spots = [_pair(one) for one in pairs]
    if any(abs(lat) > 90 for _, lat in spots):
        spots = [(lat, lon) for lon, lat in spots]
    if not all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in spots):
        raise ValueError(text[:40])
    if spots[0] != spots[-1]:
        spots.append(spots[0])
    if len(spots) < 4:
        raise ValueError(len(spots))
    return tuple(spots)


def circle_ring(text: str) -> tuple[Position, ...]:
    """`lat,lon kilometres` as a closed ring; none for a radius of 0 (3.2.4 circle).

    Raises:
        ValueError: no numbers, no degrees, or a radius that cannot be.
    """
    middle, radius = text.split()
    (lon, lat), km = _pair(middle), float(radius)
    if not (abs(lon) <= 180 and abs(lat) <= 90 and 0 <= km <= WIDEST_KM):
        raise ValueError(text[:40])
    if km == 0:
        return ()
    spots = [(round(x, SIXTH), round(y, SIXTH)) for x, y in circle(lon, lat, km * 1000, CORNERS)]
    return (*spots[:-1], spots[0])


def ring_text(ring: tuple[Position, ...]) -> str:
    """A ring as CAP writes a polygon."""
    return " ".join(f"{lat:.6f},{lon:.6f}" for lon, lat in ring)


def _pair(text: str) -> Position:
    lat, lon = (float(part) for part in text.split(","))
    if not (isfinite(lat) and isfinite(lon)):
        raise ValueError(text[:40])
    return round(lon, SIXTH), round(lat, SIXTH)
