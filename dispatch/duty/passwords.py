"""Passwords 口令: hashed with argon2id, and answered more slowly after each wrong try."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from resources.people import SYSTEM, OfficerId
from resources.settings import put_setting

LEAST_LENGTH = 6
FREE_TRIES = 3
"""Wrong tries before the first wait; a tired hand slips twice."""

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Tries:
    """How often in a row a password was wrong, and when last."""

    count: int = 0
    last: datetime | None = None


def wait_left(tries: Tries, now: datetime) -> timedelta:
    """How long the next try must wait: 5 s after three wrong ones, doubling up to 5 minutes.

    A clock that was set back never makes the wait longer than the whole delay.
    """
    if tries.count < FREE_TRIES or tries.last is None:
        return timedelta()
    doublings = min(tries.count - FREE_TRIES, 16)
    delay: timedelta = min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
    return max(timedelta(), min(tries.last + delay - now, delay))


def too_soon(tries: Tries, now: datetime, field: str = "password") -> None:
    """Let another try pass only after its wait.

    Raises:
        Refused: too soon after wrong ones; how long is said.
    """
    left = wait_left(tries, now)
    if left:
        raise Refused("The password was wrong {n} times. Wait {seconds} seconds, then try"
                      " again.", field=field, n=tries.count,
                      seconds=int(-(-left.total_seconds() // 1)))


def hashed(password: str, hasher: PasswordHasher | None = None) -> str:
    """The argon2id hash to keep; `hasher` lowers the cost in tests.

    Raises:
        Refused: the password is too short.
    """
    if len(password) < LEAST_LENGTH:
        raise Refused("A password has at least {n} characters.", field="password",
                      n=LEAST_LENGTH)
    return (hasher or PasswordHasher()).hash(password)


def matches(password: str, kept: str) -> bool:
    """Whether `password` is the one that was hashed; the cost is read from the hash."""
    try:
        return PasswordHasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def check_password(store: Store, officer_id: OfficerId, password: str, kept: str, *,
                   field: str = "password") -> None:
    """Let pass only the right password, noting wrong tries in the store.

    Raises:
        Refused: too soon after wrong tries, or wrong.
    """
    now, tries = store.clock.now(), tries_of(store, officer_id)
    too_soon(tries, now, field)
    if matches(password, kept):
        return
    if not store.read_only:  # a backup cannot take the note
        with store.change("officer.wrong_password", SYSTEM) as tx:
            note_wrong(tx, officer_id, tries.count + 1, now)
    if field != "password":
        raise Refused("The present password is wrong. Nothing was changed.", field=field)
    raise Refused("The password is wrong. Nobody was signed on.", field="password")


def _setting(officer_id: OfficerId) -> str:
    return f"wrong_tries.{officer_id}"


def tries_of(store: Store, officer_id: OfficerId) -> Tries:
    return read_tries(store.value("select value from setting where name = :name",
                                  name=_setting(officer_id)))


def read_tries(text: str | None) -> Tries:
    """The tries as the setting keeps them."""
    if not text:
        return Tries()
    kept = json.loads(text)
    return Tries(int(kept["count"]), from_text(kept["last"]) if kept["last"] else None)


def note_wrong(tx: Transaction, officer_id: OfficerId, count: int, at: datetime) -> None:
    """Keep the number of wrong tries; 0 forgets them."""
    value = json.dumps({"count": count, "last": to_text(at)})
    put_setting(tx, _setting(officer_id), value)
