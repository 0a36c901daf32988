"""Line breaking 断行 for mixed Chinese and Western text, on plain strings and widths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

CLOSING = "，。、；：？！）》〉」』】〕〗”’…—·％℃‰°,.;:?!)]}%"
"""Signs that may not begin a line (GB/T 15834 5.1, widened by the half-width ones)."""
OPENING = "（《〈「『【〔〖“‘([{"
"""Signs that may not end a line."""

WIDE = (
    "\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
)
_CLOSE = re.escape(CLOSING)
_OPEN = re.escape(OPENING)
_ATOM = re.compile(
    rf"[{_OPEN}]*(?:[^\s{WIDE}{_OPEN}]+|[{_CLOSE}]|\S)?[{_CLOSE}]*(?:(?<=\S)|\s)", re.DOTALL
)

Span = tuple[int, int]


def break_lines(text: str, edges: Sequence[float], width: float) -> list[Span]:
    """Cut `text` into lines no wider than `width`, as (start, end) places in it.

    `edges[i]` is where character i begins and `edges[len(text)]` where the last one ends.
    Numbers and words stay whole unless one alone is wider than a line. A line feed ends a
    line; spaces at a break are dropped. A line holds at least one character, and a sign of
    `CLOSING` begins one only when it begins a paragraph.
    """
    lines: list[Span] = []
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        if edges[end] - edges[start] <= width:
            lines.append((start, end))
        else:
            lines.extend(_break_paragraph(text, edges, width, (start, end)))
        start = end + 1
    return lines


def _break_paragraph(
    text: str, edges: Sequence[float], width: float, whole: Span
) -> Iterator[Span]:
    begin, last = whole[0], whole[0]
    for first, after in _atoms(text, whole):
        if edges[after] - edges[begin] <= width or text[first:after].isspace():
            last = after
            continue
        if last > begin:
            yield _trimmed(text, begin, last)
            begin = first
        while edges[after] - edges[begin] > width:
            cut = _forced_cut(text, edges, width, (begin, after))
            if cut >= after:
                break
            yield begin, cut
            begin = cut
        last = after
    if last > begin:
        yield _trimmed(text, begin, last)


def _atoms(text: str, whole: Span) -> Iterator[Span]:
    """Pieces that may not be broken: a word or one wide character with its signs."""
    at, end = whole
    while at < end:
        found = _ATOM.match(text, at, end)
        after = found.end() if found and found.end() > at else at + 1
        yield at, after
        at = after


def _forced_cut(text: str, edges: Sequence[float], width: float, piece: Span) -> int:
    """Where to cut a piece that is wider than a line: late, but never before a closing sign."""
    begin, after = piece
    cut = begin + 1
    while cut < after and edges[cut + 1] - edges[begin] <= width:
        cut += 1
    earlier = cut
    while earlier > begin + 1 and text[earlier] in CLOSING:
        earlier -= 1
    if text[earlier] not in CLOSING:
        return earlier
    while cut < after and text[cut] in CLOSING:
        cut += 1
    return cut


def _trimmed(text: str, begin: int, end: int) -> Span:
    while end > begin and text[end - 1].isspace():
        end -= 1
    return begin, end
