"""Sendings 报送: what is due to whom, by which means and when, for every report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.terms import WAY_NAMES, Level, ReportKind, Way
from resources.rules import Rule, rule

SendingId = NewType("SendingId", RowId)


@dataclass(frozen=True, slots=True)
class Sending:
    """One report due to one recipient by one means; `basis` is the rule in words."""

    id: SendingId
    event_id: RowId
    event_number: str
    event_title: str
    report_id: RowId | None
    kind: ReportKind
    seq: int
    recipient: str
    way: Way
    due_at: datetime
    basis: str
    started_at: datetime
    sent_at: datetime | None
    receiver: str
    waived: str

    @property
    def done(self) -> bool:
        return self.sent_at is not None or bool(self.waived)

    @property
    def late(self) -> bool:
        """Sent after it was due; this stays visible for ever."""
        return self.sent_at is not None and self.sent_at > self.due_at


ROWS = """select s.*, e.number, e.title as event_title, e.received_at
    from sending s join event e on e.id = s.event_id"""


def sending(store: Store, id: SendingId) -> Sending:  # noqa: A002 - the reader's own word
    """
    Raises:
        Refused: there is none.
    """
    row = store.one(f"{ROWS} where s.id = :id", id=id)
    if row is None:
        raise Refused("There is no such report to send.")
    return _sending(row)


def sendings(store: Store, event: RowId) -> list[Sending]:
    """All of an event, in the order in which they fall due."""
    return [_sending(r) for r in store.read(
        f"{ROWS} where s.event_id = :event order by s.due_at, s.id", event=event)]


def unsent(store: Store) -> list[Sending]:
    """Everything that is still to be sent, soonest first."""
    return [_sending(r) for r in store.read(
        f"{ROWS} where s.sent_at is null and s.waived = '' order by s.due_at, s.id")]


def schedule_first(tx: Transaction, event: RowId, start: datetime, level: Level | None,
                   class_: str = "") -> None:
    """Write what the rules ask for at once: the first report, by phone and in writing.

    After the level changed, call it again: what is not sent yet gets the new time, recipients
    that only a graver level has are added, and what was sent or waived stays.
    """
    store = tx.store
    first, people = rule(store, "report.first", start), rule(store, "report.recipients", start)
    minutes = by_class(first.value, class_)[str(int(level or 0))]
    for one in people.value:
        if not _reported_to(one, level):
            continue
        for way in one["ways"]:
            due = start + timedelta(minutes=float(minutes[way]))
            basis = t("First report {way} within {minutes} min ({basis})",
                      way=t(WAY_NAMES[Way(way)]), minutes=minutes[way], basis=t(first.basis))
            _put(tx, event, ReportKind.FIRST, 1, one["name"], Way(way), due, basis)


def by_class(value: dict[str, Any], class_: str) -> dict[str, Any]:
    """A rule by level that may hold other values for one class of events, such as
    `{"1": …, "0": …, "natural": {"1": …, "0": …}}`. Pure."""
    own: dict[str, Any] = value.get(class_, {})
    return {**value, **own}


def schedule_follow(tx: Transaction, done: Sending, sent_at: datetime,
                    level: Level | None, class_: str = "") -> None:
    """After a report went out, the next follow-up to the same recipient, unless one waits."""
    waiting = tx.run("""select 1 from sending where event_id = :event and recipient = :to
        and kind = 'follow' and sent_at is null and waived = ''""",
        event=done.event_id, to=done.recipient).fetchone()
    if waiting or done.kind == ReportKind.FINAL:
        return
    used = rule(tx.store, "report.follow", sent_at)
    hours = float(by_class(used.value, class_)[str(int(level or 0))])
    seq = 1 + int(tx.run("""select coalesce(max(seq), 0) from sending where event_id = :event
        and recipient = :to and kind = 'follow'""",
        event=done.event_id, to=done.recipient).fetchone()[0])
    _put(tx, done.event_id, ReportKind.FOLLOW, seq, done.recipient, Way.WRITTEN,
         sent_at + timedelta(hours=hours), _hours_basis(used, hours))


def schedule_supplement(tx: Transaction, event: RowId, now: datetime, level: Level | None,
                        class_: str = "") -> None:
    """The number of deaths changed after the end 补报: a follow-up to everybody who was told,
    within the minutes of a written first report."""
    first = rule(tx.store, "report.first", now)
    minutes = by_class(first.value, class_)[str(int(level or 0))]["written"]
    days = rule(tx.store, "report.death_days", now)
    for row in tx.run("""select recipient, 1 + coalesce(max(case kind when 'follow' then seq end),
            0) as seq from sending where event_id = :event group by recipient
            having max(sent_at) is not null and not max(kind = 'follow' and sent_at is null
            and waived = '')""", event=event).fetchall():
        _put(tx, event, ReportKind.FOLLOW, row["seq"], row["recipient"], Way.WRITTEN,
             now + timedelta(minutes=float(minutes)),
             t("{title}: {minutes} min ({basis})", title=t(days.title), minutes=minutes,
               basis=t(days.basis)))


def add_recipient(tx: Transaction, of: RowId, kind: ReportKind, seq: int, to: str, way: Way,
                  due: datetime, basis: str) -> None:
    """One more recipient for a report, beside those that the rule names."""
    _put(tx, of, kind, seq, to, way, due, basis)


def schedule_final(tx: Transaction, event: RowId, closed_at: datetime) -> None:
    """The final report, to everybody who got a report of this event."""
    used = rule(tx.store, "report.final", closed_at)
    hours = float(used.value)
    for row in tx.run("""select distinct recipient from sending where event_id = :event
            and sent_at is not null order by recipient""", event=event).fetchall():
        _put(tx, event, ReportKind.FINAL, 1, row[0], Way.WRITTEN,
             closed_at + timedelta(hours=hours), _hours_basis(used, hours))


def _hours_basis(used: Rule, hours: float) -> str:
    return t("{title}: {hours} h ({basis})", title=t(used.title), hours=f"{hours:g}",
             basis=t(used.basis))


def _reported_to(one: dict[str, Any], level: Level | None) -> bool:
    """A recipient with `from_level` n hears of levels 1..n; 0 hears of everything."""
    worst = int(one.get("from_level", 0))
    return worst == 0 or (level is not None and int(level) <= worst)


def _put(tx: Transaction, event: RowId, kind: ReportKind, seq: int, to: str, way: Way,
         due: datetime, basis: str) -> None:
    known = tx.run("""select id, sent_at, waived from sending where event_id = :event
        and kind = :kind and seq = :seq and recipient = :to and way = :way""",
        event=event, kind=kind, seq=seq, to=to, way=way).fetchone()
    if known is None:
        tx.insert("sending", {"event_id": event, "kind": kind, "seq": seq, "recipient": to,
                              "way": way, "due_at": to_text(due), "basis": basis})
    elif known["sent_at"] is None and not known["waived"]:
        tx.update("sending", known["id"], due_at=to_text(due), basis=basis)


def _sending(row: Any) -> Sending:
    return Sending(
        SendingId(RowId(row["id"])), row["event_id"], row["number"], row["event_title"],
        row["report_id"], ReportKind(row["kind"]), row["seq"], row["recipient"], Way(row["way"]),
        from_text(row["due_at"]), row["basis"], from_text(row["received_at"]),
        from_text(row["sent_at"]) if row["sent_at"] else None, row["receiver"], row["waived"])
