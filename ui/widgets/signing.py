"""Signing 签字: one line for each signature that a handover needs, with the own password."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.errors import WatchdeskError
from db.words import t
from dispatch.duty.handover import Signature
from dispatch.duty.officers import Person
from dispatch.terms import POST_NAMES, Post
from resources import localtime
from ui.theme import Theme


@dataclass(frozen=True, slots=True)
class SignPlace:
    """One signature that is needed: side, post, who may give it, and the one given."""

    side: str
    post: Post
    people: tuple[Person, ...]
    free: frozenset[int]
    """Ids of officers who sign without a password (sample district, none set)."""
    given: Signature | None = None


class SignLine(QWidget):
    """Name, password, button; or who signed and when. `signed(officer id, password)` asks."""

    signed = Signal(object, str)

    def __init__(self, theme: Theme, place: SignPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.place = theme, place
        self.names, self.password, self.button = QComboBox(), QLineEdit(), QPushButton(t("Sign"))
        self.problem = QLabel()
        self.problem.setProperty("tone", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        post = t(POST_NAMES[place.post])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        if place.given is not None:
            words = t("{post} {name} signed {at}", post=post, name=place.given.name,
                      at=localtime.moment_text(place.given.at))
            column.addWidget(QLabel(words))
            return
        title = QLabel(post)
        title.setProperty("tone", "muted")
        column.addWidget(title)
        self._build(column, post)

    def _build(self, column: QVBoxLayout, post: str) -> None:
        for person in self.place.people:
            self.names.addItem(person.officer.name, person.officer.id)
        self.names.setAccessibleName(post)
        self.names.currentIndexChanged.connect(self._on_name)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(t("Password"))
        self.password.returnPressed.connect(self.ask)
        self.button.clicked.connect(self.ask)
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        self.names.setMinimumWidth(self.theme.px(92))
        row.addWidget(self.names)
        row.addWidget(self.password, 1)
        row.addWidget(self.button)
        column.addLayout(row)
        column.addWidget(self.problem)
        self._on_name()

    @property
    def chosen(self) -> int | None:
        found = self.names.currentData()
        return int(found) if found is not None else None

    def _on_name(self) -> None:
        free = self.chosen in self.place.free
        self.password.setEnabled(not free)
        self.password.setPlaceholderText(t("No password set") if free else t("Password"))
        self.password.clear()
        self.problem.hide()

    def ask(self) -> None:
        self.problem.hide()
        if self.chosen is not None:
            self.signed.emit(self.chosen, self.password.text())

    def refuse(self, error: WatchdeskError) -> None:
        """Say beside the field why nothing was signed."""
        self.problem.setText(str(error))
        self.problem.show()
        self.password.setAccessibleDescription(str(error))
        self.password.selectAll()
        self.password.setFocus()
