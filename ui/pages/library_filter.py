"""The filters 筛选 above a library's list: words, facets as chips, what waits, saved views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.store import Store
from db.words import mark, t
from resources.field_tables import field_of
from resources.fields import show_value
from resources.listing import FACETS, Asked, Choice, Facet, Totals, values_of, waits_of
from resources.records import Library
from resources.views import View
from resources.waiting import WAIT_NAMES, Wait
from ui.theme import Theme
from ui.widgets.flow import FlowLayout

FACET_NAMES = {
    Facet.TYPE: mark("facet|Kind"), Facet.TIER: mark("facet|Tier or level"),
    Facet.TOWN: mark("facet|Town"), Facet.CAPABILITY: mark("facet|Capability"),
    Facet.STATUS: mark("facet|Status"), Facet.HOUSE: mark("facet|Warehouse"),
    Facet.OWNER: mark("facet|Owner unit"), Facet.DUE: mark("facet|What waits")}
TYPING_MS = 120


def choice_words(library: Library, choice: Choice) -> str:
    """A facet's value as a person reads it."""
    if choice.facet is Facet.DUE:
        return t(WAIT_NAMES[Wait(choice.value)])
    field = field_of(library, FACETS[library].get(choice.facet, ""))
    if field is None or choice.facet is Facet.CAPABILITY:
        return choice.value
    return show_value(field, choice.value)


def asked_words(library: Library, asked: Asked) -> list[str]:
    """What a list is narrowed by, for its paper and its chips."""
    words = [f"“{asked.text.strip()}”"] if asked.text.strip() else []
    return words + [f"{t(FACET_NAMES[one.facet])} {choice_words(library, one)}"
                    for one in sorted(asked.chosen)]


