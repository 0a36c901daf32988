"""People and watch 人员与值守: officers, shifts, seats, signatures, handovers."""

from __future__ import annotations

import sqlite3

from db import journal, search
from db.migrations.scripts import run_script

SCHEMA = """
create table officer (
    id integer primary key, name text not null, unit text not null default '',
    title text not null default '', phone text not null default '',
    roles text not null default '[]', posts text not null default '[]',
    password_hash text not null default '', seniority integer not null default 0,
    active integer not null default 1);
create table shift (
    id integer primary key, starts_at text not null, ends_at text not null,
    day_kind text not null default 'workday', state text not null default 'planned',
    opened_at text, closed_at text, weather text not null default '',
    unique (starts_at));
create table seat_on_shift (
    id integer primary key, shift_id integer not null references shift(id),
    officer_id integer not null references officer(id), post text not null,
    state text not null default 'planned', signed_on_at text, note text not null default '',
    unique (shift_id, officer_id, post));
create index seat_shift on seat_on_shift(shift_id);
create index seat_officer on seat_on_shift(officer_id);
create table check_item (
    id integer primary key, name text not null, place integer not null, kind text not null,
    active integer not null default 1);
create table handover (
    id integer primary key, number text not null unique, shift_id integer not null unique
    references shift(id), next_shift_id integer references shift(id),
    drafted_at text not null, words text not null default '{}', checks text not null default '[]',
    state text not null default 'draft', facts text, digest text, code text unique,
    sealed_at text, chain_no integer, chain_head text);
create table signature (
    id integer primary key, handover_id integer not null references handover(id),
    officer_id integer not null references officer(id), side text not null, post text not null,
    at text not null, log_no integer not null default 0, withdrawn_at text,
    unique (handover_id, side, post));
create table addendum (
    id integer primary key, handover_id integer not null references handover(id),
    officer_id integer not null references officer(id), at text not null, text text not null);
create table printout (
    id integer primary key, kind text not null, row_id integer not null, number text not null,
    code text not null, digest text not null, at text not null, by integer not null,
    chain_no integer not null, chain_head text not null);
create index printout_code on printout(code);
create trigger handover_sealed before update on handover when old.state = 'sealed'
    begin select raise(abort, 'a sealed handover cannot be changed'); end;
create trigger handover_kept before delete on handover
    begin select raise(abort, 'a handover cannot be removed'); end;
create trigger signature_kept before delete on signature
    begin select raise(abort, 'a signature cannot be removed'); end;
"""


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
    for table in ("officer", "shift", "seat_on_shift", "check_item", "handover", "signature",
                  "addendum", "printout"):
        journal.watch(db, table)
    search.cover_names(db, "officer", "new.name", "new.name||' '||new.unit||' '||new.phone")
