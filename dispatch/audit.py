"""Audit 审计: every change, newest first, found by person, verb, table, time, record or words."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from db.change import Op
from db.clock import from_text, to_text
from db.errors import Cancelled
from resources.localtime import at_local

CHUNK = 20_000
"""Changes looked through between two looks at whether to go on."""

FIRST_LINES = 4
"""Rows of a change that a list reads; the change itself tells them all."""

Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which changes are wanted; empty means all. `first` and `last` are local days, `row` the id
    of one record, `words` must all stand somewhere in what was written or replaced."""

    by: str = ""
    verb: str = ""
    table: str = ""
    first: date | None = None
    last: date | None = None
    words: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row that a change touched, as it was before and after."""

    table: str
    row_id: int
    op: Op
    before: dict[str, Any]
    after: dict[str, Any]

    def altered(self) -> dict[str, tuple[Any, Any]]:
        """The columns that differ, each with what stood before and after; never the id."""
        names = {**self.before, **self.after}
        return {n: (self.before.get(n), self.after.get(n)) for n in names
                if n != "id" and self.before.get(n) != self.after.get(n)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: its number in the chain, when, who, the verb, the rows in all and the first."""

    id: int
    at: datetime
    by_name: str
    verb: str
    seat: int
    hash: str
    rows: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Faces:
    """Who and what occurs in the record, for the choices of a filter."""

    people: tuple[str, ...]
    verbs: tuple[str, ...]
    tables: tuple[str, ...]


NOTHING = AuditFilter()


def find(db: sqlite3.Connection, wanted: AuditFilter = NOTHING,
         progress: Progress | None = None) -> Sequence[int]:
    """The numbers of the changes that the filter lets through, newest first.

    Without a filter these are all numbers from the last down to 1, whether there or not: a
    change that is missing from the chain is a hole in the list. Works on any connection.

    Raises:
        Cancelled: `progress` said so.
    """
    top = int(db.execute("select coalesce(max(id), 0) from change").fetchone()[0])
    if wanted == NOTHING:
        return range(top, 0, -1)
    found = _changes(db, wanted, top, progress)
    for condition, values in _needles(wanted):
        touched = _touched(db, condition, values, progress)
        found = touched if found is None else found & touched
    return array("q", sorted(found or (), reverse=True))


def _changes(db: sqlite3.Connection, wanted: AuditFilter, top: int,
             progress: Progress | None) -> set[int] | None:
    """The changes that fit by who, what and when; None where nothing of that is asked."""
    parts, values = ["1"], dict[str, object]()
    for column, value in (("by_name", wanted.by), ("verb", wanted.verb)):
        if value:
            parts.append(f"{column} = :{column}")
            values[column] = value
    if wanted.first is not None:
        parts.append("at >= :first")
        values["first"] = to_text(at_local(wanted.first, time()))
    if wanted.last is not None:
        parts.append("at < :after")
        values["after"] = to_text(at_local(wanted.last + timedelta(days=1), time()))
    if len(parts) == 1:
        return None
    return _scan(db, f"select id from change where id > :low and id <= :high and"
                 f" {' and '.join(parts)}", values, top, progress)


def _needles(wanted: AuditFilter) -> Iterator[tuple[str, dict[str, object]]]:
    """What must stand in some row that the change touched: one condition each."""
    if wanted.row is not None:
        yield "row_id = :row", {"row": wanted.row}
    if wanted.table:
        yield "tbl = :tbl", {"tbl": wanted.table}
    for word in wanted.words.split():
        if word.isascii():
            plain = word.replace("~", "~~").replace("%", "~%").replace("_", "~_")
            yield ("(after like :word escape '~' or before like :word escape '~')",
                   {"word": f"%{plain}%"})
        else:  # has no small and capital letters to tell apart, and this is faster
            yield "(instr(after, :word) or instr(before, :word))", {"word": word}


def _touched(db: sqlite3.Connection, condition: str, values: dict[str, object],
             progress: Progress | None) -> set[int]:
    """The changes that touched a row of which the condition holds."""
    if "row" in values:
        return {r[0] for r in db.execute(
            f"select change_id from journal where {condition}", values)}
    top = int(db.execute("select coalesce(max(id), 0) from journal").fetchone()[0])
    return _scan(db, f"select change_id from journal where id > :low and id <= :high"
                 f" and {condition}", values, top, progress)


def _scan(db: sqlite3.Connection, sql: str, values: dict[str, object], top: int,
          progress: Progress | None) -> set[int]:
    found = set[int]()
    for high in range(top, 0, -CHUNK):
        if progress and not progress(top - high, top):
            raise Cancelled("Stopped.")
        found.update(r[0] for r in db.execute(sql, {**values, "low": high - CHUNK, "high": high}))
    return found


def entries(db: sqlite3.Connection, numbers: Collection[int],
            most: int = FIRST_LINES) -> dict[int, Entry]:
    """Some changes by their numbers, each with the first `most` of its rows."""
    found = {}
    for number in numbers:
        row = db.execute("select id, at, by_name, verb, seat, hash from change where id = ?",
                         (number,)).fetchone()
        if row is None:
            continue
        count = db.execute("select count(*) from journal where change_id = ?",
                           (number,)).fetchone()[0]
        found[number] = Entry(row[0], from_text(row[1]), row[2], row[3], row[4], row[5], count,
                              tuple(lines(db, number, most)))
    return found


def lines(db: sqlite3.Connection, number: int, most: int) -> Iterator[Line]:
    """The rows of a change in the order in which they were touched."""
    for table, row_id, op, before, after in db.execute(
            "select tbl, row_id, op, before, after from journal where change_id = ?"
            " order by id limit ?", (number, most)):
        yield Line(table, row_id, Op(op), json.loads(before or "{}"), json.loads(after or "{}"))


def faces(db: sqlite3.Connection) -> Faces:
    """Who and what occurs in the record; a scan, so it belongs off the window's thread."""
    pairs = db.execute("select distinct by_name, verb from change").fetchall()
    tables = db.execute("select tbl_name from sqlite_master where type = 'trigger'"
                        " and name = tbl_name || '_insert' order by 1").fetchall()
    return Faces(tuple(sorted({p[0] for p in pairs})), tuple(sorted({p[1] for p in pairs})),
                 tuple(r[0] for r in tables))
