from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from db.errors import Refused
from dispatch.duty.officers import (
    add_officer,
    first_administrator,
    people,
    set_password,
    set_roles,
    sign_on,
    sign_on_sample,
)
from dispatch.duty.passwords import LONGEST_WAIT, Tries, wait_left
from resources.people import Role
from tests.builders import clock_of
from tests.dispatch.duty.builders import CHEAP, SECRET, a_room

NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


def test_the_password_is_kept_as_argon2id_only(tmp_path):
    room = a_room(tmp_path)
    kept = room.store.value("select password_hash from officer where id = :id", id=room.main.id)
    assert kept.startswith("$argon2id$")
    assert SECRET not in kept


def test_wrong_tries_slow_down_and_the_wait_is_said(tmp_path):
    room = a_room(tmp_path)
    for _ in range(3):
        with pytest.raises(Refused, match="wrong"):
            sign_on(room.store, room.main.id, "guess!")
    with pytest.raises(Refused, match="Wait 5 seconds"):
        sign_on(room.store, room.main.id, SECRET)
    clock_of(room.store).move(timedelta(seconds=5))
    assert sign_on(room.store, room.main.id, SECRET).name == "赵强"
    with pytest.raises(Refused, match="is wrong"):
        sign_on(room.store, room.main.id, "guess!")


def test_the_wait_doubles_up_to_five_minutes_and_survives_a_clock_set_back():
    assert wait_left(Tries(2, NOW), NOW) == timedelta()
    assert wait_left(Tries(4, NOW), NOW) == timedelta(seconds=10)
    assert wait_left(Tries(400, NOW), NOW) == LONGEST_WAIT
    assert wait_left(Tries(3, NOW), NOW - timedelta(days=9)) == timedelta(seconds=5)


def test_one_first_administrator_only(tmp_path):
    room = a_room(tmp_path)
    with pytest.raises(Refused, match="administrator already"):
        first_administrator(room.store, "别人", SECRET, hasher=CHEAP)


def test_roles_are_enforced(tmp_path):
    room = a_room(tmp_path)
    with pytest.raises(Refused, match="takes the role"):
        add_officer(room.store, "新人", roles=(Role.DUTY,), by=room.main)
    with pytest.raises(Refused, match="or an administrator"):
        set_password(room.store, room.coming.id, "another1", by=room.main)
    with pytest.raises(Refused, match="last administrator"):
        set_roles(room.store, room.admin.id, (Role.DUTY,), by=room.admin)


def test_signing_on_without_a_password_is_for_the_sample_only(tmp_path):
    room = a_room(tmp_path)
    bare = add_officer(room.store, "韩雪", roles=(Role.DUTY,), by=room.admin)
    with pytest.raises(Refused, match="sample district only"):
        sign_on_sample(room.store, bare.id)
    with pytest.raises(Refused, match="no password yet"):
        sign_on(room.store, bare.id, "")
    with room.store.change("test.sample", room.admin) as tx:
        tx.insert("setting", {"name": "sample", "value": "1"})
    assert sign_on_sample(room.store, bare.id) == bare
    with pytest.raises(Refused, match="has set a password"):
        sign_on_sample(room.store, room.main.id)
    assert {p.officer.name for p in people(room.store)} >= {"韩雪", "赵强"}


def test_signing_on_late_is_noted_on_the_seat(tmp_path):
    room = a_room(tmp_path)
    starts = room.store.value("select max(starts_at) from shift")
    clock_of(room.store).set(datetime.fromisoformat(starts) + timedelta(minutes=11))
    sign_on(room.store, room.coming.id, SECRET)
    state = room.store.value("select state from seat_on_shift where officer_id = :id",
                             id=room.coming.id)
    assert state == "late"
