"""A page behind the libraries 附页: its sheet at the right, and Esc that goes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from db.words import t
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.page import Page, make_action
from ui.pages.giving_out import ChooseFile, choose_book
from ui.theme import Theme
from ui.widgets.panel import Panel


class SubPage(Page):
    """A panel of filters over a table, with verbs on buttons that carry their key.

    `verbs` maps a key to its words and what it does; `choose_file` is how it asks the machine.
    """

    rail_key = "libraries"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk = desk
        self.choose_file: ChooseFile = choose_book
        self.sheet: Sheet | None = None
        self.panel, self.totals, self.filters = Panel(theme), QLabel(), QHBoxLayout()
        self.buttons: dict[str, QPushButton] = {}
        self.own_actions: dict[str, QAction] = {}
        self.own_actions["Esc"] = make_action(self, "", "Esc", self.back)
        px = theme.px
        self.filters.setContentsMargins(px(16), px(8), px(16), px(8))
        self.filters.setSpacing(px(8))
        self.panel.body.addLayout(self.filters)
        self.totals.setProperty("tone", "muted")
        self.totals.setWordWrap(True)
        self.totals.setContentsMargins(px(16), px(8), px(16), px(8))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(8))
        self.column.addWidget(self.panel, 1)

    def verbs(self) -> dict[str, str]:
        """Words of each key in the language in use."""
        raise NotImplementedError

    def add_verb(self, key: str, act: Callable[[], object], *, primary: bool = False) -> None:
        """A button at the right of the filters, also started by its key."""
        self.add_key(key, act)
        button = self.buttons[key] = QPushButton()
        button.clicked.connect(self.own_actions[key].trigger)
        button.setProperty("primary", primary)
        self.filters.addWidget(button)

    def add_key(self, key: str, act: Callable[[], object]) -> None:
        """A key without a button of its own."""
        self.own_actions[key] = make_action(self, "", key, act)

    def reword(self) -> None:
        """Say everything in the language in use."""
        for key, words in self.verbs().items():
            self.own_actions[key].setText(words)
            if key in self.buttons:
                self.buttons[key].setText(f"{words}  {key}")
                self.buttons[key].setAccessibleName(words)
        self.own_actions["Esc"].setText(t("verb|Back"))
        self.actions_changed.emit()

    def fill_box(self, box: QComboBox, name: str, choices: Sequence[tuple[object, str]]) -> None:
        """The choices of a filter; what was chosen stays where it can."""
        chosen = box.currentData()
        box.blockSignals(True)
        box.clear()
        for value, words in choices:
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.blockSignals(False)
        box.setAccessibleName(name)
        box.setToolTip(name)

    def actions_shown(self) -> Sequence[QAction]:
        return tuple(self.own_actions.values())

    def present(self, make: Callable[[QWidget], Sheet], focus: str = "") -> Sheet | None:
        """Show a sheet over the page, the one in view put away first."""
        if self.sheet is not None:
            self.sheet.leave()
        sheet = self.desk.act(lambda: make(self.window()))
        if sheet is not None:
            self.sheet = sheet
            sheet.again = lambda: self.present(make, focus)
            sheet.closed.connect(self._on_closed)
            sheet.present(focus)
        return sheet

    def _on_closed(self) -> None:
        self.sheet = None
        self.setFocus()

    def back(self) -> None:
        self.go.emit("libraries", None)
