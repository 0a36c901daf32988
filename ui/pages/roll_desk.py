"""The unit at hand 当前单位: whom to call, under which number, and the keys of the answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from db.words import t
from dispatch.net.rollcall import RollAnswer, RollCall
from dispatch.net.terms import RESULT_KEYS, RESULT_NAMES, RollResult
from resources.net import Member
from ui.theme import Theme
from ui.widgets.number_list import NumberList
from ui.widgets.panel import Panel

WIDTH = 320


class RollDesk(Panel):
    """320 px; `pressed` carries the result of a button, `typed` that Enter left a field."""

    pressed = Signal(object)
    typed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        px = theme.px
        self.unit, self.radio = QLabel(), QLabel()
        self.unit.setProperty("tone", "title")
        self.unit.setWordWrap(True)
        self.radio.setProperty("tone", "muted")
        self.radio.setWordWrap(True)
        self.numbers = NumberList(theme)
        self.fields = {name: QLineEdit() for name in ("responder", "quality", "note")}
        self.labels = {name: QLabel() for name in self.fields}
        self.buttons = {result: QPushButton() for result in RollResult}
        head, column = QVBoxLayout(), QVBoxLayout()
        for part in (head, column):
            part.setContentsMargins(px(16), px(12), px(16), px(8))
            part.setSpacing(px(4))
        head.addWidget(self.unit)
        head.addWidget(self.radio)
        for name, field in self.fields.items():
            self.labels[name].setProperty("tone", "muted")
            self.labels[name].setBuddy(field)
            column.addWidget(self.labels[name])
            column.addWidget(field)
            field.returnPressed.connect(self.typed)
        column.addSpacing(px(8))
        for result, button in self.buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, r=result: self.pressed.emit(r))
            column.addWidget(button)
        self.body.addLayout(head)
        self.body.addWidget(self.numbers)
        self.body.addLayout(column)
        self.body.addStretch(1)
        self.restyle()

    def restyle(self) -> None:
        super().restyle()
        if not hasattr(self, "buttons"):
            return
        words = {"responder": t("Answered by"), "quality": t("Signal 1 to 5"),
                 "note": t("Note")}
        keys = {"responder": "R", "quality": "S", "note": "M"}
        for name, label in self.labels.items():
            label.setText(f"{words[name]}  {keys[name]}")
            self.fields[name].setAccessibleName(words[name])
        for key, result in RESULT_KEYS.items():
            self.buttons[result].setText(f"{key}  {t(RESULT_NAMES[result])}")
            self.buttons[result].setAccessibleName(t(RESULT_NAMES[result]))
            self.buttons[result].setProperty("primary", result is RollResult.PRESENT)

    def show_unit(self, of: RollCall | None, row: RollAnswer | None, member: Member | None,
                  place: str) -> None:
        """The unit that is called now; without one the panel says so."""
        there = of is not None and of.open and row is not None
        self.set_title(t("At hand"), place)
        self.unit.setText(row.name if row is not None else "—")
        self.radio.setText(member.radio if member is not None else "")
        self.numbers.show_numbers(member.numbers if member is not None else (), now=0)
        for field in self.fields.values():
            field.setEnabled(there)
        for button in self.buttons.values():
            button.setEnabled(there)
        if row is not None:
            person = next((c.who for c in (member.numbers if member else ()) if c.name), "")
            self.fields["responder"].setPlaceholderText(person)
            for name, value in (("responder", row.responder), ("note", row.note),
                                ("quality", str(row.quality or ""))):
                self.fields[name].setText(value)

    @property
    def quality(self) -> int | None:
        words = self.fields["quality"].text().strip()
        return int(words) if words.isdigit() else None if not words else 0
