"""Information reports 信息报送: drafted from the record, sent, waived; first, follow-up, final."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store
from db.words import mark, t
from dispatch.closing import sending_text
from dispatch.events import Event, EventId, event
from dispatch.grading import casualties, delta_text, level_name
from dispatch.levels import COUNT_NAMES, Counts
from dispatch.log import append_to, check_not_future, entries
from dispatch.orders import orders_of
from dispatch.sendings import Sending, SendingId, schedule_follow, sending, sendings
from dispatch.terms import REPORT_NAMES, STAGE_NAMES, EntryKind, ReportKind
from resources.localtime import clock_text, moment_text
from resources.people import DESK, Officer, allowed

ReportId = NewType("ReportId", RowId)


@dataclass(frozen=True, slots=True)
class Element:
    """One thing a report must say; `text` is empty when the record does not know it yet."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """A drafted report; `text` is the whole, ready to edit."""

    id: ReportId
    number: str
    event_id: EventId
    kind: ReportKind
    seq: int
    title: str
    text: str
    signed_by: str
    drafted_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as drawn from the record, and what is still missing in it (缺项)."""

    report: Report
    elements: tuple[Element, ...]
    gaps: tuple[str, ...]


def next_sendings(store: Store, id: EventId) -> list[Sending]:  # noqa: A002
    """What is still to be sent for an event, soonest first."""
    return [s for s in sendings(store, id) if not s.done]


@allowed(*DESK)
def draft_report(store: Store, id: EventId, kind: ReportKind, *, by: Officer) -> Draft:  # noqa: A002
    """Draft a report from the record and keep it; sendings of this kind now belong to it.

    What must be in it is by Order 493 Art. 12 and common forms: report what is known first,
    the rest follows. A first or final report that is not sent yet is drafted afresh.
    """
    found = event(store, id)
    elements = elements_of(store, found, kind)
    with store.change("report.draft", by) as tx:
        old = tx.run("""select r.id, r.seq, exists (select 1 from sending s where
            s.report_id = r.id and s.sent_at is not null) as sent from report r
            where r.event_id = :id and r.kind = :kind order by r.seq desc limit 1""",
            id=id, kind=kind).fetchone()
        again = old is not None and (not old["sent"] or kind != ReportKind.FOLLOW)
        seq = 1 if old is None else old["seq"] + (0 if again else 1)
        title = report_title(found, kind, seq)
        row = {"event_id": id, "kind": kind, "seq": seq, "title": title,
               "text": compose(elements), "drafted_at": to_text(store.clock.now()),
               "number": f"{found.number}-{_LETTERS[kind]}{seq}"}
        if again:
            tx.update("report", old["id"], **row)
            report = ReportId(RowId(old["id"]))
        else:
            report = ReportId(tx.insert("report", row))
        tx.run("""update sending set report_id = :report where event_id = :id and kind = :kind
            and sent_at is null and waived = ''""", report=report, id=id, kind=kind)
        append_to(tx, t("{title} drafted", title=title), kind=EntryKind.REPORT, event=id, by=by)
    return Draft(report_by_id(store, report), elements,
                 tuple(e.title for e in elements if not e.text))


@allowed(*DESK)
def edit_report(store: Store, id: ReportId, text: str, *, signed_by: str = "",  # noqa: A002
                by: Officer) -> Report:
    """Change the text of a report before it goes out.

    Raises:
        Refused: it was sent already, or the text is empty.
    """
    if not text.strip():
        raise Refused("A report needs some words.", field="text")
    if store.value("select 1 from sending where report_id = :id and sent_at is not null", id=id):
        raise Refused("This report went out already; write a follow-up.", field="text")
    with store.change("report.edit", by) as tx:
        tx.update("report", id, text=text.strip(), signed_by=signed_by.strip())
    return report_by_id(store, id)


