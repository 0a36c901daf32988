"""The form builder 表单: labelled fields in reading order, with what is wrong said beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from db.words import t
from ui.theme import Theme

LABEL_WIDTH = 96


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a combo box: the value given back and the words shown."""

    value: object
    words: str


@dataclass(slots=True)
class _Field:
    widget: QWidget
    label: QLabel
    problem: QLabel
    words: str
    required: bool
    get: Callable[[], object]
    put: Callable[[object], None]


class Form(QWidget):
    """Fields by name. `submitted` comes with Enter (Ctrl+Enter in a text of several lines).

    A value is str, int, bool, an aware UTC datetime, or what a `Choice` carries.
    """

    submitted = Signal()
    edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._fields: dict[str, _Field] = {}
        self._offered: dict[str, list[object]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        theme.changed.connect(self.restyle)

    # Fields

    def line(self, name: str, label: str, *, required: bool = False, hint: str = "") -> QLineEdit:
        edit = QLineEdit()
        edit.setPlaceholderText(hint)
        edit.textEdited.connect(self.edited)
        self._add(name, label, edit, edit.text, lambda v: edit.setText(str(v)), required=required)
        return edit

    def text(
        self, name: str, label: str, *, lines: int = 3, required: bool = False
    ) -> QPlainTextEdit:
        """Several lines; Tab leaves the field, Ctrl+Enter commits the form."""
        edit = QPlainTextEdit()
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(self.theme.px(22 * lines + 12))
        edit.textChanged.connect(self.edited)
        self._add(
            name, label, edit, edit.toPlainText, lambda v: edit.setPlainText(str(v)),
            required=required,
        )  # fmt: skip
        return edit

    def choice(
        self, name: str, label: str, choices: Iterable[Choice], *, required: bool = False
    ) -> QComboBox:
        box = QComboBox()
        values = self._offered.setdefault(name, [])

        def get() -> object:
            number = box.currentIndex()
            return values[number] if number >= 0 else None

        def put(value: object) -> None:
            box.setCurrentIndex(values.index(value) if value in values else -1)

        box.activated.connect(self.edited)
        self._add(name, label, box, get, put, required=required)
        self.offer(name, choices)
        return box

    def offer(self, name: str, choices: Iterable[Choice]) -> None:
        """What a combo box lets choose from now on; the first is chosen."""
        box, offered = self._fields[name].widget, list(choices)
        if not isinstance(box, QComboBox):
            raise TypeError(name)
        self._offered[name][:] = [choice.value for choice in offered]
        box.clear()
        box.addItems([choice.words for choice in offered])

    def number(
        self, name: str, label: str, *, least: int = 0, most: int = 999_999, unit: str = ""
    ) -> QSpinBox:
        box = QSpinBox()
        box.setRange(least, most)
        box.setSuffix(f" {unit}" if unit else "")
        box.lineEdit().setTextMargins(self.theme.px(9), 0, 0, 0)  # the style gives it none
        box.valueChanged.connect(self.edited)
        self._add(name, label, box, box.value, lambda v: box.setValue(int(str(v))))
        return box

    def moment(self, name: str, label: str, at: datetime) -> QDateTimeEdit:
        """Date and time, shown in local time, given back as aware UTC."""
        box = QDateTimeEdit()
        box.setDisplayFormat("yyyy-MM-dd HH:mm:ss")
        box.setCalendarPopup(True)

        def get() -> object:
            return datetime.fromtimestamp(box.dateTime().toSecsSinceEpoch(), UTC)

        def put(value: object) -> None:
            if isinstance(value, datetime):
                box.setDateTime(QDateTime.fromSecsSinceEpoch(int(value.timestamp())))

        put(at)
        box.dateTimeChanged.connect(self.edited)
        self._add(name, label, box, get, put)
        return box

    def check(self, name: str, label: str) -> QCheckBox:
        box = QCheckBox(label)
        box.toggled.connect(self.edited)
        self._add(name, "", box, box.isChecked, lambda v: box.setChecked(bool(v)))
        box.setAccessibleName(label)
        return box

    # Values and problems

    @property
    def values(self) -> dict[str, object]:
        return {name: field.get() for name, field in self._fields.items()}

    def fill(self, values: dict[str, object]) -> None:
        """Put values into the fields named; others stay."""
        for name, value in values.items():
            self._fields[name].put(value)

    def reveal(self, name: str, *, shown: bool) -> None:
        """Show or hide a field that only some choices ask for; its value stays."""
        field = self._fields[name]
        for part in (field.label, field.widget):
            part.setVisible(shown)
        if not shown:
            field.problem.hide()

    def show_error(self, name: str, text: str) -> None:
        """Say beside the field what is wrong and put the cursor there.

        Raises:
            KeyError: the form has no field of that name.
        """
        field = self._fields[name]
        field.problem.setText(text)
        field.problem.setVisible(True)
        field.widget.setAccessibleDescription(text)
        self._mark(field, bad=True)
        field.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_errors(self) -> None:
        for field in self._fields.values():
            field.problem.setVisible(False)
            field.problem.setText("")
            field.widget.setAccessibleDescription("")
            self._mark(field, bad=False)

    def missing(self) -> bool:
        """Whether a required field is empty; each is told, the cursor goes to the first."""
        self.clear_errors()
        empty = [n for n, f in self._fields.items() if f.required and f.get() in ("", None)]
        for name in reversed(empty):
            self.show_error(name, t("{field} is needed.", field=self._fields[name].words))
        return bool(empty)

    def texts(self) -> list[QWidget]:
        """The fields that words are typed into."""
        return [f.widget for f in self._fields.values()
                if isinstance(f.widget, QLineEdit | QPlainTextEdit)]

    def field(self, name: str) -> QWidget:
        return self._fields[name].widget

    # How it is built

    def _add(
        self,
        name: str,
        words: str,
        widget: QWidget,
        get: Callable[[], object],
        put: Callable[[object], None],
        *,
        required: bool = False,
    ) -> None:
        label = QLabel(f"{words} *" if required else words)
        label.setProperty("tone", "muted")
        label.setBuddy(widget)
        label.setWordWrap(True)
        problem = QLabel()
        problem.setProperty("tone", "error")
        problem.setWordWrap(True)
        problem.setVisible(False)
        self._lay(label, widget, problem)
        widget.setAccessibleName(words)
        widget.installEventFilter(self)
        self._fields[name] = _Field(widget, label, problem, words, required, get, put)
        self._size_label(label)

    def _lay(self, label: QLabel, widget: QWidget, problem: QLabel) -> None:
        side, row = QVBoxLayout(), QHBoxLayout()
        side.setSpacing(self.theme.px(2))
        widget.setSizePolicy(QSizePolicy.Policy.Expanding, widget.sizePolicy().verticalPolicy())
        side.addWidget(widget)
        side.addWidget(problem)
        row.setSpacing(self.theme.px(8))
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(side, 1)
        self._column.addLayout(row)

    def _size_label(self, label: QLabel) -> None:
        label.setFixedWidth(self.theme.px(LABEL_WIDTH))
        label.setMinimumHeight(self.theme.px(32))

    def _mark(self, field: _Field, *, bad: bool) -> None:
        field.widget.setProperty("bad", bad)
        style = field.widget.style()
        style.unpolish(field.widget)
        style.polish(field.widget)

    def restyle(self) -> None:
        for field in self._fields.values():
            self._size_label(field.label)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            several = isinstance(watched, QPlainTextEdit)
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if enter and (control or not several):
                self.submitted.emit()
                return True
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(self.theme.px(360), 0))
