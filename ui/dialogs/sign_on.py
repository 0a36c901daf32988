"""Sign-on 签入: who sits at the desk from now on, in two keys and the own password; the lock."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from db.errors import WatchdeskError
from db.search import sounds
from db.words import t
from dispatch.duty import officers
from dispatch.duty.at_desk import take_desk
from dispatch.duty.officers import Person
from dispatch.duty.seats import shift_people
from dispatch.duty.shifts import current_shift
from dispatch.terms import POST_NAMES
from resources.people import ROLE_NAMES, Officer, OfficerId
from ui.desk import Desk
from ui.dialogs.box import Box
from ui.theme import Theme
from ui.widgets.form import Choice, Form

DIGITS = 9


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


def in_reach(desk: Desk) -> list[Person]:
    """The officers, those of the present shift first: the first nine have a digit."""
    people, shift = officers.people(desk.store), current_shift(desk.store, desk.now())
    here = [s.officer_id for s in shift_people(desk.store, shift.id)] if shift else []
    places = {id_: n for n, id_ in reversed(list(enumerate(here)))}
    return sorted(people, key=lambda p: places.get(p.officer.id, len(here)))


class SignOnDialog(Box):
    """A digit or an initial chooses the name, then the password and Enter. Refusals stand beside
    the field.

    In the sample district an officer without a password signs on without one, by the digit alone.
    """

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None, *,
                 title: str = "", lead: str = "") -> None:
        super().__init__(theme, title or t("Sign on"), lead or t(
            "What is entered from now on stands under this name. A digit or an initial chooses"
            " it."), parent)
        self.desk = desk
        self.people = {p.officer.id: p for p in in_reach(desk)}
        self.sample = officers.is_sample(desk.store)
        self.form = Form(theme)
        self.names: QComboBox = self.form.choice("officer", t("field|Officer"), [
            Choice(p.officer.id, f"{n}  {person_words(p)}" if n <= DIGITS else person_words(p))
            for n, p in enumerate(self.people.values(), 1)], required=True)
        self.password = password_line(self.form, "password", t("Password"))
        self.body.addWidget(self.form)
        self.lock_button = self.answer(t("Lock the desk"), self.lock)
        self.lock_button.setVisible(desk.has_officer)
        self.cancel_button = self.answer(t("Cancel"), self.reject)
        self.enter = self.answer(t("Sign on"), self.sign_on, primary=True)
        self.form.submitted.connect(self.sign_on)
        self.names.currentIndexChanged.connect(self._on_name)
        self.names.installEventFilter(self)
        self.choose(desk.officer.id if desk.has_officer else None)
        self.names.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, officer_id: OfficerId | None) -> None:
        """Have this officer's name stand in the list; the first one's where there is none."""
        first = officer_id if officer_id in self.people else next(iter(self.people), None)
        self.form.fill({"officer": first})
        self._on_name()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On the names a digit or an initial chooses, Enter goes on to the password."""
        if (watched is self.names and event.type() == QEvent.Type.KeyPress
                and isinstance(event, QKeyEvent)):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go_on()
                return True
            number = self._numbered(event.text().lower())
            if number is not None:
                self.names.setCurrentIndex(number)
                self._go_on()
                return True
        return super().eventFilter(watched, event)

    def _numbered(self, key: str) -> int | None:
        """The place in the list that a typed digit or initial stands for."""
        if key.isascii() and key.isdigit():
            return int(key) - 1 if 1 <= int(key) <= min(DIGITS, len(self.people)) else None
        if not (key.isascii() and key.isalpha()):
            return None
        names = [p.officer.name for p in self.people.values()]
        start = self.names.currentIndex() + 1
        return next((n % len(names) for n in range(start, start + len(names))
                     if any(s.startswith(key) for s in sounds(names[n % len(names)]).split()[:1])
                     ), None)

    def _go_on(self) -> None:
        if self.password.isEnabled():
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.sign_on()

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
            officer = officers.confirm(self.desk.store, person.officer.id, self.password.text())
        except WatchdeskError as error:
            self.refuse(error, self.form)
            self.password.selectAll()
            return
        # a full disk must not keep anybody from the desk; that it could not be noted is told
        self.desk.act(lambda: take_desk(self.desk.store, by=officer))
        self.desk.sign_on(officer)
        self.accept()

    def lock(self) -> None:
        """Away with this, and lock the desk."""
        self.reject()
        self.desk.lock_asked.emit()


class LockBox(SignOnDialog):
    """What stands at the lower left while the desk is locked; only signing on puts it away."""

    def __init__(self, theme: Theme, desk: Desk, window: QWidget, last: Officer | None) -> None:
        super().__init__(theme, desk, window, title=t("The desk is locked"), lead=t(
            "Alarms, clock, open events and what is due stay in view. What is half typed waits"
            " until somebody signs on. F12 chooses another name."))
        self.lock_button.hide()
        self.cancel_button.hide()
        self.choose(last.id if last else None)
        if self.password.isEnabled():
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def reject(self) -> None:
        """Neither Esc nor the window's cross opens a locked desk."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F12:
            self.names.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)
