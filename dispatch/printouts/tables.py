"""Tables 表格: columns, rows and grids of facts as pieces that can stand on several pages."""

from __future__ import annotations

from dispatch.printouts.page import (
    BLACK,
    BOX_LINE,
    HEAD_FILL,
    Band,
    Box,
    Line,
    Mark,
    Mesh,
    Path,
    Piece,
)
from dispatch.printouts.sheet import Align, Check, Checklist, Column, Facts, Row, Run, Table, Words
from dispatch.printouts.typeset import Set, Typesetter, put
from dispatch.printouts.widths import CELL, HEAD, PAD, column_widths, head_lines, label_widths

CELL_LEADING, HEAD_LEADING = 13.0, 12.0
MOST_LINES = 45
"""A cell longer than this is carried on in a further row, so that a row always fits a page."""


def table_band(setter: Typesetter, table: Table, width: float, gap: float) -> Band:
    """A table as one piece for each row."""
    widths = column_widths(setter, table, width)
    pieces: list[Piece] = []
    for row in table.rows:
        pieces.extend(_row(setter, table, row, widths))
    empty = Row(("",) * len(widths))
    for _ in range(table.blank):
        pieces.extend(_row(setter, table, empty, widths, table.blank_height))
    return Band(pieces, _head(setter, table.columns, widths), closed=True, gap=gap)


def _head(setter: Typesetter, columns: tuple[Column, ...], widths: list[float]) -> Piece:
    lines = [head_lines(setter, c, w - 2 * PAD + 0.5)
             for c, w in zip(columns, widths, strict=True)]
    height = max(17.0, max(map(len, lines)) * HEAD_LEADING + 5)
    total = sum(widths)
    marks: list[Mark] = [Box(0, 0, total, height, 0.0, HEAD_FILL)]
    x = 0.0
    for column, width, cell in zip(columns, widths, lines, strict=True):
        marks += _cell(cell, x, width, height, HEAD, HEAD_LEADING, column.align)
        x += width
    inner, heavy = _rules(columns, widths, (True,) * len(widths))
    marks.append(Mesh(inner, heavy, total, height, ruled=False))
    marks.append(Line(0, 0, total, 0, BOX_LINE, BLACK))
    marks.append(Line(0, height, total, height, BOX_LINE, BLACK))
    return Piece(height, marks)


def _rules(
    columns: tuple[Column, ...], widths: list[float], begins: tuple[bool, ...]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    inner: list[float] = []
    heavy: list[float] = []
    x = 0.0
    for at, (column, width) in enumerate(zip(columns, widths, strict=True)):
        if at and begins[at]:
            (heavy if column.heavy else inner).append(x)
        x += width
    return tuple(inner), tuple(heavy)


def _row(
    setter: Typesetter, table: Table, row: Row, widths: list[float], least: float = 0.0
) -> list[Piece]:
    begins = tuple(cell is not None for cell in row.cells)
    cells: list[tuple[float, float, Align, list[Set]]] = []
    x = 0.0
    for at, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
        if cell is not None:
            room = widths[at]
            after = at + 1
            while after < len(begins) and not begins[after]:
                room += widths[after]
                after += 1
            lines = setter.lines(cell, room - 2 * PAD + 0.5, CELL, bold=row.bold or column.bold)
            cells.append((x, room, column.align, lines))
        x += widths[at]
    inner, heavy = _rules(table.columns, widths, begins)
    count = max(len(lines) for *_, lines in cells)
    usual = 16.0 if table.dense else 17.5
    one_line = max(least, table.row_height or usual)
    pieces = []
    for first in range(0, count, MOST_LINES):
        shown = min(count - first, MOST_LINES)
        height = one_line if shown == 1 else max(
            one_line, shown * CELL_LEADING + (3.0 if table.dense else 4.6))
        marks: list[Mark] = [Box(0, 0.4, x, height - 0.4, 0.0, HEAD_FILL)] if row.shaded else []
        for left, room, align, lines in cells:
            part = lines[first : first + MOST_LINES]
            marks += _cell(part, left, room, height, CELL, CELL_LEADING, align)
        last = first + MOST_LINES >= count
        marks.append(Mesh(inner, heavy, x, height, ruled=last))
        pieces.append(Piece(height, marks))
    return pieces


def _cell(
    lines: list[Set],
    x: float,
    width: float,
    height: float,
    size: float,
    leading: float,
    align: Align,
) -> list[Mark]:
    if len(lines) == 1 and not lines[0].width:
        return []
    middle = (height - len(lines) * leading) / 2 + leading / 2
    marks: list[Mark] = []
    for line in lines:
        marks += put(line, x + PAD, middle, size, width - 2 * PAD, align)
        middle += leading
    return marks


def facts_band(setter: Typesetter, facts: Facts, width: float, gap: float) -> Band:
    """A grid of labels and values; each row has columns of its own."""
    pieces = []
    for at, (row, widths) in enumerate(zip(
            facts.rows, label_widths(setter, facts, width), strict=True)):
        least = facts.heights[at] if at < len(facts.heights) else 0.0
        lines = [
            setter.lines(f.words, w - 2 * PAD + 0.5, CELL) for f, w in zip(row, widths, strict=True)
        ]
        height = max(17.5, least, max(map(len, lines)) * CELL_LEADING + 4.6)
        marks: list[Mark] = []
        x, inner = 0.0, []
        for f, w, cell in zip(row, widths, lines, strict=True):
            if f.label:
                marks.append(Box(x, 0, w, height, 0.0, HEAD_FILL))
            marks += _cell(cell, x, w, height, CELL, CELL_LEADING, Align.LEFT)
            inner.append(x)
            x += w
        marks.append(Mesh(tuple(inner[1:]), (), width, height))
        if not at:
            marks.append(Line(0, 0, width, 0, BOX_LINE, BLACK))
        pieces.append(Piece(height, marks))
    return Band(pieces, closed=True, gap=gap)


def checklist_band(setter: Typesetter, checklist: Checklist, width: float, gap: float) -> Band:
    """Boxes drawn rather than typed: the font has no ☐."""
    pieces = []
    room = width / checklist.columns
    for at in range(0, len(checklist.checks), checklist.columns):
        group = checklist.checks[at : at + checklist.columns]
        lines = [setter.lines(_check_words(c), room - 26, CELL) for c in group]
        height = max(17.5, max(map(len, lines)) * CELL_LEADING + 4.6)
        marks: list[Mark] = []
        for place, (check, cell) in enumerate(zip(group, lines, strict=True)):
            marks += _ticked(place * room + 5, height / 2, ticked=check.ok)
            marks += _cell(
                cell, place * room + 17, room - 18, height, CELL, CELL_LEADING, Align.LEFT
            )
        inner = tuple(room * n for n in range(1, checklist.columns))
        marks.append(Mesh(inner, (), width, height))
        if not at:
            marks.append(Line(0, 0, width, 0, BOX_LINE, BLACK))
        pieces.append(Piece(height, marks))
    return Band(pieces, closed=True, keep=True, gap=gap)


def _check_words(check: Check) -> Words:
    return (Run(check.name), Run(" " + check.note, bold=True)) if check.note else check.name


def _ticked(x: float, middle: float, *, ticked: bool) -> list[Mark]:
    marks: list[Mark] = [Box(x, middle - 4, 8, 8, 0.7)]
    if ticked:
        points = ((x + 1.6, middle + 0.2), (x + 3.3, middle + 2.1), (x + 6.5, middle - 2.2))
        marks.append(Path(points, 1.2))
    return marks
