"""The running share 回复进度: one bar of who confirmed, declined, was reached and is not known."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from db.words import t
from dispatch.net.board import Share
from dispatch.net.terms import STANDING_NAMES, Standing
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

HEIGHT = 64
ORDER = (Standing.ACKNOWLEDGED, Standing.REFUSED, Standing.NO_ANSWER, Standing.DELIVERED,
         Standing.SENT, Standing.QUEUED, Standing.UNKNOWN, Standing.FAILED, Standing.BY_HAND)


class ShareBar(QWidget):
    """Large figures at the left, the bar in the middle of the line, counts below it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.share = Share(0, 0, 0, {})
        self.since = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_share(self, share: Share, since: str) -> None:
        """`since` is the time since the call-out went, as it is written."""
        self.share, self.since = share, since
        self.setAccessibleName(f"{t('Answered')} {share.answered} / {share.total}")
        self.setAccessibleDescription(self._counts())
        self.update()

    def _counts(self) -> str:
        return "   ".join(f"{t(STANDING_NAMES[s])} {n}" for s in ORDER
                          if (n := self.share.by_standing.get(s, 0)))

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(400), self.theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        left, right, first, second = px(16), self.width() - px(16), px(22), px(48)
        words = f"{self.share.answered} / {self.share.total}"
        ran = canvas.text(words, left, first, 22, p.text, bold=True)
        part = f"{self.share.part * 100:.0f} %"
        ran += px(12) + canvas.text(part, left + ran + px(12), first, 18, p.accent.fill, bold=True)
        time = canvas.text(self.since, right, first, 18, p.muted, side=Side.RIGHT)
        self._draw_bar(canvas, left + max(ran + px(20), px(190)), right - time - px(20), first)
        canvas.text(self._counts(), left, second, 12, p.muted, width=right - left)
        painter.end()

    def _draw_bar(self, canvas: Canvas, x: int, end: int, centre: int) -> None:
        p, px, total = canvas.palette, self.theme.px, max(1, self.share.total)
        width, height, top = end - x, px(10), centre - px(4)
        if width < px(40):
            return
        canvas.fill(x, top, width, height, p.line)
        tones = {Standing.ACKNOWLEDGED: p.accent.fill, Standing.REFUSED: p.ink.fill,
                 Standing.NO_ANSWER: p.muted, Standing.DELIVERED: p.tint, Standing.SENT: p.tint}
        at, done = float(x), 0
        for standing in ORDER[:5]:
            done += self.share.by_standing.get(standing, 0)
            until = x + width * done / total
            canvas.fill(round(at), top, round(until) - round(at), height, tones[standing])
            at = until
