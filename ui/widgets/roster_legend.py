"""The legend of the roster 图例: what the tokens and the grounds of the days mean."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.duty.month import DayKind
from dispatch.terms import POST_NAMES, Post
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side
from ui.widgets.roster_paint import day_ground, draw_lock, draw_token, hatch

HEIGHT = 28


class RosterLegend(QWidget):
    """One line; what finds no room at the right is left out whole."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        self.setFixedHeight(self.theme.px(HEIGHT))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        x, centre = px(4), self.height() // 2
        for post in Post:
            draw_token(canvas, QPoint(x + px(11), centre), post)
            x += px(28)
            x += canvas.text(t(POST_NAMES[post]), x, centre, 12, p.muted) + px(16)
        for kind, words in ((DayKind.WEEKEND, t("day|weekend")),
                            (DayKind.HOLIDAY, t("day|holiday"))):
            canvas.box(QRect(x, centre - px(9), px(22), px(18)), day_ground(self.theme, kind),
                       p.line)
            x += px(28)
            x += canvas.text(words, x, centre, 12, p.muted) + px(16)
        canvas.text(t("day|work"), x, centre, 12, p.accent.fill, bold=True)
        x += self.theme.width(t("day|work"), 12, bold=True) + px(6)
        x += canvas.text(t("day|working day in exchange"), x, centre, 12, p.muted) + px(16)
        box = QRect(x, centre - px(9), px(22), px(18))
        hatch(canvas, box)
        canvas.box(box, None, p.line)
        x += px(28)
        x += canvas.text(t("legend|leave"), x, centre, 12, p.muted) + px(16)
        box = QRect(x, centre - px(9), px(22), px(18))
        canvas.box(box, p.surface, p.line)
        draw_lock(canvas, box.right(), box.top())
        x += px(28)
        x += canvas.text(t("legend|locked"), x, centre, 12, p.muted) + px(16)
        canvas.box(QRect(x, centre - px(9), px(22), px(18)), p.ink.fill)
        x += px(28)
        x += canvas.text(t("legend|conflict"), x, centre, 12, p.muted) + px(16)
        hint = t("arrows move · 1–4 post · Del clear · Ctrl+Z undo")
        if x + self.theme.width(hint, 12) < self.width():
            canvas.text(hint, self.width() - px(4), centre, 12, p.muted, side=Side.RIGHT)
        painter.end()
