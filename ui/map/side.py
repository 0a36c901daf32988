"""The side panel 选中面板: what is selected, its rings and nearest forces, what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from db.words import t
from dispatch.surroundings import Ring
from ui.map.ring_table import RingTable
from ui.map.selection import Selection
from ui.theme import Theme
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.flow import FlowLayout
from ui.widgets.panel import Panel

WIDTH = 340


class SidePanel(Panel):
    """`row_opened` carries the key of a row that was opened, `row_chosen` of one that was
    chosen; `capability_chosen` another capability to look for."""

    row_opened = Signal(str)
    row_chosen = Signal(str)
    capability_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.selection: Selection | None = None
        self.rings, self.facts = RingTable(theme), FactList(theme, t("About what is selected"))
        self.what, self.acts = QComboBox(), QWidget()
        self.flow = FlowLayout(theme.px(8), self.acts)
        self.flow.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        self._buttons: list[QPushButton] = []
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.px(16), theme.px(4), theme.px(16), theme.px(4))
        inner.addWidget(self.what)
        self.body.addWidget(self.rings)
        self.body.addLayout(inner)
        self.body.addWidget(self.facts, 1)
        self.body.addWidget(self.acts)
        self.what.activated.connect(lambda _n: self.capability_chosen.emit(self.capability))
        self.facts.activated_row.connect(lambda row: self.row_opened.emit(row.key))
        self.facts.chosen_row.connect(self._on_chosen)
        self.setFixedWidth(theme.px(WIDTH))

    def _on_chosen(self, row: Fact | None) -> None:
        if row is not None and self.facts.hasFocus():
            self.row_chosen.emit(row.key)

    @property
    def capability(self) -> str:
        return str(self.what.currentData() or "")

    def show_rows(self, title: str, note: str, rows: Sequence[Fact]) -> None:
        """Title in the head and the rows below."""
        self.set_title(title, "", note)
        self.facts.set_rows(rows)
        heads = [row.words for row in rows if row.head]
        self.facts.setAccessibleName(" ".join((t("About what is selected"), title, *heads)))

    def show_rings(self, rings: Sequence[Ring], at: float) -> None:
        self.rings.show_rings(rings, at)

    def offer_capabilities(self, names: Sequence[str], chosen: str | None) -> None:
        """The capabilities to look for; None hides the choice."""
        self.what.blockSignals(True)
        self.what.clear()
        self.what.addItem(t("Any capability"), "")
        for name in names:
            self.what.addItem(name, name)
        self.what.setCurrentIndex(max(0, self.what.findData(chosen or "")))
        self.what.blockSignals(False)
        self.what.setAccessibleName(t("Capability"))
        self.what.setVisible(chosen is not None)

    def offer_acts(self, acts: Sequence[QAction], primary: QAction | None = None) -> None:
        """Buttons for what can be done with the selection, each with its key."""
        for button in self._buttons:
            self.flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(act, act.trigger, primary=act is primary) for act in acts]
        self.acts.setVisible(bool(acts))

    def _button(self, act: QAction, press: Callable[[], None], *, primary: bool) -> QPushButton:
        button = QPushButton(f"{act.text()}  {act.shortcut().toString()}", self.acts)
        button.setAccessibleName(act.text())
        button.setProperty("primary", primary)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _on=False: press())
        self.flow.addWidget(button)
        button.show()
        return button

    def restyle(self) -> None:
        super().restyle()
        self.setFixedWidth(self.theme.px(WIDTH))
