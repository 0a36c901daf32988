"""Settings 设置: look and language, district, officers, checklist, rules, backups and check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.words import SOURCE_LANGUAGE, t
from dispatch.quick_texts import put_quick_texts, quick_texts
from resources.settings import (
    SWITCHABLE,
    district_name,
    libraries_off,
    name_district,
    switch_libraries,
)
from ui import sound
from ui.desk import Desk, Tone
from ui.look import SCALES, Colors, Look, keep_look, read_look
from ui.page import Page, make_action
from ui.pages.settings_people import ChecksSection, OfficersSection
from ui.pages.settings_rules import RulesSection
from ui.pages.settings_store import StoreSection
from ui.theme import Theme
from ui.wearing import palette_of, wear
from ui.widgets.form import Form
from ui.widgets.panel import Panel

LIST_WIDTH, FORM_WIDTH = 200, 560


class LookSection(QWidget):
    """Language, colours and size of this screen; each choice holds at once."""

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self.theme, self.desk = theme, desk
        self.language, self.colors, self.scale = QComboBox(), QComboBox(), QComboBox()
        self.labels = [QLabel() for _ in range(3)]
        column = QVBoxLayout(self)
        for label, box in zip(self.labels, self.boxes, strict=True):
            label.setProperty("tone", "muted")
            label.setBuddy(box)
            box.setMaximumWidth(theme.px(320))
            column.addWidget(label)
            column.addWidget(box)
            box.activated.connect(self.choose)
        self.sound, self.tray, self.try_button = QCheckBox(), QCheckBox(), QPushButton()
        for check in (self.sound, self.tray):
            column.addWidget(check)
            check.clicked.connect(self.choose)
        self.try_button.setMaximumWidth(theme.px(320))
        self.try_button.clicked.connect(self.try_sound)
        column.addWidget(self.try_button)
        column.addStretch(1)

    def try_sound(self) -> None:
        """Sound as a notice would, so that it is heard before it is needed."""
        heard = sound.play()
        self.desk.told.emit(Tone.DONE, t("The notice was sounded.") if heard else t(
            "This machine has no player for sound; only its own beep was tried."))

    @property
    def boxes(self) -> tuple[QComboBox, QComboBox, QComboBox]:
        return self.language, self.colors, self.scale

    @property
    def look(self) -> Look:
        return read_look(self.desk.store.path.parent)

    def load(self) -> None:
        look = self.look
        for label, box, words in zip(self.labels, self.boxes, (
                t("Language"), t("Colours"), t("Size")), strict=True):
            label.setText(words)
            box.setAccessibleName(words)
        self.sound.setText(t("Sound before a deadline runs out"))
        self.tray.setText(t("Notice in the tray before a deadline runs out"))
        self.try_button.setText(t("Try the sound"))
        self.sound.setChecked(look.sound)
        self.tray.setChecked(look.tray)
        self._offer(self.language, [("zh_CN", "中文"), (SOURCE_LANGUAGE, "English")],
                    look.language)
        self._offer(self.colors, [(Colors.LIGHT, t("Light")), (Colors.DARK, t("Dark")), (
            Colors.AUTO, t("By time: dark from 19:00 to 07:00"))], look.colors)
        self._offer(self.scale, [(s, f"{round(s * 100)} %") for s in SCALES], look.scale)

    def _offer(self, box: QComboBox, choices: list[tuple[str | float, str]],
               chosen: str | float) -> None:
        box.clear()
        for value, words in choices:
            box.addItem(words, value)
        box.setCurrentIndex([value for value, _ in choices].index(chosen))

    def choose(self) -> None:
        """Wear what the boxes say and keep it for the next start."""
        look = replace(self.look, language=str(self.language.currentData()),
                       colors=Colors(self.colors.currentData()),
                       scale=float(self.scale.currentData()),
                       sound=self.sound.isChecked(), tray=self.tray.isChecked())
        self.desk.act(lambda: keep_look(self.desk.store.path.parent, look))
        wear(look, self.theme, self.desk.now())


class DistrictSection(QWidget):
    """The district's name, and the two libraries that it may do without."""

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self.theme, self.desk, self.form = theme, desk, Form(theme)
        self.button = QPushButton()
        self.boxes = {name: QCheckBox() for name in SWITCHABLE}
        self.column = QVBoxLayout(self)
        self.column.addWidget(self.form)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        for box in self.boxes.values():
            self.column.addWidget(box)
            box.clicked.connect(self.switch)
        self.column.addStretch(1)
        self.button.clicked.connect(self.commit)
        self._fill_form()

    def _fill_form(self) -> None:
        self.setMaximumWidth(self.theme.px(FORM_WIDTH))
        self.form.line("name", t("field|District"), required=True)
        self.form.submitted.connect(self.commit)

    def load(self) -> None:
        fresh = Form(self.theme)
        self.column.replaceWidget(self.form, fresh)
        self.form.hide()
        self.form.deleteLater()
        self.form = fresh
        self._fill_form()
        self.button.setText(t("Keep the name"))
        self.form.fill({"name": district_name(self.desk.store)})
        off = libraries_off(self.desk.store)
        words = {"hazard": t("Show the library of hazard sources"),
                 "shelter": t("Show the library of shelters")}
        for name, box in self.boxes.items():
            box.setText(words[name])
            box.setChecked(name not in off)

    def commit(self) -> None:
        if not self.form.missing():
            name = str(self.form.values["name"])
            self.desk.act(lambda: name_district(self.desk.store, name, by=self.desk.officer),
                          t("The district is called {name}", name=name.strip()))

    def switch(self) -> None:
        """A library is shown or not; refused, the boxes say again what holds."""
        off = [name for name, box in self.boxes.items() if not box.isChecked()]
        if self.desk.act(lambda: switch_libraries(self.desk.store, off,
                                                  by=self.desk.officer)) is None:
            self.load()


