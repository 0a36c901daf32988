"""Past tables 历史导入表: the file's columns, its rows with what is irregular, the imports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt

from db.words import mark, t
from dispatch.past.columns import field_named
from dispatch.past.plan import PastPlan, PlannedUnit
from dispatch.past.units import FLAG_NAMES, Flag
from dispatch.past.verbs import PastImport
from resources.exchange.books import Book
from resources.exchange.cells import tidy
from resources.exchange.matching import Match
from resources.localtime import local, moment_text
from ui.pages.import_tables import SAMPLES, FileColumn
from ui.rows_model import Column

RIGHT = Qt.AlignmentFlag.AlignRight
SHOWN = ("received", "ordered", "confirmed", "departed", "arrived", "returned")


def file_columns(match: Match, chosen: dict[str, str]) -> list[FileColumn]:
    """Every named column of the file, in its order, with what it was taken for."""
    sample = match.body[:40]
    found = []
    for place, heading in enumerate(match.headings):
        cells = [x for _, row in sample if place < len(row) and (x := tidy(row[place]))]
        found.append(FileColumn(place, heading, " · ".join(dict.fromkeys(cells[:SAMPLES]))[:60],
                                match.columns.get(place, ""), place in match.rest,
                                heading in chosen))
    return found


def bare_columns(book: Book, chosen: dict[str, str]) -> list[FileColumn]:
    """The columns of a file whose times were not found: its first row names them."""
    rows = book.sheets[0].rows if book.sheets else ()
    heads = rows[0][1] if rows else ()
    return [FileColumn(n, tidy(cell), tidy(rows[1][1][n]) if len(rows) > 1
                       and n < len(rows[1][1]) else "", chosen.get(tidy(cell), ""), True,
                       tidy(cell) in chosen) for n, cell in enumerate(heads)]


def flag_words(flags: frozenset[Flag]) -> str:
    return t("; ").join(t(FLAG_NAMES[f]) for f in sorted(flags))


def row_columns(plan: PastPlan) -> tuple[Column[PlannedUnit], ...]:
    """The row, its call and force, the times that the file has, and what is irregular."""
    given = set(plan.reading.match.columns.values())

    def clock(name: str) -> Column[PlannedUnit]:
        return Column(field_named(name).label, lambda u: _clock(u.unit.times.get(name)), RIGHT,
                      76)

    return (
        Column(mark("import|Row"), lambda u: str(u.unit.row), RIGHT, 56, muted=True),
        Column(mark("past|Call number"), lambda u: u.unit.call or "—", width=96),
        Column(mark("past|Unit"), lambda u: f"{u.unit.unit} {u.unit.unit_kind}".strip() or "—",
               width=116, bold=True),
        Column(mark("past|Call received"), lambda u: _moment(u.unit.received), RIGHT, 148),
        *(clock(name) for name in SHOWN[1:] if name in given),
        Column(mark("past|Irregular"), lambda u: flag_words(u.unit.flags), width=150,
               stretch=True, muted=True, tip=lambda u: flag_words(u.unit.flags)))


def import_columns() -> tuple[Column[PastImport], ...]:
    """The imports, the newest first, those taken back too."""
    return (
        Column(mark("past|When"), lambda i: moment_text(i.at, year=True), width=152),
        Column(mark("past|File"), lambda i: i.file, width=200, stretch=True, bold=True),
        Column(mark("past|By"), lambda i: i.officer, width=96, muted=True),
        Column(mark("past|Unit rows"), lambda i: f"{i.rows:,}", RIGHT, 96),
        Column(mark("past|Calls"), lambda i: f"{i.calls:,}", RIGHT, 80),
        Column(mark("past|Irregular"), lambda i: f"{i.irregular:,}", RIGHT, 88),
        Column(mark("past|There already"), lambda i: f"{i.repeated:,}", RIGHT, 96),
        Column(mark("past|State"), lambda i: t("past|taken back") if i.undone_at
               else t("past|stands"), width=96, muted=True))


def flag_columns() -> tuple[Column[tuple[Flag, int]], ...]:
    """How many rows bear each flag."""
    return (Column(mark("past|Irregular"), lambda f: t(FLAG_NAMES[f[0]]), width=280, stretch=True,
                   bold=True),
            Column(mark("past|Unit rows"), lambda f: f"{f[1]:,}", RIGHT, 120))


def flagged(plan: PastPlan) -> Sequence[PlannedUnit]:
    """The rows to be looked at, in the order of the file."""
    return sorted((u for u in plan.units if u.unit.flags), key=lambda u: u.unit.row)


def _clock(at: datetime | None) -> str:
    return f"{local(at):%H:%M:%S}" if at else "—"


def _moment(at: datetime | None) -> str:
    return f"{local(at):%Y-%m-%d %H:%M:%S}" if at else "—"
