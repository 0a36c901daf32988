"""The fields of domain.md that the libraries' tables lacked; places are kept like any record."""

from __future__ import annotations

import sqlite3

from db import journal

TEXT, DAY, REAL, YES = ("text not null default ''", "text", "real",
                        "integer not null default 0")
KEPT = {"owner": TEXT, "verified_at": DAY, "verified_by": TEXT, "next_verify_due": DAY,
        "note": TEXT, "active": "integer not null default 1"}
ADDED = {
    "force": {"gear": TEXT, "grades": "text not null default '[]'"},
    "expert": {"hired_from": DAY, "consulted": TEXT},
    "lot": {"label": TEXT, "quality": TEXT, "life_years": REAL},
    "hazard": {"code": TEXT, "video": YES, "plan": TEXT, "patrol": TEXT, "patrolled_on": DAY,
               "scale": TEXT, "danger": TEXT, "households": YES, "property": REAL,
               "triggers": TEXT, "watcher": TEXT, "watcher_phone": TEXT, "cards": YES},
    "shelter": {"per_person_m2": REAL},
    "place": {"src_crs": "text not null default 'CGCS2000'", "src_lon": REAL, "src_lat": REAL,
              **KEPT}}


def step(db: sqlite3.Connection) -> None:
    for table, columns in ADDED.items():
        for name, kind in columns.items():
            db.execute(f"alter table [{table}] add column [{name}] {kind}")
        journal.watch(db, table)
