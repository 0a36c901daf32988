"""The report of a drill 演练报告: planned and actual, intervals, injects, score, what to mend."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QScrollArea, QStackedWidget, QWidget

from db.change import Change
from db.words import mark, t
from dispatch.drillbook.actions import Action, reopen_action
from dispatch.drillbook.actions import action as action_of
from dispatch.drillbook.drills import DrillHead, held_drills
from dispatch.drillbook.report import DrillReport, drill_report
from dispatch.drillbook.report_papers import drill_report_paper, report_facts
from dispatch.printouts.drill_report_sheet import DrillReportFacts, drill_report_sheet
from dispatch.printouts.formats import sheet_bytes
from ui.desk import Desk, Tone
from ui.dialogs.drill_action import ActionSheet, CloseActionSheet, WordsSheet
from ui.pages.drill_back import DrillBookPage
from ui.pages.drill_eval_rows import score_facts
from ui.pages.giving_out import save_list
from ui.pages.rendering import render_sheet
from ui.photos import read_photos
from ui.places import fonts_folder
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.against import AgainstChart
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.panel import Filter, Panel
from ui.widgets.table import TableView

RIGHT, SIDE, LOW_ROW = Qt.AlignmentFlag.AlignRight, 384, 32
TABLES = {"drill", "drill_record", "eval_sheet", "eval_answer", "drill_finding", "drill_action",
          "drill_words", "attachment", "rule"}
Cells = tuple[str, ...]
"""One row of any table of the page: its key, then the texts of its columns."""
INJECTS = (mark("paper|No."), mark("paper|Planned T+"), mark("paper|Actual T+"), mark("paper|Off"),
           mark("paper|Content and expected action"), mark("paper|To"), mark("paper|Result"))
MEASURES = (mark("paper|Kind"), mark("paper|Measure"), mark("paper|From and to"),
            mark("paper|Actual"), mark("paper|Standard"), mark("paper|Basis"),
            mark("paper|Result"))
ACTIONS = (mark("paper|Problem"), mark("paper|Measure to improve"), mark("paper|Responsible"),
           mark("paper|Deadline"), mark("paper|Closed"))
WIDTHS = {INJECTS: (52, 108, 92, 72, 300, 120, 120), MEASURES: (92, 240, 170, 84, 84, 150, 110),
          ACTIONS: (220, 220, 190, 104, 160)}
STRETCH = {INJECTS: 4, MEASURES: 1, ACTIONS: 1}
NUMBERS = {INJECTS: {3}, MEASURES: {3, 4}, ACTIONS: set[int]()}


class LowTable(TableView):
    """Rows of 32 px, as a report has many."""

    def restyle(self) -> None:
        super().restyle()
        self.verticalHeader().setDefaultSectionSize(self.theme.px(LOW_ROW))


class DrillReportPage(DrillBookPage):
    """1 to 4 turn between chart, intervals, injects and actions; `open(drill id)` shows one."""

    key, icon = "drillreport", "file-text"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.box, self.drills = QComboBox(), list[DrillHead]()
        self.report: DrillReport | None = None
        self.wanted: int | None = None
        self.views, self.chart = QStackedWidget(), AgainstChart(theme)
        self.measures, self.injects = self._table(MEASURES), self._table(INJECTS)
        self.mending = self._table(ACTIONS)
        self.facts_panel, self.facts = Panel(theme), FactList(theme, t("page|Report"))
        self._build()
        self.reword()

    def title(self) -> str:
        return t("Report of a drill")

    def _table(self, heads: tuple[str, ...]) -> TableView:
        def column(n: int) -> Column[Cells]:
            return Column(heads[n], lambda r: r[n + 1], RIGHT if n in NUMBERS[heads]
                          else Qt.AlignmentFlag.AlignLeft, WIDTHS[heads][n],
                          stretch=n == STRETCH[heads], bold=n == STRETCH[heads],
                          tip=lambda r: r[n + 1])

        model: RowsModel[Cells] = RowsModel([column(n) for n in range(len(heads))],
                                            lambda r: r[0], " ".join)
        return LowTable(self.theme, model, t(heads[STRETCH[heads]]))

    def _build(self) -> None:
        self.box.activated.connect(lambda _n: self.load(None))
        self.filters.addWidget(self.box, 1)
        self.add_verb("P", self.print_report, primary=True)
        for key, act in (("X", self.export), ("W", self.write), ("V", self.evaluate),
                         ("K", self.compare)):
            self.add_verb(key, act)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.chart)
        scroll.viewport().setAutoFillBackground(False)
        self.chart.setAutoFillBackground(False)
        scroll.setAccessibleName(t("paper|Planned against actual"))
        for view in (scroll, self.measures, self.injects, self.mending):
            self.views.addWidget(view)
        self.panel.filtered.connect(lambda key: self.turn_to(int(key)))
        self.panel.body.addWidget(self.views, 1)
        self.panel.body.addWidget(self.totals)
        self.panel.body.addLayout(self.row_of_verbs((
            ("A", self.add_action), ("E", self.edit_action), ("C", self.close_action))))
        self.facts_panel.body.addWidget(self.facts)
        self.beside((self.facts_panel,), SIDE)
        for number in range(4):
            self.add_hidden(str(number + 1), partial(self.turn_to, number))

    def verbs(self) -> dict[str, str]:
        return {"P": t("Print"), "X": t("Save as xlsx"), "W": t("Words"),
                "V": t("verb|Evaluate"), "K": t("verb|Compare"), "A": t("New action"),
                "E": t("Change the action"), "C": t("Close or reopen"), "1": t("report|Chart"),
                "2": t("report|Intervals"), "3": t("report|Injects"), "4": t("report|Actions")}

    # What is shown

    @property
    def drill(self) -> DrillHead | None:
        number = self.box.currentIndex()
        return self.drills[number] if 0 <= number < len(self.drills) else None

    def load(self, change: object | None) -> None:
        if isinstance(change, Change) and not change.tables() & TABLES:
            return
        self.reword()
        store = self.desk.store
        self.drills = held_drills(store, sealed=True)
        self.fill_box(self.box, t("Drill"), [(int(d.id), f"{d.number} {d.title}")
                                             for d in self.drills])
        if self.wanted is not None:
            wanted, self.wanted = self.wanted, None
            self.choose_in(self.box, wanted)
        of = self.drill
        self.report = self.desk.act(lambda: drill_report(store, of.id)) if of else None
        for key, button in self.buttons.items():
            button.setEnabled(self.report is not None or key == "K")
        self._show(report_facts(store, self.report) if self.report else None)

    def _show(self, facts: DrillReportFacts | None) -> None:
        shown = self.views.currentIndex()
        self.panel.set_filters([Filter(str(n), words) for n, words in enumerate((
            t("report|Chart"), t("report|Intervals"), t("report|Injects"),
            t("report|Actions")))], str(shown))
        self.panel.set_title(t("Report of a drill"), facts.number if facts else "",
                             facts.title if facts else "")
        if facts is None:
            self.totals.setText(t("No drill has a sealed record yet. A drill that was ended and"
                                  " sealed has its report here."))
            self.facts.set_rows([])
            return
        self.chart.show_facts(facts.chart)
        self._fill(self.measures, [(f"{n}", m.group, m.name, m.between, m.actual, m.norm, m.basis,
                                    m.outcome) for n, m in enumerate(facts.measures)])
        self._fill(self.injects, [(f"{n}", i.no, i.planned, i.actual, i.deviation, i.content,
                                   i.to, i.result) for n, i in enumerate(facts.injects)])
        of = self.report.actions if self.report else ()
        self._fill(self.mending, [(str(a.id), *row)
                                  for a, row in zip(of, facts.actions, strict=True)])
        self.totals.setText(facts.met)
        self.facts.set_rows(self._facts(facts))
        self.facts_panel.set_title(t("paper|Outline of the drill"), "", facts.score)

    def _fill(self, table: TableView, rows: list[Cells]) -> None:
        model = table.rows_model
        if isinstance(model, RowsModel):
            model.replace(rows)
            model.reword()
        if rows and table.current_row is None:
            table.setCurrentIndex(model.index(0, 0))

    def _facts(self, facts: DrillReportFacts) -> list[Fact]:
        """Outline, score, findings and words, one below the other."""
        rows = [Fact(f"f {n}", words, label) for n, (label, words) in enumerate(facts.head)
                if words]
        rows.append(Fact("head score", t("paper|Evaluation and score"), right=facts.score,
                         head=True))
        if self.report is not None:
            rows += score_facts(self.report.score)
        rows.append(Fact("head found", t("paper|Problems found"), right=str(len(facts.findings)),
                         head=True))
        rows += [Fact(f"p {n}", row[1], f"{row[0]} · {row[2]}")
                 for n, row in enumerate(facts.findings)]
        for key, head, words in (("l", t("paper|Experience and lessons"), facts.lessons),
                                 ("a", t("paper|Advice for emergency work"), facts.advice)):
            rows.append(Fact(f"head {key}", head, head=True))
            rows += [Fact(f"{key} {n}", line) for n, line in enumerate(words.split("\n")) if line]
        return rows

    def turn_to(self, number: int) -> None:
        """Show the chart (0), the intervals, the injects or the actions."""
        self.views.setCurrentIndex(number)
        self.load(None)
        self._focus()

    def _focus(self) -> None:
        shown = self.views.currentWidget()
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, what: object) -> None:
        words = str(what)
        if isinstance(what, int):
            self.wanted = what
        elif words.startswith("drillaction:"):
            number = int(words.partition(":")[2])
            self.wanted = int(action_of(self.desk.store, number).drill_id)
            self.views.setCurrentIndex(3)
        self.load(None)
        if words.startswith("drillaction:"):
            self.mending.choose(words.partition(":")[2])
        self._focus()

    # What is done

    def print_report(self) -> None:
        facts = self._registered()
        if facts is not None:
            render_sheet(self.desk, lambda progress: drill_report_sheet(
                         facts, read_photos(facts.photos, progress)),
                         f"{facts.number} {facts.title}", f"drill-{facts.number}",
                         lambda paper: self.go.emit("preview", paper),
                         back_to=self.key, code=facts.code)

    def export(self) -> None:
        facts = self._registered()
        if facts is not None:
            save_list(self, self.desk, f"drill-{facts.number}", self.choose_file,
                      lambda _store: sheet_bytes(drill_report_sheet(facts), ".xlsx",
                                                 fonts_folder()))

    def _registered(self) -> DrillReportFacts | None:
        """What the report says, under its code."""
        of = self.drill
        return None if of is None else self.desk.act(
            lambda: drill_report_paper(self.desk.store, of.id, by=self.desk.officer))

    def write(self) -> None:
        if (of := self.drill) is not None:
            self.present(lambda host: WordsSheet(self.theme, self.desk, host, int(of.id)),
                         "lessons")

    @property
    def action_at_hand(self) -> Action | None:
        """The chosen action; the actions come into view when none is."""
        row: Cells | None = self.mending.current_row
        found = next((a for a in (self.report.actions if self.report else ())
                      if row and str(a.id) == row[0]), None)
        if found is None:
            self.desk.told.emit(Tone.REFUSED, t("Choose a corrective action first."))
        if self.views.currentIndex() != 3:
            self.turn_to(3)
        return found

    def add_action(self) -> None:
        if (of := self.drill) is not None:
            known = {a.problem for a in self.report.actions} if self.report else set[str]()
            problem = next((f.problem for f in (self.report.findings if self.report else ())
                            if f.problem not in known), "")
            self.views.setCurrentIndex(3)
            self.present(lambda host: ActionSheet(self.theme, self.desk, host, int(of.id),
                                                  problem=problem), "measure")

    def edit_action(self) -> None:
        if (a := self.action_at_hand) is not None:
            self.present(lambda host: ActionSheet(self.theme, self.desk, host, int(a.drill_id), a),
                         "measure")

    def close_action(self) -> None:
        """Close the action at hand, or open a closed one again."""
        a = self.action_at_hand
        if a is not None and a.closed_on is not None:
            self.desk.act(lambda: reopen_action(self.desk.store, a.id, by=self.desk.officer),
                          t("The action is open again."))
        elif a is not None:
            self.present(lambda host: CloseActionSheet(self.theme, self.desk, host, a), "result")

    def evaluate(self) -> None:
        self.go.emit("drilleval", int(self.drill.id) if self.drill else None)

    def compare(self) -> None:
        self.go.emit("drillcompare", int(self.drill.id) if self.drill else None)
