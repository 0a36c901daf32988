"""The shift bar 本班栏: who is on duty, what warnings hold, the search box and the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from db.words import t
from ui.moments import clock_seconds, day, day_clock, weekday
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

HEIGHT = 56
SEARCH_LEAST, SEARCH_MOST = 132, 392


@dataclass(frozen=True, slots=True)
class PostFact:
    """A post and who stands in it: 带班领导 李建国, or a number (备勤 4 人)."""

    post: str
    people: str


@dataclass(frozen=True, slots=True)
class WarningFact:
    """A warning in force: `level` 1 red to 4 blue, `icon` of its kind, until when in words."""

    title: str
    level: int
    until: str
    icon: str = "alert-triangle"


@dataclass(frozen=True, slots=True)
class ShiftBarFacts:
    """All that the bar says; None for what is not known leaves its place out."""

    starts: datetime | None = None
    ends: datetime | None = None
    posts: tuple[PostFact, ...] = ()
    warnings: tuple[WarningFact, ...] = ()
    safe_days: int | None = None
    heading: str = ""


class SearchBox(QAbstractButton):
    """Looks like a field, opens the search: one place to find everything."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(SEARCH_MOST), self.theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        focused, centre = self.hasFocus(), self.height() // 2
        edge = p.accent.fill if focused else p.control_line
        canvas.box(self.rect(), p.surface, edge, stroke=2 if focused else 1)
        canvas.icon("search", px(8), centre, 16, p.muted)
        key = canvas.keycap(self.width() - px(6), centre, "Ctrl K")
        hint = t("Search people, units, supplies, log…")
        room = key.left() - px(44)
        if self.theme.width(hint, 14) > room:
            hint = t("Search")
        canvas.text(hint, px(36), centre, 14, p.muted, width=room)
        painter.end()


