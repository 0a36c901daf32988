"""The sealed record 封存记录 of a drill: all that its run was, as one frozen value.

Every `t` is seconds of T+: drill time by the monotonic clock, pauses and downtime left out,
scaled by the speed. Every `wall` is what the machine's own clock said; it may have been set.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.errors import Refused
from db.store import Store
from dispatch.drills.plain import from_json
from dispatch.drills.scenario import Scenario
from dispatch.drills.terms import ActKind, BreakKind, DrillId, Form, Point, Result
from dispatch.terms import EntryKind, Stage, Way


@dataclass(frozen=True, slots=True)
class ActionRun:
    """An expected action and what came of it; `limit` in seconds after its inject."""

    no: int
    action: str
    actor: str
    limit: float | None
    point: Point | None
    result: Result | None
    t: float | None
    wall: datetime | None
    officer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class InjectRun:
    """An inject, planned and actual; `t` None means that it was never given."""

    no: int
    planned: float
    t: float | None
    wall: datetime | None
    content: str
    way: Way
    controller: str
    target: str
    skipped: bool
    why: str
    actions: tuple[ActionRun, ...]

    @property
    def deviation(self) -> float | None:
        """Seconds later (or, negative, earlier) than planned."""
        return None if self.t is None else self.t - self.planned

    def took(self, action: ActionRun) -> float | None:
        """Seconds from the inject to the action; None when it was not done."""
        if self.t is None or action.t is None or action.result is Result.MISSED:
            return None
        return action.t - self.t

    def late(self, action: ActionRun) -> bool:
        """Whether the action took longer than its limit."""
        took = self.took(action)
        return took is not None and action.limit is not None and took > action.limit


@dataclass(frozen=True, slots=True)
class Mark:
    t: float
    wall: datetime
    text: str
    officer: str


@dataclass(frozen=True, slots=True)
class PointTime:
    """A timing point reached; `source` says by what: a record's number, an action, a key."""

    point: Point
    t: float
    wall: datetime
    source: str


@dataclass(frozen=True, slots=True)
class Break:
    """A time of no drill at `t`: a pause, or the program or machine being down.

    `seconds` are real seconds; `sure` is False where only the wall clock could tell them.
    """

    kind: BreakKind
    t: float
    seconds: float
    wall: datetime
    why: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Speed:
    """From `t` on, a second of the monotonic clock is `factor` seconds of T+."""

    t: float
    factor: float


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the drill's own duty log."""

    t: float
    kind: EntryKind
    text: str
    actor: str
    officer: str


@dataclass(frozen=True, slots=True)
class StageTime:
    stage: Stage
    t: float


@dataclass(frozen=True, slots=True)
class ForceRun:
    """An order of the drill and its stages; `promised` in minutes."""

    number: str
    name: str
    promised: float | None
    stages: tuple[StageTime, ...]


@dataclass(frozen=True, slots=True)
class ActLine:
    """One line of what the director's keys wrote, as it was written; `steady` is seconds of
    the monotonic clock since the start, pauses counted and downtime not."""

    kind: ActKind
    t: float
    steady: float
    wall: datetime
    target: str = ""
    text: str = ""
    number: float | None = None
    officer: str = ""


@dataclass(frozen=True, slots=True)
class DrillRecord:
    """What was sealed. `length` is the T+ at which the drill ended; `anchor` is the instant of
    the drill's own clock at T+0 (its log and orders are timed from it); the chain's number
    and hash are those of the drill's store when it was sealed."""

    drill_id: DrillId
    number: str
    title: str
    form: Form
    scenario: Scenario
    director: str
    anchor: datetime
    started_at: datetime
    ended_at: datetime
    length: float
    end_note: str
    injects: tuple[InjectRun, ...]
    marks: tuple[Mark, ...]
    points: tuple[PointTime, ...]
    breaks: tuple[Break, ...]
    speeds: tuple[Speed, ...]
    log: tuple[LogLine, ...]
    forces: tuple[ForceRun, ...]
    acts: tuple[ActLine, ...]
    chain_number: int
    chain_hash: str
    version: int = 1

    def point(self, point: Point) -> PointTime | None:
        return next((p for p in self.points if p.point is point), None)

    def between(self, since: Point, until: Point) -> float | None:
        """Seconds of T+ from one timing point to another; None where one was not reached."""
        a, b = self.point(since), self.point(until)
        return None if a is None or b is None else b.t - a.t

    def down_between(self, since: float, until: float) -> float:
        """Real seconds of downtime that fell between two times of T+: the record is blind
        there."""
        return sum(b.seconds for b in self.breaks
                   if b.kind is BreakKind.DOWN and since <= b.t <= until)

    def pauses(self) -> float:
        """Real seconds of all pauses."""
        return sum(b.seconds for b in self.breaks if b.kind is BreakKind.PAUSE)


def read_record(store: Store, drill: DrillId) -> DrillRecord:
    """The sealed record of a drill.

    Raises:
        Refused: there is none: the drill is not sealed, was given up, or does not exist.
    """
    body = store.value("select body from drill_record where drill_id = :id", id=drill)
    if body is None:
        raise Refused("This drill has no sealed record: it was not ended and sealed. Open the"
                      " drill and end it first.", field="drill")
    return from_json(DrillRecord, str(body))
