"""The F-bar 功能键栏: what the keys do on this page, and the state of the store at the right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from db.words import t
from ui.theme import Theme
from ui.widgets.paint import Canvas

HEIGHT = 40


@dataclass(frozen=True, slots=True)
class StatusText:
    """A short state at the right: 已备份 21:30."""

    words: str
    icon: str = ""


def key_words(action: QAction) -> str:
    """The action's key as printed on the keyboard: F5, Ctrl Z, Esc."""
    native = action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
    return native.replace("+", " ").replace("Return", "Enter")


class ActionButton(QAbstractButton):
    """Keycap and word of one action; a click triggers it, as the key does."""

    def __init__(self, theme: Theme, action: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme, self.action = theme, action
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(action.trigger)
        action.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Take word, key and state from the action."""
        self.setText(self.action.text())
        self.setEnabled(self.action.isEnabled())
        self.setToolTip(self.action.toolTip())
        self.setAccessibleName(f"{self.action.text()} {key_words(self.action)}".strip())
        self.updateGeometry()
        self.update()

    def _key_width(self) -> int:
        key, px = key_words(self.action), self.theme.px
        if not key:
            return 0
        return max(px(24), self.theme.width(key, 12, bold=True) + px(12)) + px(8)

    def sizeHint(self) -> QSize:
        px = self.theme.px
        return QSize(self._key_width() + self.theme.width(self.text(), 14) + px(16), px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        if self.underMouse() and self.isEnabled():
            canvas.box(self.rect(), p.raised if not self.isDown() else p.tint)
        if self.hasFocus():
            canvas.box(self.rect(), None, p.accent.fill, stroke=2)
        centre, x, key = self.height() // 2, px(8), key_words(self.action)
        if key:
            canvas.keycap(x + self._key_width() - px(8), centre, key)
        tone = p.text if self.isEnabled() else p.muted
        canvas.text(self.text(), x + self._key_width(), centre, 14, tone)
        painter.end()


class FBar(QWidget):
    """40 px. Actions that do not fit wait in a menu at the end, so none is ever cut."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._buttons: list[ActionButton] = []
        self._status: tuple[StatusText, ...] = ()
        self._more_action = QAction(t("More"), self)
        self._more_action.triggered.connect(self._offer_rest)
        self.more = ActionButton(theme, self._more_action, self)
        self.restyle()
        theme.changed.connect(self.restyle)

    def set_actions(self, actions: Iterable[QAction]) -> None:
        """Show these actions from left to right; invisible ones are left out."""
        for old in self._buttons:
            old.action.changed.disconnect(old.follow)
            old.action.changed.disconnect(self._arrange)
            old.hide()
            old.deleteLater()
        self._buttons = [
            ActionButton(self.theme, action, self) for action in actions if action.isVisible()
        ]
        for button in self._buttons:  # words of another language take other room
            button.action.changed.connect(self._arrange)
        self._arrange()

    def set_status(self, status: Iterable[StatusText]) -> None:
        self._status = tuple(status)
        self.setAccessibleDescription(t("list|, ").join(s.words for s in self._status))
        self._arrange()

    @property
    def buttons(self) -> tuple[ActionButton, ...]:
        return tuple(self._buttons)

    def rest_menu(self) -> QMenu:
        """The actions that found no room; it deletes itself when closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([b.action for b in self._buttons if b.isHidden()])
        return menu

    def _offer_rest(self) -> None:
        self.rest_menu().popup(self.more.mapToGlobal(self.more.rect().topLeft()))

    def restyle(self) -> None:
        self.setFixedHeight(self.theme.px(HEIGHT))
        self._more_action.setText(t("More"))
        self._arrange()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._arrange()

    def _status_width(self) -> int:
        px = self.theme.px
        icon = px(22)
        return sum(
            self.theme.width(s.words, 12) + (icon if s.icon else 0) + px(16) for s in self._status
        )

    def _arrange(self) -> None:
        px = self.theme.px
        room = self.width() - px(16) - self._status_width()
        widths = [button.sizeHint().width() + px(8) for button in self._buttons]
        crowded = sum(widths) > room
        limit = room - self.more.sizeHint().width() if crowded else room
        x, top, full = px(8), (self.height() - px(32)) // 2, False
        for button, width in zip(self._buttons, widths, strict=True):
            full = full or x + width > limit + px(8)
            button.setVisible(not full)
            if not full:
                button.setGeometry(x, top, width - px(8), px(32))
                x += width
        self.more.setVisible(crowded)
        self.more.setGeometry(x, top, self.more.sizeHint().width(), px(32))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        painter.fillRect(self.rect(), p.surface)
        canvas.fill(0, 0, self.width(), 1, p.line)
        x, centre = self.width() - self._status_width(), self.height() // 2
        for status in self._status:
            if status.icon:
                canvas.icon(status.icon, x, centre, 16, p.muted)
                x += px(22)
            x += canvas.text(status.words, x, centre, 12, p.muted) + px(16)
        painter.end()
