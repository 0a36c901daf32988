"""Imports 导入: how the columns of a source were matched by hand, kept for its next file."""

from __future__ import annotations

import sqlite3

from db import journal
from db.migrations.scripts import run_script

SCHEMA = """
create table import_source (
    id integer primary key, kind text not null, signature text not null,
    columns text not null default '{}', crs text not null default '',
    used_at text not null, file text not null default '');
create unique index import_source_of on import_source(kind, signature);
create index change_imports on change(id) where verb >= 'import.' and verb < 'import/';
create index change_undone on change(id) where verb >= 'undo.import.' and verb < 'undo.import/';
"""


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
    journal.watch(db, "import_source")
