"""Clusters 聚合: many sites as few circles that open on zoom, from one sort and running sums.

Sites are sorted once along a Z-order curve, in which the sites of every square of a raster, at
every zoom, stand side by side; what a square holds is then the difference of two running sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from resources.geo import Bounds
from resources.mercator import HALF_M
from ui.map.base import project_many
from ui.map.frame import Frame

Array = Any
DEPTH = 26
"""Bits of each axis: squares of 0.6 m."""
CELL = 80
"""Pixels of a square whose sites become one circle."""
TOUCHING = 44
"""Circles and symbols closer than this many pixels become one."""
OPEN_ZOOM = 16.0
"""From here on only sites that would cover each other stand together."""
CLOSE_CELL = 16
MOST_AT_A_BASE, SAME_PLACE_M = 12, 5.0
COARSE = 13
"""Bits of the finest raster that is kept whole; finer ones are made for what is in view."""


@dataclass(frozen=True, slots=True)
class Group:
    """Sites in one place of the screen: their middle, how many of each kind, their rows."""

    x: float
    y: float
    count: int
    kinds: tuple[int, ...]
    rows: tuple[slice, ...]


class Level:
    """The squares of one zoom: where their sites begin in the order, and their middles."""

    def __init__(self, starts: Array, ends: Array, x: Array, y: Array) -> None:
        self.starts, self.ends, self.x, self.y = starts, ends, x, y

    def within(self, box: Bounds, edge: float) -> Level:
        """The squares whose middle lies in a box, or so many metres beside it."""
        inside = np.flatnonzero((self.x >= box[0] - edge) & (self.x <= box[2] + edge)
                                & (self.y >= box[1] - edge) & (self.y <= box[3] + edge))
        return Level(self.starts[inside], self.ends[inside], self.x[inside], self.y[inside])


EMPTY = Level(*(np.zeros(0, dtype=int) for _ in range(4)))


class Clusters:
    """All sites of the layers in view; `kinds` are small numbers, `rows` index the caller's own
    records in the order that was given."""

    def __init__(self, lons: Array, lats: Array, kinds: Array, number_of_kinds: int) -> None:
        x, y = project_many(np.asarray(lons, dtype=float), np.asarray(lats, dtype=float))
        order = np.argsort(_along(x, y), kind="stable")
        self.rows = order
        self.x, self.y = x[order], y[order]
        self.keys = _along(self.x, self.y)
        kind = np.asarray(kinds, dtype=np.int64)[order]
        self.sum_x, self.sum_y = _sums(self.x), _sums(self.y)
        self.sum_kinds = [_sums(kind == n) for n in range(number_of_kinds)]
        self._levels: dict[int, Level] = {}
        for bits in range(1, COARSE + 1):  # made here, where nobody waits for a frame
            self._level(bits)

    def __len__(self) -> int:
        return len(self.x)

    def groups(self, frame: Frame) -> list[Group]:
        """What is drawn in a frame, those at its edges included."""
        if not len(self.x):
            return []
        bits = bits_of(frame)
        level = self._level(min(bits, COARSE))
        seen = level.within(_around(frame), 0 if bits <= COARSE else 2 * HALF_M / 2**COARSE)
        return self._merged(seen if bits <= COARSE else self._finer(seen, bits), frame)

    def box_of(self, group: Group) -> Bounds:
        """The edges of a group in projected metres."""
        x = np.concatenate([self.x[part] for part in group.rows])
        y = np.concatenate([self.y[part] for part in group.rows])
        return float(x.min()), float(y.min()), float(x.max()), float(y.max())

    def base_of(self, group: Group) -> int | None:
        """The row of the one force that everything in a small group stands with 驻地, if any.

        The first kind is the forces'; their equipment stands at the same place.
        """
        if group.count > MOST_AT_A_BASE or group.kinds[0] != 1 or len(group.rows) > 1:
            return None
        rows = group.rows[0]
        x, y = self.x[rows], self.y[rows]
        if x.max() - x.min() > SAME_PLACE_M or y.max() - y.min() > SAME_PLACE_M:
            return None
        sums = self.sum_kinds[0]
        return next((int(self.rows[n]) for n in range(rows.start, rows.stop)
                     if sums[n + 1] > sums[n]), None)

    def records(self, group: Group) -> list[int]:
        """The caller's rows that a group holds."""
        return [int(n) for part in group.rows for n in self.rows[part]]

    def _level(self, bits: int) -> Level:
        found = self._levels.get(bits)
        if found is None and len(self.keys):
            squares = self.keys >> np.uint64(2 * (DEPTH - bits))
            starts = np.flatnonzero(np.concatenate(([True], squares[1:] != squares[:-1])))
            ends = np.append(starts[1:], len(squares))
            found = self._levels[bits] = self._measured(starts, ends)
        return found or EMPTY

    def _finer(self, seen: Level, bits: int) -> Level:
        """The squares of a finer raster inside those that are in view."""
        sizes = seen.ends - seen.starts
        if not len(sizes):
            return seen
        rows = np.arange(sizes.sum()) + np.repeat(seen.starts - _sums(sizes)[:-1], sizes)
        squares = self.keys[rows] >> np.uint64(2 * (DEPTH - bits))
        first = np.flatnonzero(np.concatenate(([True], squares[1:] != squares[:-1])))
        last = np.append(first[1:], len(squares)) - 1
        return self._measured(rows[first], rows[last] + 1)

    def _measured(self, starts: Array, ends: Array) -> Level:
        """Squares with the middles of their sites."""
        count = ends - starts
        return Level(starts, ends, (self.sum_x[ends] - self.sum_x[starts]) / count,
                     (self.sum_y[ends] - self.sum_y[starts]) / count)

    def _merged(self, level: Level, frame: Frame) -> list[Group]:
        """Neighbours that would touch become one; the fullest draws the others to it."""
        near = TOUCHING if frame.zoom < OPEN_ZOOM else CLOSE_CELL / 2
        west, south, east, north = _around(frame)
        inside = np.flatnonzero((level.x >= west) & (level.x <= east)
                                & (level.y >= south) & (level.y <= north))
        starts, ends = level.starts[inside], level.ends[inside]
        x, y = level.x[inside], level.y[inside]
        px, py = frame.pixel(x, y)
        order = np.lexsort((starts, starts - ends)).tolist()
        heads = _heads(px.tolist(), py.tolist(), order, near)
        kinds = np.stack([s[ends] - s[starts] for s in self.sum_kinds], axis=1).tolist()
        begin, end = starts.tolist(), ends.tolist()
        xs, ys = x.tolist(), y.tolist()
        found = []
        for head, members in heads.items():
            if len(members) == 1:
                found.append(Group(xs[head], ys[head], end[head] - begin[head],
                                   tuple(kinds[head]), (slice(begin[head], end[head]),)))
            else:
                found.append(_joined([(xs[m], ys[m], kinds[m], slice(begin[m], end[m]))
                                      for m in members]))
        return found


