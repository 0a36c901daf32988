"""Shown 显示: records of the duty room as the rows that lists and charts paint; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from db.words import t
from dispatch.deadlines import Act, Due
from dispatch.events import Event
from dispatch.log import LogEntry
from dispatch.orders import Order
from dispatch.sendings import Sending
from dispatch.terms import (
    ENTRY_NAMES,
    ON_SCENE,
    REPORT_NAMES,
    STAGE_NAMES,
    SUBTYPE_NAMES,
    WAY_NAMES,
    EntryKind,
    ReportKind,
    Stage,
    Subtype,
)
from ui import moments
from ui.lanes import LaneRow, Segment
from ui.palette import StageTone
from ui.widgets.due_list import DueRow
from ui.widgets.event_list import EventRow
from ui.widgets.log_list import LogRow

ENTRY_ICONS = {
    EntryKind.CALL: "phone-incoming", EntryKind.CALL_OUT: "phone-outgoing",
    EntryKind.PAPER: "file-text", EntryKind.NOTE: "note", EntryKind.WEATHER: "ripple",
    EntryKind.WARNING: "bell-ringing", EntryKind.INSTRUCTION: "signature",
    EntryKind.REPORT: "send", EntryKind.EVENT: "alert-triangle", EntryKind.ORDER: "broadcast",
    EntryKind.STAGE: "truck", EntryKind.CASUALTY: "first-aid-kit", EntryKind.LEVEL: "scale",
    EntryKind.RESPONSE: "bell", EntryKind.ROLL_CALL: "list-check", EntryKind.PATROL: "user-check",
    EntryKind.ALARM: "alert-triangle", EntryKind.CORRECTION: "corner-down-right",
    EntryKind.SHIFT: "users", EntryKind.SYSTEM: "settings",
}
ACT_KEYS = {Act.REPORT: "F8", Act.STAGE: "F5", Act.INSTRUCTION: "F6", Act.HANDOVER: "F9",
            Act.ROLL_CALL: "F7", Act.RECEIPT: "Enter"}
TONES = {
    Stage.ORDERED: StageTone.PENDING, Stage.CONFIRMED: StageTone.MUSTER,
    Stage.MUSTERED: StageTone.MUSTER, Stage.DEPARTED: StageTone.ENROUTE,
    Stage.ARRIVED: StageTone.SCENE, Stage.DEPLOYED: StageTone.SCENE,
    Stage.CONTROLLED: StageTone.CONTROL, Stage.FINISHED: StageTone.RETURN,
    Stage.RETURNED: StageTone.RETURN, Stage.REFUSED: StageTone.RETURN,
    Stage.CANCELLED: StageTone.RETURN, Stage.RECALLED: StageTone.RETURN,
}
TONE_NAMES = {
    StageTone.PENDING: "tone|To confirm", StageTone.MUSTER: "tone|Mustering",
    StageTone.ENROUTE: "tone|On the way", StageTone.SCENE: "tone|On scene",
    StageTone.CONTROL: "tone|Controlled", StageTone.RETURN: "tone|Returning",
}


def short_number(number: str) -> str:
    """`2026-0147` as it stands in narrow columns: `0147`; the letter of a series stays, and with
    it a drill's: `演0003`."""
    letter = "" if number[:1].isdigit() else number[:1]
    return letter + number.rpartition("-")[2]


def log_row(entry: LogEntry) -> LogRow:
    """An entry as a row of the log."""
    tags = (t("Back-filled"),) if entry.backfilled else ()
    named = entry.actor and entry.actor not in entry.text
    words = f"{entry.actor}：{entry.text}" if named else entry.text
    return LogRow(
        entry.id, entry.at, t(ENTRY_NAMES[entry.kind]), ENTRY_ICONS[entry.kind],
        " ".join(words.split()), tags, 0, short_number(entry.event_number), entry.officer,
        entry.struck, entry.kind is EntryKind.ALARM, entry.kind is EntryKind.INSTRUCTION)


def harm_words(event: Event) -> str:
    """The counts that are not zero, in a few words: `1 dead, 17 hurt, 120 evacuated`."""
    c = event.counts
    parts = [
        (c.dead, t("{n} dead", n=c.dead)), (c.missing, t("{n} missing", n=c.missing)),
        (c.trapped, t("{n} trapped", n=c.trapped)),
        (c.severe + c.light, t("{n} hurt", n=c.severe + c.light)),
        (c.evacuated, t("{n} evacuated", n=c.evacuated))]
    return " ".join(words for n, words in parts if n)


def event_meta(event: Event) -> str:
    """The second line of an event: town, kind, response, harm."""
    kind = t(SUBTYPE_NAMES[Subtype(event.subtype)]) if event.subtype else ""
    response = (t("level {n} response", n=event.response_level) if event.response_level else "")
    level = "" if event.level else t("to be graded")
    return "・".join(p for p in (event.town, kind, level, response, harm_words(event)) if p)


def report_words(sending: Sending) -> str:
    """`Follow-up 2, in writing` in the words of the desk."""
    name = t(REPORT_NAMES[sending.kind])
    if sending.kind is ReportKind.FOLLOW:
        name = t("Follow-up {n}", n=sending.seq)
    return t("{report} {way}", report=name, way=t(WAY_NAMES[sending.way]))


def event_row(event: Event, orders: Iterable[Order], waiting: Sequence[Sending]) -> EventRow:
    """An open event as a row of the desk; `waiting` are its unsent reports, soonest first."""
    live = [o for o in orders if o.stage not in (Stage.REFUSED, Stage.CANCELLED)]
    there = sum(1 for o in live if o.stage in ON_SCENE or arrival(o) is not None)
    first = waiting[0] if waiting else None
    return EventRow(
        event.id, event.number, event.title, event_meta(event), event.level or 0,
        event.received_at, there, len(live), report_words(first) if first else "",
        first.due_at if first else None)


def arrival(order: Order) -> datetime | None:
    """When the force was first on scene, if it was."""
    return next((s.at for s in order.stamps if s.stage in ON_SCENE), None)


def lane(order: Order) -> LaneRow:
    """An order as a lane of the chart, neighbouring stages of one tone drawn as one stretch."""
    steps = [] if order.past else [(order.ordered_at, TONES[Stage.ORDERED])]
    steps += [(s.at, TONES[s.stage]) for s in order.stamps
              if s.stage in TONES and (order.past or s.stage is not Stage.ORDERED)]
    end = order.ended_at or (steps[-1][0] if order.past and steps else None)
    parts: list[Segment] = []
    for number, (at, tone) in enumerate(steps):
        if parts and parts[-1].tone is tone:
            continue
        until = next((when for when, other in steps[number + 1:] if other is not tone), None)
        parts.append(Segment(tone, t(TONE_NAMES[tone]), at, until or end))
    promised = (order.ordered_at + timedelta(minutes=order.promised_minutes)
                if order.promised_minutes else None)
    return LaneRow(order.force_name, tuple(parts), promised, arrival(order),
                   over=not order.out)


def stage_words(order: Order) -> str:
    return t(STAGE_NAMES[order.stage])


def due_row(due: Due) -> DueRow:
    """A deadline as a row of the list of what is due."""
    name = f"{short_number(due.event_number)}・" if due.event_number else ""
    ack = (t("acknowledged by {name}", name=due.acknowledged_by) if due.acknowledged_by else "")
    at = t("due {time}", time=moments.clock(due.at))
    meta = name + "・".join(p for p in (ack, at, due.detail) if p)
    return DueRow(due.key, due.at, due.title, meta, due.started_at, ACT_KEYS.get(due.act, ""),
                  bool(due.acknowledged_by))
