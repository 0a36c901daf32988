"""A drill's times come from the monotonic clock, whatever happens to the machine's own."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from db.clock import DrillClock, StillClock
from dispatch.drills import acting
from dispatch.drills.opening import keep_beat, note_sleep, open_drill
from dispatch.drills.sealing import drill_record
from dispatch.drills.terms import BreakKind, Point
from dispatch.events import open_event
from dispatch.intake import Intake
from dispatch.terms import EventClass
from resources.people import Officer
from tests.builders import NIGHT
from tests.dispatch.drills.conftest import Running

HOUR = timedelta(hours=1)


class Machine(StillClock):
    """A machine whose wall clock can be set and which can sleep."""

    asleep = 0.0

    def uptime(self) -> float:
        return self.monotonic() + self.asleep

    def set_wall(self, by: timedelta) -> None:
        """Somebody sets the clock; no time goes by."""
        self._at += by

    def sleep(self, seconds: float) -> None:
        """The lid is closed: the wall clock goes on, the monotonic one stands."""
        self._at += timedelta(seconds=seconds)
        self.asleep += seconds


STEPS = st.lists(st.one_of(
    st.tuples(st.just("pass"), st.integers(0, 4000)), st.tuples(st.just("set"), st.integers(
        -90_000, 90_000)), st.tuples(st.just("sleep"), st.integers(0, 9000)),
    st.tuples(st.just("pause"), st.integers(0, 900)),
    st.tuples(st.just("speed"), st.sampled_from([1, 2, 5, 60]))), max_size=25)


@given(STEPS)
def test_only_time_that_passes_awake_and_unpaused_counts(steps: list[tuple[str, int]]) -> None:
    machine = Machine(NIGHT)
    clock = DrillClock(machine)
    clock.begin(machine.now())
    expected, speed, asleep = 0.0, 1, 0.0
    for what, n in steps:
        if what == "pass":
            machine.move(timedelta(seconds=n))
            expected += n * speed
        elif what == "set":
            machine.set_wall(timedelta(seconds=n))
        elif what == "sleep":
            machine.sleep(n)
            asleep += n
        elif what == "pause":
            clock.turn(running=False)
            machine.move(timedelta(seconds=n))
            clock.turn(running=True)
        else:
            clock.turn(speed=float(n))
            speed = n
    assert clock.elapsed() == expected
    assert clock.now() == NIGHT + timedelta(seconds=expected)
    assert round(clock.slept(), 3) == asleep
    assert clock.slept() == 0.0


def test_a_clock_set_back_an_hour_changes_no_interval(running: Running,
                                                      director: Officer) -> None:
    own, machine = running.own, running.machine
    acting.start_drill(own, by=director)
    machine.move(timedelta(minutes=2))
    open_event(own, Intake(EventClass.ACCIDENT, "hazmat", "槽车泄漏"), by=director)
    acting.give_inject(own, 1, by=director)
    machine._at -= HOUR  # the machine's clock, not the monotonic one
    machine.move(timedelta(minutes=3))
    acting.stamp_action(own, 1, 2, by=director)
    machine._at += 2 * HOUR
    machine.move(timedelta(minutes=5))
    acting.end_drill(own, by=director)
    record = drill_record(own, running.drill)
    first = record.injects[0]
    assert record.length == 600
    assert first.took(first.actions[1]) == 180
    assert record.between(Point.REPORTED, Point.END) == 480
    assert first.actions[1].wall is not None
    assert first.wall is not None
    assert first.actions[1].wall - first.wall == timedelta(minutes=3) - HOUR  # as it was shown


def test_the_machines_sleep_is_marked_and_not_counted(running: Running,
                                                      director: Officer) -> None:
    own = running.own
    running.clock.base = machine = Machine(NIGHT)
    acting.start_drill(own, by=director)
    machine.move(timedelta(minutes=1))
    machine.sleep(1800.0)
    assert note_sleep(own) == 1800.0
    assert note_sleep(own) == 0.0
    machine.move(timedelta(minutes=1))
    run = acting.end_drill(own, by=director)
    assert run.ended is not None
    assert run.ended.t == 120
    assert [(b.kind, b.t, b.seconds) for b in run.breaks] == [(BreakKind.DOWN, 60.0, 1800.0)]


def test_a_crash_goes_on_where_the_last_sign_of_life_was(running: Running,
                                                         director: Officer) -> None:
    own, machine = running.own, running.machine
    acting.start_drill(own, by=director)
    machine.move(timedelta(minutes=4))
    acting.give_inject(own, 1, by=director)
    machine.move(timedelta(seconds=30))
    keep_beat(own)
    own.close()
    machine.move(timedelta(minutes=7))  # nobody is there
    running.own = open_drill(running.drill, machine)
    assert acting.clock_of(running.own).elapsed() == 270
    machine.move(timedelta(seconds=30))
    run = acting.stamp_action(running.own, 1, 2, by=director)
    inject = run.injects[0]
    assert inject.took(inject.actions[1]) == 60
    assert [(b.kind, b.t, b.seconds) for b in run.breaks] == [(BreakKind.DOWN, 270.0, 420.0)]


def test_a_crash_in_a_pause_stays_paused(running: Running, director: Officer) -> None:
    own, machine = running.own, running.machine
    acting.start_drill(own, by=director)
    machine.move(timedelta(seconds=90))
    acting.pause_drill(own, "午饭", by=director)
    machine.move(timedelta(seconds=40))
    keep_beat(own)
    own.close()
    machine.move(timedelta(seconds=600))
    running.own = open_drill(running.drill, machine)
    run = acting.resume_drill(running.own, by=director)
    assert acting.clock_of(running.own).elapsed() == 90
    assert [(b.kind, b.t, b.seconds) for b in run.breaks] == [
        (BreakKind.DOWN, 90.0, 600.0), (BreakKind.PAUSE, 90.0, 40.0)]
