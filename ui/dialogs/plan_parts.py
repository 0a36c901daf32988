"""Plan parts 预案构成: editors of response levels, action steps and needs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit

from db.errors import Refused
from db.store import Store
from db.words import mark, t
from resources.plan_keeping import Level, levels, steps
from resources.plans import Need, needs
from ui.dialogs.record_form import RecordForm
from ui.theme import Theme
from ui.widgets.form import Choice
from ui.widgets.rows_edit import Cell, RowsEdit

SOURCES = (("force", mark("need|Forces")), ("equipment", mark("need|Equipment")),
           ("supply", mark("need|Supplies")), ("expert", mark("need|Experts")))
PARTS = ("levels", "needs", "steps")


def add_parts(form: RecordForm, theme: Theme, store: Store) -> None:
    """Put the three editors at the end of a plan's form."""
    form.section(t("group|Response"))
    form.wide(20)
    _rows(form, theme, "levels", t("field|Response levels"), (
        Cell(t("level|1 to 4, 1 highest"), 2), Cell(t("level|Approved by"), 4),
        Cell(t("level|Started when"), 7)))
    _rows(form, theme, "needs", t("field|Capabilities needed"), (
        Cell(t("field|Capability"), 5,
             words=lambda: [r[0] for r in store.read("select name from capability order by id")]),
        Cell(t("field|Quantity"), 2),
        Cell(t("need|From"), 3, choices=tuple(Choice(v, t(words)) for v, words in SOURCES))))
    form.text("steps", t("Action steps, one a line (Ctrl+Enter commits)"), lines=5)


def _rows(form: RecordForm, theme: Theme, name: str, words: str, cells: Sequence[Cell]) -> None:
    rows = RowsEdit(theme, cells, words)
    rows.edited.connect(form.edited)
    form.add_rows(name, words, rows)


def show_parts(form: RecordForm, store: Store, plan: int) -> None:
    """Fill the editors with what a plan holds."""
    form.fill({"levels": [[e.level, e.approver, e.when] for e in levels(store, plan)],
               "needs": [[n.capability, n.quantity, n.from_kind] for n in needs(store, plan)],
               "steps": "\n".join(steps(store, plan))})


def read_levels(given: object) -> list[Level]:
    """The levels typed; Refused when one is no number from 1 to 4."""
    found = []
    for number, approver, when in _lines(given):
        if number.strip() not in ("1", "2", "3", "4"):
            raise Refused("A response has the level 1 to 4, each once.", field="levels")
        found.append(Level(int(number), approver.strip(), when.strip()))
    return found


def read_needs(given: object) -> list[Need]:
    """The needs typed; an empty quantity is one. Refused when it is no whole number."""
    found = []
    for word, quantity, source in _lines(given):
        if not (quantity.strip() or "1").isdigit():
            raise Refused("{text} is not a number.", field="needs", text=quantity)
        found.append(Need(word.strip(), int(quantity.strip() or 1), source))
    return found


def read_steps(form: RecordForm) -> list[str]:
    """The steps typed, one a line."""
    edit = form.field("steps")
    text = edit.toPlainText() if isinstance(edit, QPlainTextEdit) else ""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _lines(given: object) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in given] if isinstance(given, list) else []
