"""Seats 值班席位: who sits on which post of a shift, and whether that person came."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import mark, t
from dispatch.log import append_to
from dispatch.terms import POST_NAMES, EntryKind, Post
from resources.localtime import span_text
from resources.people import DESK, Officer, OfficerId, allowed

SeatId = NewType("SeatId", RowId)

EARLY = timedelta(hours=2)
"""Signing on this long before a shift begins counts for that shift."""

LATE_AFTER = timedelta(minutes=10)


class SeatState(StrEnum):
    """Whether the person of a seat came 到岗."""

    PLANNED = "planned"    # 未到岗
    PRESENT = "present"    # 在岗
    LATE = "late"          # 迟到
    REPLACED = "replaced"  # 已换班
    ABSENT = "absent"      # 缺勤
    LEFT = "left"          # 离岗


SEAT_NAMES = {
    SeatState.PLANNED: mark("seat|Not signed on"), SeatState.PRESENT: mark("seat|Present"),
    SeatState.LATE: mark("seat|Late"), SeatState.REPLACED: mark("seat|Replaced"),
    SeatState.ABSENT: mark("seat|Absent"), SeatState.LEFT: mark("seat|Left the post"),
}


@dataclass(frozen=True, slots=True)
class Seat:
    """One person on one post of one shift."""

    id: SeatId
    shift_id: RowId
    officer_id: OfficerId
    officer: str
    post: Post
    state: SeatState
    signed_on_at: datetime | None
    note: str


SEATS = """select s.*, o.name as officer from seat_on_shift s
    join officer o on o.id = s.officer_id"""
IN_ORDER = """order by case s.post when 'leader' then 0 when 'main' then 1
    when 'second' then 2 else 3 end, s.id"""


def shift_people(store: Store, shift_id: int, *, with_replaced: bool = False) -> tuple[Seat, ...]:
    """The seats of a shift, leader first; without those who were replaced."""
    rows = store.read(f"{SEATS} where s.shift_id = :shift"
                      f" and (:all or s.state <> 'replaced') {IN_ORDER}",
                      shift=shift_id, all=int(with_replaced))
    return tuple(seat_from(row) for row in rows)


def seat_from(row: sqlite3.Row) -> Seat:
    at = row["signed_on_at"]
    return Seat(SeatId(RowId(row["id"])), RowId(row["shift_id"]),
                OfficerId(RowId(row["officer_id"])), row["officer"], Post(row["post"]),
                SeatState(row["state"]), from_text(at) if at else None, row["note"])


def holder(store: Store, shift_id: int, post: Post) -> Seat | None:
    """Who holds a post of a shift."""
    return next((s for s in shift_people(store, shift_id) if s.post is post), None)


def arrival(starts_at: datetime, now: datetime) -> SeatState:
    """Present until ten minutes after the shift began, late from then on."""
    return SeatState.LATE if now > starts_at + LATE_AFTER else SeatState.PRESENT


def note_present(tx: Transaction, officer: Officer) -> None:
    """Note on the officer's planned seats of now or soon that the person came; the log says so."""
    now = tx.store.clock.now()
    rows = tx.run(
        """select s.id, s.post, h.starts_at from seat_on_shift s join shift h on h.id = s.shift_id
        where s.officer_id = :officer and s.state in ('planned', 'absent')
          and h.state <> 'closed' and h.starts_at <= :soon and h.ends_at > :now""",
        officer=officer.id, soon=to_text(now + EARLY), now=to_text(now)).fetchall()
    for row in rows:
        state = arrival(from_text(row["starts_at"]), now)
        tx.update("seat_on_shift", row["id"], signed_on_at=to_text(now), state=str(state))
        post = t(POST_NAMES[Post(row["post"])])
        words = t("watch|{post} {name} signed on", post=post, name=officer.name)
        if state is SeatState.LATE:
            late = span_text(now - from_text(row["starts_at"]), seconds=False)
            words = t("watch|{post} {name} signed on {span} after the shift began", post=post,
                      name=officer.name, span=late)
        append_to(tx, words, kind=EntryKind.SHIFT, by=officer)


def take_seat(tx: Transaction, shift_id: int, officer_id: int, post: Post,
              state: SeatState, note: str = "") -> RowId:
    """Put an officer on a post; somebody who comes was signed on now."""
    at = None if state is SeatState.PLANNED else to_text(tx.store.clock.now())
    return tx.insert("seat_on_shift", {
        "shift_id": shift_id, "officer_id": officer_id, "post": str(post),
        "state": str(state), "signed_on_at": at, "note": note})


@allowed(*DESK)
def replace_seat(store: Store, seat_id: int, with_id: int, *, reason: str, by: Officer) -> Seat:
    """Put another officer on a seat 换班; the one who was planned stays on record as replaced.

    Raises:
        Refused: no reason, the shift is over, the seat was replaced before, or the other
            officer does not hold this post's qualification or sits on that post already.
    """
    row = store.one(f"{SEATS} where s.id = :id", id=seat_id)
    if row is None:
        raise Refused("There is no such seat on a shift.")
    old = seat_from(row)
    _check_replacement(store, old, with_id, reason)
    with store.change("seat.replace", by) as tx:
        tx.update("seat_on_shift", old.id, state=str(SeatState.REPLACED), note=reason.strip())
        starts = from_text(tx.run("select starts_at from shift where id = :id",
                                  id=old.shift_id).fetchone()[0])
        planned = starts > store.clock.now() + EARLY
        state = SeatState.PLANNED if planned else arrival(starts, store.clock.now())
        new_id = take_seat(tx, old.shift_id, with_id, old.post, state, reason.strip())
        name = tx.run("select name from officer where id = :id", id=with_id).fetchone()[0]
        append_to(tx, t("watch|{post} {old} replaced by {new}: {reason}",
                        post=t(POST_NAMES[old.post]), old=old.officer, new=name,
                        reason=reason.strip()), kind=EntryKind.SHIFT, by=by)
    return seat_from(store.read(f"{SEATS} where s.id = :id", id=new_id)[0])


def _check_replacement(store: Store, old: Seat, with_id: int, reason: str) -> None:
    if not reason.strip():
        raise Refused("Say why {name} is replaced.", field="reason", name=old.officer)
    if store.value("select state from shift where id = :id", id=old.shift_id) == "closed":
        raise Refused("This shift was handed over. Its people can no longer change.")
    if old.state is SeatState.REPLACED:
        raise Refused("{name} was replaced on this shift before.", name=old.officer)
    other = store.one("select name, posts from officer where id = :id and active = 1",
                      id=with_id)
    if other is None:
        raise Refused("There is no such officer. Choose a name from the list.", field="officer")
    if str(old.post) not in json.loads(other["posts"]):
        raise Refused("{name} is not listed for this post. Choose somebody who is.",
                      field="officer", name=other["name"])
    if store.one("select 1 from seat_on_shift where shift_id = :shift and officer_id = :who"
                 " and post = :post", shift=old.shift_id, who=with_id, post=str(old.post)):
        raise Refused("{name} is on this post of the shift already.", field="officer",
                      name=other["name"])
