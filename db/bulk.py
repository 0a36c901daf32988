"""Bulk 大批写入: the triggers of the indexes stand aside for one change of many rows.

FTS5 writes out its whole buffer at each statement that fires a trigger, and an R-tree splits its
nodes once a row, so that 100,000 rows one by one cost twice what they cost together.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from db.migrations.m0024_boxes import put_in

USUAL_HASH, LARGE_HASH = 2**20, 2**25
"""Bytes of the index that FTS5 gathers before it writes them out: usually (its own default), and
for a change of many rows, which then has far fewer pieces to merge."""

NAMING = re.compile(r"values \((.*)\);\s*end$", re.DOTALL)
KINDS = ("find", "box")
EVENTS = ("new", "edit", "old")
OF = "select row_id from journal where change_id = :change and tbl = '{table}'"


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger that was taken off: its table, its name and how it is made."""

    table: str
    name: str
    sql: str


def pause(db: sqlite3.Connection) -> list[Trigger]:
    """Take the triggers of the name index and of the R-tree off; `resume` puts them back inside
    the same transaction."""
    names = ", ".join(f"tbl_name||'_{kind}_{event}'" for kind in KINDS for event in EVENTS)
    kept = [Trigger(str(r[0]), str(r[1]), str(r[2])) for r in db.execute(
        f"""select tbl_name, name, sql from sqlite_master where type = 'trigger'
        and name in ({names}) and (sql like '%find_name%' or sql like '%place_box%')""")]
    for trigger in kept:
        db.execute(f"drop trigger [{trigger.name}]")
    return kept


def resume(db: sqlite3.Connection, kept: list[Trigger], change: int) -> None:
    """Put the triggers back as they stood and index the rows that the change touched."""
    if kept:
        db.execute(f"insert into find_name(find_name, rank) values ('hashsize', {LARGE_HASH})")
    for trigger in kept:
        db.execute(trigger.sql)
        if trigger.name == f"{trigger.table}_find_new":
            _name(db, trigger, change)
        elif trigger.name == f"{trigger.table}_box_new":
            _place(db, trigger.table, change)
    if kept:
        db.execute(f"insert into find_name(find_name, rank) values ('hashsize', {USUAL_HASH})")


def _name(db: sqlite3.Connection, trigger: Trigger, change: int) -> None:
    named = NAMING.search(trigger.sql)
    if named is None:
        raise ValueError(trigger.sql)
    of = OF.format(table=trigger.table)
    db.execute(f"delete from find_name where rowid in ({of} and op <> 'insert')",
               {"change": change})
    db.execute(f"""insert into find_name(rowid, kind, title, words, sounds)
        select {named[1]} from [{trigger.table}] new where new.id in ({of})""",
        {"change": change})


def _place(db: sqlite3.Connection, table: str, change: int) -> None:
    of = OF.format(table=table)
    db.execute(f"delete from place_box where id in ({of} and op <> 'insert')",
               {"change": change})
    db.execute(put_in(table, where=f"id in ({of})"), {"change": change})
