"""CAP 预警互通: which message each warning came by, and the outlines that it drew."""

from __future__ import annotations

import sqlite3

from db import journal
from db.migrations.scripts import run_script

SCHEMA = """
create table cap_message (
    id integer primary key, sender text not null, identifier text not null,
    sent text not null, kind text not null, warning_id integer not null references warning(id),
    refs text not null default '[]', rings text not null default '[]',
    read_at text not null, officer text not null default '');
create index cap_message_known on cap_message(identifier, sender);
create index cap_message_warning on cap_message(warning_id);
create trigger cap_message_kept before delete on cap_message
    begin select raise(abort, 'a message that was read is kept'); end;
"""


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
    journal.watch(db, "cap_message")
