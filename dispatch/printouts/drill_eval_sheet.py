"""An evaluator's sheet 演练评估表 on paper: blank to be filled in by hand, or as it was filled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from db.words import t
from dispatch.printouts.phrases import DASH
from dispatch.printouts.sheet import (
    Align,
    Column,
    Facts,
    Field,
    Prose,
    Row,
    Section,
    Sheet,
    Signatures,
    SignRow,
    SignSide,
    Table,
)


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One line: heading, number, question, and what was said of it."""

    heading: str
    code: str
    question: str
    verdict: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EvalFacts:
    """All that the sheet says; without answers it is the blank form."""

    org: str
    number: str
    made_at: datetime
    head: tuple[tuple[str, str], ...]
    lines: tuple[QuestionLine, ...]
    findings: tuple[str, ...] = ()
    score: str = ""
    note: str = ""
    blank: bool = True


def eval_sheet(facts: EvalFacts) -> Sheet:
    """Columns of AQ/T 9009: heading, question, yes or no, reason; marked as of a drill."""
    sections = [Section("", (_head(facts),))]
    for heading, some in groupby(facts.lines, key=lambda line: line.heading):
        sections.append(Section(heading, (_table(tuple(some)),)))
    if facts.findings or facts.blank:
        words = "\n".join(facts.findings)
        sections.append(Section(t("paper|Findings"), (Prose(words),) if words else (
            Table((Column(t("paper|What was found, where and when"), 70),
                   Column(t("paper|Photo"), 20)), (), blank=5),), keep=True))
    if facts.note:
        sections.append(Section("", (Prose(facts.note, size=8.5, leading=13),)))
    sections.append(Section("", (Signatures((
        SignSide(t("paper|Evaluator"), (SignRow(t("paper|Evaluator")),)),
        SignSide(t("paper|Head of the evaluation group"), (SignRow(t("paper|Checked by")),)))),),
        keep=True))
    return Sheet(title=t("paper|Evaluation sheet of a drill"), org=facts.org, number=facts.number,
                 made_at=facts.made_at, sections=tuple(sections), watermark=t("paper|DRILL"))


def _head(facts: EvalFacts) -> Facts:
    rows = []
    for at in range(0, len(facts.head), 2):
        fields: list[Field] = []
        for label, words in facts.head[at:at + 2]:
            fields += [Field(label, 14, label=True), Field(words, 36)]
        rows.append(tuple(fields))
    return Facts(tuple(rows), heights=tuple(20.0 for _ in rows))


def _table(lines: tuple[QuestionLine, ...]) -> Table:
    columns = (Column(t("paper|No."), fit=True), Column(t("paper|Question"), 52),
               Column(t("paper|Yes / No / n.a."), align=Align.CENTRE, fit=True, least=52),
               Column(t("paper|Reason and remark"), 34))
    return Table(columns, tuple(Row((line.code, line.question, line.verdict,
                                     line.reason or (DASH if line.verdict else "")))
                                for line in lines))
