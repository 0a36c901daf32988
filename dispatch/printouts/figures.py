"""Figures 附图: a map's picture as a part of a report."""

from __future__ import annotations

from dataclasses import dataclass, field

from dispatch.printouts.sheet import Block, Picture

HIGHEST = 330.0
"""Points; half an A4 page."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A PNG that was drawn at `digest`'s time; `share` is its height to its width."""

    title: str
    caption: str
    digest: str
    share: float
    data: bytes = field(repr=False)


def figure_block(figure: Figure, width: float = 493.0) -> Block:
    """The picture in a text area `width` points wide, with title and caption below."""
    words = " · ".join(p for p in (figure.title, figure.caption) if p)
    return Picture(figure.data, figure.share, words, min(width * figure.share, HIGHEST))
