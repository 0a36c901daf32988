"""Rows of the evaluation 演练评估行: a question with its answer, and the score as facts."""

from __future__ import annotations

from PySide6.QtCore import Qt

from db.words import mark, t
from dispatch.drillbook.evaluations import VERDICT_NAMES, Answer, Verdict
from dispatch.drillbook.scoring import Score, points_words
from ui.rows_model import Column
from ui.widgets.fact_list import Fact

MIDDLE = Qt.AlignmentFlag.AlignHCenter


def verdict_words(a: Answer) -> str:
    """Yes, no or not applicable; empty while it is open."""
    return "" if a.verdict is Verdict.OPEN else t(VERDICT_NAMES[a.verdict])


COLUMNS: tuple[Column[Answer], ...] = (
    Column(mark("field|No."), lambda a: a.item.code, width=76, bold=True),
    Column(mark("field|Heading"), lambda a: a.item.head, width=150, muted=True,
           tip=lambda a: a.item.head),
    Column(mark("field|Question"), lambda a: a.item.question, width=300, stretch=True,
           tip=lambda a: a.item.question),
    Column(mark("field|Yes / No"), verdict_words, MIDDLE, 84, bold=True),
    Column(mark("field|Reason"), lambda a: " ".join(filter(None, (a.reason, a.remark))), width=190,
           tip=lambda a: f"{a.reason}\n{a.remark}".strip()))


def score_facts(done: Score) -> list[Fact]:
    """The headings, then the evaluators where there are several. Pure."""
    rows = [Fact(f"h {x.name}", x.name, right=points_words(x.score)) for x in done.headings]
    if len(done.evaluators) > 1:
        rows.append(Fact("head who", t("By evaluator"), head=True))
        rows += [Fact(f"e {name}", name, right=points_words(x.score))
                 for name, x in done.evaluators]
    return rows
