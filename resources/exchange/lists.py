"""Lists 清单: any list of texts and numbers as an xlsx of one sheet, to be worked on elsewhere."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from resources.exchange.cells import CONTROL

LONGEST_NAME, WIDEST = 31, 40
Cell = str | float | int | None


def list_book(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]],
              foot: Sequence[Cell] = ()) -> bytes:
    """The rows under their heads, with `foot` in bold below; texts are never formulas."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False,
                                     "strings_to_urls": False, "strings_to_numbers": False})
    sheet = book.add_worksheet("".join(c for c in title if c not in "[]:*?/\\'")[:LONGEST_NAME])
    head = book.add_format({"bold": True, "bg_color": "#E3F0EF", "border": 1})
    bold = book.add_format({"bold": True})
    kept = [list(row) for row in rows]
    for place, words in enumerate(heads):
        sheet.write_string(0, place, words, head)
        longest = max((len(str(row[place] or "")) for row in kept), default=0)
        sheet.set_column(place, place, min(WIDEST, max(2 * len(words), longest) + 4))
    for number, row in enumerate((*kept, foot), 1):
        style = bold if number > len(kept) else None
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, place, CONTROL.sub("", cell), style)
            elif cell is not None:
                sheet.write_number(number, place, cell, style)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
