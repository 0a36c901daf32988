"""The import page 导入: a file is matched, looked at, corrected, and taken in as one change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QWidget,
)

from db.change import Change
from db.words import t
from resources.exchange.books import Book
from resources.exchange.drafts import Draft, Wishes
from resources.exchange.export import export
from resources.exchange.tables import KINDS, kind_of
from resources.exchange.undo import PastImport, imports
from resources.exchange.verbs import Act, Imported, OnDuplicate, summary
from resources.exchange.writing import form_of, write_template
from resources.listing import Asked
from resources.records import Library
from ui.desk import Desk, Tone
from ui.pages.file_page import FilePage
from ui.pages.giving_out import save_as, write_list
from ui.pages.import_choices import ImportChoices
from ui.pages.import_tables import (
    FileColumn,
    duplicate_columns,
    file_columns,
    matching_columns,
    past_columns,
    problem_columns,
    row_columns,
)
from ui.pages.import_work import ImportWork
from ui.pages.library_out import choose_table, export_list
from ui.theme import Theme

NEXT = {OnDuplicate.SKIP: OnDuplicate.UPDATE, OnDuplicate.UPDATE: OnDuplicate.NEW,
        OnDuplicate.NEW: OnDuplicate.SKIP}


def choose_tables(parent: QWidget) -> list[str]:
    """The system's dialog for files to read; empty when it was given up."""
    kinds = f"{t('Tables')} (*.xlsx *.csv *.txt)"
    return QFileDialog.getOpenFileNames(parent, t("import|Files to import"), "", kinds)[0]


