"""The stage form 阶段补录: a stage with its own time, strength and place, or a wrong one struck."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.change import RowId
from db.errors import Refused
from db.words import t
from dispatch.corrections import correct_stamp, struck_stamps
from dispatch.orders import Order, next_stage, stamp_stage
from dispatch.terms import MAIN_STAGES, STAGE_NAMES, WAY_NAMES, Stage, Way
from resources.localtime import moment_text
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice

SIDE_STAGES = (Stage.REFUSED, Stage.CANCELLED, Stage.RECALLED, Stage.REINFORCED)


def open_stages(order: Order) -> list[Stage]:
    """What can still be stamped: the next ones first, then skipped ones, then the branches."""
    stamped = {s.stage for s in order.stamps}
    following = next_stage(order)
    at = MAIN_STAGES.index(following) if following else len(MAIN_STAGES)
    later, skipped = MAIN_STAGES[at:], MAIN_STAGES[1:at]
    found = [*later, *skipped] if order.stage not in (Stage.REFUSED, Stage.CANCELLED) else []
    return [s for s in (*found, *(SIDE_STAGES if order.out else ())) if s not in stamped
            or s is Stage.REINFORCED]


class StageSheet(Sheet):
    """For what the one-key stamp cannot say: another stage, an earlier time, numbers, a strike."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, order: Order) -> None:
        title = t("Stage of {force}", force=order.force_name)
        super().__init__(theme, desk, host, title, width=560, draft=f"stage:{order.id}",
                         verb=t("verb|Stamp"))
        self.order = order
        self.rows.insertWidget(0, self.note(self._known()))
        self._build_fields()
        stages = open_stages(order)
        following = next_stage(order) or next(iter(stages), None)
        self.form.fill({"stage": following.value if following else None, "wrong": 0,
                        "people": order.people or 0, "vehicles": order.vehicles or 0,
                        "source": Way.RADIO.value})
        self.look()

    def _build_fields(self) -> None:
        grid = self.grid
        grid.wide(20)
        wrong = grid.choice("wrong", t("What to do"), [
            Choice(0, t("Stamp a stage")), *(Choice(int(s.id), t(
                "Strike {stage} at {time}", stage=t(STAGE_NAMES[s.stage]),
                time=moment_text(s.at))) for s in self.order.stamps
                if s.stage is not Stage.ORDERED)])
        wrong.activated.connect(lambda _n: self.look())
        grid.wide(10)
        grid.choice("stage", t("Stage"), [Choice(s.value, t(STAGE_NAMES[s]))
                                          for s in open_stages(self.order)])
        grid.line("at", t("Reached at"), hint=t("now, or such as 21:47"))
        grid.wide(5)
        grid.number("people", t("People"))
        grid.number("vehicles", t("Vehicles"))
        grid.wide(10)
        grid.choice("source", t("Said by what means"),
                    [Choice(w.value, t(WAY_NAMES[w])) for w in Way])
        grid.wide(10)
        grid.line("said_by", t("Said by"))
        grid.line("place", t("Where it is"))
        grid.wide(20)
        grid.line("reason", t("Why entered late, or struck"))
        grid.line("note", t("Note"))

    def look(self) -> None:
        """Show the fields that what is to be done can use."""
        striking = bool(self.form.values["wrong"])
        for name in ("stage", "people", "vehicles", "source", "said_by", "place", "note"):
            self.form.field(name).setEnabled(not striking)
        self.ok.setText(t("verb|Strike") if striking else t("verb|Stamp"))
        self.hint.setText(t("With a time it is stamped anew") if striking
                          else t("Enter commits · Esc keeps"))

    def _known(self) -> str:
        found = [f"{moment_text(s.at)} {t(STAGE_NAMES[s.stage])}"
                 + (f"（{s.said_by}）" if s.said_by else "") for s in self.order.stamps[-5:]]
        found += [t("{stage} {time} struck: {reason}", stage=t(STAGE_NAMES[s.stage]),
                    time=moment_text(s.at), reason=s.reason)
                  for s in struck_stamps(self.desk.store, self.order.id)[-3:]]
        return t("; ").join(found)

    def commit(self) -> Order:
        v, store, by = self.form.values, self.desk.store, self.desk.officer
        reason, at = str(v["reason"]).strip(), self.read_time("at")
        if v["wrong"]:
            return correct_stamp(store, self.order.id, RowId(int(str(v["wrong"]))),
                                 reason=reason, at=at, by=by)
        if v["stage"] is None:
            raise Refused("Choose a stage.", field="stage")
        people, vehicles = (int(str(v[n])) or None for n in ("people", "vehicles"))
        return stamp_stage(
            store, self.order.id, Stage(str(v["stage"])), at=at, source=str(v["source"]),
            said_by=str(v["said_by"]).strip(), note=str(v["note"]), place=str(v["place"]),
            backfill_reason=reason, people=people, vehicles=vehicles, by=by)
