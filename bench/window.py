"""The rows of the real window on the large store: key to row, memory, stalls."""

from __future__ import annotations

import dataclasses
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QThreadPool, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bench.grow import NOW
from bench.measure import Row, peak_mib, percentile, timed
from bench.roster import month
from db import backup
from db.clock import StillClock
from db.store import FILE_NAME, Store
from dispatch.duty.after_action_papers import after_action_paper
from dispatch.duty.handover import draft_handover
from dispatch.duty.papers import handover_paper
from dispatch.duty.roster.solver import solve
from dispatch.duty.shifts import current_shift
from dispatch.events import open_event
from dispatch.intake import Intake
from dispatch.log import append_entry
from dispatch.printouts.after_action import after_action_sheet
from dispatch.printouts.handover import handover_sheet
from dispatch.printouts.pdf import render
from dispatch.terms import EventClass
from resources.people import Officer, Role
from ui.app import make_application, present_officer
from ui.background import Job, Progress, behind
from ui.places import fonts_folder
from ui.room import SOON, DutyRoom
from ui.theme import Theme
from ui.warming import warm
from ui.widgets.log_list import LogList

KEY_MS, STALL_MS, MEMORY_MIB, HANDOVER_S = 50, 50, 350, 0.7
BEAT_MS, SHIFT_ENTRIES, LOST_S = 2, 200, 20


class Room:
    """A duty room on a copy of the store, its clock standing still, an officer of all roles."""

    def __init__(self, folder: Path) -> None:
        self.app = make_application()
        self.theme = Theme()
        self.theme.dress(self.app)
        self.clock = StillClock(NOW)
        self.store = Store.open(folder / FILE_NAME, self.clock)
        sat = present_officer(self.store)
        if sat is None:
            raise SystemExit("nobody could sit down at the desk")
        officer = Officer(sat.id, sat.name, frozenset(Role), sat.unit, sat.title)
        self.room = DutyRoom(self.theme, self.store, officer)
        self.window = self.room.window
        self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()
        self.event = open_event(self.store, Intake(
            class_=EventClass.ACCIDENT, subtype="road", title="货车追尾", town="石渠镇"),
            by=officer)
        warm(Progress(lambda _part: None))
        for key in SOON:
            assert self.window.pages[key]
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            QThreadPool.globalInstance().waitForDone()
            QCoreApplication.processEvents()

    def close(self) -> None:
        self.room.stop()
        self.store.close()


class Painted(QObject):
    """Notes that a view was painted since it was last asked."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.seen = False
        view.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return False


def key_to_row(room: Room, rounds: int) -> Row:
    """Enter in the quick-entry line until the log that shows the new row was painted."""
    room.window.show_page("desk")
    room.settle()
    line = room.room.desk_page.quick.line
    log: LogList = room.room.desk_page.log
    painted, times = Painted(log.viewport()), []
    for number in range(rounds):
        room.clock.move(timedelta(seconds=7))
        words = f"石渠镇报告已疏散 {number} 人"
        line.setText(words)
        QCoreApplication.processEvents()
        painted.seen = False
        start = time.perf_counter()
        QTest.keyClick(line, Qt.Key.Key_Return)
        while not (painted.seen and log.rows_model.rows[-1].text == words):
            QCoreApplication.processEvents()
            if time.perf_counter() - start > LOST_S:
                raise SystemExit(f"the line was not shown: {room.room.desk_page.quick.toolTip()}")
        times.append(time.perf_counter() - start)
    slow = percentile(times, 0.99) * 1e3
    return Row("Enter to the new row painted, large store", f"p99 ≤ {KEY_MS} ms",
               f"{slow:.1f} ms (median {percentile(times, 0.5) * 1e3:.1f} ms)", slow <= KEY_MS)


def memory(room: Room) -> Row:
    """Peak of the whole process after log, event, libraries, map and search were opened."""
    for key in ("desk", "events", "libraries", "map"):
        if key in room.window.pages:
            room.window.show_page(key)
            room.settle()
    room.window.show_page("event", room.event.id)
    room.settle()
    room.room.search()
    dialog = QApplication.activeModalWidget()
    if dialog is not None:
        QTest.keyClicks(dialog.focusWidget() or dialog, "xiaofang")
        room.settle()
        dialog.close()
    peak = peak_mib()
    return Row("peak memory, log, event, libraries, map and search opened", f"≤ {MEMORY_MIB} MiB",
               f"{peak:.0f} MiB", peak <= MEMORY_MIB)


class Heart:
    """A heartbeat of 2 ms on the screen's own thread; `longest` is its longest silence, seconds."""

    def __enter__(self) -> Heart:
        self.beats = [time.perf_counter()]
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self.beats.append(time.perf_counter()))
        self._timer.start(BEAT_MS)
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()
        self.beats.append(time.perf_counter())

    @property
    def longest(self) -> float:
        return max(b - a for a, b in itertools.pairwise(self.beats))


