"""The ring table 圈内统计: what lies within each ring, side by side, the chosen ring framed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from db.words import mark, t
from dispatch.surroundings import Ring
from ui.map.painting import metre_words
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

ROW, HEAD, LABEL, FOOT = 24, 32, 104, 22
LINES: tuple[tuple[str, Callable[[Ring], str]], ...] = (
    (mark("ring|Residents"), lambda r: grouped(r.residents)),
    (mark("ring|Schools, hospitals"), lambda r: str(r.schools)),
    (mark("ring|Hazard sources"), lambda r: str(r.hazards)),
    (mark("ring|Threatened"), lambda r: grouped(r.threatened)),
    (mark("ring|Shelters"), lambda r: str(r.shelters)),
    (mark("ring|Room in them"), lambda r: grouped(r.capacity)),
    (mark("ring|Forces free"), lambda r: f"{r.ready} / {r.forces}"),
    (mark("ring|Supplies, gear"), lambda r: f"{r.warehouses} / {r.equipment}"))


def grouped(number: int) -> str:
    """`18 600`: thousands parted by a narrow space."""
    return f"{number:,}".replace(",", " ")


class RingTable(QWidget):
    """← → or a click choose a ring; `chosen` carries its metres."""

    chosen = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.rings: tuple[Ring, ...] = ()
        self.at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_rings(self, rings: Sequence[Ring], at: float = 0.0) -> None:
        """Show these rings, the one of `at` metres chosen."""
        self.rings = tuple(rings)
        self.at = next((n for n, r in enumerate(rings) if r.metres == at), len(rings) // 2)
        self.setVisible(bool(rings))
        self._say()
        self.updateGeometry()
        self.update()

    @property
    def metres(self) -> float:
        """The chosen ring's reach; 0 without rings."""
        return self.rings[self.at].metres if self.rings else 0.0

    def _say(self) -> None:
        self.setAccessibleName(t("Within the rings"))
        self.setAccessibleDescription("; ".join(
            f"{metre_words(r.metres)}: " + ", ".join(
                f"{t(words)} {said(r)}" for words, said in LINES) for r in self.rings))

    def sizeHint(self) -> QSize:
        px = self.theme.px
        return QSize(px(280), px(HEAD + ROW * len(LINES) + FOOT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _column(self, number: int) -> tuple[int, int]:
        """Left and right edge of a ring's column."""
        px = self.theme.px
        room = self.width() - px(16 + LABEL + 8)
        wide = room // max(len(self.rings), 1)
        left = px(16 + LABEL) + number * wide
        return left, left + wide

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        canvas.text(t("Within the rings"), px(16), px(HEAD) // 2 + px(2), 14, p.text, bold=True)
        for number, ring in enumerate(self.rings):
            left, right = self._column(number)
            chosen = number == self.at
            if chosen:
                box = QRect(left + px(4), px(3), right - left, px(HEAD + ROW * len(LINES)) - px(2))
                canvas.box(box, None, p.accent.fill, stroke=2 if self.hasFocus() else 1)
            canvas.text(metre_words(ring.metres), right - px(6), px(HEAD) // 2 + px(2), 12,
                        p.text if chosen else p.muted, bold=chosen, side=Side.RIGHT)
            for line, (_, said) in enumerate(LINES):
                canvas.text(said(ring), right - px(6), px(HEAD + ROW * line + ROW // 2),
                            14 if len(self.rings) < 4 else 12, p.text, bold=chosen,
                            side=Side.RIGHT)
        for line, (words, _) in enumerate(LINES):
            canvas.text(t(words), px(16), px(HEAD + ROW * line + ROW // 2), 12, p.muted,
                        width=px(LABEL))
        canvas.text(t("Counted by registered points"), px(16),
                    px(HEAD + ROW * len(LINES) + FOOT // 2 + 1), 12, p.muted,
                    width=self.width() - px(24))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number in range(len(self.rings)):
            left, right = self._column(number)
            if left <= event.position().x() < right:
                self.choose(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self.rings:
            super().keyPressEvent(event)
            return
        self.choose(min(max(self.at + step, 0), len(self.rings) - 1))

    def choose(self, number: int) -> None:
        """Frame another ring."""
        self.at = number
        self.update()
        self.chosen.emit(self.metres)
