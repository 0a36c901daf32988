"""Forms about forces on scene 现场: people counted in and out, and the safety check-in."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.orders import Order
from dispatch.safety import CheckIn, check_in, check_ins, interval, set_interval
from dispatch.strength import count_scene, counts_of
from dispatch.terms import WAY_NAMES, Way
from resources.localtime import clock_text
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice


class CountSheet(Sheet):
    """M: how many people and vehicles of a force came or left; what remains is counted."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, order: Order) -> None:
        super().__init__(theme, desk, host, t("People of {force}", force=order.force_name),
                         draft=f"count:{order.id}", verb=t("verb|Count"))
        self.order = order
        self.rows.insertWidget(0, self.note(self._known()))
        grid = self.grid
        grid.wide(10)
        for name, words in (("people_in", t("People in")), ("people_out", t("People out")),
                            ("vehicles_in", t("Vehicles in")),
                            ("vehicles_out", t("Vehicles out"))):
            grid.number(name, words, most=9999)
        grid.line("said_by", t("Said by"))
        grid.line("at", t("Counted at"), hint=t("now, or such as 21:47"))
        grid.wide(20)
        grid.line("note", t("Note"))
        self.hint.setText(t("Enter commits · Esc keeps"))

    def _known(self) -> str:
        there = t("There now: {people} people, {vehicles} vehicles",
                  people=self.order.people or 0, vehicles=self.order.vehicles or 0)
        rows = [f"{clock_text(c.at)} +{c.people_in} −{c.people_out}"
                for c in counts_of(self.desk.store, self.order.id)[-4:]]
        return "\n".join([there, *rows])

    def commit(self) -> Order:
        v = self.form.values
        n = {k: int(str(v[k])) for k in ("people_in", "people_out", "vehicles_in",
                                         "vehicles_out")}
        return count_scene(self.desk.store, self.order.id, people_in=n["people_in"],
                           people_out=n["people_out"], vehicles_in=n["vehicles_in"],
                           vehicles_out=n["vehicles_out"], at=self.read_time("at"),
                           said_by=str(v["said_by"]), note=str(v["note"]), by=self.desk.officer)


class CheckInSheet(Sheet):
    """Shift+K: a safety check-in with more than "all well", and how often the force is asked."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, order: Order) -> None:
        title = t("Safety check-in of {force}", force=order.force_name)
        super().__init__(theme, desk, host, title, draft=f"check-in:{order.id}",
                         verb=t("verb|Record"))
        self.order, self.minutes = order, interval(desk.store, order)
        answers = check_ins(desk.store, order.id)[-4:]
        self.rows.insertWidget(0, self.note("\n".join(
            t("{time} all well, {n} people", time=clock_text(c.at), n=c.people or 0) if c.well
            else f"{clock_text(c.at)} {c.note}" for c in answers) or t("No answer yet.")))
        grid = self.grid
        grid.wide(10)
        grid.number("people", t("People"), most=9999)
        grid.choice("source", t("Said by what means"),
                    [Choice(w.value, t(WAY_NAMES[w])) for w in Way])
        grid.line("said_by", t("Said by"))
        grid.line("at", t("Answered at"), hint=t("now, or such as 21:47"))
        grid.wide(20)
        grid.check("well", t("All are well"))
        grid.line("note", t("What is wrong"))
        grid.wide(10)
        grid.number("minutes", t("Asked every (min, 0: not)"), most=1440)
        grid.check("all_forces", t("for all forces of the event"))
        self.form.fill({"people": order.people or 0, "well": True, "minutes": self.minutes,
                        "source": Way.RADIO.value})
        self.hint.setText(t("Enter commits · Esc keeps"))

    def commit(self) -> CheckIn:
        v, store, by = self.form.values, self.desk.store, self.desk.officer
        made = check_in(store, self.order.id, well=bool(v["well"]), people=int(str(v["people"])),
                        at=self.read_time("at"), source=str(v["source"]),
                        said_by=str(v["said_by"]), note=str(v["note"]), by=by)
        minutes = int(str(v["minutes"]))
        if minutes != self.minutes or v["all_forces"]:
            set_interval(store, self.order.event_id, minutes,
                         force=None if v["all_forces"] else self.order.id, by=by)
        return made
