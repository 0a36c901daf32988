"""The journal 流水: triggers that note every touched row, and the hash chain over it.

Each change row carries `hash = sha256(hash before, its own fields, its journal lines)`, so
that one altered byte anywhere breaks the chain at the change it belongs to. What a row is
now must equal the last `after` that the journal holds for it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.change import Op, RowId
from db.clock import from_text

SCHEMA = """
create table change (
    id integer primary key, at text not null, by integer not null, by_name text not null,
    verb text not null, seat integer not null, hash text not null);
create table journal (
    id integer primary key, change_id integer not null references change(id),
    tbl text not null, row_id integer not null, op text not null, before text, after text);
create index journal_row on journal(row_id, id);
create index journal_change on journal(change_id);
create trigger change_keep before delete on change
    begin select raise(abort, 'the journal is append-only'); end;
create trigger change_fix before update on change when open_change() is not old.id
    begin select raise(abort, 'the journal is append-only'); end;
create trigger change_new before insert on change when open_change() is null
    begin select raise(abort, 'written outside a change'); end;
create trigger journal_keep before delete on journal
    begin select raise(abort, 'the journal is append-only'); end;
create trigger journal_fix before update on journal
    begin select raise(abort, 'the journal is append-only'); end;
create trigger journal_new before insert on journal when open_change() is null
    begin select raise(abort, 'written outside a change'); end;
