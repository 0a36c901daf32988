"""Comparison 对比: drills of one scenario, or a drill and real events of its kind, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from db.change import RowId
from db.clock import from_text
from db.errors import Refused
from db.store import Store
from dispatch.drillbook.drills import DrillHead, drill_head, held_drills
from dispatch.drillbook.measures import PAIRS
from dispatch.drillbook.report import drill_report, norms
from dispatch.drills.record import DrillRecord
from dispatch.drills.terms import Point
from dispatch.events import Event, event
from resources.localtime import moment_text

MOST = 6
"""So many stand side by side on a page."""
OF_EVENT = {
    Point.FIRST_REPORT: """select min(sent_at) from sending where event_id = :id
        and kind = 'first' and sent_at is not null""",
    Point.RESPONSE: "select min(at) from response where event_id = :id and act <> 'end'",
    Point.ORDER: "select min(ordered_at) from dispatch_order where event_id = :id",
    Point.LIFTED: "select max(at) from response where event_id = :id and act = 'end'",
    Point.POST: """select min(l.at) from log l where l.event_id = :id and l.text like '%指挥部%'
        and l.kind <> 'correction'
        and not exists (select 1 from log c where c.strikes_id = l.id)"""}
STAGES = {Point.MUSTER: "mustered", Point.ARRIVED: "arrived", Point.CONTROLLED: "controlled"}
STAGE = """select min(s.at) from stamp s join dispatch_order o on o.id = s.order_id
    where o.event_id = :id and s.stage = :stage
    and not exists (select 1 from stamp_strike k where k.stamp_id = s.id)"""


@dataclass(frozen=True, slots=True)
class Course:
    """How a drill or an event went: seconds of each point from 接报; `drill` marks it 演练."""

    key: str
    title: str
    note: str
    points: Mapping[Point, float]
    drill: bool
    score: float | None = None

    def between(self, since: Point, until: Point) -> float | None:
        """Seconds from one point to another; None where one was not reached."""
        a, b = self.points.get(since), self.points.get(until)
        return None if a is None or b is None else b - a


@dataclass(frozen=True, slots=True)
class LikeEvent:
    """A real event that a drill can be compared with."""

    id: RowId
    words: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the comparison: a point (`since` is None) or an interval, in seconds."""

    since: Point | None
    until: Point
    norm: float | None
    values: tuple[float | None, ...]

    @property
    def best(self) -> float | None:
        return min((v for v in self.values if v is not None), default=None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Courses side by side, a row for each point and each interval that any of them has."""

    courses: tuple[Course, ...]
    points: tuple[Line, ...]
    intervals: tuple[Line, ...]


def compare(courses: Iterable[Course],
            standards: Mapping[tuple[Point, Point], float]) -> Comparison:
    """Lay courses side by side. Pure."""
    some = tuple(courses)
    points = tuple(Line(None, p, None, tuple(c.points.get(p) for c in some)) for p in Point
                   if any(p in c.points for c in some))
    intervals = tuple(Line(a, b, standards.get((a, b)), tuple(c.between(a, b) for c in some))
                      for a, b in PAIRS if any(c.between(a, b) is not None for c in some))
    return Comparison(some, points, intervals)


def comparison(store: Store, drills: Iterable[int], events: Iterable[int] = ()) -> Comparison:
    """Compare sealed drills, and real events beside them.

    Raises:
        Refused: fewer than two, more than `MOST`, one without a sealed record or a report.
    """
    courses = [*(drill_course(store, d) for d in drills),
               *(event_course(store, event(store, RowId(e))) for e in events)]
    if len(courses) < 2:
        raise Refused("Choose at least two to compare.")
    if len(courses) > MOST:
        raise Refused("At most {most} stand side by side.", most=MOST)
    return compare(courses, {pair: norm for pair, (norm, _basis) in norms(store).items()})


def drill_course(store: Store, drill: int) -> Course:
    """The course of a sealed drill; Refused when there is no record."""
    of = drill_report(store, drill)
    return Course(f"drill:{drill}", f"{of.record.number} {of.record.title}",
                  moment_text(of.record.started_at, year=True), from_call(of.record), True,
                  of.score.whole.score)


def from_call(record: DrillRecord) -> dict[Point, float]:
    """Seconds of every point from the call received, from the start where there was no call.
    Pure."""
    call = record.point(Point.REPORTED) or record.point(Point.START)
    zero = call.t if call else 0.0
    return {p.point: p.t - zero for p in record.points}


def event_course(store: Store, of: Event) -> Course:
    """The course of a real event by the log, the reports, orders and stages."""
    at: dict[Point, datetime] = {Point.REPORTED: of.received_at}
    for point, sql in OF_EVENT.items():
        if found := store.value(sql, id=of.id):
            at[point] = from_text(found)
    for point, stage in STAGES.items():
        if found := store.value(STAGE, id=of.id, stage=stage):
            at[point] = from_text(found)
    if of.closed_at is not None:
        at[Point.END] = of.closed_at
    return Course(f"event:{of.id}", f"{of.number} {of.title}",
                  moment_text(of.received_at, year=True),
                  {p: (when - of.received_at).total_seconds() for p, when in at.items()},
                  drill=False)


def same_scenario(store: Store, drill: int) -> list[DrillHead]:
    """Sealed drills of the same scenario, in any language, newest first."""
    of = drill_head(store, drill)
    code = store.value("select code from scenario where id = :id", id=of.scenario_id)
    same = {int(r[0]) for r in store.read("select id from scenario where code = :code",
                                          code=code)}
    return [d for d in held_drills(store, sealed=True) if int(d.scenario_id) in same]


def events_like(store: Store, drill: int, limit: int = 30) -> list[LikeEvent]:
    """Closed real events of the drill's kind, newest first."""
    subtype = drill_head(store, drill).subtype
    rows = store.read("""select id, number, title, received_at from event
        where subtype = :subtype and state = 'closed' order by received_at desc limit :limit""",
        subtype=subtype, limit=limit)
    return [LikeEvent(RowId(r["id"]), f"{r['number']} {r['title']}", from_text(r["received_at"]))
            for r in rows]
