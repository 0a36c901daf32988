"""Rows of a table as WordprocessingML 表格行: python-docx alone writes six hundred a second."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table as Grid

from dispatch.printouts.sheet import Align, Chip, Column, Row, Run, Words

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold."""
SIZE = 18
"""Half points of the words of a row."""
JUSTIFIED = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
TWIPS = 635
"""English metric units of a twentieth of a point."""
CHUNK = 200


def add_rows(grid: Grid, rows: Iterable[Row], columns: Sequence[Column],
             told: Callable[[int], None]) -> None:
    """Append the rows to a grid that has its head; `told` hears how many were written."""
    widths = [round((column.width or 0) / TWIPS) for column in grid.columns]
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        made = "".join(_row(row, columns, widths) for row in chunk)
        grid._tbl.extend(list(_parsed(f"<w:tbl {nsdecls('w')}>{made}</w:tbl>")))
        told(len(chunk))


def runs_of(words: Words | Run) -> tuple[Run, ...]:
    """Words as runs; a tag stands in brackets, and nothing that a file cannot hold."""
    runs = (words,) if isinstance(words, Run) else (
        (Run(words),) if isinstance(words, str) else words)
    return tuple(Run(UNPRINTABLE.sub("", f"[{r.text}]" if r.chip is Chip.TAG else r.text),
                     bold=r.bold, struck=r.struck) for r in runs)


def _parsed(xml: str) -> Any:
    return parse_xml(xml)


def _row(row: Row, columns: Sequence[Column], widths: Sequence[int]) -> str:
    return f"<w:tr>{''.join(_cells(row, columns, widths))}</w:tr>"


def _cells(row: Row, columns: Sequence[Column], widths: Sequence[int]) -> Iterator[str]:
    """A cell with None at its right spans that column too."""
    at, count = 0, len(row.cells)
    while at < count:
        span = 1
        while at + span < count and row.cells[at + span] is None:
            span += 1
        column = columns[at]
        wide = sum(widths[at:at + span])
        merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        yield (f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{merged}</w:tcPr><w:p><w:pPr>'
               f'<w:jc w:val="{JUSTIFIED[column.align]}"/></w:pPr>'
               f'{_runs(row.cells[at] or "", bold=column.bold or row.bold)}</w:p></w:tc>')
        at += span


def _runs(words: Words, *, bold: bool) -> str:
    return "".join(
        f"<w:r><w:rPr>{'<w:b/>' if bold or run.bold else ''}"
        f"{'<w:strike/>' if run.struck else ''}<w:sz w:val=\"{SIZE}\"/></w:rPr>"
        f'<w:t xml:space="preserve">{_text(run.text)}</w:t></w:r>' for run in runs_of(words))


def _text(words: str) -> str:
    """Line ends and tabs have elements of their own."""
    safe = escape(words)
    for sign, element in (("\r\n", "<w:br/>"), ("\n", "<w:br/>"), ("\r", "<w:br/>"),
                          ("\t", "<w:tab/>")):
        safe = safe.replace(sign, f'</w:t>{element}<w:t xml:space="preserve">')
    return safe
