"""MBTiles 瓦片: a file of raster tiles, read through SQLite without writing to it."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from db.errors import Refused
from db.words import mark, t
from resources.geo import Bounds
from resources.mercator import DEEPEST, Tile, parent, tile_bounds

MAGIC = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"RIFF": "webp"}
VECTOR = (b"\x1f\x8b", b"\x1a")
FORMATS = ("png", "jpg", "webp")
LARGEST_TILE = 8 * 2**20
LARGEST_VALUE = 4 * LARGEST_TILE
"""Bytes of one value; a file with a larger one is made to do harm."""

MOST_SAID = 1000
"""Rows of metadata that are read."""

BEAT, FREE_STEPS, STEPS_A_BYTE = 10_000, 2_000_000, 2
"""A query may take so many steps of SQLite, and so many for each byte of the file: an honest one
reads each row a few times, a view without end never stops."""

NO_BOUNDS = mark("the file names no bounds; they were taken from its tiles")
OTHER_FORMAT = mark("its tiles are {found}, though it says {named}")


@dataclass(frozen=True, slots=True)
class TileFacts:
    """What a tile file holds: its format, zooms and bounds in degrees, and what looks odd."""

    name: str
    format: str
    min_zoom: int
    max_zoom: int
    bounds: Bounds
    tiles: int
    remarks: tuple[str, ...] = ()


class TileFile:
    """Open for reading; tiles are asked for from several threads, one at a time.

    Raises (on opening):
        Refused: no MBTiles, no tiles in it, or tiles that are no pictures.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise Refused("{name} is gone from its folder.", field="file", name=path.name)
        self.path, self._lock = path, threading.Lock()
        self._db = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1",
                                   uri=True, check_same_thread=False)
        self._db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
        self._db.execute("pragma trusted_schema = off")
        self._most = (FREE_STEPS + STEPS_A_BYTE * path.stat().st_size) // BEAT
        self._beats = 0
        self._db.set_progress_handler(self._beat, BEAT)
        try:
            self.facts = self._look()
        except (sqlite3.Error, ValueError, TypeError, OverflowError) as error:
            self._db.close()
            raise Refused("This is no tile file that can be read ({why}).", field="file",
                          why=error) from error
        except Refused:
            self._db.close()
            raise

    def _beat(self) -> bool:
        """Whether a query has gone on for longer than the file can give reason for."""
        self._beats += 1
        return self._beats > self._most

    def _ask(self, sql: str, *values: int) -> list[tuple[Any, ...]]:
        self._beats = 0
        return self._db.execute(sql, values).fetchall()

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def tile(self, tile: Tile) -> bytes | None:
        """The picture of one tile; None when the file has none.

        Raises:
            Refused: the file is damaged at this place.
        """
        row = 2**tile.z - 1 - tile.y
        try:
            with self._lock:
                found = self._ask(
                    "select tile_data from tiles where zoom_level = ? and tile_column = ?"
                    " and tile_row = ? limit 1", tile.z, tile.x, row)
        except sqlite3.Error as error:
            raise Refused("The tile file is damaged ({why}).", why=error) from error
        data = found[0][0] if found else None
        return data if isinstance(data, bytes) and 0 < len(data) <= LARGEST_TILE else None

    def nearest(self, tile: Tile) -> tuple[Tile, bytes] | None:
        """The tile, or the closest one above it that the file has."""
        top = max(self.facts.min_zoom, 0)
        up = max(0, tile.z - self.facts.max_zoom)
        while tile.z - up >= top:
            above = parent(tile, up)
            data = self.tile(above)
            if data is not None:
                return above, data
            up += 1
        return None

    def _look(self) -> TileFacts:
        said = self._metadata()
        (row,) = self._ask("select min(zoom_level), max(zoom_level), count(*) from tiles")
        if not row[2]:
            raise Refused("This tile file holds no tiles.", field="file")
        low, high = int(row[0]), int(row[1])
        if not 0 <= low <= high <= DEEPEST:
            raise Refused("The zooms {low} to {high} of this tile file cannot be.", field="file",
                          low=low, high=high)
        kind, remarks = self._format(str(said.get("format", "")).lower()), []
        named = {"jpeg": "jpg"}.get(str(said.get("format", "")).lower(),
                                    str(said.get("format", "")).lower())
        if named and named != kind:
            remarks.append(t(OTHER_FORMAT, found=kind, named=named))
        bounds = _bounds(str(said.get("bounds", "")))
        if bounds is None:
            bounds = self._extent(high)
            remarks.append(t(NO_BOUNDS))
        return TileFacts(str(said.get("name", "")), kind, low, high, bounds, int(row[2]),
                         tuple(remarks))

    def _metadata(self) -> dict[str, object]:
        with contextlib.suppress(sqlite3.OperationalError):  # a file may come without
            return {str(name): value for name, value in self._ask(
                "select name, value from metadata limit ?", MOST_SAID)}
        return {}

    def _format(self, named: str) -> str:
        """By the first bytes of a few tiles: what a file says of itself is often wrong."""
        rows = self._ask("select tile_data from tiles where tile_data is not null"
                         " and length(tile_data) > 4 limit 4")
        kinds = [kind for (data,) in rows if isinstance(data, bytes)
                 for magic, kind in MAGIC.items() if data.startswith(magic)]
        if kinds:
            return kinds[0]
        if named == "pbf" or any(isinstance(d, bytes) and d.startswith(VECTOR) for (d,) in rows):
            raise Refused("This file holds vector tiles. Only pictures (png, jpg, webp) can be"
                          " shown.", field="file")
        raise Refused("The tiles of this file are no png, jpg or webp pictures.", field="file")

    def _extent(self, z: int) -> Bounds:
        """Around the tiles of the deepest zoom."""
        ((west, east, low, high),) = self._ask(
            "select min(tile_column), max(tile_column), min(tile_row), max(tile_row) from tiles"
            " where zoom_level = ?", z)
        top = 2**z - 1
        north_west = tile_bounds(Tile(z, int(west), top - int(high)))
        south_east = tile_bounds(Tile(z, int(east), top - int(low)))
        return north_west[0], south_east[1], south_east[2], north_west[3]


def _bounds(text: str) -> Bounds | None:
    """`west,south,east,north` as the metadata has it; None when it cannot be right."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    good = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return (west, south, east, north) if good else None
