"""After-action tables 复盘表: log, forces, intervals, instructions, harm, goods, gaps, to do."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt

from db.words import mark, t
from dispatch.after_action import AfterAction, Measured, gaps, measured
from dispatch.grading import CountsAt
from dispatch.instructions import Instruction
from dispatch.log import LogEntry
from dispatch.orders import Order
from dispatch.past.orders import PastLine
from dispatch.printouts.phrases import within_a_day
from dispatch.review import Improvement
from dispatch.sent_out import Sent
from dispatch.tally_papers import minutes_words
from dispatch.terms import ENTRY_NAMES, STAGE_NAMES, Stage
from dispatch.timeline import INTERVAL_NAMES, interval
from resources.localtime import LOCAL, local
from ui.review_words import line_of
from ui.rows_model import Column

RIGHT = Qt.AlignmentFlag.AlignRight
Table = tuple[Sequence[Column[Any]], Sequence[Any]]
NAMES = {
    "log": mark("review|Log"), "forces": mark("Forces"), "intervals": mark("review|Intervals"),
    "instructions": mark("Instructions"), "harm": mark("Casualties"),
    "goods": mark("review|Sent"), "gaps": mark("review|Gaps"),
    "improvements": mark("review|Improvements")}
"""The lists of the page in the order of their number keys."""


def identity(row: Any) -> Hashable:
    """What tells a row to be the same after the event was read anew."""
    found: Hashable = getattr(row, "id", None) or getattr(row, "at", None) or row
    return found


def moment(at: datetime | None) -> str:
    return f"{local(at):%m-%d %H:%M:%S}" if at else "—"


def tables(of: AfterAction) -> dict[str, Table]:
    """Columns and rows of every list."""
    return {"log": (_log(), sorted((*of.log, *of.past), key=lambda e: e.at)),
            "forces": (_forces(of), of.orders), "intervals": (_intervals(), measured(of)),
            "instructions": (_instructions(), of.instructions), "harm": (_harm(), of.series),
            "goods": (_goods(), of.sent), "gaps": (_gaps(), gaps(of)),
            "improvements": (_improvements(), of.improvements)}


def _log() -> tuple[Column[LogEntry | PastLine], ...]:
    return (
        Column(mark("paper|Time"), lambda e: moment(e.at), width=136, muted=True),
        Column(mark("paper|Kind"), lambda e: t(ENTRY_NAMES[e.kind]) if isinstance(e, LogEntry)
               else t("Stage"), width=88),
        Column(mark("paper|Entry"), line_of, width=320, stretch=True, tip=line_of),
        Column(mark("paper|Recorder"), lambda e: e.officer if isinstance(e, LogEntry)
               else e.source, width=168, muted=True))


def _forces(event: AfterAction) -> tuple[Column[Order], ...]:
    one_day = within_a_day((s.at for o in event.orders for s in o.stamps), LOCAL)

    def shown(at: datetime | None) -> str:
        return moment(at).partition(" ")[2] if one_day and at else moment(at)

    def stage(of: Stage) -> Column[Order]:
        return Column(STAGE_NAMES[of], lambda o: shown(o.at(of)), RIGHT, 88 if one_day else 126)

    def took(name: str, words: str) -> Column[Order]:
        return Column(words, lambda o: minutes_words(getattr(interval(o), name)) or "—", RIGHT,
                      56)

    return (Column(mark("paper|Force"), lambda o: o.force_name, width=136, stretch=True, bold=True),
            *(stage(s) for s in (Stage.ORDERED, Stage.CONFIRMED, Stage.DEPARTED, Stage.ARRIVED,
                                 Stage.RETURNED)),
            *(took(name, words) for name, words in INTERVAL_NAMES.items()),
            Column(mark("paper|Result"), lambda o: o.outcome, width=88, muted=True,
                   tip=lambda o: o.outcome))


def _intervals() -> tuple[Column[Measured], ...]:
    def number(words: str, value: Any) -> Column[Measured]:
        return Column(words, lambda m: minutes_words(value(m)) or "—", RIGHT, 104)

    return (Column(mark("paper|Measure"), lambda m: t(m.name), width=120, bold=True),
            Column(mark("paper|Forces"), lambda m: str(m.spread.n), RIGHT, 72),
            number(mark("paper|Median"), lambda m: m.spread.median),
            number(mark("paper|90 %"), lambda m: m.spread.p90),
            number(mark("paper|Norm"), lambda m: m.norm),
            Column(mark("Norm met"), lambda m: f"{m.met} / {m.judged}" if m.judged else "—",
                   RIGHT, 96),
            Column(mark("paper|Basis"), lambda m: t(m.basis) if m.judged else "", width=200,
                   stretch=True, muted=True))


def _instructions() -> tuple[Column[Instruction], ...]:
    return (Column(mark("paper|Time"), lambda i: moment(i.at), width=136, muted=True),
            Column(mark("paper|Given by"), lambda i: i.leader, width=112, bold=True),
            Column(mark("paper|Instruction"), lambda i: i.text, width=240, stretch=True,
                   tip=lambda i: i.text),
            Column(mark("paper|Passed on"), lambda i: t("list|, ").join(
                p.to_whom for p in i.passings) or "—", width=160),
            Column(mark("paper|Carried out"), lambda i: i.feedback or t("paper|no feedback"),
                   width=200, muted=True, tip=lambda i: i.feedback))


def _harm() -> tuple[Column[CountsAt], ...]:
    def count(words: str, value: Any) -> Column[CountsAt]:
        return Column(words, lambda c: str(value(c.counts)), RIGHT, 88)

    return (Column(mark("paper|Time"), lambda c: moment(c.at), width=136, muted=True),
            count(mark("paper|Dead"), lambda c: c.dead),
            count(mark("paper|Injured"), lambda c: c.severe + c.light),
            count(mark("paper|Missing"), lambda c: c.missing),
            count(mark("paper|Evacuated"), lambda c: c.evacuated),
            Column(mark("paper|Source"), lambda c: c.note, width=200, stretch=True, muted=True))


def _goods() -> tuple[Column[Sent], ...]:
    return (Column(mark("paper|Time"), lambda s: moment(s.at), width=136, muted=True),
            Column(mark("paper|Item"), lambda s: s.name, width=200, stretch=True, bold=True),
            Column(mark("paper|Quantity"), lambda s: f"{s.quantity:g} {s.measure}", RIGHT, 112),
            Column(mark("still outside"), lambda s: f"{s.left:g}", RIGHT, 96),
            Column(mark("paper|Slip number"), lambda s: s.number or "—", width=136),
            Column(mark("paper|Used by"), lambda s: s.to, width=160, muted=True))


def _gaps() -> tuple[Column[str], ...]:
    return (Column(mark("paper|Gap"), lambda words: words, width=400, stretch=True,
                   tip=lambda words: words),)


def _improvements() -> tuple[Column[Improvement], ...]:
    return (Column(mark("paper|Problem"), lambda i: i.problem, width=200, stretch=True, bold=True,
                   tip=lambda i: i.problem),
            Column(mark("paper|Measure to improve"), lambda i: i.measure, width=200, stretch=True,
                   tip=lambda i: i.measure),
            Column(mark("paper|Responsible"), lambda i: i.owner, width=120),
            Column(mark("paper|Deadline"), lambda i: i.due_on.isoformat() if i.due_on else "—",
                   width=104),
            Column(mark("paper|Closed"), lambda i: t("review|open") if i.open
                   else f"{moment(i.done_at)} {i.outcome}", width=200, muted=True,
                   tip=lambda i: i.outcome))
