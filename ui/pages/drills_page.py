"""The page Drills 演练: scenarios at the left, drills held and to come at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from db.change import Change
from db.errors import StoreError
from db.words import catalogue, mark, t
from dispatch.drills.exchange import read_scenario, write_scenario
from dispatch.drills.keeping import (
    Drill,
    KeptScenario,
    drills,
    prepare_drill,
    put_scenario,
    retire_scenario,
    scenarios,
)
from dispatch.drills.terms import DRILL_STATE_NAMES, FORM_NAMES, DrillState, ScenarioId
from dispatch.terms import SUBTYPE_NAMES
from resources.localtime import moment_text
from ui.desk import Desk, Tone
from ui.dialogs.drill_give_up import GiveUpSheet
from ui.dialogs.scenario import ScenarioSheet
from ui.dialogs.sheet import Sheet
from ui.page import Page, make_action
from ui.pages.drill_acts import ACTS
from ui.pages.drill_facts import drill_facts, scenario_facts
from ui.pages.giving_out import choose_book, save_as
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.act_button import ActButton
from ui.widgets.fact_list import FactList
from ui.widgets.flow import FlowLayout
from ui.widgets.panel import Panel
from ui.widgets.table import TableView

RIGHT = Qt.AlignmentFlag.AlignRight
TABLES = frozenset({"scenario", "drill", "drill_record"})
SCENARIOS: tuple[Column[KeptScenario], ...] = (
    Column(mark("scenario|Title"), lambda x: x.scenario.title, width=220, stretch=True, bold=True,
           tip=lambda x: x.scenario.title),
    Column(mark("Type of event"), lambda x: t(SUBTYPE_NAMES[x.scenario.subtype]), width=104),
    Column(mark("scenario|Form"), lambda x: t(FORM_NAMES[x.scenario.form]), width=80),
    Column(mark("min"), lambda x: f"{x.scenario.minutes:g}", RIGHT, 52),
    Column(mark("Injects"), lambda x: str(len(x.scenario.injects)), RIGHT, 60),
    Column(mark("column|Held"), lambda x: str(x.drills), RIGHT, 56))
DRILLS: tuple[Column[Drill], ...] = (
    Column(mark("scenario|Number"), lambda x: x.number, width=108, bold=True),
    Column(mark("column|State"), lambda x: t(DRILL_STATE_NAMES[x.state]), width=80),
    Column(mark("head|Time"), lambda x: moment_text(x.started_at or x.created_at, year=True),
           width=132, muted=True),
    Column(mark("scenario|Title"), lambda x: x.title, width=120, stretch=True,
           tip=lambda x: x.title),
    Column(mark("Directed by"), lambda x: x.director, width=84, muted=True))


class DrillsPage(Page):
    """S prepares and opens a drill with the scenario at hand; Enter opens the drill at hand."""

    key = "drills"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk = desk
        self.sheet: Sheet | None = None
        self.choose_target: Callable[[QWidget, str, str], str] = choose_book
        self.choose_source: Callable[[QWidget], str] = choose_scenario
        self.scenario_model: RowsModel[KeptScenario] = RowsModel(
            SCENARIOS, lambda x: x.id, lambda x: x.scenario.title)
        self.drill_model: RowsModel[Drill] = RowsModel(DRILLS, lambda x: x.id, lambda x: x.number)
        self.scenarios = TableView(theme, self.scenario_model, t("Scenarios"))
        self.drills = TableView(theme, self.drill_model, t("page|Drills"))
        self.about_scenario = FactList(theme, t("The scenario at hand"))
        self.about_drill = FactList(theme, t("The drill at hand"))
        self.left, self.right = Panel(theme), Panel(theme)
        self.own_actions = self._make_actions()
        self._build()

    def _make_actions(self) -> dict[str, QAction]:
        verbs: dict[str, Callable[[], object]] = {
            "S": self.prepare, "N": self.add, "E": self.edit, "X": self.export,
            "I": self.take_in, "D": self.retire, "R": self.open_drill, "G": self.give_up}
        own = {key: make_action(self, "", key, verb) for key, verb in verbs.items()}
        for one in ACTS:
            own[one.key] = make_action(self, "", one.key, lambda a=one: a.act(self))
        return own

    def _build(self) -> None:
        own = self.own_actions
        sides = ((self.left, self.scenarios, self.about_scenario, "SNEXID"),
                 (self.right, self.drills, self.about_drill, ["R", "G", *(a.key for a in ACTS)]))
        for panel, table, about, keys in sides:
            panel.body.addWidget(table, 2)
            panel.body.addWidget(about, 3)
            panel.body.addWidget(self._buttons([own[k] for k in keys]))
        self.scenarios.activated_row.connect(lambda _row: self.edit())
        self.drills.activated_row.connect(lambda _row: self.open_drill())
        self.scenarios.chosen_row.connect(lambda _row: self._show_scenario())
        self.drills.chosen_row.connect(lambda _row: self._show_drill())
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        row.addWidget(self.left, 1)
        row.addWidget(self.right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row, 1)

    def _buttons(self, acts: Sequence[QAction]) -> QWidget:
        px, place = self.theme.px, QWidget()
        row = FlowLayout(px(8), place)
        row.setContentsMargins(px(16), px(8), px(16), px(12))
        for n, act in enumerate(acts):
            row.addWidget(ActButton(act, primary=n == 0))
        return place

    def actions_shown(self) -> Sequence[QAction]:
        return tuple(self.own_actions.values())

    # what is shown

    def load(self, change: object | None) -> None:
        if isinstance(change, Change) and not change.tables() & TABLES:
            return
        self._reword()
        self.scenario_model.replace(in_language(scenarios(self.desk.store)))
        self.drill_model.replace(drills(self.desk.store))
        for table, model in ((self.scenarios, self.scenario_model),
                             (self.drills, self.drill_model)):
            if table.current_row is None and model.rows:
                table.setCurrentIndex(model.index(0, 0))
        self.left.set_title(t("Scenarios"), str(len(self.scenario_model.rows)),
                            "" if self.scenario_model.rows else t("N writes the first one"))
        self.right.set_title(t("page|Drills"), str(len(self.drill_model.rows)),
                             "" if self.drill_model.rows else t("S starts one"))
        self._show_scenario()
        self._show_drill()

    def _show_scenario(self) -> None:
        of = self.scenario
        self.about_scenario.set_rows(scenario_facts(of.scenario) if of else [])
        self._enable()

    def _show_drill(self) -> None:
        of = self.drill
        self.about_drill.set_rows(drill_facts(self.desk.store, of) if of else [])
        self._enable()

    def _reword(self) -> None:
        words = {"S": t("Prepare a drill"), "N": t("New scenario"), "E": t("verb|Edit"),
                 "X": t("Save as xlsx"), "I": t("Take an xlsx in"), "D": t("verb|Retire"),
                 "R": t("Open the drill"), "G": t("Give up"),
                 **{one.key: t(one.words) for one in ACTS}}
        for key, said in words.items():
            self.own_actions[key].setText(said)

    def _enable(self) -> None:
        for key in "SEXD":
            self.own_actions[key].setEnabled(self.scenarios.current_row is not None)
        of = self.drill
        self.own_actions["R"].setEnabled(of is not None and of.state is not DrillState.ABANDONED)
        self.own_actions["G"].setEnabled(of is not None and of.state in {
            DrillState.PREPARED, DrillState.RUNNING, DrillState.ENDED})

    @property
    def scenario(self) -> KeptScenario | None:
        """The scenario at hand."""
        row = self.scenarios.current_row
        return row if isinstance(row, KeptScenario) else None

    @property
    def drill(self) -> Drill | None:
        """The drill at hand."""
        row = self.drills.current_row
        return row if isinstance(row, Drill) else None

    # scenarios

    def add(self) -> None:
        self._present(lambda host: ScenarioSheet(self.theme, self.desk, host, None), "title")

    def edit(self) -> None:
        of = self.scenario
        if of is not None:
            self._present(lambda host: ScenarioSheet(self.theme, self.desk, host, of), "title")

    def retire(self) -> None:
        of = self.scenario
        if of is not None:
            self.desk.act(lambda: retire_scenario(self.desk.store, of.id, by=self.desk.officer),
                          t("“{title}” is retired; its drills stay.", title=of.scenario.title))

    def export(self) -> None:
        """X: the scenario at hand as a workbook that can be edited and taken in again."""
        of = self.scenario
        chosen = of and self.choose_target(self, t("Save as xlsx"), f"{of.scenario.code}.xlsx")
        if of and chosen:
            save_as(self.desk, Path(chosen), lambda _store, _progress: write_scenario(of.scenario))

    def take_in(self) -> None:
        """I: a scenario from a workbook; one of the same code is put in its place."""
        chosen = self.choose_source(self)
        if not chosen:
            return
        new = self.desk.act(lambda: self._take_in(Path(chosen)))
        if new is not None:
            self.scenarios.choose(new)

    def _take_in(self, path: Path) -> ScenarioId:
        try:
            of = read_scenario(path.name, path.read_bytes())
        except OSError as error:
            raise StoreError("{path} cannot be read: {why}.", path=path,
                             why=error) from error
        same = next((k.id for k in scenarios(self.desk.store, with_retired=True)
                     if (k.scenario.code, k.scenario.lang) == (of.code, of.lang)), None)
        new = put_scenario(self.desk.store, of, same, by=self.desk.officer)
        self.desk.told.emit(Tone.DONE, t("Scenario {code} is kept: {n} injects.", code=of.code,
                                         n=len(of.injects)))
        return new

    # drills

    def prepare(self) -> None:
        """S: a drill of the scenario at hand, its window opened on the briefing."""
        of = self.scenario
        if of is None:
            return
        made = self.desk.act(lambda: prepare_drill(self.desk.store, of.id, by=self.desk.officer))
        if made is not None:
            self.drills.choose(made.id)
            self.desk.drill_asked.emit(made.id)

    def open_drill(self) -> None:
        """R or Enter: the window of a drill that is not over, else its sealed record."""
        of = self.drill
        if of is None or of.state is DrillState.ABANDONED:
            return
        if of.state is DrillState.SEALED:
            self.go.emit("drill_record", of.id)
        else:
            self.desk.drill_asked.emit(of.id)

    def give_up(self) -> None:
        of = self.drill
        if of is not None:
            self._present(lambda host: GiveUpSheet(self.theme, self.desk, host, of), "reason")

    def _present(self, make: Callable[[QWidget], Sheet], focus: str) -> None:
        if self.sheet is not None:
            self.sheet.leave()
        self.sheet = self.desk.act(lambda: make(self.window()))
        if self.sheet is not None:
            self.sheet.closed.connect(self._on_closed)
            self.sheet.present(focus)

    def _on_closed(self) -> None:
        self.sheet = None
        self.scenarios.setFocus(Qt.FocusReason.OtherFocusReason)


def in_language(found: Sequence[KeptScenario]) -> list[KeptScenario]:
    """Each scenario once: in the language in use where there is such a version."""
    best: dict[str, KeptScenario] = {}
    for one in found:
        known = best.get(one.scenario.code)
        if known is None or one.scenario.lang == catalogue.language:
            best[one.scenario.code] = one
    return list(best.values())


def choose_scenario(parent: QWidget) -> str:
    """The system's open dialog for a workbook; empty when it was given up."""
    return QFileDialog.getOpenFileName(parent, t("Take an xlsx in"), "", "Excel (*.xlsx)")[0]
