"""The line of gaps 缺项: what a report does not say yet; each leads to its field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from db.words import t
from ui.theme import Theme

ACROSS = 5


class GapLine(QWidget):
    """A button for each missing element; `chosen` carries its code."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.buttons: dict[str, QPushButton] = {}
        self.lead = QLabel()
        self.lead.setProperty("tone", "error")
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.px(6))
        self._rows.addWidget(self.lead, 0, 0, 1, ACROSS)

    def show_gaps(self, gaps: Sequence[tuple[str, str]]) -> None:
        """Show these elements, each as its code and its name."""
        for old in self.buttons.values():
            old.hide()
            old.deleteLater()
        self.buttons = {}
        for at, (code, title) in enumerate(gaps):
            button = QPushButton(title)
            button.setToolTip(t("Write it now: {what}", what=title))
            button.clicked.connect(lambda _on=False, c=code: self.chosen.emit(c))
            self._rows.addWidget(button, 1 + at // ACROSS, at % ACROSS)
            self.buttons[code] = button
        self.lead.setText(t("Not known yet ({n}); Enter on one writes it:", n=len(gaps)))
        self.setVisible(bool(gaps))