def _joined(parts: Sequence[tuple[float, float, list[int], slice]]) -> Group:
    """Several squares as one group, in their common middle."""
    sizes = [rows.stop - rows.start for *_, rows in parts]
    count = sum(sizes)
    return Group(sum(p[0] * n for p, n in zip(parts, sizes, strict=True)) / count,
                 sum(p[1] * n for p, n in zip(parts, sizes, strict=True)) / count, count,
                 tuple(map(sum, zip(*(p[2] for p in parts), strict=True))),
                 tuple(p[3] for p in parts))


def _heads(xs: Sequence[float], ys: Sequence[float], order: Sequence[int],
           near: float) -> dict[int, list[int]]:
    """Each place that stands for itself, with those that it draws to it."""
    shelves: dict[tuple[int, int], list[int]] = {}
    heads: dict[int, list[int]] = {}
    square = near * near
    for n in order:
        x, y = xs[n], ys[n]
        column, row = int(x // near), int(y // near)
        head = next((o for i in (column - 1, column, column + 1)
                     for o in (*shelves.get((i, row - 1), ()), *shelves.get((i, row), ()),
                               *shelves.get((i, row + 1), ()))
                     if (xs[o] - x) ** 2 + (ys[o] - y) ** 2 < square), None)
        if head is None:
            shelves.setdefault((column, row), []).append(n)
            heads[n] = [n]
        else:
            heads[head].append(n)
    return heads


def bits_of(frame: Frame) -> int:
    """How fine the raster is: squares of about `CELL` pixels, tighter when zoomed in."""
    cell = CELL if frame.zoom < OPEN_ZOOM else CLOSE_CELL
    return int(min(max(np.floor(np.log2(2 * HALF_M * frame.scale / cell)), 1), DEPTH))


def _around(frame: Frame) -> Bounds:
    """The frame and a border, so that what moves in is already there."""
    west, south, east, north = frame.edges
    edge = 1.5 * CELL / frame.scale
    return west - edge, south - edge, east + edge, north + edge


def _sums(values: Array) -> Array:
    """Running sums with a zero in front."""
    return np.concatenate(([0], np.cumsum(values)))


def _along(x: Array, y: Array) -> Array:
    """The place of points on the Z-order curve."""
    side = 2 * HALF_M / 2**DEPTH
    most = 2**DEPTH - 1
    column = np.clip((x + HALF_M) / side, 0, most).astype(np.uint64)
    row = np.clip((y + HALF_M) / side, 0, most).astype(np.uint64)
    return _spread(column) | (_spread(row) << np.uint64(1))


def _spread(bits: Array) -> Array:
    """Every bit moved to twice its place."""
    for shift, mask in ((16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF),
                        (4, 0x0F0F0F0F0F0F0F0F), (2, 0x3333333333333333),
                        (1, 0x5555555555555555)):
        bits = (bits | (bits << np.uint64(shift))) & np.uint64(mask)
    return bits
