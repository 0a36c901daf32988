"""Evaluation templates 评估模板: the questions of each, edited, printed blank, given out blank."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from db.change import Change
from db.words import mark, t
from dispatch.drillbook.eval_papers import blank_eval
from dispatch.drillbook.sheet_exchange import BlankHead, sheet_book
from dispatch.drillbook.templates import (
    Item,
    Template,
    edit_item,
    ensure_templates,
    items,
    retire_item,
    templates,
)
from dispatch.printouts.drill_eval_sheet import eval_sheet
from ui.desk import Desk, Tone
from ui.dialogs.drill_eval import QuestionSheet
from ui.pages.drill_back import DrillBookPage
from ui.pages.giving_out import preview, save_list
from ui.rows_model import Column
from ui.theme import Theme
from ui.widgets.edit_table import EditColumn, EditModel, EditTable

RIGHT = Qt.AlignmentFlag.AlignRight
COLUMNS: tuple[Column[Item], ...] = (
    Column(mark("field|No."), lambda x: x.code, width=84, bold=True),
    EditColumn(mark("field|Heading"), lambda x: x.head, width=200, name="heading",
               typed=lambda x: x.head),
    EditColumn(mark("field|Question"), lambda x: x.question, width=420, stretch=True, name="text",
               typed=lambda x: x.question, tip=lambda x: x.question),
    EditColumn(mark("field|Weight"), lambda x: f"{x.weight:g}", RIGHT, 84, name="weight",
               typed=lambda x: f"{x.weight:g}"),
    Column(mark("eval|Basis"), lambda x: t("to be checked") if x.uncertain else "", width=110,
           muted=True))


class DrillTemplatesPage(DrillBookPage):
    """Enter edits a cell; `open(template id)` shows one."""

    key, icon = "drilltemplates", "clipboard-list"
    home = "drilleval"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.box, self.templates = QComboBox(), list[Template]()
        self.model: EditModel[Item] = EditModel(COLUMNS, lambda x: x.code,
                                                lambda x: f"{x.code} {x.question}")
        self.model.written.connect(self._on_written)
        self.table = EditTable(theme, self.model, t("Templates"))
        self.box.activated.connect(lambda _n: self.load(None))
        self.filters.addWidget(self.box, 1)
        self.add_verb("N", self.add, primary=True)
        for key, act in (("E", self.edit), ("Del", self.retire), ("X", self.export),
                         ("P", self.print_blank)):
            self.add_verb(key, act)
        self.panel.body.addWidget(self.table, 1)
        self.panel.body.addWidget(self.totals)
        self.reword()

    def title(self) -> str:
        return t("Templates")

    def verbs(self) -> dict[str, str]:
        return {"N": t("Add a question"), "E": t("verb|Edit"), "Del": t("Remove"),
                "X": t("Blank sheet as xlsx"), "P": t("Print blank")}

    @property
    def template(self) -> Template | None:
        number = self.box.currentIndex()
        return self.templates[number] if 0 <= number < len(self.templates) else None

    def load(self, change: object | None) -> None:
        if isinstance(change, Change) and not change.tables() & {"eval_item", "eval_template"}:
            return
        self.reword()
        self.desk.act(lambda: ensure_templates(self.desk.store))
        self.templates = templates(self.desk.store)
        self.fill_box(self.box, t("Template"), [(int(x.id), x.words) for x in self.templates])
        of = self.template
        rows = items(self.desk.store, of.id) if of else []
        self.model.replace(rows)
        self.model.reword()
        if rows and self.table.current_row is None:
            self.table.setCurrentIndex(self.model.index(0, 1))
        self.panel.set_title(of.words if of else self.title(), str(len(rows)))
        unsure = sum(x.uncertain for x in rows)
        self.totals.setText(t(
            "Questions are in our own words after the headings of the standard. {n} headings could"
            " not be compared with its text: check them and change what differs. What was answered"
            " already stays as it was asked.", n=unsure))
        for key, button in self.buttons.items():
            button.setEnabled(of is not None or key == "N")

    def open(self, what: object) -> None:
        self.load(None)
        if isinstance(what, int):
            self.box.setCurrentIndex(max(0, self.box.findData(what)))
            self.load(None)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_written(self, x: Item, name: str, text: str) -> None:
        self.desk.act(lambda: edit_item(self.desk.store, x.id, {name: text},
                                        by=self.desk.officer))

    def add(self) -> None:
        if (of := self.template) is not None:
            self.present(lambda host: QuestionSheet(self.theme, self.desk, host, int(of.id)),
                         "part")

    def edit(self) -> None:
        x: Item | None = self.table.current_row
        if x is not None:
            self.present(lambda host: QuestionSheet(self.theme, self.desk, host,
                                                    int(x.template_id), x), "text")

    def retire(self) -> None:
        x: Item | None = self.table.current_row
        if x is None:
            self.desk.told.emit(Tone.REFUSED, t("Choose a question first."))
            return
        self.desk.act(lambda: retire_item(self.desk.store, x.id, by=self.desk.officer),
                      t("{name} is asked no more.", name=x.code))

    def export(self) -> None:
        if (of := self.template) is not None:
            rows = items(self.desk.store, of.id)
            save_list(self, self.desk, of.words, self.choose_file, lambda _store: sheet_book(
                BlankHead("", f"{of.words} ({of.code})"), rows))

    def print_blank(self) -> None:
        if (of := self.template) is not None:
            preview(self, self.desk, t("Evaluation sheet"), of.code,
                    lambda: eval_sheet(blank_eval(self.desk.store, of.id)))
