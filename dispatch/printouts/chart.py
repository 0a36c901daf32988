"""The timeline chart 时间轴图 on paper: key moments above, one hatched bar for each force."""

from __future__ import annotations

from datetime import timedelta

from db.words import t
from dispatch.printouts.axis import Axis, axis_of
from dispatch.printouts.page import (
    BAR_FILL,
    BLACK,
    WHITE,
    Band,
    Box,
    Disc,
    Hatch,
    Line,
    Mark,
    Path,
    Piece,
    Word,
)
from dispatch.printouts.phrases import tenths
from dispatch.printouts.sheet import Align, Lane, Lanes, Moment
from dispatch.printouts.typeset import CENTRE_DROP, Typesetter, put

LANE, BAR, DISC = 17.0, 8.0, 6.4
AXIS_TOP = 12.0
TEXT = 8.5


def chart_bands(setter: Typesetter, block: Lanes, width: float, gap: float) -> list[Band]:
    """The chart as one piece, and the list of its numbered moments."""
    moments = tuple(sorted(block.moments, key=lambda moment: moment.at))
    names = {lane.name for lane in block.lanes} | {t("paper|Key moments")}
    label = min(setter.fit(names, TEXT, bold=True) + 8, width * 0.28)
    axis = axis_of(block, label, width - 4)
    rows = _disc_rows(axis, moments)
    deep = (max(rows) + 1 if rows else 1) * 15.0
    first = AXIS_TOP + deep + 10
    bottom = first + LANE * len(block.lanes)
    marks = _frame(setter, axis, bottom, width)
    marks += _moments(setter, axis, moments, rows, bottom)
    for at, lane in enumerate(block.lanes):
        marks += _lane(setter, axis, lane, first + at * LANE, width)
    deep_foot = 8.0
    if block.lanes:
        legend = _legend(setter, axis, bottom + 13, width)
        marks += legend
        deep_foot = max(m.y for m in legend if isinstance(m, Word)) - bottom + 8
    chart = Piece(bottom + deep_foot, marks)
    return [
        Band([chart], keep=True, glue=bool(moments)),
        Band(_numbered(setter, moments, block, width), gap=gap),
    ]


def _frame(setter: Typesetter, axis: Axis, bottom: float, width: float) -> list[Mark]:
    marks: list[Mark] = []
    for x, at in axis.ticks():
        text = at.strftime("%m-%d" if at.hour == at.minute == 0 else "%H:%M")
        marks += put(setter.lines(text, 60, 8)[0], x - 20, 4, 8, 40, Align.CENTRE)
        marks.append(Line(x, AXIS_TOP, x, bottom))
    marks.append(Line(axis.left, AXIS_TOP, axis.left, bottom, 0.9, BLACK))
    marks.append(Line(0, bottom, width, bottom, 0.9, BLACK))
    if axis.turn is not None:
        x = axis.turn_x
        for y in (AXIS_TOP + 1, bottom):
            marks.append(Box(x - 2, y - 2, 5, 4, 0.0, WHITE))
            for shift in (-2.5, 1.0):
                marks.append(Line(x + shift, y + 4, x + shift + 3, y - 4, 0.7, BLACK))
    return marks


def _disc_rows(axis: Axis, moments: tuple[Moment, ...]) -> list[int]:
    """In which row each numbered disc stands, so that none covers another."""
    ends: list[float] = []
    rows = []
    for moment in moments:
        x = axis.x(moment.at)
        row = next((n for n, end in enumerate(ends) if x - end >= 2 * DISC + 1), len(ends))
        if row == len(ends):
            ends.append(x)
        ends[row] = x
        rows.append(row)
    return rows


def _moments(
    setter: Typesetter, axis: Axis, moments: tuple[Moment, ...], rows: list[int], bottom: float
) -> list[Mark]:
    middle = AXIS_TOP + 9
    marks: list[Mark] = [Line(axis.left, middle, axis.right, middle, 0.6, BLACK)]
    marks += put(
        setter.lines(t("paper|Key moments"), axis.left, TEXT, bold=True)[0], 0, middle, TEXT
    )
    for moment in moments:
        x = axis.x(moment.at)
        marks.append(Line(x, middle, x, bottom, 0.6, BLACK, (1.2, 1.8)))
    for number, (moment, row) in enumerate(zip(moments, rows, strict=True), 1):
        marks += _disc(setter, axis.x(moment.at), middle + row * 15, number)
    return marks


def _disc(setter: Typesetter, x: float, y: float, number: int) -> list[Mark]:
    size = 7.5 if number < 10 else 6.5
    text = str(number)
    left = x - setter.width(text, size, bold=True) / 2
    return [Disc(x, y, DISC), Word(left, y + CENTRE_DROP * size, text, size, bold=True)]


