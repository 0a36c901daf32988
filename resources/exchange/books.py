"""Books 表格文件: bytes become sheets of rows, whatever wrote them; hostile ones are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from db.errors import Cancelled, Refused
from resources.exchange.cells import Cell
from resources.exchange.csv_text import read_csv
from resources.exchange.zips import MOST_LINES, look_into

Progress = Callable[[int, int], bool]
"""Told rows done and rows there are; False stops the work."""

LARGEST = 64 * 2**20
MOST_ROWS, MOST_COLUMNS = 200_000, 300
STEP = 500


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows that are not empty, each with its number in the file from 1."""

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    empty: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """One file: its name and sheets."""

    name: str
    sheets: tuple[Sheet, ...]


def goes_on(_done: int, _of: int) -> bool:
    """A progress that never stops anything."""
    return True


def read_book(name: str, data: bytes, progress: Progress = goes_on) -> Book:
    """Read an xlsx or csv file, told by its content, not by its name. Pure.

    Raises:
        Refused: what it is or is not, too large, encrypted, damaged; with what to do.
        Cancelled: `progress` said so.
    """
    if len(data) > LARGEST:
        raise Refused("{name} is larger than {most} MB. Split it into several files.",
                      name=name, most=LARGEST // 2**20)
    if not data.strip():
        raise Refused("{name} is empty.", name=name)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _old_or_locked(name, data)
    if data.startswith(b"PK"):
        return Book(name, tuple(_sheets(name, data, progress)))
    return Book(name, (_sheet("", read_csv(name, data), progress),))


def _old_or_locked(name: str, data: bytes) -> Refused:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Refused("{name} is protected by a password. Save it without one first.", name=name)
    return Refused("{name} is in the old xls form. Save it as xlsx or csv first.", name=name)


def _sheets(name: str, data: bytes, progress: Progress) -> Iterator[Sheet]:
    look_into(name, data, columns=MOST_COLUMNS, stopped=lambda: not progress(0, 0))
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for title in book.sheet_names:
            sheet = book.get_sheet_by_name(title)
            # merged_cell_ranges gives only the first of its cells a value: the title row
            yield _sheet(title, _numbered(sheet), progress,
                         of=sheet.total_height + 1)
    except PasswordError as error:
        raise _old_or_locked(name, b"") from error
    except (CalamineError, ValueError, OSError) as error:
        raise _damaged(name) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the reader's own defect on hostile bytes
            raise _damaged(name) from error
        raise


def _numbered(sheet: CalamineSheet) -> Iterator[tuple[int, list[Cell]]]:
    yield from enumerate(sheet.iter_rows(), 1)


def _damaged(name: str) -> Refused:
    return Refused("{name} is damaged or no workbook. Open it in a spreadsheet program and save it"
                   " anew.", name=name)


def _sheet(title: str, lines: Iterator[tuple[int, list[Cell]]],
           progress: Progress, of: int = 0) -> Sheet:
    """Empty rows and trailing empty columns go; too many rows or columns are refused."""
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    empty = 0
    for number, cells in lines:
        if number % STEP == 0 and not progress(number, max(of, number)):
            raise Cancelled("Stopped. Nothing was imported.")
        last = next((i for i in range(len(cells), 0, -1) if not _blank(cells[i - 1])), 0)
        if not last and number <= MOST_LINES:
            empty += 1
            continue
        if last > MOST_COLUMNS or len(rows) >= MOST_ROWS or number > MOST_LINES:
            raise Refused("Row {row} of {sheet}: more than {rows} rows or {columns} columns."
                          " Split the file.", row=number, sheet=title or "csv", rows=MOST_ROWS,
                          columns=MOST_COLUMNS)
        rows.append((number, tuple(cells[:last])))
    return Sheet(title, tuple(rows), empty)


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip(" \t\r\n\u3000\ufeff\xa0"))
