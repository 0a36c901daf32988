"""Confirm 口令确认: an administrator stands behind an act with the own password."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from db.errors import WatchdeskError
from db.store import Store
from db.words import t
from dispatch.duty import officers
from resources.people import Officer, Role
from ui.dialogs.box import Box
from ui.dialogs.sign_on import password_line
from ui.theme import Theme
from ui.widgets.form import Choice, Form


def administrators(store: Store) -> list[Officer]:
    """Those who must be asked; nobody in the sample district."""
    if officers.is_sample(store):
        return []
    return [officer for officer in officers.officers(store) if Role.ADMIN in officer.roles]


class ConfirmBox(Box):
    """`ask` gives who agreed; None when it was given up. Wrong tries count as at sign-on."""

    def __init__(self, theme: Theme, store: Store, title: str,
                 parent: QWidget | None = None) -> None:
        super().__init__(theme, title, t("Only an administrator may do this."), parent)
        self.store = store
        self.agreed: Officer | None = None
        self.form = Form(theme)
        self.names = self.form.choice("officer", t("field|Officer"), [
            Choice(officer.id, officer.name) for officer in administrators(store)],
            required=True)
        self.password = password_line(self.form, "password", t("Password"), required=True)
        self.body.addWidget(self.form)
        self.answer(t("Cancel"), self.reject)
        self.enter = self.answer(t("Confirm"), self.confirm, primary=True)
        self.form.submitted.connect(self.confirm)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self) -> None:
        """Check the password; the box stays when it is refused."""
        self.settle()
        if self.form.missing():
            return
        values = self.form.values
        try:
            self.agreed = officers.confirm(self.store, int(str(values["officer"])),
                                           str(values["password"]))
        except WatchdeskError as error:
            self.refuse(error, self.form)
            self.password.selectAll()
            return
        self.accept()

    def ask(self) -> Officer | None:
        return self.agreed if self.exec() == QDialog.DialogCode.Accepted else None
