"""The panel 面板: a bordered surface with a 40 px head of title, count, flag, marks and filters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

HEAD = 40


@dataclass(frozen=True, slots=True)
class HeadMark:
    """A column word in the head, `offset` design pixels from the panel's inner right edge."""

    words: str
    offset: int
    side: Side = Side.LEFT


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice of a panel's filter, known by `key`, shown as `words`."""

    key: str
    words: str


class Segment(QAbstractButton):
    """One word of a segmented filter; the chosen one is bold on tint."""

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setText(words)
        self.setCheckable(True)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        px = self.theme.px
        return QSize(self.theme.width(self.text(), 12, bold=True) + px(20), px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, rect = Canvas(painter, self.theme), self.theme.palette, self.rect()
        chosen = self.isChecked()
        if chosen or self.underMouse():
            canvas.box(rect, p.tint if chosen else p.raised)
        if self.hasFocus():
            canvas.box(rect, None, p.accent.fill, stroke=2)
        tone = p.accent.fill if chosen else p.muted
        middle, centre = rect.width() // 2, rect.height() // 2
        canvas.text(self.text(), middle, centre, 12, tone, bold=chosen, side=Side.MIDDLE)
        painter.end()


class PanelHead(QWidget):
    """The head line; what it says is set on the panel."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.title, self.count, self.note, self.flag = "", "", "", ""
        self.marks: tuple[HeadMark, ...] = ()
        self.row = QHBoxLayout(self)
        self.row.addStretch(1)
        self.restyle()

    def restyle(self) -> None:
        px = self.theme.px
        self.setFixedHeight(px(HEAD))
        self.row.setContentsMargins(px(16), 0, px(16), 0)
        self.row.setSpacing(px(4))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        centre, x = self.height() // 2, px(16)
        limit = self._limit()
        x += canvas.text(self.title, x, centre, 14, p.text, bold=True, width=limit - x)
        if self.count:
            x += px(8)
            x += canvas.text(self.count, x, centre, 14, p.muted, width=limit - x)
        if self.flag:
            x += px(8)
            x += canvas.flag(x, centre, self.flag)
        if self.note:
            x += px(8)
            canvas.text(self.note, x, centre, 12, p.muted, width=limit - x)
        for mark in self.marks:
            at = self.width() - px(mark.offset)
            canvas.text(mark.words, at, centre, 12, p.muted, side=mark.side)
        canvas.fill(0, self.height() - 1, self.width(), 1, p.line)
        painter.end()

    def _limit(self) -> int:
        """Where title and note must end so that they never touch marks or filters."""
        edges = [self.width() - self.theme.px(mark.offset) for mark in self.marks]
        for n in range(self.row.count()):
            item = self.row.itemAt(n)
            widget = item.widget() if item is not None else None
            if widget is not None and widget.isVisible():
                edges.append(widget.x())
        return min(edges, default=self.width()) - self.theme.px(8)


class Panel(QWidget):
    """A surface with a head. Put content into `body`; `filtered` tells the chosen filter's key."""

    filtered = Signal(str)

    def __init__(self, theme: Theme, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.head = PanelHead(theme, self)
        self._filters: dict[str, Segment] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(1, 1, 1, 1)
        frame.setSpacing(0)
        frame.addWidget(self.head)
        frame.addLayout(self.body, 1)
        self.set_title(title)
        theme.changed.connect(self.restyle)

    def set_title(self, title: str, count: str = "", note: str = "", flag: str = "") -> None:
        """Title in bold, count beside it, a red flag (已超时 n) and a small note; empty ones go."""
        head = self.head
        head.title, head.count, head.note, head.flag = title, count, note, flag
        self.setAccessibleName(" ".join(part for part in (title, count, flag, note) if part))
        head.update()

    def set_marks(self, marks: Iterable[HeadMark]) -> None:
        """Column words over the numbers of the list below."""
        self.head.marks = tuple(marks)
        self.head.update()

    def set_filters(self, filters: Iterable[Filter], chosen: str = "") -> None:
        """Segmented choices at the right of the head; the first is chosen unless said."""
        for old in self._filters.values():
            self._group.removeButton(old)
            self.head.row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._filters = {f.key: self._segment(f) for f in filters}
        first = chosen or next(iter(self._filters), "")
        if first:
            self._filters[first].setChecked(True)

    def _segment(self, choice: Filter) -> Segment:
        segment = Segment(self.theme, choice.words, self.head)
        self._group.addButton(segment)
        self.head.row.addWidget(segment)
        segment.clicked.connect(lambda: self.filtered.emit(choice.key))
        return segment

    def add_to_head(self, widget: QWidget) -> None:
        """Put a control at the right end of the head."""
        self.head.row.addWidget(widget)

    @property
    def chosen_filter(self) -> str:
        return next((k for k, button in self._filters.items() if button.isChecked()), "")

    def restyle(self) -> None:
        self.head.restyle()
        for segment in self._filters.values():
            segment.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p = Canvas(painter, self.theme), self.theme.palette
        canvas.box(QRect(0, 0, self.width(), self.height()), p.surface, p.line)
        painter.end()
