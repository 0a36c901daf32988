"""Plan capabilities 预案能力: what the plan calls for, as chips that are ticked when covered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from db.words import t
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

ROWS_MOST, CHIP, HEAD = 3, 30, 32


class Cover(StrEnum):
    """How a capability stands: on scene, on its way, or missing."""

    THERE = "there"
    COMING = "coming"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Capability:
    name: str
    cover: Cover


class CapabilityChips(QWidget):
    """Ticked on scene, a truck when coming, inverse ink with a cross when missing.

    The last line says who could bring what is missing soonest, with the key for dispatch.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.chips: tuple[Capability, ...] = ()
        self.advice = ""
        theme.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        self._fit()
        self.update()

    def show_chips(self, chips: Iterable[Capability], advice: str) -> None:
        self.chips, self.advice = tuple(chips), advice
        self.setAccessibleName(t("Plan capabilities"))
        spoken = {Cover.THERE: t("cover|on scene"), Cover.COMING: t("cover|on the way"),
                  Cover.MISSING: t("cover|missing")}
        words = t("; ").join(f"{c.name}: {spoken[c.cover]}" for c in self.chips)
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self._fit()
        self.update()

    @property
    def missing(self) -> list[str]:
        return [c.name for c in self.chips if c.cover is Cover.MISSING]

    def _width(self, chip: Capability) -> int:
        return self.theme.width(chip.name, 12, bold=True) + self.theme.px(32)

    def _places(self) -> list[tuple[Capability, int, int]]:
        """Each chip with its x and its row; what does not fit three rows is left to the tip."""
        px, x, row, places = self.theme.px, self.theme.px(16), 0, []
        for chip in self.chips:
            width = self._width(chip)
            if x + width > self.width() - px(12) and x > px(16):
                x, row = px(16), row + 1
            if row >= ROWS_MOST:
                break
            places.append((chip, x, row))
            x += width + px(6)
        return places

    def _fit(self) -> None:
        rows = max((row for _chip, _x, row in self._places()), default=0) + 1
        foot = 34 if self.advice else 8
        self.setFixedHeight(self.theme.px(HEAD + rows * CHIP + foot))

    def resizeEvent(self, _event: object) -> None:
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        painter.fillRect(self.rect(), p.raised)
        canvas.fill(0, 0, self.width(), 1, p.line)
        canvas.text(t("Plan capabilities"), px(16), px(HEAD) // 2 + 2, 12, p.muted, bold=True)
        words = t("{n} short", n=len(self.missing)) if self.missing else t("all covered")
        if not self.chips:
            words = t("no plan for this kind")
        canvas.text(words, self.width() - px(16), px(HEAD) // 2 + 2, 12, p.text,
                    bold=bool(self.missing), side=Side.RIGHT)
        for chip, x, row in self._places():
            self._draw_chip(canvas, chip, QRect(x, px(HEAD + row * CHIP), self._width(chip),
                                                px(24)))
        if self.advice:
            centre = self.height() - px(18)
            cap = canvas.keycap(self.width() - px(16), centre, "F4")
            canvas.text(self.advice, px(16), centre, 12, p.text,
                        width=cap.left() - px(24))
        painter.end()

    def _draw_chip(self, canvas: Canvas, chip: Capability, rect: QRect) -> None:
        p, px = canvas.palette, self.theme.px
        centre = rect.center().y() + 1
        if chip.cover is Cover.MISSING:
            canvas.box(rect, p.ink.fill)
            tone, icon = p.ink.on, "x"
        else:
            canvas.box(rect, p.surface, p.control_line)
            tone, icon = p.text, "check" if chip.cover is Cover.THERE else "truck"
        mark = tone if chip.cover is Cover.MISSING else p.accent.fill
        canvas.icon(icon, rect.left() + px(6), centre, 14, mark)
        canvas.text(chip.name, rect.left() + px(24), centre, 12, tone,
                    bold=chip.cover is Cover.MISSING)
