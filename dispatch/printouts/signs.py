"""Signatures 签字: lines to sign on, with the code that ties the paper to the log."""

from __future__ import annotations

from db.words import t
from dispatch.printouts.page import (
    BLACK,
    BOX_LINE,
    HEAD_FILL,
    Band,
    Box,
    Code,
    Line,
    Mark,
    Piece,
)
from dispatch.printouts.sheet import Align, Signatures, SignRow, SignSide
from dispatch.printouts.typeset import Typesetter, put

SIGN_ROW, NOTE_ROW, HEAD_ROW = 32.0, 28.0, 17.5
CODE_SIDE = 66.0
CODE_COLUMN = 98.0
PAD = 4.0


def signatures_band(setter: Typesetter, block: Signatures, width: float, gap: float) -> Band:
    """One piece, never parted: who signs at the left, the code at the right."""
    left = width - CODE_COLUMN
    rows = max((len(side.rows) for side in block.sides), default=0)
    signed = HEAD_ROW + rows * SIGN_ROW + 8
    height = max(signed + NOTE_ROW, CODE_SIDE + 28 + 10 * len(block.chain))
    marks: list[Mark] = []
    share = left / max(1, len(block.sides))
    for at, side in enumerate(block.sides):
        marks += _side(setter, side, at * share, share)
        if at:
            marks.append(Line(at * share, 0, at * share, signed))
    marks.append(Line(0, signed, left, signed))
    for at, line in enumerate(setter.lines(block.note, left - 2 * PAD, 9)[:2]):
        marks += put(line, PAD, signed + NOTE_ROW / 2 + at * 12, 9)
    marks += _code(setter, block, left, height)
    marks.append(Line(left, 0, left, height))
    marks.append(Box(0, 0, width, height, BOX_LINE))
    return Band([Piece(height, marks)], keep=True, gap=gap)


def _side(setter: Typesetter, side: SignSide, x: float, width: float) -> list[Mark]:
    marks: list[Mark] = [Box(x, 0, width, HEAD_ROW, 0.0, HEAD_FILL)]
    marks.append(Line(x, HEAD_ROW, x + width, HEAD_ROW))
    post = min(setter.fit({row.post for row in side.rows}, 8.5), width * 0.32) + 8
    name = min(setter.fit({row.name for row in side.rows}, 10, bold=True), width * 0.36) + 6
    sign_from, sign_to = x + PAD + post + max(name, 28.0), x + width - 48
    middle = HEAD_ROW / 2
    marks += put(setter.lines(side.title, width, 8.5, bold=True)[0], x + PAD, middle, 8.5)
    marks += put(
        setter.lines(t("paper|Signature"), width, 8.5, bold=True)[0],
        sign_from,
        middle,
        8.5,
        sign_to - sign_from,
        Align.CENTRE,
    )
    marks += put(
        setter.lines(t("paper|Signed on"), width, 8.5)[0], x, middle, 8.5, width - PAD, Align.RIGHT
    )
    for at, row in enumerate(side.rows):
        y = HEAD_ROW + at * SIGN_ROW + 22
        marks += _sign_row(setter, row, (x + PAD, post, name, x + width - PAD), y)
        marks.append(Line(sign_from, y + 7, sign_to, y + 7, 0.6, BLACK))
    return marks


def _sign_row(
    setter: Typesetter, row: SignRow, places: tuple[float, float, float, float], y: float
) -> list[Mark]:
    x, post, name, right = places
    marks: list[Mark] = []
    lines = setter.lines(row.post, post - 4, 8.5)[:2]
    for at, line in enumerate(lines):
        marks += put(line, x, y + at * 10 - (len(lines) - 1) * 5, 8.5)
    lines = setter.lines(row.name, name, 10, bold=True)[:2]
    for at, line in enumerate(lines):
        marks += put(line, x + post, y + at * 11 - (len(lines) - 1) * 5.5, 10)
    marks += put(setter.lines(row.at, 60, 8.5)[0], x, y, 8.5, right - x, Align.RIGHT)
    return marks


def _code(setter: Typesetter, block: Signatures, x: float, height: float) -> list[Mark]:
    if not block.payload:
        caption = setter.lines(t("paper|Official stamp"), CODE_COLUMN, 8.5)[0]
        return list(put(caption, x, height - 12, 8.5, CODE_COLUMN, Align.CENTRE))
    top = max(4.0, (height - CODE_SIDE - 18 - 10 * len(block.chain)) / 2)
    marks: list[Mark] = [Code(x + (CODE_COLUMN - CODE_SIDE) / 2, top, CODE_SIDE, block.payload)]
    y = top + CODE_SIDE + 8
    code = setter.lines(block.code, CODE_COLUMN, 9.5, bold=True)[0]
    marks += put(code, x, y, 9.5, CODE_COLUMN, Align.CENTRE)
    for at, text in enumerate(block.chain):
        line = setter.lines(text, CODE_COLUMN - 4, 7)[0]
        marks += put(line, x, y + 12 + 10 * at, 7, CODE_COLUMN, Align.CENTRE)
    return marks
