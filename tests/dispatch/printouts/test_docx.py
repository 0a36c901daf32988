"""A sheet becomes a docx that an office program can open and edit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document

from dispatch.printouts.after_action import after_action_sheet
from dispatch.printouts.docx import docx_bytes, write_docx
from dispatch.printouts.handover import blank_handover, handover_sheet
from dispatch.printouts.sheet import Prose, Run, Section, Sheet, Table
from dispatch.printouts.tables import plain
from tests.dispatch.printouts import samples


def opened(sheet: Sheet) -> Document:
    return docx.Document(BytesIO(docx_bytes(sheet)))


def text_of(paper: Document) -> str:
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in paper.paragraphs] + cells)


@pytest.mark.parametrize("sheet", [
    lambda: after_action_sheet(samples.an_after_action()),
    lambda: handover_sheet(samples.a_handover()), lambda: blank_handover(samples.ORG)])
def test_everything_on_the_sheet_is_in_the_document(sheet: Callable[[], Sheet]) -> None:
    made = sheet()
    said = text_of(opened(made))
    assert made.title in said
    for section in made.sections:
        assert section.heading in said
        for block in section.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    assert all(plain(cell) in said for cell in row.cells if cell is not None
                               and not isinstance(cell, tuple))


def test_the_pages_are_a4_with_the_margins_of_the_sheet_and_its_own_date() -> None:
    made = after_action_sheet(samples.an_after_action())
    paper = opened(made)
    page = paper.sections[0]
    assert page.page_width is not None
    assert page.left_margin is not None
    assert (round(page.page_width.mm), round(page.left_margin.mm)) == (210, 20)
    created = paper.core_properties.created
    assert created is not None
    assert created.replace(tzinfo=UTC) == made.made_at.astimezone(UTC)


def test_a_drill_says_so_in_the_head_of_every_page() -> None:
    paper = opened(after_action_sheet(samples.an_after_action(drill=True)))
    assert "演练" in paper.sections[0].header.paragraphs[0].text


def test_struck_words_stay_struck_and_rubbish_bytes_do_not_spoil_the_file(tmp_path: Path) -> None:
    bad = Run("击穿\x0b\x00\ud800", struck=True)
    made = Sheet("题", "单位", "1", samples.at(14, 8), (Section("节", (Prose((bad,)),)),))
    write_docx(made, tmp_path / "a.docx")
    runs = [r for p in docx.Document(str(tmp_path / "a.docx")).paragraphs for r in p.runs]
    assert [r.text for r in runs if r.font.strike] == ["击穿"]
