"""Scores 评估得分: answers of several evaluators become one number and a grade. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.words import mark, t
from dispatch.drillbook.evaluations import Answer, Verdict
from resources.rules import Rule

GRADE_NAMES = {"excellent": mark("grade|Excellent"), "good": mark("grade|Good"),
               "passed": mark("grade|Passed"), "failed": mark("grade|Not passed")}


@dataclass(frozen=True, slots=True)
class Tally:
    """How a question, a heading or a whole drill was judged; `score` of 100, None unjudged."""

    name: str
    yes: int
    no: int
    na: int
    open: int
    score: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """The whole, its grade, and the headings in their order."""

    whole: Tally
    grade: str
    headings: tuple[Tally, ...]
    evaluators: tuple[tuple[str, Tally], ...]


def score(sheets: Sequence[tuple[str, Sequence[Answer]]], rule: Rule) -> Score:
    """The score of a drill from (evaluator, answers).

    A question's value is the share of yes among those who judged it; the score is the mean of
    the values by weight, of 100. Not applicable and unanswered questions do not count.
    """
    every = [a for _, some in sheets for a in some]
    heads = dict.fromkeys((a.item.part, a.item.head) for a in every)
    whole = tally("", every)
    return Score(whole, grade(whole.score, rule), tuple(
        tally(f"{part} {name}", [a for a in every if (a.item.part, a.item.head) == (part, name)])
        for part, name in heads), tuple((name, tally(name, some)) for name, some in sheets))


def tally(name: str, answers: Iterable[Answer]) -> Tally:
    """Counts and score of some answers, those to the same question taken together."""
    some = list(answers)
    count = {v: sum(a.verdict is v for a in some) for v in Verdict}
    judged: dict[tuple[int, str], list[Answer]] = {}
    for one in some:
        if one.verdict in (Verdict.YES, Verdict.NO):
            judged.setdefault((one.item.template_id, one.item.code), []).append(one)
    weights = sum(group[0].item.weight for group in judged.values())
    reached = sum(group[0].item.weight * sum(a.verdict is Verdict.YES for a in group) / len(group)
                  for group in judged.values())
    return Tally(name, count[Verdict.YES], count[Verdict.NO], count[Verdict.NA],
                 count[Verdict.OPEN], round(100 * reached / weights, 1) if weights else None)


def grade(points: float | None, rule: Rule) -> str:
    """The grade that a score reaches by the rule's steps; empty without a score."""
    if points is None:
        return ""
    steps = sorted(rule.value, key=lambda s: -float(s["from"]))
    return next((str(s["grade"]) for s in steps if points >= float(s["from"])), "")


def grade_words(name: str) -> str:
    """The grade in the language in use; a district's own word as it stands."""
    return t(GRADE_NAMES[name]) if name in GRADE_NAMES else name


def points_words(points: float | None) -> str:
    return "—" if points is None else f"{points:g}"
