"""Opening a drill's store 打开演练: its clock taken up again where a crash or a sleep left it."""

from __future__ import annotations

import contextlib
import json
import sys
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from db.clock import Clock, DrillClock, from_text, to_text
from db.errors import Refused
from db.store import FILE_NAME, Store
from db.words import t
from dispatch.drills.acting import acts, clock_of, drill_scenario, note_down, t_text
from dispatch.drills.keeping import Drill
from dispatch.drills.record import ActLine
from dispatch.drills.run import RunState, run_of
from dispatch.drills.terms import DrillState
from resources.people import SYSTEM

BEAT = "beat.json"
SLEEP = 2.0
"""Seconds of the machine's sleep from which on it is written down."""


@dataclass(frozen=True, slots=True)
class Beat:
    """The last sign of life of a running drill: T+, monotonic seconds, wall, uptime, boot."""

    t: float
    steady: float
    wall: str
    uptime: float
    boot: str


def open_drill(drill: Drill, base: Clock) -> Store:
    """The drill's store on its clock; a drill that was going on goes on, its downtime marked.

    Raises:
        Refused: it is sealed or given up, its folder was moved or deleted, or the folder
            holds another drill.
        StoreError: the store is held by another Watchdesk, damaged or out of reach.
    """
    if drill.state in {DrillState.SEALED, DrillState.ABANDONED}:
        raise Refused("Drill {number} is over. Its record can be read; it cannot be run again.",
                      number=drill.number)
    path = drill.folder / FILE_NAME
    if not path.exists():
        raise Refused("The store of drill {number} is not in {folder}: it was moved or deleted."
                      " Put the folder back, or give the drill up (the real records are not"
                      " touched).", number=drill.number, folder=drill.folder)
    store = Store.open(path, DrillClock(base))
    try:
        found = store.value("select number from drill where id = :id", id=drill.id)
        if found != drill.number:
            raise Refused("{folder} holds another store than that of drill {number}. Put the"
                          " right folder back.", folder=drill.folder, number=drill.number)
        _take_up(store)
    except BaseException:
        store.close()
        raise
    return store


def _take_up(store: Store) -> None:
    """Set the clock to where it stood; what passed since then was downtime."""
    written = acts(store)
    run = run_of(drill_scenario(store), written)
    if run.started is None:
        return
    clock, last, beat = clock_of(store), written[-1], read_beat(store.path.parent)
    alive = beat if beat is not None and beat.steady >= last.steady else _beat_of(last)
    running = run.state is RunState.RUNNING
    clock.begin(run.started.wall, t=alive.t if running else last.t, speed=run.speed,
                steady=last.steady if run.ended else alive.steady, running=running)
    if run.ended is None:
        seconds, sure = _down(alive, clock)
        note_down(store, seconds, t("Watchdesk was not running from T+{t} on",
                                    t=t_text(clock.elapsed())), sure=sure, by=SYSTEM)
        keep_beat(store)


def _beat_of(act: ActLine) -> Beat:
    return Beat(act.t, act.steady, to_text(act.wall), 0.0, "")


def _down(alive: Beat, clock: DrillClock) -> tuple[float, bool]:
    """Real seconds since the last sign of life, and whether a monotonic clock says so."""
    if alive.boot and alive.boot == boot_id():
        return round(max(0.0, clock.uptime() - alive.uptime), 1), True
    past = (clock.base.now() - from_text(alive.wall)) / timedelta(seconds=1)
    return round(max(0.0, past), 1), False


def keep_beat(store: Store) -> None:
    """Leave a sign of life beside the store; called about once a second while it runs.

    A full disk is met by the next act; a missing beat only makes the downtime longer.
    """
    clock = clock_of(store)
    beat = Beat(clock.elapsed(), clock.steady(), to_text(clock.base.now()), clock.uptime(),
                boot_id())
    path = store.path.parent / BEAT
    part = path.with_suffix(".part")
    with contextlib.suppress(OSError):
        part.write_text(json.dumps(asdict(beat)), "utf-8")
        part.replace(path)


def read_beat(folder: Path) -> Beat | None:
    """The last sign of life; None where there is none or it cannot be read."""
    try:
        beat = Beat(**json.loads((folder / BEAT).read_text("utf-8")))
        from_text(beat.wall)
    except (OSError, ValueError, TypeError):
        return None
    return beat


def note_sleep(store: Store) -> float:
    """Write down that the machine slept since the last look; seconds, 0 when it did not."""
    slept = clock_of(store).slept()
    if slept < SLEEP:
        return 0.0
    note_down(store, round(slept, 1), t("The machine slept"), by=SYSTEM)
    return slept


def boot_id() -> str:
    """What names this run of the machine; empty where the system does not say."""
    if sys.platform != "linux":
        return ""
    with contextlib.suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    return ""
