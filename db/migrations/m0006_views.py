"""Saved views of the library lists, the order of their names, and equipment found by phone."""

from __future__ import annotations

import sqlite3

from db import journal, search
from db.migrations.scripts import run_script

SCHEMA = """
create table saved_view (
    id integer primary key, library text not null, name text not null,
    text text not null default '', chosen text not null default '[]',
    columns text not null default '[]', sort text not null default '',
    down integer not null default 0, active integer not null default 1);
create unique index saved_view_name on saved_view(library, name) where active = 1;
"""
NAMED = ("unit", "force", "equipment", "warehouse", "supply", "expert", "plan", "hazard", "shelter")
EQUIPMENT = """new.name||' '||new.code||' '||new.model||' '||new.plate||' '||new.serial
    ||' '||new.keeper||' '||new.phone"""


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
    journal.watch(db, "saved_view")
    for table in NAMED:
        db.execute(f"create index [{table}_name] on [{table}](name) where active = 1")
    db.execute("create index supply_code on supply(code) where active = 1")
    for trigger in ("new", "edit", "old"):
        db.execute(f"drop trigger equipment_find_{trigger}")
    search.cover_names(db, "equipment", "new.name", EQUIPMENT)
    words = EQUIPMENT.replace("new.", "e.")
    db.execute(f"""update find_name set words = spaced({words}),
        sounds = sounds(e.name) || ' ' || sounds({words})
        from equipment e where e.id = find_name.rowid""")
