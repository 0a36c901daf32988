"""After-action 复盘: past events of another system, the review of an event, its improvements."""

from __future__ import annotations

import sqlite3

from db import journal
from db.migrations.scripts import run_script

SCHEMA = """
create table past_import (
    id integer primary key, file text not null, digest text not null, at text not null,
    officer text not null default '', columns text not null, headings text not null,
    rows integer not null default 0, calls integer not null default 0,
    irregular integer not null default 0, repeated integer not null default 0, undone_at text);
create index past_import_digest on past_import(digest);
create table past_unit (
    id integer primary key, import_id integer not null references past_import(id),
    event_id integer references event(id), row integer not null, call text not null default '',
    unit text not null default '', unit_kind text not null default '',
    force_kind text not null default '', received_at text, entered_at text, ordered_at text,
    confirmed_at text, mustered_at text, departed_at text, arrived_at text, deployed_at text,
    controlled_at text, finished_at text, transported_at text, delivered_at text,
    returned_at text, flags text not null default '', same_as integer references past_unit(id),
    cells text not null);
create index past_unit_event on past_unit(event_id);
create index past_unit_import on past_unit(import_id);
create index past_unit_call on past_unit(call, unit);
create index past_unit_same on past_unit(same_as);
create index if not exists call_event on call(event_id);
create index if not exists instruction_event on instruction(event_id);
create index if not exists event_merged on event(merged_into);
create index event_origin on event(origin, received_at) where origin <> 'desk';
create table review (
    id integer primary key, event_id integer not null unique references event(id),
    course text not null default '', cause text not null default '',
    lessons text not null default '', measures text not null default '',
    reported_to text not null default '', reported_at text, at text not null,
    officer text not null default '');
create table finding_more (
    id integer primary key, finding_id integer not null unique references finding(id),
    measure text not null default '', outcome text not null default '',
    done_by text not null default '');
create index finding_open on finding(due_on) where done_at is null;
create index finding_event on finding(event_id);
"""
TABLES = ("past_import", "past_unit", "review", "finding_more")


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
    for table in TABLES:
        journal.watch(db, table)
