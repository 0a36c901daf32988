"""Typesetting 排字: words become lines of marks, with nothing but character widths known."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from itertools import accumulate
from typing import NamedTuple

from dispatch.printouts.page import BLACK, WHITE, Box, Line, Mark, Word
from dispatch.printouts.sheet import Align, Chip, Run, Words
from dispatch.printouts.wrap import Span, break_lines

CENTRE_DROP = 0.37
"""From the optical middle of Noto Sans SC down to its baseline, in sizes."""
GETA = "〓"
"""Stands where a character is not in the font, as printers' sorts once did."""


class Metrics(NamedTuple):
    """Advance of every character that the fonts hold, in parts of the size."""

    regular: Mapping[str, float]
    bold: Mapping[str, float]


class Stretch(NamedTuple):
    """Part of a line in one style."""

    x: float
    width: float
    text: str
    run: Run


class Set(NamedTuple):
    """One line of type."""

    width: float
    stretches: tuple[Stretch, ...]


_PLAIN, _BOLD = Run(""), Run("", bold=True)


class Typesetter:
    """Breaks words into lines for one paper and collects the characters it could not print."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        self.missing: set[str] = set()
        self._known = set(metrics.regular) & set(metrics.bold) | {"\n"}
        self._cache: dict[tuple[Words, float, float, bool], list[Set]] = {}

    def clean(self, text: str) -> str:
        """The text as it can be printed: no control signs, `GETA` for what has no glyph."""
        if self._known.issuperset(text):
            return text
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
        kept = [c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Mn")]
        self.missing.update(c for c in kept if c not in self._known)
        return "".join(c if c in self._known else GETA for c in kept)

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Width in points of a text on one line."""
        table = self.metrics.bold if bold else self.metrics.regular
        return sum(map(table.__getitem__, self.clean(text).replace("\n", ""))) * size

    def lines(self, words: Words, width: float, size: float, *, bold: bool = False) -> list[Set]:
        """Lines no wider than `width` points; at least one, which may be empty."""
        key = (words, width, size, bold)
        found = self._cache.get(key)
        if found is None:
            runs = (Run(words, bold=bold),) if isinstance(words, str) else words
            found = self._cache[key] = self._set(runs, width, size, bold=bold)
        return found

    def _set(self, runs: tuple[Run, ...], width: float, size: float, *, bold: bool) -> list[Set]:
        texts = [self.clean(run.text) for run in runs]
        advances: list[float] = []
        for run, text in zip(runs, texts, strict=True):
            table = self.metrics.bold if run.bold or bold else self.metrics.regular
            advances.extend(0.0 if c == "\n" else table[c] * size for c in text)
        edges = list(accumulate(advances, initial=0.0))
        text = "".join(texts)
        spans = break_lines(text, edges, width)
        if len(runs) == 1:
            run = Run("", runs[0].bold or bold, runs[0].struck, runs[0].chip)
            return [
                Set(edges[b] - edges[a], (Stretch(0.0, edges[b] - edges[a], text[a:b], run),))
                for a, b in spans
            ]
        return [_mixed(span, text, edges, runs, texts, bold=bold) for span in spans]

    def fit(self, texts: set[str], size: float, *, bold: bool = False) -> float:
        """Width of the widest line among texts."""
        parts = (part for text in texts for part in text.split("\n"))
        return max((self.width(part, size, bold=bold) for part in parts), default=0.0)


def _mixed(
    span: Span,
    text: str,
    edges: list[float],
    runs: tuple[Run, ...],
    texts: list[str],
    *,
    bold: bool,
) -> Set:
    stretches = []
    start = 0
    for run, own in zip(runs, texts, strict=True):
        a, b = max(start, span[0]), min(start + len(own), span[1])
        if a < b:
            style = Run("", run.bold or bold, run.struck, run.chip)
            stretches.append(
                Stretch(edges[a] - edges[span[0]], edges[b] - edges[a], text[a:b], style)
            )
        start += len(own)
    return Set(edges[span[1]] - edges[span[0]], tuple(stretches))


def put(
    line: Set, x: float, y: float, size: float, room: float = 0.0, align: Align = Align.LEFT
) -> list[Mark]:
    """Marks of one line with its optical middle at `y`, aligned in `room` from `x`."""
    if align is Align.RIGHT:
        x += room - line.width
    elif align is Align.CENTRE:
        x += (room - line.width) / 2
    marks: list[Mark] = []
    base = y + CENTRE_DROP * size
    for part in line.stretches:
        if not part.text:
            continue
        left, run = x + part.x, part.run
        if run.chip is not Chip.NONE:
            ink = run.chip is Chip.INK
            marks.append(
                Box(
                    left - 1.5,
                    y - size * 0.62,
                    part.width + 3,
                    size * 1.24,
                    0.0 if ink else 0.5,
                    BLACK if ink else -1.0,
                )
            )
        grey = WHITE if run.chip is Chip.INK else BLACK
        marks.append(Word(left, base, part.text, size, run.bold, grey))
        if run.struck:
            marks.append(Line(left, y, left + part.width, y, 0.7, BLACK))
    return marks
