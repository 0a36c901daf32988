"""Instants as text: they come back as they were and sort as they are, whatever the year."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from db.clock import from_text, to_text

INSTANTS = st.datetimes(timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000))


@given(INSTANTS, INSTANTS)
def test_an_instant_comes_back_and_sorts(one: datetime, other: datetime) -> None:
    assert from_text(to_text(one)) == one
    assert (to_text(one) < to_text(other)) == (one < other)


def test_parts_of_a_millisecond_are_left_out() -> None:
    assert to_text(datetime(2026, 11, 23, 13, 47, 3, 120_999, UTC)) == "2026-11-23T13:47:03.120Z"
