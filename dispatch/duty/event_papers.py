"""Papers of an event 复盘与报送: after-action report, log register, information report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from db.change import RowId
from db.clock import from_text
from db.store import Store
from db.words import t
from dispatch.bulletins import BULLETIN_NAMES, PART_NAMES, Bulletin, BulletinKind
from dispatch.duty.papers import district
from dispatch.duty.shifts import Shift
from dispatch.events import Event, EventId, event
from dispatch.log import LogEntry, entries
from dispatch.map_pictures import figure_of
from dispatch.orders import Order, orders_of
from dispatch.printing import register_printout, text_digest
from dispatch.printouts import after_action_facts as paper
from dispatch.printouts import report_sheet as sheet
from dispatch.printouts.bulletin_sheet import BulletinFacts
from dispatch.printouts.log_sheet import LogFacts
from dispatch.printouts.log_table import EntryLine
from dispatch.printouts.sheet import Moment
from dispatch.reports_up import Report
from dispatch.sendings import sendings
from dispatch.terms import (
    CLASS_NAMES,
    ENTRY_NAMES,
    LEVEL_NAMES,
    NOT_GRADED,
    REPORT_NAMES,
    SUBTYPE_NAMES,
    WAY_NAMES,
    EntryKind,
    ReportKind,
    Stage,
    Subtype,
)
from dispatch.timeline import interval, key_moments, minutes
from resources.localtime import moment_text
from resources.people import Officer

ALL = 1_000_000
MOST_MOMENTS = 20


def entry_line(entry: LogEntry) -> EntryLine:
    """One log entry as it stands on paper."""
    text = entry.text
    if entry.kind is EntryKind.NOTE and entry.actor and not text.startswith(entry.actor):
        text = t("{actor}: {text}", actor=entry.actor, text=text)
    return EntryLine(
        entry.no, entry.at, t(ENTRY_NAMES[entry.kind]), text, entry.officer,
        entry.entered_at, entry.event_number, entry.backfilled, entry.struck,
        entry.struck_reason if entry.struck else entry.reason, entry.struck_no,
        entry.strikes_no)


def log_paper(store: Store, shift: Shift) -> LogFacts:
    """The register of a shift's log, oldest entry first."""
    place, lines = district(store), entries(store, shift=shift.id, limit=ALL)
    return LogFacts(f"RZ-{shift.label[:5]}", place.org, shift.starts_at, shift.ends_at,
                    store.clock.now(), tuple(entry_line(e) for e in reversed(lines)),
                    weather=shift.weather, drill=place.drill)


def after_action_paper(store: Store, event_id: RowId, *, by: Officer) -> paper.AfterActionFacts:
    """The report of an event from its log, registered so that its code can be verified."""
    of = event(store, event_id)
    lines = tuple(reversed(entries(store, event=event_id, limit=ALL)))
    orders, place = orders_of(store, event_id), district(store)
    ends = [e.at for e in lines] + [s.at for o in orders for s in o.stamps]
    made = store.clock.now()
    facts = paper.AfterActionFacts(
        number=f"FP-{of.number}", org=place.org, event_number=of.number, event_title=of.title,
        start=min([of.received_at, *ends]), end=of.closed_at or max([of.received_at, *ends]),
        made_at=made, facts=_overview(of), narrative=of.close_note or of.summary,
        casualties=_casualties(store, of), forces=tuple(_force(o) for o in orders),
        intervals=_intervals(store, of, orders),
        moments=tuple(_moments(store, of, orders, lines)),
        instructions=_instructions(store, of), findings=_findings(store, of),
        entries=tuple(entry_line(e) for e in lines), drill=place.drill,
        figure=figure_of(store, event_id))
    digest = text_digest(replace(facts, made_at=of.received_at))
    note = register_printout(store, "after_action", event_id, digest, number=facts.number, by=by)
    return replace(facts, made_at=note.at, code=note.code, chain_seq=note.chain_no,
                   chain_hash=note.chain_head)


def _moments(store: Store, of: Event, orders: Sequence[Order],
             lines: Sequence[LogEntry]) -> list[Moment]:
    """Few enough to be read on the chart: received, reports out, first arrival, turns, end."""
    found = [Moment(of.received_at, t("moment|received"))]
    sent: dict[str, datetime] = {}
    for one in sendings(store, of.id):
        if one.sent_at is not None:
            name = f"{t(REPORT_NAMES[one.kind])} {t(WAY_NAMES[one.way])}"
            sent[name] = min(one.sent_at, sent.get(name, one.sent_at))
    found += [Moment(at, name) for name, at in sent.items()]
    arrivals = [at for o in orders if (at := o.at(Stage.ARRIVED)) is not None]
    if arrivals:
        found.append(Moment(min(arrivals), t("moment|first force there")))
    turns = (EntryKind.INSTRUCTION, EntryKind.RESPONSE, EntryKind.LEVEL)
    for kind in turns:
        first = next((e for e in lines if e.kind is kind and not e.struck), None)
        if first is not None:
            found.append(Moment(first.at, t(ENTRY_NAMES[kind])))
    if not orders:  # a chronology: its own key entries are all there is
        found += [Moment(e.at, e.text[:16]) for e in key_moments(lines)
                  if e.kind is not EntryKind.EVENT][:MOST_MOMENTS]
    if of.closed_at is not None:
        found.append(Moment(of.closed_at, t("moment|closed")))
    return sorted(found, key=lambda m: m.at)[:MOST_MOMENTS]


