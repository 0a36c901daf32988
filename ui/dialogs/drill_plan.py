"""Sheets of the yearly drill plan 演练计划: a drill, that it was held, why not, and the filing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from db.change import RowId
from db.words import t
from dispatch.drillbook.drills import held_drills
from dispatch.drillbook.plan import (
    FIELDS,
    Filing,
    PlanLine,
    add_line,
    drop_line,
    edit_line,
    file_plan,
    filing,
    mark_held,
)
from dispatch.drillbook.rules import SECTORS
from resources.fields import Field, Value
from resources.localtime import day_key, local_day
from resources.rules import rule_or
from ui.desk import Desk, Tone
from ui.dialogs.care import read_day
from ui.dialogs.fields_sheet import FieldsSheet
from ui.dialogs.record_form import RecordForm
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice


class LineForm(RecordForm):
    """The fields of a planned drill; the sectors of the rule are offered."""

    def _words_for(self, field: Field) -> Callable[[], Sequence[str]] | None:
        store = self.store
        if field.name == "sector" and store is not None:
            return lambda: [str(s) for s in rule_or(store, SECTORS).value]
        return super()._words_for(field)


class LineSheet(FieldsSheet):
    """A drill of a year's plan, new or to be changed."""

    form_class = LineForm

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, year: int,
                 of: PlanLine | None = None) -> None:
        title = t("Change {name}", name=of.name) if of else t("A drill of {year}", year=year)
        super().__init__(theme, desk, host, title, width=640,
                         draft=f"drill line:{of.id if of else year}")
        self.year, self.of = year, of
        self.records.add_plain(desk.store, FIELDS)
        shown: dict[str, Value] = {f.name: getattr(of, f.name) for f in FIELDS} if of else {
            "month": local_day(desk.now()).month, "content": FIELDS[2].choices[0][0],
            "form": FIELDS[3].choices[0][0]}
        self.records.show_record(shown)

    def commit(self) -> int:
        values, store, by = self.records.record(), self.desk.store, self.desk.officer
        if self.of is None:
            return int(add_line(store, self.year, values, by=by))
        edit_line(store, self.of.id, values, by=by)
        return int(self.of.id)


class HeldSheet(Sheet):
    """Notes that a planned drill was held; its sealed record is offered."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: PlanLine) -> None:
        super().__init__(theme, desk, host, t("Held: {name}", name=of.name),
                         verb=t("verb|Held"))
        self.of, self.drills = of, [d for d in held_drills(desk.store, sealed=True)
                                    if d.started_at and local_day(d.started_at).year == of.year]
        self.grid.wide(20)
        box = self.grid.choice("drill", t("Its sealed record"), [
            Choice(None, t("drill|none: it was held without this program")),
            *(Choice(int(d.id), f"{d.number} {d.title}") for d in self.drills)])
        self.grid.line("day", t("Held on"), required=True, hint=t("such as 2026-11-23"))
        fitting = next((d for d in self.drills if d.plan_id == of.plan_id and of.plan_id), None)
        self.form.fill({"day": day_key(desk.now())})
        if fitting is not None:
            self.form.fill({"drill": int(fitting.id)})
        self._show_day()
        box.activated.connect(lambda _n: self._show_day())

    def _show_day(self) -> None:
        chosen = next((d for d in self.drills if int(d.id) == self.form.values["drill"]), None)
        if chosen is not None and chosen.started_at is not None:
            self.form.fill({"day": day_key(chosen.started_at)})

    def commit(self) -> date:
        day, drill = read_day(self, "day"), self.form.values["drill"]
        mark_held(self.desk.store, self.of.id, day,
                  RowId(int(str(drill))) if drill else None, by=self.desk.officer)
        return day


class DropSheet(Sheet):
    """Says why a planned drill will not be held; an empty reason plans it again."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: PlanLine) -> None:
        super().__init__(theme, desk, host, t("Drop {name}", name=of.name),
                         draft=f"drill drop:{of.id}", verb=t("verb|Drop"))
        self.of = of
        self.rows.insertWidget(0, self.note(t(
            "It stays in the plan, struck out of the count. Without a reason it is planned"
            " again.")))
        self.grid.line("reason", t("Reason"))
        self.form.fill({"reason": of.dropped})

    def commit(self) -> int:
        drop_line(self.desk.store, self.of.id, str(self.form.values["reason"]),
                  by=self.desk.officer)
        return int(self.of.id)


class PlanFilingSheet(Sheet):
    """Notes when and with whom a year's plan was filed."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, year: int, due: date) -> None:
        super().__init__(theme, desk, host, t("File the drill plan of {year}", year=year),
                         verb=t("verb|Filed"))
        self.year = year
        self.rows.insertWidget(0, self.note(t("It is to be filed by {day}.", day=due)))
        self.grid.line("filed_with", t("field|Filed with"), required=True)
        self.grid.wide(10)
        self.grid.line("day", t("field|Filed on"), required=True, hint=t("such as 2026-11-23"))
        self.grid.line("number", t("field|Filing number"))
        known = filing(desk.store, year)
        self.form.fill({"day": day_key(desk.now())} if known is None else {
            "day": known.filed_on, "filed_with": known.filed_with, "number": known.number})

    def commit(self) -> Filing:
        v = self.form.values
        done = file_plan(self.desk.store, self.year, read_day(self, "day"), str(v["filed_with"]),
                         str(v["number"]), by=self.desk.officer)
        self.desk.told.emit(Tone.DONE, t("The drill plan of {year} is filed.", year=self.year))
        return done
