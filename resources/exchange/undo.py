"""Undo 撤销导入: takes an import back in one change while nobody has touched its rows since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from db.clock import from_text
from db.errors import Refused
from db.store import Store
from resources.exchange.verbs import MANY, VERB
from resources.people import STOCK, Officer, allowed

SHOWN = 8


@dataclass(frozen=True, slots=True)
class PastImport:
    """One import of the journal: its change, when, by whom, the kind, the lines it wrote into
    the journal, and whether it was taken back."""

    change: int
    at: datetime
    by: str
    kind: str
    rows: int
    undone: bool


def imports(store: Store, limit: int = 20) -> list[PastImport]:
    """The latest imports, newest first."""
    return [PastImport(r["id"], from_text(r["at"]), r["by_name"], r["verb"].removeprefix(VERB),
                       r["n"] or 0, bool(r["undone"])) for r in store.read("""
        select c.id, c.at, c.by_name, c.verb,
        1 + (select max(id) from journal where change_id = c.id)
            - (select min(id) from journal where change_id = c.id) as n,
        exists (select 1 from change u join journal j on j.change_id = u.id
            where u.verb >= 'undo.import.' and u.verb < 'undo.import/' and u.id > c.id
            and j.row_id = (select row_id from journal where change_id = c.id limit 1)) as undone
        from change c where c.verb >= 'import.' and c.verb < 'import/'
        order by c.id desc limit :limit""", limit=limit)]


@allowed(*STOCK)
def undo_import(store: Store, change: int, *, by: Officer) -> int:
    """Take an import back: what it added goes, what it changed is as before. Gives the rows.

    Raises:
        Refused: no such import, or rows of it were changed or used since; it names them.
    """
    verb = store.value("select verb from change where id = :id", id=change)
    if not str(verb or "").startswith(VERB):
        raise Refused("There is no import {change}.", change=change)
    touched = [*changed_since(store, change), *used_since(store, change)]
    if touched:
        raise Refused("This import cannot be undone: {n} of its rows were changed or used since:"
                      " {rows}.", n=len(touched), rows=", ".join(dict.fromkeys(touched[:SHOWN])))
    lines = store.read("select tbl, row_id, op, before from journal where change_id = :id"
                       " order by id desc", id=change)
    with store.change(f"undo.{verb}", by, many=len(lines) > MANY) as tx:
        tx.run("pragma defer_foreign_keys = on")
        for line in lines:
            if line["op"] == "insert":
                tx.run(f"delete from [{line['tbl']}] where id = :id", id=line["row_id"])
            elif line["op"] == "update":
                before = json.loads(line["before"])
                tx.update(line["tbl"], line["row_id"], **{k: v for k, v in before.items()
                                                          if k != "id"})
            else:
                tx.insert(line["tbl"], json.loads(line["before"]))
    return len({line["row_id"] for line in lines})


def changed_since(store: Store, change: int) -> list[str]:
    """Names of rows whose journal goes on after the import."""
    rows = store.read("""select distinct j.tbl, j.row_id,
        coalesce(json_extract(j.after, '$.name'), json_extract(j.after, '$.number'),
                 json_extract(j.after, '$.batch'), j.tbl) as name
        from journal j where j.change_id = :id and exists (
            select 1 from journal l where l.row_id = j.row_id and l.tbl = j.tbl
            and l.change_id > :id)""", id=change)
    return [str(row["name"] or row["tbl"]) for row in rows]


def used_since(store: Store, change: int) -> list[str]:
    """Names of added rows that rows from outside the import point at.

    A row's own few journal lines are looked through (`+`), never all lines of the import.
    """
    found: list[str] = []
    added = {str(r[0]) for r in store.read("select distinct tbl from journal where change_id = :id"
                                           " and op = 'insert'", id=change)}
    for (table,) in store.read("select name from sqlite_master where type = 'table'"
                               " and sql not like '%virtual%'"):
        for key in store.read(f"pragma foreign_key_list([{table}])"):
            if key["table"] in added:
                found += [str(r[0]) for r in store.read(f"""
                    select coalesce(json_extract(j.after, '$.name'),
                        json_extract(j.after, '$.number'), j.tbl) from [{table}] u
                    join journal j on j.row_id = u.[{key['from']}] and +j.change_id = :id
                        and j.tbl = :parent and j.op = 'insert'
                    where not exists (select 1 from journal o where o.row_id = u.id
                        and +o.change_id = :id and o.op = 'insert')""",
                    id=change, parent=key["table"])]
    return found
