"""Sheets of the demand plan 需求计划: a line entered by hand, and who approved the plan."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.words import t
from resources.demand import PRIORITIES
from resources.demand_plan import add_demand_line, approve_demand
from ui.desk import Desk, Tone
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice


class DemandLineSheet(Sheet):
    """A line that no stock asks for, such as a new kind of goods."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, year: int) -> None:
        super().__init__(theme, desk, host, t("A line of {year}", year=year), width=480,
                         draft=f"demand {year}", verb=t("Add the line"))
        self.year, form = year, self.grid
        form.wide(12)
        form.line("name", t("Name"), required=True)
        form.wide(8)
        form.line("model", t("Model"))
        form.line("code", t("Code"))
        form.wide(6)
        form.line("measure", t("Measure"), required=True)
        form.line("quantity", t("demand|To buy"), required=True)
        form.line("price", t("demand|Price"))
        form.line("target", t("demand|Target"))
        form.wide(8)
        form.choice("priority", t("demand|Priority"), [Choice(k, t(w)) for k, w in PRIORITIES])
        form.fill({"priority": "usual"})
        form.wide(10)
        for name, words in (("funds", t("demand|Funds")), ("way", t("demand|Way")),
                            ("deadline", t("demand|Deadline")), ("unit", t("demand|Unit"))):
            form.line(name, words)
        form.wide(20)
        form.line("note", t("Note"))

    def commit(self) -> object:
        given = {k: v for k, v in self.form.values.items() if v not in ("", None)}
        return add_demand_line(self.desk.store, self.year, given, by=self.desk.officer)


class ApprovalSheet(Sheet):
    """Approving locks the plan: amounts and money stay as they are."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, year: int) -> None:
        super().__init__(theme, desk, host, t("Approve the plan of {year}", year=year), width=420,
                         verb=t("verb|Approve"))
        self.year = year
        self.grid.line("approver", t("Approved by"), required=True)
        self.rows.addWidget(self.note(t("An approved plan is locked; only state and notes are"
                                        " kept up. It can be reopened.")))

    def commit(self) -> object:
        plan = approve_demand(self.desk.store, self.year, str(self.form.values["approver"]),
                              by=self.desk.officer)
        self.desk.told.emit(Tone.DONE, t("The plan of {year} is approved and locked.",
                                         year=self.year))
        return plan
