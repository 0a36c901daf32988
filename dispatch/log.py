"""The duty log 值班日志: one append-only list of everything that happens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.terms import EntryKind
from resources.localtime import moment_text
from resources.people import DESK, Officer, allowed
from resources.rules import rule

LogId = NewType("LogId", RowId)
MAX_TEXT = 4000
"""Characters of one entry."""

ROWS = """select l.*, e.number as event_number, c.no as struck_no, c.at as struck_at,
    c.reason as struck_reason, c.officer as struck_by,
    case c.source when 'replaced' then c.text else '' end as corrected, s.no as strikes_no
    from log l left join event e on e.id = l.event_id
    left join log c on c.strikes_id = l.id left join log s on s.id = l.strikes_id"""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the log. `at` is when it happened, `entered_at` when it was written (UTC).

    A struck entry carries the number, reason and text of the correction; a correction
    carries the number of what it strikes.
    """

    id: LogId
    no: int
    at: datetime
    entered_at: datetime
    kind: EntryKind
    text: str
    event_id: RowId | None
    event_number: str
    order_id: RowId | None
    shift_id: RowId | None
    actor: str
    officer_id: RowId
    officer: str
    backfilled: bool
    backfill_reason: str
    reason: str
    source: str
    strikes_id: LogId | None
    strikes_no: int | None
    struck_no: int | None
    struck_at: datetime | None
    struck_by: str
    struck_reason: str
    corrected: str

    @property
    def struck(self) -> bool:
        return self.struck_no is not None


@allowed(*DESK)
def append_entry(store: Store, text: str, *, kind: EntryKind = EntryKind.NOTE,
                 at: datetime | None = None, event: RowId | None = None, actor: str = "",
                 source: str = "", backfill_reason: str = "", by: Officer) -> LogEntry:
    """Write one line into the log; `at` is when it happened, now when not given.

    Raises:
        Refused: no text, over 4,000 characters, or a time in the future.
    """
    with store.change("log.append", by) as tx:
        new = append_to(tx, text, kind=kind, at=at, event=event, actor=actor, source=source,
                        backfill_reason=backfill_reason, by=by)
    return entry(store, new)


@allowed(*DESK)
def strike_entry(store: Store, struck: LogId, *, reason: str, corrected: str = "",
                 by: Officer) -> LogEntry:
    """Strike an entry through 划线更正: a new CORRECTION names it, the old one stays readable.

    Raises:
        Refused: no reason, or the entry is already struck.
    """
    old = entry(store, struck)
    if not reason.strip():
        raise Refused("Say why the entry is struck.", field="reason")
    if old.struck:
        raise Refused("Entry {no} was already struck by entry {by} ({name}).", no=old.no,
                      by=old.struck_no, name=old.struck_by)
    text = corrected.strip() or t("Entry {no} struck: {reason}", no=old.no, reason=reason.strip())
    with store.change("log.strike", by) as tx:
        new = append_to(tx, text, kind=EntryKind.CORRECTION, event=old.event_id, strikes=struck,
                        reason=reason.strip(), source="replaced" if corrected.strip() else "",
                        by=by)
    return entry(store, new)


def append_to(tx: Transaction, text: str, *, kind: EntryKind, by: Officer,
              at: datetime | None = None, event: RowId | None = None,
              order: RowId | None = None, actor: str = "", source: str = "",
              backfill_reason: str = "", backfilled: bool = False,
              strikes: LogId | None = None, reason: str = "") -> LogId:
    """Append inside a change that is already open; every other verb writes the log with it.

    Raises:
        Refused: no text, over 4,000 characters, or a time in the future.
    """
    plain = check_text(text)
    store = tx.store
    now = store.clock.now()
    when = check_not_future(at, now)
    note_clock_back(tx, now)
    late = backfilled or is_backfilled(store, when, now)
    return LogId(tx.insert("log", {
        "no": tx.next_number("log"), "at": to_text(when), "entered_at": to_text(now),
        "kind": kind, "text": plain, "event_id": event, "order_id": order,
        "shift_id": open_shift(store), "actor": actor, "officer_id": by.id, "officer": by.name,
        "backfilled": int(late), "strikes_id": strikes, "reason": reason, "source": source,
        "backfill_reason": (backfill_reason or t("Entered afterwards")) if late else ""}))


