"""Sheets of a drill's report 演练报告: a corrective action, its closing, and the words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.drillbook.actions import (
    FIELDS,
    Action,
    add_action,
    close_action,
    edit_action,
    usual_deadline,
)
from dispatch.drillbook.report import drill_report
from dispatch.drillbook.report_words import write_words
from ui.desk import Desk, Tone
from ui.dialogs.fields_sheet import FieldsSheet
from ui.dialogs.sheet import Sheet
from ui.theme import Theme


class ActionSheet(FieldsSheet):
    """A corrective action, new (for a problem that was found) or to be changed."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, drill: int,
                 of: Action | None = None, problem: str = "") -> None:
        super().__init__(theme, desk, host, t("Corrective action"), width=560,
                         draft=f"drill action:{of.id if of else drill}")
        self.drill, self.of = drill, of
        self.records.add_plain(desk.store, FIELDS)
        self.records.show_record({f.name: getattr(of, f.name) for f in FIELDS} if of else {
            "problem": problem, "due_on": usual_deadline(desk.store).isoformat()})

    def commit(self) -> int:
        values, store, by = self.records.record(), self.desk.store, self.desk.officer
        if self.of is None:
            return int(add_action(store, self.drill, values, by=by))
        edit_action(store, self.of.id, values, by=by)
        return int(self.of.id)


class CloseActionSheet(Sheet):
    """Closes an action 销号: what was done, and who checked it."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: Action) -> None:
        super().__init__(theme, desk, host, t("Close the action"), width=480,
                         draft=f"drill close:{of.id}", verb=t("action|Close"))
        self.of = of
        self.rows.insertWidget(0, self.note(f"{of.problem}\n{of.measure}"))
        self.grid.text("result", t("What was done"), lines=3, required=True)
        self.grid.line("checked_by", t("Checked by"))

    def commit(self) -> Action:
        v = self.form.values
        done = close_action(self.desk.store, self.of.id, str(v["result"]), str(v["checked_by"]),
                            by=self.desk.officer)
        self.desk.told.emit(Tone.DONE, t("Closed: {what}", what=done.measure))
        return done


class WordsSheet(Sheet):
    """Overview, lessons and advice of the report; without an overview it is drawn up itself."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, drill: int) -> None:
        super().__init__(theme, desk, host, t("Words of the report"), width=640,
                         draft=f"drill words:{drill}")
        self.drill, of = drill, drill_report(desk.store, drill)
        self.drawn = of.drawn
        self.grid.text("overview", t("paper|Outline of the drill"), lines=5)
        self.grid.text("lessons", t("paper|Experience and lessons"), lines=5)
        self.grid.text("advice", t("paper|Advice for emergency work"), lines=5)
        self.form.fill({"overview": of.overview, "lessons": of.lessons, "advice": of.advice})

    def commit(self) -> int:
        v = {k: str(x) for k, x in self.form.values.items()}
        if v["overview"].strip() == self.drawn.strip():
            v["overview"] = ""
        write_words(self.desk.store, self.drill, v, by=self.desk.officer)
        return self.drill
