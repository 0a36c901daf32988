"""Import tables 导入表: the columns of a file, its rows as they will be, and what repeats."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from db.store import Store
from db.words import mark, t
from resources.exchange.cells import tidy
from resources.exchange.drafts import Draft, differences, fields_shown, words_of
from resources.exchange.fields import Field, Kind, plain
from resources.exchange.matching import COUNTERS
from resources.exchange.reading import Problem
from resources.exchange.tables import KINDS
from resources.exchange.undo import PastImport
from resources.exchange.verbs import Act, OnDuplicate, Step
from resources.localtime import moment_text
from ui.rows_model import ROOT, Column, ColumnsModel, Index
from ui.widgets.edit_table import EditColumn

RIGHT = Qt.AlignmentFlag.AlignRight
ACTS = {Act.ADD: mark("import|New"), Act.UPDATE: mark("import|Update"),
        Act.SKIP: mark("import|Skip")}
POLICIES = {OnDuplicate.SKIP: mark("import|Skip"), OnDuplicate.UPDATE: mark("import|Update"),
            OnDuplicate.NEW: mark("import|New")}
INTO_NOTE = mark("import|into the note")
SAMPLES, TOLD = 3, 6
"""Cells shown as an example of a column, and differences told of a duplicate."""


@dataclass(frozen=True, slots=True)
class FileColumn:
    """One column of the file: its heading, example cells, and the field it goes into."""

    place: int
    heading: str
    example: str
    field: str
    into_note: bool
    by_hand: bool


class SequenceModel(ColumnsModel[Any]):
    """Frozen rows that are shown as a whole; 100,000 of them cost nothing until painted."""

    def __init__(self, identity: Callable[[Any], Hashable]) -> None:
        super().__init__((Column[Any]("", lambda _row: ""),))
        self.rows: Sequence[Any] = ()
        self._identity = identity

    def show(self, columns: Sequence[Column[Any]], rows: Sequence[Any]) -> None:
        """Show these rows in these columns from now on."""
        self.beginResetModel()
        self.columns, self.rows = tuple(columns), rows
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def row_or_none(self, number: int) -> Any:
        return self.rows[number] if 0 <= number < len(self.rows) else None

    def find(self, identity: Hashable) -> int:
        return next((n for n, row in enumerate(self.rows) if self._identity(row) == identity), -1)


# the columns of the file


def file_columns(made: Draft) -> list[FileColumn]:
    """Every named column of the sheet, in its order."""
    match, by_hand = made.match, made.columns
    sample = match.sample
    found = []
    for place, heading in enumerate(match.headings):
        cells = [text for row in sample if place < len(row) and (text := tidy(row[place]))]
        if not heading and not cells:
            continue
        example = " · ".join(dict.fromkeys(cells[:SAMPLES]))[:60]
        found.append(FileColumn(place, heading, example, match.columns.get(place, ""),
                                place in match.rest and plain(heading) not in COUNTERS,
                                heading in by_hand))
    return found


def matching_columns(kind: Kind, beside: str = INTO_NOTE) -> tuple[Column[FileColumn], ...]:
    """Heading, example, and the field, which is chosen from a list; `beside` says what becomes
    of a column that no field takes."""
    names = {f.name: f for f in kind.fields}

    def into(row: FileColumn) -> str:
        if not row.field:
            return t(beside) if row.into_note else t("import|left out")
        return names[row.field].heading + (" •" if row.by_hand else "")

    def choices() -> list[tuple[str, str]]:
        return [("", t("import|no field")), *(
            (f.name, f.heading + (" *" if f.required else "")) for f in kind.fields)]

    return (Column(mark("import|Column of the file"), lambda r: r.heading or "—", width=128,
                   bold=True, tip=lambda r: r.heading),
            Column(mark("import|Example"), lambda r: r.example, width=120, muted=True,
                   stretch=True, tip=lambda r: r.example),
            EditColumn(mark("import|Goes into"), into, width=140, name="field",
                       typed=lambda r: r.field, choices=choices))


# the rows as they will be


def _value(field: Field, step: Step) -> str:
    return words_of(field, step.line.values.get(field.name))


def row_columns(made: Draft) -> tuple[Column[Step], ...]:
    """The row's number, what becomes of it, and each field as it will be kept."""
    return (Column(mark("import|Row"), lambda s: str(s.line.row), RIGHT, 64, muted=True),
            Column(mark("import|What"), lambda s: t(ACTS[s.act]), width=72, bold=True),
            *(Column(f.label, partial(_value, f), width=132 if f.name == "name" else 108,
                     bold=f.name == "name", tip=partial(_value, f)) for f in fields_shown(made)))


def problem_columns() -> tuple[Column[Problem], ...]:
    """Sheet, row, column, reason and value of each problem."""
    return (Column(mark("import|Sheet"), lambda p: p.sheet or "csv", width=88, muted=True),
            Column(mark("import|Row"), lambda p: str(p.row), RIGHT, 64),
            Column(mark("import|Column"), lambda p: p.column, width=110, bold=True),
            Column(mark("import|Value"), lambda p: p.value, width=130, tip=lambda p: p.value),
            Column(mark("import|Reason"), lambda p: str(p.why), width=240, stretch=True,
                   tip=lambda p: str(p.why)),
            Column(mark("import|Stops it"), lambda p: t("yes") if p.stops else t("import|warns"),
                   width=84))


def duplicate_columns(store: Store, made: Draft) -> tuple[Column[Step], ...]:
    """What repeats, where it stands already, in what it differs, and what becomes of it."""
    kind, known = made.wishes.kind, dict[int, str]()

    def differs(step: Step) -> str:
        if step.line.row not in known:
            found = differences(store, kind, step)
            known[step.line.row] = t("list|, ").join(
                f"{head} {old or '—'} → {new or '—'}" for head, old, new in found[:TOLD]) or t(
                "import|nothing new")
        return known[step.line.row] if step.found else "—"

    def where(step: Step) -> str:
        return t("import|in row {n} above", n=step.twice) if step.twice else t("import|in library")

    return (Column(mark("import|Row"), lambda s: str(s.line.row), RIGHT, 64, muted=True),
            Column(mark("Name"), lambda s: str(s.line.values.get("name", "")), width=170,
                   bold=True),
            Column(mark("import|Is there"), where, width=112),
            Column(mark("import|Differs in"), differs, width=240, stretch=True, tip=differs),
            Column(mark("import|What"), lambda s: t(ACTS[s.act]), width=84, bold=True))


def past_columns() -> tuple[Column[PastImport], ...]:
    """The imports there were."""
    return (Column(mark("import|Number"), lambda p: str(p.change), RIGHT, 84, bold=True),
            Column(mark("head|Time"), lambda p: moment_text(p.at, year=True), width=150),
            Column(mark("column|Kind"), lambda p: t(KINDS[p.kind].label), width=110),
            Column(mark("import|Lines written"), lambda p: f"{p.rows:,}", RIGHT, 110),
            Column(mark("import|By"), lambda p: p.by, width=120),
            Column(mark("import|State"), lambda p: t("import|taken back") if p.undone else t(
                "import|in force"), width=120, stretch=True))
