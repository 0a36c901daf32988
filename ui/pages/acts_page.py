"""The three columns of a page of the net 三栏页: a list, what is chosen of it, and what to know
beside it; the verbs that are needed less often stand in a menu, each with its letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.desk import Desk
from ui.page import make_action
from ui.pages.acts_menu import KEY, ActsMenu
from ui.pages.sub_page import SubPage
from ui.theme import Theme

NARROW = 1240
"""Below this width the side columns give way."""
Sides = tuple[int, int]
"""Widths of the left and the right column."""


class ActsPage(SubPage):
    """`act_words` names the acts of the menu in the language in use, by their keys."""

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.more_acts: dict[str, QAction] = {}

    def act_words(self) -> Mapping[str, str]:
        raise NotImplementedError

    def stand(self, left: QWidget, right: QWidget, wide: Sides, small: Sides) -> None:
        """The page's own panel between two others, as wide as they leave it; they are `small` on a
        narrow screen."""
        self._sides, self._widths = (left, right), (wide, small)
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        self.column.removeWidget(self.panel)
        row.addWidget(left)
        row.addWidget(self.panel, 1)
        row.addWidget(right)
        self.column.addLayout(row, 1)

    @property
    def narrow(self) -> bool:
        return self.width() < self.theme.px(NARROW)

    def fit(self) -> None:
        """The side columns give way on a small screen."""
        for side, width in zip(self._sides, self._widths[self.narrow], strict=True):
            side.setFixedWidth(self.theme.px(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def restyle(self) -> None:
        self.fit()
        super().restyle()

    def add_acts(self, acts: Mapping[str, Callable[[], object]]) -> None:
        """Keys of the page, those that are no digits in the menu too, which J opens."""
        for key, act in acts.items():
            self.more_acts[key] = make_action(self, "", key, act)
        self.addActions(list(self.more_acts.values()))
        self.more = ActsMenu(self, [a for k, a in self.more_acts.items() if not k.isdigit()])
        self.own_actions[KEY] = make_action(self, "", KEY, self.more.pop_up)
        self.filters.addWidget(self.more)

    def reword(self) -> None:
        words = self.act_words()
        for key, action in self.more_acts.items():
            action.setText(words[key])
        self.more.reword()
        super().reword()
