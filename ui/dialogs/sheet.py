"""The sheet 表单面板: a form over the page that never blocks the rest of the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from db.errors import Refused, WatchdeskError
from db.words import catalogue, t
from dispatch.quick_texts import quick_texts
from resources.localtime import read_clock
from ui.desk import Desk
from ui.dialogs.draft import DraftKeeper
from ui.theme import Theme
from ui.widgets.form import Form
from ui.widgets.grid_form import GridForm
from ui.widgets.paint import Canvas
from ui.widgets.panel import Panel
from ui.widgets.phrases import Phrases
from ui.widgets.short_label import ShortLabel

TOP, LEFT, EDGE, BOTTOM = 64, 80, 8, 48
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Sheet(Panel):
    """A panel inside the window, docked at its right. Enter commits, Esc puts it away.

    Nothing typed is lost: a sheet with a `draft` key keeps its fields aside and has them back
    when it is opened again. A refusal is shown beside the field it names, otherwise below.
    Subclasses build their fields and write `commit`.

    `done` comes after a commit, `closed` whenever the sheet goes away.
    """

    done = Signal(object)
    closed = Signal()
    form_class: type[Form] = GridForm

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, title: str, *,
                 width: int = 480, draft: str = "", verb: str = "") -> None:
        super().__init__(theme, title, host)
        self.desk, self.host, self.wanted = desk, host, width
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sent = False
        self.shift = 0
        self.again: Callable[[], object] | None = None
        """Opens the same form anew, in the words of another language."""
        self._language = catalogue.language
        self.phrases = Phrases(lambda: quick_texts(desk.store), self)
        theme.changed.connect(self._on_look)
        self.form: Form = self.form_class(theme)
        self.content = QWidget()
        self.rows = QVBoxLayout(self.content)
        self.message = QLabel()
        self.ok = QPushButton(verb or t("verb|Save"))
        self.keeper = DraftKeeper(desk, draft, lambda: self.form.values, self) if draft else None
        self._build()
        self.form.submitted.connect(self.submit)
        self.form.edited.connect(self._on_edited)
        self.ok.clicked.connect(self.submit)
        host.installEventFilter(self)

    @property
    def grid(self) -> GridForm:
        """The form, as the grid that it is."""
        if not isinstance(self.form, GridForm):
            raise TypeError(self.form)
        return self.form

    # For subclasses

    def commit(self) -> object:
        """Do what the sheet is for; what it returns goes out with `done`.

        Raises:
            Refused: shown beside the field it names.
        """
        raise NotImplementedError

    def add_button(self, words: str, act: Callable[[], object],
                   key: str = "") -> QPushButton:
        """A second button left of the primary one, with its key printed on it."""
        button = QPushButton(f"{words}  {key}" if key else words)
        button.clicked.connect(lambda _on=False: self.attempt(act))
        if key:
            QShortcut(QKeySequence(key), self, button.click,
                      context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.buttons.insertWidget(self.buttons.count() - 1, button)
        return button

    def note(self, words: str = "", *, tone: str = "muted") -> QLabel:
        """A line of words that wraps."""
        label = QLabel(words)
        label.setProperty("tone", tone)
        label.setWordWrap(True)
        return label

    # Reading fields

    def read_time(self, name: str) -> datetime | None:
        """The instant typed into a line: a clock time is the latest such before now.

        Raises:
            Refused: it cannot be read as a time.
        """
        words = str(self.form.values[name]).strip()
        if not words:
            return None
        try:
            return read_clock(words, self.desk.now())
        except ValueError as error:
            raise Refused("{text} is not a time. Write 21:47 or 2026-11-23 21:47.", field=name,
                          text=words) from error

    def read_due(self, name: str) -> datetime | None:
        """The instant that so many minutes from now are; None when nothing is typed.

        Raises:
            Refused: it is no number of minutes.
        """
        minutes = self.check_number(name)
        return None if minutes is None else self.desk.now() + timedelta(minutes=minutes)

    def check_number(self, name: str) -> float | None:
        """The number typed into a line, None when it is empty.

        Raises:
            Refused: it is no number.
        """
        words = str(self.form.values[name]).strip().replace(",", "")
        try:
            return float(words) if words else None
        except ValueError as error:
            raise Refused("{text} is not a number.", field=name, text=words) from error

    # Life

    def present(self, focus: str = "") -> None:
        """Show the sheet, with what was left in it, and put the cursor in a field."""
        kept = self.keeper.kept() if self.keeper else None
        if kept is not None:
            self.restore(kept)
        if self.keeper:
            self.keeper.timer.stop()  # what the program filled in is no draft
        for field in self.form.texts():
            self.phrases.serve(field)
        self.place()
        self.show()
        self.raise_()
        if focus:
            self.form.field(focus).setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self.place)

    def restore(self, kept: dict[str, object]) -> None:
        known = self.form.values
        self.form.fill({k: v for k, v in kept.items() if k in known})

    def submit(self) -> None:
        """Commit once; a second Enter while or after the first does nothing."""
        if self.sent or self.form.missing():
            return
        self.message.hide()
        self.sent = True
        try:
            result = self.commit()
        except WatchdeskError as error:
            self.sent = False
            self.refuse(error)
            return
        if self.keeper:
            self.keeper.forget()
        self.put_away()
        self.done.emit(result)

    def attempt(self, verb: Callable[[], object]) -> None:
        """Run what a second button does; a refusal is shown as one of the commit would be."""
        try:
            verb()
        except WatchdeskError as error:
            self.refuse(error)

    def refuse(self, error: WatchdeskError) -> None:
        """Say what is wrong beside its field, or at the foot."""
        if error.field in self.form.values:
            self.form.show_error(error.field, str(error))
            return
        self.message.setText(str(error))
        self.message.show()
        self.place()

    def leave(self) -> None:
        """Esc: away, and what was typed stays as a draft."""
        if self.keeper:
            self.keeper.flush()
        self.put_away()

    def discard(self) -> None:
        """Give up what was typed."""
        self.sent = True
        if self.keeper:
            self.keeper.forget()
        self.put_away()

    def _on_look(self) -> None:
        """The language changed: the form comes again with what was typed, in the new words."""
        if catalogue.language == self._language or self.again is None or self.sent:
            return
        again, self.again, typed = self.again, None, self.form.values
        if self.keeper:
            self.keeper.save()
        self.put_away()
        made = again()
        if self.keeper is None and isinstance(made, Sheet):
            made.restore(typed)

    def put_away(self) -> None:
        self.host.removeEventFilter(self)
        self.hide()
        self.closed.emit()
        self.close()

    # Place and look

    def place(self) -> None:
        """Dock at the right of the host, as high as the content needs."""
        px, room = self.theme.px, self.host.rect()
        width = min(px(self.wanted), room.width() - px(LEFT + EDGE))
        most = room.height() - px(TOP + BOTTOM)
        head = self.head.height() + 2
        self.content.setFixedWidth(width - 2)
        wants = self.content.heightForWidth(width - 2) if self.content.hasHeightForWidth() else -1
        wants = max(wants, self.content.sizeHint().height())
        height = min(most, head + wants + self.foot.sizeHint().height())
        left = room.width() - width - px(EDGE) - px(self.shift)
        self.setGeometry(QRect(max(0, left), px(TOP) + px(self.shift), width,
                               min(height, most - px(self.shift))))

    def _build(self) -> None:
        px = self.theme.px
        self.rows.setContentsMargins(px(16), px(12), px(16), px(12))
        self.rows.setSpacing(px(8))
        self.rows.addWidget(self.form)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.content)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        self.content.setAutoFillBackground(False)
        self.body.addWidget(scroll, 1)
        self.body.addWidget(self._build_foot())

    def _build_foot(self) -> QWidget:
        px, self.foot = self.theme.px, QWidget()
        column = QVBoxLayout(self.foot)
        column.setContentsMargins(px(16), px(8), px(16), px(12))
        column.setSpacing(px(8))
        self.message.setProperty("tone", "error")
        self.message.setWordWrap(True)
        self.message.hide()
        self.ok.setProperty("primary", True)
        self.hint = ShortLabel(t("Enter commits · Esc keeps it for later"))
        self.hint.setProperty("tone", "muted")
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(px(8))
        self.buttons.addWidget(self.hint)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.ok)
        column.addWidget(self.message)
        column.addLayout(self.buttons)
        return self.foot

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p = Canvas(painter, self.theme), self.theme.palette
        canvas.box(QRect(0, 0, self.width(), self.height()), p.surface, p.ink.fill)
        painter.end()

    # Keys

    def _on_edited(self) -> None:
        if self.keeper and not self.sent:
            self.keeper.touch()

    def event(self, event: QEvent) -> bool:
        """Typing inside a sheet is never taken for a key of the page below."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & (
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            own = event.key() in (*ENTERS, Qt.Key.Key_Escape)
            if own or (plain and event.text().isprintable() and event.text()):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in ENTERS and isinstance(focus, QAbstractButton):
            focus.click()
        elif event.key() in ENTERS and not isinstance(focus, QPlainTextEdit):
            self.submit()
        # whatever else is typed here ends here, never on the page below

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.host and event.type() == QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)
