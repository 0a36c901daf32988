"""Drills of the sample district 样例演练: the shipped scenarios, and two drills held before."""

from __future__ import annotations

from datetime import datetime, timedelta

from db import journal
from db.clock import to_text
from db.store import Transaction
from dispatch.drills.keeping import put_in
from dispatch.drills.plain import to_json
from dispatch.drills.record import ActLine, DrillRecord, ForceRun, LogLine, PointTime, StageTime
from dispatch.drills.run import run_of, with_points
from dispatch.drills.scenario import Scenario
from dispatch.drills.script import ScriptAct, ScriptLine, read_script, seconds_of
from dispatch.drills.shipped import all_shipped, script_path
from dispatch.drills.terms import ActKind, DrillId, DrillState, Point, ScenarioId
from dispatch.terms import EntryKind, Stage
from resources.localtime import local
from resources.people import SYSTEM
from resources.sample.build import Sample

DIRECTOR = "梁振宇"
HELD = (("hazmat-leak", 190, 1.22), ("hazmat-leak", 41, 1.0), ("flood-evacuation", 76, 1.0))
"""Drills of the last months: scenario, days ago, and how much slower than the script."""
POINT_OF = {ScriptAct.EVENT: Point.REPORTED, ScriptAct.RESPONSE: Point.RESPONSE,
            ScriptAct.ORDER: Point.ORDER, ScriptAct.LIFT: Point.LIFTED}
STAGE_POINTS = {Stage.MUSTERED: Point.MUSTER, Stage.ARRIVED: Point.ARRIVED,
                Stage.CONTROLLED: Point.CONTROLLED}


def fill(sample: Sample) -> None:
    """Three complete scenarios in Chinese and in English, and the drills held with them."""
    ids = {(of.code, of.lang): (put_in(sample.tx, of, None, SYSTEM), of) for of in all_shipped()}
    counts: dict[int, int] = {}
    for code, days, slower in sorted(HELD, key=lambda held: -held[1]):
        at = sample.now.replace(hour=1, minute=30) - timedelta(days=days)
        year = local(at).year
        counts[year] = counts.get(year, 0) + 1
        _hold(sample.tx, *ids[code, "zh_CN"], at, slower, f"YL-{year}-{counts[year]:02d}")


def _hold(tx: Transaction, scenario_id: ScenarioId, of: Scenario, at: datetime, slower: float,
          number: str) -> None:
    lines = [ScriptLine(s.number, round(s.t * slower), s.act, s.target, s.text)
             for s in read_script(script_path(of.code, of.lang).read_bytes())]
    plan = tx.run("select plan_id from scenario where id = :id", id=scenario_id).fetchone()[0]
    new = DrillId(tx.insert("drill", {
        "number": number, "scenario_id": scenario_id, "title": of.title, "form": of.form,
        "subtype": of.subtype, "sector": of.sector, "town": of.town, "plan_id": plan,
        "state": DrillState.SEALED, "director": DIRECTOR, "created_at": to_text(at),
        "started_at": to_text(at), "ended_at": to_text(_wall(at, lines[-1].t, lines)),
        "body": to_json(of)}))
    record = _record(new, number, of, at, lines)
    tx.insert("drill_record", {"drill_id": new, "sealed_at": to_text(record.ended_at),
                               "officer": DIRECTOR, "body": to_json(record)})


def _record(new: DrillId, number: str, of: Scenario, at: datetime,
            lines: list[ScriptLine]) -> DrillRecord:
    """The record that the script gives, without a store of its own behind it."""
    acts = [ActLine(ActKind.START, 0.0, 0.0, at, number=1.0, officer=DIRECTOR)]
    for line in lines:
        acts += _acts(line, at, lines)
    run = with_points(run_of(of, acts), _points(lines, at))
    log = tuple(LogLine(s.t, EntryKind(s.target), s.text, "", DIRECTOR) for s in lines
                if s.act is ScriptAct.LOG)
    end = acts[-1]
    return DrillRecord(new, number, of.title, of.form, of, DIRECTOR, at, at, end.wall, end.t,
                       end.text, run.injects, run.marks, run.points, run.breaks, run.speeds,
                       log, _forces(lines), tuple(acts), 0, journal.GENESIS)


def _acts(line: ScriptLine, at: datetime, lines: list[ScriptLine]) -> list[ActLine]:
    if line.act.value not in set(ActKind):
        return []
    lost, wall = _lost(line.t, lines), _wall(at, line.t, lines)
    if line.act is ScriptAct.PAUSE:
        long = seconds_of(line.target)
        return [ActLine(ActKind.PAUSE, line.t, line.t + lost, wall, "", line.text,
                        officer=DIRECTOR),
                ActLine(ActKind.RESUME, line.t, line.t + lost + long,
                        wall + timedelta(seconds=long), officer=DIRECTOR)]
    return [ActLine(ActKind(line.act), line.t, line.t + lost, wall, line.target, line.text,
                    officer=DIRECTOR)]


def _lost(t: float, lines: list[ScriptLine]) -> float:
    """Seconds of the pauses before T+`t`."""
    return sum(seconds_of(s.target) for s in lines if s.act is ScriptAct.PAUSE and s.t < t)


def _wall(at: datetime, t: float, lines: list[ScriptLine]) -> datetime:
    return at + timedelta(seconds=t + _lost(t, lines))


def _points(lines: list[ScriptLine], at: datetime) -> list[PointTime]:
    found = []
    for line in lines:
        point = POINT_OF.get(line.act)
        if line.act is ScriptAct.STAGE:
            point = STAGE_POINTS.get(Stage(line.text))
        elif line.act is ScriptAct.REPORT and line.target == "first":
            point = Point.FIRST_REPORT
        elif line.act is ScriptAct.LOG and "指挥部" in line.text:
            point = Point.POST
        if point is not None:
            force = line.target if line.act in {ScriptAct.ORDER, ScriptAct.STAGE} else ""
            found.append(PointTime(point, line.t, _wall(at, line.t, lines), force))
    return found


def _forces(lines: list[ScriptLine]) -> tuple[ForceRun, ...]:
    orders = [s for s in lines if s.act is ScriptAct.ORDER]
    return tuple(ForceRun(f"{n:02d}", one.target, 20, (StageTime(Stage.ORDERED, one.t), *(
        StageTime(Stage(s.text), s.t) for s in lines
        if s.act is ScriptAct.STAGE and s.target == one.target)))
        for n, one in enumerate(orders, 1))
