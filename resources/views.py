"""Saved views 视图: a list's filters, columns and order under a name, shared by the desk."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import NewType

from db.change import RowId
from db.errors import Refused
from db.store import Store
from resources.listing import Asked, Choice, Facet
from resources.people import STOCK, Officer, allowed
from resources.records import Library

ViewId = NewType("ViewId", RowId)
LONGEST = 40
"""Characters of a view's name."""


@dataclass(frozen=True, slots=True)
class View:
    """One saved view; `columns` are the names of the columns shown, left to right."""

    id: ViewId
    library: Library
    name: str
    asked: Asked
    columns: tuple[str, ...]


def views(store: Store, library: Library) -> list[View]:
    """The views of a list, by name."""
    return [_view(row) for row in store.read("""select * from saved_view
        where library = :library and active = 1 order by name""", library=library)]


def _view(row: sqlite3.Row) -> View:
    chosen = frozenset(Choice(Facet(facet), value) for facet, value in json.loads(row["chosen"]))
    return View(ViewId(RowId(row["id"])), Library(row["library"]), row["name"],
                Asked(row["text"], chosen, row["sort"], bool(row["down"])),
                tuple(json.loads(row["columns"])))


@allowed(*STOCK)
def save_view(store: Store, library: Library, name: str, asked: Asked, columns: tuple[str, ...], *,
              by: Officer) -> ViewId:
    """Keep a view under a name; one of the same name is replaced.

    Raises:
        Refused: no name, or a name that is too long.
    """
    name = " ".join(name.split())
    if not name:
        raise Refused("A view needs a name.", field="name")
    if len(name) > LONGEST:
        raise Refused("A view's name holds up to {n} characters.", field="name", n=LONGEST)
    chosen = [[one.facet, one.value] for one in sorted(asked.chosen)]
    values: dict[str, object] = {
        "text": asked.text, "chosen": json.dumps(chosen, ensure_ascii=False),
        "columns": json.dumps(columns), "sort": asked.sort, "down": int(asked.down)}
    same = store.value("""select id from saved_view where library = :library and name = :name
        and active = 1""", library=library, name=name)
    with store.change("view.save", by) as tx:
        if same is None:
            return ViewId(tx.insert("saved_view", {"library": library, "name": name, **values}))
        tx.update("saved_view", same, **values)
    return ViewId(RowId(same))


@allowed(*STOCK)
def remove_view(store: Store, view: ViewId, *, by: Officer) -> None:
    """Take a view off the list; the journal keeps it.

    Raises:
        Refused: it is gone already.
    """
    if not store.value("select 1 from saved_view where id = :id and active = 1", id=view):
        raise Refused("This view is not in the store any more.")
    with store.change("view.remove", by) as tx:
        tx.update("saved_view", view, active=0)