def check_text(text: str) -> str:
    plain = text.strip()
    if not plain:
        raise Refused("An entry needs some words.", field="text")
    if len(plain) > MAX_TEXT:
        raise Refused("An entry holds up to {most} characters; this one has {n}. Split it.",
                      field="text", most=MAX_TEXT, n=len(plain))
    return plain


def check_not_future(at: datetime | None, now: datetime) -> datetime:
    """`at`, or `now` when it is not given.

    Raises:
        Refused: it lies after `now`.
    """
    if at is not None and at > now:
        raise Refused("{time} lies in the future; it is {now} now. Correct the time.",
                      field="at", time=moment_text(at, year=True),
                      now=moment_text(now, year=True))
    return at or now


def is_backfilled(store: Store, at: datetime, now: datetime) -> bool:
    """Whether something that happened at `at` and is written now counts as back-filled 补录."""
    if at == now:
        return False
    return now - at > timedelta(minutes=float(rule(store, "log.backfill", now).value))


def note_clock_back(tx: Transaction, now: datetime) -> None:
    """Write down once that the machine's clock was set back; the log itself goes on."""
    row = tx.run("select no, entered_at from log order by no desc limit 1").fetchone()
    if row is None or now >= (last := from_text(row["entered_at"])):
        return
    if last - now <= timedelta(minutes=float(rule(tx.store, "log.clock_back", now).value)):
        return
    tx.insert("log", {
        "no": int(row["no"]) + 1, "at": to_text(now), "entered_at": to_text(now),
        "kind": EntryKind.SYSTEM, "officer_id": 0, "officer": t("System"),
        "text": t("The clock of this computer went back from {last} to {now}. Check it.",
                  last=moment_text(last, year=True), now=moment_text(now, year=True))})


def open_shift(store: Store) -> RowId | None:
    """The shift that is on watch, if one was taken over."""
    found = store.value("select id from shift where opened_at is not null and closed_at is null"
                        " order by opened_at desc limit 1")
    return RowId(found) if found else None


def entry(store: Store, id: LogId) -> LogEntry:  # noqa: A002 - the reader's own word
    """One entry.

    Raises:
        Refused: there is none.
    """
    row = store.one(f"{ROWS} where l.id = :id", id=id)
    if row is None:
        raise Refused("There is no such entry.")
    return _entry(row)


def entries(store: Store, *, shift: RowId | None = None, event: RowId | None = None,
            kinds: Iterable[EntryKind] = (), since: datetime | None = None,
            before: LogEntry | None = None, limit: int = 200) -> list[LogEntry]:
    """The newest `limit` entries by when they happened, newest first.

    `before` is the last entry of the page already shown. Each kind is read from its own
    index, so that a rare kind among a million rows is found at once.
    """
    values: dict[str, Any] = {"limit": limit}
    clauses = []
    for name, wanted in (("shift_id", shift), ("event_id", event)):
        if wanted is not None:
            clauses.append(f"{name} = :{name}")
            values[name] = wanted
    if since is not None:
        clauses.append("at >= :since")
        values["since"] = to_text(since)
    if before is not None:
        clauses.append("(at, no) < (:before_at, :before_no)")
        values |= {"before_at": to_text(before.at), "before_no": before.no}
    picks = [_pick([*clauses, f"kind = '{EntryKind(k)}'"]) for k in kinds] or [_pick(clauses)]
    rows = store.read(f"""{ROWS} where l.id in ({' union all '.join(picks)})
        order by l.at desc, l.no desc limit :limit""", **values)
    return [_entry(r) for r in rows]


def _pick(clauses: list[str]) -> str:
    where = f"where {' and '.join(clauses)}" if clauses else ""
    return f"select * from (select id from log {where} order by at desc, no desc limit :limit)"


def _entry(row: Any) -> LogEntry:
    def instant(name: str) -> datetime | None:
        return from_text(row[name]) if row[name] else None

    return LogEntry(
        LogId(RowId(row["id"])), row["no"], from_text(row["at"]), from_text(row["entered_at"]),
        EntryKind(row["kind"]), row["text"], row["event_id"], row["event_number"] or "",
        row["order_id"], row["shift_id"], row["actor"], row["officer_id"], row["officer"],
        bool(row["backfilled"]), row["backfill_reason"], row["reason"], row["source"],
        row["strikes_id"], row["strikes_no"], row["struck_no"], instant("struck_at"),
        row["struck_by"] or "", row["struck_reason"] or "", row["corrected"] or "")