class ImportPage(FilePage):
    """`open(kind)` chooses the kind, `open((kind, files))` takes files in as well.

    `choose_files` asks the machine what to read, `choose_target` where to write.
    """

    key = "import"
    TABS = ("rows", "problems", "duplicates", "past")

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.choose_files: Callable[[QWidget], list[str]] = choose_tables
        self.choose_target: Callable[[QWidget, str, str], str] = choose_table
        self.made: Draft | None = None
        self.wishes = Wishes(kind=kind_of("supply"))
        self.work = ImportWork(desk, self)
        self.work.ended.connect(self._on_ended)
        self.work.begun.connect(self.tell)
        self.choices = ImportChoices(theme)
        self.choices.chosen.connect(self._on_chosen)
        self.make_tables(matching_columns(self.wishes.kind), _identity)
        self._build()
        self.reword()

    @property
    def taking(self) -> bool:
        return self.work.busy

    def title(self) -> str:
        return t("page|Import")

    # Putting together

    def _build(self) -> None:
        self.tables["problems"].activated_row.connect(self._show_problem)
        self.tables["duplicates"].activated_row.connect(self._decide)
        self.filters.addStretch(1)
        for key, act in (("T", self.save_template), ("X", self.export), ("Z", self.undo),
                         ("O", self.choose)):
            self.add_verb(key, act)
        self.add_verb("I", self.take_in, primary=True)
        self.stand()
        self.add_key("C", self.work.cancel)
        self.panel.body.addWidget(self.choices)

    def verbs(self) -> dict[str, str]:
        return {"O": t("import|Open files"), "I": t("import|Import"), "Z": t("import|Take back"),
                "T": t("import|Blank template"), "X": t("Export"), "C": t("Cancel"),
                **{str(n): self.tab_words(name) for n, name in enumerate(self.TABS, 1)}}

    def tab_words(self, name: str) -> str:
        return {"rows": t("import|Rows"), "problems": t("import|Problems"),
                "duplicates": t("import|Duplicates"), "past": t("import|Past imports")}[name]

    def reword(self) -> None:
        """Say everything in the language in use."""
        super().reword()
        self.choices.reword()
        self.empty.setText(t("Drop xlsx or csv files here, or press O.\n\nThe columns are matched"
                             " by themselves and can be corrected; every row, problem and"
                             " duplicate is shown before anything is written.\n\nT gives a blank"
                             " template to hand out to towns and teams."))

    # What is shown

    def load(self, change: object | None) -> None:
        """Read the past imports; after a change also what the file would do now."""
        if isinstance(change, Change):
            if (self.made is not None and not self.work.busy
                    and self.wishes.kind.table in change.tables()):
                self.redraft()
            if not change.verb.startswith(("import.", "undo.import.")):
                return
        self.reword()
        self.models["past"].show(past_columns(), imports(self.desk.store))
        self.tables["past"].restyle()
        self._show()

    def open(self, what: object) -> None:
        kind, files = what if isinstance(what, tuple) else (what, ())
        if kind in KINDS:
            self._choose_kind(str(kind))
        if files:
            self.take_files([Path(one) for one in files])

    def _show(self) -> None:
        """The draft as it is now, in all its parts."""
        self.choices.show_draft(self.book, self.wishes, self.made, free=not self.work.writing)
        made = self.made
        found = made.found if made else None
        steps = found.steps if found else ()
        problems = found.problems if found else ()
        twins = found.duplicates if found else ()
        self.match_model.columns = matching_columns(self.wishes.kind)
        self.match_model.replace(file_columns(made) if made else [])
        self.models["rows"].show(row_columns(made) if made else (), steps)
        self.models["problems"].show(problem_columns(), problems)
        self.models["duplicates"].show(
            duplicate_columns(self.desk.store, made) if made else (), twins)
        for table in (self.matching, *self.tables.values()):
            table.restyle()
        for n, (name, count) in enumerate(zip(self.TABS, (
                len(steps), len(problems), len(twins), len(self.models["past"].rows)),
                strict=True)):
            self.tabs.setTabText(n, f"{n + 1}  {self.tab_words(name)} {count:,}")
        self.tell()

    def tell(self) -> None:
        """What stands, what is missing, and which keys can be used now."""
        listed = self.tab == "past" or (self.made is not None and self.made.found is not None)
        self.stack.setCurrentWidget(self.tables[self.tab] if listed else self.empty)
        self.side.setVisible(self.made is not None)
        made, found = self.made, self.made.found if self.made else None
        self.panel.set_title(self.title(), self.book.name if self.book else "", self._state())
        if made is not None and found is not None:
            stops = len(found.stopping)
            warns = len(found.problems) - stops
            self.totals.setText(" · ".join([
                t("{n} rows: {added} new, {updated} to update, {skipped} to skip",
                  n=len(found.steps), added=found.count(Act.ADD),
                  updated=found.count(Act.UPDATE), skipped=found.count(Act.SKIP)),
                t("{n} cells stop it", n=stops) if stops else t("Nothing stops it. I imports."),
                *([t("{n} cells to look at again", n=warns)] if warns else []),
                *([t("{n} empty rows were left out", n=made.match.sheet.empty)]
                  if made.match.sheet.empty else [])]))
        else:
            self.totals.setText(self._hint())
        ready = not self.work.busy
        for key, there in (("I", bool(found)), ("O", True), ("Z", bool(self.models["past"].rows)),
                           ("T", True), ("X", True)):
            self.buttons[key].setEnabled(there and ready)
            self.own_actions[key].setEnabled(there and ready)
        self.own_actions["C"].setEnabled(self.work.busy)
        self.actions_changed.emit()

    def _state(self) -> str:
        if self.trouble:
            return self.trouble
        if self.made is not None and self.made.lacking:
            return t("No column gives what is needed: {columns}. Choose it at the left.",
                     columns=t("list|, ").join(f.heading for f in self.made.lacking))
        if self.made is not None and self.made.asks_crs:
            return t("Say in which system its coordinates came.")
        return "" if self.book else t("Nothing is written before you have seen it.")

    def _hint(self) -> str:
        if self.tab == "past":
            return t("Z takes back the import at hand, while nobody has touched its rows.")
        return "" if self.made is None else t("import|Nothing is read yet.")

    # Files

    def choose(self) -> None:
        """O: the machine's own dialog."""
        if files := self.choose_files(self):
            self.take_files([Path(one) for one in files])

    def take_files(self, files: Sequence[Path]) -> None:
        """Put files into the list and read the first of them."""
        if files:
            self.choices.add_files(files)
            self.read()

    def read(self) -> None:
        """Read the file at hand in the background."""
        self._forget()
        path = self.choices.value("file")
        if path is None:
            self._show()
        else:
            self.work.read(Path(path), self._on_read)

    def _forget(self) -> None:
        """Nothing is read; what was goes bit by bit."""
        self._put(None)
        self.book = None
        self.trouble = ""
        self.wishes = Wishes(kind=self.wishes.kind, on_duplicate=self.wishes.on_duplicate)

    def _on_read(self, book: Book) -> None:
        self.book = book
        self.redraft()

    # Corrections

    def redraft(self) -> None:
        """Work out anew what the file would do."""
        if self.book is None:
            self._show()
        else:
            self.trouble = ""
            self.work.draft(self.book, self.wishes, self.made, self._on_drafted)

    def _put(self, made: Draft | None) -> None:
        """Another draft in the place of the one there is, which no list shows any more."""
        before, self.made = self.made, None
        for model in (self.models["rows"], self.models["duplicates"]):
            model.show((), ())
        self.made = made
        same = made is not None and before is not None and made.reading is before.reading
        if before is not None and not same:
            self.work.let_go(before, book=made is None)

    def _on_drafted(self, made: Draft) -> None:
        self._put(made)
        if made.found is not None and made.found.stopping:
            self.tabs.setCurrentIndex(self.TABS.index("problems"))
        elif self.tab in ("past", "problems"):
            self.tabs.setCurrentIndex(self.TABS.index("rows"))
        self._show()

    def _on_chosen(self, name: str) -> None:
        """A box was set; what follows from it is worked out anew."""
        value = self.choices.value(name)
        if name == "file":
            self.read()
        elif name == "kind":
            self._choose_kind(str(value))
        else:
            sheet = self.made.match.sheet.name if self.made else ""
            changes: dict[str, dict[str, Any]] = {
                "sheet": {"sheet": value, "header": 0}, "crs": {"crs": value},
                "header": {"sheet": sheet, "header": value}, "duplicate": {"on_duplicate": value}}
            self.wishes = replace(self.wishes, **changes[name])
            self.redraft()

    def _choose_kind(self, name: str) -> None:
        if name != self.wishes.kind.name:
            self.wishes = Wishes(kind=kind_of(name), on_duplicate=self.wishes.on_duplicate)
            self._put(None)
            self.redraft()

    def on_matched(self, row: FileColumn, _name: str, field: str) -> None:
        """A column was given another field; whoever had that field loses it."""
        chosen = dict(self.wishes.columns)
        if field and self.made is not None:
            for place, taken in self.made.match.columns.items():
                if taken == field:
                    chosen[self.made.match.headings[place]] = ""
        chosen[row.heading] = field
        self.wishes = replace(self.wishes, columns=chosen)
        self.redraft()

    def _decide(self, step: Any) -> None:
        """Enter on a duplicate: skip, update, new in turn, for this row alone."""
        wishes = self.wishes
        now = wishes.each.get(step.line.row, wishes.on_duplicate)
        self.wishes = replace(wishes, each={**wishes.each, step.line.row: NEXT[now]})
        self.redraft()

    def _show_problem(self, problem: Any) -> None:
        """Enter on a problem: its row as it was read."""
        self.show_tab("rows")
        self.tables["rows"].choose(problem.row)

    # Taking in and back

    def take_in(self) -> None:
        """I: write the file as one change, beside the window."""
        desk, made = self.desk, self.made
        if made is None or made.found is None:
            return
        if made.found.stopping:
            self.show_tab("problems")
            desk.told.emit(Tone.REFUSED, t("{n} cells stop it. Correct the file, or leave their"
                                           " column out.", n=len(made.found.stopping)))
        elif made.asks_crs:
            self.choices.boxes["crs"].setFocus(Qt.FocusReason.OtherFocusReason)
            desk.told.emit(Tone.REFUSED, t("Say in which system its coordinates came."))
        else:
            self.work.take_in(made, self._on_taken_in)

    def _on_taken_in(self, done: Imported) -> None:
        more = self.choices.drop_file()
        self._forget()
        words = summary(done)
        self.desk.told.emit(Tone.DONE, f"{words} {t('Z takes it back.')}" if done.change else words)
        self.load(None)
        if more:
            self.read()
        else:
            self.show_tab("past")
            self.tables["past"].selectRow(0)

    def undo(self) -> None:
        """Z: take back the import at hand among the past ones, else the latest."""
        rows = [p for p in self.models["past"].rows if not p.undone]
        at_hand = self.tables["past"].current_row if self.tab == "past" else None
        wanted: PastImport | None = at_hand or (rows[0] if rows else None)
        if wanted is None:
            self.desk.told.emit(Tone.REFUSED, t("There is no import to take back."))
        else:
            change = wanted.change
            self.work.take_back(change, lambda rows: self._on_taken_back(change, rows))

    def _on_taken_back(self, change: int, rows: int) -> None:
        self.desk.told.emit(Tone.DONE, t("Import {change} was taken back: {n} rows.",
                                         change=change, n=rows))
        self.load(None)

    def _on_ended(self, why: str) -> None:
        """Work was stopped or refused; what it said stays in view."""
        self.trouble = why
        self._show()

    # Out

    def save_template(self) -> None:
        """T: a blank workbook of this kind to hand out."""
        kind = self.wishes.kind
        name = t("Template {kind}", kind=t(kind.label))
        if file := self.choose_target(self, t("import|Blank template"), f"{name}.xlsx"):
            self.desk.act(lambda: write_list(Path(file), write_template(kind)),
                          t("Blank template written to {file}.", file=Path(file).name))

    def export(self) -> None:
        """X: the whole library in the template's columns."""
        kind = self.wishes.kind
        file = self.choose_target(self, t("Export"),
                                  self.desk.file_name(f"{t(kind.label)}.xlsx"))
        if file and str(kind.name) in {str(one) for one in Library}:
            export_list(self.desk, Library(kind.name), Asked(), Path(file))
        elif file:
            path = Path(file)
            save_as(self.desk, path, lambda store, _progress: export(store, kind, form_of(path)))

    def restyle(self) -> None:
        self.reword()
        super().restyle()


def _identity(name: str) -> Callable[[Any], Any]:
    if name == "problems":
        return lambda p: (p.row, p.column)
    if name == "past":
        return lambda p: p.change
    return lambda s: s.line.row
