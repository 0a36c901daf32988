"""Dispatching 调度深化: corrected stamps, strength, resources sent, check-ins, responses."""

from __future__ import annotations

import sqlite3

from db import journal
from db.migrations.scripts import run_script

SCHEMA = """
create table stamp_strike (
    id integer primary key, stamp_id integer not null unique references stamp(id),
    at text not null, officer_id integer not null, officer text not null, reason text not null);
create table stamp_more (
    id integer primary key, stamp_id integer not null unique references stamp(id),
    officer text not null default '', place text not null default '');
create table order_link (
    id integer primary key, order_id integer not null unique references dispatch_order(id),
    first_id integer not null references dispatch_order(id), reason text not null default '');
create index link_first on order_link(first_id);
create table scene_count (
    id integer primary key, order_id integer not null references dispatch_order(id),
    at text not null, people_in integer not null default 0, people_out integer not null default 0,
    vehicles_in integer not null default 0, vehicles_out integer not null default 0,
    said_by text not null default '', note text not null default '');
create index scene_count_order on scene_count(order_id, at);
create table expert_call (
    id integer primary key, event_id integer not null references event(id),
    expert_id integer not null references expert(id), called_at text not null,
    state text not null default 'called', minutes integer, answered_at text, arrived_at text,
    note text not null default '');
create index expert_call_event on expert_call(event_id);
create table check_interval (
    id integer primary key, event_id integer not null references event(id),
    order_id integer references dispatch_order(id), minutes integer not null,
    at text not null, officer text not null default '');
create index check_interval_event on check_interval(event_id);
create table check_in (
    id integer primary key, order_id integer not null references dispatch_order(id),
    at text not null, entered_at text not null, well integer not null default 1, people integer,
    source text not null default '', said_by text not null default '',
    note text not null default '', officer text not null default '');
create index check_in_order on check_in(order_id, at);
create table response (
    id integer primary key, event_id integer not null references event(id),
    plan_id integer references plan(id), act text not null, level integer not null,
    matters text not null default '', expected text not null default '',
    measures text not null default '', approver text not null, reason text not null default '',
    at text not null, officer text not null default '');
create index response_event on response(event_id, at);
create table plan_orders (
    id integer primary key, plan_id integer not null unique references plan(id),
    template text not null default '', check_minutes integer);
create index force_stated on force(promised_minutes)
    where active = 1 and promised_minutes is not null;
create index force_nowhere on force(id)
    where active = 1 and promised_minutes is null and lon is null;
create index loan_event on equipment_loan(event_id) where event_id is not null;
create virtual table offer using fts5(words, tokenize = 'unicode61 remove_diacritics 0');
create trigger check_in_kept before delete on check_in
    begin select raise(abort, 'a check-in is followed by a new one, never removed'); end;
create trigger response_kept before delete on response
    begin select raise(abort, 'a response is ended, never removed'); end;
"""
TABLES = ("stamp_strike", "stamp_more", "order_link", "scene_count", "expert_call",
          "check_interval", "check_in", "response", "plan_orders")
OFFERING = ("force", "equipment")


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
    for table in TABLES:
        journal.watch(db, table)
    for table in OFFERING:
        _cover_offers(db, table)


def _cover_offers(db: sqlite3.Connection, table: str) -> None:
    """Keep an index of what each row can do, so that a rare capability is found at once."""
    for name, event in (("new", "insert"), ("edit", "update of capabilities")):
        db.execute(f"""create trigger [{table}_offer_{name}] after {event} on [{table}] begin
            delete from offer where rowid = new.id;
            insert into offer(rowid, words) values (new.id, new.capabilities); end""")
    db.execute(f"""create trigger [{table}_offer_old] after delete on [{table}] begin
        delete from offer where rowid = old.id; end""")
    db.execute(f"insert into offer(rowid, words) select id, capabilities from [{table}]")
