"""A page 版面 as marks with places: what the layout hands to the pen.

Points throughout; x from the left edge of the text area, y downwards from the top of the
piece that a mark belongs to. Grey is the PDF's: 0 black, 1 white.
"""

from __future__ import annotations

from typing import NamedTuple

A4_WIDTH, A4_HEIGHT = 595.28, 841.89
MM = 72 / 25.4
BLACK, WHITE, GRID_GREY, HEAD_FILL, BAR_FILL = 0.0, 1.0, 0.45, 0.93, 0.78
BOX_LINE, GRID_LINE = 0.9, 0.35


class Word(NamedTuple):
    """Text on one baseline."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    grey: float = BLACK


class Line(NamedTuple):
    x1: float
    y1: float
    x2: float
    y2: float
    width: float = GRID_LINE
    grey: float = GRID_GREY
    dash: tuple[float, ...] = ()


class Box(NamedTuple):
    """A rectangle; no outline at `line` 0, no filling at `fill` below 0."""

    x: float
    y: float
    width: float
    height: float
    line: float = 0.0
    fill: float = -1.0


class Hatch(NamedTuple):
    """Slanting strokes inside a rectangle, for travel time on a mono printer."""

    x: float
    y: float
    width: float
    height: float


class Disc(NamedTuple):
    """A white circle with a black rim."""

    x: float
    y: float
    radius: float


class Path(NamedTuple):
    """A line through points, or the black area inside them."""

    points: tuple[tuple[float, float], ...]
    width: float = 1.0
    filled: bool = False


class Mesh(NamedTuple):
    """The rules of one table row: outer edges strong, `inner` and the lower one fine."""

    inner: tuple[float, ...]
    heavy: tuple[float, ...]
    width: float
    height: float
    ruled: bool = True


class Code(NamedTuple):
    """A QR code with its quiet zone inside a square of `size`."""

    x: float
    y: float
    size: float
    payload: str


class Image(NamedTuple):
    """A PNG or JPEG in a box."""

    x: float
    y: float
    width: float
    height: float
    data: bytes


class Ghost(NamedTuple):
    """Large pale words across the page, for drills 演练 and for copies."""

    x: float
    y: float
    text: str
    size: float


Stroke = Ghost | Word | Line | Box | Hatch | Disc | Path | Mesh | Code
Mark = Stroke | Image


class Piece(NamedTuple):
    """Marks that stay together on a page, and the height they take."""

    height: float
    marks: list[Mark]


class Band(NamedTuple):
    """Pieces in a column: `head` again on each page, `glue` to what follows, `keep` whole."""

    pieces: list[Piece]
    head: Piece | None = None
    glue: bool = False
    keep: bool = False
    closed: bool = False
    gap: float = 0.0


class Page(NamedTuple):
    """Pieces with the y of their tops, from the top edge of the paper."""

    pieces: list[tuple[float, list[Mark]]]


def flow(bands: list[Band], top: float, bottom: float, width: float) -> list[Page]:
    """Stand bands one below the other on as many pages as they need.

    A piece higher than a page is put at the top of one and runs over; the layout cuts
    pieces smaller than that.
    """
    pages = [Page([])]
    y = top
    for at, band in enumerate(bands):
        if y > top and y + _least(bands, at, bottom - top) > bottom:
            pages.append(Page([]))
            y = top
        y = _place(pages, band, y, top, bottom, width) + band.gap
    return pages


def _place(
    pages: list[Page], band: Band, y: float, top: float, bottom: float, width: float
) -> float:
    shelf = pages[-1].pieces
    if band.head:
        shelf.append((y, band.head.marks))
        y += band.head.height
    for piece in band.pieces:
        if y + piece.height > bottom + 0.01 and y > top:
            _close(shelf, band, y, width)
            pages.append(Page([]))
            shelf, y = pages[-1].pieces, top
            if band.head:
                shelf.append((y, band.head.marks))
                y += band.head.height
        shelf.append((y, piece.marks))
        y += piece.height
    _close(shelf, band, y, width)
    return y


def _close(shelf: list[tuple[float, list[Mark]]], band: Band, y: float, width: float) -> None:
    if band.closed:
        shelf.append((y, [Line(0, 0, width, 0, BOX_LINE, BLACK)]))


def _least(bands: list[Band], at: int, room: float) -> float:
    """The height that must be free for band `at` to begin here."""
    band = bands[at]
    whole = sum(piece.height for piece in band.pieces) if band.keep or band.glue else 0.0
    head = band.head.height if band.head else 0.0
    if band.glue and at + 1 < len(bands):
        return whole + band.gap + _least(bands, at + 1, room - whole - band.gap)
    if band.keep and head + whole <= room:
        return head + whole
    return head + sum(piece.height for piece in band.pieces[:2])
