"""Upkeep 维护: plans of a year and cells set by hand, calls on agreements, indexes by day."""

from __future__ import annotations

import sqlite3

from db import journal
from db.migrations.scripts import run_script

SCHEMA = """
create table demand_plan (
    id integer primary key, year integer not null unique, state text not null default 'draft',
    approved_by text not null default '', approved_at text, note text not null default '');
create table demand_touch (
    id integer primary key, line_id integer not null references demand_line(id),
    field text not null, unique (line_id, field));
create table agreement_call (
    id integer primary key, number text not null unique,
    agreement_id integer not null references agreement(id), at text not null,
    quantity real not null, receiver text not null default '', basis text not null default '',
    approver text not null default '', handler text not null default '', event_id integer,
    arrived_at text, note text not null default '');
create index call_agreement on agreement_call(agreement_id, at);
create index movement_at on movement(at, id);
create index movement_due on movement(due_back, kind, quantity) where due_back is not null;
create index equipment_inspect on equipment(inspect_due, status) where active = 1;
create index equipment_test on equipment(test_due, status) where active = 1;
create index equipment_insured on equipment(insured_until, status) where active = 1;
create index lot_due on lot(expires_on, id) where active = 1;
create index lot_of on lot(id, supply_id) where active = 1;
create index plan_evaluate on plan(evaluate_due) where active = 1;
create index plan_to_file on plan(issued_on) where active = 1 and filed_on is null;
create index expert_hired on expert(hired_until) where active = 1;
create index agreement_end on agreement(ends_on) where active = 1;
create index sharing_end on sharing(until) where active = 1;
create index loan_due on equipment_loan(due_back) where back_on is null;
"""
TABLES = ("demand_plan", "demand_touch", "agreement_call")


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
    for table in TABLES:
        journal.watch(db, table)
