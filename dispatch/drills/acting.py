"""Verbs of a running drill 导演台: start, pause, inject, stamp, mark, end; on the drill's store.

Each writes one line that is never edited; T+ and the monotonic seconds come from the store's
DrillClock, the wall time from the machine's.
"""

from __future__ import annotations

from datetime import datetime

from db.change import RowId
from db.clock import DrillClock, from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.drills.plain import from_json
from dispatch.drills.points import seen_points
from dispatch.drills.record import ActLine
from dispatch.drills.run import (
    UNSURE,
    Run,
    RunState,
    last_stamp,
    run_of,
    target_of,
    with_points,
)
from dispatch.drills.scenario import Scenario
from dispatch.drills.terms import POINT_NAMES, ActKind, Point, Result
from resources.people import Officer, Role, allowed

DIRECTING = (Role.DRILL, Role.LEADER, Role.DUTY, Role.ADMIN)
"""The roles that may run a drill; evaluators sign on with one of them."""
SPEEDS = (1.0, 2.0, 5.0, 10.0, 20.0, 60.0)
"""Time scales of a table-top drill, in the order of the keys + and -."""


def clock_of(store: Store) -> DrillClock:
    """The drill clock of a drill's store.

    Raises:
        Refused: it is the real desk's store, where no drill is ever run.
    """
    if not isinstance(store.clock, DrillClock):
        raise Refused("This is the real desk. A drill is run in its own window.")
    return store.clock


def drill_scenario(store: Store) -> Scenario:
    """The scenario that a drill's store was made with."""
    return from_json(Scenario, str(store.value("select body from drill limit 1")))


def acts(store: Store) -> list[ActLine]:
    """All that was written, oldest first."""
    return [ActLine(ActKind(r["kind"]), r["t"], r["steady"], from_text(r["wall"]), r["target"],
                    r["text"], r["number"], r["officer"])
            for r in store.read("select * from drill_act order by id")]


def present_run(store: Store) -> Run:
    """How the drill stands now, with the timing points that its own records show."""
    written, anchor = acts(store), clock_of(store).anchor
    run = run_of(drill_scenario(store), written)
    return run if anchor is None else with_points(run, seen_points(store, anchor, written))


@allowed(*DIRECTING)
def start_drill(store: Store, *, speed: float = 1.0, by: Officer) -> Run:
    """Start the scenario: T+0 is now.

    Raises:
        Refused: it was started already, or the speed is impossible or not for this form.
    """
    clock, run = clock_of(store), _run(store)
    if run.state is not RunState.READY:
        raise Refused("This drill was started already.")
    _check_speed(run, speed)
    at = from_text(to_text(clock.base.now()))  # as it is read back after a crash
    with store.change("drill.start", by) as tx:
        _write(tx, ActKind.START, by, number=speed, wall=at)
    clock.begin(at, speed=speed)
    return present_run(store)


@allowed(*DIRECTING)
def pause_drill(store: Store, why: str = "", *, by: Officer) -> Run:
    """Stop the drill's clock.

    Raises:
        Refused: it does not run.
    """
    _need(store, RunState.RUNNING)
    _act(store, "drill.pause", by, ActKind.PAUSE, text=why.strip())
    clock_of(store).turn(running=False)
    return present_run(store)


@allowed(*DIRECTING)
def resume_drill(store: Store, *, by: Officer) -> Run:
    """Let the drill's clock go on after a pause.

    Raises:
        Refused: it is not paused.
    """
    _need(store, RunState.PAUSED)
    _act(store, "drill.resume", by, ActKind.RESUME)
    clock_of(store).turn(running=True)
    return present_run(store)


@allowed(*DIRECTING)
def set_speed(store: Store, speed: float, *, by: Officer) -> Run:
    """Let a table-top drill run faster or slower from now on.

    Raises:
        Refused: not a table-top drill, an impossible speed, or it is not going on.
    """
    run = _need(store, RunState.RUNNING, RunState.PAUSED)
    _check_speed(run, speed)
    _act(store, "drill.speed", by, ActKind.SPEED, number=speed)
    clock_of(store).turn(speed=speed)
    return present_run(store)


@allowed(*DIRECTING)
def give_inject(store: Store, no: int, note: str = "", *, by: Officer) -> Run:
    """Note that an inject is given now.

    Raises:
        Refused: the drill has not begun, is paused or over, or the inject is unknown or given.
    """
    run = _need(store, RunState.RUNNING)
    found = run.inject(no)
    if found is None:
        raise Refused("The scenario has no inject {no}.", field="inject", no=no)
    if found.t is not None:
        raise Refused("Inject {no} was given already, at T+{t}.", field="inject", no=no,
                      t=t_text(found.t))
    _act(store, "drill.inject", by, ActKind.INJECT, target=str(no), text=note.strip())
    return present_run(store)


@allowed(*DIRECTING)
def skip_inject(store: Store, no: int, why: str = "", *, by: Officer) -> Run:
    """Leave an inject out; it can still be given later.

    Raises:
        Refused: as `give_inject`, or it was left out already.
    """
    run = _need(store, RunState.RUNNING, RunState.PAUSED)
    found = run.inject(no)
    if found is None or found.t is not None or found.skipped:
        raise Refused("Inject {no} is not waiting to be given.", field="inject", no=no)
    _act(store, "drill.skip", by, ActKind.SKIP, target=str(no), text=why.strip())
    return present_run(store)