def level_words(of: Event) -> str:
    return t(LEVEL_NAMES[of.level]) if of.level else t(NOT_GRADED)


def kind_words(of: Event) -> str:
    """Class and sub-type in words."""
    known = of.subtype in tuple(Subtype)
    name = t(SUBTYPE_NAMES[Subtype(of.subtype)]) if known else of.subtype
    return f"{t(CLASS_NAMES[of.class_])} {name}".strip()


def _overview(of: Event) -> tuple[paper.Fact, ...]:
    closed = moment_text(of.closed_at, year=True) if of.closed_at else t("watch|still open")
    return (
        paper.Fact(t("watch|Class"), kind_words(of)),
        paper.Fact(t("watch|Level"), level_words(of), strong=True),
        paper.Fact(t("watch|Place"), of.place),
        paper.Fact(t("watch|Received"), moment_text(of.received_at, year=True), strong=True),
        paper.Fact(t("watch|Source"), f"{of.reporter_unit} {of.reporter}".strip()),
        paper.Fact(t("watch|Closed"), closed))


def _casualties(store: Store, of: Event) -> tuple[paper.Casualties, ...]:
    rows = store.read("select * from casualty where event_id = :id order by at, id", id=of.id)
    return tuple(paper.Casualties(from_text(r["at"]), r["dead"], r["severe"] + r["light"],
                                  r["missing"], r["evacuated"], r["note"]) for r in rows)


def _force(order: Order) -> paper.ForceLine:
    took = interval(order)
    size = " ".join(filter(None, (
        t("{n} people", n=order.people) if order.people else "",
        t("{n} vehicles", n=order.vehicles) if order.vehicles else "")))
    return paper.ForceLine(
        order.force_name, size, order.ordered_at, order.at(Stage.CONFIRMED),
        order.at(Stage.DEPARTED), order.at(Stage.ARRIVED), order.at(Stage.RETURNED),
        order.promised_at, took.response, took.turn_out, took.travel, took.total,
        order.promised_minutes, max(took.over or 0.0, 0.0))


def _intervals(store: Store, of: Event, orders: list[Order]) -> tuple[paper.IntervalLine, ...]:
    """First report by each way, and the first force on the scene."""
    found = []
    for sent in sendings(store, EventId(of.id)):
        if sent.kind is ReportKind.FIRST and sent.sent_at:
            way = t(WAY_NAMES[sent.way])
            found.append(paper.IntervalLine(
                t("watch|First report {way}", way=way),
                t("watch|received to report, {to}", to=sent.recipient),
                minutes(of.received_at, sent.sent_at), minutes(of.received_at, sent.due_at),
                sent.basis))
    arrived = [at for o in orders if (at := o.at(Stage.ARRIVED))]
    if arrived:
        found.append(paper.IntervalLine(t("watch|First arrival"),
                                        t("watch|received to first arrival"),
                                        minutes(of.received_at, min(arrived)), None))
    return tuple(found)


def _instructions(store: Store, of: Event) -> tuple[paper.InstructionLine, ...]:
    rows = store.read("""select i.*, coalesce((select group_concat(p.to_whom, '、')
        from passing p where p.instruction_id = i.id), '') as passed
        from instruction i where i.event_id = :id order by i.at, i.id""", id=of.id)
    return tuple(paper.InstructionLine(
        from_text(r["at"]), r["leader"], f"{r['unit']} {r['post']}".strip(), r["text"],
        r["passed"], r["feedback"]) for r in rows)


def _findings(store: Store, of: Event) -> tuple[paper.Finding, ...]:
    rows = store.read("select * from finding where event_id = :id order by id", id=of.id)
    return tuple(paper.Finding(r["text"], owner=r["owner"], due=r["due_on"] or "")
                 for r in rows)


def report_paper(store: Store, report: Report, *, compiler: str = "") -> sheet.ReportFacts:
    """An information report as printed; it shows to whom it went out and when."""
    place = district(store)
    told = tuple(sheet.Recipient(s.recipient, t(WAY_NAMES[s.way]), s.sent_at, s.receiver, s.late,
                                 s.waived)
                 for s in sendings(store, report.event_id) if s.report_id == report.id)
    return sheet.ReportFacts(
        number=report.number, org=place.org, title=report.title, text=report.text,
        reported_at=report.drafted_at, recipients=told, signer=report.signed_by,
        compiler=compiler, drill=place.drill, figure=figure_of(store, report.event_id))


def bulletin_paper(store: Store, of: Bulletin, *, compiler: str = "") -> BulletinFacts:
    """A 快报 or 要情 as printed."""
    place, flash = district(store), of.kind is BulletinKind.FLASH
    about = event(store, of.event_id) if of.event_id else None
    parts = tuple((t(PART_NAMES[code]), text) for code, text in of.parts.items()
                  if code != "overview")
    return BulletinFacts(
        of.number, place.org, t(BULLETIN_NAMES[of.kind]), of.issue, of.made_at, parts,
        subject=about.title if about else "", lead=of.parts.get("overview", ""),
        sent_to=of.sent_to, copied_to=of.copied_to, checked_by=of.checked_by,
        signed_by=of.signed_by, compiled_by=compiler, one_page=flash, drill=place.drill)
