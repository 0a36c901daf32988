"""Calls 来电: recorded with all that was said, called back, joined to an event, found again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import mark, t
from dispatch.log import LogEntry, LogId, append_to, check_not_future, entry
from dispatch.terms import EntryKind, EventState, Way
from resources.localtime import clock_text, moment_text
from resources.people import DESK, Officer, allowed


class Outcome(StrEnum):
    """What a call-back 回拨核实 found."""

    CONFIRMED = "confirmed"  # 属实
    PARTLY = "partly"        # 部分属实
    DENIED = "denied"        # 不属实
    NO_ANSWER = "no_answer"  # 无人接听


OUTCOME_NAMES = {Outcome.CONFIRMED: mark("call|True"), Outcome.PARTLY: mark("call|Partly true"),
                 Outcome.DENIED: mark("call|Not true"),
                 Outcome.NO_ANSWER: mark("call|No answer")}


@dataclass(frozen=True, slots=True)
class CallDetail:
    """What a call registration 来电登记 asks beside the words themselves."""

    happened_at: datetime | None = None
    place: str = ""
    cause: str = ""
    measures: str = ""
    result: str = ""
    impact: str = ""
    trend: str = ""

    @property
    def empty(self) -> bool:
        return self == CallDetail()


@dataclass(frozen=True, slots=True)
class CallCheck:
    """One call-back: when, which number, who answered, what it found."""

    at: datetime
    phone: str
    who: str
    outcome: Outcome
    note: str


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
    officer: str


@allowed(*DESK)
def record_call(store: Store, text: str, *, phone: str = "", caller: str = "", unit: str = "",
                post: str = "", outgoing: bool = False, answered_at: datetime | None = None,
                seconds: int | None = None, verified_by: str = "", told: str = "",
                detail: CallDetail | None = None, event: RowId | None = None,
                by: Officer) -> LogEntry:
    """Write a call into the log 来电/去电 with who called from where and what was said.

    Raises:
        Refused: no words, a phone that is none, a length below zero, a time in the future,
            or something that happened after it was told.
    """
    check_phone(phone)
    if seconds is not None and seconds < 0:
        raise Refused("A call cannot be shorter than nothing.", field="seconds")
    when = check_not_future(answered_at, store.clock.now())
    known = detail or CallDetail()
    _check_detail(known, when)
    kind = EntryKind.CALL_OUT if outgoing else EntryKind.CALL
    who = " ".join(p for p in (unit.strip(), caller.strip()) if p) or phone.strip()
    with store.change("call.record", by) as tx:
        line = append_to(tx, text, kind=kind, at=answered_at, event=event, actor=who, by=by)
        new = tx.insert("call", {
            "log_id": line, "event_id": event, "direction": "out" if outgoing else "in",
            "phone": phone.strip(), "caller": caller.strip(), "unit": unit.strip(),
            "post": post.strip(), "answered_at": to_text(when), "seconds": seconds,
            "verified_by": verified_by.strip(), "told": told.strip()})
        _put_detail(tx, new, known)
    return entry(store, line)


@allowed(*DESK)
def call_back(store: Store, id: RowId, outcome: Outcome, *, phone: str = "",  # noqa: A002
              who: str = "", note: str = "", at: datetime | None = None,
              by: Officer) -> CallCheck:
    """Note a call-back 回拨核实 and what it found; the log keeps it as a call out.

    Raises:
        Refused: a phone that is none, nobody named although somebody answered, a time in the
            future or before the call.
    """
    old = call(store, id)
    number = phone.strip() or old.phone
    check_phone(number)
    if outcome is not Outcome.NO_ANSWER and not who.strip():
        raise Refused("Say who answered the call-back.", field="who")
    when = check_not_future(at, store.clock.now())
    if when < old.answered_at:
        raise Refused("{time} is before the call at {call}.", field="at",
                      time=moment_text(when), call=moment_text(old.answered_at))
    words = t("Called back {phone}: {outcome}", phone=number or old.caller,
              outcome=t(OUTCOME_NAMES[outcome]))
    if note.strip():
        words = t("{what} ({basis})", what=words, basis=note.strip())
    with store.change("call.verify", by) as tx:
        line = append_to(tx, words, kind=EntryKind.CALL_OUT, at=at, event=old.event_id,
                         actor=who.strip(), source=Way.PHONE, by=by)
        tx.insert("call_check", {
            "call_id": id, "at": to_text(when), "phone": number, "who": who.strip(),
            "outcome": outcome, "note": note.strip(), "log_id": line})
        tx.update("call", id, verified_by=t("called back {time}: {outcome} {who}",
                  time=clock_text(when), outcome=t(OUTCOME_NAMES[outcome]),
                  who=who.strip()).strip())
    return checks_of(store, id)[-1]


@allowed(*DESK)
def join_call(store: Store, id: RowId, event: RowId, *, by: Officer) -> Call:  # noqa: A002
    """Join a call to an event; the call's entry stays as it is, a new one repeats its words.

    Raises:
        Refused: the call belongs to an event already, or the event is not open.
    """
    old = call(store, id)
    if old.event_id is not None:
        raise Refused("This call belongs to event {number} already.", field="event",
                      number=old.event_number)
    need_open_event(store, event)
    with store.change("call.join", by) as tx:
        tx.update("call", id, event_id=event)
        append_to(tx, t("Call of {time} joined: {text}", time=moment_text(old.answered_at),
                        text=old.text), kind=EntryKind.CALL, event=event,
                  actor=" ".join(p for p in (old.unit, old.caller) if p) or old.phone, by=by)
    return call(store, id)


def need_open_event(store: Store, event: RowId) -> None:
    """
    Raises:
        Refused: there is no such event, or it is closed or merged.
    """
    row = store.one("select number, state from event where id = :id", id=event)
    if row is None:
        raise Refused("There is no such event.", field="event")
    if row["state"] != EventState.OPEN:
        raise Refused("Event {number} is closed; reopen it first.", field="event",
                      number=row["number"])


def _check_detail(detail: CallDetail, answered: datetime) -> None:
    if detail.happened_at and detail.happened_at > answered:
        raise Refused("It cannot have happened ({time}) after it was reported ({received}).",
                      field="happened_at", time=moment_text(detail.happened_at, year=True),
                      received=moment_text(answered, year=True))


def _put_detail(tx: Transaction, call: RowId, detail: CallDetail) -> None:
    if detail.empty:
        return
    tx.insert("call_detail", {
        "call_id": call,
        "happened_at": to_text(detail.happened_at) if detail.happened_at else None,
        **{n: getattr(detail, n).strip() for n in _DETAIL_TEXTS}})


_DETAIL_TEXTS = ("place", "cause", "measures", "result", "impact", "trend")


def check_phone(phone: str) -> None:
    """
    Raises:
        Refused: something other than digits, spaces and `+ - ( ) * #`.
    """
    if phone.strip() and not re.fullmatch(r"[\d+\-() *#]{3,32}", phone.strip()):
        raise Refused("{phone} is not a phone number. Write digits.", field="phone", phone=phone)


_ROWS = """select c.*, l.text, l.officer, coalesce(e.number, '') as event_number from call c
    join log l on l.id = c.log_id left join event e on e.id = c.event_id"""


def call(store: Store, id: RowId) -> Call:  # noqa: A002 - the reader's own word
    """
    Raises:
        Refused: there is none.
    """
    row = store.one(f"{_ROWS} where c.id = :id", id=id)
    if row is None:
        raise Refused("There is no such call.")
    return _call(row)


def calls(store: Store, limit: int = 500) -> list[Call]:
    """The register 来电登记, newest first."""
    return [_call(r) for r in store.read(
        f"{_ROWS} order by c.answered_at desc, c.id desc limit :limit", limit=limit)]


def calls_of(store: Store, event: RowId) -> list[Call]:
    """The calls about an event, oldest first."""
    return [_call(r) for r in store.read(
        f"{_ROWS} where c.event_id = :event order by c.answered_at, c.id", event=event)]


def detail_of(store: Store, id: RowId) -> CallDetail:  # noqa: A002
    row = store.one("select * from call_detail where call_id = :id", id=id)
    if row is None:
        return CallDetail()
    at = from_text(row["happened_at"]) if row["happened_at"] else None
    return CallDetail(at, *(row[n] for n in _DETAIL_TEXTS))


def checks_of(store: Store, id: RowId) -> list[CallCheck]:  # noqa: A002
    """The call-backs of a call, oldest first."""
    return [CallCheck(from_text(r["at"]), r["phone"], r["who"], Outcome(r["outcome"]), r["note"])
            for r in store.read("select * from call_check where call_id = :id order by at, id",
                                id=id)]


def earlier_calls(store: Store, phone: str, limit: int = 20) -> list[Call]:
    """What the same number called about before, newest first."""
    if not phone.strip():
        return []
    return [_call(r) for r in store.read(f"""{_ROWS} where c.phone = :phone
        order by c.answered_at desc limit :limit""", phone=phone.strip(), limit=limit)]


def _call(row: Any) -> Call:
    values: dict[str, Any] = {n: row[n] for n in Call.__slots__}
    values["answered_at"] = from_text(row["answered_at"])
    return Call(**values)