@allowed(*DIRECTING)
def stamp_action(store: Store, inject: int, action: int, result: Result = Result.DONE, *,
                 note: str = "", by: Officer) -> Run:
    """Stamp an expected action as seen now: done, partly done, or not done.

    What the drill's own records show as done may still be judged partly or not done.

    Raises:
        Refused: its inject was not given, there is no such action, or it is stamped already.
    """
    run = _need(store, RunState.RUNNING, RunState.PAUSED)
    found = run.inject(inject)
    if found is None or not 1 <= action <= len(found.actions):
        raise Refused("Inject {no} has no expected action {action}.", field="action", no=inject,
                      action=action)
    if found.t is None:
        raise Refused("Inject {no} was not given yet, so nothing can follow from it.",
                      field="action", no=inject)
    one = found.actions[action - 1]
    if one.result is not None and (one.officer or result is Result.DONE):
        raise Refused("This action is stamped already, at T+{t}. Take the last stamp back (U)"
                      " to correct it.", field="action", t=t_text(one.t or 0.0))
    _act(store, "drill.stamp", by, ActKind.STAMP, target=target_of(inject, action),
         text=f"{result} {note.strip()}".strip())
    return present_run(store)


@allowed(*DIRECTING)
def unstamp(store: Store, *, by: Officer) -> Run:
    """Take the last stamp back; it stays written that it was made.

    Raises:
        Refused: there is none.
    """
    _need(store, RunState.RUNNING, RunState.PAUSED)
    last = last_stamp(acts(store))
    if last is None:
        raise Refused("No stamp is left to take back.")
    _act(store, "drill.unstamp", by, ActKind.UNSTAMP, target=last.target)
    return present_run(store)


@allowed(*DIRECTING)
def add_mark(store: Store, text: str, *, by: Officer) -> Run:
    """A free note at this moment of the drill.

    Raises:
        Refused: no words, or the drill has not begun or is over.
    """
    if not text.strip():
        raise Refused("A mark needs some words.", field="text")
    _need(store, RunState.RUNNING, RunState.PAUSED)
    _act(store, "drill.mark", by, ActKind.MARK, text=text.strip())
    return present_run(store)


@allowed(*DIRECTING)
def press_point(store: Store, point: Point, *, by: Officer) -> Run:
    """Note by hand that a timing point is reached, where no record shows it.

    Raises:
        Refused: the point is known already or makes itself, or the drill does not go on.
    """
    run = _need(store, RunState.RUNNING, RunState.PAUSED)
    known = next((p for p in run.points if p.point is point), None)
    if known is not None or point in {Point.START, Point.END}:
        raise Refused("{point} was reached already, at T+{t}.", field="point",
                      point=t(POINT_NAMES[point]), t=t_text(known.t if known else 0.0))
    _act(store, "drill.point", by, ActKind.POINT, target=point)
    return present_run(store)


@allowed(*DIRECTING)
def end_drill(store: Store, note: str = "", *, by: Officer) -> Run:
    """End the drill; its clock stands for good.

    Raises:
        Refused: it was not started, or it has ended already.
    """
    run = _run(store)
    if run.state is RunState.ENDED:
        raise Refused("This drill has ended already, at T+{t}.",
                      t=t_text(run.ended.t if run.ended else 0.0))
    _need(store, RunState.RUNNING, RunState.PAUSED)
    _act(store, "drill.end", by, ActKind.END, text=note.strip())
    clock_of(store).turn(running=False)
    return present_run(store)


@allowed(*Role)
def note_down(store: Store, seconds: float, why: str, *, sure: bool = True,
              by: Officer) -> None:
    """Note that the program or the machine was down for so many real seconds."""
    _act(store, "drill.down", by, ActKind.DOWN, number=seconds, text=why,
         target="" if sure else UNSURE)


def t_text(seconds: float) -> str:
    """T+ as `00:47:12`; before the start with a minus."""
    whole = int(abs(seconds))
    plain = f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
    return f"-{plain}" if seconds < 0 and whole else plain


def _run(store: Store) -> Run:
    clock_of(store)
    return present_run(store)


def _need(store: Store, *states: RunState) -> Run:
    run = _run(store)
    if run.state in states:
        return run
    words = {RunState.READY: "The drill has not begun. Start it first.",
             RunState.RUNNING: "The drill is running.",
             RunState.PAUSED: "The drill is paused. Let it go on first.",
             RunState.ENDED: "The drill is over; nothing can be added to it."}
    raise Refused(words[run.state])


def _check_speed(run: Run, speed: float) -> None:
    if not 0.1 <= speed <= 100_000:
        raise Refused("A drill runs between 0.1 and 100,000 times as fast as the clock.",
                      field="speed")
    if speed != 1.0 and run.scenario.form != "tabletop":
        raise Refused("Only a table-top drill has a time scale; in a full-scale one people move"
                      " in real time.", field="speed")


def _act(store: Store, verb: str, by: Officer, kind: ActKind, *, target: str = "",
         text: str = "", number: float | None = None) -> RowId:
    with store.change(verb, by) as tx:
        return _write(tx, kind, by, target=target, text=text, number=number)


def _write(tx: Transaction, kind: ActKind, by: Officer, *, target: str = "", text: str = "",
           number: float | None = None, wall: datetime | None = None) -> RowId:
    clock = clock_of(tx.store)
    return tx.insert("drill_act", {
        "kind": kind, "t": round(clock.elapsed(), 3), "steady": round(clock.steady(), 3),
        "wall": to_text(wall or clock.base.now()), "target": target, "text": text, "number": number,
        "officer": by.name})
