"""Small map files made on the spot: GeoJSON, shapefiles and tile files, good and bad."""

from __future__ import annotations

import json
import sqlite3
import struct
import zlib
from pathlib import Path
from typing import Any

import shapefile

from resources.mercator import tile_at

SQUARE = [[108.7, 34.4], [108.8, 34.4], [108.8, 34.5], [108.7, 34.5], [108.7, 34.4]]


def geojson(path: Path, *geometries: Any, **members: Any) -> Path:
    """A collection of these geometries, the first named 甲, the second 乙, …"""
    rows = [{"type": "Feature", "properties": {"name": name}, "geometry": one}
            for name, one in zip("甲乙丙丁戊己庚辛", geometries, strict=False)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows, **members},
                               ensure_ascii=False), "utf-8")
    return path


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings) or [SQUARE]}


def png(color: tuple[int, int, int], side: int = 256) -> bytes:
    """A one-coloured picture."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))

    rows = (b"\x00" + bytes(color) * side) * side
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def mbtiles(path: Path, zooms: tuple[int, ...] = (11, 12), tile: bytes = b"",
            metadata: dict[str, str] | None = None) -> Path:
    """Tiles around 108.75°E 34.43°N, alternately grey and white unless one is given."""
    db = sqlite3.connect(path)
    db.execute("create table metadata (name text, value text)")
    db.execute("create table tiles (zoom_level integer, tile_column integer, tile_row integer,"
               " tile_data blob)")
    for name, value in (metadata if metadata is not None else {
            "name": "影像", "format": "png", "bounds": "108.5,34.2,109.0,34.6"}).items():
        db.execute("insert into metadata values (?, ?)", (name, value))
    for z in zooms:
        middle = tile_at(108.75, 34.43, z)
        for x in range(middle.x - 1, middle.x + 2):
            for y in range(middle.y - 1, middle.y + 2):
                data = tile or png((200, 200, 200) if (x + y) % 2 else (250, 250, 250))
                db.execute("insert into tiles values (?, ?, ?, ?)", (z, x, 2**z - 1 - y, data))
    db.commit()
    db.close()
    return path


def shape(path: Path, prj: str = "", rings: Any = None) -> Path:
    """A shapefile of one clockwise polygon with a Chinese name."""
    with shapefile.Writer(str(path), encoding="gb18030") as writer:
        writer.field("NAME", "C", 40)
        writer.poly([rings or SQUARE[::-1]])
        writer.record("红岭镇")
    if prj:
        path.with_suffix(".prj").write_text(prj, "utf-8")
    return path.with_suffix(".shp")
