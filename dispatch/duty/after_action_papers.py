"""The after-action paper 复盘报告: what is known of an event as the facts of its report."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from db.change import RowId
from db.store import Store
from db.words import mark, t
from dispatch.after_action import AfterAction, gaps, measured, read_after_action
from dispatch.duty.event_papers import entry_line, kind_words, level_words
from dispatch.duty.papers import district
from dispatch.map_pictures import figure_of
from dispatch.orders import Order
from dispatch.past.orders import PastLine
from dispatch.printing import register_printout, text_digest
from dispatch.printouts import after_action_facts as paper
from dispatch.printouts.log_table import EntryLine
from dispatch.printouts.sheet import Moment
from dispatch.review import PART_NAMES, Improvement
from dispatch.terms import ENTRY_NAMES, REPORT_NAMES, WAY_NAMES, EntryKind, ReportKind, Stage
from dispatch.timeline import interval, key_moments, minutes
from resources.localtime import moment_text
from resources.people import Officer

MOST_MOMENTS = 20
BETWEEN = {"interval|Response": mark("between|ordered to confirmed"),
           "interval|Turn-out": mark("between|ordered to departed"),
           "interval|Travel": mark("between|departed to arrived"),
           "interval|Total": mark("between|received to arrived")}


def after_action_paper(store: Store, event_id: RowId, *, by: Officer) -> paper.AfterActionFacts:
    """The report of an event from its log, registered so that its code can be verified."""
    facts = after_action_facts(store, read_after_action(store, event_id))
    return registered(store, event_id, facts, digest_of_facts(facts), by=by)


def digest_of_facts(facts: paper.AfterActionFacts) -> str:
    """sha256 hex of what the report says, whenever it is made; of a large event in any thread."""
    return text_digest(replace(facts, made_at=facts.start))


def registered(store: Store, event_id: RowId, facts: paper.AfterActionFacts, digest: str, *,
               by: Officer) -> paper.AfterActionFacts:
    """The facts with the code under which the report is known from now on."""
    note = register_printout(store, "after_action", event_id, digest, number=facts.number, by=by)
    return replace(facts, made_at=note.at, code=note.code, chain_seq=note.chain_no,
                   chain_hash=note.chain_head)


def after_action_facts(store: Store, of: AfterAction) -> paper.AfterActionFacts:
    """The facts of the paper, not registered yet."""
    place = district(store)
    lines = [replace(entry_line(e), event="") for e in of.log] + [_past_line(p) for p in of.past]
    return paper.AfterActionFacts(
        number=f"FP-{of.of.number}", org=place.org, event_number=of.of.number,
        event_title=of.of.title, start=of.start, end=of.end, made_at=store.clock.now(),
        facts=_overview(of), narrative=of.of.close_note or of.of.summary,
        casualties=_casualties(of), forces=tuple(_force(o) for o in of.orders),
        intervals=(*_measured(of), *_first_times(of)), moments=tuple(_moments(of)),
        instructions=_instructions(of), supplies=_supplies(of), review=_review(of),
        gaps=tuple(gaps(of)), findings=tuple(_finding(i) for i in of.improvements),
        entries=tuple(sorted(lines, key=lambda e: e.at)), drill=place.drill,
        figure=figure_of(store, of.of.id))


def _past_line(line: PastLine) -> EntryLine:
    """A time of another system's record stands as a line without a number."""
    return EntryLine(None, line.at, t(ENTRY_NAMES[EntryKind.STAGE]),
                     t("{force}: {stage}", force=line.unit, stage=line.words), line.source)


def _overview(of: AfterAction) -> tuple[paper.Fact, ...]:
    event = of.of
    closed = moment_text(event.closed_at, year=True) if event.closed_at else (
        t("watch|still open") if event.state == "open" else t("watch|not recorded"))
    return (
        paper.Fact(t("watch|Class"), kind_words(event)),
        paper.Fact(t("watch|Level"), level_words(event), strong=True),
        paper.Fact(t("watch|Place"), event.place),
        paper.Fact(t("watch|Received"), moment_text(event.received_at, year=True), strong=True),
        paper.Fact(t("watch|Source"), event.source if event.origin == "past"
                   else f"{event.reporter_unit} {event.reporter}".strip()),
        paper.Fact(t("watch|Closed"), closed))


def _casualties(of: AfterAction) -> tuple[paper.Casualties, ...]:
    return tuple(paper.Casualties(
        c.at, c.counts.dead, c.counts.severe + c.counts.light, c.counts.missing,
        c.counts.evacuated, c.note) for c in of.series)


