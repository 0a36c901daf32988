"""Settings of people 人员设置: the officers, their passwords, and the items of the checklist."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from db.errors import WatchdeskError
from db.words import mark, t
from dispatch.duty import officers
from dispatch.duty.check_items import (
    CheckItem,
    add_check_item,
    check_items,
    retire_check_item,
)
from dispatch.duty.officers import Person
from dispatch.terms import POST_NAMES, Post
from resources.people import ROLE_NAMES, Role
from ui.desk import Desk, Tone
from ui.dialogs.box import Box
from ui.dialogs.sign_on import password_line
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.form import Choice, Form
from ui.widgets.table import TableView


def _roles(person: Person) -> str:
    return t("list|, ").join(sorted(t(ROLE_NAMES[role]) for role in person.officer.roles))


def _posts(person: Person) -> str:
    return t("list|, ").join(t(POST_NAMES[post]) for post in person.posts)


PEOPLE: tuple[Column[Person], ...] = (
    Column(mark("Name"), lambda p: p.officer.name, width=96, bold=True),
    Column(mark("Unit"), lambda p: p.officer.unit, width=140),
    Column(mark("Roles"), _roles, width=200, stretch=True),
    Column(mark("Posts"), _posts, width=150),
    Column(mark("Phone"), lambda p: p.phone, width=100),
    Column(mark("Password"), lambda p: t("set") if p.has_password else t("not set"), width=80,
           muted=True))


class OfficersSection(QWidget):
    """The list of officers; adding and passwords are for administrators."""

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self.theme, self.desk = theme, desk
        self.model: RowsModel[Person] = RowsModel(PEOPLE, identity=lambda p: p.officer.id,
                                                  spoken=lambda p: p.officer.name)
        self.table = TableView(theme, self.model, t("Officers"))
        self.add_button, self.password_button = QPushButton(), QPushButton()
        feet = QHBoxLayout()
        feet.addStretch(1)
        feet.addWidget(self.password_button)
        feet.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.addWidget(self.table, 1)
        column.addLayout(feet)
        self.add_button.clicked.connect(lambda: OfficerDialog(theme, desk, self).open())
        self.password_button.clicked.connect(self.reset_password)

    def load(self) -> None:
        self.add_button.setText(t("Add an officer"))
        self.password_button.setText(t("Set the password"))
        self.model.replace(officers.people(self.desk.store))
        if self.table.current_row is None and self.model.rows:
            here = self.model.find(self.desk.officer.id) if self.desk.has_officer else 0
            self.table.setCurrentIndex(self.model.index(max(here, 0), 0))

    def reset_password(self) -> None:
        person: Person | None = self.table.current_row
        if person is not None:
            PasswordDialog(self.theme, self.desk, person, self).open()


class OfficerDialog(Box):
    """Name, unit, phone, post and role of somebody new."""

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, t("Add an officer"), parent=parent)
        self.desk, self.form = desk, Form(theme)
        self.form.line("name", t("Name"), required=True)
        self.form.line("unit", t("Unit"))
        self.form.line("phone", t("Phone"))
        self.form.choice("roles", t("Role"), [Choice(r, t(ROLE_NAMES[r])) for r in Role],
                         required=True)
        self.form.choice("post", t("Post"), [
            Choice("", t("None")), *(Choice(p, t(POST_NAMES[p])) for p in Post)])
        self.form.fill({"roles": Role.DUTY, "post": Post.MAIN})
        self.body.addWidget(self.form)
        self.answer(t("Cancel"), self.reject)
        self.enter = self.answer(t("Add"), self.commit, primary=True)
        self.form.submitted.connect(self.commit)

    def commit(self) -> None:
        if self.form.missing():
            return
        v = self.form.values
        posts = (Post(str(v["post"])),) if v["post"] else ()
        try:
            officers.add_officer(self.desk.store, str(v["name"]), roles=(Role(str(v["roles"])),),
                                 posts=posts, unit=str(v["unit"]), phone=str(v["phone"]),
                                 by=self.desk.officer)
        except WatchdeskError as error:
            self.refuse(error, self.form)
            return
        self.accept()


class PasswordDialog(Box):
    """A new password, typed twice; one's own asks for the present one first."""

    def __init__(self, theme: Theme, desk: Desk, person: Person,
                 parent: QWidget | None = None) -> None:
        super().__init__(theme, t("Password of {name}", name=person.officer.name), parent=parent)
        self.desk, self.person, self.form = desk, person, Form(theme)
        self.own = (desk.has_officer and person.officer.id == desk.officer.id
                    and person.has_password)
        if self.own:
            password_line(self.form, "present", t("Present password"), required=True)
        password_line(self.form, "password", t("New password"), required=True)
        password_line(self.form, "again", t("Password again"), required=True)
        self.body.addWidget(self.form)
        self.answer(t("Cancel"), self.reject)
        self.enter = self.answer(t("Set the password"), self.commit, primary=True)
        self.form.submitted.connect(self.commit)

    def commit(self) -> None:
        if self.form.missing():
            return
        values = self.form.values
        if values["password"] != values["again"]:
            self.form.show_error("again", t("The two passwords differ. Type both again."))
            return
        try:
            if self.own:
                officers.change_password(self.desk.store, str(values["present"]),
                                         str(values["password"]), by=self.desk.officer)
            else:
                officers.set_password(self.desk.store, self.person.officer.id,
                                      str(values["password"]), by=self.desk.officer)
        except WatchdeskError as error:
            self.refuse(error, self.form)
            return
        self.desk.told.emit(Tone.DONE, t("The password of {name} is set; the record says by whom.",
                                         name=self.person.officer.name))
        self.done(QDialog.DialogCode.Accepted)


class ChecksSection(QWidget):
    """The items of the handover's checklist, added at the end and taken off."""

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self.desk, self.list, self.name = desk, FactList(theme, t("Checks")), QLineEdit()
        self.add_button, self.remove_button = QPushButton(), QPushButton()
        feet = QHBoxLayout()
        feet.addWidget(self.name, 1)
        feet.addWidget(self.add_button)
        feet.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.addWidget(self.list, 1)
        column.addLayout(feet)
        self.name.returnPressed.connect(self.add)
        self.add_button.clicked.connect(self.add)
        self.remove_button.clicked.connect(self.remove)

    def load(self) -> None:
        self.name.setPlaceholderText(t("Another thing to look at"))
        self.name.setAccessibleName(t("Another thing to look at"))
        self.add_button.setText(t("Add"))
        self.remove_button.setText(t("Take off the list"))
        self.list.set_rows(Fact(str(item.id), item.name) for item in self.items)
        if self.list.current_row is None and self.items:
            self.list.setCurrentIndex(self.list.rows_model.index(0, 0))

    @property
    def items(self) -> tuple[CheckItem, ...]:
        return check_items(self.desk.store)

    def add(self) -> None:
        words = self.name.text()
        if self.desk.act(lambda: add_check_item(self.desk.store, words, by=self.desk.officer),
                         t("{name} is on the list", name=words.strip())) is not None:
            self.name.clear()

    def remove(self) -> None:
        chosen = self.list.current_row
        item = next((i for i in self.items if chosen and str(i.id) == chosen.key), None)
        if item is not None:
            self.desk.act(lambda: retire_check_item(self.desk.store, item.id,
                                                    by=self.desk.officer),
                          t("{name} is off the list", name=item.name))