@allowed(*DESK)
def mark_sent(store: Store, id: SendingId, *, at: datetime | None = None,  # noqa: A002
              receiver: str = "", by: Officer) -> Sending:
    """Note that a report went out and who took it; the next follow-up becomes due.

    Raises:
        Refused: it was sent or waived already, in the future, or before the event came in.
    """
    old = _need_waiting(store, id)
    when = check_not_future(at, store.clock.now())
    if when < old.started_at:
        raise Refused("{time} is before the event was reported at {received}.", field="at",
                      time=moment_text(when, year=True),
                      received=moment_text(old.started_at, year=True))
    found = event(store, old.event_id)
    with store.change("report.send", by) as tx:
        tx.update("sending", id, sent_at=to_text(when), receiver=receiver.strip())
        words = t("{what} sent", what=sending_text(old))
        if receiver.strip():
            words = t("{what} sent, received by {name}", what=sending_text(old),
                      name=receiver.strip())
        if when > old.due_at:
            late = int((when - old.due_at).total_seconds() // 60)
            words += t(" ({n} min late)", n=late)
        append_to(tx, words, kind=EntryKind.REPORT, at=when, event=old.event_id, by=by)
        if found.state == "open":
            schedule_follow(tx, old, when, found.level)
    return sending(store, id)


@allowed(*DESK)
def waive(store: Store, id: SendingId, reason: str, *, by: Officer) -> Sending:  # noqa: A002
    """A report is not sent after all, with the reason.

    Raises:
        Refused: it was sent or waived already, or no reason is given.
    """
    old = _need_waiting(store, id)
    if not reason.strip():
        raise Refused("Say why the report is not sent.", field="reason")
    with store.change("report.waive", by) as tx:
        tx.update("sending", id, waived=reason.strip())
        append_to(tx, t("{what} waived: {reason}", what=sending_text(old), reason=reason.strip()),
                  kind=EntryKind.REPORT, event=old.event_id, by=by)
    return sending(store, id)


def reports(store: Store, id: EventId) -> list[Report]:  # noqa: A002
    """The reports of an event in the order they were first drafted."""
    return [_report(r) for r in store.read(
        "select * from report where event_id = :id order by id", id=id)]


def report_by_id(store: Store, id: ReportId) -> Report:  # noqa: A002
    """
    Raises:
        Refused: there is none.
    """
    row = store.one("select * from report where id = :id", id=id)
    if row is None:
        raise Refused("There is no such report.")
    return _report(row)


# composing

_LETTERS = {ReportKind.FIRST: "A", ReportKind.FOLLOW: "B", ReportKind.FINAL: "C"}
_ELEMENTS = {
    ReportKind.FIRST: (
        mark("report|Received"), mark("report|Source"), mark("Happened at"),
        mark("report|Place"), mark("report|Nature"), mark("What happened"),
        mark("Casualties and loss"), mark("fact|Trend"), mark("Measures taken"),
        mark("report|Forces"), mark("Commander on scene")),
    ReportKind.FOLLOW: (mark("Casualties and loss"), mark("Measures taken"),
                        mark("report|Forces"), mark("fact|Trend"), mark("Latest entries")),
    ReportKind.FINAL: (mark("What happened"), mark("Casualties and loss"), mark("fact|Cause"),
                       mark("Measures taken"), mark("report|Forces"), mark("report|Now")),
}


def elements_of(store: Store, of: Event, kind: ReportKind) -> tuple[Element, ...]:
    """What the report must say, with what the record knows of each."""
    known = {
        "report|Received": moment_text(of.received_at, year=True),
        "report|Source": " ".join(
            p for p in (of.reporter_unit, of.reporter, of.reporter_phone) if p),
        "Happened at": moment_text(of.occurred_at, year=True) if of.occurred_at else "",
        "report|Place": of.place, "report|Nature": level_name(of.level),
        "What happened": of.summary, "Casualties and loss": _casualty_text(store, of, kind),
        "fact|Trend": of.trend, "Measures taken": of.measures,
        "report|Forces": _forces_text(store, of), "fact|Cause": of.cause,
        "Commander on scene": " ".join(p for p in (of.commander, of.commander_phone) if p),
        "Latest entries": _latest_text(store, of), "report|Now": of.close_note}
    return tuple(Element(t(name), known[name].strip()) for name in _ELEMENTS[kind])


def compose(elements: tuple[Element, ...]) -> str:
    """The text of a report: one paragraph for each element; unknown ones say so. Pure."""
    return "\n".join(t("{title}: {text}", title=e.title, text=e.text or t("not known yet"))
                     for e in elements)


def report_title(of: Event, kind: ReportKind, seq: int) -> str:
    """`Tanker overturned: First report`; follow-ups are numbered."""
    name = t(REPORT_NAMES[kind])
    if kind == ReportKind.FOLLOW:
        name = t("{report} {n}", report=name, n=seq)
    return t("{title}: {text}", title=of.title, text=name)


def _casualty_text(store: Store, of: Event, kind: ReportKind) -> str:
    series = casualties(store, of.id)
    if not series:
        return ""
    if kind == ReportKind.FOLLOW and len(series) > 1:
        return delta_text(series[-2].counts, series[-1].counts)
    return counts_text(of.counts)


def counts_text(counts: Counts) -> str:
    """`Dead 1, At risk 30`; none known says so."""
    parts = [t("{what} {n}", what=t(COUNT_NAMES[name]), n=f"{value:,.0f}")
             for name, value in asdict(counts).items() if value]
    return t(", ").join(parts) or t("No casualties known")


def _forces_text(store: Store, of: Event) -> str:
    return t("; ").join(t("{force}: {stage}", force=o.force_name, stage=t(STAGE_NAMES[o.stage]))
                        for o in orders_of(store, of.id))


def _latest_text(store: Store, of: Event) -> str:
    kinds = (EntryKind.NOTE, EntryKind.CALL, EntryKind.STAGE)
    latest = [e for e in entries(store, event=of.id, kinds=kinds, limit=10) if not e.struck]
    return t("; ").join(f"{clock_text(e.at)} {e.text}" for e in reversed(latest[:5]))


def _need_waiting(store: Store, id: SendingId) -> Sending:  # noqa: A002
    old = sending(store, id)
    if old.sent_at is not None:
        raise Refused("This report was sent at {time} already.", time=moment_text(old.sent_at))
    if old.waived:
        raise Refused("This report was waived: {reason}.", reason=old.waived)
    return old


def _report(row: Any) -> Report:
    return Report(ReportId(RowId(row["id"])), row["number"], EventId(RowId(row["event_id"])),
                  ReportKind(row["kind"]), row["seq"], row["title"], row["text"],
                  row["signed_by"], from_text(row["drafted_at"]))
