"""Writing 写表: rows into xlsx or csv that import again without loss, and blank templates; pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any

from db.errors import Refused
from db.words import t
from resources.exchange.cells import CONTROL, shown
from resources.exchange.fields import Field, Kind, Shape
from resources.exchange.workbooks import new_workbook

Row = dict[str, object]
DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
"""How a text begins that a spreadsheet would run as a formula; csv marks it with `'`."""

LONGEST_CELL = 32_767
TEMPLATE_ROWS = 2000
WIDTHS = {Shape.PHONE: 18, Shape.COUNT: 10, Shape.NUMBER: 10, Shape.DAY: 13, Shape.MOMENT: 20,
          Shape.YES: 8, Shape.LON: 13, Shape.LAT: 13, Shape.MEASURE: 10}


def fields_of(kind: Kind) -> tuple[Field, ...]:
    """The columns of an export: all fields but the one that only repeats others."""
    return tuple(f for f in kind.fields if f.shape is not Shape.POINT)


def write_table(kind: Kind, rows: Iterable[Row], form: str) -> bytes:
    """The rows as `xlsx` or `csv` (UTF-8 with BOM, so that spreadsheets read it).

    Raises:
        Refused: another form, or a text longer than a cell can be.
    """
    fields = fields_of(kind)
    lines = [[_checked(f, shown(f, row.get(f.name))) for f in fields] for row in rows]
    if form == "xlsx":
        return _workbook(kind, fields, lines)
    if form != "csv":
        raise Refused("{form} is not written. Choose xlsx or csv.", field="file", form=form)
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL)
    writer.writerow([f.heading for f in fields])
    writer.writerows([[_marked(cell) for cell in line] for line in lines])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def form_of(file: PurePath) -> str:
    """`xlsx` or `csv` by the file's ending."""
    return file.suffix.lower().lstrip(".")


def _checked(field: Field, cell: str | float | int) -> str | float | int:
    if not isinstance(cell, str):
        return cell
    if len(cell) > LONGEST_CELL:
        raise Refused("{field}: {n} characters do not fit into a cell.", field=field.heading,
                      n=len(cell))
    return CONTROL.sub("", cell)


def _marked(cell: str | float | int) -> str | float | int:
    return f"'{cell}" if isinstance(cell, str) and DANGEROUS.match(cell) else cell


def write_template(kind: Kind) -> bytes:
    """A blank xlsx to hand out: headings, needed ones marked, drop-down cells, whole columns as
    text so that phones and codes keep their digits."""
    return _workbook(kind, fields_of(kind), [])


def _workbook(kind: Kind, fields: Sequence[Field],
              lines: Sequence[Sequence[str | float | int]]) -> bytes:
    out = io.BytesIO()
    book = new_workbook(out)
    sheet = book.add_worksheet(t(kind.label))
    head = book.add_format({"bold": True, "bg_color": "#E3F0EF", "border": 1, "num_format": "@"})
    text = book.add_format({"num_format": "@"})
    for place, field in enumerate(fields):
        mark = " *" if field.required else ""
        sheet.write_string(0, place, field.heading + mark, head)
        sheet.set_column(place, place, WIDTHS.get(field.shape, 22), None if field.shape in (
            Shape.COUNT, Shape.NUMBER, Shape.LON, Shape.LAT) else text)
        _drop_down(sheet, place, field, max(len(lines), TEMPLATE_ROWS))
    for row, line in enumerate(lines, 1):
        for place, cell in enumerate(line):
            if isinstance(cell, str):
                if cell:
                    sheet.write_string(row, place, cell)
            else:
                sheet.write_number(row, place, cell)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _drop_down(sheet: Any, place: int, field: Field, rows: int) -> None:
    """A list to choose from; an open list only proposes."""
    names = [t("yes"), t("no")] if field.shape is Shape.YES else [t(c.label)
                                                                 for c in field.choices]
    if names:
        sheet.data_validation(1, place, rows, place, {
            "validate": "list", "source": names,
            "error_type": "warning" if field.open_list else "stop"})
