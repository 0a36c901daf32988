"""Deadlines 到期: the one list of what is due, derived from the records at every look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from db.change import RowId
from db.clock import from_text, to_text
from db.store import Store
from db.words import t
from dispatch.closing import sending_text
from dispatch.drillbook.due import of_drill_book
from dispatch.duty.roster.rules import roster_rule
from dispatch.duty.shifts import lapsed_shifts
from dispatch.incoming import IncomingPaper, open_papers
from dispatch.instructions import Instruction, open_instructions
from dispatch.log import append_to
from dispatch.net.due import of_net
from dispatch.orders import forces_out
from dispatch.overdue import Expectation, expectations, missed, note_for_leader
from dispatch.reminders import Reminder, open_reminders
from dispatch.review import Improvement, open_improvements
from dispatch.rules import NOTICE
from dispatch.safety import Watch, watches
from dispatch.sendings import Sending, unsent
from dispatch.terms import WAY_NAMES, EntryKind
from dispatch.verified import of_verified
from dispatch.warning_passes import of_passes
from dispatch.warnings import HazardWarning, in_force, run_out
from resources.localtime import at_local, clock_text, local_day
from resources.people import DESK, SYSTEM, Officer, allowed
from resources.rules import rule, rule_or
from resources.settings import setting
from resources.waiting import WAIT_NAMES, Digest, wait_digest


class Act(StrEnum):
    """The verb that settles it, by its key on the F-bar."""

    REPORT = "report"            # F8
    STAGE = "stage"              # F5
    INSTRUCTION = "instruction"  # F6
    HANDOVER = "handover"        # F9
    CHECK_IN = "check_in"        # K
    REMINDER = "reminder"
    DUTY = "duty"                # the roster
    WARNING = "warning"
    RECEIPT = "receipt"          # who has not acknowledged a warning
    UPKEEP = "upkeep"            # the libraries
    PAPER = "paper"              # papers that came in, to be passed on
    DRILL = "drill"              # the drill book
    ROLL_CALL = "roll_call"      # F7
    CALLOUT = "callout"          # the board of a call-out
    IMPROVEMENT = "improvement"  # what an after-action asked for
    RECORD = "record"            # the store's own check


class Severity(StrEnum):
    ESCALATED = "escalated"  # overdue, and nobody acknowledged it for a while
    OVERDUE = "overdue"
    URGENT = "urgent"        # under 15 minutes
    SOON = "soon"            # under an hour
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due at `at`; `key` is stable over restarts, `ref` the row it is about.

    `started_at` is when its countdown began (for the bar of time used).
    """

    key: str
    at: datetime
    started_at: datetime
    title: str
    detail: str
    event_number: str
    event_id: RowId | None
    act: Act
    ref: RowId
    severity: Severity = Severity.LATER
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None

    @property
    def overdue(self) -> bool:
        return self.severity in (Severity.OVERDUE, Severity.ESCALATED)


def due_list(store: Store, now: datetime) -> list[Due]:
    """Everything that is due or will be, soonest first, with its severity at `now`; in a drill
    only what the desk owes."""
    if setting(store, "drill") == "1":
        return desk_due(store, now)
    return [*desk_due(store, now), *of_upkeep(wait_digest(store, local_day(now)), now),
            *of_drill_book(store, now)]


def desk_due(store: Store, now: datetime) -> list[Due]:
    """What the desk itself owes, without what waits in the libraries."""
    wait = timedelta(minutes=float(rule(store, "instruction.feedback", now).value))
    escalate = timedelta(minutes=float(rule(store, "alarm.escalate", now).value))
    ending = timedelta(minutes=float(rule(store, "warning.ending", now).value))
    out = forces_out(store)
    found = [*of_sendings(unsent(store)), *of_orders(expectations(store, out, now)),
             *of_watches(watches(store, out)),
             *of_instructions(open_instructions(store), wait), *of_reminders(open_reminders(store)),
             *of_papers(open_papers(store)), *of_improvements(open_improvements(store)),
             *of_warnings([*in_force(store, now), *run_out(store, now)], now + ending),
             *of_shift(store, now), *of_duties(store, now), *of_net(store, now),
             *of_passes(store, now), *of_verified(store)]
    acks = {r["alarm"]: (r["name"], from_text(r["at"])) for r in store.read(
        "select a.alarm, a.at, o.name from alarm_ack a join officer o on o.id = a.officer_id")
        } if found else {}
    return sorted((graded(d, now, escalate, acks.get(d.key)) for d in found),
                  key=lambda d: (d.at, d.key))


