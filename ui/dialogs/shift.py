"""The shift sheet 本班人员 (F10): who is on watch, who came, who stepped in; and the weather."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtWidgets import QWidget

from db.errors import Refused
from db.words import mark, t
from dispatch.duty import officers
from dispatch.duty.attendance import join_shift, note_attendance
from dispatch.duty.seats import SEAT_NAMES, Seat, SeatState, replace_seat, shift_people
from dispatch.duty.shifts import Shift, set_weather
from dispatch.terms import POST_NAMES, Post
from resources.localtime import moment_text
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.dialogs.sign_on import person_words
from ui.theme import Theme
from ui.widgets.form import Choice


class What(StrEnum):
    """What is noted about the shift."""

    WEATHER = "weather"
    REPLACED = "replaced"
    ABSENT = "absent"
    LEFT = "left"
    BACK = "back"
    JOINS = "joins"


WORDS = {
    What.WEATHER: mark("shift|The weather only"), What.REPLACED: mark("shift|is replaced by"),
    What.ABSENT: mark("shift|did not come"), What.LEFT: mark("shift|left the post"),
    What.BACK: mark("shift|is back at the post"),
    What.JOINS: mark("shift|Somebody joins the shift"),
}
STATES = {What.ABSENT: SeatState.ABSENT, What.LEFT: SeatState.LEFT, What.BACK: SeatState.PRESENT}


class ShiftSheet(Sheet):
    """The people of the shift on watch, each with state and sign-on time; one change at a time."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, shift: Shift) -> None:
        super().__init__(theme, desk, host, t("Shift {label}", label=shift.label), width=640,
                         draft=f"shift:{shift.id}", verb=t("verb|Note"))
        self.going = shift
        self.seats = shift_people(desk.store, shift.id, with_replaced=True)
        for n, seat in enumerate(self.seats):
            self.rows.insertWidget(n, self.note(_line(seat), tone=""))
        grid = self.grid
        grid.wide(20)
        grid.line("weather", t("shift|Weather"))
        grid.wide(10)
        self.what = grid.choice("what", t("shift|What is noted"),
                                [Choice(w.value, t(WORDS[w])) for w in What])
        self.who = grid.choice("seat", t("shift|About whom"), [
            Choice(int(s.id), f"{t(POST_NAMES[s.post])} {s.officer}") for s in self.seats
            if s.state is not SeatState.REPLACED])
        self.other = grid.choice("officer", t("shift|Who comes"), [
            Choice(int(p.officer.id), person_words(p)) for p in officers.people(desk.store)])
        self.post = grid.choice("post", t("Post"), [Choice(p.value, t(POST_NAMES[p]))
                                                   for p in Post])
        grid.wide(20)
        self.reason = grid.line("reason", t("Reason"))
        self.form.fill({"what": What.WEATHER.value, "weather": shift.weather})
        self.what.currentIndexChanged.connect(self._offer)
        self._offer()

    def _offer(self) -> None:
        """Only what the choice needs can be filled in."""
        what = What(str(self.form.values["what"]))
        self.who.setEnabled(what in {What.REPLACED, *STATES})
        self.other.setEnabled(what in {What.REPLACED, What.JOINS})
        self.post.setEnabled(what is What.JOINS)
        self.reason.setEnabled(what is not What.WEATHER)

    def restore(self, kept: dict[str, object]) -> None:
        super().restore(kept)
        self._offer()

    def commit(self) -> object:
        v, desk = self.form.values, self.desk
        done = self._note(What(str(v["what"])))
        weather = str(v["weather"]).strip()
        if weather != self.going.weather:
            return set_weather(desk.store, self.going.id, weather, by=desk.officer)
        return done

    def _note(self, what: What) -> object:
        v, store, by = self.form.values, self.desk.store, self.desk.officer
        reason = str(v["reason"])
        if what is What.JOINS:
            return join_shift(store, self.going.id, self._chosen("officer"),
                              Post(str(v["post"])), reason=reason, by=by)
        if what is What.REPLACED:
            return replace_seat(store, self._chosen("seat"), self._chosen("officer"),
                                reason=reason, by=by)
        if what in STATES:
            return note_attendance(store, self._chosen("seat"), STATES[what], reason=reason,
                                   by=by)
        return None

    def _chosen(self, field: str) -> int:
        value = self.form.values[field]
        if not isinstance(value, int):
            raise Refused("Choose a name from the list.", field=field)
        return value


def _line(seat: Seat) -> str:
    """`主班 赵强 · 迟到 11-23 08:52 · 堵车`."""
    came = moment_text(seat.signed_on_at) if seat.signed_on_at else ""
    return " · ".join(part for part in (
        f"{t(POST_NAMES[seat.post])} {seat.officer}",
        " ".join(p for p in (t(SEAT_NAMES[seat.state]), came) if p), seat.note) if part)
