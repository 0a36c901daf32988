"""What is due on the net 调度网到期: roll calls to begin or end, call-outs not answered yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from db.change import RowId
from db.store import Store
from db.words import t
from dispatch.net.board import recipients, share
from dispatch.net.callouts import named, open_callouts
from dispatch.net.rollcall import answers, open_rolls
from dispatch.net.templates import open_occurrences
from dispatch.net.terms import ROLL_KIND_NAMES, ROLL_WAY_NAMES, Answer, Standing

if TYPE_CHECKING:
    from dispatch.deadlines import Due

AHEAD = timedelta(hours=2)
WITHIN = timedelta(minutes=30)
"""A roll call that was begun should be through in this time."""


def of_net(store: Store, now: datetime) -> list[Due]:
    """Roll calls and call-outs as deadlines; nothing where the net is not used."""
    return [*_to_begin(store, now), *_under_way(store), *_unanswered(store)]


def _to_begin(store: Store, now: datetime) -> list[Due]:
    from dispatch.deadlines import Act, Due

    return [Due(f"roll:{o.template.id}:{int(o.at.timestamp())}", o.at, o.at - timedelta(hours=1),
                t("Roll call: {name}", name=o.template.name),
                t("list|, ").join((t(ROLL_KIND_NAMES[o.kind]), t(ROLL_WAY_NAMES[o.template.way]))),
                "", None, Act.ROLL_CALL, o.template.id)
            for o in open_occurrences(store, now, AHEAD)]


def _under_way(store: Store) -> list[Due]:
    from dispatch.deadlines import Act, Due

    found = []
    for of in open_rolls(store):
        rows = [r for r in answers(store, of.id) if r.round == 1]
        done = sum(1 for r in rows if r.result is not None)
        found.append(Due(f"rolling:{of.id}", of.started_at + WITHIN, of.started_at,
                         t("Roll call under way: {name}", name=of.title),
                         t("{n} of {all} asked", n=done, all=len(rows)), "", None, Act.ROLL_CALL,
                         of.id))
    return found


def _unanswered(store: Store) -> list[Due]:
    from dispatch.deadlines import Act, Due

    found = []
    for of in open_callouts(store):
        rows = recipients(store, of.id)
        known = share(rows)
        left = [r.name for r in rows if r.answer is Answer.NONE]
        if not left:
            continue
        unknown = known.by_standing.get(Standing.UNKNOWN, 0)
        detail = named(t("no answer: {names}"), left, 3)
        if unknown:
            detail = t("{n} sent or not?", n=unknown) + t("; ") + detail
        found.append(Due(f"callout:{of.id}", of.made_at + timedelta(minutes=of.minutes),
                         of.made_at, t("Call-out {number}: {n} of {all} answered",
                                       number=of.number, n=known.answered, all=known.total),
                         detail, of.event_number,
                         RowId(of.event_id) if of.event_id is not None else None, Act.CALLOUT,
                         of.id))
    return found
