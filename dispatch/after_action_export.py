"""The after-action given out 复盘输出: as JSON for a machine, as an xlsx to be worked on."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from db.words import t
from dispatch.after_action import AfterAction, gaps, measured
from dispatch.orders import Order
from dispatch.review import PART_NAMES
from dispatch.terms import ENTRY_NAMES, MAIN_STAGES, STAGE_NAMES
from dispatch.timeline import INTERVAL_NAMES, interval
from resources.exchange.lists import Cell, ListSheet, lists_book
from resources.localtime import local


def after_action_data(of: AfterAction) -> dict[str, Any]:
    """Everything for a machine: instants in UTC, minutes not rounded."""
    event = of.of
    return {
        "number": event.number, "title": event.title, "class": event.class_,
        "subtype": event.subtype, "level": event.level, "place": event.place,
        "state": event.state, "origin": event.origin, "received_at": event.received_at,
        "closed_at": event.closed_at, "start": of.start, "end": of.end,
        "forces": [_force_data(o) for o in of.orders],
        "intervals": {m.name.partition("|")[2].lower().replace("-", "_"): {
            "n": m.spread.n, "median": m.spread.median, "p90": m.spread.p90, "norm": m.norm,
            "met": m.met, "judged": m.judged} for m in measured(of)},
        "reports": [{"kind": s.kind, "to": s.recipient, "way": s.way, "due_at": s.due_at,
                     "sent_at": s.sent_at, "receiver": s.receiver, "late": s.late,
                     "waived": s.waived} for s in of.sendings],
        "instructions": [{"at": i.at, "leader": i.leader, "text": i.text,
                          "passed_on": [p.to_whom for p in i.passings],
                          "feedback": i.feedback, "done_at": i.done_at} for i in of.instructions],
        "casualties": [{"at": c.at, **asdict(c.counts), "note": c.note} for c in of.series],
        "sent": [{"kind": s.kind, "name": s.name, "quantity": s.quantity, "measure": s.measure,
                  "still_out": s.left, "slip": s.number, "to": s.to, "at": s.at}
                 for s in of.sent],
        "gaps": gaps(of), "review": {n: getattr(of.review, n) for n in PART_NAMES},
        "improvements": [{"problem": i.problem, "measure": i.measure, "owner": i.owner,
                          "due_on": i.due_on, "done_at": i.done_at, "outcome": i.outcome}
                         for i in of.improvements],
        "log": [{"no": e.no, "at": e.at, "entered_at": e.entered_at, "kind": e.kind,
                 "text": e.text, "actor": e.actor, "officer": e.officer,
                 "backfilled": e.backfilled, "struck": e.struck} for e in of.log],
        "record": [{"at": p.at, "unit": p.unit, "stage": p.words, "source": p.source}
                   for p in of.past]}


def _force_data(order: Order) -> dict[str, Any]:
    took = interval(order)
    return {"order": order.number, "name": order.force_name, "kind": order.force_kind,
            "people": order.people, "vehicles": order.vehicles,
            "promised_minutes": order.promised_minutes, "outcome": order.outcome,
            "stages": {s.stage.value: s.at for s in order.stamps},
            "intervals": {name: getattr(took, name) for name in INTERVAL_NAMES}}


def after_action_book(of: AfterAction) -> bytes:
    """A workbook: overview, forces with their times, intervals, log, casualties, and the rest."""
    return lists_book([_overview(of), _forces(of), _intervals(of), _log(of), _casualties(of),
                       _instructions(of), _goods(of), _findings(of)])


def _overview(of: AfterAction) -> ListSheet:
    event = of.of
    rows: list[tuple[Cell, ...]] = [
        (t("head|Number"), event.number), (t("Title"), event.title), (t("Place"), event.place),
        (t("head|Received"), _moment(event.received_at)),
        (t("watch|Closed"), _moment(event.closed_at)),
        *((t(words), getattr(of.review, name)) for name, words in PART_NAMES.items()),
        *((t("paper|Gap"), words) for words in gaps(of))]
    return ListSheet(t("paper|Overview"), (t("figure|Figure"), t("figure|Value")), rows)


def _forces(of: AfterAction) -> ListSheet:
    heads = (t("paper|Force"), *(t(STAGE_NAMES[s]) for s in MAIN_STAGES),
             *(t(words) for words in INTERVAL_NAMES.values()), t("paper|Prom."),
             t("paper|Result"))
    rows = []
    for order in of.orders:
        took = interval(order)
        rows.append((order.force_name, *(_moment(order.at(s)) for s in MAIN_STAGES),
                     *(_round(getattr(took, name)) for name in INTERVAL_NAMES),
                     order.promised_minutes, order.outcome))
    return ListSheet(t("paper|Forces and times"), heads, rows)


def _intervals(of: AfterAction) -> ListSheet:
    return ListSheet(t("paper|Intervals against norms"), (
        t("paper|Measure"), t("paper|Forces"), t("paper|Median"), t("paper|90 %"),
        t("paper|Norm"), t("Norm met"), t("Judged by a norm")), [
        (t(m.name), m.spread.n, _round(m.spread.median), _round(m.spread.p90), m.norm, m.met,
         m.judged) for m in measured(of)], charted=2)


def _log(of: AfterAction) -> ListSheet:
    rows: list[tuple[Cell, ...]] = [
        (e.no, _moment(e.at), t(ENTRY_NAMES[e.kind]), e.text, e.officer) for e in of.log]
    rows += [(None, _moment(p.at), t("Stage"), f"{p.unit} {p.words}", p.source) for p in of.past]
    return ListSheet(t("paper|Complete log"), (
        t("paper|No."), t("paper|Time"), t("paper|Kind"), t("paper|Entry"),
        t("paper|Recorder")), rows)


def _casualties(of: AfterAction) -> ListSheet:
    return ListSheet(t("paper|Casualties over time"), (
        t("paper|Time"), t("paper|Dead"), t("paper|Injured"), t("paper|Missing"),
        t("paper|Evacuated"), t("paper|Source")), [
        (_moment(c.at), c.counts.dead, c.counts.severe + c.counts.light, c.counts.missing,
         c.counts.evacuated, c.note) for c in of.series])


def _instructions(of: AfterAction) -> ListSheet:
    return ListSheet(t("Instructions"), (
        t("paper|Time"), t("paper|Given by"), t("paper|Instruction"), t("paper|Passed on"),
        t("paper|Carried out")), [
        (_moment(i.at), i.leader, i.text, t("list|, ").join(p.to_whom for p in i.passings),
         i.feedback) for i in of.instructions])


def _goods(of: AfterAction) -> ListSheet:
    return ListSheet(t("paper|Supplies used"), (
        t("paper|Item"), t("paper|Quantity"), t("Unit"), t("still outside"),
        t("paper|Slip number"), t("paper|Used by")), [
        (s.name, s.quantity, s.measure, s.left, s.number, s.to) for s in of.sent])


def _findings(of: AfterAction) -> ListSheet:
    return ListSheet(t("paper|Findings and improvements"), (
        t("paper|Problem"), t("paper|Measure to improve"), t("paper|Responsible"),
        t("paper|Deadline"), t("paper|Closed"), t("Outcome")), [
        (i.problem, i.measure, i.owner, i.due_on.isoformat() if i.due_on else "",
         _moment(i.done_at), i.outcome) for i in of.improvements])


def _moment(at: datetime | None) -> str:
    return f"{local(at):%Y-%m-%d %H:%M:%S}" if at else ""


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
