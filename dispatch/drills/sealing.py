"""Sealing a drill 封存: its run as one record that goes back into the real store's chain."""

from __future__ import annotations

from datetime import datetime, timedelta

from db import journal
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store
from dispatch.drills.acting import acts, clock_of, present_run
from dispatch.drills.keeping import DIRECTORS, Drill, drill
from dispatch.drills.plain import to_json
from dispatch.drills.record import DrillRecord, ForceRun, LogLine, StageTime
from dispatch.drills.run import RunState
from dispatch.drills.terms import DrillId, DrillState
from dispatch.terms import EntryKind, Stage
from resources.people import Officer, allowed


def drill_record(own: Store, of: Drill) -> DrillRecord:
    """The record of a drill from its own store.

    Raises:
        Refused: it has not ended.
    """
    run, anchor, written = present_run(own), clock_of(own).anchor, tuple(acts(own))
    if run.state is not RunState.ENDED or run.ended is None or run.started is None \
            or anchor is None:
        raise Refused("Drill {number} has not ended yet. End it first.", number=of.number)
    number, digest = journal.head(own.db)
    return DrillRecord(
        of.id, of.number, of.title, of.form, run.scenario, run.started.officer or of.director,
        anchor, run.started.wall, run.ended.wall, run.ended.t, run.ended.text, run.injects,
        run.marks, run.points, run.breaks, run.speeds, _log(own, anchor), _forces(own, anchor),
        written, number, digest)


@allowed(*DIRECTORS)
def seal_drill(store: Store, own: Store, id: DrillId, *, by: Officer) -> DrillRecord:  # noqa: A002
    """Bring the record of an ended drill into the real store; it can never be changed.

    Raises:
        Refused: it has not ended, was given up, or is sealed already.
    """
    of = drill(store, id)
    if of.state is DrillState.SEALED:
        raise Refused("Drill {number} is sealed already.", number=of.number)
    if of.state is DrillState.ABANDONED:
        raise Refused("Drill {number} was given up and has no record.", number=of.number)
    record = drill_record(own, of)
    with store.change("drill.seal", by) as tx:
        tx.insert("drill_record", {
            "drill_id": id, "sealed_at": to_text(store.clock.now()), "officer": by.name,
            "body": to_json(record)})
        tx.update("drill", id, state=DrillState.SEALED, director=record.director,
                  started_at=to_text(record.started_at), ended_at=to_text(record.ended_at))
    return record


def _t(anchor: datetime, at: str) -> float:
    return round((from_text(at) - anchor) / timedelta(seconds=1), 3)


def _log(own: Store, anchor: datetime) -> tuple[LogLine, ...]:
    return tuple(LogLine(_t(anchor, r["at"]), EntryKind(r["kind"]), r["text"], r["actor"],
                         r["officer"])
                 for r in own.read("""select * from log l where at >= :since
                     and not exists (select 1 from log c where c.strikes_id = l.id)
                     order by at, no""", since=to_text(anchor)))


def _forces(own: Store, anchor: datetime) -> tuple[ForceRun, ...]:
    found = []
    for row in own.read("""select o.id, o.number, o.promised_minutes, f.name
            from dispatch_order o join force f on f.id = o.force_id order by o.ordered_at, o.id"""):
        stages = own.read("""select s.stage, s.at from stamp s where s.order_id = :id
            and not exists (select 1 from stamp_strike k where k.stamp_id = s.id)
            order by s.at, s.id""", id=row["id"])
        found.append(ForceRun(row["number"], row["name"], row["promised_minutes"], tuple(
            StageTime(Stage(s["stage"]), _t(anchor, s["at"])) for s in stages)))
    return tuple(found)
