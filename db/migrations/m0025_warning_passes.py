"""Passed warnings 预警转发: to whom each warning went, by what means, and who acknowledged it.

`passed_to` and `acknowledged` of the warning itself stay what they were: those that nobody named.
"""

from __future__ import annotations

import sqlite3

from db import journal
from db.migrations.scripts import run_script

SCHEMA = """
create table warning_pass (
    id integer primary key, warning_id integer not null references warning(id),
    kind text not null default '', row_id integer not null default 0, name text not null,
    way text not null,
    passed_at text not null, callout_to_id integer references callout_to(id),
    acknowledged_at text, said_by text not null default '', officer text not null default '',
    unique (warning_id, kind, row_id, name));
create trigger warning_pass_kept before delete on warning_pass
    begin select raise(abort, 'who was warned stays written'); end;
"""


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
    journal.watch(db, "warning_pass")
