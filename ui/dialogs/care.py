"""Care sheets 装备维护: inspection and yearly test, repair, lending out and taking back."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from db.errors import Refused
from db.words import t
from resources.care import (
    KINDS,
    begin_repair,
    end_repair,
    lend_equipment,
    loans,
    months_after,
    record_check,
    repairs_of,
    take_back_equipment,
)
from resources.equipment import EquipmentId, piece
from resources.fields import Field, Type, read_value
from resources.localtime import local_day
from resources.rules import rule
from ui.desk import Desk, Tone
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice


def read_day(sheet: Sheet, name: str) -> date:
    """The day typed into a line.

    Raises:
        Refused: it is empty or no day.
    """
    field = Field(name, "field|Day", Type.DAY, required=True)
    return date.fromisoformat(str(read_value(field, sheet.form.values[name])))


class CareSheet(Sheet):
    """A sheet about one piece of equipment."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, one: int, title: str,
                 verb: str) -> None:
        self_piece = piece(desk.store, one)
        super().__init__(theme, desk, host, f"{title}{t(': ')}{self_piece.name}",
                         draft=f"{type(self).__name__}:{one}", verb=verb)
        self.one, self.name = EquipmentId(self_piece.id), self_piece.name
        self.today = local_day(desk.now())

    def tell_done(self, words: str) -> None:
        self.desk.told.emit(Tone.DONE, words)


class CheckSheet(CareSheet):
    """Notes an inspection 检修 or a yearly test 年检; says by when the next one is due."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, one: int) -> None:
        super().__init__(theme, desk, host, one, t("Inspection or test"), t("verb|Record"))
        form, grid = self.form, self.grid
        grid.wide(10)
        kinds = {"inspection": t("check|Inspection"), "test": t("check|Yearly test")}
        form.choice("kind", t("Kind"), [Choice(k, kinds[k]) for k in KINDS])
        form.line("day", t("field|Day"), required=True, hint=t("such as 2026-11-23"))
        form.choice("passed", t("Result"), [Choice(1, t("check|Passed")),
                                            Choice(0, t("check|Failed; waits for repair"))])
        form.line("inspector", t("Inspector"), required=True)
        grid.wide(20)
        form.text("note", t("Note"), lines=2)
        self.due = self.note()
        self.rows.addWidget(self.due)
        form.fill({"kind": "inspection", "day": self.today.isoformat(), "passed": 1,
                   "inspector": desk.officer.name if desk.has_officer else ""})
        form.edited.connect(self.look)
        self.look()

    def look(self) -> None:
        """Say when the next one falls due by the rule."""
        try:
            months = int(rule(self.desk.store, KINDS[str(self.form.values["kind"])][0]).value)
            words = t("The next one is due on {day} (every {n} months).",
                      day=months_after(read_day(self, "day"), months), n=months)
        except Refused as error:
            words = str(error)
        self.due.setText(words)

    def commit(self) -> date:
        v = self.form.values
        due = record_check(self.desk.store, self.one, str(v["kind"]), read_day(self, "day"),
                           passed=bool(v["passed"]), inspector=str(v["inspector"]),
                           note=str(v["note"]), by=self.desk.officer)
        self.tell_done(t("{name}: next due on {day}", name=self.name, day=due))
        return due


class RepairSheet(CareSheet):
    """Begins a repair, or ends the one under way."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, one: int) -> None:
        self_repair = next((r for r in repairs_of(desk.store, one) if r.done_on is None), None)
        super().__init__(theme, desk, host, one,
                         t("Repair") if self_repair is None else t("End of the repair"),
                         t("verb|Send to repair") if self_repair is None else t("verb|Repaired"))
        self.repair = self_repair
        if self_repair is None:
            self.form.text("fault", t("What is wrong with it"), lines=2, required=True)
            self.form.line("workshop", t("Workshop"))
            return
        self.rows.insertWidget(0, self.note(t("In repair since {day}: {fault}",
                                              day=self_repair.reported_on,
                                              fault=self_repair.fault)))
        self.form.text("result", t("What was done"), lines=2, required=True)
        self.form.line("cost", t("Cost (yuan)"))
        self.form.choice("ready", t("Afterwards"), [Choice(1, t("care|Ready for use")),
                                                    Choice(0, t("care|Scrapped"))])
        self.form.fill({"ready": 1})

    def commit(self) -> object:
        v, store, by = self.form.values, self.desk.store, self.desk.officer
        if self.repair is None:
            return begin_repair(store, self.one, str(v["fault"]), workshop=str(v["workshop"]),
                                by=by)
        end_repair(store, self.repair.id, str(v["result"]), cost=self.check_number("cost"),
                   ready=bool(v["ready"]), by=by)
        return None


class LendSheet(CareSheet):
    """Lends a piece out, or takes back the one that is out."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, one: int) -> None:
        found = loans(desk.store, one)
        super().__init__(theme, desk, host, one, t("Take back") if found else t("Lend out"),
                         t("verb|Take back") if found else t("verb|Lend"))
        self.loan = found[0] if found else None
        self.grid.wide(10)
        if self.loan is not None:
            self.rows.insertWidget(0, self.note(t(
                "{number}: {borrower}, since {day}, due {due}. Condition when lent: {condition}",
                number=self.loan.number, borrower=self.loan.borrower, day=self.loan.lent_on,
                due=self.loan.due_back, condition=self.loan.condition_out or "—")))
            self.form.line("condition", t("Condition when it came back"), required=True)
            self.form.choice("intact", t("It is"), [Choice(1, t("care|Intact")),
                                                    Choice(0, t("care|Damaged; to repair"))])
            self.form.fill({"intact": 1})
            return
        for name, label, needed in (("borrower", t("Borrower"), True),
                                    ("due_back", t("To be back by"), True),
                                    ("receiver", t("Received by"), False),
                                    ("condition", t("Condition"), False),
                                    ("approver", t("Approved by"), False),
                                    ("basis", t("On whose order"), False)):
            self.form.line(name, label, required=needed,
                           hint=t("such as 2026-11-23") if name == "due_back" else "")

    def commit(self) -> object:
        v, store, by = self.form.values, self.desk.store, self.desk.officer
        if self.loan is not None:
            take_back_equipment(store, self.loan.id, str(v["condition"]), intact=bool(v["intact"]),
                                by=by)
            return None
        return lend_equipment(store, self.one, str(v["borrower"]), read_day(self, "due_back"),
                              receiver=str(v["receiver"]), condition=str(v["condition"]),
                              approver=str(v["approver"]), basis=str(v["basis"]), by=by)
