"""The frame 取景: which part of the projected world is in view, and pixels for it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from resources.geo import Bounds, Position
from resources.mercator import (
    DEEPEST,
    HALF_M,
    metres_per_pixel,
    project,
    true_scale,
    unproject,
    zoom_of,
)

LEAST_ZOOM, MOST_ZOOM = 2.0, 20.0
STEP = 0.5
"""Zooms of wheel and keys: at whole and half ones the base is drawn pixel by pixel."""


@dataclass(frozen=True, slots=True)
class Frame:
    """`x`, `y` is the middle in projected metres, `width` and `height` are logical pixels."""

    x: float
    y: float
    zoom: float
    width: int
    height: int

    @property
    def scale(self) -> float:
        """Pixels of one projected metre."""
        return 1 / metres_per_pixel(self.zoom)

    @property
    def edges(self) -> Bounds:
        """West, south, east, north in projected metres."""
        half_w, half_h = self.width / 2 / self.scale, self.height / 2 / self.scale
        return self.x - half_w, self.y - half_h, self.x + half_w, self.y + half_h

    @property
    def bounds(self) -> Bounds:
        """West, south, east, north in degrees."""
        west, south, east, north = self.edges
        return (*unproject(west, south), *unproject(east, north))

    @property
    def middle(self) -> Position:
        return unproject(self.x, self.y)

    @property
    def ground_metres(self) -> float:
        """Metres on the ground of one pixel at the middle."""
        return metres_per_pixel(self.zoom) * true_scale(self.middle[1])

    def pixel(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Logical pixels of projected metres; numbers or arrays of them."""
        scale = self.scale
        return (x - self.x) * scale + self.width / 2, (self.y - y) * scale + self.height / 2

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Logical pixels of a point in degrees."""
        x, y = self.pixel(*project(lon, lat))
        return float(x), float(y)

    def at(self, px: float, py: float) -> Position:
        """Degrees of a pixel."""
        return unproject((px - self.width / 2) / self.scale + self.x,
                         self.y - (py - self.height / 2) / self.scale)

    def moved(self, dx: float, dy: float) -> Frame:
        """The world dragged by so many pixels."""
        return self._kept(replace(self, x=self.x - dx / self.scale, y=self.y + dy / self.scale))

    def zoomed(self, zoom: float, px: float, py: float) -> Frame:
        """Another zoom, the point under the pixel standing still."""
        zoom = min(max(zoom, LEAST_ZOOM), MOST_ZOOM)
        right, up = px - self.width / 2, self.height / 2 - py
        mpp, after = metres_per_pixel(self.zoom), metres_per_pixel(zoom)
        return self._kept(replace(self, zoom=zoom, x=self.x + right * (mpp - after),
                                  y=self.y + up * (mpp - after)))

    def stepped(self, steps: int, px: float | None = None, py: float | None = None) -> Frame:
        """So many half zooms on, to the next whole or half one."""
        wanted = (round(self.zoom / STEP) + steps) * STEP
        return self.zoomed(wanted, self.width / 2 if px is None else px,
                           self.height / 2 if py is None else py)

    def centred(self, lon: float, lat: float, zoom: float | None = None) -> Frame:
        x, y = project(lon, lat)
        wanted = self.zoom if zoom is None else min(max(zoom, LEAST_ZOOM), MOST_ZOOM)
        return self._kept(replace(self, x=x, y=y, zoom=wanted))

    def fitted(self, bounds: Bounds, margin: int = 40, most: float = 17.0) -> Frame:
        """So that a box in degrees is in view whole, at a whole or half zoom."""
        west, south = project(bounds[0], bounds[1])
        east, north = project(bounds[2], bounds[3])
        wide, high = max(self.width - 2 * margin, 32), max(self.height - 2 * margin, 32)
        metres = max((east - west) / wide, (north - south) / high, metres_per_pixel(DEEPEST))
        zoom = min(max(zoom_of(metres) // STEP * STEP, LEAST_ZOOM), most)
        return self._kept(replace(self, x=(west + east) / 2, y=(south + north) / 2, zoom=zoom))

    def sized(self, width: int, height: int) -> Frame:
        return replace(self, width=max(width, 1), height=max(height, 1))

    def _kept(self, new: Frame) -> Frame:
        """The middle never leaves the world."""
        return replace(new, x=min(max(new.x, -HALF_M), HALF_M),
                       y=min(max(new.y, -HALF_M), HALF_M))


CHINA_FRAME = Frame(*project(104.0, 36.0), 4.0, 800, 600)
"""Where a district without any place begins."""
