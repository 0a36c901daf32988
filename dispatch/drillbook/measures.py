"""Measures of a drill 演练时长: its intervals against their standards, from the record. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from db.words import mark, t
from dispatch.drills.record import DrillRecord
from dispatch.drills.terms import POINT_NAMES, Point
from dispatch.terms import STAGE_NAMES, Stage

PAIRS = (
    (Point.START, Point.REPORTED), (Point.REPORTED, Point.FIRST_REPORT),
    (Point.REPORTED, Point.RESPONSE), (Point.REPORTED, Point.ORDER), (Point.ORDER, Point.MUSTER),
    (Point.ORDER, Point.ARRIVED), (Point.ARRIVED, Point.POST), (Point.ARRIVED, Point.CONTROLLED),
    (Point.CONTROLLED, Point.LIFTED))
"""The intervals that every drill and event is looked at for."""


class Outcome(StrEnum):
    MET = "met"            # 达标
    OVER = "over"          # 超时
    MEASURED = "measured"  # 已测, no standard
    MISSING = "missing"    # 未测到


OUTCOME_NAMES = {Outcome.MET: mark("measure|Met"), Outcome.OVER: mark("measure|Over"),
                 Outcome.MEASURED: mark("measure|No standard"),
                 Outcome.MISSING: mark("measure|Not reached")}
NOT_DONE = mark("measure|Not done")
"""What an expected action is called that nobody did."""


class Source(StrEnum):
    AIM = "aim"        # 演练目的
    POINT = "point"    # 计时点
    ACTION = "action"  # 期望行动
    FORCE = "force"    # 力量到场


@dataclass(frozen=True, slots=True)
class Measure:
    """One interval in seconds of T+; None is not reached, or has no standard.

    `blind` are real seconds of downtime inside it, for which the record cannot speak.
    """

    source: Source
    name: str
    since: str
    until: str
    actual: float | None
    norm: float | None
    basis: str
    blind: float = 0.0

    @property
    def over(self) -> float:
        """Seconds beyond the standard; 0 within it or where it cannot be said."""
        if self.actual is None or self.norm is None:
            return 0.0
        return max(0.0, self.actual - self.norm)

    @property
    def outcome(self) -> Outcome:
        if self.actual is None:
            return Outcome.MISSING
        if self.norm is None:
            return Outcome.MEASURED
        return Outcome.OVER if self.over > 0 else Outcome.MET


Norms = Mapping[tuple[Point, Point], tuple[float, str]]
"""Seconds and basis of an interval between two timing points, where a rule sets one."""


def measures(record: DrillRecord, norms: Norms) -> tuple[Measure, ...]:
    """Aims, intervals between timing points, expected actions and forces, in that order."""
    return (*_aims(record), *_points(record, norms), *_actions(record), *_forces(record))


def _aims(record: DrillRecord) -> Iterator[Measure]:
    for aim in record.scenario.aims:
        if aim.since is not None and aim.until is not None:
            yield _between(record, Source.AIM, f"{aim.who} {aim.task}".strip(), aim.since,
                           aim.until, aim.minutes * 60 if aim.minutes is not None else None,
                           aim.standard)


def _points(record: DrillRecord, norms: Norms) -> Iterator[Measure]:
    """The usual intervals that no aim measures already, as far as both points were reached or
    a rule asks for them."""
    known = {(a.since, a.until) for a in record.scenario.aims if a.minutes is not None}
    for since, until in PAIRS:
        norm, basis = norms.get((since, until), (None, ""))
        if (since, until) in known or (record.between(since, until) is None and norm is None):
            continue
        yield _between(record, Source.POINT, pair_words(since, until), since, until, norm, basis)


def pair_words(since: Point, until: Point) -> str:
    return t("measure|{since} to {until}", since=t(POINT_NAMES[since]), until=t(POINT_NAMES[until]))


def _between(record: DrillRecord, source: Source, name: str, since: Point, until: Point,
             norm: float | None, basis: str) -> Measure:
    a, b = record.point(since), record.point(until)
    blind = record.down_between(a.t, b.t) if a and b else 0.0
    return Measure(source, name, t(POINT_NAMES[since]), t(POINT_NAMES[until]),
                   record.between(since, until), norm, basis, blind)


def _actions(record: DrillRecord) -> Iterator[Measure]:
    for inject in record.injects:
        for action in inject.actions:
            took = inject.took(action)
            if inject.t is None or (action.limit is None and took is None):
                continue
            blind = record.down_between(inject.t, inject.t + took) if took is not None else 0.0
            yield Measure(Source.ACTION, action.action,
                          t("measure|Inject {no} {who}", no=f"{inject.no:02}",
                            who=action.actor).strip(), "", took, action.limit,
                          t("measure|script"), blind)


def _forces(record: DrillRecord) -> Iterator[Measure]:
    for force in record.forces:
        times = {s.stage: s.t for s in reversed(force.stages)}
        ordered, arrived = times.get(Stage.ORDERED), times.get(Stage.ARRIVED)
        if ordered is None or (arrived is None and force.promised is None):
            continue
        took = arrived - ordered if arrived is not None else None
        yield Measure(Source.FORCE, force.name, t(STAGE_NAMES[Stage.ORDERED]),
                      t(STAGE_NAMES[Stage.ARRIVED]), took,
                      force.promised * 60 if force.promised is not None else None,
                      t("measure|promised minutes"),
                      record.down_between(ordered, arrived) if arrived is not None else 0.0)


# how times are said


def t_plus(seconds: float | None) -> str:
    """`T+00:41:40`; a dash for a time that was not reached."""
    return "—" if seconds is None else f"T+{hours(seconds)}"


def hours(seconds: float) -> str:
    """`00:41:40`, before the start with `−`."""
    total = round(abs(seconds))
    sign = "−" if round(seconds) < 0 else ""
    return f"{sign}{total // 3600:02d}:{total // 60 % 60:02d}:{total % 60:02d}"


def signed(seconds: float | None) -> str:
    """`+01:10`, `−00:05`; empty where there is none."""
    if seconds is None:
        return ""
    total = round(abs(seconds))
    return f"{'−' if round(seconds) < 0 else '+'}{total // 60:02d}:{total % 60:02d}"


def length(seconds: float | None) -> str:
    """`12:05` or, from an hour on, `1:12:05`; a dash for none."""
    if seconds is None:
        return "—"
    total = round(seconds)
    hour, rest = divmod(total, 3600)
    words = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hour}:{words}" if hour else words
