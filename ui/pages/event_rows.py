"""Records as rows of the event page: forces, lanes, facts, casualties. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from db.change import RowId
from db.words import mark, t
from dispatch.events import Event
from dispatch.grading import CountsAt
from dispatch.levels import COUNT_NAMES, Counts
from dispatch.linking import Linked
from dispatch.log import LogEntry
from dispatch.orders import Order, next_stage
from dispatch.sendings import Sending
from dispatch.terms import (
    CLASS_NAMES,
    LEVEL_NAMES,
    NOT_GRADED,
    STAGE_NAMES,
    SUBTYPE_NAMES,
    WAY_NAMES,
    EntryKind,
    Stage,
    Subtype,
    Way,
)
from dispatch.timeline import key_moments
from ui import moments
from ui.lanes import LaneFacts, Mark
from ui.shown import TONES, arrival, lane, report_words
from ui.widgets.facts import Fact
from ui.widgets.force_list import ForceRow
from ui.widgets.series import SeriesRow

SERIES = ("dead", "severe", "light", "missing", "trapped", "evacuated", "at_risk", "loss_yuan")
FLAG_WORDS = {
    EntryKind.LEVEL: mark("flag|Level"), EntryKind.RESPONSE: mark("Response"),
    EntryKind.INSTRUCTION: mark("Instruction"), EntryKind.REPORT: mark("entry|Report"),
}


def force_rows(orders: Iterable[Order],
               checks: Mapping[RowId, datetime | None] | None = None) -> list[ForceRow]:
    """The forces of an event; those still out carry the number keys 1 to 9.

    `checks` are the next safety check-ins by order.
    """
    rows, key = [], 0
    for order in orders:
        following = next_stage(order)
        key += following is not None
        rows.append(ForceRow(
            order.id, order.force_name, TONES.get(order.stage, TONES[Stage.ORDERED]),
            t(STAGE_NAMES[order.stage]),
            order.people or 0, order.vehicles or 0, order.ordered_at,
            arrived=arrival(order) or order.ended_at, promised=order.promised_minutes,
            key=str(key) if following and key <= 9 else "",
            next_word=t(STAGE_NAMES[following]) if following else "", done=not order.out,
            stage_key=following or "", check_at=(checks or {}).get(order.id)))
    return rows


def lane_facts(event: Event, orders: Sequence[Order], entries: Iterable[LogEntry],
               waiting: Sequence[Sending]) -> LaneFacts:
    """The chart: a lane for each order, key moments, the next report as a coming mark."""
    marks = [Mark(event.received_at, t("mark|Received"))]
    marks += [Mark(entry.at, t(FLAG_WORDS[entry.kind])) for entry in key_moments(entries)
              if entry.kind in FLAG_WORDS]
    if waiting and event.closed_at is None:
        marks.append(Mark(waiting[0].due_at, report_words(waiting[0]), coming=True))
    return LaneFacts(event.received_at, event.closed_at,
                     tuple(lane(o) for o in orders), tuple(marks))


def meta_words(event: Event) -> str:
    """Level, kind and place in one line."""
    level = t(LEVEL_NAMES[event.level]) if event.level else t(NOT_GRADED)
    parts = [level, t(CLASS_NAMES[event.class_])]
    if event.subtype:
        parts.append(t(SUBTYPE_NAMES[Subtype(event.subtype)]))
    parts += [p for p in (event.town, event.address) if p]
    return "・".join(parts)


def way_words(source: str) -> str:
    """The name of a means, or the free words that stand there."""
    return t(WAY_NAMES[Way(source)]) if source in set(Way) else source


def fact_rows(event: Event, links: Iterable[Linked] = ()) -> list[Fact]:
    """The facts column; what is not known says so."""
    caller = " ".join(p for p in (event.reporter_unit, event.reporter, event.reporter_phone) if p)
    graded = ""
    if event.level and event.level_at:
        graded = t("{time} confirmed", time=moments.day_clock(event.level_at))
    point = ""
    if event.lon is not None and event.lat is not None:
        point = f"{event.lon:.4f}, {event.lat:.4f} {event.src_crs}"
    verified = ""
    if event.verified and event.verified_at:
        verified = f"{moments.clock(event.verified_at)} {event.verified}"
    scene = " ".join(p for p in (event.commander, event.commander_phone) if p)
    rows = (
        Fact(t("fact|Received"), f"{moments.clock_seconds(event.received_at)} {caller}".strip()),
        Fact(t("fact|Happened"), moments.day_clock(event.occurred_at) if event.occurred_at else ""),
        Fact(t("Source"), way_words(event.source)), Fact(t("Place"), event.place),
        Fact(t("fact|Point"), point), Fact(t("What happened"), event.summary),
        Fact(t("Verified"), verified), Fact(t("On-scene command"), scene),
        Fact(t("Linked"), "；".join(f"{k.number} {k.title}" for k in links)),
        Fact(t("fact|Trend"), event.trend),
        Fact(t("Cause"), event.cause), Fact(t("Measures"), event.measures),
        Fact(t("Graded"), graded, event.level_basis))
    return [row for row in rows if row.value or row.label in (t("Place"), t("fact|Happened"))]


def series_rows(series: Sequence[CountsAt], now: Counts) -> tuple[list[str], list[SeriesRow]]:
    """Heads and rows of the casualty table: the first point, the one before, and now."""
    points = [series[0], series[-2]] if len(series) > 2 else list(series[:-1])
    heads = [moments.clock(p.at) for p in points]
    before = series[-2].counts if len(series) > 1 else None
    rows = []
    for name in SERIES:
        value = asdict(now)[name]
        past = [asdict(p.counts)[name] for p in points]
        if name in ("trapped", "at_risk", "loss_yuan") and not value and not any(past):
            continue
        delta = (value or 0) - (asdict(before)[name] or 0) if before else 0
        rows.append(SeriesRow(t(COUNT_NAMES[name]), tuple(_number(v) for v in past),
                              _number(value), _signed(delta)))
    return heads, rows


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:,.0f}"


def _signed(delta: float) -> str:
    if not delta:
        return ""
    return f"{'+' if delta > 0 else '−'}{abs(delta):,.0f}"
