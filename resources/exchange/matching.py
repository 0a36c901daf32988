"""Matching 列匹配: which row names the columns, and which field each column is; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from db.errors import Refused
from resources.exchange.books import Book, Sheet
from resources.exchange.cells import Cell, is_phone, read_cell, tidy
from resources.exchange.fields import Field, Kind, Shape, headings, plain

LOOKED_AT = 15
"""A heading stands in one of the first rows; above it are titles and notes."""

SAMPLED = 60
ENOUGH = 0.8
"""The share of a column's cells that must look like a field."""

COUNTERS = {plain(one) for one in ("序号", "编次", "No.", "#", "行号", "方位")}
"""Columns that say nothing about the record."""

ANGLE = re.compile(r"-?\d{1,3}\.\d{2,}")
SPAN = {Shape.LON: (73.0, 136.0), Shape.LAT: (3.0, 54.0)}


@dataclass(frozen=True, slots=True)
class Match:
    """How a sheet is read: the heading's row, the headings, and each column's field by place."""

    sheet: Sheet
    header: int
    headings: tuple[str, ...]
    columns: Mapping[int, str]

    @property
    def rest(self) -> tuple[int, ...]:
        """The named columns that no field takes."""
        return tuple(i for i, h in enumerate(self.headings)
                     if h and i not in self.columns and plain(h) not in COUNTERS)

    @property
    def sample(self) -> list[tuple[Cell, ...]]:
        """The first rows below the heading."""
        return [row for number, row in self.sheet.rows[:LOOKED_AT + SAMPLED]
                if number > self.header]

    @property
    def body(self) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
        return tuple(line for line in self.sheet.rows if line[0] > self.header)


def match_book(book: Book, kind: Kind, *, sheet: str = "",
               chosen: Mapping[str, str] | None = None) -> Match:
    """The sheet that holds this kind, and its columns.

    `chosen` says field by heading where a person has corrected it; an empty field leaves the
    column out.

    Raises:
        Refused: no such sheet, or no row that names the columns of this kind.
    """
    found = propose(book, kind, sheet=sheet, chosen=chosen)
    if names := lacking(kind, found):
        raise Refused("{name}: no row names the columns that are needed: {columns}. Choose"
                      " another kind, or name them in the first row.", name=book.name,
                      columns=", ".join(f.heading for f in names))
    return found


def propose(book: Book, kind: Kind, *, sheet: str = "", header: int = 0,
            chosen: Mapping[str, str] | None = None) -> Match:
    """The best match there is, whole or not, for a person to correct; `header` is the number of
    the row that names the columns (0: found by itself).

    Raises:
        Refused: no such sheet, or nothing in it.
    """
    sheets = [s for s in book.sheets if not sheet or s.name == sheet]
    if not sheets:
        raise Refused("{name} has no sheet {sheet}. It has: {sheets}.", field="sheet",
                      name=book.name, sheet=sheet, sheets=", ".join(s.name for s in book.sheets))
    found = [m for one in sheets if (m := match_sheet(one, kind, chosen or {}, header))]
    if not found:
        raise Refused("{name} has no rows in it.", name=book.name)
    return max(found, key=lambda m: (not lacking(kind, m), len(m.columns)))


def lacking(kind: Kind, match: Match) -> list[Field]:
    """The required fields that no column gives."""
    given = set(match.columns.values())
    return [f for f in kind.fields if f.required and f.name not in given]


def match_sheet(sheet: Sheet, kind: Kind, chosen: Mapping[str, str],
                header: int = 0) -> Match | None:
    """The match with the most fields, the earliest row of several; without any, the first row
    that has more than one cell. None for an empty sheet."""
    best: Match | None = None
    for place, (number, cells) in enumerate(sheet.rows[:LOOKED_AT]):
        if header and number != header:
            continue
        names = tuple(" ".join(tidy(c).split()) for c in cells)
        sample = [row for _, row in sheet.rows[place + 1:place + 1 + SAMPLED]]
        found = Match(sheet, number, names, match_columns(kind, names, sample, chosen))
        if best is None or _better(found, best):
            best = found
    return best


