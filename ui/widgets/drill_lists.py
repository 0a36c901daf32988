"""Lists of a drill run 演练列表: the injects, planned and actual, and the actions expected."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect

from ui.theme import Theme
from ui.widgets.paint import Canvas, Side
from ui.widgets.row_list import RowDelegate, RowList

INJECT, ACTION = 28, 40


@dataclass(frozen=True, slots=True)
class InjectRow:
    """One inject as words; `tone` is given, now, next, wait, skipped or overdue."""

    no: int
    planned: str
    actual: str
    deviation: str
    large: bool
    content: str
    target: str
    done: str
    tone: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One expected action as words; `tone` is done, partly, missed, open or overdue."""

    no: int
    action: str
    actor: str
    at: str
    span: str
    tone: str
    auto: bool = False


class InjectDelegate(RowDelegate[InjectRow]):
    """Sign, number, planned, actual, deviation, content, and how many actions are done."""

    def draw(self, canvas: Canvas, rect: QRect, row: InjectRow) -> None:
        px, p = self.theme.px, canvas.palette
        centre, left, right = rect.center().y() + 1, rect.left(), rect.right()
        if row.tone == "now":
            canvas.painter.fillRect(rect.adjusted(0, 0, 0, -1), p.drill_tint)
            canvas.fill(left, rect.top(), px(3), rect.height() - 1, p.drill.fill)
        self._sign(canvas, left + px(16), centre, row.tone)
        tone = p.muted if row.tone in {"wait", "skipped"} else p.text
        bold = row.tone in {"now", "next"}
        canvas.text(f"{row.no:02}", left + px(34), centre, 14, tone, bold=bold)
        canvas.text(row.planned, left + px(66), centre, 14, tone, bold=bold)
        canvas.text(row.actual, left + px(144), centre, 14, tone, bold=bold)
        if row.tone == "overdue":
            canvas.flag(left + px(144), centre, row.deviation)
        else:
            canvas.text(row.deviation, left + px(276), centre, 12, p.text if row.large
                        else p.muted, bold=row.large, side=Side.RIGHT)
        canvas.text(row.done, right - px(16), centre, 12, p.muted, side=Side.RIGHT)
        narrow = rect.width() < px(560)
        ran = 0 if narrow else canvas.text(row.target, right - px(60), centre, 12, p.muted,
                                           side=Side.RIGHT, width=min(px(110), rect.width() // 5))
        start = left + px(292)
        canvas.text(row.content, start, centre, 14, tone, bold=bold, struck=row.tone == "skipped",
                    width=right - px(76) - ran - start)

    def _sign(self, canvas: Canvas, x: int, centre: int, tone: str) -> None:
        """A disc for one that was given, a ring for one that waits."""
        p, side = canvas.palette, self.theme.px(9)
        rect = QRect(x, centre - side // 2, side, side)
        filled = {"given": p.muted, "now": p.drill.fill}.get(tone)
        edge = p.drill.fill if tone in {"next", "overdue"} else p.muted
        canvas.box(rect, filled, None if filled else edge, radius=4.5,
                   stroke=2 if tone in {"next", "overdue"} else 1)


class ActionDelegate(RowDelegate[ActionRow]):
    """The key that stamps it, the action, by whom, and when it was or must be done."""

    def draw(self, canvas: Canvas, rect: QRect, row: ActionRow) -> None:
        px, p = self.theme.px, canvas.palette
        centre, left, right = rect.center().y() + 1, rect.left(), rect.right()
        open_ = row.tone in {"open", "overdue"}
        canvas.keycap(left + px(44), centre, str(row.no), filled=False)
        tone = p.text if open_ or row.tone == "done" else p.muted
        narrow = rect.width() < px(560)
        shown = px(88) if narrow else px(132)
        if row.tone == "overdue":
            ran = canvas.theme.width(row.at, 12, bold=True) + px(34)
            canvas.flag(right - px(100) - ran, centre, row.at)
        else:
            canvas.text(row.at, right - px(100), centre, 14, tone, bold=row.tone == "open",
                        side=Side.RIGHT)
            self._icon(canvas, right - px(100) - shown, centre, row.tone)
        canvas.text(row.span, right - px(16), centre, 12, p.muted, side=Side.RIGHT)
        end = right - px(112) - shown
        actor = 0 if narrow else px(148)
        if not narrow:
            canvas.text(row.actor, end - actor, centre, 12, p.muted, width=actor - px(8))
        start = left + px(56)
        canvas.text(row.action, start, centre, 14, tone, bold=open_,
                    width=end - actor - px(8) - start)

    def _icon(self, canvas: Canvas, x: int, centre: int, tone: str) -> None:
        name = {"done": "check", "missed": "x"}.get(tone)
        if name is not None:
            canvas.icon(name, x, centre, 16, canvas.palette.accent.fill if tone == "done"
                        else canvas.palette.text)


class InjectList(RowList[InjectRow]):
    """The list of injects 注入."""

    whole_rows = True

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, InjectDelegate(theme, INJECT), lambda row: row.no,
                         lambda row: " ".join((str(row.no), row.planned, row.actual,
                                               row.deviation, row.content, row.target)))


class ActionList(RowList[ActionRow]):
    """The actions expected 期望行动 of one inject."""

    whole_rows = True

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, ActionDelegate(theme, ACTION), lambda row: row.no,
                         lambda row: " ".join((str(row.no), row.action, row.actor, row.at,
                                               row.span)))


