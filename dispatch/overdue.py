"""Overdue forces 超时: promised, expected and usual minutes, and check-ins that did not come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.change import RowId
from db.store import Store
from db.words import t
from dispatch.candidates import Estimates, estimates
from dispatch.log import append_to
from dispatch.orders import BEFORE_DEPARTURE, Order
from dispatch.safety import Watch
from dispatch.terms import ON_SCENE, STAGE_NAMES, EntryKind, Post, Stage
from resources.localtime import clock_text
from resources.people import SYSTEM
from resources.rules import rule

GONE = (Stage.FINISHED, Stage.RECALLED)


@dataclass(frozen=True, slots=True)
class Expectation:
    """When something of an order should have happened; `key` is stable over restarts."""

    key: str
    at: datetime
    order: Order
    title: str
    detail: str


def expectations(store: Store, orders: Iterable[Order], now: datetime) -> list[Expectation]:
    """The next thing that is expected of each force that is out.

    Departure by the norm of its kind, arrival by its promise, else by distance; once the
    arrival is overdue nothing is said of the departure any more.
    """
    at = estimates(store, None, None)
    allowance = float(rule(store, "overdue.late").value)
    found = []
    for one in orders:
        rows = expected(one, at, allowance)
        found += [e for e in rows if e.at <= now][:1] or sorted(rows, key=lambda e: e.at)[:1]
    return found


def expected(of: Order, at: Estimates, allowance: float) -> list[Expectation]:
    """The expectations of one order. Pure.

    A force that is on scene, done or recalled has none; one that left has only its arrival.
    """
    if of.stage in ON_SCENE or of.stage in GONE or not of.out:
        return []
    found = []
    arrive = arrival_expected(of, at, allowance)
    if arrive is not None:
        found.append(arrive)
    norm = at.turn_out.get(of.force_kind)
    if norm is not None and of.stage in BEFORE_DEPARTURE:
        usual = float(norm) + at.off_hours(of.force_kind)
        leave = of.ordered_at + timedelta(minutes=usual + allowance)
        if arrive is None or leave < arrive.at:
            found.append(Expectation(
                f"turnout:{of.id}", leave, of, t("{force} not departed", force=of.force_name),
                t("{stage} since {time}, the norm is {n} min", stage=t(STAGE_NAMES[of.stage]),
                  time=clock_text(_last(of)), n=f"{float(norm):g}")))
    return found


def arrival_expected(of: Order, at: Estimates, allowance: float) -> Expectation | None:
    """By its promise; without one by turn-out, distance and the allowance; None if neither."""
    title, stage = t("{force} not arrived", force=of.force_name), t(STAGE_NAMES[of.stage])
    since = clock_text(_last(of))
    if of.promised_at is not None:
        return Expectation(f"order:{of.id}", of.promised_at, of, title,
                           t("{stage} since {time}, promised {n} min", stage=stage, time=since,
                             n=of.promised_minutes))
    road = at.road(of.distance_m)
    if road is None:
        return None
    usual = road + float(at.turn_out.get(of.force_kind, 0)) + at.off_hours(of.force_kind)
    return Expectation(
        f"order:{of.id}", of.ordered_at + timedelta(minutes=usual + allowance), of, title,
        t("{stage} since {time}, expected in {n} min over {km} km", stage=stage, time=since,
          n=round(usual), km=f"{(of.distance_m or 0) / 1000:.1f}"))


def missed(watch: Watch) -> tuple[str, str, str] | None:
    """Key, title and detail of a force's next check-in; None when it is not asked. Pure."""
    if watch.due_at is None:
        return None
    since = clock_text(watch.since)
    last = t("last answer {time}", time=since) if watch.answered \
        else t("on scene since {time}", time=since)
    return (f"checkin:{watch.order.id}:{int(watch.since.timestamp())}",
            t("Safety check-in of {force}", force=watch.order.force_name),
            t("{n} people, {last}, every {m} min", n=watch.order.people or 0,
              last=last, m=watch.minutes))


def leader_on_watch(store: Store) -> str:
    """The leader in charge of the shift that is on; empty when nobody is."""
    return str(store.value("""select o.name from seat_on_shift s join shift h on h.id = s.shift_id
        join officer o on o.id = s.officer_id where h.opened_at is not null
        and h.closed_at is null and s.post = :post and s.state <> 'replaced'
        order by h.opened_at desc limit 1""", post=Post.LEADER) or "")


def note_for_leader(store: Store, rows: Iterable[tuple[str, str, RowId | None]]) -> int:
    """Write once that a missed check-in (key, title, event) goes to the leader; how many did."""
    new = [r for r in rows if not store.value(
        "select 1 from log where event_id = :event and kind = 'alarm' and source = :key",
        event=r[2], key=f"{r[0]}:leader")]
    if not new:
        return 0
    name = leader_on_watch(store)
    with store.change("alarm.escalate", SYSTEM) as tx:
        for key, title, event in new:
            append_to(tx, t("{title}: nobody acknowledged it; tell the leader in charge {name}",
                            title=title, name=name), kind=EntryKind.ALARM, event=event,
                      source=f"{key}:leader", by=SYSTEM)
    return len(new)


def _last(of: Order) -> datetime:
    return max((s.at for s in of.stamps), default=of.ordered_at)
