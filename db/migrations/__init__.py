"""The schema, step by step, on sqlite-utils' migrations; each step is a module `m…`.

sqlite-utils takes a sixth of a second to import, so it is loaded only when a step is due.
"""

from __future__ import annotations

import importlib
import sqlite3

STEPS = (
    "m0001_ground",
    "m0002_people",
    "m0003_resources",
    "m0004_dispatch",
    "m0005_forms",
    "m0006_views",
    "m0008_upkeep",
    "m0010_dispatching",
    "m0011_reporting",
    "m0012_roster",
    "m0013_imports",
    "m0014_after_action",
    "m0015_duty",
    "m0016_drills",
    "m0017_drill_book",
    "m0018_map",
    "m0019_net",
    "m0020_cap",
    "m0022_contacts",
    "m0023_counts",
    "m0024_boxes",
)
SET = "watchdesk"


def applied(db: sqlite3.Connection) -> list[str]:
    """The steps that this store has taken, in order."""
    if not db.execute("select 1 from sqlite_master where name = '_sqlite_migrations'").fetchone():
        return []
    rows = db.execute("select name from _sqlite_migrations where migration_set = ? order by id",
                      (SET,))
    return [str(r[0]) for r in rows]


def pending(db: sqlite3.Connection) -> list[str]:
    taken = set(applied(db))
    return [s for s in STEPS if s not in taken]


def unknown(db: sqlite3.Connection) -> list[str]:
    """Steps that a newer program took."""
    return [s for s in applied(db) if s not in STEPS]


def version(db: sqlite3.Connection) -> str:
    taken = applied(db)
    return taken[-1].partition("_")[0] if taken else "m0000"


def apply(db: sqlite3.Connection) -> None:
    """Take the pending steps, each in a transaction of its own."""
    import sqlite_utils

    steps = sqlite_utils.Migrations(SET)
    for name in STEPS:
        step = importlib.import_module(f"db.migrations.{name}").step
        steps(name=name)(lambda wrapped, run=step: run(wrapped.conn))
    steps.apply(sqlite_utils.Database(db))
