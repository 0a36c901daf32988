"""Planned against actual 计划与实际 on paper: a row for each inject, action and timing point."""

from __future__ import annotations

from collections.abc import Iterator

from db.words import t
from dispatch.printouts.page import (
    BAR_FILL,
    BLACK,
    WHITE,
    Band,
    Box,
    Disc,
    Line,
    Mark,
    Path,
    Piece,
)
from dispatch.printouts.phrases import DASH
from dispatch.printouts.sheet import Against, AgainstRow, Align, Column, Row, Table
from dispatch.printouts.typeset import Typesetter, put

ROW, HEAD, FOOT, BAR, DOT, TEXT = 14.0, 17.0, 20.0, 6.0, 3.4, 8.0
LABEL, NOTE = 0.33, 62.0
STEPS = (60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800)
"""Seconds between two marks of the axis."""
TICK_ROOM = 40.0


def against_band(setter: Typesetter, block: Against, width: float, gap: float) -> Band:
    """A piece for each row under an axis that is repeated on each page, the legend below."""
    axis = _Axis(max(block.end, 60.0), width * LABEL, width - NOTE)
    pieces = [Piece(ROW, _row(setter, axis, row, block.breaks, width)) for row in block.rows]
    pieces.append(Piece(FOOT, _legend(setter, broken=bool(block.breaks))))
    return Band(pieces, Piece(HEAD, _head(setter, axis, width)), gap=gap)


class _Axis:
    """Seconds of T+ to points."""

    def __init__(self, end: float, left: float, right: float) -> None:
        self.end, self.left, self.right = end, left, right
        most = (right - left) / TICK_ROOM
        self.step = next((s for s in STEPS if end / s <= most), STEPS[-1])

    def x(self, at: float) -> float:
        return self.left + (self.right - self.left) * min(max(at, 0.0), self.end) / self.end

    def ticks(self) -> Iterator[tuple[float, str]]:
        at = 0
        while at <= self.end:
            yield self.x(at), f"{at // 3600:02d}:{at // 60 % 60:02d}"
            at += self.step


def _head(setter: Typesetter, axis: _Axis, width: float) -> list[Mark]:
    marks: list[Mark] = list(put(setter.lines("T+", 40, TEXT, bold=True)[0], 0, 7, TEXT))
    for x, words in axis.ticks():
        marks += put(setter.lines(words, 60, TEXT)[0], x - 20, 7, TEXT, 40, Align.CENTRE)
    marks.append(Line(0, HEAD - 2, width, HEAD - 2, 0.9, BLACK))
    return marks


def _row(setter: Typesetter, axis: _Axis, row: AgainstRow, breaks: tuple[float, ...],
         width: float) -> list[Mark]:
    middle = ROW / 2
    marks: list[Mark] = [Line(x, -2, x, ROW) for x, _ in axis.ticks()]
    marks.append(Line(0, ROW, width, ROW))
    marks += [Line(axis.x(at) + shift, -2, axis.x(at) + shift, ROW, 0.7, BLACK)
              for at in breaks for shift in (-1.2, 1.2)]
    indent = 0.0 if row.head else 10.0
    room = axis.left - indent - 6
    marks += put(setter.lines(_short(setter, row.label, room, bold=row.head), room, TEXT,
                              bold=row.head)[0], indent, middle, TEXT)
    marks += _bar(axis, row, middle) if row.since is not None else _dots(axis, row, middle)
    note = setter.lines(row.note, NOTE, TEXT, bold=row.note.startswith("!"))[0]
    marks += put(note, width - NOTE, middle, TEXT, NOTE, Align.RIGHT)
    return marks


def _short(setter: Typesetter, words: str, room: float, *, bold: bool) -> str:
    """The words, cut so that they stay on one line."""
    if setter.width(words, TEXT, bold=bold) <= room:
        return words
    while words and setter.width(words + "…", TEXT, bold=bold) > room:
        words = words[:-1]
    return words + "…"


def _dots(axis: _Axis, row: AgainstRow, middle: float) -> list[Mark]:
    marks: list[Mark] = []
    if row.planned is not None and row.actual is not None:
        marks.append(Line(axis.x(row.planned), middle, axis.x(row.actual), middle, 0.9, BLACK))
    if row.planned is not None:
        marks.append(Disc(axis.x(row.planned), middle, DOT))
    if row.actual is not None:
        marks.append(_diamond(axis.x(row.actual), middle))
    return marks


def _diamond(x: float, y: float) -> Path:
    return Path(((x - DOT, y), (x, y - DOT), (x + DOT, y), (x, y + DOT)), filled=True)


def _bar(axis: _Axis, row: AgainstRow, middle: float) -> list[Mark]:
    """White to the limit, grey until it was done, black beyond the limit."""
    since = row.since or 0.0
    x0, top = axis.x(since), middle - BAR / 2
    marks: list[Mark] = []
    if row.limit is not None:
        marks.append(Box(x0, top, max(0.6, axis.x(row.limit) - x0), BAR, 0.7, WHITE))
    if row.actual is not None:
        done = axis.x(row.actual if row.limit is None else min(row.actual, row.limit))
        marks.append(Box(x0, top, max(0.6, done - x0), BAR, 0.7, BAR_FILL))
        if row.limit is not None and row.actual > row.limit:
            late = axis.x(row.limit)
            marks.append(Box(late, top, max(0.6, axis.x(row.actual) - late), BAR, 0.7, BLACK))
    return marks


def _legend(setter: Typesetter, *, broken: bool) -> list[Mark]:
    y, x = FOOT / 2 + 2, 0.0
    marks: list[Mark] = []
    kinds = [("circle", t("paper|planned")), ("dot", t("paper|actual")),
             ("white", t("paper|time allowed")), ("grey", t("paper|time taken")),
             ("black", t("paper|beyond the standard"))]
    if broken:
        kinds.append(("break", t("paper|pause or downtime")))
    for kind, words in kinds:
        marks += _swatch(kind, x + 6, y)
        line = setter.lines(words, 160, TEXT)[0]
        marks += put(line, x + 20, y, TEXT)
        x += line.width + 36
    return marks


def _swatch(kind: str, x: float, y: float) -> list[Mark]:
    if kind == "circle":
        return [Disc(x, y, DOT)]
    if kind == "dot":
        return [_diamond(x, y)]
    if kind == "break":
        return [Line(x - 1.2, y - 5, x - 1.2, y + 5, 0.7, BLACK),
                Line(x + 1.2, y - 5, x + 1.2, y + 5, 0.7, BLACK)]
    fill = {"white": WHITE, "grey": BAR_FILL, "black": BLACK}[kind]
    return [Box(x - 6, y - BAR / 2, 16, BAR, 0.7, fill)]


def against_table(block: Against) -> Table:
    """The chart as a table, where nothing can be drawn."""
    columns = (Column(t("paper|Step"), 46), Column(t("paper|Planned T+"), 14, Align.CENTRE),
               Column(t("paper|Actual T+"), 14, Align.CENTRE),
               Column(t("paper|Allowed until"), 14, Align.CENTRE), Column(t("paper|Note"), 16))
    return Table(columns, tuple(Row((row.label, _clock(row.planned), _clock(row.actual),
                                     _clock(row.limit), row.note), bold=row.head)
                                for row in block.rows))


def _clock(seconds: float | None) -> str:
    if seconds is None:
        return DASH
    total = round(seconds)
    return f"{total // 3600:02d}:{total // 60 % 60:02d}:{total % 60:02d}"
