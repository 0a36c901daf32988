"""Composition 拼版: a sheet becomes pages of marks, with its title, foot and page numbers."""

from __future__ import annotations

from typing import NamedTuple

from db.words import t
from dispatch.printouts.against import against_band
from dispatch.printouts.bars import bars_band
from dispatch.printouts.chart import chart_bands
from dispatch.printouts.official import SMALL, TITLE, TITLE_LEADING
from dispatch.printouts.page import (
    A4_HEIGHT,
    A4_WIDTH,
    BLACK,
    MM,
    Band,
    Ghost,
    Line,
    Mark,
    Page,
    Piece,
    flow,
)
from dispatch.printouts.pictures import picture_bands
from dispatch.printouts.sheet import (
    Against,
    Align,
    Bars,
    Block,
    Checklist,
    Facts,
    Lanes,
    Photos,
    Picture,
    Prose,
    Section,
    Sheet,
    Signatures,
    Table,
)
from dispatch.printouts.signs import signatures_band
from dispatch.printouts.tables import checklist_band, facts_band, table_band
from dispatch.printouts.typeset import Metrics, Set, Typesetter, put

GAP = 5.0
FOOT_LINE = 39.4
"""Points from the lower edge of the paper up to the rule above the foot."""


class Composition(NamedTuple):
    """Pages ready to be drawn, and the characters that the font does not hold."""

    pages: list[Page]
    missing: tuple[str, ...]


def paper_size(sheet: Sheet) -> tuple[float, float]:
    """Width and height of the paper in points."""
    across, down = (A4_HEIGHT, A4_WIDTH * 2) if sheet.large else (A4_WIDTH, A4_HEIGHT)
    return (down, across) if sheet.landscape else (across, down)


def compose(sheet: Sheet, metrics: Metrics) -> Composition:
    """Lay the sheet out on its paper. What could not be printed is named at its end."""
    setter = Typesetter(metrics)
    left, right = sheet.margins.left * MM, sheet.margins.right * MM
    across, down = paper_size(sheet)
    width = across - left - right
    bands = [(_official_heading if sheet.official else _heading)(setter, sheet, width)]
    for section in sheet.sections:
        bands += _section(setter, section, width)
    if setter.missing:
        bands.append(_missing_note(setter, width))
    top = sheet.margins.top * MM
    pages = flow(bands, top, down - sheet.margins.bottom * MM, width)
    for number, page in enumerate(pages, 1):
        page.pieces.append(_page_foot(setter, sheet, width, number, len(pages)))
        if sheet.watermark:
            page.pieces.insert(0, (0.0, [_ghost(setter, sheet, left)]))
    return Composition(pages, tuple(sorted(setter.missing)))


def _heading(setter: Typesetter, sheet: Sheet, width: float) -> Band:
    marks: list[Mark] = []
    y = 0.0
    for line in setter.lines(sheet.title, width, 20, bold=True):
        marks += put(line, 0, y + 12, 20, width, Align.CENTRE)
        y += 24
    if sheet.subtitle:
        for line in setter.lines(sheet.subtitle, width, 11, bold=True):
            marks += put(line, 0, y + 7, 11, width, Align.CENTRE)
            y += 15
        return Band([Piece(y + 6, marks)])
    marks += put(setter.lines(sheet.org, width * 0.6, 9.5)[0], 0, y + 8, 9.5)
    if sheet.number:
        number = setter.lines(t("paper|No. {number}", number=sheet.number), width, 9.5, bold=True)
        marks += put(number[0], 0, y + 8, 9.5, width, Align.RIGHT)
    return Band([Piece(y + 17.5, marks)])


def _official_heading(setter: Typesetter, sheet: Sheet, width: float) -> Band:
    """Number at the left, 签发人 at the right, a rule, then the title (GB/T 9704, 7.2 and 7.3)."""
    marks = put(setter.lines(sheet.number, width, SMALL)[0], 0, 10, SMALL)
    marks += put(setter.lines(sheet.subtitle, width, SMALL)[0], 0, 10, SMALL, width, Align.RIGHT)
    marks.append(Line(0, 26, width, 26, 1.4, BLACK))
    y = 44.0
    for line in _balanced(setter, sheet.title, width):
        marks += put(line, 0, y + TITLE_LEADING / 2, TITLE, width, Align.CENTRE)
        y += TITLE_LEADING
    return Band([Piece(y + 14, marks)])


def _balanced(setter: Typesetter, title: str, width: float) -> list[Set]:
    """The lines of a title about equally long, so that no single character is left over."""
    lines = setter.lines(title, width, TITLE, bold=True)
    for share in (0.6, 0.7, 0.8, 0.9) if len(lines) > 1 else ():
        closer = setter.lines(title, width * share, TITLE, bold=True)
        if len(closer) == len(lines):
            return closer
    return lines


