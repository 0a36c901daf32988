"""The report of a drill 演练总结报告 on paper: what was planned, what was, what to mend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.words import t
from dispatch.printouts.phrases import DASH, chain_words, nothing, numbered, table_or_none
from dispatch.printouts.pictures import PhotoFile, Unshown, photo_blocks
from dispatch.printouts.sheet import (
    Against,
    Align,
    Block,
    Chip,
    Column,
    Facts,
    Field,
    Photo,
    Prose,
    Row,
    Run,
    Section,
    Sheet,
    Signatures,
    SignRow,
    SignSide,
    Words,
    strong,
)


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One interval: name, from and to, actual and standard as text, and how it came out."""

    group: str
    name: str
    between: str
    actual: str
    norm: str
    outcome: str
    over: bool
    basis: str


@dataclass(frozen=True, slots=True)
class InjectLine:
    """One inject, or (without a number) an expected action under it."""

    no: str
    planned: str
    actual: str
    deviation: str
    content: str
    to: str
    result: str


@dataclass(frozen=True, slots=True)
class TallyLine:
    """How a heading or an evaluator judged."""

    name: str
    yes: int
    no: int
    na: int
    open: int
    points: str


@dataclass(frozen=True, slots=True)
class DrillReportFacts:
    """Everything on the paper; rows of `forces`, `faults`, `findings`, `actions` and `breaks`
    are texts in the order of their columns."""

    org: str
    number: str
    title: str
    made_at: datetime
    head: tuple[tuple[str, str], ...]
    overview: str
    chart: Against
    measures: tuple[MeasureLine, ...]
    met: str
    injects: tuple[InjectLine, ...]
    forces: tuple[tuple[str, ...], ...]
    tallies: tuple[TallyLine, ...]
    evaluators: tuple[TallyLine, ...]
    score: str
    faults: tuple[tuple[str, ...], ...]
    findings: tuple[tuple[str, ...], ...]
    photos: tuple[PhotoFile, ...]
    lessons: str
    advice: str
    actions: tuple[tuple[str, ...], ...]
    breaks: tuple[tuple[str, ...], ...]
    note: str
    code: str = ""
    chain_seq: int | None = None
    chain_hash: str = ""


def drill_report_sheet(facts: DrillReportFacts,
                       photos: Sequence[Photo | Unshown] = ()) -> Sheet:
    """Elements of a drill's summary: outline, problems found, experience and lessons, advice;
    with times, score and corrective actions. Marked 演练 on every page. `photos` are those that
    `facts` name, as far as they could be read."""
    sections = numbered((
        Section(t("paper|Outline of the drill"), _outline(facts)),
        Section(t("paper|Planned against actual"), (facts.chart,),
                t("paper|times in T+, pauses left out")),
        Section(t("paper|Intervals against standards"), (_measures(facts),), facts.met),
        Section(t("paper|Injects and expected actions"), (_injects(facts),)),
        Section(t("paper|Forces of the drill"), (_forces(facts),)),
        Section(t("paper|Evaluation and score"), _evaluation(facts), facts.score),
        Section(t("paper|Problems found"), (_findings(facts), *photo_blocks(photos))),
        Section(t("paper|Experience and lessons"), (_prose(facts.lessons),)),
        Section(t("paper|Advice for emergency work"), (_prose(facts.advice),)),
        Section(t("paper|Corrective actions"), (_actions(facts),)),
        Section(t("paper|Pauses and downtime"), (_breaks(facts),)), _signatures(facts)))
    return Sheet(title=t("paper|Report of a drill"), org=facts.org, number=facts.number,
                 made_at=facts.made_at, subtitle=f"{facts.number}   {facts.title}",
                 sections=sections, code=facts.code,
                 chain_head=facts.chain_hash, watermark=t("paper|DRILL"))


def _outline(facts: DrillReportFacts) -> tuple[Block, ...]:
    rows = []
    for at in range(0, len(facts.head), 2):
        fields: list[Field] = []
        for label, words in facts.head[at:at + 2]:
            fields += [Field(label, 14, label=True), Field(words or DASH, 36)]
        rows.append(tuple(fields))
    return (Facts(tuple(rows)), _prose(facts.overview))


def _prose(words: str) -> Prose:
    return Prose(words, indent=2, before=3) if words.strip() else nothing()


