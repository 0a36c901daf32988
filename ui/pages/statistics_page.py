"""The statistics page 统计: events of a period by class, level, town, month, hour, and times."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from db.change import Change
from db.errors import Refused, StoreError
from db.words import t
from dispatch.printouts.statistics_sheet import statistics_sheet
from dispatch.tally import SOURCE_NAMES, Count, ForceTimes, Period, Source, Tally, tally
from dispatch.tally_papers import (
    charts,
    figures,
    period_words,
    statistics_book,
    statistics_paper,
    thinned,
)
from resources.localtime import local_day
from ui.desk import Desk, Tone
from ui.pages.giving_out import preview, save_list
from ui.pages.library_out import reading
from ui.pages.statistics_columns import columns, head_rows
from ui.pages.sub_page import SubPage
from ui.rows_model import RowsModel
from ui.theme import Theme
from ui.widgets.panel import Panel
from ui.widgets.table import TableView

if TYPE_CHECKING:
    from ui.background import Progress
    from ui.count_chart import CountChart

PERIODS = ("month", "last_month", "quarter", "year", "last_year", "all", "own")
COUNTED = {"event", "casualty", "dispatch_order", "stamp", "stamp_strike", "past_unit", "rule"}


def choose_picture(parent: QWidget, name: str) -> str:
    """The system's save dialog for a picture; empty when it was given up."""
    return QFileDialog.getSaveFileName(parent, t("Save as a picture"), name, "PNG (*.png)")[0]


def period_of(name: str, today: date) -> Period:
    """The days of a named period, as of today. Pure."""
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return {"month": Period(month, today), "last_month": Period(before.replace(day=1), before),
            "quarter": Period(quarter, today), "year": Period(date(today.year, 1, 1), today),
            "last_year": Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
            }.get(name, Period())


