"""Builders of tests of the exchange: a reading from rows or bytes, and files as they arrive."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from db.store import Store
from resources.exchange.books import read_book
from resources.exchange.matching import match_book
from resources.exchange.reading import Options, Reading, read_lines
from resources.exchange.tables import kind_of
from resources.exchange.verbs import Imported, OnDuplicate, import_rows
from resources.people import Role
from tests.builders import SHARED, an_officer

LIBRARIES = SHARED / "libraries"
KEEPER = an_officer("冯秀英", Role.KEEPER)


def an_xlsx(*sheets: Sequence[Sequence[object]], title: str = "") -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for rows in sheets:
        sheet = book.add_worksheet()
        if title:
            sheet.merge_range(0, 0, 0, len(rows[0]) - 1, title)
        for at, row in enumerate(rows, 1 if title else 0):
            for place, cell in enumerate(row):
                sheet.write(at, place, cell)
    book.close()
    return out.getvalue()


def a_reading(kind: str, data: bytes, *, name: str = "来文.xlsx", sheet: str = "",
              options: Options = Options()) -> Reading:  # noqa: B008 - frozen
    found = kind_of(kind)
    return read_lines(name, found, match_book(read_book(name, data), found, sheet=sheet), options)


def a_library(kind: str, file: str) -> Reading:
    return a_reading(kind, (LIBRARIES / file).read_bytes(), name=file)


def taken(store: Store, reading: Reading, on_duplicate: OnDuplicate = OnDuplicate.SKIP
          ) -> Imported:
    return import_rows(store, reading, on_duplicate=on_duplicate, by=KEEPER)
