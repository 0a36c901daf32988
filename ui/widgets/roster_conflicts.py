"""The list of conflicts 冲突列表 beside the posts; choosing one goes to its cell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from db.words import t
from dispatch.duty.roster.mending import Suggestion
from dispatch.duty.roster.swaps import Swap
from dispatch.duty.roster.terms import KIND_NAMES
from dispatch.duty.roster.validate import Breach
from ui.theme import Theme
from ui.widgets.panel import Panel


class ConflictList(Panel):
    """Conflicts, then the swaps that wait; below them a way out of the first.

    `chosen` carries a Breach or a Swap, `taken` a Suggestion.
    """

    chosen = Signal(object)
    taken = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, t("Conflicts"), parent)
        self.list = QListWidget()
        self.list.setAccessibleName(t("Conflicts"))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout()
        box.addWidget(self.list)
        self.body.addLayout(box)
        px = theme.px
        self.advice, self.take_button = QLabel(), QPushButton()
        self.advice.setWordWrap(True)
        self.foot = QWidget()
        foot = QHBoxLayout(self.foot)
        foot.setContentsMargins(px(12), px(4), px(12), px(8))
        foot.setSpacing(px(8))
        foot.addWidget(self.advice, 1)
        foot.addWidget(self.take_button)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.body.addWidget(self.foot)
        self.suggested: Suggestion | None = None
        self.take_button.clicked.connect(self.take)
        self.things: list[Breach | Swap] = []
        self.list.itemActivated.connect(self._on_chosen)
        self.list.itemClicked.connect(self._on_chosen)

    def take(self) -> None:
        """Do what is suggested."""
        if self.suggested is not None:
            self.taken.emit(self.suggested)

    def show_things(self, breaches: Sequence[Breach], swaps: Sequence[Swap],
                    suggested: Suggestion | None = None) -> None:
        """Fill the list; what was chosen stays chosen by its place."""
        at = self.list.currentRow()
        self.suggested = suggested
        self.foot.setVisible(suggested is not None)
        self.advice.setText(suggested.words if suggested else "")
        self.take_button.setText(t("Take it  {key}", key="J"))
        self.things = [*breaches, *swaps]
        self.list.setAccessibleName(t("Conflicts"))
        self.set_title(t("Conflicts"), str(len(breaches)))
        self.list.clear()
        warn, swap_icon = self.theme.icon("alert-triangle"), self.theme.icon("refresh")
        self.list.setIconSize(QSize(self.theme.px(14), self.theme.px(14)))
        for breach in breaches:
            words = f"{breach.words}（{t(KIND_NAMES[breach.kind])}）"
            self.list.addItem(QListWidgetItem(warn, words))
        for swap in swaps:
            self.list.addItem(QListWidgetItem(swap_icon, t("Swap waits: {words}",
                                                           words=swap.words)))
        if not self.things:
            empty = QListWidgetItem(self.theme.icon("check"), t("No conflict."))
            empty.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(empty)
        self.list.setCurrentRow(min(at, len(self.things) - 1))

    def next(self) -> None:
        """Go to the next conflict."""
        if self.things:
            self.list.setCurrentRow((self.list.currentRow() + 1) % len(self.things))
            self.chosen.emit(self.things[self.list.currentRow()])

    def _on_chosen(self, _item: QListWidgetItem) -> None:
        if 0 <= self.list.currentRow() < len(self.things):
            self.chosen.emit(self.things[self.list.currentRow()])
