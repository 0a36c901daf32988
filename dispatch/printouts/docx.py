"""Editable papers 可编辑文稿: a sheet as docx for WPS and Word. The only module that knows docx."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table as Grid
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph

from db.files import write_whole
from db.words import t
from dispatch.printouts.against import against_table
from dispatch.printouts.docx_rows import add_rows, runs_of
from dispatch.printouts.phrases import DASH, short_time, within_a_day
from dispatch.printouts.pictures import box_size
from dispatch.printouts.sheet import (
    Against,
    Align,
    Bars,
    Block,
    Checklist,
    Column,
    Facts,
    Lanes,
    Photos,
    Picture,
    Prose,
    Row,
    Run,
    Section,
    Sheet,
    Signatures,
    Table,
    Words,
)

LATIN, SONG, HEI = "Times New Roman", "宋体", "黑体"
"""Fonts that every Chinese office machine has; the paper is edited there, not here."""
SIDES = {Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT, Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
         Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT}
SHADE = "EDEDED"
PHOTO_ROOM = 225.0
"""Points of width that a photo has in its cell."""
Told = Callable[[int], None]
"""Hears how many rows were written."""
FIT_SHARE = 9.0
"""The width of a fitted column beside the shares of the others; office programs fit it anew."""


def write_docx(sheet: Sheet, path: Path) -> None:
    """Write a sheet as a docx that can be edited; a drill's carries its word in the head.

    Raises:
        OSError: the file cannot be written; what stood there before stays.
    """
    write_whole(path, docx_bytes(sheet))


def docx_bytes(sheet: Sheet, progress: Callable[[float], None] = lambda _part: None) -> bytes:
    """The sheet as the bytes of a docx on A4; `progress` may stop it between its rows."""
    paper = docx.Document()
    _prepare(paper, sheet)
    _title(paper, sheet)
    written = _Count(sum(len(b.rows) for s in sheet.sections for b in s.blocks
                        if isinstance(b, Table)), progress)
    for section in sheet.sections:
        _section(paper, section, written)
    held = BytesIO()
    paper.save(held)
    return held.getvalue()


class _Count:
    """Tells a progress which part of all rows is written."""

    def __init__(self, of: int, progress: Callable[[float], None]) -> None:
        self.of, self.done, self.progress = max(of, 1), 0, progress

    def __call__(self, rows: int) -> None:
        self.done += rows
        self.progress(min(1.0, self.done / self.of))


def _prepare(paper: Document, sheet: Sheet) -> None:
    page, edge = paper.sections[0], sheet.margins
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(edge.left), Mm(edge.right)
    page.top_margin, page.bottom_margin = Mm(edge.top + 6), Mm(edge.bottom)
    normal = paper.styles["Normal"]
    if isinstance(normal, ParagraphStyle):
        normal.font.name, normal.font.size = LATIN, Pt(10.5)
        normal.paragraph_format.space_after = Pt(0)
        normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), SONG)
    about, made = paper.core_properties, sheet.made_at.astimezone(UTC).replace(tzinfo=None)
    about.title, about.author = f"{sheet.title} {sheet.number}".strip(), sheet.org
    about.created = about.modified = made
    about.comments = ""
    _foot(page.footer.paragraphs[0], sheet)
    if sheet.watermark:
        _words(page.header.paragraphs[0], Run(sheet.watermark, bold=True), 16, Align.CENTRE)


def _foot(line: Paragraph, sheet: Sheet) -> None:
    code = t("paper|Verification code {code}", code=sheet.code) if sheet.code else ""
    parts = (sheet.org, sheet.number, code)
    _words(line, "   ".join(p for p in parts if p), 8, Align.CENTRE)


def _title(paper: Document, sheet: Sheet) -> None:
    _words(paper.add_paragraph(), Run(sheet.title, bold=True), 20, Align.CENTRE, face=HEI)
    if sheet.subtitle:
        _words(paper.add_paragraph(), Run(sheet.subtitle, bold=True), 11, Align.CENTRE)
        return
    number = t("paper|No. {number}", number=sheet.number) if sheet.number else ""
    _words(paper.add_paragraph(), "   ".join(p for p in (sheet.org, number) if p), 9.5)


def _section(paper: Document, section: Section, told: Told) -> None:
    if section.heading:
        line = paper.add_paragraph()
        line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(8), Pt(3)
        line.paragraph_format.keep_with_next = True
        _words(line, Run(section.heading, bold=True), 11, face=HEI)
        if section.aside:
            _words(line, "   " + section.aside, 8.5)
    for block in section.blocks:
        _block(paper, block, told)


def _block(paper: Document, block: Block, told: Told) -> None:
    match block:
        case Prose():
            _prose(paper, block)
        case Facts():
            _facts(paper, block)
        case Table():
            _table(paper, block, told)
        case Checklist():
            marks = (f"{'☑' if c.ok else '☐'} {c.name} {c.note}".rstrip() for c in block.checks)
            _words(paper.add_paragraph(), "    ".join(marks), 9.5)
        case Signatures():
            _signatures(paper, block)
        case Lanes():
            _lanes(paper, block)
        case Bars():
            _table(paper, Table((Column("", 60), Column("", 20, Align.RIGHT)), tuple(
                Row((name, f"{n:g}")) for name, n in block.bars)))
        case Against():
            _table(paper, against_table(block))
        case Picture() | Photos():
            _pictures(paper, block)


def _prose(paper: Document, prose: Prose) -> None:
    line = paper.add_paragraph()
    form = line.paragraph_format
    form.line_spacing, form.space_before = Pt(prose.leading), Pt(prose.before)
    form.first_line_indent = Pt(prose.size * prose.indent)
    _words(line, prose.words, prose.size, prose.align)


def _facts(paper: Document, facts: Facts) -> None:
    """A grid for each run of rows that divide the width alike."""
    start = 0
    for at in range(1, len(facts.rows) + 1):
        shares = [f.share for f in facts.rows[start]]
        if at < len(facts.rows) and [f.share for f in facts.rows[at]] == shares:
            continue
        grid = _grid(paper, at - start, shares)
        for cells, fields in zip(grid.rows, facts.rows[start:at], strict=True):
            for cell, field in zip(cells.cells, fields, strict=True):
                _words(cell.paragraphs[0], field.words, 9)
                if field.label:
                    _shade(cell)
        start = at


def _table(paper: Document, table: Table, told: Told = lambda _rows: None) -> None:
    shares = [FIT_SHARE if c.fit else c.share for c in table.columns]
    grid = _grid(paper, 1, shares)
    head = grid.rows[0]
    for cell, column in zip(head.cells, table.columns, strict=True):
        _words(cell.paragraphs[0], Run(column.title, bold=True), 8.5, column.align)
        _shade(cell)
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    blank = Row(("",) * len(table.columns))
    add_rows(grid, (*table.rows, *[blank] * table.blank), table.columns, told)


def _signatures(paper: Document, block: Signatures) -> None:
    rows = max((len(side.rows) for side in block.sides), default=0)
    grid = _grid(paper, rows + 1, [1.0] * max(1, len(block.sides)))
    for at, side in enumerate(block.sides):
        _words(grid.cell(0, at).paragraphs[0], Run(side.title, bold=True), 9)
        _shade(grid.cell(0, at))
        for down, who in enumerate(side.rows, 1):
            words = f"{who.post}  {who.name}  {t('paper|Signature')} ____________  {who.at}"
            _words(grid.cell(down, at).paragraphs[0], words, 9)
    for words in (block.note, *block.chain):
        if words:
            _words(paper.add_paragraph(), words, 8.5)


def _lanes(paper: Document, block: Lanes) -> None:
    """The chart in words: its key moments, then when each force was where."""
    times = [m.at for m in block.moments]
    times += [at for lane in block.lanes for at in (lane.ordered, lane.arrived) if at]
    one_day = within_a_day(times, block.zone)

    def shown(at: datetime | None) -> str:
        return short_time(at, block.zone, one_day=one_day) or DASH

    moments = "   ".join(f"{shown(m.at)} {m.label}" for m in block.moments)
    if moments:
        _words(paper.add_paragraph(), moments, 9)
    if not block.lanes:
        return
    centre = Align.CENTRE
    columns = (Column(t("paper|Force"), 30, bold=True), Column(t("paper|Order"), 14, centre),
               Column(t("paper|Left"), 14, centre), Column(t("paper|Arr."), 14, centre),
               Column(t("paper|Back"), 14, centre), Column(t("paper|Prom."), 14, centre))
    _table(paper, Table(columns, tuple(
        Row((lane.name, *map(shown, (lane.ordered, lane.left, lane.arrived, lane.ended,
                                     lane.promised)))) for lane in block.lanes)))


def _pictures(paper: Document, block: Picture | Photos) -> None:
    if isinstance(block, Photos):
        _photos(paper, block)
    else:
        _picture(paper, block)


def _picture(paper: Document, picture: Picture) -> None:
    page = paper.sections[0]
    room = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    paper.add_picture(BytesIO(picture.data), width=room)
    if picture.caption:
        _words(paper.add_paragraph(), picture.caption, 8.5, Align.CENTRE)


def _photos(paper: Document, block: Photos) -> None:
    """Two by two in a grid, each above its caption."""
    grid = _grid(paper, -(-len(block.photos) // 2), [1.0, 1.0])
    places = [cell for row in grid.rows for cell in row.cells]
    for cell, photo in zip(places, block.photos, strict=False):
        wide, high = box_size(photo, PHOTO_ROOM)
        line = cell.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.add_run().add_picture(BytesIO(photo.data), Pt(wide), Pt(high))
        _words(cell.add_paragraph(), photo.caption, 8.5, Align.CENTRE)


# the small things

def _grid(paper: Document, rows: int, shares: Sequence[float]) -> Grid:
    """An empty table over the whole width, its columns by their shares."""
    grid: Grid = paper.add_table(rows, len(shares))
    grid.style, grid.alignment, grid.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, True
    page = paper.sections[0]
    room = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    widths = [int(room * share / sum(shares)) for share in shares]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    return grid


def _words(line: Paragraph, words: Words | Run, size: float, align: Align = Align.LEFT, *,
           bold: bool = False, face: str = "") -> None:
    """Add styled words to a paragraph; a tag stands in brackets."""
    line.alignment = SIDES[align]
    for run in runs_of(words):
        part = line.add_run(run.text)
        part.font.size, part.bold, part.font.strike = Pt(size), bold or run.bold, run.struck
        if face:
            part._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _shade(cell: Cell) -> None:
    fill = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
        fill.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(fill)