"""

HEAD = "c.id || char(31) || c.at || char(31) || c.by || char(31) || c.by_name || char(31)" \
       " || c.verb || char(31) || c.seat"
LINE = "j.id || char(31) || j.tbl || char(31) || j.row_id || char(31) || j.op || char(31)" \
       " || coalesce(j.before, '') || char(31) || coalesce(j.after, '')"
BODY = f"""select c.hash, {HEAD} || char(30) || coalesce(
    (select group_concat(line, char(30)) from (
        select {LINE} as line from journal j where j.change_id = c.id order by j.id)), '')
    from change c"""
GENESIS = "0" * 64
SPLIT = "\x1e"
PIECE = 65_536
"""Bytes of a change that are hashed at once."""


OWN_TABLES = ("change", "journal", "seat", "_sqlite_migrations")
"""Ordinary tables that the journal does not note."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a row: when, by whom, through which verb, before and after."""

    change_id: int
    at: datetime
    by: RowId
    by_name: str
    verb: str
    op: Op
    before: dict[str, Any]
    after: dict[str, Any]

    def altered(self) -> dict[str, tuple[Any, Any]]:
        """The columns that differ, each with what stood before and after."""
        names = {**self.before, **self.after}
        return {n: (self.before.get(n), self.after.get(n)) for n in names
                if self.before.get(n) != self.after.get(n)}


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the record does not hold: the change or row, and why (a sentence's source)."""

    change_id: int
    table: str
    row_id: int
    why: str


def columns(db: sqlite3.Connection, table: str) -> list[str]:
    return [str(r[1]) for r in db.execute(f"pragma table_info([{table}])")]


def row_json(names: list[str], alias: str) -> str:
    """The SQL that writes a row as JSON, columns in table order."""
    pairs = ", ".join(f"'{n}', {alias}.[{n}]" for n in names)
    return f"json_object({pairs})"


def watch(db: sqlite3.Connection, table: str) -> None:
    """Give `table` its journal triggers, anew after its columns changed."""
    names = columns(db, table)
    new, old = row_json(names, "new"), row_json(names, "old")
    for op, before, after, row in (
        ("insert", "null", new, "new.id"),
        ("update", old, new, "new.id"),
        ("delete", old, "null", "old.id"),
    ):
        db.execute(f"drop trigger if exists [{table}_{op}]")
        db.execute(f"""create trigger [{table}_{op}] after {op} on [{table}] begin
            select raise(abort, 'written outside a change') where open_change() is null;
            insert into journal(change_id, tbl, row_id, op, before, after)
            values (open_change(), '{table}', {row}, '{op}', {before}, {after}); end""")


def watched(db: sqlite3.Connection) -> list[str]:
    """The tables whose rows the journal notes."""
    rows = db.execute("select tbl_name from sqlite_master where type = 'trigger'"
                      " and name = tbl_name || '_insert' order by 1")
    return [str(r[0]) for r in rows]


def link(before: str, body: str) -> str:
    """The hash of a change whose predecessor has the hash `before`."""
    return hashlib.sha256((before + body).encode()).hexdigest()


def head(db: sqlite3.Connection) -> tuple[int, str]:
    """The chain's head: number and hash of the last change."""
    row = db.execute("select id, hash from change order by id desc limit 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, GENESIS)


def seal(db: sqlite3.Connection, change_id: int, before: str) -> str:
    """Write the hash of a finished change and return it."""
    head = db.execute(f"select {HEAD} from change c where c.id = ?", (change_id,)).fetchone()[0]
    made = hashlib.sha256((before + head).encode())
    parting = SPLIT.encode()
    lines = db.cursor()
    lines.row_factory = None
    lines.execute(f"select {LINE} from journal j where j.change_id = ? order by j.id", (change_id,))
    empty = True
    for (line,) in lines:  # line by line: an import's lines together would not fit into memory
        made.update(parting + line.encode())
        empty = False
    if empty:
        made.update(parting)
    found = made.hexdigest()
    db.execute("update change set hash = ? where id = ?", (found, change_id))
    return found


def history(db: sqlite3.Connection, row_id: int) -> list[Step]:
    """All that happened to a row, oldest first."""
    rows = db.execute("""select c.id, c.at, c.by, c.by_name, c.verb, j.op, j.before, j.after
        from journal j join change c on c.id = j.change_id where j.row_id = ? order by j.id""",
        (row_id,))
    return [Step(number, from_text(at), RowId(by), name, verb, Op(op),
                 json.loads(before or "{}"), json.loads(after or "{}"))
            for number, at, by, name, verb, op, before, after in rows]


def broken_links(db: sqlite3.Connection, progress: Callable[[int], bool] | None = None,
                 after: tuple[int, str] = (0, GENESIS)) -> Iterator[Fault]:
    """The changes whose hash does not follow from the ones before; `after` names the number and
    hash of a change that was verified before.

    `progress` is told the number of changes read, every 4,096 of them, and stops the walk
    when it returns False.
    """
    before, expected = after[1], after[0] + 1
    for number, stored, made in _links(db, after):
        if number != expected:
            yield Fault(expected, "change", expected, "A change is missing from the chain")
        # lines out of their order are looked up one change at a time before anything is said
        if made != stored and link(before, _body(db, number)) != stored:
            yield Fault(number, "change", number, "The hash does not match the content")
        before, expected = stored, number + 1
        if progress and number % 4096 == 0 and not progress(number):
            return


def _links(db: sqlite3.Connection, after: tuple[int, str]) -> Iterator[tuple[int, str, str]]:
    """Number, hash kept and hash made of every change after one: two scans in step, without an
    index, over bytes as they lie in the file, and never more than a piece of a change at once."""
    changes, lines = db.cursor(), db.cursor()
    changes.row_factory = lines.row_factory = None
    changes.execute(f"""select c.id, c.hash, cast({HEAD} as blob) from change c where c.id > ?
        order by c.id""", after[:1])
    first = db.execute("select min(id) from journal where change_id > ?", after[:1]).fetchone()[0] \
        if after[0] else 0
    lines.execute(f"""select j.change_id, cast({LINE} as blob) from journal j where j.id >= ?
        order by j.id""", (first or 0,))
    before, parting, sha256, end = after[1], SPLIT.encode(), hashlib.sha256, (None, b"")
    owner, line = next(lines, end)
    for number, stored, head in changes:
        while owner is not None and owner < number:
            owner, line = next(lines, end)
        piece, made = before.encode() + head + (b"" if owner == number else parting), None
        while owner == number:
            piece += parting + line
            if len(piece) > PIECE:
                made = made or sha256()
                made.update(piece)
                piece = b""
            owner, line = next(lines, end)
        if made is None:
            yield number, stored, sha256(piece).hexdigest()
        else:
            made.update(piece)
            yield number, stored, made.hexdigest()
        before = stored


def _body(db: sqlite3.Connection, number: int) -> str:
    return str(db.execute(f"{BODY} where c.id = ?", (number,)).fetchone()[1])


def unguarded(db: sqlite3.Connection) -> list[str]:
    """Tables that lost one of their three journal triggers."""
    there = {str(r[0]) for r in db.execute("select name from sqlite_master where type = 'trigger'")}
    tables = [str(r[0]) for r in db.execute("""select name from pragma_table_list
        where schema = 'main' and type = 'table' and name not like 'sqlite\\_%' escape '\\'""")]
    return sorted(t for t in tables if t not in OWN_TABLES
                  and not {f"{t}_{op}" for op in Op} <= there)


def _brought_up(db: sqlite3.Connection, table: str) -> str:
    """The SQL of a row `j.after` as it would be written today: columns that came later stand in it
    with their defaults."""
    later = ", ".join(f"'$.{name}', {default or 'null'}" for _, name, _, needed, default, _ in
                      db.execute(f"pragma table_info([{table}])") if default or not needed)
    return f"json_insert(j.after, {later})" if later else "j.after"


def held(db: sqlite3.Connection) -> list[str]:
    """Every table whose rows the journal has to account for."""
    return sorted({*watched(db), *unguarded(db)})


def rows_left(db: sqlite3.Connection) -> Counter[str]:
    """How many rows of each table there must be: those put in less those taken out."""
    found = Counter[str]()
    for table, op, count in db.execute("""select tbl, op, count(*) from journal
            where op <> 'update' group by tbl, op"""):
        found[table] += count if op == Op.INSERT else -count
    return found


def strayed_rows(db: sqlite3.Connection, table: str, left: int) -> Iterator[Fault]:
    """The rows of a table that are not what the journal last wrote of them and, where there are
    not `left` of them, those that vanished."""
    now = row_json(columns(db, table), "r")
    for row_id, change_id in db.execute(f"""
            select r.id, coalesce(j.change_id, 0) from [{table}] r
            left join journal j on j.id = (
                select max(id) from journal where row_id = r.id and tbl = '{table}')
            where j.after is null
                or (j.after <> {now} and {_brought_up(db, table)} <> {now})"""):
        yield Fault(change_id, table, row_id, "The row differs from its journal")
    if db.execute(f"select count(*) from [{table}]").fetchone()[0] == left:
        return
    for row_id, change_id in db.execute(f"""
            select j.row_id, max(j.change_id) from journal j
            where j.tbl = '{table}' and not exists (select 1 from [{table}] where id = j.row_id)
            group by j.row_id having max(case op when 'delete' then j.id else 0 end) <
                max(j.id)"""):
        yield Fault(change_id, table, row_id, "The row was removed without a change")
