"""Command about a record: show, add, edit, retire and restore by its field table."""

from __future__ import annotations

import argparse

from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.record_use import retire
from resources.field_tables import TABLES
from resources.fields import show_value
from resources.history import record_history
from resources.keeping import add_record, edit_record, form_values, restore_record
from resources.records import Library
from ui.commands.desk import Answer, officer, reading, writing


def record(args: argparse.Namespace) -> Answer:
    """One verb about one record of a library."""
    library = Library(args.kind)
    if args.act == "show":
        with reading(args) as store:
            return _shown(store, library, _row(store, library, args.row))
    with writing(args) as store:
        by = officer(store, args.officer)
        if args.act == "add":
            row = int(add_record(store, library, _values(library, args), by=by))
        else:
            row = _row(store, library, args.row, former=args.act == "restore")
        if args.act == "edit":
            edit_record(store, library, row, _values(library, args), by=by)
        if args.act == "retire":
            retire(store, library, row, reason=args.reason, by=by)
        if args.act == "restore":
            restore_record(store, library, row, by=by)
        return _shown(store, library, row)


def _values(library: Library, args: argparse.Namespace) -> dict[str, object]:
    """`--set field=value`, the field by its name or its label."""
    known = {word: f.name for f in TABLES[library] for word in (f.name, t(f.label))}
    found: dict[str, object] = {}
    for pair in args.set:
        name, sign, value = pair.partition("=")
        if not sign or name.strip() not in known:
            raise Refused("{text} is not FIELD=VALUE. The fields are: {fields}.", field="set",
                          text=pair, fields=", ".join(f.name for f in TABLES[library]))
        found[known[name.strip()]] = value
    if not found:
        raise Refused("Say what it holds: --set FIELD=VALUE.", field="set")
    return found


def _row(store: Store, library: Library, given: str, *, former: bool = False) -> int:
    """A record by its id or its name.

    Raises:
        Refused: none or several of that name.
    """
    rows = store.read(f"""select id from [{library}] where name = :name and active = :active
        limit 2""", name=given, active=int(not former))
    if not rows and given.isdigit():
        rows = store.read(f"select id from [{library}] where id = :id", id=int(given))
    if len(rows) != 1:
        raise Refused("There is no single record named {name}. Choose one from the list.",
                      field="row", name=given)
    return int(rows[0]["id"])


def _shown(store: Store, library: Library, row: int) -> Answer:
    values = form_values(store, library, row)
    lines = [f"{t(f.label)}{t(': ')}{show_value(f, values[f.name])}" for f in TABLES[library]
             if show_value(f, values[f.name])]
    past = record_history(store, library, row)
    return Answer((*lines, *(line.text for line in past)),
                  {"id": row, "kind": library, **values, "history": [
                      {"at": line.at, "by": line.by_name, "what": line.what, "altered": [
                          [a.label, a.old, a.new] for a in line.altered]} for line in past]})