def _page_foot(setter: Typesetter, sheet: Sheet, width: float, page: int, pages: int
               ) -> tuple[float, list[Mark]]:
    """The foot with its place; official papers have `— 1 —`, outside on every page."""
    if not sheet.official:
        return paper_size(sheet)[1] - FOOT_LINE, _foot(setter, sheet, width, page, pages)
    side = Align.RIGHT if page % 2 else Align.LEFT
    count = setter.lines(f"— {page} —", width, SMALL)[0]
    marks = put(count, 0 if page % 2 else SMALL, 0, SMALL, width - (SMALL if page % 2 else 0), side)
    if sheet.code:
        code = t("paper|Verification code {code}", code=sheet.code)
        inner = Align.LEFT if page % 2 else Align.RIGHT
        marks += put(setter.lines(code, width, 8)[0], 0, 0, 8, width, inner)
    return A4_HEIGHT - sheet.margins.bottom * MM + 7 * MM + SMALL / 2, marks


def _section(setter: Typesetter, section: Section, width: float) -> list[Band]:
    bands: list[Band] = []
    if section.heading:
        marks: list[Mark] = []
        aside = setter.lines(section.aside, width * 0.75, 8.5)
        beside = max(line.width for line in aside)
        room = width - beside - (10 if beside else 0)
        lines = setter.lines(section.heading, room, 11, bold=True)
        for at, line in enumerate(lines):
            marks += put(line, 0, 10 + 14 * at, 11)
        for at, line in enumerate(aside):
            marks += put(line, 0, 9 + 11 * at, 8.5, width, Align.RIGHT)
        deep = max(14 * (len(lines) - 1), 11 * (len(aside) - 1))
        bands.append(Band([Piece(20.0 + deep, marks)], glue=True))
    for block in section.blocks:
        bands += _block(setter, block, width)
    if section.keep:
        bands = [band._replace(keep=True, glue=True) for band in bands[:-1]] + [
            band._replace(keep=True) for band in bands[-1:]
        ]
    return bands


def _block(setter: Typesetter, block: Block, width: float) -> list[Band]:
    match block:
        case Prose():
            return [_prose(setter, block, width)]
        case Facts():
            return [facts_band(setter, block, width, GAP)]
        case Table():
            return [table_band(setter, block, width, GAP)]
        case Checklist():
            return [checklist_band(setter, block, width, GAP)]
        case Signatures():
            return [signatures_band(setter, block, width, GAP)]
        case Lanes():
            return chart_bands(setter, block, width, GAP)
        case Bars():
            return [bars_band(setter, block, width, GAP)]
        case Against():
            return [against_band(setter, block, width, GAP)]
        case Picture() | Photos():
            return picture_bands(setter, block, width, GAP)


def _prose(setter: Typesetter, prose: Prose, width: float) -> Band:
    """Running text, one piece for each line, so that it may cross a page."""
    words = prose.words
    if prose.indent and isinstance(words, str):
        words = "\n".join("\u3000" * round(prose.indent) + part for part in words.split("\n"))
    pieces = []
    for at, line in enumerate(setter.lines(words, width, prose.size)):
        before = prose.before if not at else 0.0
        middle = before + prose.leading / 2
        marks = put(line, 0, middle, prose.size, width, prose.align)
        pieces.append(Piece(prose.leading + before, marks))
    return Band(pieces, gap=2.0)


def _missing_note(setter: Typesetter, width: float) -> Band:
    codes = " ".join(f"U+{ord(sign):04X}" for sign in sorted(setter.missing))
    note = t("paper|〓 stands for characters that are not in the font: {codes}", codes=codes)
    return _prose(setter, Prose(note, size=8.5, leading=13, before=3), width)


def _foot(setter: Typesetter, sheet: Sheet, width: float, page: int, pages: int) -> list[Mark]:
    marks: list[Mark] = [Line(0, 0, width, 0, 0.6, BLACK)]
    who = "   ".join(part for part in (sheet.org, sheet.number) if part)
    marks += put(setter.lines(who, width, 8)[0], 0, 9.5, 8)
    count = t("paper|Page {page} of {pages}", page=page, pages=pages)
    marks += put(setter.lines(count, width, 8, bold=True)[0], 0, 9.5, 8, width, Align.CENTRE)
    if sheet.code:
        code = t("paper|Verification code {code}", code=sheet.code)
        marks += put(setter.lines(code, width, 8)[0], 0, 9.5, 8, width, Align.RIGHT)
    return marks


def _ghost(setter: Typesetter, sheet: Sheet, left: float) -> Ghost:
    across, down = paper_size(sheet)
    size = min(140.0, 560 / max(1.0, setter.width(sheet.watermark, 1.0, bold=True)))
    return Ghost(across / 2 - left, down / 2, setter.clean(sheet.watermark), size)
