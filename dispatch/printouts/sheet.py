"""A sheet 一页纸 as data: what a printed form says, before anybody decides where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone, tzinfo
from enum import StrEnum

BEIJING = timezone(timedelta(hours=8), "UTC+8")
"""China keeps one time zone without summer time, whatever the computer is set to."""


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Chip(StrEnum):
    """A frame about a run of words: a tag in a thin box (补录) or white on black (超 6)."""

    NONE = ""
    TAG = "tag"
    INK = "ink"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style; a line feed in them begins a new line."""

    text: str
    bold: bool = False
    struck: bool = False
    chip: Chip = Chip.NONE


Words = str | tuple[Run, ...]


def strong(text: str) -> tuple[Run, ...]:
    """These words in bold."""
    return (Run(text, bold=True),)


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text. `size`, `leading` and `before` are in points, `indent` in characters."""

    words: Words
    size: float = 9.5
    leading: float = 15.0
    indent: float = 0.0
    align: Align = Align.LEFT
    before: float = 0.0


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of a grid of facts; `share` is its part of the row, a label is shaded."""

    words: Words
    share: float = 1.0
    label: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows of labels and values, each row dividing the whole width by its own shares."""

    rows: tuple[tuple[Field, ...], ...]
    heights: tuple[float, ...] = ()
    """Least height of each row in points, for forms that are filled in by hand."""


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: `fit` makes it as wide as its widest text, else `share` of the rest.

    `heavy` draws a strong rule at its left; `least` is a smallest width in points.
    """

    title: str
    share: float = 1.0
    align: Align = Align.LEFT
    fit: bool = False
    bold: bool = False
    heavy: bool = False
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """One table row; a cell that is None is merged with the one at its left."""

    cells: tuple[Words | None, ...]
    bold: bool = False
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head that is repeated on each page; `blank` empty rows for handwriting.

    `row_height` in points is that of a row of one line where it must be other than usual.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    blank: int = 0
    blank_height: float = 20.0
    dense: bool = False
    row_height: float = 0.0


@dataclass(frozen=True, slots=True)
class Check:
    """A thing looked at: a ticked box, or an empty one with what is wrong."""

    name: str
    ok: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    checks: tuple[Check, ...]
    columns: int = 3


@dataclass(frozen=True, slots=True)
class SignRow:
    """One who signs: post, name, and the time of the password sign-on, as text."""

    post: str
    name: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class SignSide:
    title: str
    rows: tuple[SignRow, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on, beside the code that ties the paper to the log.

    `payload` is what the QR code says; without it a place for a stamp is left.
    """

    sides: tuple[SignSide, ...]
    note: str = ""
    code: str = ""
    chain: tuple[str, ...] = ()
    payload: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A numbered key moment 关键节点 on the time axis."""

    at: datetime
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One force on the time axis; a stage that was not reached is None.

    One that is not `running` and has no end is drawn up to the last that is known of it.
    """

    name: str
    ordered: datetime | None
    left: datetime | None = None
    arrived: datetime | None = None
    ended: datetime | None = None
    promised: datetime | None = None
    running: bool = True

    @property
    def known(self) -> list[datetime]:
        """The times of its stages."""
        return [at for at in (self.ordered, self.left, self.arrived, self.ended) if at]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The timeline chart of forces on paper, from `start` to `end`.

    Where the forces stand on several charts, `all_lanes` gives each the same axis.
    """

    start: datetime
    end: datetime
    moments: tuple[Moment, ...] = ()
    lanes: tuple[Lane, ...] = ()
    zone: tzinfo = BEIJING
    all_lanes: tuple[Lane, ...] = ()


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar for each name with its number; upright ones stand side by side on one line."""

    bars: tuple[tuple[str, float], ...]
    upright: bool = True


@dataclass(frozen=True, slots=True)
class AgainstRow:
    """Something planned against what was, in seconds of a drill's T+; None is not there.

    With `since` it is a bar from there to `limit`, filled until `actual`; without it a circle
    at `planned` and a disc at `actual`. `note` stands at the right, `head` in bold.
    """

    label: str
    planned: float | None = None
    actual: float | None = None
    since: float | None = None
    limit: float | None = None
    note: str = ""
    head: bool = False


@dataclass(frozen=True, slots=True)
class Against:
    """The chart of planned against actual times, from T+0 to `end`; `breaks` cut it."""

    rows: tuple[AgainstRow, ...]
    end: float
    breaks: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG across the whole width; `share` is its height to its width, `high` in points wins."""

    data: bytes = field(repr=False)
    share: float
    caption: str = ""
    high: float = 0.0

    @property
    def captions(self) -> list[str]:
        return [self.caption]


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG or PNG, `wide` by `high` pixels, under it its caption."""

    data: bytes = field(repr=False)
    wide: int
    high: int
    caption: str


@dataclass(frozen=True, slots=True)
class Photos:
    """Photos two by two, each in a box of the same size."""

    photos: tuple[Photo, ...]

    @property
    def captions(self) -> list[str]:
        return [photo.caption for photo in self.photos]


Block = (Prose | Facts | Table | Checklist | Signatures | Lanes | Bars | Against | Picture
         | Photos)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its blocks; `aside` stands small at the right of the heading.

    The heading never parts from its first lines; `keep` holds all of it on one page.
    """

    heading: str
    blocks: tuple[Block, ...]
    aside: str = ""
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Margins:
    """White edges in millimetres."""

    left: float = 20.0
    right: float = 15.0
    top: float = 12.0
    bottom: float = 16.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole paper. `made_at` is the only date the PDF carries, so that a copy is equal.

    With a `subtitle` it stands under the title; without one the organisation and the number
    do. `code` is the verification code in the foot, `watermark` grey across every page;
    `landscape` lays the A4 on its side, `large` makes it A3. An `official` paper has the head
    and page number of GB/T 9704, with number and subtitle on one line above the title.
    """

    title: str
    org: str
    number: str
    made_at: datetime
    sections: tuple[Section, ...]
    subtitle: str = ""
    code: str = ""
    chain_head: str = ""
    watermark: str = ""
    margins: Margins = field(default_factory=Margins)
    official: bool = False
    landscape: bool = False
    large: bool = False
