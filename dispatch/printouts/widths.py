"""Widths 列宽: how much room each column gets, so that no number and no word is torn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dispatch.printouts.sheet import Align, Column, Facts, Row, Table, Words
from dispatch.printouts.typeset import Set, Typesetter
from dispatch.printouts.wrap import WIDE

CELL, HEAD, PAD = 9.0, 8.5, 4.0
"""Points: sizes of cells and heads, and what is left free at each side."""
LONGEST = 0.25
"""A word wider than this part of the table is broken all the same."""
_WORD = re.compile(rf"[^\s{WIDE}（《「『【〔〖“‘]{{3,}}")


def plain(words: Words | None) -> str:
    """The text of words without their style."""
    if words is None:
        return ""
    return words if isinstance(words, str) else "".join(run.text for run in words)


def column_widths(setter: Typesetter, table: Table, width: float) -> list[float]:
    """Points for each column: the fitted ones take what they need, the rest share; where that
    would tear a word, the others give way."""
    widths = [_fitted(setter, table, at) if c.fit else 0.0 for at, c in enumerate(table.columns)]
    shares = sum(c.share for c in table.columns if not c.fit)
    rest = max(width - sum(widths), width * 0.24 if shares else 0.0)
    widths = [
        w if c.fit else rest * c.share / shares for w, c in zip(widths, table.columns, strict=True)
    ]
    scale = width / sum(widths)
    return _at_least([w * scale for w in widths], [
        _whole_words(setter, table, at, width * LONGEST) for at in range(len(widths))])


def label_widths(setter: Typesetter, facts: Facts, width: float) -> list[list[float]]:
    """Points for the cells of each row of facts; rows of equal shares stay in line."""
    alike: dict[tuple[float, ...], list[float]] = {}
    for row in facts.rows:
        least = [_widest(setter, _words(f.words), CELL, bold=False, most=width * LONGEST)
                 if f.label else 0.0 for f in row]
        shares = tuple(f.share for f in row)
        alike[shares] = [max(pair) for pair in zip(
            least, alike.get(shares, [0.0] * len(row)), strict=True)]
    made = {shares: _at_least([s * width / sum(shares) for s in shares], least)
            for shares, least in alike.items()}
    return [made[tuple(f.share for f in row)] for row in facts.rows]


def head_lines(setter: Typesetter, column: Column, room: float) -> list[Set]:
    """The head of a column; one that needs several lines is broken at its spaces or evenly."""
    lines = setter.lines(column.title, room, HEAD, bold=True)
    if len(lines) < 2:
        return lines
    spaced = setter.lines(column.title.replace(" ", "\n"), room, HEAD, bold=True)
    if " " in column.title:
        return spaced if len(spaced) <= len(lines) else lines
    even = sum(line.width for line in lines) / len(lines) + HEAD / 2
    balanced = setter.lines(column.title, min(even, room), HEAD, bold=True)
    return balanced if len(balanced) == len(lines) else lines


def _fitted(setter: Typesetter, table: Table, at: int) -> float:
    column = table.columns[at]
    bold, usual = set[str](), set[str]()
    for row in table.rows:
        if _alone(row, at):
            (bold if _bold(row, column, at) else usual).add(plain(row.cells[at]))
    body = max(setter.fit(bold, CELL, bold=True), setter.fit(usual, CELL))
    head = setter.fit({column.title}, HEAD, bold=True)
    return max(body, head, column.least) + 2 * PAD + 0.5


def _whole_words(setter: Typesetter, table: Table, at: int, most: float) -> float:
    """The least width at which the head and every cell keep their words, and figures at the
    right their units too."""
    column = table.columns[at]
    least = _widest(setter, _words(column.title), HEAD, bold=True, most=most)
    figures = column.align is Align.RIGHT
    for bold in (False, True):
        texts = {plain(r.cells[at]) for r in table.rows
                 if _bold(r, column, at) is bold and _alone(r, at)}
        words = texts if figures else {word for text in texts for word in _words(text)}
        least = max(least, _widest(setter, words, CELL, bold=bold, most=most))
    return least


def _bold(row: Row, column: Column, at: int) -> bool:
    """Whether a cell is set in bold, be it in part."""
    cell = row.cells[at] or ""
    return row.bold or column.bold or (
        not isinstance(cell, str) and any(run.bold for run in cell))


def _alone(row: Row, at: int) -> bool:
    """Whether the cell is not merged with the one at its right."""
    return not (at + 1 < len(row.cells) and row.cells[at + 1] is None)


def _words(words: Words) -> list[str]:
    return _WORD.findall(plain(words))


def _widest(setter: Typesetter, words: Iterable[str], size: float, *, bold: bool,
            most: float) -> float:
    found = (setter.width(word, size, bold=bold) + 2 * PAD for word in words)
    return max((w for w in found if w <= most), default=0.0)


def _at_least(widths: Sequence[float], least: Sequence[float]) -> list[float]:
    """Widen what is too narrow at the cost of the others, each by what it can spare; unchanged
    where all together have too little room."""
    missing = sum(max(0.0, need - w) for w, need in zip(widths, least, strict=True))
    spare = sum(max(0.0, w - need) for w, need in zip(widths, least, strict=True))
    if not missing or spare <= missing:
        return list(widths)
    return [need if w < need else w - (w - need) * missing / spare
            for w, need in zip(widths, least, strict=True)]
