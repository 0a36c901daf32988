"""Planned against actual 计划与实际 on screen: a row for each inject, action and timing point."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.printouts.sheet import Against, AgainstRow
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

HEAD, ROW, FOOT, LABEL, NOTE, BAR, DOT = 30, 24, 32, 300, 104, 8, 5
STEPS = (60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800)
"""Seconds between two marks of the axis."""
EMPTY = Against((), 60.0)


class AgainstChart(QWidget):
    """Paints a prepared chart; as high as its rows ask, to stand in a scroll area."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.facts = theme, EMPTY
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def show_facts(self, facts: Against) -> None:
        self.facts = facts
        self.setAccessibleName(t("paper|Planned against actual"))
        self.setAccessibleDescription("; ".join(f"{r.label} {r.note}" for r in facts.rows))
        self.setMinimumHeight(self.sizeHint().height())
        self.restyle()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(640),
                     self.theme.px(HEAD + ROW * len(self.facts.rows) + FOOT))

    def place(self, at: float) -> int:
        left, right = self.theme.px(LABEL), self.width() - self.theme.px(NOTE)
        return round(left + (right - left) * min(max(at, 0.0), self.facts.end) / self.facts.end)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, px = Canvas(painter, self.theme), self.theme.px
        bottom = px(HEAD + ROW * len(self.facts.rows))
        self._draw_axis(canvas, bottom)
        for number, row in enumerate(self.facts.rows):
            self._draw_row(canvas, row, px(HEAD + ROW * number))
        for at in self.facts.breaks:
            for shift in (-2, 2):
                canvas.fill(self.place(at) + shift, px(HEAD), max(1, px(1)), bottom - px(HEAD),
                            canvas.palette.ink.fill)
        self._draw_legend(canvas, bottom + px(FOOT) // 2)
        painter.end()

    def _draw_axis(self, canvas: Canvas, bottom: int) -> None:
        px, p = self.theme.px, canvas.palette
        room = self.width() - px(LABEL + NOTE)
        step = next((s for s in STEPS if self.facts.end / s * px(64) <= room), STEPS[-1])
        canvas.fill(0, 0, self.width(), px(HEAD), p.raised)
        canvas.text("T+", px(16), px(HEAD) // 2, 12, p.muted)
        for at in range(0, int(self.facts.end) + 1, step):
            canvas.text(f"{at // 3600:02d}:{at // 60 % 60:02d}", self.place(at), px(HEAD) // 2, 12,
                        p.muted, side=Side.MIDDLE)
            canvas.fill(self.place(at), px(HEAD), 1, bottom - px(HEAD), p.line)

    def _draw_row(self, canvas: Canvas, row: AgainstRow, top: int) -> None:
        px, p = self.theme.px, canvas.palette
        centre, left = top + px(ROW) // 2, px(16 if row.head else 28)
        canvas.text(row.label, left, centre, 12, p.text if row.head else p.muted, bold=row.head,
                    width=px(LABEL - 12) - left)
        if row.since is not None:
            self._draw_bar(canvas, row, centre)
        else:
            self._draw_dots(canvas, row, centre)
        late = row.limit is not None and row.actual is not None and row.actual > row.limit
        canvas.text(row.note, self.width() - px(12), centre, 12, p.text if late else p.muted,
                    bold=late, side=Side.RIGHT)
        canvas.fill(px(16), top + px(ROW) - 1, self.width() - px(16), 1, p.line)

    def _draw_dots(self, canvas: Canvas, row: AgainstRow, centre: int) -> None:
        p, painter, r = canvas.palette, canvas.painter, self.theme.px(DOT)
        if row.planned is not None and row.actual is not None:
            painter.setPen(QPen(p.drill.fill, 1.5))
            painter.drawLine(self.place(row.planned), centre, self.place(row.actual), centre)
        if row.planned is not None:
            painter.setPen(QPen(p.muted, 1.5))
            painter.setBrush(p.surface)
            painter.drawEllipse(QPointF(self.place(row.planned), centre), r, r)
        if row.actual is not None:
            self._diamond(canvas, self.place(row.actual), centre)

    def _diamond(self, canvas: Canvas, x: int, y: int) -> None:
        r = self.theme.px(DOT)
        canvas.painter.setPen(Qt.PenStyle.NoPen)
        canvas.painter.setBrush(canvas.palette.drill.fill)
        canvas.painter.drawPolygon(QPolygonF(
            [QPointF(x, y - r), QPointF(x + r, y), QPointF(x, y + r), QPointF(x - r, y)]))

    def _draw_bar(self, canvas: Canvas, row: AgainstRow, centre: int) -> None:
        """Outlined to the limit, filled until it was done, ink beyond the limit."""
        px, p, start = self.theme.px, canvas.palette, self.place(row.since or 0.0)
        top, high = centre - px(BAR) // 2, px(BAR)
        if row.limit is not None:
            canvas.box(QRect(start, top, max(2, self.place(row.limit) - start), high), None,
                       p.control_line, radius=0)
        if row.actual is None:
            return
        done = self.place(row.actual if row.limit is None else min(row.actual, row.limit))
        canvas.fill(start, top, max(2, done - start), high, p.drill.fill)
        if row.limit is not None and row.actual > row.limit:
            late = self.place(row.limit)
            canvas.fill(late, top, max(2, self.place(row.actual) - late), high, p.ink.fill)

    def _draw_legend(self, canvas: Canvas, centre: int) -> None:
        px, p, x = self.theme.px, canvas.palette, self.theme.px(16)
        for kind, words in (("plan", t("paper|planned")), ("dot", t("paper|actual")),
                            ("box", t("paper|time allowed")), ("bar", t("paper|time taken")),
                            ("ink", t("paper|beyond the standard"))):
            swatch = QRect(x, centre - px(BAR) // 2, px(18), px(BAR))
            if kind == "plan":
                canvas.painter.setPen(QPen(p.muted, 1.5))
                canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
                canvas.painter.drawEllipse(QPointF(x + px(9), centre), px(DOT), px(DOT))
            elif kind == "dot":
                self._diamond(canvas, x + px(9), centre)
            elif kind == "box":
                canvas.box(swatch, None, p.control_line, radius=0)
            else:
                canvas.fill(swatch.x(), swatch.y(), swatch.width(), swatch.height(),
                            p.drill.fill if kind == "bar" else p.ink.fill)
            x += px(24)
            x += canvas.text(words, x, centre, 12, p.muted) + px(16)
