"""The roster 值班表: a month at a time; drafted, solved, published, swapped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from db.change import Change
from db.errors import WatchdeskError
from db.words import t
from dispatch.duty.month import month_after, month_before
from dispatch.duty.roster.board import Board, board
from dispatch.duty.roster.mending import suggestion
from dispatch.duty.roster.publish import reopen_month
from dispatch.duty.roster.swaps import Swap
from dispatch.duty.roster.terms import MonthState
from dispatch.duty.roster.validate import Breach
from dispatch.terms import POST_NAMES, Post
from resources import localtime
from resources.people import OfficerId
from resources.settings import district_name
from ui.desk import Desk, Tone
from ui.dialogs.roster_month import (
    DecideSheet,
    HistorySheet,
    PublishSheet,
    RulesSheet,
    SwapSheet,
)
from ui.dialogs.roster_people import LeaveSheet, PersonSheet, SpecialSheet
from ui.dialogs.sheet import Sheet
from ui.page import Page, make_action
from ui.pages.roster_cell import cell_words
from ui.pages.roster_edit import RosterEdit
from ui.pages.roster_files import RosterFiles
from ui.pages.roster_solve import RosterSolve
from ui.theme import Theme
from ui.widgets.roster_bar import RosterBar
from ui.widgets.roster_conflicts import ConflictList
from ui.widgets.roster_grid import PeopleGrid
from ui.widgets.roster_legend import RosterLegend
from ui.widgets.roster_name import NameLine
from ui.widgets.roster_posts import PostGrid

TABLES = frozenset({"officer", "shift", "seat_on_shift", "rule", "duty_person", "duty_leave",
                    "duty_wish", "duty_pair", "special_period", "roster_month", "roster_cell",
                    "duty_swap"})
POST_KEYS = {Post.LEADER: "1", Post.MAIN: "2", Post.SECOND: "3", Post.STANDBY: "4"}


class RosterPage(Page):
    """Arrow keys walk the cells, 1 to 4 put somebody on a post, S solves what is left.

    `open(officer_id)` chooses that person's row, `open(date)` the month of a day.
    """

    key = "roster"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk = desk
        self.shown = localtime.local_day(desk.now()).replace(day=1)
        self.board: Board | None = None
        self.edit, self.solver = RosterEdit(desk), RosterSolve(desk, self)
        self.files = RosterFiles(desk, self, lambda paper: self.go.emit("preview", paper),
                                 self.edit.remember)
        self.heading, self.month_name, self.note = QLabel(), QLabel(), QLabel()
        self.heading.setProperty("tone", "title")
        self.note.setProperty("tone", "muted")
        self.earlier, self.later, self.now_button = QPushButton(), QPushButton(), QPushButton()
        self.grid = PeopleGrid(theme)
        self.grid.column = localtime.local_day(desk.now()).day - 1
        self.posts = PostGrid(theme, self.grid)
        self.bar, self.conflicts = RosterBar(theme), ConflictList(theme)
        self.legend = RosterLegend(theme)
        self.cell, self.empty = QLabel(), QLabel()
        self.name_line = NameLine(theme, self.posts)
        self.named: list[tuple[QAction, Callable[[], str]]] = []
        self.buttons: dict[str, QPushButton] = {}
        self._make_actions()
        self._connect()
        self._build()
        self._reword()

    def title(self) -> str:
        return t("Roster")

    # Actions

    def _action(self, words: Callable[[], str], key: str, act: Callable[[], object]) -> QAction:
        made = make_action(self, "", key, act)
        self.named.append((made, words))
        return made

    def _make_actions(self) -> None:
        self.before_action = self._action(lambda: t("Month before"), "PgUp", self.show_earlier)
        self.after_action = self._action(lambda: t("Month after"), "PgDown", self.show_later)
        self.today_action = self._action(lambda: t("Today"), "T", self.show_today)
        self.solve_action = self._action(lambda: t("Solve"), "S", lambda: self.solve(mend=False))
        self.mend_action = self._action(lambda: t("Mend, few changes"), "M",
                                        lambda: self.solve(mend=True))
        self._action(lambda: t("Twelve months"), "Y",
                     lambda: self.solver.begin_year(self.shown))
        for post, key in POST_KEYS.items():
            self._action(lambda post=post: t(POST_NAMES[post]), key,  # type: ignore[misc]
                         lambda post=post: self.assign(post))  # type: ignore[misc]
        self._action(lambda: t("Clear the cell"), "Del", self.clear_cell)
        self.lock_action = self._action(lambda: t("Lock"), "L", self.lock)
        self._action(lambda: t("Undo"), "Ctrl+Z", self.edit.undo)
        self.swap_action = self._action(lambda: t("Swap"), "X", self.ask_swap)
        self._action(lambda: t("Answer a swap"), "A", self.answer_swap)
        self.leave_action = self._action(lambda: t("Leave"), "V", self.enter_leave)
        self._action(lambda: t("Person"), "N", self.edit_person)
        self._action(lambda: t("Special period"), "B", lambda: self.sheet(
            lambda host: SpecialSheet(self.theme, self.desk, host, self.day), "which"))
        self.rules_action = self._action(lambda: t("roster|Rules"), "K", self.edit_rules)
        self._action(lambda: t("Next conflict"), "C", self.next_conflict)
        self._action(lambda: t("Take the suggestion"), "J", self.take_suggestion)
        self._action(lambda: t("Next shift of the day"), "Space", self.next_slot)
        self.publish_action = self._action(lambda: t("verb|Publish"), "U", self.publish)
        self._action(lambda: t("Back to draft"), "R", self.reopen)
        self._action(lambda: t("History"), "H", lambda: self.sheet(
            lambda host: HistorySheet(self.theme, self.desk, host, self.shown)))
        self.print_action = self._action(lambda: t("Print the month"), "P",
                                         lambda: self.files.print_month(self.shown))
        self._action(lambda: t("Week card"), "W", lambda: self.files.print_week(self.day))
        self._action(lambda: t("Export"), "E", lambda: self.files.export(self.shown))
        self._action(lambda: t("Import"), "I", lambda: self.files.bring_in(self.shown))

    def _connect(self) -> None:
        self.grid.moved.connect(self._tell_cell)
        self.posts.moved.connect(self._tell_cell)
        self.grid.dragged.connect(self._drag)
        self.posts.typed.connect(self._name)
        self.posts.cleared.connect(self._unseat)
        self.name_line.named.connect(self._seat)
        self.bar.conflicts_asked.connect(self.next_conflict)
        self.conflicts.chosen.connect(self._go_to)
        self.conflicts.taken.connect(lambda _what: self.take_suggestion())
        self.solver.found.connect(self.bar.set_found)
        self.solver.undoable.connect(self.edit.remember)
        for name, action, button in (
                ("", self.before_action, self.earlier), ("", self.after_action, self.later),
                ("", self.today_action, self.now_button),
                ("lock", self.lock_action, QPushButton()),
                ("refresh", self.swap_action, QPushButton()),
                ("calendar", self.leave_action, QPushButton()),
                ("settings", self.rules_action, QPushButton()),
                ("printer", self.print_action, QPushButton()),
                ("upload", self.publish_action, QPushButton()),
                ("wand", self.solve_action, QPushButton())):
            button.clicked.connect(action.trigger)
            if name:
                self.buttons[name] = button

    def _build(self) -> None:
        px = self.theme.px
        head = QHBoxLayout()
        head.setSpacing(px(8))
        self.month_name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self.heading, self.earlier, self.month_name, self.later, self.now_button,
                       self.note):
            head.addWidget(widget)
        head.addStretch(1)
        for button in self.buttons.values():
            head.addWidget(button)
        self.buttons["wand"].setProperty("primary", True)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.empty)
        column.addWidget(self.grid, 1)
        lower = QHBoxLayout()
        lower.setSpacing(px(8))
        lower.addWidget(self.posts, 1, Qt.AlignmentFlag.AlignTop)
        lower.addWidget(self.conflicts)
        column.addLayout(lower)
        column.addWidget(self.cell)
        column.addWidget(self.legend)
        column.addStretch(0)

    def _reword(self) -> None:
        px, theme = self.theme.px, self.theme
        self.heading.setText(self.title())
        for action, words in self.named:
            action.setText(words())
        for button, icon, action in ((self.earlier, "chevron-left", self.before_action),
                                     (self.later, "chevron-right", self.after_action)):
            button.setIcon(theme.icon(icon))
            button.setIconSize(QSize(px(16), px(16)))
            button.setAccessibleName(action.text())
            button.setToolTip(action.text())
        self.now_button.setText(t("Today"))
        names = {"lock": t("Lock"), "refresh": t("Swap"), "calendar": t("Leave"),
                 "settings": t("roster|Rules"), "printer": t("verb|Print"),
                 "upload": t("verb|Publish"), "wand": t("Solve")}
        keys = {"lock": "L", "refresh": "X", "calendar": "V", "settings": "K", "printer": "P",
                "upload": "U", "wand": "S"}
        for name, button in self.buttons.items():
            on = theme.palette.accent.on if name == "wand" else None
            button.setIcon(theme.icon(name, on))
            button.setText(f"{names[name]}  {keys[name]}")
            button.setAccessibleName(names[name])
        self.month_name.setMinimumWidth(px(96))
        self.month_name.setText(t("{year}-{month:02}", year=self.shown.year,
                                  month=self.shown.month))
        self.month_name.setFont(self.theme.font(16, bold=True))
        self.conflicts.setFixedWidth(px(320))
        self.actions_changed.emit()

    # What is shown

    def load(self, change: object | None) -> None:
        if isinstance(change, Change) and not change.tables() & TABLES:
            return
        self._reword()
        today = localtime.local_day(self.desk.now())
        found = board(self.desk.store, self.shown)
        self.board = found
        self.edit.turn_to(self.shown)
        self.grid.district = district_name(self.desk.store)
        self.grid.set_board(found, today)
        self.bar.set_board(found)
        self.posts.refresh()
        self.grid.setMaximumHeight(self.grid.wanted_height())
        self.conflicts.show_things(found.breaches, found.asked,
                                   suggestion(found, self.desk.now()))
        self.conflicts.setFixedHeight(max(self.posts.height(), self.theme.px(120)))
        self.empty.setText(t("Nobody is planned for this month yet. S solves it; 1 to 4 put"
                             " somebody on a post. The officers stand here as soon as they have a"
                             " post (N, or Settings)."))
        self.empty.setVisible(not found.month.planned)
        starts = " ".join(f"{at:%H:%M}" for at in found.record.starts)
        self.note.setText(t("Shifts from {starts}", starts=starts))
        self._tell_cell()

    def showEvent(self, event: QShowEvent) -> None:
        """The arrow keys walk the grid at once."""
        super().showEvent(event)
        if not self.on_posts:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self, now: datetime) -> None:
        if self.grid.today != localtime.local_day(now):
            self.load(None)

    def open(self, what: object) -> None:
        if isinstance(what, date):
            self.grid.column = self.posts.column = what.day - 1
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
        return tuple(action for action, _ in self.named)

    # Where one is

    @property
    def on_posts(self) -> bool:
        return self.posts.hasFocus()

    @property
    def day(self) -> date:
        """The day of the chosen cell."""
        column = self.posts.column if self.on_posts else self.grid.column
        days = self.grid.month.days if self.grid.month else ()
        return days[column].date if column < len(days) else self.shown

    def person(self) -> OfficerId | None:
        """Whose row it is, or who holds the chosen post."""
        if self.on_posts:
            duties = self.posts.duties
            return duties[0].officer_id if duties else None
        return self.grid.person.id if self.grid.person else None

    def _go_to(self, thing: Breach | Swap) -> None:
        if isinstance(thing, Swap):
            self.grid.choose_person(thing.from_id)
            self.grid.choose(self.grid.row, thing.from_key.day.day - 1)
            self.answer_swap(thing)
        elif thing.cells:
            self.grid.choose_person(thing.cells[-1].person)
            self.grid.choose(self.grid.row, thing.cells[-1].key.day.day - 1)
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        elif thing.key is not None:
            rows = self.grid.month.posts if self.grid.month else ()
            row = next((n for n, (post, _) in enumerate(rows) if post is thing.post), 0)
            self.posts.choose(row, thing.key.day.day - 1)
            self.posts.setFocus(Qt.FocusReason.OtherFocusReason)

    # Acts on cells

    def _on_cell(self, act: Callable[[Board, OfficerId], object]) -> None:
        who = self.person()
        if self.board is None or who is None:
            self.desk.told.emit(Tone.REFUSED, t("Choose somebody's cell first."))
            return
        act(self.board, who)

    def assign(self, post: Post) -> None:
        day = self.day
        self._on_cell(lambda shown, who: self.edit.assign(shown, who, day, post))

    def clear_cell(self) -> None:
        day = self.day
        self._on_cell(lambda shown, who: self.edit.clear(shown, who, day))

    def lock(self) -> None:
        day = self.day
        self._on_cell(lambda shown, who: self.edit.lock(shown, who, day))

    def _drag(self, row: int, column: int, to_row: int, to_column: int) -> None:
        month = self.grid.month
        if month is not None and self.board is not None:
            self.edit.move(self.board, month.people[row].id, month.days[column].date,
                           month.people[to_row].id, month.days[to_column].date)
            self.grid.choose(to_row, to_column)

    def _name(self, typed: str) -> None:
        if self.board is not None and self.posts.post is not None:
            post = self.posts.post[0]
            names = [p.name for p in self.board.problem.people if post in p.posts]
            self.name_line.begin(self.posts.cell_rect(), names, typed)

    def _seat(self, typed: str) -> None:
        shown, post, day = self.board, self.posts.post, self.day_of_posts()
        if shown is not None and post is not None:
            self.desk.act(lambda: self.edit.seat(shown, *post, day, typed))

    def _unseat(self) -> None:
        if self.board is not None and self.posts.post is not None:
            self.edit.unseat(self.board, *self.posts.post, self.day_of_posts())

    def day_of_posts(self) -> date:
        days = self.grid.month.days if self.grid.month else ()
        return days[self.posts.column].date if days else self.shown

    def next_slot(self) -> None:
        if self.board is not None:
            self.edit.next_slot(self.board)
            number = self.edit.slot
            starts = self.board.record.starts
            words = t("Now on shift {n} of {all}, from {start}", n=number + 1, all=len(starts),
                      start=f"{starts[number]:%H:%M}")
            self.desk.told.emit(Tone.DONE, words)

    # Acts on the month

    def solve(self, *, mend: bool) -> None:
        if self.board is not None:
            self.solver.begin(self.board, mend=mend)

    def reopen(self) -> None:
        self.desk.act(lambda: reopen_month(self.desk.store, self.shown, by=self.desk.officer),
                      t("Back in a draft. The desk keeps its shifts until it is published anew."))

    def sheet(self, make: Callable[[QWidget], Sheet], focus: str = "") -> Sheet | None:
        """Show a sheet over the page; a refusal is told instead."""
        try:
            made = make(self.window())
        except WatchdeskError as error:
            for half in self.window().findChildren(Sheet):
                if not half.isVisible() and not half.sent:
                    half.deleteLater()
            self.desk.told.emit(Tone.REFUSED, str(error))
            return None
        made.again = lambda: self.sheet(make, focus)
        made.done.connect(self._on_done)
        made.present(focus)
        return made

    def _on_done(self, words: object) -> None:
        if words:
            self.desk.told.emit(Tone.DONE, str(words))

    def publish(self) -> None:
        shown = self.board
        if shown is not None:
            self.sheet(lambda host: PublishSheet(self.theme, self.desk, host, shown), "why")

    def edit_rules(self) -> None:
        shown = self.board
        if shown is not None:
            self.sheet(lambda host: RulesSheet(self.theme, self.desk, host, shown), "pattern")

    def enter_leave(self) -> None:
        day = self.day
        self._on_cell(lambda _shown, who: self.sheet(
            lambda host: LeaveSheet(self.theme, self.desk, host, who, day), "kind"))

    def edit_person(self) -> None:
        self._on_cell(lambda _shown, who: self.sheet(
            lambda host: PersonSheet(self.theme, self.desk, host, who), "leader"))

    def next_conflict(self) -> None:
        if not self.conflicts.things:
            self.desk.told.emit(Tone.DONE, t("No conflict."))
        self.conflicts.next()

    def take_suggestion(self) -> None:
        """J: trade as suggested on a draft; on a published month ask for that swap."""
        shown, taken = self.board, self.conflicts.suggested
        if shown is None or taken is None:
            self.desk.told.emit(Tone.REFUSED, t("There is no suggestion for this month."))
        elif shown.record.state is not MonthState.PUBLISHED:
            self.edit.exchange(taken)
        else:
            made = self.sheet(lambda host: SwapSheet(
                self.theme, self.desk, host, shown, taken.give.person, taken.give.key), "reason")
            if made is not None:
                made.form.fill({"to": (int(taken.to_id), taken.back.key if taken.back else None),
                                "reason": taken.breach.words})

    def ask_swap(self) -> None:
        day = self.day

        def ask(shown: Board, who: OfficerId) -> None:
            key = self.edit.held_key(shown, who, day) or self.edit.key(shown, day)
            self.sheet(lambda host: SwapSheet(self.theme, self.desk, host, shown, who, key), "to")

        self._on_cell(ask)

    def answer_swap(self, swap: Swap | None = None) -> None:
        found = swap or (self.board.asked[-1] if self.board and self.board.asked else None)
        if found is None:
            self.desk.told.emit(Tone.REFUSED, t("No swap waits for an answer."))
            return
        self.sheet(lambda host: DecideSheet(self.theme, self.desk, host, found), "answer")

    # The line below

    def _tell_cell(self) -> None:
        words = self.cell_words()
        self.cell.setText(words)
        self.grid.setAccessibleDescription(words)
        self.posts.setAccessibleDescription(words)

    def cell_words(self) -> str:
        """What the chosen cell says, whole."""
        person, day = self.grid.person, self.grid.day
        if person is None or day is None or self.board is None:
            return ""
        return cell_words(self.board, person, day, self.grid.duties,
                          locked=(person.id, day.date.day) in self.grid.locked)
