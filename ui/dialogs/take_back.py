"""The return sheet 装备归还: a piece of equipment comes back in some condition."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.words import t
from resources.care import Loan, take_back_equipment
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme


class TakeBackSheet(Sheet):
    """What is not intact waits for repair."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, loan: Loan) -> None:
        super().__init__(theme, desk, host, t("Take back {name}", name=loan.name), width=420,
                         verb=t("stock|Take back"))
        self.loan = loan
        self.rows.insertWidget(0, self.note(t(
            "{number}: {borrower} has had it since {day}. It went out: {condition}",
            number=loan.number, borrower=loan.borrower, day=loan.lent_on,
            condition=loan.condition_out or "—")))
        self.grid.line("condition", t("Condition"), required=True, hint=t("Intact / damaged"))
        self.grid.check("intact", t("It is intact and ready"))
        self.grid.fill({"intact": True})

    def commit(self) -> object:
        values = self.form.values
        take_back_equipment(self.desk.store, self.loan.id, str(values["condition"]),
                            intact=bool(values["intact"]), by=self.desk.officer)
        return self.loan.id
