"""Duty papers 值班文书: what was added to a sealed handover, or printed, is never edited."""

from __future__ import annotations

import sqlite3

from db.migrations.scripts import run_script

SCHEMA = """
create trigger addendum_fixed before update on addendum
    begin select raise(abort, 'an addendum is never edited'); end;
create trigger addendum_kept before delete on addendum
    begin select raise(abort, 'an addendum is never removed'); end;
create trigger printout_fixed before update on printout
    begin select raise(abort, 'a registered paper is never edited'); end;
create trigger printout_kept before delete on printout
    begin select raise(abort, 'a registered paper is never removed'); end;
create trigger signature_sealed before update on signature
    when exists (select 1 from handover where id = old.handover_id and state = 'sealed')
    begin select raise(abort, 'a signature under a seal cannot be changed'); end;
"""


def step(db: sqlite3.Connection) -> None:
    run_script(db, SCHEMA)
