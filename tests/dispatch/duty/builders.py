"""A small duty room: a store with officers, a shift on watch and one to follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from argon2 import PasswordHasher

from db.clock import to_text
from db.store import Store
from dispatch.duty.officers import add_officer, first_administrator, set_password
from dispatch.duty.seats import SeatState, take_seat
from dispatch.duty.shifts import ensure_shift
from dispatch.terms import Post
from resources.people import Officer, Role
from tests.builders import a_store

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
SECRET = "云川0830"


@dataclass(frozen=True, slots=True)
class Room:
    store: Store
    admin: Officer
    main: Officer
    coming: Officer
    shift_id: int


def an_officer_with(store: Store, admin: Officer, name: str, *roles: Role) -> Officer:
    made = add_officer(store, name, roles=roles or (Role.DUTY,),
                       posts=(Post.MAIN, Post.SECOND), by=admin)
    set_password(store, made.id, SECRET, by=admin, hasher=CHEAP)
    return made


def a_room(folder: Path, *, with_next: bool = True) -> Room:
    store = a_store(folder)
    admin = first_administrator(store, "周管理", SECRET, hasher=CHEAP)
    main = an_officer_with(store, admin, "赵强")
    coming = an_officer_with(store, admin, "林一舟")
    now = ensure_shift(store, store.clock.now(), by=main)
    if with_next:
        with store.change("test.roster", admin) as tx:
            after = tx.insert("shift", {
                "starts_at": to_text(now.ends_at),
                "ends_at": to_text(now.ends_at + timedelta(hours=24))})
            take_seat(tx, after, coming.id, Post.MAIN, SeatState.PLANNED)
    return Room(store, admin, main, coming, now.id)
