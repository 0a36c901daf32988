"""The roster 值班表: who is on duty when, a month at a time; to be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from db.change import Change
from db.words import t
from dispatch.duty.month import DayKind, Duty, month, month_after, month_before
from dispatch.duty.seats import SEAT_NAMES
from dispatch.terms import POST_NAMES
from resources import localtime
from resources.settings import district_name
from ui import moments
from ui.desk import Desk
from ui.page import Page, make_action
from ui.theme import Theme
from ui.widgets.roster_grid import PeopleGrid
from ui.widgets.roster_legend import RosterLegend
from ui.widgets.roster_posts import PostGrid

TABLES = frozenset({"officer", "shift", "seat_on_shift"})


class RosterPage(Page):
    """Arrow keys walk the cells, the line below says what the cell holds.

    `open(officer_id)` chooses that person's row, `open(date)` the month of a day.
    """

    key, icon = "roster", "calendar-user"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk = desk
        self.shown = localtime.local_day(desk.now()).replace(day=1)
        self.heading, self.month_name, self.note = QLabel(), QLabel(), QLabel()
        self.heading.setProperty("tone", "title")
        self.note.setProperty("tone", "muted")
        self.earlier, self.later, self.now_button = QPushButton(), QPushButton(), QPushButton()
        self.grid = PeopleGrid(theme)
        self.posts = PostGrid(theme, self.grid)
        self.legend = RosterLegend(theme)
        self.cell, self.empty = QLabel(), QLabel()
        self.before_action = make_action(self, "", "PgUp", self.show_earlier)
        self.after_action = make_action(self, "", "PgDown", self.show_later)
        self.today_action = make_action(self, "", "T", self.show_today)
        self.grid.moved.connect(self._tell_cell)
        for button, action in ((self.earlier, self.before_action),
                               (self.later, self.after_action),
                               (self.now_button, self.today_action)):
            button.clicked.connect(action.trigger)
        self._build()
        self._reword()

    def title(self) -> str:
        return t("Roster")

    def _build(self) -> None:
        px = self.theme.px
        head = QHBoxLayout()
        head.setSpacing(px(8))
        self.month_name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self.heading, self.earlier, self.month_name, self.later, self.now_button,
                       self.note):
            head.addWidget(widget)
        head.addStretch(1)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(self.empty)
        column.addWidget(self.grid, 1)
        column.addWidget(self.posts)
        column.addWidget(self.cell)
        column.addWidget(self.legend)
        column.addStretch(0)

    def _reword(self) -> None:
        px, theme = self.theme.px, self.theme
        self.heading.setText(self.title())
        for button, icon, words, action in (
                (self.earlier, "chevron-left", t("Month before"), self.before_action),
                (self.later, "chevron-right", t("Month after"), self.after_action)):
            action.setText(words)
            button.setIcon(theme.icon(icon))
            button.setIconSize(QSize(px(16), px(16)))
            button.setAccessibleName(words)
            button.setToolTip(words)
        self.today_action.setText(t("Today"))
        self.now_button.setText(t("Today"))
        self.month_name.setMinimumWidth(px(132))
        self.month_name.setText(t("{year}-{month:02}", year=self.shown.year,
                                  month=self.shown.month))
        self.month_name.setFont(theme.font(16, bold=True))
        self.actions_changed.emit()

    # What is shown

    def load(self, change: object | None) -> None:
        if isinstance(change, Change) and not change.tables() & TABLES:
            return
        self._reword()
        today = localtime.local_day(self.desk.now())
        found = month(self.desk.store, self.shown)
        self.grid.district = district_name(self.desk.store)
        self.grid.set_month(found, today)
        self.posts.refresh()
        self.posts.setVisible(found.planned)
        self.grid.setMaximumHeight(self.grid.wanted_height())
        self.empty.setText(t("Nobody is planned for this month yet. The officers stand here as"
                             " soon as they have a post (Settings)."))
        self.empty.setVisible(not found.planned)
        shifts = {d.starts_at for duties in found.cells.values() for d in duties}
        self.note.setText(t("{n} shifts", n=len(shifts)))
        self._tell_cell()

    def tick(self, now: datetime) -> None:
        if self.grid.today != localtime.local_day(now):
            self.load(None)

    def open(self, what: object) -> None:
        if isinstance(what, date):
            self._show(what.replace(day=1))
        elif isinstance(what, int):
            self.load(None)
            self.grid.choose_person(what)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_earlier(self) -> None:
        self._show(month_before(self.shown))

    def show_later(self) -> None:
        self._show(month_after(self.shown))

    def show_today(self) -> None:
        today = localtime.local_day(self.desk.now())
        self._show(today.replace(day=1))
        self.grid.choose(self.grid.row, today.day - 1)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, first: date) -> None:
        self.shown = first
        self.load(None)

    def actions_shown(self) -> Sequence[QAction]:
        return (self.before_action, self.after_action, self.today_action)

    # The line below

    def _tell_cell(self) -> None:
        words = self.cell_words()
        self.cell.setText(words)
        self.grid.setAccessibleDescription(words)

    def cell_words(self) -> str:
        """What the chosen cell says, whole."""
        person, day = self.grid.person, self.grid.day
        if person is None or day is None:
            return ""
        at = localtime.at_local(day.date, datetime.min.time())
        kinds = {DayKind.WORK: "", DayKind.WEEKEND: t("day|weekend"),
                 DayKind.HOLIDAY: day.name or t("day|holiday"),
                 DayKind.SWAPPED: t("day|working day in exchange")}
        head = " ".join(part for part in (f"{day.date:%m-%d}", moments.weekday(at),
                                          kinds[day.kind]) if part)
        duties = t("list|; ").join(map(self._duty_words, self.grid.duties))
        return t("{day} · {name}: {duties}", day=head, name=person.name,
                 duties=duties or t("not on duty"))

    def _duty_words(self, duty: Duty) -> str:
        return t("{post} {start} → {end}, {state}", post=t(POST_NAMES[duty.post]),
                 start=localtime.moment_text(duty.starts_at),
                 end=localtime.moment_text(duty.ends_at), state=t(SEAT_NAMES[duty.state]))
