"""Evaluation papers 评估文书: a blank or filled sheet of an evaluator as the facts that print."""

from __future__ import annotations

from collections.abc import Sequence

from db.store import Store
from db.words import t
from dispatch.drillbook.drills import DrillHead, drill_head
from dispatch.drillbook.evaluations import (
    VERDICT_NAMES,
    Answer,
    EvalSheet,
    Verdict,
    answers_of,
    findings_of,
    sheet_of,
)
from dispatch.drillbook.rules import SCORE
from dispatch.drillbook.scoring import grade, grade_words, points_words, tally
from dispatch.drillbook.sheet_exchange import BlankHead
from dispatch.drillbook.templates import Item, Template, items, template
from dispatch.duty.papers import district
from dispatch.printouts.drill_eval_sheet import EvalFacts, QuestionLine
from resources.localtime import moment_text
from resources.rules import rule_or


def blank_eval(store: Store, template_id: int, drill: int | None = None) -> EvalFacts:
    """The blank sheet of a template, for a drill or for any."""
    of = template(store, template_id)
    head = drill_head(store, drill) if drill is not None else None
    return _facts(store, of, head, None, items(store, of.id))


def filled_eval(store: Store, sheet_id: int) -> EvalFacts:
    """An evaluator's sheet as it is filled in."""
    sheet = sheet_of(store, sheet_id)
    return _facts(store, template(store, sheet.template_id), drill_head(store, sheet.drill_id),
                  sheet, answers_of(store, sheet.id))


def blank_head(store: Store, of: Template, drill: int, sheet: EvalSheet | None = None) -> BlankHead:
    """What stands above the table of an xlsx sheet."""
    head = drill_head(store, drill)
    return BlankHead(f"{head.number} {head.title}", f"{of.words} ({of.code})",
                     sheet.evaluator if sheet else "", sheet.unit if sheet else "",
                     sheet.post if sheet else "")


def _facts(store: Store, of: Template, head: DrillHead | None, sheet: EvalSheet | None,
           rows: Sequence[Answer | Item]) -> EvalFacts:
    answers = [r for r in rows if isinstance(r, Answer)]
    points = tally("", answers).score
    words = t("paper|{points} of 100, {grade}", points=points_words(points), grade=grade_words(
        grade(points, rule_or(store, SCORE)))) if points is not None else ""
    uncertain = of.uncertain or any((r if isinstance(r, Item) else r.item).uncertain
                                    for r in rows)
    labels = [(t("paper|Drill"), f"{head.number} {head.title}" if head else ""),
              (t("paper|Held"), moment_text(head.started_at, year=True)
               if head and head.started_at else ""),
              (t("paper|Evaluator"), sheet.evaluator if sheet else ""),
              (t("paper|Unit and post"), f"{sheet.unit} {sheet.post}".strip() if sheet else ""),
              (t("paper|After"), of.words), (t("paper|Score"), words)]
    return EvalFacts(
        district(store).org, head.number if head else "", store.clock.now(), tuple(labels),
        tuple(_line(r) for r in rows),
        tuple(f.problem for f in findings_of(store, sheet.drill_id)
              if f.evaluator == sheet.evaluator) if sheet else (), words,
        t("paper|Headings after {standard} as far as known; check against its text.",
          standard=of.standard) if uncertain else "", blank=sheet is None)


def _line(row: Answer | Item) -> QuestionLine:
    if isinstance(row, Item):
        return QuestionLine(f"{row.part} {row.head}", row.code, row.question)
    said = "" if row.verdict is Verdict.OPEN else t(VERDICT_NAMES[row.verdict])
    return QuestionLine(f"{row.item.part} {row.item.head}", row.item.code, row.item.question,
                        said, t("; ").join(filter(None, (row.reason, row.remark))))
