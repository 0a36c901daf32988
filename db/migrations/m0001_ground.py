"""Ground: the journal, the search index, settings, rules and attachments."""

from __future__ import annotations

import sqlite3

from db import journal, search
from db.migrations.scripts import run_script

SCHEMA = """
create table seat (id integer primary key, seat integer not null, name text not null);
create table setting (id integer primary key, name text not null unique, value text not null);
create table rule (
    id integer primary key, code text not null, value text not null, unit text not null default '',
    title text not null, basis text not null, uncertain integer not null default 0,
    valid_from text not null);
create index rule_code on rule(code, valid_from);
create table attachment (
    id integer primary key, row_id integer not null, name text not null, digest text not null,
    size integer not null, kind text not null default '', at text not null);
create index attachment_row on attachment(row_id);
"""


def step(db: sqlite3.Connection) -> None:
    run_script(db, journal.SCHEMA)
    run_script(db, search.SCHEMA)
    run_script(db, SCHEMA)
    db.execute("insert into seat values (1, 1, '')")
    for table in ("setting", "rule", "attachment"):
        journal.watch(db, table)
