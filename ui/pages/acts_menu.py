"""The acts menu 办理菜单: one button that lists what else can be done, each with its letter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from db.words import t
from ui.page import make_action
from ui.pages.library_act import LibraryAct

if TYPE_CHECKING:
    from ui.pages.libraries_page import LibrariesPage

KEY = "J"


class ActsMenu(QPushButton):
    """J opens the menu; the letters hold on the page too, but for those in `taken`."""

    def __init__(self, page: LibrariesPage, acts: Sequence[LibraryAct],
                 taken: Sequence[str] = ()) -> None:
        super().__init__(page)
        self.page, self.acts = page, tuple(acts)
        self.opening = make_action(page, "", KEY, self.pop_up)
        self.letters = {act.key: make_action(page, "", act.key, partial(self.run, act))
                        for act in self.acts if act.key not in taken}
        page.addActions(list(self.letters.values()))
        self.clicked.connect(self.opening.trigger)

    def reword(self) -> None:
        """Words in the language in use; what does not fit the library in view is left out."""
        self.opening.setText(t("More acts"))
        self.setText(f"{t('More acts')}  {KEY}")
        for act in self.acts:
            if act.key in self.letters:
                self.letters[act.key].setText(t(act.words))
                self.letters[act.key].setEnabled(self.fits(act))

    def fits(self, act: LibraryAct) -> bool:
        ready = not act.needs_row or self.page.chosen is not None
        return self.page.kind.library in act.kinds and ready

    def run(self, act: LibraryAct) -> None:
        if self.fits(act):
            act.run(self.page)

    def pop_up(self) -> None:
        """The acts that fit what is in view, under the button."""
        menu = QMenu(self)
        for act in self.acts:
            if self.fits(act):
                entry = QAction(f"{t(act.words)}\t{act.key}", menu)
                entry.triggered.connect(partial(self._on_entry, act))
                menu.addAction(entry)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _on_entry(self, act: LibraryAct, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        self.run(act)
