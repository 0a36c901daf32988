"""The quick-entry line 快速记录: type, Enter, and the words leave only once they are stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMenu, QSizePolicy, QWidget

from db.words import t
from ui.moments import clock
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

HEIGHT, FIELD = 56, 36


@dataclass(frozen=True, slots=True)
class EntryKind:
    """One kind of log entry that can be typed here: its key and its word (来电)."""

    key: str
    words: str


class KindChip(QAbstractButton):
    """The kind in use as a small chip; a click offers the others."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        px = self.theme.px
        return QSize(self.theme.width(self.text(), 12, bold=True) + px(14), px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p = Canvas(painter, self.theme), self.theme.palette
        canvas.box(self.rect(), p.tint, p.accent.fill if self.underMouse() else None)
        if self.hasFocus():
            canvas.box(self.rect(), None, p.accent.fill, stroke=2)
        x, y = self.width() // 2, self.height() // 2
        canvas.text(self.text(), x, y, 12, p.accent.fill, bold=True, side=Side.MIDDLE)
        painter.end()


class QuickEntry(QWidget):
    """One line: time, kind, event, words, Enter.

    `submitted(kind, words)` asks to store; the words stay until `stored()` is called, so a full
    disk or a crash of the store loses nothing. While an answer is awaited a second Enter is
    ignored: a double Enter makes one record. Ctrl+Up and Ctrl+Down change the kind.
    """

    submitted = Signal(str, str)
    kind_changed = Signal(str)
    typed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._kinds: tuple[EntryKind, ...] = ()
        self._chosen = 0
        self._event, self._time, self._problem = "", "", ""
        self._sent: str | None = None
        self.chip = KindChip(theme, self)
        self.line = QLineEdit(self)
        self.line.setProperty("bare", True)
        self.line.installEventFilter(self)
        self.line.returnPressed.connect(self._submit)
        self.line.textEdited.connect(self._on_typed)
        self.chip.clicked.connect(self._offer_kinds)
        self.setFocusProxy(self.line)
        self.restyle()
        theme.changed.connect(self.restyle)

    # What the caller sets

    def set_kinds(self, kinds: Iterable[EntryKind], chosen: str = "") -> None:
        """The kinds in their order; the first is chosen unless said."""
        self._kinds = tuple(kinds)
        keys = [kind.key for kind in self._kinds]
        self._choose(keys.index(chosen) if chosen in keys else 0)

    def choose_kind(self, key: str) -> None:
        """Set the kind of the next entry; an unknown key changes nothing."""
        keys = [kind.key for kind in self._kinds]
        if key in keys:
            self._choose(keys.index(key))

    def set_event(self, number: str) -> None:
        """The event that entries go to, shown as a chip; empty for the shift's own log."""
        self._event = number
        self._arrange()

    def keep(self, words: str) -> None:
        """Put back a half-typed line, after a restart."""
        self.line.setText(words)

    def stored(self) -> None:
        """The entry is durable: only now may the words go."""
        sent, self._sent, self._problem = self._sent or "", None, ""
        rest = self.line.text().strip().removeprefix(sent).strip()
        self.line.setText(rest)  # words typed while the answer was awaited are another entry
        self._arrange()

    def failed(self, problem: str) -> None:
        """The entry could not be stored; `problem` is shown and the words stay."""
        self._sent, self._problem = None, problem
        self.setToolTip(problem)
        self.setAccessibleDescription(problem)
        self._arrange()

    def tick(self, now: datetime) -> None:
        """Move the time shown at the left."""
        if self._time != clock(now):
            self._time = clock(now)
            self.update()

    @property
    def kind(self) -> str:
        return self._kinds[self._chosen].key if self._kinds else ""

    @property
    def words(self) -> str:
        return self.line.text()

    # What the person does

    def _submit(self) -> None:
        words = self.line.text().strip()
        if words and self._sent is None:
            self._sent = words
            self.submitted.emit(self.kind, words)

    def _on_typed(self, words: str) -> None:
        if self._problem:
            self._problem = ""
            self.setToolTip("")
            self._arrange()
        self.typed.emit(words)

    def _choose(self, number: int) -> None:
        if not self._kinds:
            return
        self._chosen = number % len(self._kinds)
        words = self._kinds[self._chosen].words
        self.chip.setText(words)
        self.chip.setAccessibleName(t("Kind of entry: {kind}", kind=words))
        self._arrange()
        self.kind_changed.emit(self.kind)

    def _offer_kinds(self) -> None:
        menu = self.kinds_menu()
        menu.popup(self.chip.mapToGlobal(self.chip.rect().topLeft()))

    def kinds_menu(self) -> QMenu:
        """The drop-down of kinds; it deletes itself when closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, kind in enumerate(self._kinds):
            action = menu.addAction(kind.words)
            action.triggered.connect(lambda _on=False, n=number: self._choose(n))
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            return False
        self._choose(self._chosen + step)
        return True

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.line.setFocus(Qt.FocusReason.MouseFocusReason)

    # How it looks

    def restyle(self) -> None:
        self.setFixedHeight(self.theme.px(HEIGHT))
        self.line.setFont(self.theme.font(14))
        self.line.setAccessibleName(t("New log entry"))
        self.line.setPlaceholderText(t("Type one line; Enter puts it in the log"))
        self._choose(self._chosen)
        self._arrange()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._arrange()

    def _field(self) -> QRect:
        px = self.theme.px
        height = px(FIELD)
        return QRect(px(12), (self.height() - height) // 2, self.width() - px(24), height)

    def _hint_width(self) -> int:
        key = self._canvas_keycap_width()
        return key + self.theme.width(t("verb|Log it"), 12) + self.theme.px(28)

    def _canvas_keycap_width(self) -> int:
        return self.theme.width("Enter", 12, bold=True) + self.theme.px(12)

    def _event_width(self) -> int:
        text = self.theme.width(self._event, 12, bold=True)
        return text + self.theme.px(14 + 8) if self._event else 0

    def _arrange(self) -> None:
        px, field = self.theme.px, self._field()
        self.chip.resize(self.chip.sizeHint())
        self.chip.move(field.left() + px(58), (self.height() - self.chip.height()) // 2)
        start = self.chip.geometry().right() + 1 + px(8) + self._event_width() + px(8)
        height = field.height() - 8
        end = field.right() - self._hint_width()
        self.line.setGeometry(start, field.top() + 4, max(px(40), end - start), height)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        painter.fillRect(self.rect(), p.raised)
        canvas.fill(0, 0, self.width(), 1, p.line)
        field, centre = self._field(), self.height() // 2
        focused = self.line.hasFocus()
        edge = p.ink.fill if self._problem else p.accent.fill if focused else p.control_line
        canvas.box(field, p.surface, edge, stroke=2 if focused or self._problem else 1)
        canvas.text(self._time, field.left() + px(12), centre, 14, p.muted)
        if self._event:
            self._draw_event(canvas, centre)
        self._draw_hint(canvas, field, centre)
        painter.end()

    def _draw_event(self, canvas: Canvas, centre: int) -> None:
        px, p = self.theme.px, self.theme.palette
        left, width = self.chip.geometry().right() + 1 + px(8), self._event_width() - px(8)
        canvas.box(QRect(left, centre - px(11), width, px(22)), p.tint)
        middle = left + width // 2
        canvas.text(self._event, middle, centre, 12, p.accent.fill, bold=True, side=Side.MIDDLE)

    def _draw_hint(self, canvas: Canvas, field: QRect, centre: int) -> None:
        px, p = self.theme.px, self.theme.palette
        edge = field.right() + 1 - px(10)
        if self._problem:
            canvas.icon("alert-triangle", edge - px(16), centre, 16, p.ink.fill)
            words, tone = t("not stored"), p.ink.fill
            canvas.text(words, edge - px(22), centre, 12, tone, bold=True, side=Side.RIGHT)
            return
        ran = canvas.text(t("verb|Log it"), edge, centre, 12, p.muted, side=Side.RIGHT)
        canvas.keycap(edge - ran - px(6), centre, "Enter")
