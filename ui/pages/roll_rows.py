"""Rows of the roll-call page 点名列表: what is at the left, and the units of a roll call."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Qt

from db.store import Store
from db.words import mark, t
from dispatch.net.choosing import choice_words
from dispatch.net.rollcall import RollAnswer, open_rolls, rolls
from dispatch.net.templates import Template, open_occurrences, templates
from dispatch.net.terms import RESULT_NAMES, ROLL_KIND_NAMES
from resources.localtime import clock_text, moment_text
from ui.rows_model import Column
from ui.widgets.fact_list import Fact, with_late

AHEAD, SHOWN = timedelta(hours=12), 60
RIGHT = Qt.AlignmentFlag.AlignRight


def _round(a: RollAnswer) -> str:
    return str(a.place) if a.round == 1 else t("roll|again {n}", n=a.place)


COLUMNS: tuple[Column[RollAnswer], ...] = (
    Column(mark("column|No."), _round, RIGHT, 84, muted=True),
    Column(mark("Unit"), lambda a: a.name, width=140, stretch=True, bold=True,
           tip=lambda a: a.name),
    Column(mark("roll|Answer"), lambda a: t(RESULT_NAMES[a.result]) if a.result else "",
           width=108, bold=True),
    Column(mark("head|At"), lambda a: clock_text(a.answered_at, seconds=True)
           if a.answered_at else "", width=80),
    Column(mark("Answered by"), lambda a: a.responder, width=104),
    Column(mark("Signal"), lambda a: str(a.quality or ""), RIGHT, 56),
    Column(mark("Note"), lambda a: a.note, width=90, muted=True, tip=lambda a: a.note))


def left_rows(store: Store, now: datetime) -> list[Fact]:
    """What is under way, due, can be begun, and has ended, each under its head."""
    due = [Fact(f"due:{o.template.id}:{o.at.isoformat()}", o.template.name,
                with_late(t(ROLL_KIND_NAMES[o.kind]), late=o.at <= now), clock_text(o.at),
                late=o.at <= now)
           for o in open_occurrences(store, now, AHEAD)]
    going = [Fact(f"roll:{r.id}", r.title, r.number, clock_text(r.started_at))
             for r in open_rolls(store)]
    kinds = [Fact(f"template:{x.id}", x.name, choice_words(store, x.choice), _when(x))
             for x in templates(store)]
    past = [Fact(f"roll:{r.id}", r.title, r.number, moment_text(r.started_at))
            for r in rolls(store, limit=SHOWN) if not r.open]
    rows: list[Fact] = []
    for head, some in ((t("roll|Under way"), going), (t("roll|Due"), due),
                       (t("roll|Templates"), kinds), (t("roll|Ended"), past)):
        if some:
            rows += [Fact(f"head:{head}", head, right=str(len(some)), head=True), *some]
    return rows


def _when(of: Template) -> str:
    """When a template asks: `09:00 21:00, 3 a week at random`."""
    parts = [" ".join(x.strftime("%H:%M") for x in of.times)] if of.times else []
    if of.random_week:
        parts.append(t("{n} a week at random", n=of.random_week))
    return t("list|, ").join(parts) or t("roll|by hand only")
