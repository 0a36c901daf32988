"""Nothing leaves as a formula: every workbook goes through one door, every csv marks its cells."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dispatch.printouts.sheet import Column, Prose, Row, Section, Sheet, Table
from dispatch.printouts.xlsx import xlsx_bytes
from resources.exchange.lists import list_book
from tests.sources import ROOMS

ROOT = Path(__file__).resolve().parents[3]
DOOR = "resources/exchange/workbooks.py"
MARKED = {"resources/exchange/writing.py", "dispatch/audit_book.py"}
"""The two that write csv, and mark what would run as a formula (tested beside each)."""


def test_there_is_one_door() -> None:
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            name, text = path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
            assert name == DOOR or "xlsxwriter.Workbook(" not in text, name
            assert name in MARKED or "csv.writer(" not in text, name
            assert "write_formula" not in text, name


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://example.org",
                                  "{=A1}", "internal:Sheet1!A1"])
def test_no_text_is_run_by_a_spreadsheet(text: str) -> None:
    shown = Section("表", (Table((Column("名称", 10),), (Row((text,)),)), Prose(text)))
    paper = Sheet("单", "局", "1", datetime(2026, 11, 23, tzinfo=UTC), (shown,))
    for data in (list_book("单", ("名称",), [(text,)]), xlsx_bytes(paper)):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            assert text in book.read("xl/sharedStrings.xml").decode()
            for name in book.namelist():
                if name.startswith("xl/worksheets/"):
                    assert b"<f>" not in book.read(name)
                    assert b"<hyperlink" not in book.read(name)
