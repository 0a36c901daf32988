"""Closing 结束: an event is closed, reopened, or merged into the one it repeats."""

from __future__ import annotations

from db.clock import to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.events import Event, EventId, event
from dispatch.grading import need_open
from dispatch.log import append_to
from dispatch.orders import forces_out
from dispatch.sendings import Sending, schedule_final, sendings
from dispatch.terms import REPORT_NAMES, WAY_NAMES, EntryKind, EventState, ReportKind
from resources.people import DESK, Officer, allowed


@allowed(*DESK)
def close_event(store: Store, id: EventId, *, note: str = "", waive: str = "",  # noqa: A002
                by: Officer) -> Event:
    """Close an event 办结; follow-ups not due yet fall away, the final report becomes due.

    `waive` is the reason why reports that were due are not sent any more.

    Raises:
        Refused: forces are still out, or reports are due and not waived; it says which.
    """
    old = need_open(store, id)
    out = [o.force_name for o in forces_out(store) if o.event_id == id]
    if out:
        raise Refused("{n} forces are still out: {names}. Stamp them returned first.",
                      n=len(out), names=t(", ").join(out), field="force")
    waiting = [s for s in sendings(store, id) if not s.done]
    due = [s for s in waiting if is_owed(s, store)]
    if due and not waive.strip():
        raise Refused("Reports are still due: {names}. Send them, or give a reason to waive"
                      " them.", field="waive", names=t(", ").join(sending_text(s) for s in due))
    now = store.clock.now()
    with store.change("event.close", by) as tx:
        for s in waiting:
            reason = waive.strip() if s in due else t("Event closed before it was due")
            tx.update("sending", s.id, waived=reason)
        _note_waived(tx, id, due, waive.strip(), by)
        tx.update("event", id, state=EventState.CLOSED, closed_at=to_text(now),
                  close_note=note.strip())
        schedule_final(tx, id, now)
        words = t("Event {number} closed", number=old.number)
        append_to(tx, f"{words}{t(': ')}{note.strip()}" if note.strip() else words,
                  kind=EntryKind.EVENT, event=id, by=by)
    return event(store, id)


@allowed(*DESK)
def reopen_event(store: Store, id: EventId, *, reason: str, by: Officer) -> Event:  # noqa: A002
    """Open a closed event again, or take a merged one out again; final reports that wait fall
    away, first reports that fell away with the merging are owed again.

    Raises:
        Refused: it is open already, imported, or no reason is given.
    """
    old = event(store, id)
    if old.state == EventState.OPEN:
        raise Refused("Event {number} is not closed.", number=old.number)
    if old.origin == "past":
        raise Refused("Event {number} is of another system's record and stays closed.",
                      number=old.number)
    if not reason.strip():
        raise Refused("Say why the event is reopened.", field="reason")
    with store.change("event.reopen", by) as tx:
        tx.update("event", id, state=EventState.OPEN, closed_at=None, merged_into=None)
        for s in sendings(store, id):
            if s.kind == ReportKind.FINAL and not s.done:
                tx.run("delete from sending where id = :id", id=s.id)
            elif old.merged_into is not None and s.waived == _merged_words(store, old):
                tx.update("sending", s.id, waived="")
        words = t("Event {number} reopened: {reason}", number=old.number, reason=reason.strip())
        for place in filter(None, (id, old.merged_into)):
            append_to(tx, words, kind=EntryKind.EVENT, event=place, by=by)
    return event(store, id)


def _merged_words(store: Store, old: Event) -> str:
    into = event(store, old.merged_into) if old.merged_into else old
    return t("Event {number} merged into {kept}", number=old.number, kept=into.number)


@allowed(*DESK)
def merge_event(store: Store, id: EventId, into: EventId, *, by: Officer) -> Event:  # noqa: A002
    """Merge a repeated event into the first one 并入; its reports fall away.

    Raises:
        Refused: into itself, either is not open, or forces are out for it.
    """
    old, kept = need_open(store, id), need_open(store, into)
    if id == into:
        raise Refused("An event cannot be merged into itself.", field="event")
    if any(o.event_id == id for o in forces_out(store)):
        raise Refused("Forces are out for event {number}; close their orders first.",
                      number=old.number)
    with store.change("event.merge", by) as tx:
        tx.update("event", id, state=EventState.MERGED, merged_into=into,
                  closed_at=to_text(store.clock.now()))
        words = t("Event {number} merged into {kept}", number=old.number, kept=kept.number)
        for s in sendings(store, id):
            if not s.done:
                tx.update("sending", s.id, waived=words)
        for place in (id, into):
            append_to(tx, words, kind=EntryKind.EVENT, event=place, by=by)
    return event(store, into)


def is_owed(one: Sending, store: Store) -> bool:
    """A first report is owed until sent; a follow-up once it is due."""
    return one.kind == ReportKind.FIRST or one.due_at <= store.clock.now()


def sending_text(one: Sending, *, way: bool = True) -> str:
    """`First report → city bureau by phone`, or without the way."""
    report = t(REPORT_NAMES[one.kind])
    if not way:
        return t("{report} → {to}", report=report, to=one.recipient)
    return t("{report} → {to} {way}", report=report, to=one.recipient, way=t(WAY_NAMES[one.way]))


def _note_waived(tx: Transaction, id: EventId, due: list[Sending], reason: str,  # noqa: A002
                 by: Officer) -> None:
    for s in due:
        append_to(tx, t("{what} waived: {reason}", what=sending_text(s), reason=reason),
                  kind=EntryKind.REPORT, event=id, by=by)
