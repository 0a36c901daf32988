"""The report of a drill 演练报告 as facts: the sealed record, its evaluation and what is mended."""

from __future__ import annotations

from dataclasses import dataclass

from db.store import Store
from db.words import t
from dispatch.drillbook.actions import Action, actions_of
from dispatch.drillbook.evaluations import (
    Answer,
    DrillFinding,
    EvalSheet,
    drill_answers,
    findings_of,
)
from dispatch.drillbook.measures import (
    Measure,
    Norms,
    length,
    measures,
)
from dispatch.drillbook.report_words import words_of
from dispatch.drillbook.rules import SCORE
from dispatch.drillbook.scoring import Score, score
from dispatch.drills.record import DrillRecord, read_record
from dispatch.drills.terms import (
    DrillId,
    Point,
)
from resources.localtime import moment_text
from resources.rules import rule, rule_or


@dataclass(frozen=True, slots=True)
class DrillReport:
    """All that is known of a drill that was sealed."""

    record: DrillRecord
    measures: tuple[Measure, ...]
    sheets: tuple[tuple[EvalSheet, list[Answer]], ...]
    score: Score
    findings: tuple[DrillFinding, ...]
    actions: tuple[Action, ...]
    overview: str
    lessons: str
    advice: str
    drawn: str
    """The overview that stands as long as nobody wrote one."""

    @property
    def judged(self) -> tuple[Measure, ...]:
        """The intervals that have a standard."""
        return tuple(m for m in self.measures if m.norm is not None)


def drill_report(store: Store, drill: int) -> DrillReport:
    """The report of a sealed drill.

    Raises:
        Refused: there is no sealed record.
    """
    record = read_record(store, DrillId(drill))  # type: ignore[arg-type]
    sheets, words = tuple(drill_answers(store, drill)), words_of(store, drill)
    return DrillReport(
        record, measures(record, norms(store)), sheets,
        score([(s.evaluator, some) for s, some in sheets], rule_or(store, SCORE)),
        tuple(findings_of(store, drill)), tuple(actions_of(store, drill)),
        words["overview"] or outline(record), words["lessons"], words["advice"],
        outline(record))


def norms(store: Store) -> Norms:
    """What the district's rules say of intervals between timing points."""
    first = rule(store, "report.first")
    return {(Point.REPORTED, Point.FIRST_REPORT): (float(first.value["0"]["phone"]) * 60,
                                                   first.basis)}


def outline(record: DrillRecord) -> str:
    """An overview as long as nobody wrote one: what was drilled, and how it went."""
    given = [i for i in record.injects if i.t is not None]
    actions = [(i, a) for i in given for a in i.actions]
    done = sum(i.took(a) is not None for i, a in actions)
    late = sum(i.late(a) for i, a in actions)
    return t("{title} was held on {day} and lasted {length} (planned {planned}). {given} of {all}"
             " injects were given; {done} of {actions} expected actions were carried out, {late}"
             " of them late. {situation}", title=record.title,
             day=moment_text(record.started_at, year=True), length=length(record.length),
             planned=length(record.scenario.length), given=len(given), all=len(record.injects),
             done=done, actions=len(actions), late=late, situation=record.scenario.situation)


