"""Zips 压缩包: looks into an xlsx before it is opened, so that no bomb or entity is unpacked."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

from db.errors import Cancelled, Refused

MOST_UNPACKED = 400 * 2**20
MOST_CELLS = 12_000_000
"""A sheet is held as a full rectangle while it is read: so many cells at most."""

MOST_PARTS = 2000
CHUNK = 2**18
ENTITY = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,4})(\d{1,10})[\"']")
LOCAL_HEAD = 30


def look_into(name: str, data: bytes, *, columns: int, stopped: Callable[[], bool]) -> None:
    """Unpack every part once, piece by piece, and keep nothing of it.

    The sizes that the directory declares are added up first, and what really comes out is
    counted too, because a bomb may lie in its directory.

    Raises:
        Refused: no xlsx, damaged, encrypted, too large unpacked, entities, a giant rectangle.
        Cancelled: `stopped` said so.
    """
    try:
        parts = zipfile.ZipFile(BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Refused("{name} is cut off or damaged. Ask for it again.", name=name) from error
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise Refused("{name} is a zip file, but no xlsx workbook.", name=name)
    if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
        raise _bomb(name)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("{name} is protected by a password. Save it without one first.", name=name)
    left = MOST_UNPACKED
    for part in parts:
        try:
            left -= _look(name, data, part, left, columns, stopped)
        except (zlib.error, struct.error, EOFError) as error:
            raise Refused("{name} is cut off or damaged. Ask for it again.",
                          name=name) from error


def _look(name: str, data: bytes, part: zipfile.ZipInfo, left: int, columns: int,
          stopped: Callable[[], bool]) -> int:
    """How many bytes come out of one part."""
    rows = place = out = 0
    tail = b""
    is_sheet = part.filename.startswith("xl/worksheets/")
    for piece in _pieces(data, part):
        out += len(piece)
        if out > left:
            raise _bomb(name)
        if stopped():
            raise Cancelled("Stopped. Nothing was imported.")
        text = tail + piece
        if ENTITY.search(text.replace(b"\0", b"")):
            raise Refused("{name} declares entities in {part}, as attacks do. It was not opened.",
                          name=name, part=part.filename)
        if is_sheet:
            for letters, digits in set(PLACE.findall(text)):
                rows, place = max(rows, int(digits)), max(place, _column(letters))
        tail = text[-40:]
    if place > max(columns, 16_384) or rows > 1_048_576 or rows * place > MOST_CELLS:
        if rows * place > MOST_CELLS and _filled(data, part) * 4 > rows * place:
            return out
        raise Refused("{name}: the sheet {part} reaches over {rows} rows and {columns} columns,"
                      " almost all empty. Delete the empty rows and columns, then save it.",
                      name=name, part=part.filename, rows=rows, columns=place)
    return out


def _filled(data: bytes, part: zipfile.ZipInfo) -> int:
    return sum(piece.count(b"</c>") for piece in _pieces(data, part))


def _pieces(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """What comes out of a part, at most CHUNK bytes at a time."""
    head = data[part.header_offset:part.header_offset + LOCAL_HEAD]
    name_length, extra_length = struct.unpack("<HH", head[26:30])
    start = part.header_offset + LOCAL_HEAD + name_length + extra_length
    packed = memoryview(data)[start:start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        for at in range(0, len(packed), CHUNK):
            yield bytes(packed[at:at + CHUNK])
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise EOFError(part.filename)
    flow = zlib.decompressobj(-15)
    waiting = bytes(packed)
    while not flow.eof:
        piece = flow.decompress(waiting, CHUNK)
        waiting = flow.unconsumed_tail
        if not piece and not waiting:
            raise EOFError(part.filename)
        yield piece


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _bomb(name: str) -> Refused:
    return Refused("{name} unpacks to more than {most} MB, as zip bombs do. It was not opened.",
                   name=name, most=MOST_UNPACKED // 2**20)
