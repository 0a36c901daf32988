"""A paper as a workbook 文书表格: a sheet for each section, its numbers as numbers."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

from dispatch.printouts.against import against_table
from dispatch.printouts.docx_rows import UNPRINTABLE
from dispatch.printouts.sheet import (
    Against,
    Block,
    Checklist,
    Facts,
    Lanes,
    Prose,
    Section,
    Sheet,
    Signatures,
    Table,
)
from dispatch.printouts.widths import plain
from resources.exchange.workbooks import new_workbook

NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,6})?")
LONGEST_NAME, WIDEST, NARROWEST = 31, 60, 8
WIDE = 0x2E80
"""Where full-width characters begin."""


def xlsx_bytes(sheet: Sheet) -> bytes:
    """The paper as the bytes of an xlsx; texts are never formulas. Sections without a heading
    go onto the first sheet, a drill's word stands in every head."""
    out = io.BytesIO()
    book = new_workbook(out)
    book.set_properties({"title": sheet.title, "author": sheet.org, "created": sheet.made_at})
    look = _Look(book)
    names: set[str] = set()
    pages = [_Page(book.add_worksheet(_name(sheet.title, names)), look)]
    pages[0].line(" ".join(filter(None, (sheet.watermark, sheet.title))), look.title)
    pages[0].line(" ".join(filter(None, (sheet.org, sheet.number, sheet.subtitle))))
    for section in sheet.sections:
        if not section.heading:
            _fill(pages[0], section)
            continue
        page = _Page(book.add_worksheet(_name(section.heading, names)), look)
        page.line(" ".join(filter(None, (sheet.watermark, section.heading, section.aside))),
                  look.title)
        _fill(page, section)
        pages.append(page)
    for page in pages:
        page.fit()
    book.close()
    return out.getvalue()


class _Look:
    """The cell styles of a workbook."""

    def __init__(self, book: Any) -> None:
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.head = book.add_format({"bold": True, "bg_color": "#E3F0EF", "border": 1,
                                     "text_wrap": True})
        self.cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        self.strong = book.add_format({"border": 1, "text_wrap": True, "valign": "top",
                                       "bold": True})


class _Page:
    """One worksheet that is filled downwards."""

    def __init__(self, page: Any, look: _Look) -> None:
        self.page, self.look, self.row = page, look, 0
        self.widths: dict[int, int] = {}

    def line(self, words: str, style: Any = None) -> None:
        if words:
            self.page.write_string(self.row, 0, UNPRINTABLE.sub("", words), style)
            self.row += 1

    def cells(self, cells: list[str], style: Any) -> None:
        for place, words in enumerate(cells):
            if NUMBER.fullmatch(words):
                self.page.write_number(self.row, place, float(words), style)
            else:
                self.page.write_string(self.row, place, UNPRINTABLE.sub("", words), style)
            room = max((_room(part) for part in words.split("\n")), default=0)
            self.widths[place] = max(self.widths.get(place, NARROWEST), min(WIDEST, room + 2))
        self.row += 1

    def lines(self, words: str) -> None:
        for part in words.split("\n"):
            self.line(part)

    def table(self, rows: list[list[str]]) -> None:
        for cells in rows:
            self.cells(cells, self.look.cell)

    def fit(self) -> None:
        for place, width in self.widths.items():
            self.page.set_column(place, place, width)


def _room(words: str) -> int:
    return sum(2 if ord(one) > WIDE else 1 for one in words)


def _name(words: str, taken: set[str]) -> str:
    """A name that a worksheet can have, and that none has yet."""
    base = "".join(c for c in words if c not in "[]:*?/\\'")[:LONGEST_NAME - 3].strip() or "-"
    name, n = base, 2
    while name.lower() in taken:
        name, n = f"{base} {n}", n + 1
    taken.add(name.lower())
    return name


def _fill(page: _Page, section: Section) -> None:
    for block in section.blocks:
        _block(page, block)


def _block(page: _Page, block: Block) -> None:
    match block:
        case Prose():
            page.lines(plain(block.words))
        case Facts():
            page.table([[plain(f.words) for f in facts] for facts in block.rows])
        case Table():
            _table(page, block)
        case Checklist():
            page.table([["√" if c.ok else "×", c.name, c.note] for c in block.checks])
        case Against():
            _table(page, against_table(block))
        case Signatures():
            page.table([[side.title, *(r.name for r in side.rows)] for side in block.sides])
            page.line(" ".join(filter(None, (block.note, block.code, *block.chain))))
        case Lanes():
            _lanes(page, block)
    page.row += 1


def _table(page: _Page, table: Table) -> None:
    page.cells([c.title for c in table.columns], page.look.head)
    for row in table.rows:
        page.cells([plain(c) for c in row.cells],
                   page.look.strong if row.bold else page.look.cell)


def _lanes(page: _Page, block: Lanes) -> None:
    """The moments of the chart, then each force with its times."""
    def clock(at: datetime | None) -> str:
        return at.astimezone(block.zone).strftime("%Y-%m-%d %H:%M") if at else ""

    for moment in block.moments:
        page.cells([clock(moment.at), moment.label], page.look.cell)
    for lane in block.lanes:
        page.cells([lane.name, *map(clock, (lane.ordered, lane.left, lane.arrived, lane.ended))],
                   page.look.cell)
