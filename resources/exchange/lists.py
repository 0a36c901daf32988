"""Lists 清单: any lists of texts and numbers as an xlsx, one a sheet, to be worked on elsewhere."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from resources.exchange.cells import CONTROL
from resources.exchange.workbooks import new_workbook

LONGEST_NAME, WIDEST = 31, 40
Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One sheet: rows under their heads, with `foot` in bold below.

    `charted` is the place of a column of numbers that is drawn as bars beside the list, over
    the names in the first column.
    """

    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    foot: Sequence[Cell] = ()
    charted: int | None = None


def list_book(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]],
              foot: Sequence[Cell] = ()) -> bytes:
    """A workbook of one list; texts are never formulas."""
    return lists_book([ListSheet(title, heads, rows, foot)])


def lists_book(sheets: Iterable[ListSheet]) -> bytes:
    """A workbook of several lists; texts are never formulas."""
    out = io.BytesIO()
    book = new_workbook(out)
    head = book.add_format({"bold": True, "bg_color": "#E3F0EF", "border": 1})
    bold = book.add_format({"bold": True})
    for one in sheets:
        _sheet(book, one, head, bold)
    book.close()
    return out.getvalue()


def _sheet(book: Any, of: ListSheet, head: Any, bold: Any) -> None:
    name = "".join(c for c in of.title if c not in "[]:*?/\\'")[:LONGEST_NAME]
    sheet, kept = book.add_worksheet(name), [list(row) for row in of.rows]
    for place, words in enumerate(of.heads):
        sheet.write_string(0, place, words, head)
        longest = max((len(str(row[place] or "")) for row in kept), default=0)
        sheet.set_column(place, place, min(WIDEST, max(2 * len(words), longest) + 4))
    for number, row in enumerate((*kept, of.foot), 1):
        style = bold if number > len(kept) else None
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, place, CONTROL.sub("", cell), style)
            elif cell is not None:
                sheet.write_number(number, place, cell, style)
    sheet.freeze_panes(1, 0)
    if of.charted is not None and kept:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"name": of.heads[of.charted], "fill": {"color": "#0B6E6A"},
                          "categories": [name, 1, 0, len(kept), 0],
                          "values": [name, 1, of.charted, len(kept), of.charted]})
        chart.set_title({"name": of.title})
        chart.set_legend({"none": True})
        sheet.insert_chart(1, len(of.heads) + 1, chart)
