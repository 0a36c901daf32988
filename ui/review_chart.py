"""The review chart 复盘图: lanes, the log beneath, a casualty curve, a cursor for the replay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainterPath, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from db.words import mark, t
from dispatch.grading import CountsAt
from ui import moments
from ui.charts import HEAD, LEGEND, NAMES, ROW, LaneChart
from ui.lanes import LaneRow
from ui.review_words import Said
from ui.theme import Theme
from ui.widgets.paint import Canvas

LOG_BAND, CURVE_BAND, NEAR = 26, 58, 5
FEW, FEW_ROW = 12, 20
TOLD = 6
"""So many entries are told at one place of the log."""
CURVES = (("dead", mark("curve|Dead"), Qt.PenStyle.SolidLine),
          ("injured", mark("curve|Injured"), Qt.PenStyle.DashLine),
          ("missing", mark("curve|Missing"), Qt.PenStyle.DotLine))


class ReviewChart(LaneChart):
    """The lane chart with everything of an event on one axis of time.

    `moment_chosen` tells the instant that was clicked. Wheel, + and − zoom from a minute to
    days; the pointer tells what lies beneath it.
    """

    moment_chosen = Signal(object)
    least_row = 6

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.said: tuple[Said, ...] = ()
        self.series: tuple[CountsAt, ...] = ()
        self.times = np.empty(0)
        self.cursor: datetime | None = None
        self.least_lane = 12
        super().__init__(theme, parent)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)

    @property
    def below(self) -> int:  # type: ignore[override]
        """Design pixels of the bands beneath the lanes."""
        return LOG_BAND + (CURVE_BAND if self.series else 0)

    def set_record(self, said: Sequence[Said], series: Sequence[CountsAt]) -> None:
        """The log, oldest first, and the casualty series."""
        self.said, self.series = tuple(said), tuple(series)
        self.times = np.array([one.at.timestamp() for one in said])
        self.item.update()

    def set_cursor(self, at: datetime | None) -> None:
        """Where the replay stands; what comes after it is veiled. None shows everything."""
        self.cursor = at
        self.item.update()

    def wanted_height(self) -> int:
        """Logical pixels in which each lane can still be read; more scroll."""
        row = FEW_ROW if len(self.facts.lanes) <= FEW else self.least_lane
        return self.theme.px(HEAD + ROW + row * max(1, len(self.facts.lanes)) + LEGEND
                             + self.below)

    # painting

    def draw(self, canvas: Canvas) -> None:
        super().draw(canvas)
        top = self.viewport().height() - self.theme.px(LEGEND + self.below)
        self._draw_log(canvas, top)
        if self.series:
            self._draw_curves(canvas, top + self.theme.px(LOG_BAND))
        self._draw_cursor(canvas)

    def _draw_log(self, canvas: Canvas, top: int) -> None:
        """A tick for each pixel that has entries, higher where there are more of them."""
        px, p, width = self.theme.px, canvas.palette, self.viewport().width()
        canvas.fill(0, top, width, px(LOG_BAND), p.surface)
        canvas.fill(0, top, width, 1, p.line)
        canvas.text(t("Log"), px(16), top + px(LOG_BAND) // 2, 12, p.muted, width=px(NAMES - 24))
        if not len(self.times):
            return
        low, high = self.box.viewRange()[0]
        left = px(NAMES)
        at = left + (self.times - low) / max(high - low, 1e-9) * (width - left)
        places, counts = np.unique(at[(at >= left) & (at < width)].astype(int),
                                   return_counts=True)
        for x, n in zip(places.tolist(), counts.tolist(), strict=True):
            tall = px(min(20, 6 + 3 * n))
            canvas.fill(x, top + px(LOG_BAND) - tall - px(2), max(1, px(1)), tall, p.accent.fill)

    def _draw_curves(self, canvas: Canvas, top: int) -> None:
        px, p, width = self.theme.px, canvas.palette, self.viewport().width()
        canvas.fill(0, top, width, px(CURVE_BAND), p.surface)
        canvas.fill(0, top, width, 1, p.line)
        most = max((self._count(c, name) for c in self.series for name, _, _ in CURVES),
                   default=0) or 1
        tones = (p.ink.fill, p.accent.fill, p.muted)
        for n, ((name, words, style), tone) in enumerate(zip(CURVES, tones, strict=True)):
            last = self._count(self.series[-1], name)
            canvas.text(f"{t(words)} {last}", px(16), top + px(10 + n * 18), 12, tone,
                        width=px(NAMES - 24))
            self._draw_curve(canvas, top, name, most, QPen(tone, max(1.0, px(2)), style))

    def _draw_curve(self, canvas: Canvas, top: int, name: str, most: int, pen: QPen) -> None:
        """A step at each report; nothing is drawn between what was not reported."""
        px, foot = self.theme.px, top + self.theme.px(CURVE_BAND - 6)
        high = px(CURVE_BAND - 14)
        path, level = QPainterPath(), float(foot)
        path.moveTo(px(NAMES), level)
        for one in self.series:
            x = float(max(px(NAMES), self.x_of(one.at)))
            path.lineTo(x, level)
            level = foot - high * self._count(one, name) / most
            path.lineTo(x, level)
        path.lineTo(float(min(self.viewport().width(), self.x_of(self.facts.until or self.now))),
                    level)
        canvas.painter.save()
        canvas.painter.setClipRect(px(NAMES), top, self.viewport().width() - px(NAMES),
                                   px(CURVE_BAND))
        canvas.painter.setPen(pen)
        canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
        canvas.painter.drawPath(path)
        canvas.painter.restore()

    def _draw_cursor(self, canvas: Canvas) -> None:
        if self.cursor is None:
            return
        px, p = self.theme.px, canvas.palette
        x = max(px(NAMES), self.x_of(self.cursor))
        bottom = self.viewport().height() - px(LEGEND)
        veil = QColor(p.surface)
        veil.setAlpha(200)
        canvas.fill(x, px(HEAD), self.viewport().width() - x, bottom - px(HEAD), veil)
        canvas.painter.setPen(QPen(p.accent.fill, max(2, px(2))))
        canvas.painter.drawLine(QPointF(x, px(HEAD)), QPointF(x, bottom))

    @staticmethod
    def _count(of: CountsAt, name: str) -> int:
        c = of.counts
        return {"dead": c.dead, "injured": c.severe + c.light, "missing": c.missing}[name]

    # by hand

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            words = self.told_at(round(event.position().x()), round(event.position().y()))
            if words:
                QToolTip.showText(event.globalPosition().toPoint(), words, self)
            else:
                QToolTip.hideText()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and event.position().x() >= self.theme.px(
                NAMES):
            self.moment_chosen.emit(self.moment_at(round(event.position().x())))

    def moment_at(self, x: int) -> datetime:
        """The instant at a place of the axis."""
        low, high = self._limits()
        left = self.theme.px(NAMES)
        part = (x - left) / max(1, int(self.viewport().width()) - left)
        return low + (high - low) * part

    def told_at(self, x: int, y: int) -> str:
        """What lies at a place, in words; empty where nothing does."""
        px = self.theme.px
        top, foot = px(HEAD + ROW), self.viewport().height() - px(LEGEND + self.below)
        if x < px(NAMES) or y < px(HEAD):
            return ""
        if y < foot:
            number = (y - top) // max(1, self.row_height) if y >= top else -1
            if 0 <= number < len(self.facts.lanes):
                return self._lane_words(self.facts.lanes[number], x)
            return ""
        if y < foot + px(LOG_BAND):
            return self._log_words(x)
        return self._series_words(self.moment_at(x)) if self.series else ""

    def _lane_words(self, lane: LaneRow, x: int) -> str:
        at = self.moment_at(x)
        for part in lane.segments:
            end = part.end or self.facts.until or self.now
            if part.start <= at <= end or abs(self.x_of(part.start) - x) <= 2:
                return t("{force}: {stage} {start} to {end} ({span})", force=lane.name,
                         stage=part.words, start=moments.day_clock(part.start),
                         end=moments.clock(end), span=moments.minutes_seconds(end - part.start))
        return lane.name

    def _log_words(self, x: int) -> str:
        if not self.said:
            return ""
        first = self.moment_at(x - self.theme.px(NEAR)).timestamp()
        last = self.moment_at(x + self.theme.px(NEAR)).timestamp()
        low, high = np.searchsorted(self.times, [first, last])
        near = self.said[int(low):int(high)]
        lines = [f"{moments.clock_seconds(s.at)} {s.words[:80]}" for s in near[:TOLD]]
        if len(near) > TOLD:
            lines.append(t("and {n} more", n=len(near) - TOLD))
        return "\n".join(lines)

    def _series_words(self, at: datetime) -> str:
        known = [c for c in self.series if c.at <= at]
        if not known:
            return ""
        counts: Any = known[-1]
        return t(", ").join(t("{what} {n}", what=t(words), n=self._count(counts, name))
                            for name, words, _ in CURVES)
