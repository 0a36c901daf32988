"""Counts 计数: what the desk counts at each look is read from an index, not from every row.

The indexes hold just the rows that are counted. A condition in a form of its own keeps others
away from the first: whoever looks for free forces has better ways, but would be drawn to it.
"""

from __future__ import annotations

import sqlite3

from db.migrations.scripts import run_script

SCHEMA = """
create index force_ready on force(id) where active = 1 and (status <> 'off') = 1;
create index equipment_down on equipment(id)
    where active = 1 and status in ('waiting', 'repair');
create index force_insured on force(insured_until) where active = 1 and insured_until is not null;
create index place_verify on place(next_verify_due)
    where active = 1 and next_verify_due is not null;
"""


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
