"""Mutating: files that were damaged by chance, and those that somebody made to do harm."""

from __future__ import annotations

import io
import json
import random
import re
import sqlite3
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
ODD = (b"<", b"&x;", b'"', b"\0", b"\xff", b"=1+1", b"<f>1</f>", b"{", b"]", b",", b"\n", b"\xe9")
HOW = (0, 0, 0, 1, 2, 3, 3, 3, 4, 4, 4, 5)
"""What is done to a file; the last, cutting its end off, is seldom."""

FULL = 60 * 2**20
"""Bytes of a file that is as large as may be."""

BLOWN = 450 * 2**20
"""Bytes of a bomb unpacked."""

NUMBERS = (b"1e400", b"-1", b"9" * 30, b"NaN", b"0", b"4294967295", b"-0.0", b"999999")

VALUE = re.compile(rb"(?<=>)[^<>]+(?=<)|(?<=[:\[,])[^,:\[\]{}]+(?=[,\]}])"
                   rb"|(?<=,)[^,\n]*(?=[,\n])")
"""What stands between tags, in a list or object of JSON, or between two commas."""

VALUES = (*NUMBERS, b"", b" ", b"null", b"true", b'"x"', b"=1+1", b"-", b"Cancel", b"Update",
          b"Ack", b"Test", b"1999-02-30", b"9999-12-31T23:59:59-12:00", b"0001-01-01T00:00:00Z",
          "\u202e上海".encode(), "队".encode() * 9000, b"108.7", b"Point", b"&lt;b&gt;")


def mutant(data: bytes, seed: int) -> bytes:
    """A few bytes changed, cut out, repeated, put elsewhere, or a number that cannot be."""
    chance, made = random.Random(seed), bytearray(data)
    for _ in range(chance.randint(1, 3)):
        at, size = chance.randrange(len(made)), chance.randint(1, 40)
        what = chance.choice(HOW)
        if what == 0:
            made[at] = chance.randrange(256)
        elif what == 1:
            del made[at:at + size]
        elif what == 2:
            made[at:at] = made[at:at + size] * chance.randint(1, 50)
        elif what == 3:
            made[at:at] = chance.choice(ODD)
        elif what == 4:
            if found := NUMBER.search(made, at):
                made[found.start():found.end()] = chance.choice(NUMBERS)
        else:
            del made[max(at, 1):]
        made = made or bytearray(b"x")
    return bytes(made)


def altered(data: bytes, seed: int) -> bytes:
    """A file of the same form in which some values say something else."""
    chance, made = random.Random(seed), data
    for _ in range(chance.randint(1, 4)):
        places = list(VALUE.finditer(made))
        if places:
            found = chance.choice(places)
            made = made[:found.start()] + chance.choice(VALUES) + made[found.end():]
    return made


def spoilt(data: bytes, seed: int) -> bytes:
    """A file of the same length with some bytes overwritten, as a bad disk leaves it."""
    chance, made = random.Random(seed), bytearray(data)
    for _ in range(chance.randint(1, 12)):
        made[chance.randrange(len(made))] = chance.choice((0, 1, 127, 128, 255,
                                                           chance.randrange(256)))
    return bytes(made)


