"""The yearly drill plan 年度演练计划: its drills, key sectors by month, and what the rules ask."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from db.change import Change
from db.words import mark, t
from dispatch.drillbook.asks import (
    COVER_NAMES,
    KIND_NAMES,
    Ask,
    Cover,
    CoverRow,
    Kind,
    Year,
    year_of,
)
from dispatch.drillbook.asks import cover as cover_of
from dispatch.drillbook.plan import (
    CONTENTS,
    FORMS,
    PlanLine,
    edit_line,
    line,
    remove_line,
    unmark_held,
    years,
)
from dispatch.drillbook.plan_exchange import bring_plan, plan_book, read_plan
from dispatch.drillbook.plan_papers import (
    drill_plan_paper,
    filed_words,
    named,
    state_words,
    sum_words,
)
from dispatch.printouts.drill_plan_sheet import drill_plan_sheet
from resources.localtime import local_day
from ui.desk import Desk, Tone
from ui.dialogs.drill_plan import DropSheet, HeldSheet, LineSheet, PlanFilingSheet
from ui.pages.drill_back import DrillBookPage, file_title, read_file
from ui.pages.drill_months import LOWER, MonthTable, month_columns
from ui.pages.giving_out import preview, save_list
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.edit_table import EditColumn, EditModel, EditTable
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.panel import Panel

RIGHT = Qt.AlignmentFlag.AlignRight
TABLES = {"drill_line", "drill_filing", "rule", "plan", "unit"}


def columns(shown: DrillPlanPage) -> tuple[Column[PlanLine], ...]:
    """A planned drill; month, name, sector, unit and budget can be typed in place."""

    def typed(title: str, name: str, width: int, *, stretch: bool = False) -> EditColumn[PlanLine]:
        return EditColumn(title, lambda x: str(getattr(x, name)), width=width, name=name,
                          stretch=stretch, bold=stretch, typed=lambda x: str(getattr(x, name)),
                          tip=lambda x: str(getattr(x, name)))

    def chosen(title: str, name: str, names: tuple[tuple[str, str], ...],
               width: int) -> EditColumn[PlanLine]:
        return EditColumn(title, lambda x: named(names, getattr(x, name)), width=width, name=name,
                          typed=lambda x: str(getattr(x, name)),
                          choices=lambda: [(k, t(w)) for k, w in names])

    yes = (("1", mark("field|Yes")), ("0", mark("field|No")))
    return (
        EditColumn(mark("field|Month"), lambda x: str(x.month), RIGHT, 64, name="month",
                   typed=lambda x: str(x.month), sort_key=lambda x: x.month),
        typed(mark("field|Name of the drill"), "name", 200, stretch=True),
        chosen(mark("field|Content"), "content", CONTENTS, 104),
        chosen(mark("field|Form"), "form", FORMS, 84),
        typed(mark("field|Sector"), "sector", 100), typed(mark("field|Lead unit"), "unit", 140),
        Column(mark("field|Plan drilled"), lambda x: x.plan, width=176, muted=True,
               tip=lambda x: x.plan),
        EditColumn(mark("field|Large"), lambda x: t("field|Yes") if x.large else "", width=64,
                   name="large", typed=lambda x: str(int(x.large)),
                   choices=lambda: [(k, t(w)) for k, w in yes]),
        EditColumn(mark("field|Budget (yuan)"), lambda x: f"{x.budget:,.0f}" if x.budget else "",
                   RIGHT, 104, name="budget", typed=lambda x: f"{x.budget:g}"),
        Column(mark("column|State"), lambda x: state_words(x, shown.year), width=140,
               tip=lambda x: x.dropped))


class DrillPlanPage(DrillBookPage):
    """Typing begins a cell; `open(year)` shows a year, `open(key of what is due)` its line."""

    key, icon = "drillplan", "target-arrow"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.chosen = local_day(desk.now()).year
        self.year: Year = year_of(desk.store, self.chosen)
        self.box = QComboBox()
        self.model: EditModel[PlanLine] = EditModel(columns(self), lambda x: x.id,
                                                    lambda x: x.name)
        self.model.locked = lambda x, _name: x.done_on is not None
        self.model.written.connect(self._on_written)
        self.table = EditTable(theme, self.model, t("Yearly drill plan"))
        self.months: RowsModel[CoverRow] = RowsModel(
            month_columns(), lambda r: r.sector, lambda r: f"{r.sector} {t(COVER_NAMES[r.cover])}")
        self.month_panel, self.ask_panel = Panel(theme), Panel(theme)
        self.month_table = MonthTable(theme, self.months, t("Key sectors by month"))
        self.asks = FactList(theme, t("What the rules ask"))
        self._build()
        self.reword()

    def title(self) -> str:
        return t("Yearly drill plan")

    def _build(self) -> None:
        self.box.activated.connect(lambda _n: self.show_year(int(self.box.currentData())))
        self.filters.addWidget(self.box)
        self.filters.addStretch(1)
        self.add_verb("N", self.add_line, primary=True)
        for key, act in (("E", self.edit), ("H", self.held), ("D", self.drop),
                         ("Del", self.remove), ("F", self.file), ("I", self.bring_in),
                         ("X", self.export), ("P", self.print_plan), ("V", self.evaluate)):
            self.add_verb(key, act)
        self.panel.body.addWidget(self.table, 1)
        self.panel.body.addWidget(self.totals)
        lower = QHBoxLayout()
        lower.setSpacing(self.theme.px(8))
        self.month_panel.body.addWidget(self.month_table)
        self.ask_panel.body.addWidget(self.asks)
        lower.addWidget(self.month_panel, 3)
        lower.addWidget(self.ask_panel, 2)
        self.column.addLayout(lower, 1)
        for panel in (self.month_panel, self.ask_panel):
            self.keep_measure(panel.setMaximumHeight, LOWER)

    def verbs(self) -> dict[str, str]:
        return {"N": t("Add a drill"), "E": t("verb|Edit"), "H": t("verb|Held"),
                "D": t("verb|Drop"), "Del": t("Remove"), "F": t("verb|File"),
                "I": t("Import"), "X": t("Export"), "P": t("Print"), "V": t("verb|Evaluate")}

    # What is shown

    def load(self, change: object | None) -> None:
        if isinstance(change, Change) and not change.tables() & TABLES:
            return
        self.reword()
        self.year = year_of(self.desk.store, self.chosen)
        self._fill_years()
        self.model.replace(self.year.lines)
        self.model.reword()
        if self.year.lines and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 1))
        late = sum(x.late(self.year.today) for x in self.year.lines)
        self.panel.set_title(
            t("Drill plan of {year}", year=self.chosen), str(len(self.year.lines)),
            filed_words(self.year), flag=t("{n} not held", n=late) if late else "")
        self.totals.setText(sum_words(self.year) if self.year.lines else t(
            "No drill is planned for this year yet. N adds one, I takes in a list; below stands"
            " what the rules ask."))
        self.months.replace(cover_of(self.year))
        self.months.reword()
        self.month_panel.set_title(t("Key sectors by month"), "",
                                   t("● held   ○ planned   △ its month has gone by"))
        self._fill_asks()
        for key in ("E", "H", "D", "Del"):
            self.buttons[key].setEnabled(bool(self.year.lines))

    def _fill_years(self) -> None:
        self.fill_box(self.box, t("Year"), [(y, str(y)) for y in years(self.desk.store)])
        self.box.setCurrentIndex(max(0, self.box.findData(self.chosen)))

    def _fill_asks(self) -> None:
        rows: list[Fact] = []
        for kind in Kind:
            some = [a for a in self.year.asks if a.kind is kind]
            if some:
                short = sum(a.cover is Cover.MISSING for a in some)
                rows.append(Fact(f"head {kind}", t(KIND_NAMES[kind]), right=t(
                    "ask|{n} missing", n=short) if short else "", head=True))
                rows += [_fact(a) for a in sorted(some, key=lambda a: a.cover is not Cover.MISSING)]
        missing = len(self.year.missing)
        self.ask_panel.set_title(t("What the rules ask"), "", t("ask|{n} missing", n=missing)
                                 if missing else t("All is planned or done."))
        self.asks.set_rows(rows)

    def show_year(self, year: int) -> None:
        self.chosen = year
        self.load(None)

    def open(self, what: object) -> None:
        words = str(what)
        if isinstance(what, int) and what < 10_000:
            self.show_year(what)
        elif words.startswith("drillaction:"):
            self.go.emit("drillreport", words)
        else:
            self._show_line(words.rpartition(":")[2])
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_line(self, number: str) -> None:
        """The year and the line of that id; without one the present year."""
        of = self.desk.act(lambda: line(self.desk.store, int(number))) if number.isdigit() else None
        self.show_year(of.year if of else local_day(self.desk.now()).year)
        if of is not None:
            self.table.choose(of.id)

    # What is done

    def _on_written(self, x: PlanLine, name: str, text: str) -> None:
        self.desk.act(lambda: edit_line(self.desk.store, x.id, {name: text},
                                        by=self.desk.officer))

    @property
    def current(self) -> PlanLine | None:
        row: PlanLine | None = self.table.current_row
        if row is None:
            self.desk.told.emit(Tone.REFUSED, t("Choose a drill first."))
        return row

    def add_line(self) -> None:
        self.present(lambda host: LineSheet(self.theme, self.desk, host, self.chosen), "name")

    def edit(self) -> None:
        if (x := self.current) is not None:
            self.present(lambda host: LineSheet(self.theme, self.desk, host, self.chosen, x),
                         "name")

    def held(self) -> None:
        """Note that it was held; once more takes that back."""
        x = self.current
        if x is not None and x.done_on is not None:
            self.desk.act(lambda: unmark_held(self.desk.store, x.id, by=self.desk.officer),
                          t("{name} stands as not held again.", name=x.name))
        elif x is not None:
            self.present(lambda host: HeldSheet(self.theme, self.desk, host, x), "day")

    def drop(self) -> None:
        if (x := self.current) is not None:
            self.present(lambda host: DropSheet(self.theme, self.desk, host, x), "reason")

    def remove(self) -> None:
        if (x := self.current) is not None:
            self.desk.act(lambda: remove_line(self.desk.store, x.id, by=self.desk.officer),
                          t("{name} was removed", name=x.name))

    def file(self) -> None:
        due = next(a.due for a in self.year.asks if a.kind is Kind.FILING)
        self.present(lambda host: PlanFilingSheet(self.theme, self.desk, host, self.chosen, due),
                     "filed_with")

    def evaluate(self) -> None:
        """The evaluation of the drill that this line was held by, or of the last one."""
        row: PlanLine | None = self.table.current_row
        self.go.emit("drilleval", int(row.drill_id) if row and row.drill_id else None)

    def bring_in(self) -> None:
        for name in self.choose_files(self, file_title(self.title()))[:1]:
            path = Path(name)
            done = self.desk.act(lambda path=path: bring_plan(  # type: ignore[misc]
                self.desk.store, self.chosen, read_plan(
                    self.desk.store, self.chosen, path.name, read_file(path)),
                by=self.desk.officer))
            if done is not None:
                self.desk.told.emit(Tone.DONE, t("{n} drills entered", n=len(done)))

    def export(self) -> None:
        year = self.chosen
        save_list(self, self.desk, t("Drill plan of {year}", year=year), self.choose_file,
                  lambda store: plan_book(store, year))

    def print_plan(self) -> None:
        title = t("Drill plan of {year}", year=self.chosen)
        preview(self, self.desk, title, title,
                lambda: drill_plan_sheet(drill_plan_paper(self.desk.store, self.chosen)))


def _fact(a: Ask) -> Fact:
    """What is asked, by when, and how it stands."""
    return Fact(f"{a.kind} {a.subject}", a.subject or a.words, t(
        "by {day}; {basis}", day=a.due, basis=t(a.basis)), t(
        "{cover} {n}/{all}", cover=t(COVER_NAMES[a.cover]), n=a.planned, all=a.needed))
