"""The libraries 五库: a list of each, what can be done with it, and what is known beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabBar, QVBoxLayout, QWidget

from db.change import Change
from db.words import t
from resources.records import Library, count_of
from resources.settings import libraries_off
from resources.terms import MovementKind
from resources.upkeep import verify_record
from resources.views import ViewId, remove_view, views
from ui.desk import Desk
from ui.dialogs.columns import ColumnsDialog
from ui.dialogs.view_name import ViewSheet
from ui.page import Page, make_action
from ui.pages.acts_menu import ActsMenu
from ui.pages.ledger_acts import move
from ui.pages.library_act import LibraryAct
from ui.pages.library_acts import acts_of
from ui.pages.library_columns import columns_of
from ui.pages.library_filter import asked_words
from ui.pages.library_kinds import BY_KEY, KINDS
from ui.pages.library_list import LibraryList
from ui.pages.library_out import choose_table, export_list, print_card, print_list
from ui.pages.library_side import LibrarySide
from ui.pages.paper import Paper
from ui.theme import Theme
from ui.widgets.flow import FlowLayout
from ui.widgets.window_table import WindowTable

SIDE_TABLES = {"dispatch_order", "stamp", "movement", "lot"}
"""What the side panel tells of, beside the record itself."""


DAILY = {Library.SUPPLY: ("R", "O", "N", "E", "V", "K")}
DAILY_ELSEWHERE = ("N", "E", "V", "M", "R")
"""The letters that have a button of their own, the first one primary; J lists the others."""


class LibrariesPage(Page):
    """`open((kind, id))` shows a record in its list; a kind alone opens its tab.

    `choose_file` is how an export asks where to write.
    """

    key = "libraries"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk, self.tabs = desk, QTabBar()
        self.list, self.side = LibraryList(theme, desk, BY_KEY["supply"]), LibrarySide(theme, desk)
        self.choose_file: Callable[[QWidget, str, str], str] = choose_table
        self.act_row, self.buttons = QWidget(), dict[str, QPushButton]()
        self.act_actions: list[QAction] = []
        self.more = ActsMenu(self.act_row, ())
        self.more_action = make_action(self, "", "J", self.pop_up)
        self.tools = {key: QPushButton()
                      for key in ("Ctrl+S", "Ctrl+Del", "Ctrl+T", "Ctrl+P", "Ctrl+E", "Ctrl+I")}
        self._make_actions()
        self._build()
        self.setAcceptDrops(True)
        self.tabs.currentChanged.connect(lambda n: self.show_kind(str(self.tabs.tabData(n))))
        self.list.chosen.connect(self._on_chosen)
        self._offer_acts()
        self._reword()

    @property
    def kind(self) -> Any:
        return self.list.kind

    @property
    def table(self) -> WindowTable:
        return self.list.table

    def _make_actions(self) -> None:
        verbs = {"Ctrl+F": self.list.bar.text.setFocus, "Ctrl+Shift+F": self.list.bar.open_menu,
                 "Ctrl+T": self.choose_columns, "Ctrl+P": self.print_register,
                 "Ctrl+U": self.print_card, "Ctrl+E": self.export, "Ctrl+I": self.bring_in,
                 "Ctrl+G": self.side.show_on_map,
                 "Ctrl+S": self.save_view, "Ctrl+Del": self.remove_view, "Esc": self.back}
        self.own = {key: make_action(self, "", key, verb) for key, verb in verbs.items()}

    def _build(self) -> None:
        px = self.theme.px
        for kind in KINDS:
            self.tabs.setTabData(self.tabs.addTab(""), kind.key)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setCurrentIndex([k.key for k in KINDS].index(self.kind.key))
        for key, button in self.tools.items():
            self.list.bar.line.addWidget(button)
            button.clicked.connect(self.own[key].trigger)
        flow = FlowLayout(px(8), self.act_row)
        flow.setContentsMargins(px(16), px(8), px(16), px(2))
        self.list.body.insertWidget(self.list.body.count() - 1, self.act_row)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.list, 1)
        row.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.tabs)
        column.addLayout(row, 1)

    def _reword(self) -> None:
        words = {"Ctrl+F": t("Filter"), "Ctrl+Shift+F": t("Filter by…"), "Ctrl+T": t("Columns"),
                 "Ctrl+P": t("Print"), "Ctrl+U": t("Unit card"), "Ctrl+E": t("Export"),
                 "Ctrl+I": t("import|Import"), "Ctrl+G": t("On the map"),
                 "Ctrl+S": t("Save this view"),
                 "Ctrl+Del": t("Remove this view"), "Esc": t("Clear or back")}
        icons = {"Ctrl+S": "device-floppy", "Ctrl+Del": "trash", "Ctrl+T": "list-check",
                 "Ctrl+P": "printer", "Ctrl+E": "file-export", "Ctrl+I": "file-import"}
        for key, action in self.own.items():
            action.setText(words[key])
        size = self.theme.px(16)
        for key, button in self.tools.items():
            button.setIcon(self.theme.icon(icons[key]))
            button.setIconSize(QSize(size, size))
            button.setAccessibleName(words[key])
            button.setToolTip(f"{words[key]}  {key}")
            button.setFixedWidth(self.theme.px(36))
        for act, action in zip(acts_of(self.kind.library), self.act_actions, strict=True):
            action.setText(t(act.words))
            if act.key in self.buttons:
                self.buttons[act.key].setText(f"{t(act.words)}  {act.key}")
        self.more_action.setText(t("More acts"))
        self.more.reword()
        self.tabs.setAccessibleName(t("Libraries"))
        self._count_tabs()
        self.actions_changed.emit()

    def _count_tabs(self) -> None:
        off = libraries_off(self.desk.store) - {self.kind.key}  # the one in view stays
        for n, kind in enumerate(KINDS):
            self.tabs.setTabText(n, f"{t(kind.title)} {count_of(self.desk.store, kind.key)}")
            self.tabs.setTabVisible(n, kind.key not in off)

    def _offer_acts(self) -> None:
        """The acts of this library: letters for all, buttons for the daily ones, a menu."""
        flow = self.act_row.layout()
        for action in self.act_actions:
            action.deleteLater()
        for button in (*self.buttons.values(), self.more):
            button.hide()
            button.deleteLater()
        while flow is not None and flow.takeAt(0):
            pass
        self.act_actions, self.buttons = [], {}
        daily = DAILY.get(self.kind.library, DAILY_ELSEWHERE)
        for act in acts_of(self.kind.library):
            action = make_action(self, "", act.key, partial(self._do, act))
            self.act_actions.append(action)
            if act.key in daily:
                button = QPushButton(self.act_row)
                button.setProperty("primary", act.key == daily[0])
                button.clicked.connect(action.trigger)
                self.buttons[act.key] = button
        others = [a for a in self.act_actions if a.shortcut().toString() not in daily]
        self.addActions(others)  # the F-bar has no room for them, their letters hold all the same
        self.more = ActsMenu(self.act_row, others)
        for button in (*(self.buttons[key] for key in daily if key in self.buttons), self.more):
            flow.addWidget(button)  # type: ignore[union-attr]
            button.show()

    def _do(self, act: LibraryAct) -> None:
        """Run an act; a refusal is told on the message line."""
        if not act.needs_row or self.chosen is not None:
            self.desk.act(lambda: act.run(self))

    def pop_up(self) -> None:
        """J: what else can be done."""
        self.more.pop_up()

    # What is shown

    def load(self, change: object | None) -> None:
        if isinstance(change, Change):
            if change.tables() & {*BY_KEY, "setting"}:
                self._count_tabs()
            self.list.load(change)
            if change.tables() & SIDE_TABLES:
                self._on_chosen(self.chosen)
            return
        self._reword()
        self.list.load(None)
        self.tools["Ctrl+Del"].setVisible(self.list.view is not None)

    def show_kind(self, key: str) -> None:
        """Show another library from its top."""
        if key != self.kind.key:
            self.list.show_kind(BY_KEY[key])
            self._offer_acts()
            self.load(None)

    def open(self, what: object) -> None:
        kind, wanted = what if isinstance(what, tuple) else (what, None)
        if kind not in BY_KEY:
            return
        self.tabs.setCurrentIndex([k.key for k in KINDS].index(str(kind)))
        if wanted is not None and self.table.window_model.find(wanted) < 0:
            self.list.bar.clear()
        self.load(None)
        self.table.choose(wanted)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen(self, row: Any) -> None:
        self.side.show_record(self.desk.store, self.kind, row)
        for act, action in zip(acts_of(self.kind.library), self.act_actions, strict=False):
            there = row is not None or not act.needs_row
            action.setEnabled(there)
            if act.key in self.buttons:
                self.buttons[act.key].setEnabled(there)
        self.own["Ctrl+U"].setEnabled(bool(self._unit(row)))

    def actions_shown(self) -> Sequence[QAction]:
        daily = DAILY.get(self.kind.library, DAILY_ELSEWHERE)
        acts = [a for a in self.act_actions if a.shortcut().toString() in daily]
        return (*acts, self.more_action, *self.own.values())

    # What is chosen

    @property
    def chosen(self) -> Any:
        """The current record, None in an empty list."""
        return self.table.current_row

    def chosen_rows(self) -> list[Any]:
        """Every chosen record, in the order of the list."""
        return self.list.rows()

    # What is done

    def verify(self) -> None:
        """Note that the chosen record was looked at and is right today."""
        row, desk, kind = self.chosen, self.desk, self.kind
        if row is not None:
            desk.act(lambda: verify_record(desk.store, kind.library, row.id, by=desk.officer),
                     t("{name} is verified", name=row.name))

    def move_stock(self, kind: MovementKind) -> None:
        """Ask for a movement of the chosen supply."""
        move(kind, self)

    def back(self) -> None:
        """Esc: the filters are cleared first, then back to the desk."""
        if not self.list.bar.clear():
            self.go.emit("desk", None)

    # Columns and views

    def choose_columns(self) -> None:
        asked, every = self.list.bar.asked, columns_of(self.kind.library, self.desk.store)
        dialog = ColumnsDialog(self.theme, every, self.list.columns, asked.sort, down=asked.down,
                               parent=self)
        dialog.accepted.connect(lambda: self.list.lay_out(dialog.columns, dialog.sort,
                                                          down=dialog.down))
        dialog.open()

    def save_view(self) -> None:
        asked = self.list.bar.asked
        words = t("list|, ").join(asked_words(self.kind.library, asked)) or t("No filter")
        sheet = ViewSheet(self.theme, self.desk, self.window(), self.kind.library, asked,
                          self.list.columns, words)
        sheet.done.connect(self._on_view_saved)
        sheet.again = self.save_view
        sheet.present("name")

    def _on_view_saved(self, view: ViewId) -> None:
        self.list.view = view
        self.list.load(None)

    def remove_view(self) -> None:
        """Take the view in use off the desk's views; the list stays as it is."""
        desk, found = self.desk, self.list.bar.views.currentData()
        if found is None:
            found = next(iter(views(desk.store, self.kind.library)), None)
            desk.told.emit("refused", t("Choose the saved view that shall go first.") if found
                           else t("There is no saved view of this library yet."))
            return
        desk.act(lambda: remove_view(desk.store, found.id, by=desk.officer),
                 t("The view {name} is gone", name=found.name))

    # In and out

    def bring_in(self) -> None:
        """Ctrl+I: files into the library in view."""
        self.go.emit("import", self.kind.key)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Files dropped on a library are looked at on the import page."""
        event.acceptProposedAction()
        self.go.emit("import", (self.kind.key, [u.toLocalFile() for u in event.mimeData().urls()
                                                if u.isLocalFile()]))

    def print_register(self) -> None:
        print_list(self.desk, self.kind.library, self.list.bar.asked, self.list.columns,
                   t(self.kind.title), self._show_paper)

    def _unit(self, row: Any) -> str:
        if row is None:
            return ""
        return str(row.name if self.kind.library is Library.UNIT else row.owner)

    def print_card(self) -> None:
        """The card of the chosen unit, or of the unit that owns the chosen record."""
        if unit := self._unit(self.chosen):
            print_card(self.desk, unit, self._show_paper)

    def _show_paper(self, paper: Paper) -> None:
        self.go.emit("preview", paper)

    def export(self) -> None:
        name = self.desk.file_name(f"{t(self.kind.title)}.xlsx")
        if file := self.choose_file(self, t("Export"), name):
            export_list(self.desk, self.kind.library, self.list.bar.asked, Path(file))
