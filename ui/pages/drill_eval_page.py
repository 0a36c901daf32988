"""The evaluation of a drill 演练评估: a sheet for each evaluator, the score, and findings."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from db.change import Change
from db.words import t
from dispatch.drillbook.drills import DrillHead, held_drills
from dispatch.drillbook.evaluations import (
    FINDING_NAMES,
    Answer,
    DrillFinding,
    EvalSheet,
    Put,
    Verdict,
    answer,
    answers_of,
    drill_answers,
    findings_of,
    photos_of,
    sheets_of,
)
from dispatch.drillbook.rules import SCORE
from dispatch.drillbook.scoring import grade_words, points_words, score
from dispatch.drillbook.templates import ensure_templates, template
from dispatch.drills.record import read_record
from dispatch.drills.terms import DrillId, Part
from resources.rules import rule_or
from ui.desk import Desk, Tone
from ui.dialogs.drill_eval import (
    AnswerSheet,
    BeginSheet,
    FindingSheet,
    PhotoSheet,
    StrikeFindingSheet,
)
from ui.pages.drill_back import DrillBookPage
from ui.pages.drill_eval_files import EvalFiles
from ui.pages.drill_eval_rows import COLUMNS, score_facts, verdict_words
from ui.rows_model import RowsModel
from ui.theme import Theme
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.panel import Panel
from ui.widgets.table import TableView

SIDE = 384
"""Design pixels of the column at the right."""
TABLES = {"eval_sheet", "eval_answer", "eval_item", "drill_finding", "attachment", "drill",
          "drill_record"}
class DrillEvalPage(DrillBookPage):
    """Y, N and U answer the question at hand and go on; `open(drill id)` shows a drill."""

    key, icon = "drilleval", "list-check"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.drill_box, self.sheet_box = QComboBox(), QComboBox()
        self.drills: list[DrillHead] = []
        self.sheets: list[EvalSheet] = []
        self.findings: list[DrillFinding] = []
        self.wanted: int | None = None
        self.model: RowsModel[Answer] = RowsModel(
            COLUMNS, lambda a: a.item.id,
            lambda a: f"{a.item.code} {a.item.question} {verdict_words(a)}")
        self.table = TableView(theme, self.model, t("Evaluation sheet"))
        self.table.activated_row.connect(lambda _row: self.say_more())
        self.files = EvalFiles(desk, self, lambda: (self.drill, self.sheet_at_hand))
        self.score_panel, self.found_panel = Panel(theme), Panel(theme)
        self.tallies = FactList(theme, t("Score"))
        self.found = FactList(theme, t("Findings"))
        self._build()
        self.reword()

    def title(self) -> str:
        return t("Evaluation of drills")

    def _build(self) -> None:
        self.drill_box.activated.connect(lambda _n: self.show_drill(self.drill_box.currentData()))
        self.sheet_box.activated.connect(lambda _n: self._fill_sheet())
        self.filters.addWidget(self.drill_box, 2)
        self.filters.addWidget(self.sheet_box, 1)
        files = self.files
        acts = self.row_of_verbs((
            ("B", self.begin), ("I", files.bring_in), ("X", files.export),
            ("P", files.print_sheet), ("T", self.edit_templates), ("R", self.report)))
        self.buttons["B"].setProperty("primary", True)
        self.panel.body.addLayout(acts)
        self.panel.body.addWidget(self.table, 1)
        self.panel.body.addWidget(self.totals)
        self.answer_row = self.row_of_verbs((
            ("Y", lambda: self.say(Verdict.YES)), ("N", lambda: self.say(Verdict.NO)),
            ("U", lambda: self.say(Verdict.NA)), ("M", self.say_more)))
        self.panel.body.addLayout(self.answer_row)
        self.found_panel.body.addWidget(self.found, 1)
        self.found_panel.body.addLayout(self.row_of_verbs((
            ("F", self.note_finding), ("O", self.photos), ("S", self.strike))))
        self.found.activated_row.connect(lambda _row: self.photos())
        self.score_panel.body.addWidget(self.tallies)
        self.beside((self.score_panel, self.found_panel), SIDE)

    def verbs(self) -> dict[str, str]:
        return {"B": t("New evaluator"), "I": t("Merge files"), "X": t("Export"), "P": t("Print"),
                "T": t("Templates"), "R": t("page|Report"), "Y": t("eval|Yes"),
                "N": t("eval|No"), "U": t("eval|Not applicable"), "M": t("Reason, remark"),
                "F": t("New finding"), "O": t("paper|Photos"),
                "S": t("verb|Take back")}

    # What is shown

    @property
    def drill(self) -> DrillHead | None:
        number = self.drill_box.currentIndex()
        return self.drills[number] if 0 <= number < len(self.drills) else None

    @property
    def sheet_at_hand(self) -> EvalSheet | None:
        number = self.sheet_box.currentIndex()
        return self.sheets[number] if 0 <= number < len(self.sheets) else None

    def load(self, change: object | None) -> None:
        if isinstance(change, Change) and not change.tables() & TABLES:
            return
        self.reword()
        self.desk.act(lambda: ensure_templates(self.desk.store))
        self.drills = held_drills(self.desk.store)
        self.fill_box(self.drill_box, t("Drill"), [(int(d.id), f"{d.number} {d.title}")
                                                   for d in self.drills])
        if self.wanted is not None:
            wanted, self.wanted = self.wanted, None
            self.choose_in(self.drill_box, wanted)
        of = self.drill
        self.sheets = sheets_of(self.desk.store, of.id) if of else []
        self.fill_box(self.sheet_box, t("sheet|Evaluator"), [
            (int(s.id), " ".join(filter(None, (s.evaluator, s.unit)))) for s in self.sheets])
        self._fill_sheet()
        self._fill_side()

    def _fill_sheet(self) -> None:
        sheet, store = self.sheet_at_hand, self.desk.store
        rows = answers_of(store, sheet.id) if sheet else []
        self.model.replace(rows)
        self.model.reword()
        if rows and self.table.current_row is None:
            self.table.setCurrentIndex(self.model.index(0, 0))
        waiting = sum(a.verdict is Verdict.OPEN for a in rows)
        note = template(store, sheet.template_id).words if sheet else ""
        self.panel.set_title(self.title(), str(len(self.sheets)) if self.sheets else "", note)
        self.totals.setText(self._hint(sheet, waiting))
        self.sheet_box.setVisible(bool(self.sheets))
        for key in ("Y", "N", "U", "M"):
            self.buttons[key].setEnabled(sheet is not None)
        for key in ("B", "X", "P", "I", "F", "R"):
            self.buttons[key].setEnabled(self.drill is not None)

    def _hint(self, sheet: EvalSheet | None, waiting: int) -> str:
        if self.drill is None:
            return t("No drill was held yet. A drill that was begun is evaluated here.")
        if sheet is None:
            return t("Nobody has a sheet of this drill yet. B begins one, I takes in the files of"
                     " several evaluators; X writes a blank sheet to be handed out.")
        return t("{n} questions wait for an answer", n=waiting) if waiting \
            else t("Every question is answered.")

    def _fill_side(self) -> None:
        of, store = self.drill, self.desk.store
        done = score([(s.evaluator, some) for s, some in drill_answers(store, of.id)],
                     rule_or(store, SCORE)) if of else None
        whole = done.whole.score if done else None
        self.score_panel.set_title(t("Score"), points_words(whole),
                                   grade_words(done.grade) if done and done.grade else "")
        self.tallies.set_rows(score_facts(done) if done and self.sheets else [])
        self.findings = findings_of(store, of.id) if of else []
        self.found_panel.set_title(t("Findings"), str(len(self.findings)), "" if self.findings
                                   else t("F notes what was found, with photos."))
        self.found.set_rows([self._finding(f) for f in self.findings])
        for key in ("O", "S"):
            self.buttons[key].setEnabled(bool(self.findings))

    def _finding(self, f: DrillFinding) -> Fact:
        photos = len(photos_of(self.desk.store, f.id))
        note = " · ".join(filter(None, (t(FINDING_NAMES[f.kind]), f.evaluator, t(
            "{n} photos", n=photos) if photos else "")))
        return Fact(str(f.id), f.problem, note)

    def show_drill(self, drill: int) -> None:
        self.wanted = drill
        self.sheet_box.setCurrentIndex(0)
        self.load(None)

    def open(self, what: object) -> None:
        if isinstance(what, int):
            self.show_drill(what)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is done

    def begin(self) -> None:
        if (of := self.drill) is None:
            return
        names = self._planned(of)
        sheet = self.present(lambda host: BeginSheet(
            self.theme, self.desk, host, int(of.id), of.form, names), "evaluator")
        if sheet is not None:
            sheet.done.connect(lambda made: self._choose_sheet(int(str(made))))

    def _planned(self, of: DrillHead) -> list[str]:
        """The evaluators of the scenario who have no sheet yet."""
        if not of.sealed:
            return []
        record = self.desk.act(lambda: read_record(self.desk.store, DrillId(of.id)))
        known = {s.evaluator for s in self.sheets}
        people = record.scenario.of_part(Part.EVALUATOR) if record else ()
        return [p.name for p in people if p.name not in known]

    def _choose_sheet(self, sheet: int) -> None:
        self.sheet_box.setCurrentIndex(max(0, self.sheet_box.findData(sheet)))
        self._fill_sheet()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, verdict: Verdict) -> None:
        """Answer the question at hand and go to the next; a no asks for its reason."""
        a: Answer | None = self.table.current_row
        sheet = self.sheet_at_hand
        if a is None or sheet is None:
            self.desk.told.emit(Tone.REFUSED, t("Choose a question first."))
            return
        if verdict is Verdict.NO and not a.reason:
            self.say_more(verdict)
            return
        put = Put(a.item.id, verdict, a.reason if verdict is Verdict.NO else "", a.remark)
        self.desk.act(lambda: answer(self.desk.store, sheet.id, put, by=self.desk.officer))
        self._next(a)

    def _next(self, a: Answer) -> None:
        row = self.model.find(a.item.id) + 1
        if 0 < row < self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(row, 0))

    def say_more(self, verdict: Verdict | None = None) -> None:
        a: Answer | None = self.table.current_row
        if a is None:
            self.desk.told.emit(Tone.REFUSED, t("Choose a question first."))
            return
        sheet = self.present(lambda host: AnswerSheet(self.theme, self.desk, host, a, verdict),
                             "reason")
        if sheet is not None:
            sheet.done.connect(lambda _made: self._next(a))

    def note_finding(self) -> None:
        if (of := self.drill) is not None:
            name = self.sheet_at_hand.evaluator if self.sheet_at_hand else ""
            self.present(lambda host: FindingSheet(self.theme, self.desk, host, int(of.id), name),
                         "problem")

    @property
    def finding(self) -> DrillFinding | None:
        """The finding at hand; where none is chosen that is said."""
        row: Fact | None = self.found.current_row
        one = next((f for f in self.findings if row and str(f.id) == row.key), None)
        if one is None:
            self.desk.told.emit(Tone.REFUSED, t("Choose a finding first."))
        return one

    def strike(self) -> None:
        if (one := self.finding) is not None:
            self.present(lambda host: StrikeFindingSheet(self.theme, self.desk, host, one),
                         "reason")

    def photos(self) -> None:
        """Enter or O: the photos of the finding at hand, more of them added."""
        if (one := self.finding) is not None:
            self.present(lambda host: PhotoSheet(self.theme, self.desk, host, one))

    def edit_templates(self) -> None:
        sheet = self.sheet_at_hand
        self.go.emit("drilltemplates", int(sheet.template_id) if sheet else None)

    def report(self) -> None:
        self.go.emit("drillreport", int(self.drill.id) if self.drill else None)
