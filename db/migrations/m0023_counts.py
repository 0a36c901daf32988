"""Counts 计数: what the desk counts at each look is read from an index, not from every row."""

from __future__ import annotations

import sqlite3

from db.migrations.scripts import run_script

SCHEMA = """
create index force_ready on force(status) where active = 1;
create index equipment_state on equipment(status) where active = 1;
"""


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
