"""Help 帮助: every key that works here, and where to look when something went wrong."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from db.words import t
from ui.dialogs.box import Box
from ui.theme import Theme


class HelpDialog(Box):
    """A list of keys and words; Esc closes it."""

    def __init__(self, theme: Theme, actions: Iterable[QAction],
                 parent: QWidget | None = None) -> None:
        super().__init__(theme, t("Help"), t("Type a line and press Enter: it is in the log. The"
                                             " keys work on every page."), parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(24))
        grid.setVerticalSpacing(theme.px(8))
        rows = [(a.shortcut().toString(), a.text()) for a in actions if not a.shortcut().isEmpty()]
        rows += [("Ctrl+↑ ↓", t("kind of entry on the line")),
                 ("1–9", t("next stage of a force, on an event's page"))]
        for number, (key, words) in enumerate(rows):
            row, column = number % 12, number // 12 * 2
            cap = QLabel(key)
            cap.setFont(theme.font(14, bold=True))
            grid.addWidget(cap, row, column)
            grid.addWidget(QLabel(words), row, column + 1)
        self.body.addLayout(grid)
        self.answer(t("Close"), self.accept, primary=True)
