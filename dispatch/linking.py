"""Linked events 关联事件: what belongs together without being the same event."""

from __future__ import annotations

from dataclasses import dataclass

from db.change import RowId
from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.events import EventId, event
from dispatch.log import append_to
from dispatch.terms import EntryKind, EventState
from resources.people import DESK, Officer, allowed


@dataclass(frozen=True, slots=True)
class Linked:
    """The other event of a link, and why they belong together."""

    id: EventId
    number: str
    title: str
    note: str


@allowed(*DESK)
def link_events(store: Store, one: EventId, other: EventId, *, note: str = "",
                by: Officer) -> list[Linked]:
    """Tie two events together, such as a flood and the slide that it set off; both logs say so.

    Raises:
        Refused: an event with itself, or the two are linked already.
    """
    first, second = event(store, one), event(store, other)
    if one == other:
        raise Refused("An event cannot be linked with itself.", field="event")
    if any(found.id == other for found in linked(store, one)):
        raise Refused("The events {one} and {other} are linked already.", field="event",
                      one=first.number, other=second.number)
    with store.change("event.link", by) as tx:
        tx.insert("event_link", {"event_id": one, "other_id": other, "note": note.strip()})
        for here, there in ((first, second), (second, first)):
            words = t("Linked with event {number} {title}", number=there.number,
                      title=there.title)
            append_to(tx, f"{words}{t(': ')}{note.strip()}" if note.strip() else words,
                      kind=EntryKind.EVENT, event=here.id, by=by)
    return linked(store, one)


@allowed(*DESK)
def unlink_events(store: Store, one: EventId, other: EventId, *, by: Officer) -> list[Linked]:
    """Undo a link; both logs keep that it was there.

    Raises:
        Refused: the two are not linked.
    """
    if all(found.id != other for found in linked(store, one)):
        raise Refused("These events are not linked.", field="event")
    first, second = event(store, one), event(store, other)
    with store.change("event.unlink", by) as tx:
        tx.run("""delete from event_link where (event_id = :one and other_id = :other)
            or (event_id = :other and other_id = :one)""", one=one, other=other)
        for here, there in ((first, second), (second, first)):
            append_to(tx, t("No longer linked with event {number}", number=there.number),
                      kind=EntryKind.EVENT, event=here.id, by=by)
    return linked(store, one)


def linked(store: Store, id: RowId) -> list[Linked]:  # noqa: A002 - the reader's own word
    """The events linked with this one, by number; those merged into it come as well."""
    rows = store.read("""select e.id, e.number, e.title, l.note from event_link l
        join event e on e.id = case l.event_id when :id then l.other_id else l.event_id end
        where l.event_id = :id or l.other_id = :id
        union all select e.id, e.number, e.title, :merged from event e where e.merged_into = :id
        order by 2""", id=id, merged=t("merged into this one"))
    return [Linked(EventId(RowId(r["id"])), r["number"], r["title"], r["note"]) for r in rows]


def whereto(store: Store, id: RowId) -> Linked | None:  # noqa: A002
    """The event that stands for a merged one, followed to its end; None when it stands itself."""
    row, seen = store.one("select * from event where id = :id", id=id), {int(id)}
    while row is not None and row["state"] == EventState.MERGED and row["merged_into"]:
        if row["merged_into"] in seen:
            break
        seen.add(row["merged_into"])
        row = store.one("select * from event where id = :id", id=row["merged_into"])
    if row is None or row["id"] == id:
        return None
    return Linked(EventId(RowId(row["id"])), row["number"], row["title"], "")
