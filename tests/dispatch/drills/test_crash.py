"""kill -9 in the middle of a drill: what was acknowledged is there, and the drill goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db.check import check
from db.clock import SystemClock
from db.store import FILE_NAME, Store
from dispatch.drills import acting
from dispatch.drills.keeping import drill, prepare_drill, scenario_named
from dispatch.drills.making import make_store
from dispatch.drills.opening import open_drill
from dispatch.drills.run import RunState
from dispatch.drills.terms import BreakKind
from resources.people import Officer
from tests.dispatch.drills.conftest import Running

CHILD = """
import sys, time
from pathlib import Path
from db.clock import SystemClock
from db.store import FILE_NAME, Store
from dispatch.drills import acting
from dispatch.drills.keeping import drills
from dispatch.drills.opening import keep_beat, open_drill
from resources.people import SYSTEM
real = Store.open(Path(sys.argv[1]) / FILE_NAME, SystemClock(), read_only=True)
own = open_drill(drills(real)[0], SystemClock())
acting.start_drill(own, by=SYSTEM)
for n in range(10_000):
    acting.add_mark(own, f"mark {n}", by=SYSTEM)
    keep_beat(own)
    print(n, flush=True)
    time.sleep(0.01)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9")
def test_a_killed_drill_goes_on_with_every_mark_and_its_downtime(
        district: Store, director: Officer) -> None:
    made = prepare_drill(district, scenario_named(district, "hazmat-leak", "zh_CN").id,
                         by=director)
    make_store(district.path, made, SystemClock(), lambda _part: None)
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(district.path.parent)],
                             stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    acknowledged = -1
    while acknowledged < 20:
        acknowledged = int(child.stdout.readline())
    child.send_signal(signal.SIGKILL)
    child.stdout.close()
    child.wait()
    killed = time.monotonic()
    time.sleep(0.6)
    own = open_drill(drill(district, made.id), SystemClock())
    away = time.monotonic() - killed
    run = acting.present_run(own)
    assert run.state is RunState.RUNNING
    assert len(run.marks) >= acknowledged + 1
    down = [b for b in run.breaks if b.kind is BreakKind.DOWN]
    assert len(down) == 1
    assert 0.5 <= down[0].seconds <= away + 1.1  # the last sign of life was up to a second ago
    assert down[0].sure or sys.platform != "linux"
    assert acting.clock_of(own).elapsed() - run.marks[-1].t < 1.0  # the time away is not in T+
    acting.end_drill(own, by=director)
    own.close()
    assert check(made.folder / FILE_NAME) == []


def test_a_beat_that_cannot_be_read_costs_only_the_time_since_the_last_act(
        running: Running, director: Officer) -> None:
    acting.start_drill(running.own, by=director)
    running.own.close()
    (Path(running.drill.folder) / "beat.json").write_text("{half", "utf-8")
    running.own = open_drill(running.drill, running.machine)
    assert acting.clock_of(running.own).elapsed() == 0.0
    assert not acting.present_run(running.own).breaks[0].sure
