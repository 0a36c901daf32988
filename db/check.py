"""Check 核验: does the record hold: SQLite's pages, references, the chain, rows, the index."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from db import journal
from db.errors import Cancelled, WatchdeskError
from db.opening import connect, explain, look_at
from db.words import mark, t

Progress = Callable[[int, int], bool]
"""Told how much is done out of how much; answers False to stop."""

ENOUGH = 100
"""So many findings of a kind are told one by one."""
LOOK_EVERY = 200_000
"""Steps of SQLite's machine, some milliseconds, between two looks whether to stop."""
CHAIN_SHARE = 25


class Area(StrEnum):
    """What part of the store a finding is about."""

    FILE = "file"              # 文件
    REFERENCE = "reference"    # 引用
    CHAIN = "chain"            # 哈希链
    ROW = "row"                # 记录与流水
    SEARCH = "search"          # 检索索引


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold. `change_id` is 0 when no change can be named."""

    area: Area
    source: str
    change_id: int = 0
    table: str = ""
    row_id: int = 0
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return t(self.source, change=self.change_id, table=self.table, row=self.row_id,
                 **self.values)


FAULTS = {
    "A change is missing from the chain": mark("Change {change} is missing from the chain."),
    "The hash does not match the content":
        mark("Change {change} was altered: its hash does not match its content."),
    "The row differs from its journal":
        mark("Row {row} of {table} differs from what change {change} wrote."),
    "The row was removed without a change":
        mark("Row {row} of {table} was removed without a change; change {change} wrote it last."),
}


def check(path: Path, progress: Progress | None = None) -> list[Finding]:
    """Everything that does not hold in the store at `path`; empty when it is sound.

    Reads only, on a connection of its own, so that it runs beside the window that holds the
    store. A damaged file gives findings.

    Raises:
        StoreError: there is no store of ours at `path`.
        Cancelled: `progress` answered False.
    """
    try:
        look_at(path, must_exist=True)
        with contextlib.closing(connect(path, read_only=True)) as db:
            return check_connection(db, path, progress)
    except sqlite3.Error as error:
        return [_failure(error, path)]


def check_since(path: Path, head: tuple[int, str]) -> tuple[list[Finding], tuple[int, str]]:
    """What does not hold in the chain since the change verified before, and the head now.

    Raises:
        StoreError: there is no store of ours at `path`.
    """
    try:
        with contextlib.closing(connect(path, read_only=True)) as db:
            now = journal.head(db)
            row = db.execute("select hash from change where id = ?", (head[0],)).fetchone()
            if head[0] and (row is None or row[0] != head[1]):
                return [Finding(Area.CHAIN, mark("Change {change} is not the one that was verified"
                                                 " before."), head[0])], now
            return [_finding(Area.CHAIN, fault) for fault in journal.broken_links(
                db, after=head)][:ENOUGH], now
    except sqlite3.Error as error:
        return [_failure(error, path)], head


def check_connection(db: sqlite3.Connection, path: Path,
                     progress: Progress | None = None) -> list[Finding]:
    """As `check`, on a connection that is open already."""
    found: list[Finding] = []
    watch = _Watch(progress)
    db.set_progress_handler(watch.look, LOOK_EVERY)
    for walk, share in WALKS:
        try:
            for finding in walk(db, watch):
                watch.obey()  # what SQLite could not read because it was stopped is no finding
                found.append(finding)
                if len(found) >= ENOUGH:
                    return found
        except sqlite3.DatabaseError as error:
            watch.obey()
            found.append(_failure(error, path))
        watch.pass_over(share)
    return found


class _Watch:
    """How far a check is, in hundredths, and whether it was stopped; asked between the rows of the
    chain and, by SQLite itself, within its long walks."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress, self._part, self._before = progress, 0.0, 0.0
        self.stopped = False

    def tell(self, part: float) -> bool:
        """So much of the present walk is done; False when it must end."""
        self._part = self._before + part
        return not self.look()

    def look(self) -> bool:
        if self._progress is not None and not self.stopped:
            self.stopped = not self._progress(round(self._part), 100)
        return self.stopped

    def pass_over(self, share: int) -> None:
        self._before += share
        self.tell(0)
        self.obey()

    def obey(self) -> None:
        if self.stopped:
            raise Cancelled("The check was stopped.")


def _failure(error: sqlite3.Error, path: Path) -> Finding:
    """What SQLite met, as a finding: a damaged file is an answer here, not an error."""
    said = explain(error, path)
    if isinstance(said, WatchdeskError):
        return Finding(Area.FILE, said.source, values=said.values)
    return Finding(Area.FILE, mark("The store cannot be read: {why}."), values={"why": str(error)})


