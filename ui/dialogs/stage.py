"""The stage form 阶段补录: a stage with its own time, strength, and who said so."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.orders import Order, next_stage, stamp_stage
from dispatch.terms import MAIN_STAGES, STAGE_NAMES, WAY_NAMES, Stage, Way
from resources.localtime import moment_text
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice

SIDE_STAGES = (Stage.REFUSED, Stage.CANCELLED, Stage.REINFORCED)


class StageSheet(Sheet):
    """For what the one-key stamp cannot say: another stage, an earlier time, numbers."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, order: Order) -> None:
        title = t("Stage of {force}", force=order.force_name)
        super().__init__(theme, desk, host, title, draft=f"stage:{order.id}",
                         verb=t("verb|Stamp"))
        self.order = order
        place = MAIN_STAGES.index(order.stage) + 1 if order.stage in MAIN_STAGES else 0
        stages = [*MAIN_STAGES[place:], *SIDE_STAGES]
        self.rows.insertWidget(0, self.note(self._known()))
        grid = self.grid
        grid.wide(10)
        grid.choice("stage", t("Stage"), [Choice(s.value, t(STAGE_NAMES[s])) for s in stages])
        grid.line("at", t("Reached at"), hint=t("now, or such as 21:47"))
        grid.wide(5)
        grid.number("people", t("People"))
        grid.number("vehicles", t("Vehicles"))
        grid.wide(10)
        grid.choice("source", t("Said by what means"),
                    [Choice(w.value, t(WAY_NAMES[w])) for w in Way])
        grid.wide(10)
        grid.line("said_by", t("Said by"))
        grid.line("reason", t("Why entered late"))
        grid.wide(20)
        grid.line("note", t("Note"))
        following = next_stage(order) or stages[0]
        self.form.fill({"stage": following.value, "people": order.people or 0,
                        "vehicles": order.vehicles or 0, "source": Way.RADIO.value})

    def _known(self) -> str:
        return t("; ").join(f"{moment_text(s.at)} {t(STAGE_NAMES[s.stage])}"
                            for s in self.order.stamps[-4:])

    def commit(self) -> Order:
        v = self.form.values
        people, vehicles = (int(str(v[n])) or None for n in ("people", "vehicles"))
        return stamp_stage(
            self.desk.store, self.order.id, Stage(str(v["stage"])), at=self.read_time("at"),
            source=str(v["source"]), said_by=str(v["said_by"]).strip(), note=str(v["note"]),
            backfill_reason=str(v["reason"]).strip(), people=people,
            vehicles=vehicles, by=self.desk.officer)
