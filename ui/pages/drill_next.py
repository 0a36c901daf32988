"""The next inject 下一注入: large, with how it is given, and the director's keys as buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db.words import t
from dispatch.drills.acting import t_text
from dispatch.drills.record import InjectRun
from dispatch.drills.run import Run, RunState
from dispatch.terms import WAY_NAMES
from ui.theme import Theme
from ui.widgets.act_button import ActButton
from ui.widgets.paint import Canvas


class NextInject(QWidget):
    """What comes next and in how long; below it a button for each key."""

    def __init__(self, theme: Theme, acts: Sequence[QAction]) -> None:
        super().__init__()
        self.theme = theme
        self.run: Run | None = None
        self.at = 0.0
        self.buttons = [ActButton(a, primary=n == 0) for n, a in enumerate(acts)]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        row, px = QHBoxLayout(), theme.px
        row.setSpacing(px(8))
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.addStretch(1)
        column.addLayout(row)
        theme.changed.connect(self.update)

    def show_run(self, run: Run, at: float) -> None:
        self.run, self.at = run, at
        one = run.next if run.state is not RunState.ENDED else None
        self.setAccessibleName(t("Next inject {no}: {content}", no=one.no, content=one.content)
                               if one else t("Every inject is given"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(440), self.theme.px(240))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p = Canvas(painter, self.theme), self.theme.palette
        canvas.box(self.rect(), p.surface, p.line)
        if self.run is not None:
            one = self.run.next
            if one is None or self.run.state is RunState.ENDED:
                self._nothing(canvas)
            else:
                self._inject(canvas, self.run, one)
        painter.end()

    def _nothing(self, canvas: Canvas) -> None:
        px, p = self.theme.px, canvas.palette
        ended = self.run is not None and self.run.state is RunState.ENDED
        words = t("The drill is over. Its record is sealed in the real store.") if ended \
            else t("Every inject is given. E ends the drill.")
        canvas.text(words, px(16), px(28), 16, p.text, bold=True, width=self.width() - px(32))

    def _inject(self, canvas: Canvas, run: Run, one: InjectRun) -> None:
        px, p = self.theme.px, canvas.palette
        left, wide = px(16), self.width() - px(32)
        gap = one.planned - self.at
        late = gap < 0 and run.state is RunState.RUNNING
        x = left + canvas.text(t("Next inject {no}", no=f"{one.no:02}"), left, px(24), 14,
                               p.drill.fill, bold=True) + px(12)
        if late:
            canvas.flag(x, px(24), t("due now"))
        x = left + canvas.text(t_text(abs(gap)), left, px(62), 32,
                               p.overdue.fill if late else p.text, bold=True) + px(12)
        canvas.text(t("late · planned T+{t}", t=t_text(one.planned)) if late
                    else t("to go · planned T+{t}", t=t_text(one.planned)), x, px(66), 14, p.muted)
        y = self._wrapped(canvas, one.content, QRect(left, px(84), wide, px(52)))
        given = t("list|, ").join(w for w in (t(WAY_NAMES[one.way]), one.controller) if w)
        to = f"{given} → {one.target}" if one.target else given
        for head, words in ((t("How it is given"), to), (t("Expected"), t("; ").join(
                a.action for a in one.actions) or "—")):
            y += px(22)
            if y > self.height() - px(62):
                return
            canvas.text(head, left, y, 12, p.muted, width=px(84))
            canvas.text(words, left + px(88), y, 14, p.text, width=wide - px(88))

    def _wrapped(self, canvas: Canvas, words: str, place: QRect) -> int:
        """Up to two lines in bold; returns the height at which they end."""
        metrics, px = self.theme.metrics(16, bold=True), self.theme.px
        first = len(words)
        while first and metrics.horizontalAdvance(words[:first]) > place.width():
            first -= 1
        if first < len(words) and " " in words[:first]:
            first = words[:first].rindex(" ") + 1
        lines = [words[:first], words[first:]] if first < len(words) else [words]
        y = place.top()
        for line in lines:
            y += px(24)
            canvas.text(line.strip(), place.left(), y - px(12), 16, canvas.palette.text,
                        bold=True, width=place.width())
        return y
