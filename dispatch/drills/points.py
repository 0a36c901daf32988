"""Timing points 计时点 taken from the drill's own log, reports, orders and stages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from db.clock import from_text, to_text
from db.store import Store
from dispatch.drills.record import ActLine, PointTime
from dispatch.drills.terms import Point

FIRST = {
    Point.REPORTED: """select received_at as at, number as source from event
        where received_at >= :since and state <> 'merged' order by received_at limit 1""",
    Point.FIRST_REPORT: """select s.sent_at as at, e.number as source from sending s
        join event e on e.id = s.event_id where s.kind = 'first' and s.sent_at >= :since
        order by s.sent_at limit 1""",
    Point.RESPONSE: """select r.at, e.number as source from response r
        join event e on e.id = r.event_id where r.act <> 'end' and r.at >= :since
        order by r.at limit 1""",
    Point.ORDER: """select ordered_at as at, number as source from dispatch_order
        where ordered_at >= :since order by ordered_at limit 1""",
    Point.POST: """select l.at, '#' || l.no as source from log l where l.at >= :since
        and l.kind <> 'correction' and l.event_id is not null
        and (l.text like '%指挥部%开设%' or l.text like '%指挥部%成立%'
            or l.text like '%开设%指挥部%' or l.text like '%成立%指挥部%'
            or l.text like '%command post%set up%' or l.text like '%command post%opened%')
        and not exists (select 1 from log c where c.strikes_id = l.id) order by l.at limit 1""",
    Point.LIFTED: """select at, source from (
        select r.at, e.number as source from response r join event e on e.id = r.event_id
        where r.act = 'end' and r.at >= :since
        union all select closed_at, number from event where closed_at >= :since
            and state = 'closed') order by at limit 1"""}
STAGES = {Point.MUSTER: "mustered", Point.ARRIVED: "arrived", Point.CONTROLLED: "controlled"}
STAGE = """select s.at, o.number as source from stamp s join dispatch_order o on o.id = s.order_id
    where s.stage = :stage and s.at >= :since
    and not exists (select 1 from stamp_strike k where k.stamp_id = s.id)
    order by s.at limit 1"""


def seen_points(store: Store, anchor: datetime, acts: Sequence[ActLine]) -> list[PointTime]:
    """The points that the drill store's records show to have been reached."""
    return [PointTime(point, t, wall_at(acts, t), source)
            for point, at, source in _rows(store, anchor)
            for t in [(at - anchor) / timedelta(seconds=1)]]


def _rows(store: Store, anchor: datetime) -> Iterator[tuple[Point, datetime, str]]:
    since = to_text(anchor)
    for point, sql in FIRST.items():
        row = store.one(sql, since=since)
        if row is not None:
            yield point, from_text(row["at"]), row["source"]
    for point, stage in STAGES.items():
        row = store.one(STAGE, stage=stage, since=since)
        if row is not None:
            yield point, from_text(row["at"]), row["source"]


def wall_at(acts: Sequence[ActLine], t: float) -> datetime:
    """What the machine's clock said at T+`t`, counted on from the act before it.

    `acts` begins with the start.
    """
    before = max((a for a in acts if a.t <= t), key=lambda a: a.steady, default=acts[0])
    speed = next((a.number for a in reversed(acts) if a.t <= t and a.number
                  and a.kind in {"start", "speed"}), 1.0)
    return before.wall + timedelta(seconds=(t - before.t) / speed)
