"""Roster 值班表: months, their cells and versions, swaps, leave, wishes, pairs, special periods."""

from __future__ import annotations

import sqlite3

from db import journal
from db.migrations.scripts import run_script

SCHEMA = """
create table duty_person (
    id integer primary key, officer_id integer not null unique references officer(id),
    newcomer integer not null default 0, on_roster integer not null default 1);
create table duty_leave (
    id integer primary key, officer_id integer not null references officer(id),
    first_day text not null, last_day text not null, kind text not null,
    note text not null default '');
create index duty_leave_days on duty_leave(last_day, first_day);
create table duty_wish (
    id integer primary key, officer_id integer not null references officer(id),
    day text not null, kind text not null, unique (officer_id, day));
create table duty_pair (
    id integer primary key, one_id integer not null references officer(id),
    other_id integer not null references officer(id), kind text not null,
    unique (one_id, other_id));
create table special_period (
    id integer primary key, name text not null, first_day text not null,
    last_day text not null, posts text not null default '{}');
create table roster_month (
    id integer primary key, month text not null unique, state text not null default 'draft',
    version integer not null default 0, starts text not null, report text not null default '{}',
    published_at text, published_by text not null default '');
create table roster_cell (
    id integer primary key, month_id integer not null references roster_month(id),
    officer_id integer not null references officer(id), day text not null,
    slot integer not null, post text not null, locked integer not null default 0,
    unique (month_id, officer_id, day, slot));
create index roster_cell_day on roster_cell(day);
create table roster_version (
    id integer primary key, month_id integer not null references roster_month(id),
    version integer not null, at text not null, by_name text not null, why text not null,
    cells text not null, unique (month_id, version));
create table duty_swap (
    id integer primary key, month_id integer not null references roster_month(id),
    from_id integer not null references officer(id), from_day text not null,
    from_slot integer not null, to_id integer not null references officer(id),
    to_day text, to_slot integer, reason text not null, asked_at text not null,
    asked_by text not null, state text not null default 'asked', decided_at text,
    decided_by text not null default '', answer text not null default '');
create index duty_swap_month on duty_swap(month_id, state);
create trigger roster_version_fixed before update on roster_version
    begin select raise(abort, 'a published version is never edited'); end;
create trigger roster_version_kept before delete on roster_version
    begin select raise(abort, 'a published version is never removed'); end;
"""
TABLES = ("duty_person", "duty_leave", "duty_wish", "duty_pair", "special_period",
          "roster_month", "roster_cell", "roster_version", "duty_swap")


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
    for table in TABLES:
        journal.watch(db, table)
