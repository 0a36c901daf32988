"""Pictures 图片 on paper: one across the width, or photos two by two; what cannot be shown is
named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from db.words import t
from dispatch.printouts.page import Band, Box, Image, Mark, Piece
from dispatch.printouts.sheet import Align, Block, Photo, Photos, Picture, Prose
from dispatch.printouts.typeset import Typesetter, put

TALLEST, BETWEEN = 180.0, 12.0
"""Points: the height of a photo's box, and the white between two."""
CAPTION_LINES, LINE = 2, 12.0


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A photo that a paper names; `digest` says which it is, wherever its file lies."""

    caption: str
    digest: str
    path: Path = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unshown:
    """A photo that stands on the paper by its name only, and why."""

    caption: str
    why: str


def photo_blocks(found: Sequence[Photo | Unshown]) -> tuple[Block, ...]:
    """The photos, then in words those that could not be shown. Pure."""
    shown = tuple(p for p in found if isinstance(p, Photo))
    words = "\n".join(t("paper|Photo {photo}: not shown, {why}", photo=p.caption, why=p.why)
                      for p in found if isinstance(p, Unshown))
    blocks: list[Block] = [Photos(shown)] if shown else []
    return (*blocks, Prose(words, size=8.5, leading=13, before=3)) if words else tuple(blocks)


def box_size(photo: Photo, room: float) -> tuple[float, float]:
    """Width and height in points that a photo has where it may be `room` wide. Pure."""
    scale = min(room / max(photo.wide, 1), TALLEST / max(photo.high, 1))
    return photo.wide * scale, photo.high * scale


def picture_bands(setter: Typesetter, block: Picture | Photos, width: float, gap: float
                  ) -> list[Band]:
    """A band for a picture, or for each row of photos; none is cut by the end of a page."""
    if isinstance(block, Picture):
        return [_picture(setter, block, width, gap)]
    return [_pair(setter, block.photos[at:at + 2], width, gap)
            for at in range(0, len(block.photos), 2)]


def _picture(setter: Typesetter, picture: Picture, width: float, gap: float) -> Band:
    """A framed picture with its caption below, on one page."""
    high = picture.high or width * picture.share
    wide = high / picture.share
    left = (width - wide) / 2
    marks: list[Mark] = [Image(left, 0, wide, high, picture.data), Box(left, 0, wide, high, 0.9)]
    if picture.caption:
        marks += put(setter.lines(picture.caption, width, 8.5)[0], 0, high + 8, 8.5, width,
                     Align.CENTRE)
    return Band([Piece(high + (14 if picture.caption else 0), marks)], keep=True, gap=gap)


def _pair(setter: Typesetter, pair: Sequence[Photo], width: float, gap: float) -> Band:
    """Two photos on one line, their captions below it."""
    room = (width - BETWEEN) / 2
    tall = max(box_size(photo, room)[1] for photo in pair)
    marks, lines = list[Mark](), 1
    for side, photo in enumerate(pair):
        left = side * (room + BETWEEN)
        wide, high = box_size(photo, room)
        corner, top = left + (room - wide) / 2, tall - high
        marks += [Image(corner, top, wide, high, photo.data), Box(corner, top, wide, high, 0.6)]
        words = setter.lines(photo.caption, room, 8.5)[:CAPTION_LINES]
        lines = max(lines, len(words))
        for down, line in enumerate(words):
            marks += put(line, left, tall + 9 + LINE * down, 8.5, room, Align.CENTRE)
    return Band([Piece(tall + 6 + LINE * lines, marks)], keep=True, gap=gap)