def _force(order: Order) -> paper.ForceLine:
    took = interval(order)
    size = " ".join(filter(None, (
        t("{n} people", n=order.people) if order.people else "",
        t("{n} vehicles", n=order.vehicles) if order.vehicles else "")))
    return paper.ForceLine(
        order.force_name, size, order.at(Stage.ORDERED) if order.past else order.ordered_at,
        order.at(Stage.CONFIRMED), order.at(Stage.DEPARTED), order.at(Stage.ARRIVED),
        order.at(Stage.RETURNED), order.promised_at, took.response, took.turn_out, took.travel,
        took.total, order.promised_minutes, max(took.over or 0.0, 0.0),
        outcome=t("paper|flagged") if order.past and order.outcome else "",
        out=order.out)


def _measured(of: AfterAction) -> tuple[paper.IntervalLine, ...]:
    """The four intervals over all forces, with median and 90th percentile."""
    if not of.orders:
        return ()
    return tuple(paper.IntervalLine(
        t(row.name), t(BETWEEN[row.name]), row.spread.median, row.norm,
        t(row.basis) if row.judged else "", p90=row.spread.p90, n=row.spread.n,
        met=row.met, judged=row.judged) for row in measured(of))


def _first_times(of: AfterAction) -> tuple[paper.IntervalLine, ...]:
    """First report by each way, and the first force on the scene."""
    found = []
    for sent in of.sendings:
        if sent.kind is ReportKind.FIRST and sent.sent_at:
            way = t(WAY_NAMES[sent.way])
            found.append(paper.IntervalLine(
                t("watch|First report {way}", way=way),
                t("watch|received to report, {to}", to=sent.recipient),
                minutes(of.of.received_at, sent.sent_at), minutes(of.of.received_at, sent.due_at),
                sent.basis))
    arrived = [at for o in of.orders if (at := o.at(Stage.ARRIVED))]
    if arrived:
        found.append(paper.IntervalLine(t("watch|First arrival"),
                                        t("watch|received to first arrival"),
                                        minutes(of.of.received_at, min(arrived)), None))
    return tuple(found)


def _instructions(of: AfterAction) -> tuple[paper.InstructionLine, ...]:
    return tuple(paper.InstructionLine(
        i.at, i.leader, f"{i.unit} {i.post}".strip(), i.text,
        t("list|, ").join(p.to_whom for p in i.passings), i.feedback) for i in of.instructions)


def _supplies(of: AfterAction) -> tuple[paper.SupplyLine, ...]:
    """Goods and equipment that went out; what came back is taken off."""
    return tuple(paper.SupplyLine(s.name, t("{n} {measure}", n=f"{s.quantity:g}",
                                            measure=s.measure), _back(s.quantity - s.left),
                                  s.number, s.to) for s in of.sent)


def _back(quantity: float) -> str:
    return t("{n} back", n=f"{quantity:g}") if quantity else ""


def _review(of: AfterAction) -> tuple[tuple[str, str], ...]:
    """What the law asks to be summed up, heading and words; blank ones to be written in."""
    return tuple((t(PART_NAMES[n]), getattr(of.review, n)) for n in (
        "course", "cause", "lessons", "measures"))


def _finding(one: Improvement) -> paper.Finding:
    state = "" if one.open else t("closed {day}: {outcome}", day=moment_text(one.done_at)
                                  if one.done_at else "", outcome=one.outcome)
    return paper.Finding(one.problem, one.measure, one.owner,
                         one.due_on.isoformat() if one.due_on else "", state)


def _moments(of: AfterAction) -> list[Moment]:
    """Few enough to be read on the chart: received, reports out, first arrival, turns, end."""
    event = of.of
    found = [Moment(event.received_at, t("moment|received"))]
    sent: dict[str, datetime] = {}
    for one in of.sendings:
        if one.sent_at is not None:
            name = f"{t(REPORT_NAMES[one.kind])} {t(WAY_NAMES[one.way])}"
            sent[name] = min(one.sent_at, sent.get(name, one.sent_at))
    found += [Moment(at, name) for name, at in sent.items()]
    arrivals = [at for o in of.orders if (at := o.at(Stage.ARRIVED)) is not None]
    if arrivals:
        found.append(Moment(min(arrivals), t("moment|first force there")))
    for kind in (EntryKind.INSTRUCTION, EntryKind.RESPONSE, EntryKind.LEVEL):
        first = next((e for e in of.log if e.kind is kind and not e.struck), None)
        if first is not None:
            found.append(Moment(first.at, t(ENTRY_NAMES[kind])))
    if not of.orders:  # a chronology: its own key entries are all there is
        found += [Moment(e.at, e.text[:16]) for e in key_moments(of.log)
                  if e.kind is not EntryKind.EVENT][:MOST_MOMENTS]
    if event.closed_at is not None:
        found.append(Moment(event.closed_at, t("moment|closed")))
    return sorted(found, key=lambda m: m.at)[:MOST_MOMENTS]
