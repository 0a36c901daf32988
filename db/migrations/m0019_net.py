"""The net 调度网: contacts in order, groups, roll calls, channels, call-outs and their outbox.

What was sent and who answered is never removed: a call-out is closed, a channel switched off.
"""

from __future__ import annotations

import sqlite3

from db import journal
from db.migrations.scripts import run_script

SCHEMA = """
create table net_contact (
    id integer primary key, kind text not null, row_id integer not null, place integer not null,
    name text not null default '', post text not null default '', phone text not null default '',
    mail text not null default '', unique (kind, row_id, place));
create table net_group (
    id integer primary key, name text not null unique, members text not null default '[]',
    note text not null default '');
create table roll_template (
    id integer primary key, name text not null, choice text not null default '{}',
    way text not null default 'phone', times text not null default '[]',
    random_week integer not null default 0, sample integer not null default 0,
    since text not null, active integer not null default 1);
create table roll_call (
    id integer primary key, number text not null unique,
    template_id integer references roll_template(id), title text not null,
    kind text not null, way text not null, due_at text, drawn text not null default '',
    started_at text not null, ended_at text, officer text not null default '',
    unique (template_id, due_at));
create index roll_call_started on roll_call(started_at);
create table roll_answer (
    id integer primary key, roll_id integer not null references roll_call(id),
    round integer not null, place integer not null, kind text not null, row_id integer not null,
    name text not null, branch text not null, called_at text, answered_at text,
    result text not null default '', responder text not null default '', quality integer,
    note text not null default '', officer text not null default '',
    unique (roll_id, round, kind, row_id));
create index roll_answer_row on roll_answer(row_id, round);
create table net_channel (
    id integer primary key, name text not null unique, kind text not null,
    address text not null default '', user text not null default '',
    sender text not null default '', per_minute integer, options text not null default '{}',
    active integer not null default 1, tested_at text, tested text not null default '');
create table plan_callout (
    id integer primary key, plan_id integer not null unique references plan(id),
    template text not null default '');
create table callout (
    id integer primary key, number text not null unique, event_id integer references event(id),
    plan_id integer references plan(id), title text not null, text text not null,
    choice text not null default '{}', channels text not null default '[]',
    minutes integer not null, orders integer not null default 0, made_at text not null,
    officer text not null default '', closed_at text, closed_by text not null default '');
create index callout_event on callout(event_id);
create index callout_open on callout(made_at) where closed_at is null;
create table callout_to (
    id integer primary key, callout_id integer not null references callout(id),
    place integer not null, kind text not null, row_id integer not null, name text not null,
    branch text not null, text text not null, steps text not null default '[]',
    step integer not null default 0, next_at text, answer text not null default '',
    answered_at text, answered_by text not null default '', way text not null default '',
    note text not null default '', order_id integer references dispatch_order(id),
    officer text not null default '', unique (callout_id, kind, row_id));
create index callout_to_next on callout_to(next_at) where next_at is not null and answer = '';
create table outbox (
    id integer primary key, to_id integer not null references callout_to(id),
    channel_id integer not null references net_channel(id), step integer not null,
    address text not null, state text not null default 'queued', tries integer not null default 0,
    batch integer not null default 0, queued_at text not null, not_before text not null,
    began_at text, ended_at text, says text not null default '',
    unique (to_id, channel_id, step, address));
create index outbox_waiting on outbox(channel_id, not_before) where state = 'queued';
create index outbox_under_way on outbox(state) where state = 'sending';
create index outbox_began on outbox(channel_id, began_at) where began_at is not null;
create trigger outbox_kept before delete on outbox
    begin select raise(abort, 'what was sent stays written'); end;
create trigger callout_to_kept before delete on callout_to
    begin select raise(abort, 'who was called stays written'); end;
create trigger roll_answer_kept before delete on roll_answer
    begin select raise(abort, 'an answer is corrected, never removed'); end;
"""
TABLES = ("net_contact", "net_group", "roll_template", "roll_call", "roll_answer", "net_channel",
          "plan_callout", "callout", "callout_to", "outbox")


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
    for table in TABLES:
        journal.watch(db, table)
    db.execute("alter table [unit] add column [terminal] text not null default ''")
    journal.watch(db, "unit")
