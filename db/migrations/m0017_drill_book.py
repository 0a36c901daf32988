"""Drill book 演练档案: yearly plans, evaluation sheets and their templates, findings, actions."""

from __future__ import annotations

import sqlite3

from db import journal, search
from db.migrations.scripts import run_script

SCHEMA = """
create table drill_line (
    id integer primary key, year integer not null, month integer not null, name text not null,
    content text not null, form text not null, sector text not null default '',
    town text not null default '', unit text not null default '',
    plan_id integer references plan(id), large integer not null default 0,
    budget real not null default 0, drill_id integer, done_on text,
    dropped text not null default '', note text not null default '');
create index drill_line_year on drill_line(year, month);
create index drill_line_plan on drill_line(plan_id) where plan_id is not null;
create table drill_filing (
    id integer primary key, year integer not null unique, filed_on text not null,
    filed_with text not null, number text not null default '');
create table eval_template (
    id integer primary key, code text not null unique, name text not null,
    standard text not null, form text not null, uncertain integer not null default 0,
    active integer not null default 1);
create table eval_item (
    id integer primary key, template_id integer not null references eval_template(id),
    code text not null, part text not null, heading text not null, text text not null,
    weight real not null default 1, uncertain integer not null default 0,
    active integer not null default 1);
create unique index eval_item_code on eval_item(template_id, code) where active = 1;
create table eval_sheet (
    id integer primary key, drill_id integer not null,
    template_id integer not null references eval_template(id), evaluator text not null,
    unit text not null default '', post text not null default '', day text not null,
    leads integer not null default 0, unique (drill_id, evaluator));
create table eval_answer (
    id integer primary key, sheet_id integer not null references eval_sheet(id),
    item_id integer not null references eval_item(id), answer text not null default '',
    reason text not null default '', remark text not null default '',
    unique (sheet_id, item_id));
create table drill_finding (
    id integer primary key, drill_id integer not null, problem text not null,
    kind text not null default '', evaluator text not null default '', at text not null,
    item_id integer references eval_item(id), struck text not null default '');
create index drill_finding_drill on drill_finding(drill_id);
create table drill_action (
    id integer primary key, drill_id integer not null, finding_id integer,
    problem text not null, measure text not null, owner text not null,
    unit text not null default '', due_on text not null, closed_on text,
    closed_by text not null default '', result text not null default '',
    checked_by text not null default '');
create index drill_action_open on drill_action(due_on) where closed_on is null;
create index drill_action_drill on drill_action(drill_id);
create table drill_words (
    id integer primary key, drill_id integer not null unique, overview text not null default '',
    lessons text not null default '', advice text not null default '',
    author text not null default '');
create trigger drill_action_kept before delete on drill_action
    begin select raise(abort, 'a corrective action is closed, never removed'); end;
create trigger eval_sheet_kept before delete on eval_sheet
    begin select raise(abort, 'an evaluation is corrected, never removed'); end;
"""
TABLES = ("drill_line", "drill_filing", "eval_template", "eval_item", "eval_sheet", "eval_answer",
          "drill_finding", "drill_action", "drill_words")


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
    for table in TABLES:
        journal.watch(db, table)
    search.cover_names(db, "drill_line", "new.name", "new.name||' '||new.sector||' '||new.unit")
