"""Files of the evaluation 评估表文件: a sheet out as xlsx or on paper, several evaluators' in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from db.words import t
from dispatch.drillbook.drills import DrillHead
from dispatch.drillbook.eval_papers import blank_eval, blank_head, filled_eval
from dispatch.drillbook.evaluations import EvalSheet, answers_of
from dispatch.drillbook.sheet_exchange import merge_sheets, read_sheet, sheet_book
from dispatch.drillbook.templates import Template, items, template, templates
from dispatch.printouts.drill_eval_sheet import eval_sheet
from ui.desk import Desk, Tone
from ui.pages.drill_back import DrillBookPage, file_title, read_file
from ui.pages.giving_out import preview, save_list

AtHand = Callable[[], tuple[DrillHead | None, EvalSheet | None]]


class EvalFiles:
    """Works on the drill and the evaluator's sheet at hand."""

    def __init__(self, desk: Desk, page: DrillBookPage, at_hand: AtHand) -> None:
        self.desk, self.page, self.at_hand = desk, page, at_hand

    def _fitting(self, of: DrillHead, sheet: EvalSheet | None) -> Template:
        """The template of the sheet, else the first for drills of this form."""
        if sheet is not None:
            return template(self.desk.store, sheet.template_id)
        return next(x for x in templates(self.desk.store) if x.form is of.form)

    def export(self) -> None:
        """The sheet at hand, or a blank one of the fitting template, as xlsx."""
        of, sheet = self.at_hand()
        if of is None:
            return
        store, form = self.desk.store, self._fitting(of, sheet)
        rows = answers_of(store, sheet.id) if sheet else items(store, form.id)
        head = blank_head(store, form, int(of.id), sheet)
        name = t("Evaluation sheet {number} {name}", number=of.number,
                 name=sheet.evaluator if sheet else "").strip()
        save_list(self.page, self.desk, name, self.page.choose_file, lambda _store: sheet_book(
            head, rows))

    def bring_in(self) -> None:
        """Merge the files of several evaluators; all of them or none."""
        of, store = self.at_hand()[0], self.desk.store
        paths = [Path(n) for n in self.page.choose_files(
            self.page, file_title(t("Evaluation sheets")))]
        if of is None or not paths:
            return
        done = self.desk.act(lambda: merge_sheets(store, of.id, [
            read_sheet(store, of.id, p.name, read_file(p)) for p in paths], by=self.desk.officer))
        if done is not None:
            self.desk.told.emit(Tone.DONE, t("{n} sheets merged", n=len(done)))

    def print_sheet(self) -> None:
        """The sheet at hand; without one the blank form."""
        of, sheet = self.at_hand()
        if of is None:
            return
        store, form = self.desk.store, self._fitting(of, sheet)
        name = f"{of.number} {sheet.evaluator if sheet else ''}".strip()
        preview(self.page, self.desk, t("Evaluation sheet"), f"eval {name}", lambda: eval_sheet(
            filled_eval(store, sheet.id) if sheet else blank_eval(store, form.id, int(of.id))))
