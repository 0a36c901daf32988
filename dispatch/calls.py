"""Calls 来电: recorded with their log entry, and what a number called about before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store
from dispatch.log import LogEntry, LogId, append_to, check_not_future, entry
from dispatch.terms import EntryKind
from resources.people import DESK, Officer, allowed


@dataclass(frozen=True, slots=True)
class Call:
    """One call; `seconds` is its length, `told` whom the caller had told before."""

    id: RowId
    log_id: LogId
    event_id: RowId | None
    event_number: str
    direction: str
    phone: str
    caller: str
    unit: str
    post: str
    answered_at: datetime
    seconds: int | None
    verified_by: str
    told: str
    text: str


@allowed(*DESK)
def record_call(store: Store, text: str, *, phone: str = "", caller: str = "", unit: str = "",
                post: str = "", outgoing: bool = False, answered_at: datetime | None = None,
                seconds: int | None = None, verified_by: str = "", told: str = "",
                event: RowId | None = None, by: Officer) -> LogEntry:
    """Write a call into the log 来电/去电 with who called from where.

    Raises:
        Refused: no words, a phone that is none, a length below zero, a time in the future.
    """
    check_phone(phone)
    if seconds is not None and seconds < 0:
        raise Refused("A call cannot be shorter than nothing.", field="seconds")
    when = check_not_future(answered_at, store.clock.now())
    kind = EntryKind.CALL_OUT if outgoing else EntryKind.CALL
    who = " ".join(p for p in (unit.strip(), caller.strip()) if p) or phone.strip()
    with store.change("call.record", by) as tx:
        line = append_to(tx, text, kind=kind, at=answered_at, event=event, actor=who, by=by)
        tx.insert("call", {
            "log_id": line, "event_id": event, "direction": "out" if outgoing else "in",
            "phone": phone.strip(), "caller": caller.strip(), "unit": unit.strip(),
            "post": post.strip(), "answered_at": to_text(when), "seconds": seconds,
            "verified_by": verified_by.strip(), "told": told.strip()})
    return entry(store, line)


def check_phone(phone: str) -> None:
    """
    Raises:
        Refused: something other than digits, spaces and `+ - ( ) * #`.
    """
    if phone.strip() and not re.fullmatch(r"[\d+\-() *#]{3,32}", phone.strip()):
        raise Refused("{phone} is not a phone number. Write digits.", field="phone", phone=phone)


def earlier_calls(store: Store, phone: str, limit: int = 20) -> list[Call]:
    """What the same number called about before, newest first."""
    if not phone.strip():
        return []
    rows = store.read("""select c.*, l.text, coalesce(e.number, '') as event_number from call c
        join log l on l.id = c.log_id left join event e on e.id = c.event_id
        where c.phone = :phone order by c.answered_at desc limit :limit""",
        phone=phone.strip(), limit=limit)
    return [_call(r) for r in rows]


def _call(row: Any) -> Call:
    values: dict[str, Any] = {n: row[n] for n in Call.__slots__}
    values["answered_at"] = from_text(row["answered_at"])
    return Call(**values)
