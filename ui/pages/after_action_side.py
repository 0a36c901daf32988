"""The side of the after-action 复盘侧栏: the small map, the facts, and what was written up."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from db.words import t
from dispatch.after_action import AfterAction
from dispatch.review import PART_NAMES
from ui import moments
from ui.desk import Desk
from ui.map.event_map import EventMap
from ui.pages.event_rows import fact_rows
from ui.theme import Theme
from ui.widgets.facts import FactList
from ui.widgets.panel import Panel

SIDE = 336


class ReviewSide(Panel):
    """Scrolls as one; the map shows the instant of the replay."""

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__(theme)
        self.facts, self.map, self.written = FactList(theme), EventMap(theme, desk), QLabel()
        edge = theme.px(16)
        self.written.setWordWrap(True)
        self.written.setTextFormat(Qt.TextFormat.PlainText)
        self.written.setContentsMargins(edge, 0, edge, edge)
        self.written.setAlignment(Qt.AlignmentFlag.AlignTop)
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.map)
        column.addWidget(self.facts)
        column.addWidget(self.written, 1)
        area = quiet_area()
        area.setWidget(held)
        area.viewport().setAutoFillBackground(False)
        held.setAutoFillBackground(False)
        self.body.addWidget(area, 1)
        self.setFixedWidth(theme.px(SIDE))

    def show_facts(self, of: AfterAction) -> None:
        self.set_title(t("Facts"))
        self.facts.set_facts(fact_rows(of.of))
        parts = [f"{t(words)}\n{getattr(of.review, name) or t('paper|not written yet')}"
                 for name, words in PART_NAMES.items()]
        if of.review.at is not None:
            parts.append(t("written {time}, {name}", time=moments.day_clock(of.review.at),
                           name=of.review.officer))
        self.written.setText("\n\n".join(parts))


def quiet_area() -> QScrollArea:
    """A frameless scroll area that takes no focus and scrolls down only."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
