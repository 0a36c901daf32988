"""The comparison of drills and events 演练对比 on paper: points and intervals side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.words import t
from dispatch.printouts.phrases import DASH, numbered, table_or_none
from dispatch.printouts.sheet import (
    Align,
    Block,
    Column,
    Margins,
    Row,
    Run,
    Section,
    Sheet,
    Words,
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One who is compared: a letter, its name, when it was, its score; real or a drill."""

    letter: str
    title: str
    when: str
    score: str
    kind: str


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A row: what, its standard, a text for each; `best` are the shortest ones."""

    name: str
    norm: str
    values: tuple[str, ...]
    best: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CompareFacts:
    org: str
    made_at: datetime
    courses: tuple[Compared, ...]
    points: tuple[ComparedLine, ...]
    intervals: tuple[ComparedLine, ...]


def drill_compare_sheet(facts: CompareFacts) -> Sheet:
    """A4 lying on its side, marked 演练."""
    sections = numbered((
        Section(t("paper|What is compared"), (_courses(facts),)),
        Section(t("paper|Timing points"), (_lines(facts, facts.points, norms=False),),
                t("paper|minutes and seconds from the call received")),
        Section(t("paper|Intervals"), (_lines(facts, facts.intervals, norms=True),),
                t("paper|The shortest of each row stands in bold."))))
    return Sheet(title=t("paper|Comparison of drills"), org=facts.org, number="",
                 made_at=facts.made_at, sections=sections, landscape=True,
                 margins=Margins(12, 12, 12, 16), watermark=t("paper|DRILL"))


def _courses(facts: CompareFacts) -> Block:
    columns = (Column(t("paper|Sign"), fit=True, align=Align.CENTRE),
               Column(t("paper|Kind"), fit=True), Column(t("paper|Drill or event"), 60, bold=True),
               Column(t("paper|Began"), fit=True), Column(t("paper|Score"), fit=True,
                                                          align=Align.RIGHT))
    return table_or_none(columns, (Row((c.letter, c.kind, c.title, c.when, c.score or DASH))
                                   for c in facts.courses))


def _lines(facts: CompareFacts, lines: tuple[ComparedLine, ...], *, norms: bool) -> Block:
    columns = [Column(t("paper|Measure"), 34, bold=True)]
    if norms:
        columns.append(Column(t("paper|Standard"), 12, Align.RIGHT))
    columns += [Column(c.letter, 14, Align.RIGHT) for c in facts.courses]

    def cell(line: ComparedLine, at: int) -> Words:
        words = line.values[at]
        return (Run(words, bold=True),) if at in line.best else words

    return table_or_none(tuple(columns), (Row((
        line.name, *((line.norm,) if norms else ()),
        *(cell(line, at) for at in range(len(line.values))))) for line in lines), dense=True)
