"""Attendance 到岗情况: who came, who came late, did not come, left early, or stepped in."""

from __future__ import annotations

from db.errors import Refused
from db.store import Store
from db.words import mark, t
from dispatch.duty.seats import SEATS, Seat, SeatState, arrival, seat_from, take_seat
from dispatch.duty.shifts import Shift, ShiftState, shift
from dispatch.log import append_to
from dispatch.terms import POST_NAMES, EntryKind, Post
from resources.people import DESK, Officer, allowed

SAID = {
    SeatState.ABSENT: mark("watch|{post} {name} did not come: {reason}"),
    SeatState.LEFT: mark("watch|{post} {name} left the post: {reason}"),
    SeatState.PRESENT: mark("watch|{post} {name} is back at the post: {reason}"),
}
"""What a person may note about a seat, and how the log says it."""


@allowed(*DESK)
def note_attendance(store: Store, seat_id: int, state: SeatState, *, reason: str,
                    by: Officer) -> Seat:
    """Note that the person of a seat did not come 缺勤, left early 离岗 or is back.

    Raises:
        Refused: no reason, the shift is not on watch, or the person was replaced.
    """
    if state not in SAID:
        raise Refused("Lateness is noted by itself when somebody signs on.", field="state")
    row = store.one(f"{SEATS} where s.id = :id", id=seat_id)
    if row is None:
        raise Refused("There is no such seat on a shift.")
    seat = seat_from(row)
    _open(store, seat.shift_id)
    if seat.state is SeatState.REPLACED:
        raise Refused("{name} was replaced on this shift before.", name=seat.officer)
    if not reason.strip():
        raise Refused("Say why.", field="reason")
    with store.change("seat.attendance", by) as tx:
        tx.update("seat_on_shift", seat.id, state=str(state), note=reason.strip())
        append_to(tx, t(SAID[state], post=t(POST_NAMES[seat.post]), name=seat.officer,
                        reason=reason.strip()), kind=EntryKind.SHIFT, by=by)
    return seat_from(store.read(f"{SEATS} where s.id = :id", id=seat.id)[0])


@allowed(*DESK)
def join_shift(store: Store, shift_id: int, officer_id: int, post: Post, *, reason: str,
               by: Officer) -> Seat:
    """Put somebody on the shift whom the roster does not have on it 临时增派.

    Raises:
        Refused: no reason, the shift is not on watch, or the person is on it already.
    """
    going = _open(store, shift_id)
    if not reason.strip():
        raise Refused("Say why.", field="reason")
    name = store.value("select name from officer where id = :id and active = 1", id=officer_id)
    if name is None:
        raise Refused("There is no such officer. Choose a name from the list.", field="officer")
    if store.one("""select 1 from seat_on_shift where shift_id = :shift and officer_id = :who
            and state <> 'replaced'""", shift=shift_id, who=officer_id):
        raise Refused("{name} is on this shift already.", field="officer", name=name)
    with store.change("seat.join", by) as tx:
        seat_id = take_seat(tx, going.id, officer_id, post,
                            arrival(going.starts_at, store.clock.now()), reason.strip())
        append_to(tx, t("watch|{name} joined the shift as {post}: {reason}", name=name,
                        post=t(POST_NAMES[post]), reason=reason.strip()),
                  kind=EntryKind.SHIFT, by=by)
    return seat_from(store.read(f"{SEATS} where s.id = :id", id=seat_id)[0])


def _open(store: Store, shift_id: int) -> Shift:
    found = shift(store, shift_id)
    if found.state is not ShiftState.OPEN:
        raise Refused("Only the shift on watch can be changed so.")
    return found
