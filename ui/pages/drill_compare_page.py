"""The comparison 演练对比: drills of one scenario, and real events of its kind, side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from db.change import Change
from db.errors import Refused
from db.words import mark, t
from dispatch.drillbook.compare import (
    MOST,
    Comparison,
    Line,
    comparison,
    events_like,
    same_scenario,
)
from dispatch.drillbook.compare_papers import (
    LETTERS,
    best_of,
    compare_paper,
    kind_words,
    line_name,
    value_words,
)
from dispatch.drillbook.drills import DrillHead, held_drills
from dispatch.drillbook.measures import length
from dispatch.printouts.drill_compare_sheet import drill_compare_sheet
from dispatch.printouts.formats import sheet_bytes
from resources.localtime import moment_text
from ui.desk import Desk, Tone
from ui.dialogs.picks import PickDelegate, PickTable
from ui.pages.drill_back import DrillBookPage
from ui.pages.giving_out import preview, save_list
from ui.places import fonts_folder
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.panel import Panel
from ui.widgets.table import TableView

RIGHT, PICKS, LOW_ROW = Qt.AlignmentFlag.AlignRight, 282, 32
NOTHING = Comparison((), (), ())


@dataclass(frozen=True, slots=True)
class Pick:
    """A drill or an event that can be compared, with its letter once it is chosen."""

    id: int
    drill: bool
    words: str
    when: str
    letter: str = ""


PICK_COLUMNS: tuple[Column[Pick], ...] = (
    Column("", lambda p: p.letter, width=48),
    Column(mark("column|Sign"), lambda p: p.letter, width=56, bold=True),
    Column(mark("column|Kind"), lambda p: kind_words(drill=p.drill), width=96),
    Column(mark("Drill or event"), lambda p: p.words, width=320, stretch=True,
           tip=lambda p: p.words),
    Column(mark("column|Began"), lambda p: p.when, width=150))


class LineTable(TableView):
    """Points and intervals in low rows; columns of courses that are not there are hidden."""

    def restyle(self) -> None:
        super().restyle()
        self.verticalHeader().setDefaultSectionSize(self.theme.px(LOW_ROW))

    def show_courses(self, number: int) -> None:
        """Show the columns of so many courses; the name takes what the others leave."""
        for n in range(MOST):
            self.setColumnHidden(n + 2, n >= number)
        self._fit_columns()

    def _fit_columns(self) -> None:
        super()._fit_columns()
        shown = [n for n in range(1, self.rows_model.columnCount()) if not self.isColumnHidden(n)]
        spare = self.viewport().width() - sum(self.columnWidth(n) for n in shown)
        self.setColumnWidth(0, max(spare, self.theme.px(self.rows_model.columns[0].width)))


class DrillComparePage(DrillBookPage):
    """Space takes one in or out; `open(drill id)` compares the drills of its scenario."""

    key, icon = "drillcompare", "scale"
    home = "drillreport"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.box, self.drills = QComboBox(), list[DrillHead]()
        self.wanted: int | None = None
        self.facts = NOTHING
        self.picked: list[tuple[bool, int]] = []
        self.picks: RowsModel[Pick] = RowsModel(PICK_COLUMNS, lambda p: (p.drill, p.id),
                                                lambda p: f"{p.letter} {p.words}")
        self.pick_table = PickTable(theme, self.picks, t("What is compared"), None,
                                    PickDelegate(theme))
        self.model: RowsModel[Line] = RowsModel(self._columns(), lambda x: (x.since, x.until))
        self.table = LineTable(theme, self.model, t("Points and intervals"))
        self.pick_panel, self.chart_panel = Panel(theme), Panel(theme)
        self.chart: QWidget | None = None
        self._build()
        self.reword()

    def title(self) -> str:
        return t("Comparison of drills")

    def _columns(self) -> tuple[Column[Line], ...]:
        def course(n: int) -> Column[Line]:
            return Column(LETTERS[n], lambda x: self._cell(x, n), RIGHT, 92)

        return (Column(mark("paper|Measure"), line_name, width=190, stretch=True, bold=True),
                Column(mark("paper|Standard"), lambda x: "" if x.since is None else length(x.norm),
                       RIGHT, 80, muted=True), *(course(n) for n in range(MOST)))

    def _cell(self, line: Line, number: int) -> str:
        if number >= len(line.values):
            return ""
        best = "▸ " if number in best_of(line) else ""
        return best + value_words(line, line.values[number])

    def _build(self) -> None:
        self.box.activated.connect(lambda _n: self.show_drill(int(self.box.currentData())))
        self.filters.addWidget(self.box, 1)
        self.add_verb("P", self.print_paper, primary=True)
        self.add_verb("X", self.export)
        self.pick_table.toggled.connect(self.toggle)
        self.pick_table.doubleClicked.connect(lambda index: self.toggle(index.row()))
        self.pick_panel.body.addWidget(self.pick_table)
        self.keep_measure(self.pick_panel.setFixedHeight, PICKS)
        self.panel.body.addWidget(self.table, 1)
        self.panel.body.addWidget(self.totals)
        self.column.removeWidget(self.panel)
        lower = QHBoxLayout()
        lower.setSpacing(self.theme.px(8))
        lower.addWidget(self.panel, 1)
        lower.addWidget(self.chart_panel, 1)
        self.panel.body.removeItem(self.filters)
        self.filters.setParent(None)
        self.pick_panel.body.insertLayout(0, self.filters)
        self.column.addWidget(self.pick_panel)
        self.column.addLayout(lower, 1)

    def verbs(self) -> dict[str, str]:
        return {"P": t("Print"), "X": t("Save as xlsx")}

    # What is shown

    def load(self, change: object | None) -> None:
        if isinstance(change, Change) and not change.tables() & {"drill", "drill_record", "event"}:
            return
        self.reword()
        self.drills = held_drills(self.desk.store, sealed=True)
        self.fill_box(self.box, t("Drill"), [(int(d.id), f"{d.number} {d.title}")
                                             for d in self.drills])
        if self.wanted is None and self.drills and not self.picked:
            self.wanted = int(self.box.currentData())
        if self.wanted is not None:
            wanted, self.wanted = self.wanted, None
            if self.choose_in(self.box, wanted) or not self.picked:
                self._choose_first(int(self.box.currentData() or wanted))
        self._show()

    def _choose_first(self, drill: int) -> None:
        """The drill with the others of its scenario; the last real event where there is none."""
        same = [int(d.id) for d in same_scenario(self.desk.store, drill)][:MOST]
        events = [int(e.id) for e in events_like(self.desk.store, drill, 1)]
        self.picked = [(True, drill), *((True, d) for d in same if d != drill)][:MOST]
        if len(self.picked) < 2:
            self.picked += [(False, e) for e in events]

    def _show(self) -> None:
        of = self.box.currentData()
        rows = self._rows(int(of)) if of is not None else []
        self.picks.replace(rows)
        self.picks.reword()
        if rows and self.pick_table.current_row is None:
            self.pick_table.setCurrentIndex(self.picks.index(0, 0))
        self.facts = self._compared()
        self.model.replace((*self.facts.points, *self.facts.intervals))
        self.model.reword()
        self.table.show_courses(len(self.facts.courses))
        self.pick_panel.set_title(self.title(), t("{n} chosen", n=len(self.picked)),
                                  t("Space takes one in or out, at most {most}.", most=MOST))
        self.panel.set_title(t("Points and intervals"), "", t(
            "from the call received; ▸ is the shortest"))
        self.chart_panel.set_title(t("paper|Timing points"))
        self.totals.setText("" if self.facts.courses else t(
            "Choose at least two to compare.") if rows else t(
            "No drill has a sealed record yet. A drill that was ended and sealed has its report"
            " here."))
        for button in self.buttons.values():
            button.setEnabled(bool(self.facts.courses))
        self._draw()

    def _rows(self, of: int) -> list[Pick]:
        """Drills of the scenario, then real events of its kind."""
        store = self.desk.store
        found = [Pick(int(d.id), True, f"{d.number} {d.title}",
                      moment_text(d.started_at, year=True) if d.started_at else "")
                 for d in same_scenario(store, of)]
        found += [Pick(int(e.id), False, e.words, moment_text(e.received_at, year=True))
                  for e in events_like(store, of)]
        letters = {one: LETTERS[n] for n, one in enumerate(self.picked)}
        return [replace(p, letter=letters.get((p.drill, p.id), "")) for p in found]

    def _compared(self) -> Comparison:
        try:
            return comparison(self.desk.store, [n for drill, n in self.picked if drill],
                              [n for drill, n in self.picked if not drill])
        except Refused:
            return NOTHING

    def _draw(self) -> None:
        """pyqtgraph takes half a second to load, so it is loaded when there is a chart."""
        if self.chart is None and self.facts.courses:
            from ui.compare_chart import CompareChart

            self.chart = CompareChart(self.theme)
            self.chart_panel.body.addWidget(self.chart)
        if self.chart is not None:
            self.chart.show_facts(self.facts)  # type: ignore[attr-defined]

    def show_drill(self, drill: int) -> None:
        self.wanted = drill
        self.load(None)

    def open(self, what: object) -> None:
        if isinstance(what, int):
            self.show_drill(what)
        self.pick_table.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is done

    def toggle(self, number: int) -> None:
        """Take a drill or an event in, or out again; drills stand before events."""
        row = self.picks.row(number)
        one = (row.drill, row.id)
        if one in self.picked:
            self.picked.remove(one)
        elif len(self.picked) >= MOST:
            self.desk.told.emit(Tone.REFUSED, t("At most {most} stand side by side.", most=MOST))
        else:
            self.picked = sorted([*self.picked, one], key=lambda x: not x[0])
        self._show()

    def print_paper(self) -> None:
        preview(self, self.desk, self.title(), "drill-comparison",
                lambda: drill_compare_sheet(compare_paper(self.desk.store, self.facts)))

    def export(self) -> None:
        facts = self.facts
        save_list(self, self.desk, self.title(), self.choose_file, lambda store: sheet_bytes(
            drill_compare_sheet(compare_paper(store, facts)), ".xlsx", fonts_folder()))
