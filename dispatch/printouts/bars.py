"""Bars 柱图 on paper: upright over months and hours, lying for names; grey on any printer."""

from __future__ import annotations

from dispatch.printouts.page import BAR_FILL, BLACK, Band, Box, Line, Mark, Piece
from dispatch.printouts.sheet import Align, Bars
from dispatch.printouts.typeset import Typesetter, put

HIGH, FOOT, HEAD = 84.0, 14.0, 12.0
ROW, TEXT, LEAST = 15.0, 8.0, 22.0
WIDEST = 34.0


def bars_band(setter: Typesetter, block: Bars, width: float, gap: float) -> Band:
    """The chart as pieces that stay together when it is upright."""
    if not block.bars:
        return Band([], gap=gap)
    if block.upright:
        return Band([_upright(setter, block, width)], keep=True, gap=gap)
    return Band(_lying(setter, block, width), gap=gap)


def _upright(setter: Typesetter, block: Bars, width: float) -> Piece:
    most = max(n for _, n in block.bars) or 1
    step = width / len(block.bars)
    wide, bottom = min(step * 0.7, WIDEST), HEAD + HIGH
    marks: list[Mark] = [Line(0, bottom, width, bottom, 0.9, BLACK)]
    shown = _spaced(len(block.bars), step)
    for at, (name, n) in enumerate(block.bars):
        middle, high = (at + 0.5) * step, HIGH * n / most
        if n:
            marks.append(Box(middle - wide / 2, bottom - high, wide, high, 0.6, BAR_FILL))
        if n and (step >= LEAST * 0.7 or n == most):
            marks += _centred(setter, f"{n:g}", middle, bottom - high - 5)
        if at in shown:
            marks += _centred(setter, name, middle, bottom + 8)
    return Piece(HEAD + HIGH + FOOT, marks)


def _spaced(count: int, step: float) -> set[int]:
    """The bars that carry their name, so that no two names touch."""
    every = max(1, -(-int(LEAST * 2) // max(1, int(step)))) if step < LEAST else 1
    return set(range(0, count, every))


def _centred(setter: Typesetter, words: str, middle: float, y: float) -> list[Mark]:
    line = setter.lines(words, 90, TEXT)[0]
    return put(line, middle - line.width / 2, y, TEXT)


def _lying(setter: Typesetter, block: Bars, width: float) -> list[Piece]:
    most = max(n for _, n in block.bars) or 1
    label = min(setter.fit({name for name, _ in block.bars}, TEXT) + 8, width * 0.34)
    room, pieces = width - label - 40, []
    for name, n in block.bars:
        line = setter.lines(name, label - 6, TEXT)[0]
        marks: list[Mark] = [*put(line, 0, ROW / 2, TEXT),
                             Line(label, 0, label, ROW, 0.9, BLACK)]
        if n:
            marks.append(Box(label, 3, room * n / most, ROW - 6, 0.6, BAR_FILL))
        marks += put(setter.lines(f"{n:g}", 40, TEXT)[0], label + room * n / most + 4, ROW / 2,
                     TEXT, 40, Align.LEFT)
        pieces.append(Piece(ROW, marks))
    return pieces

