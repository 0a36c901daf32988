"""Words of the review 复盘用语: a line of the log, and how things stood at one instant."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from db.words import t
from dispatch.after_action import AfterAction
from dispatch.log import LogEntry
from dispatch.past.orders import PastLine
from dispatch.terms import ENDED_STAGES, ON_SCENE, Stage
from ui import moments

WAITING = frozenset({Stage.ORDERED, Stage.CONFIRMED, Stage.MUSTERED})
"""Sent and not on the way yet."""


@dataclass(frozen=True, slots=True)
class Said:
    """One entry of the log as the chart tells it."""

    at: datetime
    words: str


def line_of(entry: LogEntry | PastLine) -> str:
    """One line of the log in words; a struck one says so."""
    if isinstance(entry, PastLine):
        return t("{force}: {stage}", force=entry.unit, stage=entry.words)
    if entry.struck:
        return t("(struck) {words}", words=entry.text)
    return entry.text


def stood(of: AfterAction, at: datetime) -> str:
    """How far the forces were and what was known of the harm at one instant. Pure."""
    stages: Counter[str] = Counter()
    for order in of.orders:
        reached = [s.stage for s in order.stamps if s.at <= at and s.stage != Stage.REINFORCED]
        if not reached:
            continue
        last = reached[-1]
        stages["back" if last in ENDED_STAGES else "there" if last in ON_SCENE
               else "sent" if last in WAITING else "coming"] += 1
    parts = [moments.day_clock(at), t("T+{time}", time=moments.running(at - of.of.received_at)),
             t("sent {n}", n=stages["sent"]), t("on the way {n}", n=stages["coming"]),
             t("on scene {n}", n=stages["there"]), t("done {n}", n=stages["back"])]
    known = [c for c in of.series if c.at <= at]
    if known:
        c = known[-1].counts
        parts.append(t("dead {dead}, injured {injured}, missing {missing}", dead=c.dead,
                       injured=c.severe + c.light, missing=c.missing))
    return " · ".join(parts)