def graded(due: Due, now: datetime, escalate: timedelta,
           ack: tuple[str, datetime] | None) -> Due:
    """The same with its severity at `now` and who acknowledged it. Pure."""
    left = due.at - now
    severity = Severity.LATER
    if left <= timedelta(0):
        ignored = ack is None and -left >= escalate
        severity = Severity.ESCALATED if ignored else Severity.OVERDUE
    elif left < timedelta(minutes=15):
        severity = Severity.URGENT
    elif left < timedelta(hours=1):
        severity = Severity.SOON
    return replace(due, severity=severity, acknowledged_by=ack[0] if ack else "",
                   acknowledged_at=ack[1] if ack else None)


# from records, pure


def of_sendings(rows: Iterable[Sending]) -> list[Due]:
    return [Due(f"sending:{s.id}", s.due_at, min(s.started_at, s.due_at),
                sending_text(s, way=False), f"{t(WAY_NAMES[s.way])}・{s.basis}", s.event_number,
                s.event_id, Act.REPORT, s.id) for s in rows]


def of_orders(rows: Iterable[Expectation]) -> list[Due]:
    """Forces that should have departed, or be on the scene."""
    return [Due(e.key, e.at, e.order.ordered_at, e.title, e.detail, e.order.event_number,
                e.order.event_id, Act.STAGE, e.order.id) for e in rows]


def of_watches(rows: Iterable[Watch]) -> list[Due]:
    """The next safety check-in of each force on scene."""
    found = []
    for w in rows:
        if (words := missed(w)) is not None and w.due_at is not None:
            key, title, detail = words
            found.append(Due(key, w.due_at, w.since, title, detail, w.order.event_number,
                             w.order.event_id, Act.CHECK_IN, w.order.id))
    return found


def of_instructions(rows: Iterable[Instruction], wait: timedelta) -> list[Due]:
    """Open instructions; those without a deadline ask for feedback after `wait`."""
    return [Due(f"instruction:{i.id}", i.due_at or i.at + wait, i.at,
                t("Instruction of {leader}", leader=i.leader), i.text, i.event_number, i.event_id,
                Act.INSTRUCTION, i.id) for i in rows]


def of_papers(rows: Iterable[IncomingPaper]) -> list[Due]:
    """Papers that are not passed on yet to somebody the rule names."""
    return [Due(f"paper:{p.id}", p.due_at, of.received_at,
                t("Pass on {number} → {to}", number=of.number, to=p.to_whom),
                f"{t(WAY_NAMES[p.way])}・{p.basis}・{of.title}", of.event_number, of.event_id,
                Act.PAPER, of.id)
            for of in rows for p in of.waiting if p.due_at is not None]


def of_improvements(rows: Iterable[Improvement]) -> list[Due]:
    """What an after-action asked to be better, by the end of its day."""
    return [Due(f"improvement:{i.id}", at_local(i.due_on + timedelta(days=1), time()),
                at_local(i.due_on, time()), t("Improvement: {what}", what=i.problem),
                t(", ").join(p for p in (i.owner, i.measure) if p), i.event_number, i.event_id,
                Act.IMPROVEMENT, i.id) for i in rows if i.due_on is not None]


def soon_over(store: Store, now: datetime) -> list[Due]:
    """Reports, papers and instructions that run out within the minutes of the rule, soonest
    first: these sound before they are late."""
    before = timedelta(minutes=float(rule_or(store, NOTICE, now).value))
    acts = (Act.REPORT, Act.PAPER, Act.INSTRUCTION)
    return [d for d in due_list(store, now) if d.act in acts and not d.overdue
            and d.at - now <= before]


def of_reminders(rows: Iterable[Reminder]) -> list[Due]:
    return [Due(f"reminder:{r.id}", r.due_at, r.due_at - timedelta(hours=1), r.title, "",
                r.event_number, r.event_id, Act.REMINDER, r.id) for r in rows]


def of_warnings(rows: Iterable[HazardWarning], until: datetime) -> list[Due]:
    """Warnings that end before `until` or have ended and are not lifted."""
    return [Due(f"warning:{w.id}", w.ends_at, w.issued_at,
                t("Warning ends: {name}", name=w.name), w.area, "", None, Act.WARNING, w.id)
            for w in rows if w.ends_at is not None and w.ends_at <= until]


def of_upkeep(rows: Iterable[Digest], now: datetime) -> list[Due]:
    """One line for each reason why records wait, after all that the desk itself owes.

    Days that have passed are due by the end of today and never ring: a library is kept in
    office hours, and a red line of last month must not cover a report that is late now.
    """
    today, found = local_day(now), []
    for row in rows:
        day = max(row.soonest or today, today)
        detail = t("upkeep|{n}, the soonest {day}", n=row.count, day=row.soonest) \
            if row.soonest else t("upkeep|{n} in all", n=row.count)
        found.append(Due(f"upkeep:{row.wait}", at_local(day + timedelta(days=1), time()), now,
                         t(WAIT_NAMES[row.wait]), detail, "", None, Act.UPKEEP, RowId(0),
                         Severity.SOON if day == today else Severity.LATER))
    return sorted(found, key=lambda d: (d.at, d.key))


