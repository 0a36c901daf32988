"""Papers of an event 复盘与报送: after-action report, log register, information report."""

from __future__ import annotations

from db.store import Store
from db.words import t
from dispatch.bulletins import BULLETIN_NAMES, PART_NAMES, Bulletin, BulletinKind
from dispatch.duty.papers import district
from dispatch.duty.shifts import Shift
from dispatch.events import Event, event
from dispatch.log import LogEntry, entries
from dispatch.map_pictures import figure_of
from dispatch.printouts import report_sheet as sheet
from dispatch.printouts.bulletin_sheet import BulletinFacts
from dispatch.printouts.log_sheet import LogFacts
from dispatch.printouts.log_table import EntryLine
from dispatch.reports_up import Report
from dispatch.sendings import sendings
from dispatch.terms import (
    CLASS_NAMES,
    ENTRY_NAMES,
    LEVEL_NAMES,
    NOT_GRADED,
    SUBTYPE_NAMES,
    WAY_NAMES,
    EntryKind,
    Subtype,
)

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


def level_words(of: Event) -> str:
    return t(LEVEL_NAMES[of.level]) if of.level else t(NOT_GRADED)


def kind_words(of: Event) -> str:
    """Class and sub-type in words."""
    known = of.subtype in tuple(Subtype)
    name = t(SUBTYPE_NAMES[Subtype(of.subtype)]) if known else of.subtype
    return f"{t(CLASS_NAMES[of.class_])} {name}".strip()


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
