"""Dispatch 调度: the one log, events, calls, instructions, reports, orders, warnings."""

from __future__ import annotations

import sqlite3

from db import journal, search
from db.migrations.scripts import run_script

SCHEMA = """
create table event (
    id integer primary key, number text not null unique, title text not null,
    class text not null, subtype text not null default '', level integer,
    level_basis text not null default '', level_by integer, level_at text,
    state text not null default 'open', occurred_at text, received_at text not null,
    source text not null default '', town text not null default '',
    address text not null default '', lon real, lat real,
    src_crs text not null default 'CGCS2000', reporter text not null default '',
    reporter_unit text not null default '', reporter_phone text not null default '',
    summary text not null default '', cause text not null default '',
    trend text not null default '', measures text not null default '',
    commander text not null default '', commander_phone text not null default '',
    verified text not null default '', verified_at text,
    response_level integer, response_plan_id integer references plan(id), response_at text,
    response_by text not null default '', closed_at text, close_note text not null default '',
    merged_into integer references event(id), origin text not null default 'desk');
create index event_state on event(state, received_at);
create index event_received on event(received_at);
create table log (
    id integer primary key, no integer not null unique, at text not null,
    entered_at text not null, kind text not null, text text not null,
    event_id integer references event(id), order_id integer, shift_id integer,
    actor text not null default '', officer_id integer not null, officer text not null,
    backfilled integer not null default 0, backfill_reason text not null default '',
    strikes_id integer references log(id), reason text not null default '',
    source text not null default '');
create index log_event on log(event_id, at, no);
create index log_at on log(at, no);
create index log_kind on log(kind, at, no);
create index log_shift on log(shift_id, at, no);
create unique index log_strikes on log(strikes_id) where strikes_id is not null;
create trigger log_kept before delete on log
    begin select raise(abort, 'a log entry is struck through, never removed'); end;
create trigger log_fixed before update on log
    begin select raise(abort, 'a log entry is corrected by a new one, never edited'); end;
create table call (
    id integer primary key, log_id integer not null references log(id),
    event_id integer references event(id), direction text not null default 'in',
    phone text not null default '', caller text not null default '',
    unit text not null default '', post text not null default '', answered_at text not null,
    seconds integer, verified_by text not null default '', told text not null default '');
create index call_phone on call(phone);
create table casualty (
    id integer primary key, event_id integer not null references event(id), at text not null,
    dead integer not null default 0, severe integer not null default 0,
    light integer not null default 0, missing integer not null default 0,
    trapped integer not null default 0, at_risk integer not null default 0,
    evacuated integer not null default 0, loss_yuan real, note text not null default '');
create index casualty_event on casualty(event_id, at);
create table instruction (
    id integer primary key, log_id integer references log(id),
    event_id integer references event(id), kind text not null, leader text not null,
    unit text not null default '', post text not null default '', way text not null default '',
    at text not null, text text not null, due_at text, state text not null default 'open',
    feedback text not null default '', done_at text);
create table passing (
    id integer primary key, instruction_id integer not null references instruction(id),
    to_whom text not null, way text not null, at text not null,
    receiver text not null default '', repeated_back integer not null default 0);
create table report (
    id integer primary key, number text not null unique, event_id integer not null
    references event(id), kind text not null, seq integer not null, title text not null,
    text text not null default '', signed_by text not null default '', drafted_at text not null,
    casualty_id integer references casualty(id), unique (event_id, kind, seq));
create table sending (
    id integer primary key, event_id integer not null references event(id),
    report_id integer references report(id), kind text not null, seq integer not null,
    recipient text not null, way text not null, due_at text not null, basis text not null,
    sent_at text, receiver text not null default '', waived text not null default '');
create index sending_event on sending(event_id);
create index sending_due on sending(due_at) where sent_at is null;
create table dispatch_order (
    id integer primary key, number text not null unique, event_id integer not null
    references event(id), force_id integer not null references force(id),
    text text not null default '', ordered_at text not null, promised_minutes integer,
    distance_m real, people integer, vehicles integer, stage text not null default 'ordered',
    ended_at text, outcome text not null default '');
create index order_event on dispatch_order(event_id);
create index order_out on dispatch_order(force_id) where ended_at is null;
create table stamp (
    id integer primary key, order_id integer not null references dispatch_order(id),
    stage text not null, at text not null, entered_at text not null,
    source text not null default '', said_by text not null default '',
    people integer, vehicles integer, note text not null default '',
    backfilled integer not null default 0, backfill_reason text not null default '');
create index stamp_order on stamp(order_id, at);
create table warning (
    id integer primary key, kind text not null, color integer not null,
    issuer text not null, area text not null default '', text text not null default '',
    issued_at text not null, ends_at text, lifted_at text,
    passed_to integer not null default 0, acknowledged integer not null default 0);
create table reminder (
    id integer primary key, title text not null, due_at text not null,
    event_id integer references event(id), done_at text, by integer, done_by integer);
create table alarm_ack (
    id integer primary key, alarm text not null unique, at text not null,
    officer_id integer not null references officer(id));
create table safe_day (
    id integer primary key, scope text not null, day text not null, effect text not null,
    event_id integer references event(id), reason text not null);
create table finding (
    id integer primary key, event_id integer not null references event(id), kind text not null,
    text text not null, owner text not null default '', due_on text, done_at text);
create trigger casualty_kept before delete on casualty
    begin select raise(abort, 'a casualty count is followed by a new one, never removed'); end;
create trigger stamp_kept before delete on stamp
    begin select raise(abort, 'a stage time is corrected by a new one, never removed'); end;
"""
TABLES = ("event", "log", "call", "casualty", "instruction", "passing", "report", "sending",
          "dispatch_order", "stamp", "warning", "reminder", "alarm_ack", "safe_day", "finding")


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
    for table in TABLES:
        journal.watch(db, table)
    search.cover_names(
        db, "event", "new.number||' '||new.title",
        "new.number||' '||new.title||' '||new.town||' '||new.address||' '||new.reporter_phone")
    search.cover_log(db, "log", "new.text||' '||new.actor")
