"""The situation 现况 at a glance, and the safe-days counter 安全发展累计日."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from db.change import RowId
from db.clock import to_text
from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.log import append_to
from dispatch.orders import forces_out
from dispatch.terms import EntryKind, Stage
from resources.localtime import at_local, local_day
from resources.people import Officer, Role, allowed

DISTRICT = "district"
"""The scope of the whole district's counter."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What the leader asks for: who is out, who is there, what is short."""

    events_open: int
    forces: int
    forces_out: int
    people_out: int
    stages: dict[Stage, int]
    supplies_short: int
    equipment_down: int
    reports_waiting: int
    reports_late: int
    entries_today: int
    safe_days: int


def situation(store: Store, now: datetime) -> Situation:
    """Counted from the records at `now`; people are those reported, else the force's ready."""
    out = forces_out(store)
    gone = {o.force_id for o in out}
    ready = {r["id"]: r["ready_people"] for r in store.read(
        """select id, ready_people from force where active = 1 and status <> 'off'
        and id in (select value from json_each(:gone))""", gone=json.dumps(sorted(gone)))}
    day = local_day(now)
    midnight = at_local(day, datetime.min.time())
    people = sum(o.people if o.people is not None else ready.get(o.force_id, 0) for o in out)
    return Situation(
        store.value("select count(*) from event where state = 'open'"), store.value(_FORCES),
        len(gone), people, dict(Counter(o.stage for o in out)),
        store.value(_SHORT), store.value(_DOWN),
        store.value("select count(*) from sending where sent_at is null and waived = ''"),
        store.value("""select count(*) from sending where sent_at is null and waived = ''
            and due_at <= :now""", now=to_text(now)),
        store.value("select count(*) from log where at >= :start and at < :end",
                    start=to_text(midnight), end=to_text(midnight + timedelta(days=1))),
        safe_days(store, day))


_FORCES = "select count(*) from force where active = 1 and (status <> 'off') = 1"
"""In the form of the index `force_ready`, which holds just these."""
_SHORT = """select count(*) from supply s where s.active = 1 and s.min_stock > 0
    and s.min_stock > (select coalesce(sum(m.quantity), 0) from movement m
    join lot l on l.id = m.lot_id where l.supply_id = s.id)"""
_DOWN = """select count(*) from equipment where active = 1 and status in ('waiting', 'repair')"""


# safe days


class SafeDayEffect(StrEnum):
    START = "start"            # 起算: this day is the first
    DAY_ZERO = "day_zero"      # 当日归零: this day does not count
    TOTAL_ZERO = "total_zero"  # 全部归零: the count begins anew the day after


def count_safe_days(rows: Iterable[tuple[date, SafeDayEffect]], today: date) -> int:
    """Days counted up to and including `today`; 0 before the first row. Pure."""
    known = [r for r in rows if r[0] <= today]
    marks = [d + timedelta(days=int(e == SafeDayEffect.TOTAL_ZERO)) for d, e in known
             if e != SafeDayEffect.DAY_ZERO]
    if not marks:
        return 0
    start = max(marks)
    lost = {d for d, e in known if e == SafeDayEffect.DAY_ZERO and d >= start}
    return max(0, (today - start).days + 1 - len(lost))


def safe_days(store: Store, today: date, scope: str = DISTRICT) -> int:
    """The counter of a scope (the district, a town, an enterprise) on a local day."""
    rows = store.read("select day, effect from safe_day where scope = :scope", scope=scope)
    return count_safe_days(
        ((date.fromisoformat(r["day"]), SafeDayEffect(r["effect"])) for r in rows), today)


@allowed(Role.LEADER, Role.ADMIN)
def mark_safe_day(store: Store, day: date, effect: SafeDayEffect, *, reason: str,
                  scope: str = DISTRICT, event: RowId | None = None, by: Officer) -> int:
    """Write one row of the counter's ledger; returns the days counted now.

    Raises:
        Refused: no reason, or a day in the future.
    """
    today = local_day(store.clock.now())
    if not reason.strip():
        raise Refused("Say why the safe days change.", field="reason")
    if day > today:
        raise Refused("{day} lies in the future.", field="day", day=day.isoformat())
    with store.change("safe_day.mark", by) as tx:
        tx.insert("safe_day", {"scope": scope, "day": day.isoformat(), "effect": effect,
                               "event_id": event, "reason": reason.strip()})
        days = safe_days(store, today, scope)
        append_to(tx, t("Safe days now {n}: {reason}", n=days, reason=reason.strip()),
                  kind=EntryKind.SYSTEM, event=event, by=by)
    return days
