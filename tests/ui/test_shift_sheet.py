"""The shift sheet by keyboard: who is replaced stands in the store, the log and the bar."""

from __future__ import annotations

from PySide6.QtCore import Qt

from dispatch.duty.seats import SeatState, shift_people
from dispatch.duty.shifts import current_shift, shift
from dispatch.log import entries
from dispatch.terms import Post
from tests.ui.live_room import LiveRoom
from ui.dialogs.shift import ShiftSheet, What


def the_sheet(live: LiveRoom) -> ShiftSheet:
    live.key(Qt.Key.Key_F10)
    return next(s for s in live.window.findChildren(ShiftSheet) if s.isVisible())


def test_a_replacement_and_the_weather_are_noted_at_once(live: LiveRoom) -> None:
    going = current_shift(live.store, live.desk.now())
    assert going is not None
    main = next(s for s in shift_people(live.store, going.id) if s.post is Post.MAIN)
    sheet = the_sheet(live)
    other = live.store.value("""select id from officer where posts like '%main%' and active = 1
        and id not in (select officer_id from seat_on_shift where shift_id = :id)""", id=going.id)
    sheet.form.fill({"what": What.REPLACED.value, "seat": main.id, "officer": other,
                     "reason": "发热", "weather": "小雨 4℃"})
    sheet.submit()
    sheet.submit()
    states = {s.officer: s.state for s in shift_people(live.store, going.id, with_replaced=True)}
    assert states[main.officer] is SeatState.REPLACED
    assert shift(live.store, going.id).weather == "小雨 4℃"
    said = [e.text for e in entries(live.store, shift=going.id) if "发热" in e.text]
    assert len(said) == 1
    assert main.officer in said[0]
    assert main.officer not in [p.people for p in live.window.shift_bar.facts.posts]


def test_a_note_without_reason_is_refused_beside_its_field(live: LiveRoom) -> None:
    sheet = the_sheet(live)
    seat = sheet.seats[0]
    sheet.form.fill({"what": What.ABSENT.value, "seat": seat.id})
    sheet.submit()
    assert sheet.isVisible()
    assert sheet.form.field("reason").accessibleDescription()