class QuickTextSection(QWidget):
    """The district's quick texts 常用语, one a line, in the order of their number keys."""

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self.desk, self.lead, self.texts = desk, QLabel(), QPlainTextEdit()
        self.button = QPushButton()
        self.lead.setProperty("tone", "muted")
        self.texts.setTabChangesFocus(True)
        self.setMaximumWidth(theme.px(FORM_WIDTH + 120))
        column = QVBoxLayout(self)
        for part in (self.lead, self.texts):
            column.addWidget(part, 1 if part is self.texts else 0)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        self.button.clicked.connect(self.commit)

    def load(self) -> None:
        self.lead.setText(t("One a line, nine at most: Ctrl and the number writes it."))
        self.texts.setAccessibleName(t("Quick texts"))
        self.button.setText(t("Keep the quick texts"))
        if not self.texts.document().isModified():
            self.texts.setPlainText("\n".join(quick_texts(self.desk.store)))

    def commit(self) -> None:
        lines = self.texts.toPlainText().splitlines()
        kept = self.desk.act(lambda: put_quick_texts(self.desk.store, lines,
                                                     by=self.desk.officer),
                             t("The quick texts are kept"))
        if kept is not None:
            self.texts.document().setModified(False)
            self.load()


class SettingsPage(Page):
    """A list of sections at the left, the chosen one at the right; loads only what is in view."""

    key = "settings"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk = desk
        self.look, self.district = LookSection(theme, desk), DistrictSection(theme, desk)
        self.officers, self.checks = OfficersSection(theme, desk), ChecksSection(theme, desk)
        self.rules, self.store = RulesSection(theme, desk), StoreSection(theme, desk)
        self.phrases = QuickTextSection(theme, desk)
        self.sections: tuple[tuple[QWidget, Callable[[], None]], ...] = tuple(
            (one, one.load) for one in (self.look, self.district, self.officers, self.checks,
                                        self.rules, self.store, self.phrases))
        self.list, self.stack, self.panel = QListWidget(), QStackedWidget(), Panel(theme)
        self.list.setObjectName("sections")
        for widget, _load in self.sections:
            self.stack.addWidget(widget)
            self.list.addItem("")
        self.panel.body.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        self.panel.body.addWidget(self.stack)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.list)
        row.addWidget(self.panel, 1)
        self.list.currentRowChanged.connect(self.show_section)
        self.list.setCurrentRow(0)

        self.audit_action = make_action(self, "", "A", lambda: self.go.emit("audit", ""))
        self.store.audit_button.clicked.connect(self.audit_action.trigger)

    def title(self) -> str:
        return t("Settings")

    def actions_shown(self) -> Sequence[QAction]:
        return (self.audit_action,)

    def _names(self) -> tuple[str, ...]:
        return (t("Screen and language"), t("field|District"), t("Officers"), t("Handover checks"),
                t("Rules"), t("Backups and check"), t("Quick texts"))

    def show_section(self, number: int) -> None:
        """Bring a section into view and read it."""
        self.stack.setCurrentIndex(number)
        self.panel.set_title(self._names()[number])
        self.sections[number][1]()

    def load(self, _change: object | None) -> None:
        self.list.setFixedWidth(self.theme.px(LIST_WIDTH))
        self.list.setAccessibleName(self.title())
        self.audit_action.setText(t("Audit"))
        for n, words in enumerate(self._names()):
            item = self.list.item(n)
            item.setText(words)
            item.setSizeHint(item.sizeHint().expandedTo(
                self.list.sizeHint().scaled(1, self.theme.px(40),
                                            Qt.AspectRatioMode.IgnoreAspectRatio)))
        self.show_section(self.list.currentRow())

    def tick(self, now: datetime) -> None:
        """The automatic colours change with the hour."""
        look = self.look.look
        if look.colors is Colors.AUTO and palette_of(look, now) is not self.theme.palette:
            wear(look, self.theme, now)

    def open(self, what: object) -> None:
        """Open the section of that number, or the one about the store."""
        what = 5 if what == "store" else what
        if isinstance(what, int) and 0 <= what < len(self.sections):
            self.list.setCurrentRow(what)
