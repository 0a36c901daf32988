"""Boxes 点位框: the R-tree of points says of each from which table it is.

With it what stands around a place is looked up once in the one table that holds it, not in every
table that may. The table is a third dimension, because what a dimension holds is read with the
tree itself, where an auxiliary column would be looked up point by point.
"""

from __future__ import annotations

import sqlite3

NUMBERS = {"force": 1, "equipment": 2, "warehouse": 3, "hazard": 4, "shelter": 5, "unit": 6,
           "place": 7, "event": 8}
"""The tables that have a place, each with its number in the tree."""

THICK = 0.5
"""Boxes of no volume at all would be gathered without regard to where they are."""
SCHEMA = """create virtual table place_box using rtree(
    id, min_lon, max_lon, min_lat, max_lat, kind, max_kind)"""


def step(db: sqlite3.Connection) -> None:
    for table in NUMBERS:
        for event in ("new", "edit", "old"):
            db.execute(f"drop trigger [{table}_box_{event}]")
    db.execute("drop table place_box")
    db.execute(SCHEMA)
    for table in NUMBERS:
        db.execute(put_in(table))
        box_triggers(db, table)


def put_in(table: str, row: str = "", where: str = "1") -> str:
    """The SQL that puts the rows of a table into the tree; `row` may be a trigger's `new`."""
    at, number = f"{row}." if row else "", NUMBERS[table]
    return f"""insert into place_box select {at}id, {at}lon, {at}lon, {at}lat, {at}lat, {number},
        {number + THICK} {"" if row else f"from [{table}]"} where {at}lon is not null
        and {at}lat is not null and {where}"""


def box_triggers(db: sqlite3.Connection, table: str) -> None:
    """Keep the R-tree of points in step with the rows of `table`."""
    for name, event in (("new", "insert"), ("edit", "update of lon, lat")):
        db.execute(f"""create trigger [{table}_box_{name}] after {event} on [{table}] begin
            delete from place_box where id = new.id;
            {put_in(table, "new")}; end""")
    db.execute(f"""create trigger [{table}_box_old] after delete on [{table}] begin
        delete from place_box where id = old.id; end""")
