"""The rail 导航栏: the pages at the left edge, with icon, word and a badge of what is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Pair, Theme
from ui.widgets.paint import Canvas, Side

WIDTH, ITEM, ITEM_LEAST = 72, 64, 50


@dataclass(frozen=True, slots=True)
class RailItem:
    """One entry of the rail; `low` ones stand at the bottom (settings, who is at the desk)."""

    key: str
    words: str
    icon: str
    low: bool = False
    page: bool = True


class RailButton(QAbstractButton):
    """One painted entry; the current page has tint, an accent bar and bold words."""

    def __init__(self, theme: Theme, item: RailItem, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme, self.item, self.badge = theme, item, 0
        self.mark: Pair | None = None
        self.setCheckable(item.page)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.set_words(item.words)

    def set_words(self, words: str) -> None:
        self.setText(words)
        self.setToolTip(words)
        self._name()

    def set_badge(self, number: int) -> None:
        self.badge = number
        self._name()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"{self.text()} {self.badge}" if self.badge else self.text())

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(WIDTH) - 1, self.theme.px(ITEM))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(WIDTH) - 1, self.theme.px(ITEM_LEAST))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        current = self.isChecked()
        if current or self.underMouse():
            painter.fillRect(self.rect(), p.tint if current else p.raised)
        if current:
            canvas.fill(0, 0, px(3), self.height(), p.accent.fill)
        tone = p.accent.fill if current else p.muted
        middle, centre = self.width() // 2, self.height() // 2
        canvas.icon(self.item.icon, middle - px(12), centre - px(9), 24, tone)
        words = p.accent.fill if current else p.text
        room = self.width() - px(4)
        canvas.text(
            self.text(), middle, centre + px(16), 12, words,
            bold=current, side=Side.MIDDLE, width=room,
        )  # fmt: skip
        if self.badge:
            self._draw_badge(canvas, middle + px(6), centre - px(26))
        if self.hasFocus():
            canvas.box(self.rect(), None, p.accent.fill, stroke=2)
        painter.end()

    def _draw_badge(self, canvas: Canvas, left: int, top: int) -> None:
        px, p = self.theme.px, self.theme.palette
        words = str(self.badge) if self.badge < 100 else "99+"
        width = max(px(18), self.theme.width(words, 12, bold=True) + px(10))
        rect = QRect(left, max(1, top), width, px(18))
        canvas.box(rect, p.ink.fill, radius=9)
        x, y = rect.left() + width // 2, rect.top() + px(9)
        canvas.text(words, x, y, 12, p.ink.on, bold=True, side=Side.MIDDLE)


class Rail(QWidget):
    """72 px. `chosen(key)` tells what was asked for; Up and Down walk the entries."""

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, items: Iterable[RailItem], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._buttons: dict[str, RailButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        every = tuple(items)
        for item in (one for one in every if not one.low):
            self._add(item)
        self._column.addStretch(1)
        for item in (one for one in every if one.low):
            self._add(item)
        self.restyle()
        theme.changed.connect(self.restyle)

    def _add(self, item: RailItem) -> None:
        button = RailButton(self.theme, item, self)
        button.clicked.connect(lambda: self._on_clicked(item.key))
        self._column.addWidget(button)
        self._buttons[item.key] = button

    def _on_clicked(self, key: str) -> None:
        button = self._buttons[key]
        if button.isCheckable():
            button.setChecked(True)  # until the window says otherwise it stays as it is
        self.chosen.emit(key)

    def set_current(self, key: str) -> None:
        for name, button in self._buttons.items():
            if button.isCheckable():
                button.setChecked(name == key)

    def has(self, key: str) -> bool:
        """Whether there is an entry of that key."""
        return key in self._buttons

    def set_badge(self, key: str, number: int) -> None:
        """Show how many are open; 0 takes the badge away."""
        self._buttons[key].set_badge(number)

    def set_words(self, key: str, words: str) -> None:
        """Change an entry's word: another officer at the desk, another language."""
        self._buttons[key].set_words(words)

    def restyle(self) -> None:
        px = self.theme.px
        self.setFixedWidth(px(WIDTH))
        self._column.setContentsMargins(0, px(8), 1, px(8))
        for button in self._buttons.values():
            button.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        buttons = list(self._buttons.values())
        here = next((n for n, button in enumerate(buttons) if button.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        there = buttons[(here + step) % len(buttons)]
        there.setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.palette.surface)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self.theme.palette.line)
        painter.end()
