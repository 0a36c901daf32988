"""The response form 应急响应: start, adjust or end it with what the law asks to state."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.change import RowId
from db.words import t
from dispatch.events import Event
from dispatch.proposals import plan_for
from dispatch.responses import (
    end_response,
    plan_levels,
    responses,
    start_response,
    step_text,
)
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice


class ResponseSheet(Sheet):
    """R: start, adjust or end the emergency response 应急响应; its steps so far stand above.

    `print_asked` carries the event when the notice of the last step is to be printed.
    """

    print_asked = Signal(object)

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, event: Event) -> None:
        runs = event.response_level is not None
        super().__init__(theme, desk, host, t("Response to {number}", number=event.number),
                         width=560, draft=f"response:{event.id}",
                         verb=t("verb|Adjust") if runs else t("verb|Start"))
        self.of, self._ending = event, False
        self.steps = responses(desk.store, event.id)
        if self.steps:
            self.rows.insertWidget(0, self.note("\n".join(step_text(s) for s in self.steps)))
        self.advice = self.note()
        self._build_fields()
        self.rows.addWidget(self.advice)
        if runs:
            self.add_button(t("End the response"), self.finish, "Ctrl+E")
        if self.steps:
            self.add_button(t("Print the notice"), lambda: self.print_asked.emit(event), "Ctrl+P")
        self.hint.setText(t("Enter commits · Esc keeps"))
        self.look()

    def _build_fields(self) -> None:
        store, event, grid = self.desk.store, self.of, self.grid
        plans = store.read("select id, name from plan where active = 1 order by name")
        grid.wide(8)
        level = grid.choice("level", t("Response level"), [
            Choice(n, t("Response level {n}", n=n)) for n in (1, 2, 3, 4)])
        grid.wide(12)
        grid.line("at", t("Started at"), hint=t("now, or such as 21:47"))
        grid.wide(20)
        plan = grid.choice("plan", t("Plan"), [Choice(None, t("without a plan")),
                                               *(Choice(r["id"], r["name"]) for r in plans)])
        grid.line("matters", t("What it is about"))
        grid.text("measures", t("Measures (Ctrl+Enter commits)"), lines=3)
        grid.wide(7)
        grid.line("expected", t("Expected to last"), hint=t("such as 24 hours"))
        grid.wide(13)
        grid.line("approver", t("Approved by"))
        grid.wide(20)
        grid.line("reason", t("Why adjusted or ended"))
        level.activated.connect(lambda _n: self.look())
        plan.activated.connect(lambda _n: self.look())
        fitting = plan_for(store, event.subtype)
        last = self.steps[-1] if self.steps else None
        self.form.fill({
            "level": event.response_level or int(event.level or 4), "matters": event.title,
            "plan": event.response_plan_id or (fitting["id"] if fitting is not None else None)})
        if last is not None and event.response_level is not None:
            self.form.fill({"measures": last.measures, "expected": last.expected,
                            "matters": last.matters})

    def look(self) -> None:
        """Say which levels the plan has, who approves the chosen one, and when it applies."""
        v = self.form.values
        found = plan_levels(self.desk.store, self._plan())
        chosen = next((x for x in found if x.level == v["level"]), None)
        words = t("The plan has the levels {levels}.",
                  levels=t("list|, ").join(str(x.level) for x in found))
        if chosen is not None and chosen.approver:
            words += t("level| Level {n} is approved by: {who}", n=chosen.level,
                       who=chosen.approver)
        if chosen is not None and chosen.when:
            words += t("; ") + chosen.when
        self.advice.setText(words)

    def _plan(self) -> RowId | None:
        plan = self.form.values["plan"]
        return RowId(int(str(plan))) if plan else None

    def finish(self) -> None:
        """End the response that is running; who approved it stands in its field."""
        self._ending = True
        self.submit()

    def commit(self) -> Event:
        v, store, by = self.form.values, self.desk.store, self.desk.officer
        ending, self._ending = self._ending, False
        if ending:
            return end_response(store, self.of.id, approver=str(v["approver"]),
                                reason=str(v["reason"]), at=self.read_time("at"), by=by)
        return start_response(
            store, self.of.id, int(str(v["level"])), self._plan(), measures=str(v["measures"]),
            expected=str(v["expected"]), approver=str(v["approver"]), matters=str(v["matters"]),
            reason=str(v["reason"]), at=self.read_time("at"), by=by)
