"""The statistics paper 统计报表: a period's events and response times, with charts, as a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.words import t
from dispatch.printouts.phrases import DASH, nothing, numbered
from dispatch.printouts.sheet import (
    Align,
    Bars,
    Block,
    Column,
    Facts,
    Field,
    Prose,
    Row,
    Section,
    Sheet,
    Table,
    strong,
)


@dataclass(frozen=True, slots=True)
class TimesLine:
    """Response times of one force, or of all; minutes as text, `met` as 12 / 15."""

    name: str
    sent: str
    cells: tuple[str, ...]
    """Median and 90th percentile of each interval, then who met the norm of the total."""


@dataclass(frozen=True, slots=True)
class StatisticsFacts:
    """What the paper says; each chart is its heading, its bars, and whether they stand."""

    org: str
    period: str
    source: str
    made_at: datetime
    figures: tuple[tuple[str, str], ...]
    charts: tuple[tuple[str, tuple[tuple[str, float], ...], bool], ...]
    heads: tuple[str, ...]
    all_times: TimesLine
    norms: TimesLine
    forces: tuple[TimesLine, ...]
    note: str = ""
    drill: bool = False


def statistics_sheet(facts: StatisticsFacts) -> Sheet:
    """The paper: figures, a chart for each question, response times of all and of each force."""
    figures = [part for label, words in facts.figures
               for part in (Field(label, 12, label=True), Field(strong(words), 13))]
    rows = tuple(tuple(figures[at:at + 8]) for at in range(0, len(figures), 8))
    sections = [Section(t("paper|In all"), (Facts(rows),), facts.source)]
    sections += [Section(heading, (Bars(bars, upright=upright) if bars else nothing(),))
                 for heading, bars, upright in facts.charts]
    blocks: list[Block] = [_times(facts)]
    if facts.note:
        blocks.append(Prose(facts.note, size=8.5, leading=13))
    sections.append(Section(t("paper|Response times (min)"), tuple(blocks)))
    return Sheet(title=t("paper|Event statistics"), org=facts.org, number="",
                 made_at=facts.made_at, sections=numbered(sections), subtitle=facts.period,
                 watermark=t("paper|DRILL") if facts.drill else "")


def _times(facts: StatisticsFacts) -> Table:
    right = Align.RIGHT
    columns = (Column(t("paper|Force"), 30), Column(t("paper|Times sent"), fit=True, align=right),
               *(Column(head, fit=True, align=right) for head in facts.heads))
    rows = [_row(facts.all_times, bold=True), _row(facts.norms)]
    return Table(columns, (*rows, *(_row(f) for f in facts.forces)), dense=True)


def _row(line: TimesLine, *, bold: bool = False) -> Row:
    return Row((line.name, line.sent, *(c or DASH for c in line.cells)), bold=bold)
