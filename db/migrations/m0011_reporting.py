"""Reporting 接报与报送: what calls, papers, links, reports and bulletins need beside m0004.

Own tables beside `call`, `event` and `report`: a new column would make every row of an older
store differ from what its journal says of it.
"""

from __future__ import annotations

import sqlite3

from db import journal, search
from db.migrations.scripts import run_script

SCHEMA = """
create table call_detail (
    id integer primary key, call_id integer not null unique references call(id),
    happened_at text, place text not null default '', cause text not null default '',
    measures text not null default '', result text not null default '',
    impact text not null default '', trend text not null default '');
create table call_check (
    id integer primary key, call_id integer not null references call(id), at text not null,
    phone text not null default '', who text not null default '', outcome text not null,
    note text not null default '', log_id integer not null references log(id));
create index call_check_call on call_check(call_id);
create index call_event on call(event_id);
create table event_fact (
    id integer primary key, event_id integer not null references event(id),
    name text not null, text text not null, unique (event_id, name));
create table event_link (
    id integer primary key, event_id integer not null references event(id),
    other_id integer not null references event(id), note text not null default '',
    unique (event_id, other_id));
create index event_link_other on event_link(other_id);
create table paper (
    id integer primary key, number text not null unique, log_id integer not null
    references log(id), event_id integer references event(id), urgency text not null,
    way text not null, sender text not null, ref text not null default '', title text not null,
    text text not null default '', received_at text not null, acknowledged_at text,
    acknowledged_to text not null default '', filed_at text, filed_where text not null default '',
    result text not null default '');
create index paper_received on paper(received_at);
create index paper_open on paper(received_at) where filed_at is null;
create table paper_passing (
    id integer primary key, paper_id integer not null references paper(id),
    to_whom text not null, way text not null, due_at text, basis text not null default '',
    passed_at text, receiver text not null default '',
    repeated_back integer not null default 0);
create index paper_passing_paper on paper_passing(paper_id);
create table report_part (
    id integer primary key, report_id integer not null references report(id),
    code text not null, text text not null, unique (report_id, code));
create table bulletin (
    id integer primary key, number text not null unique, kind text not null,
    issue integer not null, day text not null, event_id integer references event(id),
    parts text not null, signed_by text not null default '', checked_by text not null default '',
    sent_to text not null default '', copied_to text not null default '', made_at text not null);
create unique index bulletin_day on bulletin(day) where kind = 'daily';
"""
TABLES = ("call_detail", "call_check", "event_fact", "event_link", "paper", "paper_passing",
          "report_part", "bulletin")


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
    for table in TABLES:
        journal.watch(db, table)
    search.cover_names(db, "paper", "new.number||' '||new.title",
                       "new.number||' '||new.title||' '||new.sender||' '||new.ref")
