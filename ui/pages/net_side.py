"""The side panel of the net: facts of a member, its numbers, its latest roll calls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.net.rollcall import last_answers
from dispatch.net.terms import RESULT_NAMES, RollResult
from resources.localtime import moment_text
from resources.net import BRANCH_NAMES, Member
from resources.net_keeping import FLAW_NAMES, Flaw
from ui.desk import Desk, Tone
from ui.theme import Theme
from ui.widgets.fact_list import Fact as Line
from ui.widgets.fact_list import FactList as LineList
from ui.widgets.facts import Fact, FactList
from ui.widgets.number_list import NumberList, NumberRow
from ui.widgets.panel import Panel

WIDTH = 344
"""Design pixels of the side column, and of a page under which side columns give way."""


def copy_number(desk: Desk, row: NumberRow | None) -> str:
    """Put a number on the clipboard and say so; empty when there is none."""
    if row is None:
        desk.told.emit(Tone.REFUSED, t("This unit has no number to copy."))
        return ""
    QGuiApplication.clipboard().setText(row.number)
    desk.told.emit(Tone.DONE, t("{number} copied", number=row.number))
    return row.number


class NetSide(Panel):
    """344 px; `copied` carries the number's place after one was copied."""

    copied = Signal(int)

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.desk = desk
        self.member: Member | None = None
        self.facts, self.numbers = FactList(theme), NumberList(theme)
        self.history_head = Panel(theme)
        self.history = LineList(theme, t("Latest roll calls"))
        self.number_panel = Panel(theme)
        self.number_panel.body.addWidget(self.numbers)
        self.history_head.body.addWidget(self.history, 1)
        self.body.addWidget(self.number_panel)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.history_head, 1)
        self.numbers.asked.connect(lambda row: copy_number(desk, row))

    def show_member(self, one: Member | None, flaws: Sequence[Flaw]) -> None:
        """What is known of a member; None empties the panel."""
        self.member = one
        self.set_title(one.name if one is not None else t("Nothing chosen"),
                       note=t("list|, ").join(t(FLAW_NAMES[f]) for f in flaws))
        self.number_panel.set_title(t("Numbers in order"),
                                    note=t("a click or its digit copies"))
        self.history_head.set_title(t("Latest roll calls"))
        self.numbers.show_numbers(one.numbers if one is not None else ())
        self.facts.set_facts(self._facts(one) if one is not None else ())
        self.facts.setFixedHeight(self.facts.sizeHint().height())
        rows = last_answers(self.desk.store, one.kind, one.id) if one is not None else []
        self.history.when_empty = t("Not asked in a roll call yet.")
        self.history.set_rows([Line(
            str(a.id), t(RESULT_NAMES[a.result]) if a.result else "", "  ".join(
                p for p in (a.responder, a.note) if p),
            moment_text(a.answered_at) if a.answered_at else "",
            late=a.result is not RollResult.PRESENT) for a in rows])

    def _facts(self, one: Member) -> list[Fact]:
        since = one.net_since.isoformat() if one.net_since else ""
        joined = t("yes, since {day}", day=since) if one.on_net and since else (
            t("yes") if one.on_net else t("no"))
        return [Fact(t("Branch"), t(BRANCH_NAMES[one.branch])),
                Fact(t("column|Town"), one.town), Fact(t("Call sign"), one.call_sign),
                Fact(t("Channel"), one.channel), Fact(t("Terminal"), one.terminal),
                Fact(t("On the net"), joined),
                *([Fact(t("Capabilities"), " ".join(one.capabilities))]
                  if one.capabilities else [])]

    def number(self, place: int) -> NumberRow | None:
        """The number of that place from 0; None when there is none."""
        rows = self.numbers.rows_model.rows
        return rows[place] if 0 <= place < len(rows) else None
