"""The yearly drill plan 年度演练计划 on paper: its lines, sectors by months, and what is asked."""

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
    Prose,
    Row,
    Section,
    Sheet,
    Signatures,
    SignRow,
    SignSide,
)


@dataclass(frozen=True, slots=True)
class AskLine:
    """One thing asked: what, how many, how many planned and held, how it stands, by when."""

    words: str
    needed: int
    planned: int
    done: int
    cover: str
    missing: bool
    due: str
    basis: str


@dataclass(frozen=True, slots=True)
class CoverLine:
    """A sector: a sign for each of the twelve months, and how it stands."""

    sector: str
    months: tuple[str, ...]
    cover: str
    missing: bool


@dataclass(frozen=True, slots=True)
class DrillPlanFacts:
    """All that the paper says; each row of `lines` has ten texts."""

    year: int
    org: str
    made_at: datetime
    lines: tuple[tuple[str, ...], ...]
    cover: tuple[CoverLine, ...]
    asks: tuple[AskLine, ...]
    filed: str
    total: str
    drill: bool = False


def drill_plan_sheet(facts: DrillPlanFacts) -> Sheet:
    """A4 lying on its side; an empty plan is the blank form, to be filled in by hand."""
    sections = numbered((
        Section(t("paper|Drills of the year"), (_lines(facts),), facts.total),
        Section(t("paper|Key sectors by month"), (_cover(facts), Prose(t(
            "paper|● held   ○ planned   △ its month has gone by without it"), size=8.5,
            leading=13)), keep=True),
        Section(t("paper|What the rules ask"), (_asks(facts),), facts.filed)))
    return Sheet(title=t("paper|Drill plan of {year}", year=facts.year), org=facts.org, number="",
                 made_at=facts.made_at, sections=(*sections, Section("", (_signatures(),),
                                                                     keep=True)),
                 margins=Margins(12, 12, 12, 16), landscape=True,
                 watermark=t("paper|DRILL") if facts.drill else "")


def _lines(facts: DrillPlanFacts) -> Block:
    columns = (Column(t("paper|Month"), fit=True, align=Align.CENTRE),
               Column(t("paper|Drill"), 34, bold=True), Column(t("paper|Content"), fit=True),
               Column(t("paper|Form"), fit=True), Column(t("paper|Sector"), 12),
               Column(t("paper|Lead unit"), 18), Column(t("paper|Plan drilled"), 26),
               Column(t("paper|Large"), fit=True, align=Align.CENTRE),
               Column(t("paper|Budget (yuan)"), fit=True, align=Align.RIGHT),
               Column(t("paper|State"), 14))
    return table_or_none(columns, (Row(tuple(c or DASH for c in row)) for row in facts.lines),
                         blank=0 if facts.lines else 14, dense=bool(facts.lines))


def _cover(facts: DrillPlanFacts) -> Block:
    months = tuple(Column(t("paper|{n} mo.", n=n), 6, Align.CENTRE) for n in range(1, 13))
    columns = (Column(t("paper|Sector"), 16, bold=True), *months,
               Column(t("paper|Result"), 10, Align.CENTRE))
    return table_or_none(columns, (Row((one.sector or DASH, *one.months, one.cover),
                                       bold=one.missing) for one in facts.cover), dense=True)


def _asks(facts: DrillPlanFacts) -> Block:
    columns = (Column(t("paper|Asked"), 46, bold=True),
               Column(t("paper|At least"), fit=True, align=Align.CENTRE),
               Column(t("paper|Planned"), fit=True, align=Align.CENTRE),
               Column(t("paper|Held"), fit=True, align=Align.CENTRE),
               Column(t("paper|Result"), fit=True), Column(t("paper|Until"), fit=True),
               Column(t("paper|Basis"), 40))
    return table_or_none(columns, (Row((a.words, str(a.needed), str(a.planned), str(a.done),
                                        a.cover, a.due, a.basis), bold=a.missing)
                                   for a in facts.asks), dense=True)


def _signatures() -> Signatures:
    return Signatures((SignSide(t("paper|Compiled by"), (SignRow(t("paper|Compiled by")),)),
                       SignSide(t("paper|Approved by"), (SignRow(t("paper|Approved by")),))))