def _better(one: Match, than: Match) -> bool:
    if one.columns or than.columns:
        return len(one.columns) > len(than.columns)
    return _named(one) > 1 >= _named(than)


def _named(match: Match) -> int:
    return sum(bool(h) for h in match.headings)


def match_columns(kind: Kind, names: Sequence[str], sample: Sequence[Sequence[Cell]],
                  chosen: Mapping[str, str]) -> dict[int, str]:
    """Field by column: a person's choice, then the heading with the content, then content."""
    found = {i: chosen[n] for i, n in enumerate(names) if n in chosen}
    fields = {f.name: f for f in kind.fields}
    known = headings(kind)
    asked = [(len(known[p]), _rank(kind, p), i) for i, n in enumerate(names)
             if (p := plain(n)) in known and i not in found]
    for _, _, i in sorted(asked):
        _take(found, i, known[plain(names[i])], fields, _column(sample, i))
    if not found:
        return {}
    for i, name in enumerate(names):
        if i not in found and plain(name) not in COUNTERS and plain(name) not in known:
            _take_by_likeness(found, i, name, fields, _column(sample, i), known)
    return {i: name for i, name in found.items() if name}


def _rank(kind: Kind, heading: str) -> int:
    """How early a field lists this heading: the surer names stand first."""
    places = [n for f in kind.fields for n, name in enumerate(f.names) if plain(name) == heading]
    return min(places, default=-1)


def _take(found: dict[int, str], column: int, names: Sequence[str], fields: Mapping[str, Field],
          values: Sequence[Cell]) -> None:
    """The first field of the heading that is free and whose kind of content this is."""
    free = [n for n in names if n not in found.values()]
    fitting = [n for n in free if fits(fields[n], values)]
    if fitting or free:
        found[column] = (fitting or free)[0]


def _take_by_likeness(found: dict[int, str], column: int, name: str, fields: Mapping[str, Field],
                      values: Sequence[Cell], known: Mapping[str, Sequence[str]]) -> None:
    """A heading that ends like a known one, else a column that can only be a phone or angle."""
    short = plain(name)
    ends = [n for h, names in known.items() if len(h) > 2 and short.endswith(h) for n in names]
    looks = [n for n, f in fields.items() if f.shape in (Shape.LON, Shape.LAT, Shape.PHONE)
             and surely(f, values)]
    for one in (*(n for n in ends if fits(fields[n], values)), *looks):
        if one not in found.values():
            found[column] = one
            return


def _column(sample: Sequence[Sequence[Cell]], place: int) -> list[Cell]:
    return [row[place] for row in sample if place < len(row) and tidy(row[place])]


def fits(field: Field, values: Sequence[Cell]) -> bool:
    """Whether most cells can be read as this field; an empty column fits every field."""
    if field.shape is Shape.MEASURE:
        return _share(values, lambda v: len(tidy(v)) <= 4 and not tidy(v)[:1].isdigit())
    return _share(values, lambda v: _reads(field, v))


def surely(field: Field, values: Sequence[Cell]) -> bool:
    """Whether a column without a known heading can be nothing else."""
    if len(values) < 2:
        return False
    if field.shape is Shape.PHONE:
        return _share(values, lambda v: bool(re.fullmatch(
            r"0\d{2,3}-\d{7,8}|1[3-9]\d{9}|\d{3}-\d{4}", tidy(v))))
    low, high = SPAN[field.shape]
    return _share(values, lambda v: bool(ANGLE.fullmatch(tidy(v)))
                  and low <= float(tidy(v)) <= high)


def _reads(field: Field, value: Cell) -> bool:
    if field.shape is Shape.PHONE:
        return is_phone(tidy(value))
    try:
        read_cell(field, value)
    except Refused:
        return False
    return True


def _share(values: Sequence[Cell], good: Callable[[Cell], bool]) -> bool:
    return not values or sum(good(v) for v in values) >= ENOUGH * len(values)