def _measures(facts: DrillReportFacts) -> Block:
    columns = (Column(t("paper|Kind"), fit=True), Column(t("paper|Measure"), 30, bold=True),
               Column(t("paper|From and to"), 22),
               Column(t("paper|Actual"), fit=True, align=Align.RIGHT),
               Column(t("paper|Standard"), fit=True, align=Align.RIGHT),
               Column(t("paper|Basis"), 22), Column(t("paper|Result"), fit=True,
                                                     align=Align.CENTRE, least=60))
    return table_or_none(columns, (Row((m.group, m.name, m.between, m.actual, m.norm,
                                        m.basis or DASH, _outcome(m))) for m in facts.measures),
                         dense=True)


def _outcome(line: MeasureLine) -> Words:
    return (Run(line.outcome, bold=True, chip=Chip.INK),) if line.over else line.outcome


def _injects(facts: DrillReportFacts) -> Block:
    columns = (Column(t("paper|No."), fit=True), Column(t("paper|Planned T+"), fit=True),
               Column(t("paper|Actual T+"), fit=True),
               Column(t("paper|Off"), fit=True, align=Align.RIGHT),
               Column(t("paper|Content and expected action"), 52), Column(t("paper|To"), 16),
               Column(t("paper|Result"), 16))
    return table_or_none(columns, (Row((i.no, i.planned, i.actual, i.deviation,
                                        strong(i.content) if i.no else i.content, i.to,
                                        i.result)) for i in facts.injects),
                         dense=True)


def _forces(facts: DrillReportFacts) -> Block:
    columns = (Column(t("paper|Force"), 30, bold=True), Column(t("paper|Ordered"), 14),
               Column(t("paper|Departed"), 14), Column(t("paper|Arrived"), 14),
               Column(t("paper|Total"), 12, Align.RIGHT),
               Column(t("paper|Promised"), 12, Align.RIGHT))
    return table_or_none(columns, (Row(row) for row in facts.forces), dense=True)


def _evaluation(facts: DrillReportFacts) -> tuple[Block, ...]:
    if not facts.tallies:
        return (Prose(t("paper|Not evaluated yet.")),)
    blocks: list[Block] = [_tallies(t("paper|Heading"), facts.tallies)]
    if len(facts.evaluators) > 1:
        blocks.append(_tallies(t("paper|Evaluator"), facts.evaluators))
    if facts.faults:
        columns = (Column(t("paper|No."), fit=True), Column(t("paper|Answered no"), 46),
                   Column(t("paper|Reason"), 38), Column(t("paper|Evaluator"), 14))
        blocks.append(table_or_none(columns, (Row(row) for row in facts.faults), dense=True))
    if facts.note:
        blocks.append(Prose(facts.note, size=8.5, leading=13))
    return tuple(blocks)


def _tallies(name: str, tallies: tuple[TallyLine, ...]) -> Block:
    right = Align.RIGHT
    columns = (Column(name, 50, bold=True), Column(t("paper|Yes"), 9, right),
               Column(t("paper|No"), 9, right), Column(t("paper|n.a."), 9, right),
               Column(t("paper|Open"), 9, right), Column(t("paper|Score"), 12, right))
    return table_or_none(columns, (Row((x.name, str(x.yes), str(x.no), str(x.na), str(x.open),
                                        x.points)) for x in tallies), dense=True)


def _findings(facts: DrillReportFacts) -> Block:
    columns = (Column(t("paper|Kind"), fit=True), Column(t("paper|What was found"), 50),
               Column(t("paper|Evaluator"), 14), Column(t("paper|Photos"), 34))
    return table_or_none(columns, (Row(row) for row in facts.findings))


def _actions(facts: DrillReportFacts) -> Block:
    columns = (Column(t("paper|Problem"), 25), Column(t("paper|Measure to improve"), 27),
               Column(t("paper|Responsible"), 22), Column(t("paper|Deadline"), fit=True),
               Column(t("paper|Closed"), 18))
    return table_or_none(columns, (Row(row) for row in facts.actions))


def _breaks(facts: DrillReportFacts) -> Block:
    columns = (Column(t("paper|Kind"), 14), Column(t("paper|At T+"), 16),
               Column(t("paper|Length"), 14), Column(t("paper|Why"), 50))
    return table_or_none(columns, (Row(row) for row in facts.breaks), dense=True)


def _signatures(facts: DrillReportFacts) -> Section:
    sides = (SignSide(t("paper|Compiled by"), (SignRow(t("paper|Head of the evaluation group")),)),
             SignSide(t("paper|Checked by"), (SignRow(t("paper|Drill director")),)))
    payload = f"WATCHDESK {facts.number} {facts.code}" if facts.code else ""
    block = Signatures(sides, t("paper|Times are those of the sealed record of the drill."),
                       facts.code, chain_words(facts.chain_seq, facts.chain_hash), payload)
    return Section(t("paper|Signatures and verification"), (block,), keep=True)
