"""Reminders 提醒: a line with a time that stands in the list of what is due until done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.log import append_to
from dispatch.terms import EntryKind
from resources.localtime import moment_text
from resources.people import DESK, Officer, allowed

ReminderId = NewType("ReminderId", RowId)


@dataclass(frozen=True, slots=True)
class Reminder:
    id: ReminderId
    title: str
    due_at: datetime
    event_id: RowId | None
    event_number: str


@allowed(*DESK)
def add_reminder(store: Store, title: str, due_at: datetime, *, event: RowId | None = None,
                 by: Officer) -> Reminder:
    """Be reminded of something at a time.

    Raises:
        Refused: no words, or a time that has passed.
    """
    if not title.strip():
        raise Refused("Say what to be reminded of.", field="title")
    if due_at <= store.clock.now():
        raise Refused("{time} has passed. Choose a later time.", field="due_at",
                      time=moment_text(due_at))
    with store.change("reminder.add", by) as tx:
        new = tx.insert("reminder", {"title": title.strip(), "due_at": to_text(due_at),
                                     "event_id": event, "by": by.id})
    return next(r for r in open_reminders(store) if r.id == new)


@allowed(*DESK)
def finish_reminder(store: Store, id: ReminderId, *, by: Officer) -> None:  # noqa: A002
    """Tick a reminder off; the log keeps that it was done.

    Raises:
        Refused: it was done already.
    """
    found = next((r for r in open_reminders(store) if r.id == id), None)
    if found is None:
        raise Refused("This reminder was done already.")
    with store.change("reminder.done", by) as tx:
        tx.update("reminder", id, done_at=to_text(store.clock.now()), done_by=by.id)
        append_to(tx, t("Reminder done: {title}", title=found.title), kind=EntryKind.NOTE,
                  event=found.event_id, by=by)


def open_reminders(store: Store) -> list[Reminder]:
    """Those not done, soonest first."""
    rows = store.read("""select r.*, coalesce(e.number, '') as event_number from reminder r
        left join event e on e.id = r.event_id where r.done_at is null order by r.due_at, r.id""")
    return [Reminder(ReminderId(RowId(r["id"])), r["title"], from_text(r["due_at"]),
                     r["event_id"], r["event_number"]) for r in rows]