class FilterBar(QWidget):
    """`changed` comes when another list is asked for; `view_chosen` with a saved view, None for
    the whole list."""

    changed = Signal()
    view_chosen = Signal(object)

    def __init__(self, theme: Theme, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.store, self.library = theme, store, Library.SUPPLY
        self.asked = Asked()
        self.totals = Totals(0)
        self.text, self.filter_button, self.views = QLineEdit(), QPushButton(), QComboBox()
        self.menu = QMenu(self)
        self.chips = QWidget()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._build()
        self.text.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self.take_text)
        self.text.returnPressed.connect(self.take_text)
        self.filter_button.clicked.connect(self.open_menu)
        self.views.activated.connect(lambda _n: self.view_chosen.emit(self.views.currentData()))

    def _build(self) -> None:
        px = self.theme.px
        self.line = QHBoxLayout()
        self.line.setContentsMargins(px(16), px(8), px(16), 0)
        self.line.setSpacing(px(8))
        self.text.setMinimumWidth(px(140))
        self.text.setMaximumWidth(px(280))
        self.text.setClearButtonEnabled(True)
        self.views.setMinimumWidth(px(120))
        self.views.setMaximumWidth(px(220))
        self.line.addWidget(self.text, 1)
        self.line.addWidget(self.filter_button)
        self.line.addWidget(self.views)
        self.line.addStretch(1)
        flow = FlowLayout(px(8), self.chips)
        flow.setContentsMargins(px(16), px(8), px(16), px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.line)
        column.addWidget(self.chips)

    def reword(self) -> None:
        self.text.setPlaceholderText(t("Name, pinyin, code, phone"))
        self.text.setAccessibleName(t("Filter"))
        self.filter_button.setText(t("Filter by…") + "  L")
        self.views.setAccessibleName(t("Saved views"))
        self._show_chips()

    # What is asked for

    def ask(self, library: Library, asked: Asked) -> None:
        """Show another list's filters; nothing is emitted."""
        self.library, self.asked = library, asked
        self.text.blockSignals(True)
        self.text.setText(asked.text)
        self.text.blockSignals(False)
        self._typing.stop()
        self._show_chips()

    def take_text(self) -> None:
        """Ask for what was typed."""
        self._typing.stop()
        if self.text.text() != self.asked.text:
            self._change(replace(self.asked, text=self.text.text()))

    def toggle(self, choice: Choice) -> None:
        """Put a value into the filter, or take it out."""
        self._change(replace(self.asked, chosen=self.asked.chosen ^ {choice}))

    def clear(self) -> bool:
        """Ask for the whole list again, in the present order; false when it already was."""
        if not (self.asked.chosen or self.text.text()):
            return False
        self.ask(self.library, replace(self.asked, text="", chosen=frozenset()))
        self.changed.emit()
        return True

    def _change(self, asked: Asked) -> None:
        self.asked = asked
        self._show_chips()
        self.changed.emit()

    # Chips

    def show_totals(self, totals: Totals) -> None:
        """Say beside each reason to wait how many of the list do."""
        self.totals = totals
        self._show_chips()

    def _show_chips(self) -> None:
        """What waits can be switched on, what is chosen can be taken away."""
        flow = self.chips.layout()
        held = self.focusWidget()
        name = held.objectName() if isinstance(held, QPushButton) else ""
        while flow is not None and (item := flow.takeAt(0)):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for choice, words in self._chips():
            chip = QPushButton(words, self.chips)
            chip.setObjectName(f"{choice.facet} {choice.value}")
            chip.setCheckable(choice.facet is Facet.DUE)
            chip.setChecked(choice in self.asked.chosen)
            chip.clicked.connect(lambda _on=False, c=choice: self.toggle(c))
            flow.addWidget(chip)  # type: ignore[union-attr]
            chip.show()
            if chip.objectName() == name:
                chip.setFocus()
        self.chips.setVisible(bool(flow and flow.count()))
        self.chips.updateGeometry()

    def _chips(self) -> list[tuple[Choice, str]]:
        waits = [Choice(Facet.DUE, str(wait)) for wait in waits_of(self.library)]
        counts = {Choice(Facet.DUE, str(w)): n for w, n in self.totals.waits.items()}
        chips = [(one, f"{choice_words(self.library, one)} {counts.get(one, 0)}") for one in waits
                 if counts.get(one) or one in self.asked.chosen]
        return chips + [
            (one, f"{t(FACET_NAMES[one.facet])}  {choice_words(self.library, one)}  ×")
            for one in sorted(self.asked.chosen) if one.facet is not Facet.DUE]

    # The menu

    def open_menu(self) -> None:
        """Every facet with its values; arrows and Enter choose."""
        self.menu.clear()
        for facet in (*FACETS[self.library], Facet.DUE):
            part = self.menu.addMenu(t(FACET_NAMES[facet]))
            part.aboutToShow.connect(lambda f=facet, p=part: self._fill(p, f))
        if self.asked.chosen or self.asked.text:
            self.menu.addSeparator()
            self.menu.addAction(t("Clear all filters"), self.clear)
        self.menu.popup(self.filter_button.mapToGlobal(QPoint(0, self.filter_button.height())))
        self.menu.setActiveAction(self.menu.actions()[0])

    def _fill(self, part: QMenu, facet: Facet) -> None:
        """The values are looked up when the part is opened, once."""
        if part.actions():
            return
        for value in values_of(self.store, self.library, facet):
            choice = Choice(facet, value)
            act = part.addAction(choice_words(self.library, choice))
            act.setCheckable(True)
            act.setChecked(choice in self.asked.chosen)
            act.triggered.connect(lambda _on=False, c=choice: self.toggle(c))
        if not part.actions():
            part.addAction(t("Nothing recorded")).setEnabled(False)

    # Views

    def offer_views(self, found: Sequence[View], chosen: object) -> None:
        """Fill the combo; `chosen` is the id of the view in use."""
        self.views.clear()
        self.views.addItem(t("All records"), None)
        for view in found:
            self.views.addItem(view.name, view)
            if view.id == chosen:
                self.views.setCurrentIndex(self.views.count() - 1)
