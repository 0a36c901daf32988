"""The row of the long watch 值守一昼夜: 24 hours of a busy desk with the clock sped up."""

from __future__ import annotations

import dataclasses
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psutil
from PySide6.QtCore import QCoreApplication, QEvent

from bench.grow import NOW
from bench.measure import Row
from bench.window import STALL_MS, Room
from db.clock import StillClock
from dispatch.begin import begin_sample
from dispatch.closing import close_event
from dispatch.deadlines import RINGING, desk_due
from dispatch.events import Event, open_event, open_events
from dispatch.intake import Intake
from dispatch.log import append_entry
from dispatch.orders import OrderLine, forces_out, next_stage, order_forces, stamp_stage
from dispatch.terms import EventClass

HOURS, PER_HOUR, GROWTH = 24, 10, 5
LASTS = timedelta(minutes=45)
"""An event is not closed before; its reports run over meanwhile."""
WARM_HOURS = 4
"""Until then pages, caches and fonts are still being taken in."""


class Watch:
    """One desk for a day: calls, orders, stages, lines, closed events, and a bell each minute."""

    def __init__(self, room: Room) -> None:
        self.room, self.dice = room, random.Random(7)
        self.by = room.room.desk.officer
        self.forces = [r["id"] for r in room.store.read(
            "select id from force where active = 1 and status <> 'off'")]
        self.last: Event = room.event
        self.stalls: list[float] = []
        self.missed: set[str] = set()
        self.sizes: list[float] = []

    def stand(self, hours: int) -> None:
        process = psutil.Process()
        for minute in range(hours * 60):
            self.room.clock.move(timedelta(minutes=1))
            for act in self._acts(minute):
                start = time.perf_counter()
                act()
                QCoreApplication.processEvents()
                self.stalls.append(time.perf_counter() - start)
            self._look()
            # what a running event loop does by itself
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if minute % 60 == 59:
                self.room.settle()
                self.sizes.append(process.memory_info().rss)

    def _acts(self, minute: int) -> Iterator[object]:
        yield self.room.room.ring
        yield self.room.room.tick
        yield self._line
        if minute % (60 // PER_HOUR) == 0:
            yield self._call
            yield self._order
        yield self._stage
        if minute % 2 == 0:  # a little faster than stages come up: some run over
            yield self._stage
        if minute % (60 // PER_HOUR) == 3:
            yield self._close
        if minute % 20 == 5:
            yield lambda: self.room.window.show_page(self.dice.choice(("desk", "events", "event")))

    def _line(self) -> None:
        words = f"第 {self.dice.randrange(9999)} 号情况已报带班领导"
        append_entry(self.room.store, words, by=self.by)

    def _call(self) -> None:
        self.last = open_event(self.room.store, Intake(
            class_=EventClass.ACCIDENT, subtype="road", title="货车追尾", town="石渠镇"),
            by=self.by)

    def _order(self) -> None:
        out = {o.force_id for o in forces_out(self.room.store)}
        free = [f for f in self.forces if f not in out]
        if free:
            order_forces(self.room.store, self.last.id,
                         [OrderLine(self.dice.choice(free), "赶赴现场")], by=self.by)

    def _stage(self) -> None:
        out = forces_out(self.room.store)
        if out and (stage := next_stage(one := self.dice.choice(out))) is not None:
            stamp_stage(self.room.store, one.id, stage, by=self.by)

    def _close(self) -> None:
        busy = {o.event_id for o in forces_out(self.room.store)}
        long_ago = self.room.clock.now() - LASTS
        done: list[Event] = [e for e in open_events(self.room.store)
                             if e.id not in busy and e.received_at < long_ago]
        if done:
            close_event(self.room.store, done[-1].id, note="处置完毕", waive="演示", by=self.by)

    def _look(self) -> None:
        """Every alarm whose time has come stands in the log."""
        for due in desk_due(self.room.store, self.room.clock.now()):
            if due.overdue and due.act in RINGING and not self.room.store.value(
                    "select 1 from log where source = :key and kind = 'alarm'", key=due.key):
                self.missed.add(due.key)


def measure(folder: Path) -> Row:
    begin_sample(folder, StillClock(NOW), lambda _part: None)
    room = Room(folder)
    try:
        watch = Watch(room)
        watch.stand(HOURS)
        alarms = room.store.value("select count(*) from log where kind = 'alarm'")
    finally:
        room.close()
    growth = (watch.sizes[-1] / watch.sizes[WARM_HOURS - 1] - 1) * 100
    worst = max(watch.stalls) * 1e3
    good = not watch.missed and growth <= GROWTH and worst <= STALL_MS
    return Row("24-hour watch, ten events an hour",
               f"no missed deadline, memory +{GROWTH} %, stall ≤ {STALL_MS} ms",
               f"{len(watch.missed)} of {alarms} missed, {growth:+.1f} %, {worst:.0f} ms", good)


def long_watch() -> list[Row]:
    """The row, in a process of its own so that its memory is counted alone."""
    with tempfile.TemporaryDirectory(prefix="watchdesk-watch-") as name:
        done = subprocess.run(
            [sys.executable, "-m", "bench.long_watch", name], capture_output=True, text=True,
            check=False, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    if done.returncode:
        return [Row("24-hour watch", "", done.stderr.strip()[-200:], None)]
    return [Row(**json.loads(done.stdout.splitlines()[-1]))]


if __name__ == "__main__":
    print(json.dumps(dataclasses.asdict(measure(Path(sys.argv[1])))))