def with_part(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same zip with one part rewritten."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, \
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body) if name == part else body)
    return out.getvalue()


def parts_of(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.namelist()


def blown(data: bytes, part: str, filler: bytes, mib: int = BLOWN // 2**20) -> bytes:
    """The same zip with one part that unpacks to so much; made little by little."""
    out, piece = io.BytesIO(), (filler * (2**20 // len(filler) + 1))[:2**20]
    with zipfile.ZipFile(io.BytesIO(data)) as old, \
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        with new.open(part, "w") as file:
            for _ in range(mib):
                file.write(piece)
    return out.getvalue()


def laughs(root: str, depth: int = 10) -> bytes:
    """Entities that would unfold into gigabytes ("billion laughs")."""
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, depth))
    return (f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">{lines}]>'
            f"<{root}><identifier>&a{depth - 1};</identifier></{root}>").encode()


def hostile_books(book: bytes) -> Iterator[bytes]:
    """Workbooks: bombs, entities in each part, a lying directory, a giant rectangle."""
    sheet, shared = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
    bomb = blown(book, sheet, b" ")
    yield bomb
    yield blown(book, shared, b"<t>x</t>")
    for part in (sheet, shared, "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"):
        yield with_part(book, part, lambda _: laughs("worksheet"))
    yield bomb.replace(struct.pack("<I", BLOWN), struct.pack("<I", 100))
    yield blown(book, sheet, b'<c r="A1" s="1"/>').replace(
        struct.pack("<I", BLOWN), struct.pack("<I", 100))
    yield with_part(book, sheet, lambda body: body.replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'))
    yield with_part(book, sheet, lambda body: body.replace(
        b"<sheetData>", b"<sheetData>" + b"<row>" * 100_000))
    yield with_part(book, shared, lambda body: body.replace(b"<si>", b"<si>" * 50_000))


def hostile_tables() -> Iterator[bytes]:
    """Text tables: a cell without end, one line of commas, rows without number."""
    yield '队伍名称,值班电话\n"'.encode() + b"x" * 2_000_000
    yield "队伍名称,值班电话\n".encode() + b"," * FULL
    yield "队伍名称,值班电话\n".encode() + b"a,1\n" * 250_000
    yield "队伍名称,值班电话\n".encode() + b"\n" * FULL
    yield "队伍名称,值班电话\n".encode() + b"\xb6\xd3,\n" * (FULL // 4)
    yield b'"' * 2_000_000
    yield bytes(range(128, 256)) * (FULL // 128)
    yield "队伍名称,值班电话\n=cmd|' /C calc'!A0,000-6218\n@SUM(1),+1\n-1+1,\t=2\n".encode()


def hostile_maps() -> Iterator[bytes]:
    """GeoJSON: nested without end, coordinates without number, members that are no lists."""
    yield b"[" * 500_000
    yield b'{"type":"Polygon","coordinates":' + b"[" * 5000 + b"]" * 5000 + b"}"
    yield b'{"type":"GeometryCollection","geometries":[' * 900 + b"]}" * 900
    yield (b'{"type":"LineString","coordinates":[' + b"[108.7,34.4],[108.8,34.5]," * 2_200_000
           + b"[108.7,34.4]]}")
    yield b'{"type":"MultiPoint","coordinates":[' + b"[1," * 100_000
    for many in (b"[],", b"1,", b'"a",', b'{"a":1},', b"1.5,"):
        yield b'{"type":"Point","coordinates":[' + many * (FULL // len(many)) + b"1]}"
    yield (b'{"type":"LineString","coordinates":[' + b"[108.7,34.4],[108.8,34.5]," * 480_000
           + b"[108.7,34.4]]}")
    yield (b'{"type":"FeatureCollection","features":['
           + b'{"type":"Feature","geometry":{"type":"Point","coordinates":[108,34]}},' * 210_000
           + b'{"type":"Feature"}]}')
    yield json.dumps({"type": "Point", "coordinates": [10**400, 1]}).encode()
    yield b'{"type":"Point","coordinates":[' + b"9" * 5_000_000 + b",1]}"
    yield b'{"type":"Feature","properties":' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"}"


def hostile_shapes(shp: bytes) -> Iterator[bytes]:
    """The main file of a shapefile with counts and lengths that lie."""
    for at, value in ((24, 2**31 - 1), (100, 2**31 - 1), (104, 2**31 - 1), (104, 0), (104, 2**16)):
        yield shp[:at] + struct.pack(">I", value) + shp[at + 4:]
    for at in (144, 148):  # parts and points of the first polygon
        for value in (2**31 - 1, 2**20, 0xFFFFFFFF, 0):
            yield shp[:at] + struct.pack("<I", value) + shp[at + 4:]
    yield shp[:100] + shp[100:] * 3
    points = FULL // 16
    body = (struct.pack("<i4d2ii", 5, 108, 34, 109, 35, 1, points, 0)
            + struct.pack("<2d", 108.7, 34.4) * points)
    yield (shp[:24] + struct.pack(">i", (108 + len(body)) // 2) + shp[28:100]
           + struct.pack(">2i", 1, len(body) // 2) + body)


def hostile_tiles(folder: Path, tiles: bytes) -> Iterator[bytes]:
    """Tile files: a view that counts without end, triggers, giant blobs, texts for numbers."""
    endless = ("with recursive c(n) as (select 1 union all select n + 1 from c)"
               " select n % 20 as zoom_level, n as tile_column, n as tile_row,"
               " x'89504e470d0a1a0a' as tile_data from c")
    of = f"from (select 1 as a, 2 as b from ({endless}))"
    for change in (
            f"drop table tiles; create view tiles as {endless};",
            f"drop table metadata; create view metadata as select a as name, b as value {of};",
            "create trigger t after insert on tiles begin delete from tiles; end;",
            "drop table tiles; create table tiles (a, b);",
            "update tiles set tile_data = zeroblob(40000000) where rowid = 1;",
            "update tiles set zoom_level = 'deep', tile_row = 'far';",
            "update tiles set tile_column = 9e300;",
            "update tiles set tile_row = -5, tile_column = 1 << 60;",
            "update tiles set tile_data = 'text';",
            "update metadata set value = zeroblob(40000000);",
            "update metadata set value = '1,2,3,nan';",
            "drop table metadata; create table metadata (name);",
            "delete from tiles; insert into tiles values (20, 0, 0, x'89504e47');"):
        path = folder / "hostile.mbtiles"
        path.write_bytes(tiles)
        db = sqlite3.connect(path)
        try:
            db.executescript(change)
            db.commit()
        except sqlite3.Error:
            continue
        finally:
            db.close()
        yield path.read_bytes()
        path.unlink()


def hostile_messages(cap: bytes) -> Iterator[bytes]:
    """CAP: entities, a document type from elsewhere, depth, crowds, shapes without end."""
    yield laughs("alert")
    yield b'<!DOCTYPE alert SYSTEM "file:///etc/passwd">' + cap.partition(b"?>")[2]
    yield b"<alert>" + b"<info>" * 500_000
    yield b"<alert>" + b"<info/>" * 500_000 + b"</alert>"
    yield cap.replace(b"<area>", b"<area><polygon>" + b"34.4,108.7 " * 300_000 + b"</polygon>")
    yield cap.replace(b"<area>", b"<area><polygon>34.4,108.7 x</polygon>" * 4000 + b"<area>", 1)
    yield cap.replace(b"<area>", b"<area>" + b"<circle>34.4,108.7 1</circle>" * 5000)
    yield b"<?xml version='1.0' encoding='utf-16'?>" + cap
    yield b"<alert " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b"/>"
    yield b"<alert>" + b"&#x41;" * 600_000 + b"</alert>"
    yield b"<" + b"a" * 3_000_000
