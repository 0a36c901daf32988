"""The run 演练实施 of a drill, made from what was written so far; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dispatch.drills.record import ActionRun, ActLine, Break, InjectRun, Mark, PointTime, Speed
from dispatch.drills.scenario import Inject, Scenario
from dispatch.drills.terms import ActKind, BreakKind, Point, Result


class RunState(StrEnum):
    READY = "ready"      # 待开始
    RUNNING = "running"  # 运行中
    PAUSED = "paused"    # 已暂停
    ENDED = "ended"      # 已结束


@dataclass(frozen=True, slots=True)
class Run:
    """A drill as it stands. `current` is the inject whose actions are looked for now."""

    scenario: Scenario
    state: RunState
    started: ActLine | None
    ended: ActLine | None
    speed: float
    injects: tuple[InjectRun, ...]
    marks: tuple[Mark, ...]
    points: tuple[PointTime, ...]
    breaks: tuple[Break, ...]
    speeds: tuple[Speed, ...]

    @property
    def given(self) -> int:
        return sum(i.t is not None for i in self.injects)

    @property
    def next(self) -> InjectRun | None:
        """The first inject neither given nor skipped."""
        return next((i for i in self.injects if i.t is None and not i.skipped), None)

    @property
    def current(self) -> InjectRun | None:
        """The inject given last."""
        return max((i for i in self.injects if i.t is not None),
                   key=lambda i: (i.t, i.no), default=None)

    def inject(self, no: int) -> InjectRun | None:
        return next((i for i in self.injects if i.no == no), None)

    def due(self, t: float) -> tuple[InjectRun, ...]:
        """Injects that should have been given by T+`t` and were not."""
        return tuple(i for i in self.injects
                     if i.t is None and not i.skipped and i.planned <= t)

    def lag(self) -> float:
        """Seconds by which the inject given last was later than planned."""
        last = self.current
        return 0.0 if last is None or last.t is None else last.t - last.planned


def run_of(scenario: Scenario, acts: Sequence[ActLine]) -> Run:
    """Fold what was written, oldest first, into how the drill stands."""
    started = _first(acts, ActKind.START)
    ended = _first(acts, ActKind.END)
    return Run(scenario, _state(acts, started, ended), started, ended, _speed(acts),
               tuple(_inject(i, acts) for i in scenario.injects), _marks(acts),
               _points(acts, started, ended), _breaks(acts, ended), _speeds(acts))


def _first(acts: Iterable[ActLine], kind: ActKind) -> ActLine | None:
    return next((a for a in acts if a.kind is kind), None)


def _state(acts: Sequence[ActLine], started: ActLine | None, ended: ActLine | None) -> RunState:
    if ended is not None:
        return RunState.ENDED
    if started is None:
        return RunState.READY
    last = [a.kind for a in acts if a.kind in {ActKind.PAUSE, ActKind.RESUME}]
    return RunState.PAUSED if last and last[-1] is ActKind.PAUSE else RunState.RUNNING


def _speeds(acts: Sequence[ActLine]) -> tuple[Speed, ...]:
    """The start carries the first speed, each change the next."""
    return tuple(Speed(a.t, a.number or 1.0) for a in acts
                 if a.kind in {ActKind.START, ActKind.SPEED})


def _speed(acts: Sequence[ActLine]) -> float:
    found = _speeds(acts)
    return found[-1].factor if found else 1.0


def _inject(planned: Inject, acts: Sequence[ActLine]) -> InjectRun:
    own = str(planned.no)
    given = next((a for a in acts if a.kind is ActKind.INJECT and a.target == own), None)
    skipped = next((a for a in acts if a.kind is ActKind.SKIP and a.target == own), None)
    stamps = _stamps(acts)
    return InjectRun(
        planned.no, planned.at, given.t if given else None, given.wall if given else None,
        planned.content, planned.way, planned.controller, planned.target,
        skipped is not None and given is None, skipped.text if skipped else "",
        tuple(_action(planned, n, stamps) for n in range(1, len(planned.expected) + 1)))


def _action(planned: Inject, n: int, stamps: dict[str, ActLine]) -> ActionRun:
    wanted, stamp = planned.expected[n - 1], stamps.get(target_of(planned.no, n))
    limit = None if wanted.minutes is None else wanted.minutes * 60
    if stamp is None:
        return ActionRun(n, wanted.action, wanted.actor, limit, wanted.point, None, None, None)
    result, _, note = stamp.text.partition(" ")
    return ActionRun(n, wanted.action, wanted.actor, limit, wanted.point, Result(result),
                     stamp.t, stamp.wall, stamp.officer, note)


def target_of(inject: int, action: int) -> str:
    """How an act names an expected action: `6.2`."""
    return f"{inject}.{action}"


def _stamps(acts: Sequence[ActLine]) -> dict[str, ActLine]:
    """The stamp that counts for each action; a slip that was taken back counts no more."""
    found: dict[str, ActLine] = {}
    for act in acts:
        if act.kind is ActKind.STAMP:
            found[act.target] = act
        elif act.kind is ActKind.UNSTAMP:
            found.pop(act.target, None)
    return found


def last_stamp(acts: Sequence[ActLine]) -> ActLine | None:
    """The newest stamp that still counts."""
    return max(_stamps(acts).values(), key=lambda a: a.t, default=None)


def _marks(acts: Sequence[ActLine]) -> tuple[Mark, ...]:
    return tuple(Mark(a.t, a.wall, a.text, a.officer) for a in acts if a.kind is ActKind.MARK)


def _points(acts: Sequence[ActLine], started: ActLine | None,
            ended: ActLine | None) -> tuple[PointTime, ...]:
    found: dict[Point, PointTime] = {}
    for act in acts:
        if act.kind is ActKind.POINT:
            point = Point(act.target)
            found.setdefault(point, PointTime(point, act.t, act.wall, act.text))
    if started is not None:
        found[Point.START] = PointTime(Point.START, started.t, started.wall, "")
    if ended is not None:
        found[Point.END] = PointTime(Point.END, ended.t, ended.wall, "")
    return tuple(found.values())


def _breaks(acts: Sequence[ActLine], ended: ActLine | None) -> tuple[Break, ...]:
    """Pauses by the monotonic clock from pause to resume (or the end), and downtimes."""
    found: list[Break] = []
    since: ActLine | None = None
    for act in acts:
        if act.kind is ActKind.PAUSE:
            since = act
        elif since is not None and act.kind in {ActKind.RESUME, ActKind.END}:
            found.append(Break(BreakKind.PAUSE, since.t, act.steady - since.steady, since.wall,
                               since.text))
            since = None
        elif act.kind is ActKind.DOWN:
            found.append(Break(BreakKind.DOWN, act.t, act.number or 0.0, act.wall, act.text,
                               act.target != UNSURE))
    if since is not None and ended is None:
        found.append(Break(BreakKind.PAUSE, since.t, 0.0, since.wall, since.text))
    return tuple(found)


UNSURE = "wall"
"""Target of a downtime whose length only the wall clock could tell."""


def with_points(run: Run, seen: Iterable[PointTime]) -> Run:
    """The run with what the drill's own records show: the earlier of two times of a point
    counts, and an expected action that stands for a point is done when it was reached."""
    points = {p.point: p for p in run.points}
    for one in seen:
        if one.point not in points or one.t < points[one.point].t:
            points[one.point] = one
    injects = tuple(replace(i, actions=tuple(_reached(i, a, points) for a in i.actions))
                    for i in run.injects)
    for inject in injects:
        for action in inject.actions:
            if action.point and action.t is not None and action.result is Result.DONE \
                    and action.wall is not None and action.point not in points:
                points[action.point] = PointTime(action.point, action.t, action.wall,
                                                 target_of(inject.no, action.no))
    order = list(Point)
    return replace(run, injects=injects, points=tuple(
        sorted(points.values(), key=lambda p: (p.t, order.index(p.point)))))


def _reached(inject: InjectRun, action: ActionRun,
             points: dict[Point, PointTime]) -> ActionRun:
    point = points.get(action.point) if action.point else None
    if action.t is not None or point is None or inject.t is None or point.t < inject.t:
        return action
    return replace(action, result=Result.DONE, t=point.t, wall=point.wall, note=point.source)