def _lane(setter: Typesetter, axis: Axis, lane: Lane, top: float, width: float) -> list[Mark]:
    middle, y = top + LANE / 2, top + (LANE - BAR) / 2
    marks: list[Mark] = []
    marks += put(setter.lines(lane.name, axis.left - 4, TEXT)[0], 0, middle, TEXT)
    marks.append(Line(0, top + LANE, width, top + LANE))
    if not lane.known:
        return marks
    end = lane.ended or (axis.end if lane.running else max(lane.known))
    begin = lane.ordered or min(lane.known)
    left = lane.left or (lane.arrived and begin) or end
    arrived = lane.arrived or end
    x0, x1, x2, x3 = (axis.x(at) for at in (begin, left, arrived, end))
    marks.append(Box(x0, y, max(0.6, x1 - x0), BAR, 0.7, WHITE))
    if x2 > x1:
        marks += [Hatch(x1, y, x2 - x1, BAR), Box(x1, y, x2 - x1, BAR, 0.7)]
    if lane.arrived:
        marks.append(Box(x2, y, max(0.6, x3 - x2), BAR, 0.7, BAR_FILL))
    if lane.promised:
        marks += _promise(setter, axis, lane, middle)
    return marks


def _promise(setter: Typesetter, axis: Axis, lane: Lane, middle: float) -> list[Mark]:
    promised = lane.promised
    if promised is None:
        return []
    x = axis.x(promised)
    marks: list[Mark] = []
    came = lane.arrived or lane.ended or axis.end
    over = (came - promised) / timedelta(minutes=1)
    if over > 0:
        after = axis.x(came)
        marks.append(Box(x, middle - BAR / 2, after - x, BAR, 0.7, BLACK))
        text = setter.lines(t("paper|over by {n} min", n=tenths(over)), 90, 8, bold=True)[0]
        room = after + text.width + 6 <= axis.right
        at = after + 3 if room else x - text.width - 5
        marks.append(Box(at - 2, middle - 5.5, text.width + 4, 11, 0.0, WHITE))
        marks += put(text, at, middle, 8)
    marks.append(Line(x, middle - 7, x, middle + 6, 1.3, BLACK))
    head = ((x - 2.8, middle - 8), (x + 2.8, middle - 8), (x, middle - 4.4))
    marks.append(Path(head, filled=True))
    return marks


def _legend(setter: Typesetter, axis: Axis, y: float, width: float) -> list[Mark]:
    marks: list[Mark] = []
    x = axis.left
    kinds = (
        ("white", t("paper|ordered to departed")),
        ("hatch", t("paper|travelling")),
        ("grey", t("paper|on scene")),
        ("black", t("paper|beyond the promise")),
        ("tick", t("paper|promised arrival")),
    )
    for kind, words in kinds:
        line = setter.lines(words, 200, 8)[0]
        if x + line.width + 23 > width:
            x, y = axis.left, y + 12
        marks += _swatch(kind, x, y)
        marks += put(line, x + (10 if kind == "tick" else 23), y, 8)
        x += line.width + (22 if kind == "tick" else 35)
    if axis.turn is not None:
        when = axis.turn.strftime(
            "%H:%M" if axis.end - axis.start < timedelta(days=1) else "%m-%d %H:%M"
        )
        line = setter.lines(t("paper|scale compressed after {when}", when=when), 200, 8)[0]
        if x + line.width <= width:
            marks += put(line, 0, y, 8, width, Align.RIGHT)
        else:
            marks += put(line, 0, y + 12, 8, width, Align.RIGHT)
    return marks


def _swatch(kind: str, x: float, y: float) -> list[Mark]:
    if kind == "tick":
        return [
            Line(x + 4, y - 5, x + 4, y + 5, 1.3, BLACK),
            Path(((x + 1.2, y - 6), (x + 6.8, y - 6), (x + 4, y - 2.4)), filled=True),
        ]
    if kind == "hatch":
        return [Hatch(x, y - 4, 18, BAR), Box(x, y - 4, 18, BAR, 0.7)]
    fill = {"white": WHITE, "grey": BAR_FILL, "black": BLACK}[kind]
    return [Box(x, y - 4, 18, BAR, 0.7, fill)]


def _numbered(
    setter: Typesetter, moments: tuple[Moment, ...], block: Lanes, width: float
) -> list[Piece]:
    """The moments in as many columns as their words allow, at most five."""
    days = {moment.at.astimezone(block.zone).date() for moment in moments}
    form = "%H:%M" if len(days) < 2 else "%m-%d %H:%M"
    texts = [(m.at.astimezone(block.zone).strftime(form), m.label) for m in moments]
    time = setter.fit({when for when, _ in texts}, 8.5, bold=True) + 5
    need = 16 + time + setter.fit({label for _, label in texts}, 8.5) + 8
    columns = max(1, min(5, int(width / need)))
    room = width / columns
    pieces = []
    for at in range(0, len(texts), columns):
        marks: list[Mark] = []
        height = 16.0
        for place, (when, label) in enumerate(texts[at : at + columns]):
            x = place * room
            marks += _disc(setter, x + DISC + 0.5, 8, at + place + 1)
            marks += put(setter.lines(when, time, 8.5, bold=True)[0], x + 16, 8, 8.5)
            lines = setter.lines(label, room - 16 - time, 8.5)
            for n, line in enumerate(lines):
                marks += put(line, x + 16 + time, 8 + n * 12, 8.5)
            height = max(height, 4 + 12.0 * len(lines))
        pieces.append(Piece(height, marks))
    return pieces
