from __future__ import annotations

from datetime import date, timedelta

import pytest

from db.errors import Refused
from dispatch.duty.seats import replace_seat, shift_people
from dispatch.duty.shifts import (
    close_shift,
    current_shift,
    ensure_shift,
    next_shift,
    open_shift,
    roster_grid,
    shift,
    shifts_between,
)
from dispatch.log import entries
from tests.builders import NIGHT, clock_of
from tests.dispatch.duty.builders import a_room


def test_an_empty_district_gets_a_shift_by_the_pattern(tmp_path):
    room = a_room(tmp_path)
    now = current_shift(room.store, NIGHT)
    assert now is not None
    assert now.label == "11-23 08:30 → 11-24 08:30"
    assert [(s.officer, str(s.post)) for s in shift_people(room.store, now.id)] == [
        ("赵强", "main")]
    assert ensure_shift(room.store, NIGHT, by=room.coming) == now
    assert "赵强" in entries(room.store, shift=now.id)[0].text


def test_opening_a_second_shift_is_refused(tmp_path):
    room = a_room(tmp_path)
    after = next_shift(room.store, shift(room.store, room.shift_id))
    assert after is not None
    with pytest.raises(Refused, match="Hand it over first"):
        open_shift(room.store, after.id, by=room.coming)


def test_a_forgotten_shift_is_closed_and_the_rostered_one_opened(tmp_path):
    room = a_room(tmp_path)
    clock_of(room.store).move(timedelta(hours=23))
    opened = ensure_shift(room.store, room.store.clock.now(), by=room.coming)
    assert opened.label == "11-24 08:30 → 11-25 08:30"
    assert str(shift(room.store, room.shift_id).state) == "closed"


def test_closing_needs_a_reason_and_lets_a_new_one_begin(tmp_path):
    room = a_room(tmp_path)
    with pytest.raises(Refused, match="Say why"):
        close_shift(room.store, room.shift_id, reason=" ", by=room.main)
    close_shift(room.store, room.shift_id, reason="试用结束", by=room.main)
    again = ensure_shift(room.store, NIGHT, by=room.main)
    assert again.id != room.shift_id
    assert again.starts_at == NIGHT


def test_a_replacement_keeps_who_was_planned(tmp_path):
    room = a_room(tmp_path)
    (seat,) = shift_people(room.store, room.shift_id)
    new = replace_seat(room.store, seat.id, room.coming.id, reason="发热", by=room.main)
    assert new.officer == "林一舟"
    assert [s.officer for s in shift_people(room.store, room.shift_id)] == ["林一舟"]
    assert len(shift_people(room.store, room.shift_id, with_replaced=True)) == 2


def test_the_grid_has_people_by_days(tmp_path):
    room = a_room(tmp_path)
    grid = roster_grid(room.store, date(2026, 11, 1), date(2026, 11, 30))
    assert len(grid.days) == 30
    assert {name for _, name in grid.people} == {"赵强", "林一舟"}
    assert [str(s.post) for s in grid.seats[(room.coming.id, date(2026, 11, 24))]] == ["main"]
    assert len(shifts_between(room.store, NIGHT, NIGHT + timedelta(days=1))) == 2
