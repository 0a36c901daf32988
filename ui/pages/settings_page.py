"""Settings 设置: look and language, district, officers, checklist, rules, backups and check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.words import SOURCE_LANGUAGE, t
from resources.settings import district_name, name_district
from ui.desk import Desk
from ui.look import SCALES, Colors, Look, keep_look, read_look, wear
from ui.page import Page
from ui.pages.settings_people import ChecksSection, OfficersSection
from ui.pages.settings_rules import RulesSection
from ui.pages.settings_store import StoreSection
from ui.theme import Theme
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
        column.addStretch(1)

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
                       scale=float(self.scale.currentData()))
        self.desk.act(lambda: keep_look(self.desk.store.path.parent, look))
        wear(look, self.theme, self.desk.now())


class DistrictSection(QWidget):
    """The district's name."""

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self.theme, self.desk, self.form = theme, desk, Form(theme)
        self.button = QPushButton()
        self.column = QVBoxLayout(self)
        self.column.addWidget(self.form)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
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

    def commit(self) -> None:
        if not self.form.missing():
            name = str(self.form.values["name"])
            self.desk.act(lambda: name_district(self.desk.store, name, by=self.desk.officer),
                          t("The district is called {name}", name=name.strip()))


class SettingsPage(Page):
    """A list of sections at the left, the chosen one at the right; loads only what is in view.

    `restore_asked` carries the path of a backup that the window must go back to, and who
    agreed to it.
    """

    key, icon, low = "settings", "settings", True
    restore_asked = Signal(object, object)

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk = desk
        self.look, self.district = LookSection(theme, desk), DistrictSection(theme, desk)
        self.officers, self.checks = OfficersSection(theme, desk), ChecksSection(theme, desk)
        self.rules, self.store = RulesSection(theme, desk), StoreSection(theme, desk)
        self.sections: tuple[tuple[QWidget, Callable[[], None]], ...] = tuple(
            (one, one.load) for one in (self.look, self.district, self.officers, self.checks,
                                        self.rules, self.store))
        self.list, self.stack, self.panel = QListWidget(), QStackedWidget(), Panel(theme)
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
        self.store.restore_asked.connect(self.restore_asked)
        self.list.setCurrentRow(0)

    def title(self) -> str:
        return t("Settings")

    def _names(self) -> tuple[str, ...]:
        return (t("Screen and language"), t("field|District"), t("Officers"), t("Handover checks"),
                t("Rules"), t("Backups and check"))

    def show_section(self, number: int) -> None:
        """Bring a section into view and read it."""
        self.stack.setCurrentIndex(number)
        self.panel.set_title(self._names()[number])
        self.sections[number][1]()

    def load(self, _change: object | None) -> None:
        self.list.setFixedWidth(self.theme.px(LIST_WIDTH))
        self.list.setAccessibleName(self.title())
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
        if look.colors is Colors.AUTO and look.palette(now) is not self.theme.palette:
            wear(look, self.theme, now)

    def open(self, what: object) -> None:
        """Open the section of that number."""
        if isinstance(what, int) and 0 <= what < len(self.sections):
            self.list.setCurrentRow(what)
