"""The demand page 年度需求计划: a year's purchases, computed, typed over, approved, given out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from db.change import Change
from db.errors import WatchdeskError
from db.words import t
from dispatch.library_papers import demand_cells, demand_heads, demand_paper
from dispatch.printouts.library_sheets import library_sheet
from resources.demand import EDITABLE, DemandId, DemandLine, demand, total, totals
from resources.demand_plan import (
    AFTER_APPROVAL,
    AHEAD,
    DemandPlan,
    Recomputed,
    draft_demand,
    edit_demand,
    plan_of,
    remove_demand_line,
    reopen_demand,
    touched,
)
from resources.exchange.lists import list_book
from resources.localtime import local_day, moment_text
from ui.desk import Desk, Tone
from ui.dialogs.demand_line import ApprovalSheet, DemandLineSheet
from ui.pages.demand_columns import columns
from ui.pages.giving_out import preview, save_list
from ui.pages.sub_page import SubPage
from ui.theme import Theme
from ui.widgets.edit_table import EditModel, EditTable

TOLD, CATEGORIES = 4, 6
"""How many lines, and how many categories, are named in a sentence."""


class DemandPage(SubPage):
    """Digits begin a cell, Enter goes down; `open(year)` shows that year."""

    key = "demand"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.year = QComboBox()
        self.by_hand: dict[DemandId, frozenset[str]] = {}
        self.plan = DemandPlan(0, "draft", "", None)
        self.model: EditModel[DemandLine] = EditModel(
            columns(lambda x, name: name in self.by_hand.get(x.id, ())), lambda x: x.id,
            lambda x: x.name)
        self.model.locked = lambda _x, name: self.plan.locked and name not in AFTER_APPROVAL
        self.model.written.connect(self._on_written)
        self.table = EditTable(theme, self.model, t("Demand plan"))
        self._build()
        self.reword()

    def _build(self) -> None:
        this = local_day(self.desk.now()).year
        for year in range(this, this + AHEAD + 1):
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(1)
        self.year.activated.connect(lambda _n: self.load(None))
        self.filters.addWidget(self.year)
        self.filters.addStretch(1)
        self.add_verb("N", self.add_line)
        self.add_verb("Del", self.remove)
        self.add_verb("A", self.approve)
        self.add_verb("P", self.print_plan)
        self.add_verb("X", self.export)
        self.add_verb("C", self.compute, primary=True)
        self.panel.body.addWidget(self.table, 1)
        self.panel.body.addWidget(self.totals)

    def verbs(self) -> dict[str, str]:
        return {"N": t("Add a line"), "Del": t("Remove"),
                "A": t("Reopen") if self.plan.locked else t("verb|Approve"), "P": t("Print"),
                "X": t("Save as xlsx"), "C": t("Compute")}

    @property
    def chosen_year(self) -> int:
        return int(self.year.currentData())

    # What is shown

    def load(self, change: object | None) -> None:
        if isinstance(change, Change) and not change.tables() & {"demand_line", "demand_plan",
                                                                 "demand_touch"}:
            return
        store, year = self.desk.store, self.chosen_year
        self.plan, self.by_hand = plan_of(store, year), touched(store, year)
        self.reword()
        self.year.setAccessibleName(t("Year"))
        lines = demand(store, year)
        at = self.table.currentIndex()
        column = max(0, at.column())
        self.model.replace(lines)
        self.model.reword()
        if lines and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, column))
        self.panel.set_title(t("Demand plan {year}", year=year), str(len(lines)),
                             self._state_words(lines))
        self.totals.setText(self._sum_words(lines))
        for key in ("N", "Del", "C"):
            self.buttons[key].setEnabled(not self.plan.locked)
        for key in ("P", "X", "A"):
            self.buttons[key].setEnabled(bool(lines))

    def _state_words(self, lines: list[DemandLine]) -> str:
        if self.plan.locked and self.plan.approved_at is not None:
            return t("approved by {name}, {time}; locked", name=self.plan.approved_by,
                     time=moment_text(self.plan.approved_at, year=True))
        if not lines:
            return t("Nothing is planned yet. C computes it from targets, stock, expiry and use.")
        return t("draft")

    def _sum_words(self, lines: list[DemandLine]) -> str:
        parts = [t("Budget in all {sum} yuan", sum=f"{total(lines):,.2f}")]
        found = totals(lines)
        parts += [f"{kind or t('Other goods')} {n:,.2f}"
                  for kind, n in list(found.items())[:CATEGORIES] if n]
        hands = sum(1 for x in lines if x.id in self.by_hand)
        return " · ".join([*parts, t("{n} lines set by hand (marked •)", n=hands)])

    def open(self, what: object) -> None:
        if isinstance(what, int) and self.year.findData(what) >= 0:
            self.year.setCurrentIndex(self.year.findData(what))
            self.load(None)

    # What is done

    def _on_written(self, x: DemandLine, name: str, text: str) -> None:
        """A cell was typed; a refusal is told and the cell stays as it was."""
        self.desk.act(lambda: edit_demand(self.desk.store, x.id, {name: text},
                                          by=self.desk.officer))

    def compute(self) -> None:
        """Compute the year anew and say which lines kept what people set."""
        done = self.desk.act(lambda: draft_demand(self.desk.store, self.chosen_year,
                                                  by=self.desk.officer))
        if done is not None:
            self.desk.told.emit(Tone.DONE, computed_words(done))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_line(self) -> None:
        self.present(lambda host: DemandLineSheet(self.theme, self.desk, host, self.chosen_year),
                     "name")

    def remove(self) -> None:
        """A line by hand goes, a computed one is dropped so that it does not come back."""
        x = self.table.current_row
        if x is None:
            self.desk.told.emit(Tone.REFUSED, t("Choose a line of the plan first."))
            return
        try:
            gone = remove_demand_line(self.desk.store, x.id, by=self.desk.officer)
        except WatchdeskError as error:
            self.desk.told.emit(Tone.REFUSED, str(error))
            return
        self.desk.told.emit(Tone.DONE, t("{name} was removed", name=x.name) if gone else t(
            "{name} was dropped: it stays listed, without budget. Its state brings it back.",
            name=x.name))

    def approve(self) -> None:
        """Lock the plan, or make it a draft again."""
        year = self.chosen_year
        if self.plan.locked:
            self.desk.act(lambda: reopen_demand(self.desk.store, year, by=self.desk.officer),
                          t("The plan of {year} is a draft again.", year=year))
        else:
            self.present(lambda host: ApprovalSheet(self.theme, self.desk, host, year), "approver")

    def print_plan(self) -> None:
        title = t("Demand plan {year}", year=self.chosen_year)
        preview(self, self.desk, title, title,
                lambda: library_sheet(demand_paper(self.desk.store, self.chosen_year)))

    def export(self) -> None:
        title = t("Demand plan {year}", year=self.chosen_year)
        rows = list(self.model.rows)
        save_list(self, self.desk, title, self.choose_file,
                  lambda _store: demand_book(title, rows))

    def restyle(self) -> None:
        self.reword()
        super().restyle()


def demand_book(title: str, lines: list[DemandLine]) -> bytes:
    """The plan as a workbook with its sum below."""
    heads = demand_heads()
    budget = heads.index(t("paper|Budget (yuan)"))
    foot: list[str | float] = ["", t("paper|In all"), *[""] * (budget - 2), total(lines)]
    return list_book(title, heads, [demand_cells(x) for x in lines], foot)


def computed_words(done: Recomputed) -> str:
    """What computing anew did, and which lines kept what."""
    words = t("{added} lines added, {renewed} brought up to date", added=done.added,
              renewed=done.renewed)
    if not done.kept:
        return words
    labels = {f.name: t(f.label) for f in EDITABLE}
    kept = [f"{name} ({t('list|, ').join(labels[f] for f in fields)})"
            for name, fields in done.kept[:TOLD]]
    more = t("and {n} more", n=len(done.kept) - TOLD) if len(done.kept) > TOLD else ""
    return f"{words} · " + t("kept as set by hand: {lines}",
                             lines=t("; ").join([*kept, *filter(None, [more])]))
