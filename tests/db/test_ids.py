"""Ids rise, whatever the clock does, and never meet across seats."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from db.change import COUNTER_BITS, SEAT_BITS, next_id

START = datetime(2026, 11, 23, tzinfo=UTC)
STEPS = st.lists(st.tuples(st.integers(1, 127), st.integers(-3_600_000, 3_600_000)), max_size=60)


@given(STEPS)
def test_ids_of_seats_that_hear_of_each_other_rise_and_carry_their_seat(
        steps: list[tuple[int, int]]) -> None:
    at, last = START, 0
    for seat, milliseconds in steps:
        at += timedelta(milliseconds=milliseconds)
        given_id = next_id(last, at, seat)
        assert last < given_id < 1 << 63
        assert (given_id >> COUNTER_BITS) & ((1 << SEAT_BITS) - 1) == seat
        last = given_id


@given(STEPS)
def test_ids_of_seats_apart_never_meet(steps: list[tuple[int, int]]) -> None:
    at, last, seen = START, dict.fromkeys(range(1, 128), 0), set()
    for seat, milliseconds in steps:
        at += timedelta(milliseconds=milliseconds // 1000)
        last[seat] = next_id(last[seat], at, seat)
        assert last[seat] not in seen
        seen.add(last[seat])


def test_a_full_millisecond_goes_on_in_the_next() -> None:
    last = next_id(0, START, 3)
    for _ in range(1 << COUNTER_BITS):
        after = next_id(last, START, 3)
        assert after > last
        last = after
    assert last & ((1 << COUNTER_BITS) - 1) == 0
