"""Columns of the demand plan 年度需求计划: what is computed, and what people type into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt

from db.words import mark, t
from resources.demand import PRIORITIES, STATES, DemandLine
from ui.rows_model import Column
from ui.widgets.edit_table import EditColumn

RIGHT = Qt.AlignmentFlag.AlignRight
T = TypeVar("T")
MARK = "•"
"""Beside a cell that somebody set by hand."""

ByHand = Callable[[DemandLine, str], bool]


def _words(names: tuple[tuple[str, str], ...], value: str) -> str:
    return next((t(label) for key, label in names if key == value), value)


def _choices(names: tuple[tuple[str, str], ...]) -> Callable[[], list[tuple[str, str]]]:
    return lambda: [(key, t(label)) for key, label in names]


def _number(title: str, name: str, width: int = 76) -> Column[DemandLine]:
    return Column(title, lambda x: f"{getattr(x, name):g}", RIGHT, width, muted=True,
                  sort_key=lambda x: getattr(x, name))


def columns(by_hand: ByHand) -> tuple[Column[DemandLine], ...]:
    """Computed columns muted, the others to be typed; a dot marks what was set by hand."""

    def marked(x: DemandLine, name: str, words: str) -> str:
        return f"{MARK} {words}" if by_hand(x, name) else words

    def figure(title: str, name: str, width: int = 88) -> EditColumn[DemandLine]:
        return EditColumn(title, lambda x: marked(x, name, f"{getattr(x, name):g}"), RIGHT, width,
                          sort_key=lambda x: getattr(x, name), name=name,
                          typed=lambda x: f"{getattr(x, name):.10g}")

    def text(title: str, name: str, width: int = 96) -> EditColumn[DemandLine]:
        return EditColumn(title, lambda x: getattr(x, name), width=width, name=name,
                          typed=lambda x: str(getattr(x, name)))

    def choice(title: str, name: str, names: tuple[tuple[str, str], ...]) -> EditColumn[DemandLine]:
        return EditColumn(title, lambda x: _words(names, getattr(x, name)), width=92, name=name,
                          typed=lambda x: str(getattr(x, name)), choices=_choices(names))

    return (
        Column(mark("Name"), lambda x: " ".join(p for p in (x.name, x.model) if p), width=170,
               stretch=True, bold=True, tip=lambda x: f"{x.code} {x.name} {x.model}"),
        Column(mark("Measure"), lambda x: x.measure, width=52, muted=True),
        _number(mark("demand|Stock"), "stock"),
        figure(mark("demand|Target"), "target"),
        _number(mark("demand|Gap"), "gap", 64),
        _number(mark("demand|Expiring"), "expiring", 76),
        _number(mark("demand|Used"), "used", 64),
        figure(mark("demand|To buy"), "quantity"),
        figure(mark("demand|Price"), "price"),
        Column(mark("demand|Budget"), lambda x: f"{x.budget:,.2f}", RIGHT, 112,
               sort_key=lambda x: x.budget),
        text(mark("demand|Funds"), "funds"), text(mark("demand|Way"), "way"),
        EditColumn(mark("demand|Deadline"),
                   lambda x: x.deadline.isoformat() if x.deadline else "", width=104,
                   name="deadline", typed=lambda x: x.deadline.isoformat() if x.deadline else ""),
        text(mark("demand|Unit"), "unit", 104),
        choice(mark("demand|Priority"), "priority", PRIORITIES),
        choice(mark("demand|State"), "state", STATES),
        text(mark("Note"), "note", 120))
