"""The bar above the roster 求解结果: state of the month, its proof, the conflicts left."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from db.words import t
from dispatch.duty.roster.board import Board
from dispatch.duty.roster.solver import Found
from dispatch.duty.roster.solving import report_words, stages_of
from dispatch.duty.roster.terms import MONTH_NAMES
from resources.localtime import moment_text
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

HEIGHT = 36


class RosterBar(QWidget):
    """One line; a click on the conflicts at its right goes to the next one."""

    conflicts_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.board: Board | None = None
        self.found: Found | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_board(self, board: Board) -> None:
        self.board = board
        self._speak()

    def set_found(self, found: Found | None) -> None:
        """What the solver has so far; None when it is not at work."""
        self.found = found
        self._speak()

    def parts(self) -> tuple[str, ...]:
        """The words of the bar, the most important first."""
        if self.found is not None:
            if not self.found.best:
                return (t("Solving: the fairest shares"),)
            return (t("Solving: {aim}", aim=t(self.found.stage) if self.found.stage else "…"),
                    t("best so far {value}", value=self.found.best),
                    t("not below {bound}", bound=self.found.bound))
        if self.board is None:
            return ()
        record, report = self.board.record, self.board.record.report
        state = t(MONTH_NAMES[record.state])
        if record.published_at is not None:
            state = t("{state}, version {n}, {time} {name}", state=state, n=record.version,
                      time=moment_text(record.published_at), name=record.published_by)
        aims = [f"{t(s.name)} {s.value}{' = ' if s.proven else ' ≥ '}{s.bound}"
                for s in stages_of(report)]
        return tuple(p for p in (state, report_words(report), *self._spread(self.board),
                                 *aims) if p)

    @staticmethod
    def _spread(board: Board) -> tuple[str, ...]:
        """Whether the rules hold, least and most duties of a person, and how many are locked."""
        loads = {leads: [p.load.duties for p in board.month.people
                         if p.leads == leads and p.load.duties] for leads in (True, False)}
        spans = [f"{min(some)}–{max(some)}" if some else "0" for some in loads.values()]
        locked = sum(board.cells.values())
        return (t("All rules hold") if board.cells and not board.breaches else "",
                t("duties: leaders {leaders}, others {others}", leaders=spans[0],
                  others=spans[1]) if board.month.planned else "",
                t("{n} locked", n=locked) if locked else "")

    @property
    def conflicts(self) -> int:
        return len(self.board.breaches) if self.board else 0

    def conflict_words(self) -> str:
        asked = len(self.board.asked) if self.board else 0
        words = t("{n} conflicts", n=self.conflicts) if self.conflicts else ""
        swaps = t("{n} swaps wait", n=asked) if asked else ""
        return " · ".join(part for part in (words, swaps) if part)

    def _speak(self) -> None:
        self.setAccessibleName(" · ".join((*self.parts(), self.conflict_words())))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(600), self.theme.px(HEIGHT))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._chip().contains(event.position().toPoint()):
            self.conflicts_asked.emit()

    def _chip(self) -> QRect:
        words, px = self.conflict_words(), self.theme.px
        if not words:
            return QRect()
        width = self.theme.width(words, 12, bold=True) + px(40)
        return QRect(self.width() - width - px(4), px(4), width, self.height() - px(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        canvas.box(self.rect(), p.surface, p.line)
        centre, chip = self.height() // 2, self._chip()
        proven = self.found is None and self.board is not None and bool(
            self.board.record.report.get("proven"))
        x, end = px(12), (chip.left() if chip.width() else self.width()) - px(12)
        icon = "hourglass" if self.found else "shield-check" if proven else "calendar-user"
        canvas.icon(icon, x, centre, 16, p.accent.fill if proven else p.muted)
        x += px(24)
        for n, words in enumerate(self.parts()):
            bold = n == 0
            runs = self.theme.width(words, 12, bold=bold)
            if x + runs > end and n:
                break
            x += canvas.text(words, x, centre, 12, p.text, bold=bold, width=end - x) + px(10)
            canvas.fill(x, centre - px(7), 1, px(14), p.line)
            x += px(10)
        if chip.width():
            canvas.box(chip, p.ink.fill)
            canvas.icon("alert-triangle", chip.left() + px(10), centre, 14, p.ink.on)
            canvas.text(self.conflict_words(), chip.right() - px(10), centre, 12, p.ink.on,
                        bold=True, side=Side.RIGHT)
        if self.found is not None:
            canvas.fill(0, self.height() - px(3), round(self.width() * self.found.part), px(3),
                        p.accent.fill)
        painter.end()
