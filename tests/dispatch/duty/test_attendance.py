"""Who came, late or not at all: noted on the seat, said in the log, shown on the handover."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from db.errors import Refused
from dispatch.deadlines import acknowledge, due_list
from dispatch.duty.attendance import join_shift, note_attendance
from dispatch.duty.handover import draft_handover
from dispatch.duty.officers import sign_on
from dispatch.duty.papers import handover_paper
from dispatch.duty.seats import SeatState, replace_seat, shift_people
from dispatch.duty.shifts import ensure_shift, next_shift, shift
from dispatch.log import entries
from dispatch.terms import Post
from tests.builders import clock_of
from tests.dispatch.duty.builders import SECRET, Room, a_room


def texts(room: Room) -> list[str]:
    return [entry.text for entry in entries(room.store)]


def test_an_absence_needs_a_reason_and_stands_in_log_and_paper(tmp_path: Path) -> None:
    room = a_room(tmp_path)
    (seat,) = shift_people(room.store, room.shift_id)
    with pytest.raises(Refused, match="Say why"):
        note_attendance(room.store, seat.id, SeatState.ABSENT, reason=" ", by=room.coming)
    noted = note_attendance(room.store, seat.id, SeatState.ABSENT, reason="发热", by=room.coming)
    assert noted.state is SeatState.ABSENT
    assert any("赵强" in text and "发热" in text for text in texts(room))
    paper = handover_paper(room.store, draft_handover(room.store, room.shift_id, by=room.coming))
    assert "Absent" in paper.outgoing.officer


def test_nobody_is_noted_late_by_hand_or_on_a_shift_that_is_over(tmp_path: Path) -> None:
    room = a_room(tmp_path)
    (seat,) = shift_people(room.store, room.shift_id)
    with pytest.raises(Refused, match="by itself"):
        note_attendance(room.store, seat.id, SeatState.LATE, reason="堵车", by=room.main)
    after = next_shift(room.store, shift(room.store, room.shift_id))
    assert after is not None
    with pytest.raises(Refused, match="on watch"):
        join_shift(room.store, after.id, room.main.id, Post.SECOND, reason="增援", by=room.main)


def test_who_steps_in_is_on_the_shift_once(tmp_path: Path) -> None:
    room = a_room(tmp_path)
    seat = join_shift(room.store, room.shift_id, room.coming.id, Post.SECOND, reason="暴雨增派",
                      by=room.main)
    assert (seat.officer, seat.post) == ("林一舟", Post.SECOND)
    with pytest.raises(Refused, match="already"):
        join_shift(room.store, room.shift_id, room.coming.id, Post.SECOND, reason="再次",
                   by=room.main)


def test_signing_on_late_is_noted_with_its_minutes(tmp_path: Path) -> None:
    room = a_room(tmp_path)
    after = next_shift(room.store, shift(room.store, room.shift_id))
    assert after is not None
    clock_of(room.store).set(after.starts_at + timedelta(minutes=25))
    sign_on(room.store, room.coming.id, SECRET)
    assert [s.state for s in shift_people(room.store, after.id)] == [SeatState.LATE]
    assert any("林一舟" in text and "00:25" in text for text in texts(room))


def test_a_replacement_is_said_in_the_log(tmp_path: Path) -> None:
    room = a_room(tmp_path)
    (seat,) = shift_people(room.store, room.shift_id)
    replace_seat(room.store, seat.id, room.coming.id, reason="发热", by=room.main)
    assert any("赵强" in text and "林一舟" in text and "发热" in text for text in texts(room))


def test_a_shift_nobody_took_over_stays_due_until_somebody_says_so_by_name(
        tmp_path: Path) -> None:
    room = a_room(tmp_path)
    clock_of(room.store).move(timedelta(hours=23))
    now = room.store.clock.now()
    ensure_shift(room.store, now, by=room.coming)
    key = f"lapsed:{room.shift_id}"
    assert key in {due.key for due in due_list(room.store, now)}
    acknowledge(room.store, key, by=room.coming)
    assert key not in {due.key for due in due_list(room.store, now)}
