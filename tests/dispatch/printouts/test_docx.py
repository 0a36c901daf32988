"""A sheet becomes a docx that an office program can open and edit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from db.errors import Cancelled
from dispatch.printouts.after_action import after_action_sheet
from dispatch.printouts.docx import docx_bytes, write_docx
from dispatch.printouts.handover import blank_handover, handover_sheet
from dispatch.printouts.sheet import (
    Align,
    Chip,
    Column,
    Prose,
    Row,
    Run,
    Section,
    Sheet,
    Table,
)
from dispatch.printouts.widths import plain
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


def a_table(*rows: Row) -> Sheet:
    columns = (Column("序号", 10, Align.RIGHT), Column("内容", 60, bold=True), Column("人", 30))
    return Sheet("题", "单位", "1", samples.at(14, 8), (
        Section("节", (Table(columns, rows, blank=1),)),))


def test_rows_are_as_they_were_written_merged_bold_struck_and_broken() -> None:
    made = opened(a_table(
        Row(("1", "第一行\n第二行\t<a & b>", "王敏")), Row(("跨两列", None, "李")),
        Row(("3", (Run("作废", struck=True), Run("补录", chip=Chip.TAG)), ""), bold=True)))
    grid = made.tables[0]
    assert len(grid.rows) == 5
    assert [c.text for c in grid.rows[1].cells] == ["1", "第一行\n第二行\t<a & b>", "王敏"]
    merged = grid.rows[2].cells
    assert merged[0]._tc is merged[1]._tc
    assert [c.text for c in merged] == ["跨两列", "跨两列", "李"]
    runs = grid.rows[3].cells[1].paragraphs[0].runs
    assert [(r.text, r.bold, bool(r.font.strike)) for r in runs] == [
        ("作废", True, True), ("[补录]", True, False)]
    assert grid.rows[1].cells[0].paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert grid.rows[1].cells[1].paragraphs[0].runs[0].bold
    assert not grid.rows[1].cells[2].paragraphs[0].runs[0].bold
    assert grid.rows[1].cells[1].width is not None
    assert abs(grid.rows[1].cells[1].width - grid.columns[1].width) < 1000


def test_a_long_list_is_written_in_steps_and_can_be_stopped() -> None:
    long, parts = a_table(*(Row((str(n), "到达现场", "王敏")) for n in range(2000))), list[float]()
    assert len(docx.Document(BytesIO(docx_bytes(long, parts.append))).tables[0].rows) == 2002
    assert parts == sorted(parts)
    assert len(parts) >= 10

    def stop(part: float) -> None:
        if part > 0.3:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        docx_bytes(long, stop)