def _chain(db: sqlite3.Connection, watch: _Watch) -> Iterator[Finding]:
    total = max(int(db.execute("select count(*) from change").fetchone()[0]), 1)
    try:
        for fault in journal.broken_links(db, lambda done: watch.tell(CHAIN_SHARE * done / total)):
            yield _finding(Area.CHAIN, fault)
    except sqlite3.DatabaseError:
        watch.obey()
        yield from _unreadable(db)
    watch.obey()


def _unreadable(db: sqlite3.Connection) -> Iterator[Finding]:
    """The changes whose own record or journal lines SQLite cannot read any more."""
    top = int(db.execute("select max(id) from change").fetchone()[0] or 0)
    for number in range(1, top + 1):
        try:
            db.execute(f"{journal.BODY} where c.id = ?", (number,)).fetchone()
        except sqlite3.DatabaseError:
            yield Finding(Area.CHAIN, mark("Change {change} can no longer be read."), number)


def _finding(area: Area, fault: journal.Fault) -> Finding:
    return Finding(area, FAULTS[fault.why], fault.change_id, fault.table, fault.row_id)


def _file(db: sqlite3.Connection, _: _Watch) -> Iterator[Finding]:
    for (line,) in db.execute(f"pragma integrity_check({ENOUGH})"):
        if line != "ok":
            yield Finding(Area.FILE, mark("SQLite finds the file damaged: {why}."),
                          values={"why": line})


def _references(db: sqlite3.Connection, _: _Watch) -> Iterator[Finding]:
    for table, row_id, parent, _number in db.execute("pragma foreign_key_check"):
        yield Finding(Area.REFERENCE, mark("Row {row} of {table} points to a row of {parent}"
                      " that does not exist."), 0, table, row_id or 0, {"parent": parent})


def _guards(db: sqlite3.Connection, _: _Watch) -> Iterator[Finding]:
    for table in journal.unguarded(db):
        yield Finding(Area.ROW, mark("The table {table} has lost the triggers that write its"
                      " journal."), 0, table)


def _rows(db: sqlite3.Connection, _: _Watch) -> Iterator[Finding]:
    left = journal.rows_left(db)
    for table in journal.held(db):
        try:
            for fault in journal.strayed_rows(db, table, left[table]):
                yield _finding(Area.ROW, fault)
        except sqlite3.DatabaseError:  # the other tables are looked at all the same
            yield Finding(Area.ROW, mark("Rows of {table} can no longer be read."), 0, table)


def _anchors(db: sqlite3.Connection, _: _Watch) -> Iterator[Finding]:
    """Papers carry number and hash of a change: a chain rewritten as a whole shows there."""
    for table in journal.watched(db):
        if not {"chain_no", "chain_head"} <= set(journal.columns(db, table)):
            continue
        for row_id, number in db.execute(f"""
                select r.id, r.chain_no from [{table}] r left join change c on c.id = r.chain_no
                where r.chain_no > 0 and r.chain_head <> ''
                and coalesce(substr(c.hash, 1, length(r.chain_head)), '') <> r.chain_head"""):
            yield Finding(Area.CHAIN, mark("Change {change} is not the one whose hash stands on"
                          " paper (row {row} of {table})."), number, table, row_id)


def _search(db: sqlite3.Connection, _: _Watch) -> Iterator[Finding]:
    """Each covered row has its entry in the index, and the index has no other."""
    covered = [str(r[0]) for r in db.execute(
        "select tbl_name from sqlite_master where type = 'trigger'"
        " and name = tbl_name || '_find_new'")]
    for table in covered:
        index = "find_log" if table == "log" else "find_name"
        lost = db.execute(f"""select count(*) from [{table}] where id not in
            (select id from {index}_docsize)""").fetchone()[0]
        if lost:
            yield Finding(Area.SEARCH, mark("{lost} rows of {table} are missing from the search"
                          " index."), 0, table, 0, {"lost": lost})
    db.execute("select count(*) from find_name where find_name match '\"a\" *'").fetchone()
    db.execute("select count(*) from find_log where find_log match '\"a\" *'").fetchone()


WALKS: tuple[tuple[Callable[[sqlite3.Connection, _Watch], Iterator[Finding]], int], ...] = (
    (_chain, CHAIN_SHARE), (_file, 40), (_references, 10), (_guards, 0), (_rows, 20),
    (_anchors, 0), (_search, 5))
"""In their order, with their hundredths of the time as the large store has them."""
