"""First start 首次启动: the sample district, an empty district of one's own, or a backup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from db.errors import WatchdeskError
from db.words import t
from dispatch.duty.passwords import LEAST_LENGTH
from resources.people import SYSTEM, Officer
from ui.dialogs.box import Box, label
from ui.dialogs.restore import RestoreBox
from ui.dialogs.sign_on import password_line
from ui.theme import Theme
from ui.widgets.form import Form


class Begin(StrEnum):
    """With what a new folder begins."""

    SAMPLE = "sample"    # 示范区
    EMPTY = "empty"      # 空白新区
    RESTORE = "restore"  # 恢复备份


@dataclass(frozen=True, slots=True)
class FirstChoice:
    """What was chosen; name, administrator and password are for an empty district only, the
    backup and who agreed to it for a restore."""

    begin: Begin
    district: str = ""
    administrator: str = ""
    password: str = ""
    backup: Path | None = None
    by: Officer = SYSTEM


class FirstStartDialog(Box):
    """Hands the choice to `begin`; what that refuses is said here and can be mended here.

    `ask` makes the box in which the backup is chosen.
    """

    def __init__(self, theme: Theme, folder: Path, begin: Callable[[FirstChoice], None],
                 ask: Callable[[QWidget], RestoreBox], *, restore_first: bool = False,
                 parent: QWidget | None = None) -> None:
        super().__init__(theme, t("Welcome to Watchdesk"), t(
            "There is no record in {folder} yet. Choose how to begin.", folder=folder), parent)
        self._begin, self._ask = begin, ask
        self._group = QButtonGroup(self)
        self.choices: dict[Begin, QRadioButton] = {}
        self.empty = self._empty_form()
        self._offer(Begin.SAMPLE, t("Sample district"), t(
            "An invented district with forces, supplies and past events, to try everything."))
        self._offer(Begin.EMPTY, t("Empty district"), t(
            "Your own district. You become its first administrator."), self.empty)
        self._offer(Begin.RESTORE, t("Restore a backup"), t(
            "Continue with a record that was backed up."))
        self.answer(t("Quit"), self.reject)
        self.start_button = self.answer(t("Begin"), self.start, primary=True)
        self.choices[Begin.RESTORE if restore_first else Begin.SAMPLE].setChecked(True)
        self._on_choice()

    def _offer(self, begin: Begin, words: str, lead: str, more: QWidget | None = None) -> None:
        button, px = QRadioButton(words), self.theme.px
        button.setAccessibleDescription(lead)
        self.choices[begin] = button
        self._group.addButton(button)
        button.toggled.connect(self._on_choice)
        column = QVBoxLayout()
        column.setContentsMargins(px(28), 0, 0, 0)
        column.addWidget(label(lead, "muted"))
        if more is not None:
            column.addWidget(more)
        self.body.addWidget(button)
        self.body.addLayout(column)

    def _empty_form(self) -> Form:
        form = Form(self.theme)
        form.line("district", t("field|District"), required=True)
        form.line("name", t("Your name"), required=True)
        password_line(form, "password", t("Password"), required=True)
        password_line(form, "again", t("Password again"), required=True)
        form.submitted.connect(self.start)
        return form

    @property
    def chosen(self) -> Begin:
        return next((b for b, button in self.choices.items() if button.isChecked()), Begin.SAMPLE)

    def _on_choice(self) -> None:
        self.settle()
        if len(self.choices) == len(Begin):
            self.empty.setVisible(self.chosen is Begin.EMPTY)
            if self.chosen is Begin.EMPTY:
                self.empty.field("district").setFocus(Qt.FocusReason.OtherFocusReason)
            self.adjustSize()

    def start(self) -> None:
        """Begin as chosen; the dialog closes only when it worked."""
        self.settle()
        choice = self._read()
        if choice is None:
            return
        try:
            self._begin(choice)
        except WatchdeskError as error:
            self.refuse(error, self.empty if choice.begin is Begin.EMPTY else None)
            return
        self.accept()

    def _read(self) -> FirstChoice | None:
        if self.chosen is Begin.EMPTY:
            return self._read_empty()
        if self.chosen is Begin.RESTORE:
            box = self._ask(self)
            if not box.exec() or box.chosen is None:
                return None
            return FirstChoice(Begin.RESTORE, backup=box.chosen.path, by=box.by)
        return FirstChoice(Begin.SAMPLE)

    def _read_empty(self) -> FirstChoice | None:
        form = self.empty
        if form.missing():
            return None
        values = {name: str(value) for name, value in form.values.items()}
        if len(values["password"]) < LEAST_LENGTH:
            form.show_error("password", t("A password has at least {n} characters.",
                                          n=LEAST_LENGTH))
            return None
        if values["password"] != values["again"]:
            form.show_error("again", t("The two passwords differ. Type both again."))
            return None
        return FirstChoice(Begin.EMPTY, values["district"].strip(), values["name"].strip(),
                           values["password"])