def of_duties(store: Store, now: datetime) -> list[Due]:
    """Shifts that begin within the hours of `roster.remind`: who is to come."""
    ahead = timedelta(hours=float(roster_rule(store, "roster.remind", local_day(now)).value))
    rows = store.read("""select h.id, h.starts_at, group_concat(o.name, ' ') as names
        from shift h join seat_on_shift s on s.shift_id = h.id and s.state = 'planned'
        join officer o on o.id = s.officer_id
        where h.state = 'planned' and h.starts_at > :now and h.starts_at <= :soon
        group by h.id order by h.starts_at""", now=to_text(now), soon=to_text(now + ahead))
    return [Due(f"duty:{r['id']}", from_text(r["starts_at"]), from_text(r["starts_at"]) - ahead,
                t("Next shift comes on duty"), r["names"], "", None, Act.DUTY, RowId(r["id"]))
            for r in rows]


def of_shift(store: Store, now: datetime) -> list[Due]:
    """The handover of the shift on watch, and before it the draft that is missing."""
    row = store.one("""select s.id, s.starts_at, s.ends_at, h.id as draft from shift s
        left join handover h on h.shift_id = s.id
        where s.opened_at is not null and s.closed_at is null
        order by s.opened_at desc limit 1""")
    if row is None:
        return _never_handed_over(store)
    starts, ends = from_text(row["starts_at"]), from_text(row["ends_at"])
    found = [Due(f"shift:{row['id']}", ends, starts, t("Hand over the shift"),
                 t("until {time}", time=clock_text(ends)), "", None, Act.HANDOVER,
                 RowId(row["id"])), *_never_handed_over(store)]
    if row["draft"] is None:
        before = timedelta(minutes=float(rule(store, "handover.draft", now).value))
        found.append(Due(f"draft:{row['id']}", ends - before, starts, t("Draft the handover"),
                         t("{n} min before the shift ends", n=int(before.total_seconds() // 60)),
                         "", None, Act.HANDOVER, RowId(row["id"])))
    return found


def _never_handed_over(store: Store) -> list[Due]:
    """Shifts that were closed because nobody took them over; due until somebody says so by name."""
    known = {r[0] for r in store.read("select alarm from alarm_ack where alarm like 'lapsed:%'")}
    return [Due(f"lapsed:{shift.id}", shift.ends_at, shift.starts_at,
                t("A shift was never handed over"), shift.label, "", None, Act.HANDOVER, shift.id)
            for shift in lapsed_shifts(store) if f"lapsed:{shift.id}" not in known]


# alarms

RINGING = (Act.STAGE, Act.CHECK_IN, Act.REPORT, Act.PAPER)


def note_overdue(store: Store, now: datetime) -> list[Due]:
    """Write one alarm entry for each overdue force, report or paper, once for ever; return the new.

    What was noted is looked up in the log itself, so a restart does not repeat it.
    """
    late = [d for d in desk_due(store, now) if d.overdue and d.act in RINGING]
    leader = timedelta(minutes=float(rule(store, "checkin.leader", now).value))
    note_for_leader(store, [(d.key, d.title, d.event_id) for d in late
                            if d.act == Act.CHECK_IN and not d.acknowledged_by
                            and now - d.at >= leader])
    new = [d for d in late if not store.value(
        "select 1 from log where event_id is :event and source = :key and kind = 'alarm'",
        event=d.event_id, key=d.key)]
    if not new:
        return []
    with store.change("alarm.note", SYSTEM) as tx:
        for d in new:
            append_to(tx, t("{title} ({detail})", title=d.title, detail=d.detail),
                      kind=EntryKind.ALARM, event=d.event_id, source=d.key,
                      order=None if d.act == Act.REPORT else d.ref, by=SYSTEM)
    return new


@allowed(*DESK)
def acknowledge(store: Store, key: str, *, by: Officer) -> None:
    """Acknowledge an alarm by name; a second time changes nothing."""
    if store.value("select 1 from alarm_ack where alarm = :key", key=key):
        return
    now = store.clock.now()
    due = next((d for d in due_list(store, now) if d.key == key), None)
    with store.change("alarm.acknowledge", by) as tx:
        tx.insert("alarm_ack", {"alarm": key, "at": to_text(now), "officer_id": by.id})
        if due is not None:
            append_to(tx, t("Acknowledged: {title}", title=due.title), kind=EntryKind.ALARM,
                      event=due.event_id, by=by)
