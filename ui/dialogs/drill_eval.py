"""Sheets of the evaluation 演练评估: an evaluator, a reason, a finding with photos, a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from db.change import RowId
from db.words import t
from dispatch.drillbook.evaluations import (
    FINDING_NAMES,
    VERDICT_NAMES,
    Answer,
    DrillFinding,
    FindingId,
    FindingKind,
    Put,
    SheetId,
    Verdict,
    add_finding,
    add_photos,
    answer,
    begin_sheet,
    strike_finding,
)
from dispatch.drillbook.templates import (
    Item,
    TemplateId,
    add_item,
    edit_item,
    template,
    templates,
)
from dispatch.drills.terms import Form
from ui.desk import Desk
from ui.dialogs.files import FilesSheet
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice


class BeginSheet(Sheet):
    """A sheet for another evaluator; the template that fits the drill is offered first."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, drill: int, form: Form,
                 names: Sequence[str] = ()) -> None:
        super().__init__(theme, desk, host, t("Begin an evaluation sheet"), width=560,
                         draft=f"eval begin:{drill}", verb=t("verb|Begin"))
        self.drill = drill
        known = sorted(templates(desk.store), key=lambda x: x.form is not form)
        self.grid.choice("template", t("Template"), [Choice(int(x.id), x.words) for x in known],
                         required=True)
        self.grid.wide(10)
        self.grid.line("evaluator", t("sheet|Evaluator"), required=True)
        self.grid.line("unit", t("sheet|Unit"))
        self.grid.line("post", t("Where placed"))
        self.grid.check("leads", t("Head of the evaluation group"))
        if names:
            self.form.fill({"evaluator": names[0]})

    def commit(self) -> int:
        v = self.form.values
        return int(begin_sheet(
            self.desk.store, self.drill, TemplateId(RowId(int(str(v["template"])))),
            str(v["evaluator"]), unit=str(v["unit"]), post=str(v["post"]), leads=bool(v["leads"]),
            by=self.desk.officer))


class AnswerSheet(Sheet):
    """What an evaluator says of one question, with the reason and a remark."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: Answer,
                 verdict: Verdict | None = None) -> None:
        super().__init__(theme, desk, host, of.item.code, width=520,
                         draft=f"eval answer:{of.sheet_id}:{of.item.id}")
        self.of = of
        self.rows.insertWidget(0, self.note(of.item.question))
        self.grid.choice("verdict", t("field|Yes / No"), [
            Choice(v.value, t(VERDICT_NAMES[v])) for v in Verdict])
        self.grid.text("reason", t("field|Reason"), lines=2)
        self.grid.text("remark", t("field|Remark"), lines=2)
        self.form.fill({"verdict": (verdict or of.verdict).value, "reason": of.reason,
                        "remark": of.remark})

    def commit(self) -> int:
        v = self.form.values
        answer(self.desk.store, SheetId(RowId(self.of.sheet_id)), Put(
            self.of.item.id, Verdict(str(v["verdict"])), str(v["reason"]), str(v["remark"])),
            by=self.desk.officer)
        return int(self.of.item.id)


def choose_photos(parent: QWidget) -> Sequence[str]:
    """The system's open dialog; empty when it was given up."""
    return QFileDialog.getOpenFileNames(parent, t("Photos of the finding"))[0]


class FindingSheet(Sheet):
    """What was found, with photos; `choose_photos` is how it asks the machine."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, drill: int,
                 evaluator: str = "") -> None:
        super().__init__(theme, desk, host, t("A finding"), width=520,
                         draft=f"eval finding:{drill}")
        self.drill, self.photos = drill, list[Path]()
        self.choose_photos: Callable[[QWidget], Sequence[str]] = choose_photos
        self.grid.text("problem", t("finding|What was found"), lines=4, required=True)
        self.grid.wide(10)
        self.grid.choice("kind", t("Kind"), [Choice(k.value, t(FINDING_NAMES[k]))
                                             for k in FindingKind])
        self.grid.line("evaluator", t("sheet|Evaluator"))
        self.names: QLabel = self.note(t("No photo chosen (Ctrl+O)"))
        self.rows.addWidget(self.names)
        self.add_button(t("Photos…"), self.ask_photos, "Ctrl+O")
        self.form.fill({"evaluator": evaluator})

    def ask_photos(self) -> None:
        self.photos += [Path(name) for name in self.choose_photos(self)]
        self.names.setText(t("list|, ").join(p.name for p in self.photos)
                           or t("No photo chosen (Ctrl+O)"))

    def commit(self) -> FindingId:
        v = self.form.values
        return add_finding(self.desk.store, self.drill, str(v["problem"]),
                           kind=FindingKind(str(v["kind"])), evaluator=str(v["evaluator"]),
                           photos=self.photos, by=self.desk.officer)


class PhotoSheet(FilesSheet):
    """The photos of a finding: seen, saved, more added; nothing of it goes into the duty log."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: DrillFinding) -> None:
        super().__init__(theme, desk, host, t("Photos of the finding"), of.id)
        self.of = of
        self.rows.insertWidget(0, self.note(of.problem))

    def add(self, files: Sequence[str]) -> None:
        add_photos(self.desk.store, self.of.id, [Path(f) for f in files], by=self.desk.officer)
        self.load()


class StrikeFindingSheet(Sheet):
    """Takes a finding back; it stays with its reason."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: DrillFinding) -> None:
        super().__init__(theme, desk, host, t("Take a finding back"), verb=t("verb|Take back"))
        self.of = of
        self.rows.insertWidget(0, self.note(of.problem))
        self.grid.line("reason", t("Reason"), required=True)

    def commit(self) -> int:
        strike_finding(self.desk.store, self.of.id, str(self.form.values["reason"]),
                       by=self.desk.officer)
        return int(self.of.id)


class QuestionSheet(Sheet):
    """A question of a template, new or to be changed."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of_template: int,
                 of: Item | None = None) -> None:
        title = t("Change {name}", name=of.code) if of else t("A question of {name}", name=template(
            desk.store, of_template).words)
        super().__init__(theme, desk, host, title, width=520,
                         draft=f"eval item:{of.id if of else of_template}")
        self.of, self.template_id = of, TemplateId(RowId(of_template))
        self.grid.wide(5)
        self.grid.line("part", t("field|Part"), required=True).setEnabled(of is None)
        self.grid.wide(10)
        self.grid.line("heading", t("field|Heading"), required=True)
        self.grid.wide(5)
        self.grid.line("weight", t("field|Weight"), required=True)
        self.grid.wide(20)
        self.grid.text("text", t("field|Question"), lines=4, required=True)
        self.form.fill({"weight": "1"} if of is None else {
            "part": of.part, "heading": of.head, "text": of.question, "weight": f"{of.weight:g}"})

    def commit(self) -> int:
        v, store, by = dict(self.form.values), self.desk.store, self.desk.officer
        if self.of is None:
            return int(add_item(store, self.template_id, v, by=by))
        v.pop("part")
        same = {"heading": self.of.head, "text": self.of.question}
        changed = {k: x for k, x in v.items() if x != same.get(k)}
        return int(edit_item(store, self.of.id, changed, by=by))
