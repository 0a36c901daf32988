"""Calls over the net 网内通话: a call made to a member is an entry of the log."""

from __future__ import annotations

from datetime import datetime

from db.change import RowId
from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.log import LogEntry, append_to, entry
from dispatch.terms import EntryKind, Way
from resources.net import Contact, Key, member
from resources.people import DESK, Officer, allowed


@allowed(*DESK)
def note_call(store: Store, key: Key, contact: Contact | None, said: str = "", *,
              answered: bool = True, event: RowId | None = None, at: datetime | None = None,
              way: str = Way.PHONE, by: Officer) -> LogEntry:
    """Write down a call made to a unit or force; `contact` is the number that was tried.

    Raises:
        Refused: no such member, it has no number or call sign for this way, a future time.
    """
    of = member(store, key)
    if way == Way.RADIO and not of.call_sign:
        raise Refused("{unit} has no call sign. Add it to its record.", unit=of.name)
    if way != Way.RADIO and (contact is None or not contact.phone):
        raise Refused("{unit} has no number. Add one to its record (E) or its persons (K).",
                      unit=of.name)
    number = of.call_sign if way == Way.RADIO else contact.phone if contact else ""
    who = contact.who if contact is not None and way != Way.RADIO else ""
    words = " ".join(p for p in (of.name, who, number) if p)
    text = t("Called {whom}", whom=words) if answered else t("Called {whom}: no answer",
                                                             whom=words)
    if said.strip():
        text += t(": ") + said.strip()
    with store.change("net.call", by) as tx:
        new = append_to(tx, text, kind=EntryKind.CALL_OUT, at=at, event=event, actor=of.name,
                        source=way, by=by)
    return entry(store, new)
