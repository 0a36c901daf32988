"""Zips 压缩包: looks into an xlsx before it is opened, so that no bomb or entity is unpacked."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from db.errors import Cancelled, Refused

MOST_UNPACKED = 256 * 2**20
MOST_CELLS = 4_000_000
"""A sheet is held as a full rectangle while it is read: so many cells at most, or a file of half
a million different texts would take more than a gigabyte."""

MOST_LINES = 1_048_576
"""Rows that a spreadsheet can have."""

STEEPEST, GENTLE = 100, 24 * 2**20
"""So many bytes may come out of one packed byte once more than GENTLE bytes have come out: tables
stay far below, bombs reach a thousand."""

MOST_PARTS = 2000
CHUNK, FED = 2**18, 2**14
ENTITY = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
PLACE = re.compile(rb"r(?<=\sr)\s*=\s*[\"']([A-Za-z]*)(\d+)[\"']")
"""Where a row or a cell says that it stands."""

CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
FURTHEST = 9
"""Digits of a row's number that are looked at: so many are too many."""
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
    left = _Left(MOST_UNPACKED, MOST_CELLS)
    for part in parts:
        try:
            _look(name, data, part, left, columns, stopped)
        except (zlib.error, struct.error, EOFError) as error:
            raise Refused("{name} is cut off or damaged. Ask for it again.",
                          name=name) from error


@dataclass(slots=True)
class _Left:
    """What may still come out of a file."""

    size: int
    cells: int


def _look(name: str, data: bytes, part: zipfile.ZipInfo, left: _Left, columns: int,
          stopped: Callable[[], bool]) -> None:
    """Unpack one part and count what comes out."""
    out, sheet = 0, _Extent()
    is_sheet = part.filename.startswith("xl/worksheets/")
    for text in _whole(_pieces(data, part)):
        out += len(text)
        left.size -= len(text)
        if left.size < 0 or out > max(GENTLE, STEEPEST * part.compress_size):
            raise _bomb(name)
        if stopped():
            raise Cancelled("Stopped. Nothing was imported.")
        if b"!" in text and ENTITY.search(text.replace(b"\0", b"")):
            raise Refused("{name} declares entities in {part}, as attacks do. It was not opened.",
                          name=name, part=part.filename)
        if is_sheet:
            left.cells -= sheet.take(text)
            if left.cells < 0:
                raise _crowded(name, part)
            if not sheet.in_order:  # the reader would take the rows from first to last
                raise Refused("{name}: the rows of the sheet {part} are out of order. Open it in a"
                              " spreadsheet program and save it anew.", name=name,
                              part=part.filename)
    rows, place = sheet.rows, sheet.columns
    if place > max(columns, 16_384) or rows > MOST_LINES or rows * place > MOST_CELLS:
        if _filled(data, part) * 4 > rows * place:
            raise _crowded(name, part)
        raise Refused("{name}: the sheet {part} reaches over {rows} rows and {columns} columns,"
                      " almost all empty. Delete the empty rows and columns, then save it.",
                      name=name, part=part.filename, rows=rows, columns=place)


@dataclass(slots=True)
class _Extent:
    """How far the cells of a sheet reach, and whether its rows run downwards."""

    rows: int = 0
    columns: int = 0
    last: int = 0
    in_order: bool = True

    def take(self, text: bytes) -> int:
        """The places named in a piece of the sheet; how many there are."""
        found = PLACE.findall(text)
        numbers = [self.last, *(int(digits[:FURTHEST]) for _, digits in found)]
        self.in_order = sorted(numbers) == numbers
        self.last = numbers[-1]
        cells = [n for n, (letters, _) in enumerate(found, 1) if letters]
        if len(CELL.findall(text)) > len(cells):  # some stand where their row does
            self.rows = self.last
        elif cells:
            self.rows = numbers[cells[-1]]
        self.columns = max(self.columns, *map(_column, {letters for letters, _ in found}), 0)
        return len(found)


def _whole(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut before a tag begins, so that none is taken apart.

    Where no tag begins for long nothing that matters is cut: a tag of that length is no sheet's.
    """
    tail = b""
    for piece in pieces:
        text = tail + piece
        cut = text.rfind(b"<")
        if cut < len(text) - CHUNK:
            cut = len(text)
        yield text[:cut]
        tail = text[cut:]
    yield tail


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
    for at in range(0, len(packed), FED):  # a tail that is not used yet is copied each time
        waiting = bytes(packed[at:at + FED])
        while not flow.eof:
            piece = flow.decompress(waiting, CHUNK)
            if piece:
                yield piece
            waiting = flow.unconsumed_tail
            if not waiting and len(piece) < CHUNK:
                break
    if not flow.eof:
        raise EOFError(part.filename)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _crowded(name: str, part: zipfile.ZipInfo) -> Refused:
    return Refused("{name}: the sheet {part} holds more than {most} cells. Split the file.",
                   name=name, part=part.filename, most=MOST_CELLS)


def _bomb(name: str) -> Refused:
    return Refused("{name} unpacks to more than {most} MB, or to far more than its size gives"
                   " reason for, as zip bombs do. It was not opened.", name=name,
                   most=MOST_UNPACKED // 2**20)
