"""Verbs 导入: a reading is checked against the store and written in one change, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from db.change import RowId
from db.errors import Cancelled, Refused
from db.store import Store, Transaction
from db.words import t
from resources.coords import Box
from resources.exchange.books import Progress, goes_on
from resources.exchange.fields import Kind, Shape
from resources.exchange.reading import Line, Problem, Reading
from resources.exchange.rows import Writer, writer_of
from resources.people import STOCK, Officer, allowed

VERB = "import."
BEAT, MANY, SHOWN = 100, 200, 80
MARGIN = 0.05
"""Degrees around the gazetteer that still count as the district."""


class OnDuplicate(StrEnum):
    """What becomes of a row whose record is in the store already 重复处理."""

    UPDATE = "update"
    SKIP = "skip"
    NEW = "new"


Each = Mapping[int, OnDuplicate]
"""What a person decided for single rows of the file, by their numbers."""

NONE: Each = {}


class Act(StrEnum):
    ADD = "add"
    UPDATE = "update"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Step:
    """What will be done with one line; `found` is the record it duplicates, `twice` the earlier
    row of the same file that it repeats (0: none)."""

    line: Line
    act: Act
    found: RowId | None = None
    twice: int = 0

    @property
    def duplicate(self) -> bool:
        return self.found is not None or self.twice > 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do: each line's step and all problems, the file's and the store's."""

    reading: Reading
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    duplicates: tuple[Step, ...]
    counts: Mapping[Act, int]

    @property
    def stopping(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.stops)

    def count(self, act: Act) -> int:
        return self.counts.get(act, 0)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; `change` is the number to undo it by (0: nothing was written)."""

    change: int
    added: int
    updated: int
    skipped: int


def preview(store: Store, reading: Reading, on_duplicate: OnDuplicate = OnDuplicate.SKIP,
            each: Each = NONE) -> Preview:
    """Decide line by line against what the store holds; writes nothing.

    `on_duplicate` says it for all rows whose record is there already, `each` for some.
    """
    writer = writer_of(store, reading.kind)
    problems, steps = [*reading.problems], list[Step]()
    seen: dict[object, int] = {}
    for line in reading.lines:
        wanted = each.get(line.row, on_duplicate)
        for column, why in writer.faults(line.values):
            problems.append(_problem(reading, line, column, why))
        key = writer.key(line.values)
        found = writer.existing(line.values)
        first = seen.setdefault(key, line.row)
        twice = first != line.row
        if twice and (clash := _twice(writer, wanted, first)):
            problems.append(_problem(reading, line, "name", clash,
                                     stops=wanted is not OnDuplicate.SKIP))
        if found and wanted is OnDuplicate.NEW and reading.kind.unique_name:
            problems.append(_problem(reading, line, "name", Refused(
                "a record of this name is there already")))
        steps.append(_step(line, found, wanted, first if twice and writer.once else 0))
    return Preview(reading, tuple(steps), tuple(problems),
                   tuple(s for s in steps if s.duplicate), Counter(s.act for s in steps))


def _twice(writer: Writer, on_duplicate: OnDuplicate, first: int) -> Refused | None:
    if not writer.once or (on_duplicate is OnDuplicate.NEW and not writer.kind.unique_name):
        return None
    return Refused("the same record stands in row {row} already", row=first)


def _step(line: Line, found: RowId | None, wanted: OnDuplicate, twice: int) -> Step:
    if wanted is OnDuplicate.NEW or (found is None and not twice):
        return Step(line, Act.ADD, found, twice)
    if wanted is OnDuplicate.SKIP or found is None:
        return Step(line, Act.SKIP, found, twice)
    return Step(line, Act.UPDATE, found, twice)


def _problem(reading: Reading, line: Line, column: str, why: Refused, *,
             stops: bool = True) -> Problem:
    heading = next((f.heading for f in reading.kind.fields if f.name == column), column)
    return Problem(reading.match.sheet.name, line.row, heading, why, stops,
                   str(line.values.get(column, ""))[:SHOWN])


@allowed(*STOCK)
def import_rows(store: Store, reading: Reading, *, by: Officer,
                on_duplicate: OnDuplicate = OnDuplicate.SKIP, each: Each = NONE,
                progress: Progress = goes_on) -> Imported:
    """Write every line in one change, journaled under `import.KIND`.

    An empty cell leaves what a record has; `progress` hears of lines done and may stop.

    Raises:
        Refused: any cell does not fit; the first ones are named. Nothing is written then.
        Cancelled: `progress` said so. Nothing is written then either.
    """
    found = preview(store, reading, on_duplicate, each)
    if found.stopping:
        raise Refused("{n} cells of {file} cannot be taken, so nothing was imported. {first}",
                      n=len(found.stopping), file=reading.file,
                      first="\n".join(str(p) for p in found.stopping[:5]))
    work = [step for step in found.steps if step.act is not Act.SKIP]
    if not work:
        return Imported(0, 0, 0, found.count(Act.SKIP))
    writer = writer_of(store, reading.kind)
    with store.change(VERB + reading.kind.name, by, many=len(work) > MANY) as tx:
        for done, step in enumerate(work):
            if done % BEAT == 0 and not progress(done, len(work)):
                raise Cancelled("Stopped. Nothing was imported.")
            _write(tx, writer, step, by)
        change = tx.change_id
    progress(len(work), len(work))
    return Imported(change, found.count(Act.ADD), found.count(Act.UPDATE), found.count(Act.SKIP))


def _write(tx: Transaction, writer: Writer, step: Step, by: Officer) -> None:
    if step.act is Act.UPDATE and step.found is not None:
        writer.update(tx, step.found, step.line.values, by)
    else:
        writer.add(tx, step.line.values, by)


def district_box(store: Store) -> Box | None:
    """The rectangle around the gazetteer 地名, a little wider; none while it is empty."""
    row = store.one("select count(*) as n, min(lon) as w, min(lat) as s, max(lon) as e,"
                    " max(lat) as n2 from place where lon is not null and lat is not null")
    if row is None or row["n"] < 3:
        return None
    return Box(row["w"] - MARGIN, row["s"] - MARGIN, row["e"] + MARGIN, row["n2"] + MARGIN)


def placed(kind: Kind) -> bool:
    """Whether records of this kind have coordinates, so that their system must be chosen."""
    return any(f.shape is Shape.LON for f in kind.fields)


def summary(done: Imported) -> str:
    """One sentence for the person."""
    return t("Imported: {added} new, {updated} updated, {skipped} skipped.", added=done.added,
             updated=done.updated, skipped=done.skipped)


def lines_of(found: Preview, most: int = 50) -> Iterator[str]:
    """What a preview says, for a terminal."""
    yield t("{n} rows: {added} new, {updated} to update, {skipped} to skip.",
            n=len(found.steps), added=found.count(Act.ADD), updated=found.count(Act.UPDATE),
            skipped=found.count(Act.SKIP))
    yield from (str(p) for p in found.problems[:most])