def longest_stall(room: Room, work: Callable[[Progress], object]) -> float:
    """Seconds of the longest silence of the screen while `work` runs in the background."""
    job: Job[object] = Job(work, room.window)
    loop, over = QEventLoop(), list[object]()
    for ended in (job.done, job.refused, job.broke):
        ended.connect(lambda what: (over.append(what), loop.quit()))
    with Heart() as heart:
        job.start()
        loop.exec()
    if isinstance(over[0], Exception):
        raise over[0]
    return heart.longest


def stalls(room: Room, folder: Path) -> Iterator[Row]:
    paper = after_action_sheet(after_action_paper(
        room.store, room.event.id, by=room.room.desk.officer))
    jobs: dict[str, Callable[[Progress], object]] = {
        "a backup": lambda progress: backup.back_up(room.store, folder / "copies", progress.steps),
        "printing an after-action": lambda _progress: render(
            paper, fonts_folder()),
        "solving a month's roster": lambda _progress: behind(lambda: solve(month(2026, 10))),
    }
    for name, work in jobs.items():
        slow = longest_stall(room, work) * 1e3
        yield Row(f"longest stall of the screen during {name}", f"≤ {STALL_MS} ms",
                  f"{slow:.0f} ms", slow <= STALL_MS)


def handover(room: Room) -> Row:
    """The paper of a shift with some two hundred entries, drawn once fonts are loaded."""
    shift = current_shift(room.store, room.clock.now())
    assert shift is not None
    count = room.store.value("select count(*) from log where shift_id = :shift", shift=shift.id)
    for number in range(count, SHIFT_ENTRIES):
        append_entry(room.store, f"第 {number} 号情况已报带班领导", by=room.room.desk.officer)
    draft = draft_handover(room.store, shift.id, by=room.room.desk.officer)

    def make() -> bytes:
        return render(handover_sheet(handover_paper(room.store, draft)), fonts_folder())

    make()
    spent = timed(make)
    return Row(f"handover PDF of a shift of {max(count, SHIFT_ENTRIES)} entries",
               f"≤ {HANDOVER_S} s", f"{spent:.2f} s", spent <= HANDOVER_S)


def measure(folder: Path, rounds: int) -> list[Row]:
    from bench import views

    room = Room(folder)
    try:
        return [key_to_row(room, rounds), memory(room), *views.lists(room),
                *stalls(room, folder), *views.importing(room), handover(room)]
    finally:
        room.close()


def windows(store: Path, rounds: int) -> list[Row]:
    """Every row, in a process of its own on a copy of `store`, so that memory is counted alone."""
    with tempfile.TemporaryDirectory(prefix="watchdesk-bench-") as name:
        shutil.copy(store, Path(name) / FILE_NAME)
        done = subprocess.run(
            [sys.executable, "-m", "bench.window", name, str(rounds)], capture_output=True,
            text=True, check=False, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    if done.returncode:
        return [Row("the window on the large store", "", done.stderr.strip()[-200:], None)]
    return [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]


if __name__ == "__main__":
    print(json.dumps([dataclasses.asdict(r) for r in measure(Path(sys.argv[1]),
                                                             int(sys.argv[2]))]))
