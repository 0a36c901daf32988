"""Drills 演练: scenarios, drills, what is written while one runs, and the sealed records."""

from __future__ import annotations

import sqlite3

from db import journal
from db.migrations.scripts import run_script

SCHEMA = """
create table scenario (
    id integer primary key, code text not null, lang text not null, title text not null,
    subtype text not null, form text not null, content text not null, purpose text not null,
    sector text not null default '', town text not null default '',
    plan_id integer references plan(id), minutes real not null, active integer not null default 1,
    updated_at text not null, officer text not null default '', body text not null,
    unique (code, lang));
create table drill (
    id integer primary key, number text not null unique,
    scenario_id integer not null references scenario(id), title text not null,
    form text not null, subtype text not null, sector text not null default '',
    town text not null default '', plan_id integer references plan(id), state text not null,
    folder text not null default '', director text not null default '', created_at text not null,
    started_at text, ended_at text, reason text not null default '', body text not null);
create index drill_scenario on drill(scenario_id, started_at);
create index drill_state on drill(state, started_at);
create table drill_act (
    id integer primary key, kind text not null, t real not null, steady real not null,
    wall text not null, target text not null default '', text text not null default '',
    number real, officer text not null default '');
create table drill_record (
    id integer primary key, drill_id integer not null unique references drill(id),
    sealed_at text not null, officer text not null, body text not null);
create trigger drill_act_fixed before update on drill_act
    begin select raise(abort, 'what a drill was is never edited'); end;
create trigger drill_act_kept before delete on drill_act
    begin select raise(abort, 'what a drill was is never removed'); end;
create trigger drill_record_fixed before update on drill_record
    begin select raise(abort, 'a sealed drill is never edited'); end;
create trigger drill_record_kept before delete on drill_record
    begin select raise(abort, 'a sealed drill is never removed'); end;
"""
TABLES = ("scenario", "drill", "drill_act", "drill_record")


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
    for table in TABLES:
        journal.watch(db, table)
