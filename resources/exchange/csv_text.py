"""CSV text 文本表: which encoding and separator a csv file came in, and its rows; pure."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

from db.errors import Refused
from resources.exchange.cells import Cell
from resources.exchange.fields import headings
from resources.exchange.fields import plain as plain_heading
from resources.exchange.tables import KINDS

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
         (codecs.BOM_UTF16_BE, "utf-16"))
CHINESE = ("gb18030", "big5hkscs", "big5")
SEPARATORS = ",\t;|，；"
HEAD = 4096
MOST_CELLS = 16_384
"""Columns that a spreadsheet can have."""

QUOTED_FORMULA = re.compile(r"'+[=+\-@\t\r]")
"""How the export marks a text that begins like a formula; one mark is taken off again."""


def read_csv(name: str, data: bytes) -> Iterator[tuple[int, list[Cell]]]:
    """The rows with their line numbers.

    Raises:
        Refused: no text that can be read, a cell without end.
    """
    text = decode(name, data)
    if "\0" in text:
        raise Refused("{name} is no table: it holds bytes that no text has.", name=name)
    return _rows(name, text)


def _rows(name: str, text: str) -> Iterator[tuple[int, list[Cell]]]:
    mark = separator(text)
    reader = csv.reader(_lines(name, text, mark), delimiter=mark)
    try:
        start = 1
        for cells in reader:
            yield start, [_unmarked(cell) for cell in cells]
            start = reader.line_num + 1
    except csv.Error as error:
        raise Refused("{name}, line {line}: a cell is too long or its quotation mark is"
                      " missing.", name=name, line=reader.line_num) from error


def _lines(name: str, text: str, mark: str) -> Iterator[str]:
    """Line by line, none with more cells than a spreadsheet has columns.

    Raises:
        Refused: such a line; each of its cells would take its memory first.
    """
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if len(line) > MOST_CELLS and line.count(mark) > MOST_CELLS:
            raise Refused("{name}, line {line}: more than {most} cells. This is no table.",
                          name=name, line=number, most=MOST_CELLS)
        yield line


def _unmarked(cell: str) -> Cell:
    return cell[1:] if cell.startswith("'") and QUOTED_FORMULA.match(cell) else cell


def separator(text: str) -> str:
    """The separator that stands most often in the first lines."""
    head = "\n".join(text[:HEAD].splitlines()[:5])
    return max(SEPARATORS, key=lambda one: (head.count(one), -SEPARATORS.index(one)))


def decode(name: str, data: bytes) -> str:
    """The text of bytes in UTF-8 (with or without BOM), UTF-16 with BOM, GBK/GB18030 or Big5.

    Between GB and Big5, which share most of their bytes, the known headings decide, then how
    many characters are common ones.

    Raises:
        Refused: none of them fits.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decoded(name, data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    fitting = [text for one in CHINESE if (text := _try(data, one)) is not None]
    if not fitting:
        raise Refused("{name} is in no encoding that can be read (UTF-8, GB18030 or Big5). Save"
                      " it as UTF-8 first.", name=name)
    return max(fitting, key=_likely)


def _decoded(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("{name} breaks off or is damaged at byte {at}.", name=name,
                      at=error.start) from error


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _likely(text: str) -> tuple[int, float]:
    head = text[:HEAD]
    known = {h for kind in KINDS.values() for h in headings(kind)}
    names = sum(plain_heading(cell) in known
                for line in head.splitlines()[:5] for cell in line.split(separator(text)))
    han = [c for c in head if "\u4e00" <= c <= "\u9fff"]
    odd = sum(c > "\x7f" for c in head) - len(han)
    common = sum(_is_common(c) for c in han)
    return names, (common - odd) / max(1, len(han))


def _is_common(char: str) -> bool:
    """Level 1 of GB 2312 or the frequent plane of Big5."""
    for encoding, low, high in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            if low <= char.encode(encoding)[0] <= high:
                return True
        except UnicodeEncodeError:
            continue
    return False