class ShiftBar(QWidget):
    """56 px high. What does not fit gives way in this order: search width, safe days, the words
    of warnings (icons stay), so that names and clock are never cut.
    """

    search_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.facts = ShiftBarFacts()
        self._now: datetime | None = None
        self.search = SearchBox(theme, self)
        self.search.clicked.connect(self.search_asked)
        self._safe_shown, self._words_shown = True, True
        self.restyle()
        theme.changed.connect(self.restyle)

    def set_facts(self, facts: ShiftBarFacts) -> None:
        """Show these facts: a warning that ran out goes, though nothing was written."""
        self.facts = facts
        self.setAccessibleName(self._spoken())
        warnings = [f"{w.title} {w.until}" for w in facts.warnings]
        self.setToolTip("\n".join(warnings))
        self._arrange()

    def tick(self, now: datetime) -> None:
        self._now = now
        left = self.width() - self._clock_width()
        self.update(left, 0, self.width() - left, self.height())

    def restyle(self) -> None:
        self.setFixedHeight(self.theme.px(HEIGHT))
        self.search.setAccessibleName(t("Search everything"))
        self.search.setToolTip(t("Search everything") + " (Ctrl+K)")
        self.set_facts(self.facts)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._arrange()

    def _spoken(self) -> str:
        posts = [f"{fact.post} {fact.people}" for fact in self.facts.posts]
        warnings = [f"{fact.title} {fact.until}" for fact in self.facts.warnings]
        return t("list|, ").join([self._span(), *posts, *warnings])

    def _span(self) -> str:
        if self.facts.starts is None or self.facts.ends is None:
            return t("No shift is running")
        return f"{day_clock(self.facts.starts)} → {day_clock(self.facts.ends)}"

    # Where things go

    def _arrange(self) -> None:
        px = self.theme.px
        right = self.width() - self._clock_width() - px(24)
        for self._safe_shown, self._words_shown in ((True, True), (False, True), (False, False)):
            left = self._facts_width() + px(16)
            if right - left >= px(SEARCH_LEAST):
                break
        width = min(px(SEARCH_MOST), right - left)
        self.search.setVisible(width >= px(80))
        self.search.setGeometry(right - width, (self.height() - px(32)) // 2, width, px(32))
        self.update()

    def _clock_width(self) -> int:
        return self.theme.width("00:00:00", 32, bold=True) + self.theme.px(16 + 60)

    def _groups(self) -> list[tuple[str, str, bool]]:
        label = self.facts.heading or t("This shift")
        groups = [(label, self._span(), False)]
        groups += [(fact.post, fact.people, True) for fact in self.facts.posts]
        return groups

    def _group_width(self, label: str, words: str, *, bold: bool) -> int:
        return max(self.theme.width(label, 12), self.theme.width(words, 14, bold=bold))

    def _warning_width(self, fact: WarningFact) -> int:
        px = self.theme.px
        if not self._words_shown:
            return px(32)
        title = self.theme.width(fact.title, 12, bold=True)
        return px(32 + 8) + max(title, self.theme.width(fact.until, 12))

    def _safe_words(self) -> str:
        days = self.facts.safe_days
        return "" if days is None or not self._safe_shown else t("{n} days", n=days)

    def _facts_width(self) -> int:
        px = self.theme.px
        x = px(16)
        x += sum(self._group_width(a, b, bold=c) + px(24) for a, b, c in self._groups())
        x += sum(self._warning_width(fact) + px(24) for fact in self.facts.warnings)
        if self._safe_words():
            x += self._group_width(t("Safe days"), self._safe_words(), bold=True) + px(24)
        return x

    # How it looks

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        painter.fillRect(self.rect(), p.surface)
        canvas.fill(0, self.height() - 1, self.width(), 1, p.line)
        x = px(16)
        for label, words, bold in self._groups():
            x = self._draw_group(canvas, x, label, words, bold=bold)
        if self.facts.warnings:
            self._divide(canvas, x - px(12))
        for fact in self.facts.warnings:
            x = self._draw_warning(canvas, x, fact)
        if self._safe_words():
            self._divide(canvas, x - px(12))
            self._draw_group(canvas, x, t("Safe days"), self._safe_words(), bold=True)
        self._draw_clock(canvas)
        painter.end()

    def _divide(self, canvas: Canvas, x: int) -> None:
        px = self.theme.px
        canvas.fill(x, px(12), 1, self.height() - px(25), canvas.palette.line)

    def _draw_group(self, canvas: Canvas, x: int, label: str, words: str, *, bold: bool) -> int:
        p, px = canvas.palette, self.theme.px
        canvas.text(label, x, px(17), 12, p.muted)
        canvas.text(words, x, px(38), 14, p.text, bold=bold)
        return x + self._group_width(label, words, bold=bold) + px(24)

    def _draw_warning(self, canvas: Canvas, x: int, fact: WarningFact) -> int:
        p, px, pair = canvas.palette, self.theme.px, canvas.palette.level(fact.level)
        canvas.box(QRect(x, px(12), px(32), px(32)), pair.fill)
        canvas.icon(fact.icon, x + px(5), px(28), 22, pair.on)
        if self._words_shown:
            canvas.text(fact.title, x + px(40), px(17), 12, p.text, bold=True)
            canvas.text(fact.until, x + px(40), px(38), 12, p.muted)
        return x + self._warning_width(fact) + px(24)

    def _draw_clock(self, canvas: Canvas) -> None:
        if self._now is None:
            return
        p, px = canvas.palette, self.theme.px
        edge = self.width() - px(16)
        words = clock_seconds(self._now)
        canvas.text(words, edge, px(28), 32, p.text, bold=True, side=Side.RIGHT)
        side = edge - self.theme.width("00:00:00", 32, bold=True) - px(12)
        canvas.text(weekday(self._now), side, px(17), 12, p.muted, side=Side.RIGHT)
        canvas.text(day(self._now), side, px(38), 12, p.muted, side=Side.RIGHT)
