"""The past page 历史事件导入: another system's record is matched, looked at, and taken in whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QWidget,
)

from db.change import Change
from db.files import read_whole
from db.words import mark, t
from dispatch.past.columns import KIND
from dispatch.past.plan import PastPlan, file_digest
from dispatch.past.times import DayOrder
from dispatch.past.verbs import PastImport, flag_counts, past_imports, told
from resources.exchange.books import Book
from ui.desk import Desk, Tone
from ui.pages.file_page import FilePage
from ui.pages.import_tables import FileColumn, matching_columns
from ui.pages.past_tables import (
    bare_columns,
    file_columns,
    flag_columns,
    flagged,
    import_columns,
    row_columns,
)
from ui.pages.past_work import PastWork
from ui.theme import Theme

KEPT = mark("past|kept as it is")


def choose_table(parent: QWidget) -> str:
    """The system's dialog for one file; empty when it was given up."""
    kinds = f"{t('Tables')} (*.csv *.xlsx *.txt)"
    return QFileDialog.getOpenFileName(parent, t("Record of another system"), "", kinds)[0]


class PastPage(FilePage):
    """O opens a file, I takes it in, Z takes the latest import back; 1 to 4 turn the lists; R
    makes an event of a chronology.

    The columns at the left are matched by themselves and corrected in their last cell.
    """

    key, rail_key = "past", "events"
    TABS = ("rows", "flagged", "flags", "imports")

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.choose_source: Callable[[QWidget], str] = choose_table
        self.digest = ""
        self.chosen: dict[str, str] = {}
        self.plan: PastPlan | None = None
        self.asked = False
        self.work = PastWork(desk, self)
        self.work.ended.connect(self._on_ended)
        self.work.begun.connect(self.tell)
        self.dates = QComboBox()
        self.make_tables(matching_columns(KIND, KEPT), lambda _name: id)
        self._build()
        self.reword()

    @property
    def taking(self) -> bool:
        return self.work.busy

    def title(self) -> str:
        return t("page|Past events")

    def _build(self) -> None:
        self.dates.activated.connect(lambda _n: self.read_again())
        self.filters.addWidget(self.dates)
        self.filters.addStretch(1)
        for key, act in (("R", self.replay), ("Z", self.undo), ("O", self.choose)):
            self.add_verb(key, act)
        self.add_verb("I", self.take_in, primary=True)
        self.add_key("C", self.work.cancel)
        self.stand()

    def verbs(self) -> dict[str, str]:
        return {"O": t("verb|Open a file"), "I": t("import|Import"), "Z": t("import|Take back"),
                "R": t("verb|Replay a chronology"),
                "C": t("Cancel"),
                **{str(n): self.tab_words(name) for n, name in enumerate(self.TABS, 1)}}

    def tab_words(self, name: str) -> str:
        return {"rows": t("past|Rows"), "flagged": t("past|To look at"),
                "flags": t("past|What is irregular"), "imports": t("past|Imports")}[name]

    def reword(self) -> None:
        """Say everything in the language in use."""
        super().reword()
        self.fill_box(self.dates, t("Order of dates"), [
            ("", t("Dates as the file tells")), (DayOrder.MONTH_FIRST.value, t("Month first")),
            (DayOrder.DAY_FIRST.value, t("Day first"))])
        self.empty.setText(t("Drop another system's record here, or press O: one row for each"
                             " force on each call, with its times.\n\nThe columns are matched by"
                             " themselves and can be corrected. Every row is kept as it came;"
                             " what is missing or out of order is flagged, never filled in."))

    # What is shown

    def load(self, change: object | None) -> None:
        """Read the imports; after another's import also what the file would do now."""
        if isinstance(change, Change) and "past_import" not in change.tables():
            return
        self.reword()
        self.models["imports"].show(import_columns(), past_imports(self.desk.store))
        self._show()
        if isinstance(change, Change) and self.book is not None and not self.work.busy:
            self.read_again()

    def open(self, what: object) -> None:
        if isinstance(what, str | Path) and str(what):
            self.take_file(Path(what))

    def _show(self) -> None:
        plan = self.plan
        if plan is not None:
            columns = file_columns(plan.reading.match, self.chosen)
        else:
            columns = bare_columns(self.book, self.chosen) if self.book else []
        self.match_model.replace(columns)
        self.models["rows"].show(row_columns(plan) if plan else (), plan.units if plan else ())
        self.models["flagged"].show(row_columns(plan) if plan else (),
                                    flagged(plan) if plan else ())
        self.models["flags"].show(flag_columns(), flag_counts(plan) if plan else ())
        for table in (self.matching, *self.tables.values()):
            table.restyle()
        for n, name in enumerate(self.TABS):
            self.tabs.setTabText(n, f"{n + 1}  {self.tab_words(name)}"
                                    f" {len(self.models[name].rows):,}")
        self.tell()

    def tell(self) -> None:
        """What stands, and which keys can be used now."""
        there = self.tab == "imports" or self.plan is not None
        self.stack.setCurrentWidget(self.tables[self.tab] if there else self.empty)
        self.side.setVisible(self.book is not None)
        self.panel.set_title(self.title(), self.book.name if self.book else "", self.trouble or (
            "" if self.book else t("Nothing is written before you have seen it.")))
        self.totals.setText(told(self.plan) if self.plan else "")
        idle = not self.work.busy
        standing = any(i.undone_at is None for i in self.models["imports"].rows)
        for key, able in (("I", self.plan is not None), ("O", True), ("Z", standing),
                          ("R", True)):
            self.buttons[key].setEnabled(able and idle)
            self.own_actions[key].setEnabled(able and idle)
        self.own_actions["C"].setEnabled(self.work.busy)
        self.actions_changed.emit()

    # What is done

    def choose(self) -> None:
        """Ask the machine for a file."""
        if path := self.choose_source(self):
            self.take_file(Path(path))

    def take_files(self, files: Sequence[Path]) -> None:
        if files:
            self.take_file(files[0])

    def take_file(self, path: Path) -> None:
        """Read a file and work out what it would do."""
        self.plan, self.chosen, self.trouble, self.asked = None, {}, "", False

        def done(book: Book) -> None:
            self.book = book
            self.read_again()

        data = self.desk.act(lambda: read_whole(path))
        if data is not None:
            self.digest = file_digest(data)
            self.work.read(path, done)

    def read_again(self) -> None:
        """Match and check anew, after a column or the order of dates was corrected."""
        if self.book is None:
            return
        self.trouble, self.asked = "", False
        order = DayOrder(self.dates.currentData()) if self.dates.currentData() else None
        self.work.plan(self.book, self.digest, dict(self.chosen), order, self._on_planned)

    def _on_planned(self, plan: PastPlan) -> None:
        self.plan = plan
        self._show()
        self.tables[self.tab].setFocus(Qt.FocusReason.OtherFocusReason)

    def on_matched(self, row: FileColumn, _name: str, field: str) -> None:
        """A person says what a column is; whatever was taken for it before is left out."""
        if self.plan is not None and field:
            match = self.plan.reading.match
            self.chosen |= {match.headings[i]: "" for i, n in match.columns.items() if n == field}
        self.chosen[row.heading] = field
        self.read_again()

    def _on_ended(self, why: str) -> None:
        """Stopped or refused: the columns stay in view so that they can be corrected."""
        self.trouble = why
        if why and self.plan is not None and self.book is not None:
            self.plan = None
        self._show()

    def replay(self) -> None:
        """R: a file of time, actor and entry becomes one closed event with its log."""
        if (path := self.choose_source(self)) and not self.work.busy:
            self.trouble = ""
            self.work.replay(Path(path), lambda of: self.go.emit("after_action", of.id))

    def take_in(self) -> None:
        """Write the file; one that is there already is asked about once."""
        plan = self.plan
        if plan is None or self.work.busy:
            return
        if plan.before is not None and not self.asked:
            self.asked = True
            self.desk.told.emit(Tone.REFUSED, t(
                "{name} is there already. I once more keeps its rows again, marked as repeated.",
                name=plan.reading.file))
            return
        self.work.take_in(plan, again=self.asked, done=self._on_imported)

    def _on_imported(self, done: PastImport) -> None:
        self.book, self.plan, self.asked = None, None, False
        self.tabs.setCurrentIndex(self.TABS.index("imports"))
        self.load(None)
        self.desk.told.emit(Tone.DONE, t("{rows} unit rows of {calls} calls are in. Z takes them"
                                         " back.", rows=done.rows, calls=done.calls))

    def undo(self) -> None:
        """Take the chosen import back, else the latest that stands."""
        rows = [i for i in self.models["imports"].rows if i.undone_at is None]
        picked = self.tables["imports"].current_row if self.tab == "imports" else None
        of = picked if picked in rows else next(iter(rows), None)
        if of is not None and not self.work.busy:
            self.work.take_back(of, self._on_undone)

    def _on_undone(self, rows: int) -> None:
        self.load(None)
        self.desk.told.emit(Tone.DONE, t("{n} unit rows were taken back.", n=rows))

    def back(self) -> None:
        self.go.emit("events", None)

    def restyle(self) -> None:
        self.reword()
        super().restyle()



