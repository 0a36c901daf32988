"""Information reports 信息报送: drafted from the record, sent, waived; first, follow-up, final."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.closing import sending_text
from dispatch.elements import Before, Element, compose, elements_of, gaps
from dispatch.events import Event, EventId, counts_of, event
from dispatch.log import append_to, check_not_future
from dispatch.sendings import (
    Sending,
    SendingId,
    add_recipient,
    schedule_follow,
    sending,
    sendings,
)
from dispatch.terms import REPORT_NAMES, EntryKind, ReportKind, Way
from resources.localtime import moment_text
from resources.people import DESK, Officer, allowed

ReportId = NewType("ReportId", RowId)


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
    gaps: tuple[Element, ...]
    before: Before | None = None


def next_sendings(store: Store, id: EventId) -> list[Sending]:  # noqa: A002
    """What is still to be sent for an event, soonest first."""
    return [s for s in sendings(store, id) if not s.done]


@allowed(*DESK)
def draft_report(store: Store, id: EventId, kind: ReportKind, *, by: Officer) -> Draft:  # noqa: A002
    """Draft a report from the record and keep it; sendings of this kind now belong to it.

    What must be in it is by Order 493 Art. 12 and common forms: report what is known first,
    the rest follows. A report that has not gone out on paper yet is drafted afresh.

    Raises:
        Refused: the first or final report went out already.
    """
    found = event(store, id)
    with store.change("report.draft", by) as tx:
        old = tx.run("""select r.id, r.seq, r.title from report r where r.event_id = :id
            and r.kind = :kind order by r.seq desc limit 1""", id=id, kind=kind).fetchone()
        again = old is not None and not went_out(store, old["id"])
        if old is not None and not again and kind != ReportKind.FOLLOW:
            raise Refused("“{title}” went out already; write a follow-up.", title=old["title"])
        seq = 1 if old is None else old["seq"] + (0 if again else 1)
        before = report_before(store, id, kind, seq)
        elements = elements_of(store, found, kind, before)
        title = report_title(found, kind, seq)
        row = {"event_id": id, "kind": kind, "seq": seq, "title": title,
               "text": compose(elements, before), "drafted_at": to_text(store.clock.now()),
               "casualty_id": _latest_counts(store, id),
               "number": f"{found.number}-{_LETTERS[kind]}{seq}"}
        if again:
            tx.update("report", old["id"], **row)
            report = ReportId(RowId(old["id"]))
        else:
            report = ReportId(tx.insert("report", row))
        _put_parts(tx, report, elements)
        tx.run("""update sending set report_id = :report where event_id = :id and kind = :kind
            and sent_at is null and waived = ''""", report=report, id=id, kind=kind)
        append_to(tx, t("{title} drafted", title=title), kind=EntryKind.REPORT, event=id, by=by)
    return Draft(report_by_id(store, report), elements, gaps(elements), before)


def went_out(store: Store, id: RowId) -> bool:  # noqa: A002
    """Whether somebody has the words themselves; what was said on the phone binds no text."""
    return bool(store.value("""select 1 from sending where report_id = :id
        and sent_at is not null and way <> 'phone' limit 1""", id=id))


def report_before(store: Store, id: EventId, kind: ReportKind, seq: int) -> Before | None:  # noqa: A002
    """What the report before this one said; a first report has none before it."""
    if kind == ReportKind.FIRST:
        return None
    row = store.one("""select r.*, c.dead, c.severe, c.light, c.missing, c.trapped, c.at_risk,
        c.evacuated, c.loss_yuan from report r left join casualty c on c.id = r.casualty_id
        where r.event_id = :id and not (r.kind = :kind and r.seq = :seq)
        order by r.drafted_at desc, r.id desc limit 1""", id=id, kind=kind, seq=seq)
    if row is None:
        return None
    parts = {p["code"]: p["text"] for p in store.read(
        "select code, text from report_part where report_id = :id", id=row["id"])}
    return Before(row["title"], parts, counts_of(row))


def elements_now(store: Store, report: Report) -> tuple[Element, ...]:
    """The elements of a report as the record stands now, for what is still missing."""
    before = report_before(store, report.event_id, report.kind, report.seq)
    return elements_of(store, event(store, report.event_id), report.kind, before)


def _latest_counts(store: Store, id: EventId) -> RowId | None:  # noqa: A002
    found = store.value("""select id from casualty where event_id = :id
        order by at desc, id desc limit 1""", id=id)
    return RowId(found) if found else None


def _put_parts(tx: Transaction, report: ReportId, elements: Iterable[Element]) -> None:
    tx.run("delete from report_part where report_id = :report", report=report)
    for one in elements:
        if one.plain:
            tx.insert("report_part", {"report_id": report, "code": one.code, "text": one.plain})


@allowed(*DESK)
def send_report(store: Store, chosen: Iterable[SendingId], *, at: datetime | None = None,
                receiver: str = "", by: Officer) -> list[Sending]:
    """Note a report as sent to everybody chosen, at one time.

    Raises:
        Refused: nobody is chosen, or one of them has it already.
    """
    ids = list(chosen)
    if not ids:
        raise Refused("A report goes to somebody: pick at least one recipient with Space.",
                      field="recipient")
    for one in ids:
        _need_waiting(store, one)
    return [mark_sent(store, one, at=at, receiver=receiver, by=by) for one in ids]


@allowed(*DESK)
def address_report(store: Store, id: ReportId, to: str, way: Way, *,  # noqa: A002
                   by: Officer) -> Report:
    """Send a report to one more than the rule asks for; it is due with the others.

    Raises:
        Refused: nobody named, or this recipient is on the list by that way already.
    """
    old, name = report_by_id(store, id), to.strip()
    if not name:
        raise Refused("Say to whom the report goes.", field="recipient")
    mine = [s for s in sendings(store, old.event_id) if (s.kind, s.seq) == (old.kind, old.seq)]
    if any(s.recipient == name and s.way == way for s in mine):
        raise Refused("{name} is on the list already.", field="recipient", name=name)
    now = store.clock.now()
    due = max([now, *(s.due_at for s in mine if not s.done)])
    with store.change("report.address", by) as tx:
        add_recipient(tx, old.event_id, old.kind, old.seq, name, way, due,
                      t("added by {name}", name=by.name))
        tx.run("""update sending set report_id = :report where event_id = :event
            and kind = :kind and seq = :seq and report_id is null""", report=id,
            event=old.event_id, kind=old.kind, seq=old.seq)
    return old


@allowed(*DESK)
def edit_report(store: Store, id: ReportId, text: str, *, signed_by: str = "",  # noqa: A002
                by: Officer) -> Report:
    """Change the text of a report before it goes out.

    Raises:
        Refused: it went out on paper already, or the text is empty.
    """
    if not text.strip():
        raise Refused("A report needs some words.", field="text")
    if went_out(store, id):
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
            schedule_follow(tx, old, when, found.level, found.class_)
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


def report_title(of: Event, kind: ReportKind, seq: int) -> str:
    """`Tanker overturned: First report`; follow-ups are numbered."""
    name = t(REPORT_NAMES[kind])
    if kind == ReportKind.FOLLOW:
        name = t("{report} {n}", report=name, n=seq)
    return t("{title}: {text}", title=of.title, text=name)


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
