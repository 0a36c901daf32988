"""Sign-on 签入: who sits at the desk from now on, with the own password; and the lock."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from db.errors import WatchdeskError
from db.words import t
from dispatch.duty import officers
from dispatch.duty.officers import Person
from dispatch.terms import POST_NAMES
from resources.people import ROLE_NAMES, Officer, OfficerId
from ui.desk import Desk
from ui.dialogs.box import Box
from ui.theme import Theme
from ui.widgets.form import Choice, Form


def person_words(person: Person) -> str:
    """`王敏 · 应急局 · 主班`: how an officer stands in a list to choose from."""
    posts = t("list|, ").join(t(POST_NAMES[post]) for post in person.posts)
    roles = t("list|, ").join(sorted(t(ROLE_NAMES[role]) for role in person.officer.roles))
    return " · ".join(part for part in (person.officer.name, person.officer.unit,
                                        posts or roles) if part)


def password_line(form: Form, name: str, label: str, *, required: bool = False) -> QLineEdit:
    """A field whose characters are not shown."""
    edit = form.line(name, label, required=required)
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    return edit


class SignOnDialog(Box):
    """Choose a name, type the password, Enter. Refusals stand beside the field.

    In the sample district an officer without a password signs on without one.
    """

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, t("Sign on"), t("What is entered from now on stands under this"
                                                " name."), parent)
        self.desk = desk
        self.people = {p.officer.id: p for p in officers.people(desk.store)}
        self.sample = officers.is_sample(desk.store)
        self.form = Form(theme)
        self.names: QComboBox = self.form.choice("officer", t("field|Officer"), [
            Choice(p.officer.id, person_words(p)) for p in self.people.values()], required=True)
        self.password = password_line(self.form, "password", t("Password"))
        self.body.addWidget(self.form)
        self.lock_button = self.answer(t("Lock the desk"), self.lock)
        self.lock_button.setVisible(desk.has_officer)
        self.answer(t("Cancel"), self.reject)
        self.enter = self.answer(t("Sign on"), self.sign_on, primary=True)
        self.form.submitted.connect(self.sign_on)
        self.names.currentIndexChanged.connect(self._on_name)
        self._choose_present()

    def _choose_present(self) -> None:
        here = self.desk.officer.id if self.desk.has_officer else None
        first = here if here in self.people else next(iter(self.people), None)
        self.form.fill({"officer": first})
        self._on_name()
        field = self.password if self.password.isEnabled() else self.names
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> Person | None:
        wanted = self.form.values["officer"]
        return next((p for id_, p in self.people.items() if id_ == wanted), None)

    def _on_name(self) -> None:
        person = self._chosen()
        free = person is not None and self.sample and not person.has_password
        self.password.setEnabled(not free)
        self.password.clear()
        self.password.setPlaceholderText(
            t("The sample district asks for no password") if free else "")
        self.form.clear_errors()

    def sign_on(self) -> None:
        """Check the password and take the seat; the dialog stays when it is refused."""
        self.form.clear_errors()
        self.settle()
        person = self._chosen()
        if person is None:
            self.form.missing()
            return
        try:
            officer = self._confirm(person.officer.id)
        except WatchdeskError as error:
            self.refuse(error, self.form)
            self.password.selectAll()
            return
        self.desk.sign_on(officer)
        self.accept()

    def _confirm(self, officer_id: OfficerId) -> Officer:
        if self.password.isEnabled():
            return officers.sign_on(self.desk.store, officer_id, self.password.text())
        return officers.sign_on_sample(self.desk.store, officer_id)

    def lock(self) -> None:
        """Nobody sits at the desk until somebody signs on; the screen stays readable."""
        self.desk.sign_on(None)
        self.lock_button.hide()
        self.lead.setText(t("The desk is locked: it can be read, but nothing can be entered"
                            " until somebody signs on."))
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)