class StatisticsPage(SubPage):
    """P prints, X saves an xlsx, G the charts as a picture; the arrow keys walk a chart's bars.

    Charts are loaded when the page is first shown; the counting runs beside the window.
    """

    key, rail_key = "statistics", "events"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.choose_picture: Callable[[QWidget, str], str] = choose_picture
        self.tally: Tally | None = None
        self.periods, self.sources = QComboBox(), QComboBox()
        self.first, self.last = QLineEdit(), QLineEdit()
        self.figures, self.chart_box = QLabel(), QWidget()
        self.model: RowsModel[ForceTimes] = RowsModel(columns(), lambda f: (f.name, f.kind),
                                                      lambda f: f.name)
        self.table = TableView(theme, self.model, "")
        self.times = Panel(theme)
        self._build()
        self.reword()

    def title(self) -> str:
        return t("page|Statistics")

    def _build(self) -> None:
        px = self.theme.px
        for box in (self.periods, self.sources):
            box.activated.connect(lambda _n: self.count())
            self.filters.addWidget(box)
        for edit in (self.first, self.last):
            edit.setFixedWidth(px(112))
            edit.returnPressed.connect(self._own_period)
            self.filters.addWidget(edit)
        self.filters.addStretch(1)
        for key, act in (("G", self.save_picture), ("X", self.export), ("P", self.print_out)):
            self.add_verb(key, act)
        self.figures.setWordWrap(True)
        self.figures.setContentsMargins(px(16), px(4), px(16), px(10))
        self.panel.body.addWidget(self.figures)
        self.column.setStretchFactor(self.panel, 0)
        self.column.addWidget(self.chart_box, 3)
        self.times.body.addWidget(self.table, 1)
        self.column.addWidget(self.times, 2)

    @functools.cached_property
    def charts(self) -> dict[str, CountChart]:
        """The charts, made when first shown: pyqtgraph takes half a second."""
        from ui.count_chart import CountChart

        grid, made = QGridLayout(self.chart_box), {}
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self.theme.px(8))
        self.chart_panels = {}
        for at, (key, upright) in enumerate((
                ("class", False), ("level", False), ("town", False), ("subtype", False),
                ("month", True), ("hour", True))):
            chart, panel = CountChart(self.theme, "", upright=upright), Panel(self.theme)
            chart.chosen.connect(lambda one, p=panel: self._say(p, one))
            panel.body.addWidget(chart, 1)
            grid.addWidget(panel, at // 3, at % 3)
            made[key], self.chart_panels[key] = chart, panel
        return made

    def verbs(self) -> dict[str, str]:
        return {"P": t("Print"), "X": t("Save as xlsx"), "G": t("Save as a picture")}

    def reword(self) -> None:
        """Say everything in the language in use."""
        super().reword()
        names = {"month": t("period|This month"), "last_month": t("period|Last month"),
                 "quarter": t("period|This quarter"), "year": t("period|This year"),
                 "last_year": t("period|Last year"), "all": t("period|All time"),
                 "own": t("period|From and to")}
        fresh = self.periods.count() == 0
        self.fill_box(self.periods, t("Period"), [(p, names[p]) for p in PERIODS])
        if fresh:
            self.periods.setCurrentIndex(PERIODS.index("year"))
        self.fill_box(self.sources, t("Events of"), [(s.value, t(words))
                                                     for s, words in SOURCE_NAMES.items()])
        for edit, name in ((self.first, t("From the day")), (self.last, t("To the day"))):
            edit.setPlaceholderText(name)
            edit.setAccessibleName(name)
        self.table.setAccessibleName(t("Response times"))

    # What is shown

    def load(self, change: object | None) -> None:
        if isinstance(change, Change) and not change.tables() & COUNTED:
            return
        self.count()

    def open(self, what: object) -> None:
        """A pair of days is shown as a period of one's own."""
        if isinstance(what, Period):
            self._show_days(what)
            self.periods.setCurrentIndex(PERIODS.index("own"))
            self.count()

    @property
    def period(self) -> Period:
        """
        Raises:
            Refused: a day cannot be read.
        """
        name = str(self.periods.currentData())
        if name != "own":
            return period_of(name, local_day(self.desk.now()))
        return Period(self._day(self.first, "first"), self._day(self.last, "last"))

    def _day(self, edit: QLineEdit, name: str) -> date | None:
        text = edit.text().strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError as error:
            raise Refused("“{text}” is not a day. Write it as 2027-01-01.", field=name,
                          text=text) from error

    def _own_period(self) -> None:
        self.periods.setCurrentIndex(PERIODS.index("own"))
        self.count()

    def count(self) -> None:
        """Count beside the window; the answer for another period that was asked since is
        thrown away."""
        def asked() -> Period:
            found = self.period
            found.check()
            return found

        period, source = self.desk.act(asked), Source(self.sources.currentData() or "all")
        if period is None:
            return
        if self.periods.currentData() != "own":
            self._show_days(period)
        path, clock = self.desk.store.path, self.desk.store.clock

        def work(_progress: Progress) -> Tally:
            with reading(path, clock) as store:
                return tally(store, period, source)

        self.work(work)

    def work(self, work: Callable[[Progress], Tally]) -> None:
        from ui.background import Job

        job: Job[Tally] = Job(work, self.desk)
        self.job = job
        job.done.connect(lambda found: self._show(found) if self.job is job else None)
        self.desk.follow(job, self.title(), quiet=True)

    def _show_days(self, period: Period) -> None:
        self.first.setText(period.first.isoformat() if period.first else "")
        self.last.setText(period.last.isoformat() if period.last else "")

    def _show(self, of: Tally) -> None:
        self.tally = of
        self.panel.set_title(self.title(), period_words(of.period), t(SOURCE_NAMES[of.source]))
        self.figures.setText(" &nbsp;·&nbsp; ".join(f"{name} <b>{words}</b>"
                                                   for name, words in figures(of)))
        for key, heading, counts, _ in charts(of):
            self.charts[key].show_counts(heading, thinned(counts) if key == "month" else counts)
            self.chart_panels[key].set_title(heading)
        self.model.replace([*head_rows(of), *of.forces])
        self.times.set_title(t("Response times"), str(len(of.forces)),
                             t("minutes: median and 90th percentile of each interval"))
        for key in ("P", "X", "G"):
            self.buttons[key].setEnabled(of.events > 0)

    def _say(self, panel: Panel, one: Count) -> None:
        """The bar that is looked at, in the head of its panel."""
        panel.set_title(panel.head.title, f"{one.words} {one.n:,}")

    # What is given out

    def print_out(self) -> None:
        if (of := self.tally) is not None:
            title = f"{self.title()} {period_words(of.period)}"
            preview(self, self.desk, title, title,
                    lambda: statistics_sheet(statistics_paper(self.desk.store, of)))

    def export(self) -> None:
        if (of := self.tally) is not None:
            save_list(self, self.desk, f"{self.title()} {period_words(of.period)}",
                      self.choose_file, lambda _store: statistics_book(of))

    def save_picture(self) -> None:
        """The charts as they stand, as a PNG."""
        of = self.tally
        chosen = self.choose_picture(self, f"{self.title()}.png") if of is not None else ""
        if not chosen:
            return

        def save() -> str:
            if not self.chart_box.grab().save(chosen, "PNG"):
                raise StoreError("The picture could not be saved as {path}. Choose another"
                                 " place.", path=chosen)
            return chosen

        if self.desk.act(save):
            self.desk.told.emit(Tone.DONE, t("Saved as {path}", path=chosen))

    def back(self) -> None:
        self.go.emit("events", None)

    def restyle(self) -> None:
        self.reword()
        super().restyle()


