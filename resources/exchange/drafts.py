"""Drafts 导入草稿: what importing a file would do, worked out anew at each correction of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from db.store import Store
from resources.coords import Crs
from resources.exchange.books import Book, Progress, goes_on
from resources.exchange.cells import shown
from resources.exchange.fields import Field, Kind, Shape
from resources.exchange.matching import Match, lacking, propose
from resources.exchange.reading import Options, Reading, read_lines
from resources.exchange.sources import UNKNOWN, Source, recall_source
from resources.exchange.verbs import (
    NONE,
    Each,
    OnDuplicate,
    Preview,
    Step,
    district_box,
    preview,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person set for a file: an empty sheet and header 0 mean the fitting ones, `crs` None
    that nobody said in which system its coordinates came."""

    kind: Kind
    sheet: str = ""
    header: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    crs: Crs | None = None
    on_duplicate: OnDuplicate = OnDuplicate.SKIP
    each: Each = field(default_factory=lambda: NONE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as it would be imported; without `found` while needed columns are `lacking`.

    `source` is what was remembered of files with these headings.
    """

    book: Book
    wishes: Wishes
    match: Match
    lacking: tuple[Field, ...]
    source: Source
    reading: Reading | None = None
    found: Preview | None = None

    @property
    def crs(self) -> Crs | None:
        return self.wishes.crs or self.source.crs

    @property
    def columns(self) -> Mapping[str, str]:
        """Field by heading as a person set them, now or at an earlier file of this source."""
        return {**self.source.columns, **self.wishes.columns}

    @property
    def asks_crs(self) -> bool:
        """Whether the file brings coordinates and says nowhere in which system."""
        given = {self.wishes.kind.field(n).shape for n in self.match.columns.values()}
        return bool(given & {Shape.LON, Shape.POINT}) and Shape.CRS not in given and not self.crs


def draft(store: Store, book: Book, wishes: Wishes, progress: Progress = goes_on,
          before: Draft | None = None) -> Draft:
    """Match, read and compare with the store; writes nothing. Of the draft `before` the rows are
    taken over when only the decision about duplicates differs.

    Raises:
        Refused: as `propose` and `read_lines`.
        Cancelled: `progress` said so.
    """
    made = _matched(store, book, wishes)
    if made.lacking:
        return made
    reading = before.reading if before is not None and _same_rows(made, before) else None
    if reading is None:
        options = Options(crs=made.crs or Crs.CGCS2000, box=district_box(store))
        reading = read_lines(book.name, wishes.kind, made.match, options, progress)
    return replace(made, reading=reading,
                   found=preview(store, reading, wishes.on_duplicate, wishes.each))


def _matched(store: Store, book: Book, wishes: Wishes) -> Draft:
    """The match by what the person says now, then by what the source is remembered for."""
    kind = wishes.kind
    plain = propose(book, kind, sheet=wishes.sheet, header=wishes.header)
    source = recall_source(store, kind, plain.headings)
    columns = {**source.columns, **wishes.columns}
    match = propose(book, kind, sheet=plain.sheet.name, header=plain.header,
                    chosen=columns) if columns else plain
    return Draft(book, wishes, match, tuple(lacking(kind, match)), source)


def _same_rows(one: Draft, other: Draft) -> bool:
    return (one.book is other.book and one.wishes.kind is other.wishes.kind
            and one.match.sheet is other.match.sheet and one.match.header == other.match.header
            and one.match.columns == other.match.columns and one.crs == other.crs)


def pieces(made: Draft, *, book: bool) -> list[list[object]]:
    """The long lists that a draft holds, for whoever lets go of it bit by bit; its steps before
    the lines that they hold, the book's rows only when `book` goes too."""
    return [list(made.found.steps) if made.found else [],
            list(made.reading.lines) if made.reading else [],
            [row for sheet in made.book.sheets for row in sheet.rows] if book else []]


def remembered(made: Draft) -> Source:
    """What to keep of this source: corrections and the system of its coordinates."""
    return Source(made.columns, made.crs)


def worth_keeping(made: Draft) -> bool:
    return remembered(made) not in (UNKNOWN, made.source)


def fields_shown(made: Draft) -> list[Field]:
    """The fields that the rows bring, in the file's order."""
    names: list[str] = []
    for _, name in sorted(made.match.columns.items()):
        names += ["lon", "lat"] if name == "point" else [name]
    if "lon" in names and "src_crs" not in names:
        names.append("src_crs")
    if made.match.rest and "note" not in names:
        names.append("note")
    return [made.wishes.kind.field(n) for n in dict.fromkeys(names)
            if any(f.name == n for f in made.wishes.kind.fields)]


def words_of(one: Field, kept: object) -> str:
    """A kept value as a cell shows it."""
    cell = shown(one, kept)
    return f"{cell:.10g}" if isinstance(cell, float) else str(cell)


def differences(store: Store, kind: Kind, step: Step) -> list[tuple[str, str, str]]:
    """Heading, what the record says now and what the row says, where they differ."""
    row = store.one(f"select * from [{kind.table}] where id = :id", id=step.found or 0)
    if row is None and kind.name == "supply":
        row = store.one("""select l.*, (select coalesce(sum(quantity), 0) from movement
            where lot_id = l.id) as quantity from lot l where l.id = :id""", id=step.found or 0)
    if row is None:
        return []
    now = dict(row)
    return [(one.heading, words_of(one, now[one.name]), words_of(one, step.line.values[one.name]))
            for one in kind.fields if one.name in step.line.values and one.name in now
            and words_of(one, now[one.name]) != words_of(one, step.line.values[one.name])]
