"""Commands of the exchange: import a file into a library, export one, hand out a template."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import Refused, StoreError
from db.files import read_whole
from db.store import Store
from db.words import t
from dispatch.audit_terms import table_words
from resources.coords import Crs
from resources.localtime import moment_text
from ui.commands.desk import Answer, officer, reading, writing

if TYPE_CHECKING:
    from resources.exchange.fields import Kind
    from resources.exchange.reading import Reading
    from resources.exchange.verbs import Preview

MOST_LINES = 50


def import_file(args: argparse.Namespace) -> Answer:
    """Read a file, say what would happen, and with consent of all its cells write it."""
    from dispatch.second_folder import keep_before_import
    from resources.exchange import verbs

    if args.kind == "events":
        from ui.commands.past import import_events

        return import_events(args)
    data = read_whole(args.file)
    policy = verbs.OnDuplicate(args.on_duplicate)
    if args.dry_run:
        with reading(args) as store:
            found = verbs.preview(store, _read(store, args, data), policy)
        return Answer(tuple(verbs.lines_of(found, MOST_LINES)), _facts(found),
                      status=1 if found.stopping else 0)
    with writing(args) as store:
        by = officer(store, args.officer)
        read = _read(store, args, data)
        found = verbs.preview(store, read, policy)
        if not found.stopping:
            keep_before_import(store, len(read.lines))
        done = verbs.import_rows(store, read, on_duplicate=policy, by=by)
    warned = tuple(str(p) for p in found.problems[:MOST_LINES])
    undo = (t("To take it back: watchdesk undo-import {change}", change=done.change),
            ) if done.change else ()
    return Answer((verbs.summary(done), *warned, *undo),
                  {**_facts(found), "change": done.change, "added": done.added,
                   "updated": done.updated, "skipped": done.skipped})


def _read(store: Store, args: argparse.Namespace, data: bytes) -> Reading:
    """The file as this source was matched before, and as the command says.

    Raises:
        Refused: needed columns are missing, or a column was named wrongly.
    """
    from resources.exchange.books import read_book
    from resources.exchange.drafts import Wishes, draft
    from resources.exchange.tables import kind_of

    kind = kind_of(args.kind)
    made = draft(store, read_book(args.file.name, data), Wishes(
        kind=kind, sheet=args.sheet, header=args.header, crs=Crs(args.crs) if args.crs else None,
        columns=_columns(args, kind)))
    if made.reading is None:
        raise Refused("{name}: no row names the columns that are needed: {columns}. Choose"
                      " another kind, or name them in the first row.", name=args.file.name,
                      columns=", ".join(f.heading for f in made.lacking))
    return made.reading


def _columns(args: argparse.Namespace, kind: Kind) -> dict[str, str]:
    """`--column HEADING=FIELD`, the field by its name or heading; nothing leaves it out."""
    known = {word: f.name for f in kind.fields for word in (f.name, f.heading)} | {"": ""}
    found = {}
    for pair in args.column:
        heading, sign, field = pair.rpartition("=")
        if not sign or field.strip() not in known:
            raise Refused("{text} is not HEADING=FIELD. The fields are: {fields}.", field="column",
                          text=pair, fields=", ".join(f.name for f in kind.fields))
        found[heading.strip()] = known[field.strip()]
    return found


def _facts(found: Preview) -> dict[str, object]:
    from resources.exchange.verbs import Act

    match = found.reading.match
    return {"sheet": match.sheet.name, "header_row": match.header,
            "columns": {match.headings[i]: n for i, n in match.columns.items()},
            "into_note": [match.headings[i] for i in match.rest],
            "empty_rows": match.sheet.empty, "rows": len(found.steps),
            **{act.value: found.count(act) for act in Act},
            "problems": [{"sheet": p.sheet, "row": p.row, "column": p.column, "why": str(p.why),
                          "value": p.value, "stops": p.stops} for p in found.problems]}


def undo(args: argparse.Namespace) -> Answer:
    """Take an import back, the latest one unless a number is given; --list names them."""
    from resources.exchange.undo import imports, undo_import
    from ui.commands.past import past_listed, undo_past_change

    if args.list:
        with reading(args) as store:
            listed = imports(store)
            past = past_listed(store)
        lines = [f"{p.change}  {moment_text(p.at, year=True)}  {table_words(p.kind)}  {p.by}"
                 + (f"  {t('import|taken back')}" if p.undone else "") for p in listed]
        return Answer((*lines, *(line for line, _ in past)) or (t("Nothing was imported yet."),),
                      {"imports": [asdict(p) for p in listed], "past": [data for _, data in past]})
    with writing(args) as store:
        by = officer(store, args.officer)
        last = [p for p in imports(store) if not p.undone]
        change = args.change or (last[0].change if last else 0)
        if (taken_back := undo_past_change(store, args.change, change, by)) is not None:
            return taken_back
        rows = undo_import(store, change, by=by)
    return Answer((t("Import {change} was taken back: {n} rows.", change=change, n=rows),),
                  {"change": change, "rows": rows})


def export_file(args: argparse.Namespace) -> Answer:
    """Write a library into an xlsx or csv file."""
    from resources.exchange.export import export_rows
    from resources.exchange.tables import kind_of
    from resources.exchange.writing import form_of, write_table

    kind = kind_of(args.kind)
    with reading(args) as store:
        rows = export_rows(store, kind)
    _keep(args.file, write_table(kind, rows, form_of(args.file)))
    return Answer((t("{n} rows written to {file}.", n=len(rows), file=args.file),),
                  {"rows": len(rows), "file": str(args.file)})


def template(args: argparse.Namespace) -> Answer:
    """Write a blank xlsx to hand out."""
    from resources.exchange.tables import kind_of
    from resources.exchange.writing import write_template

    if args.file.suffix.lower() != ".xlsx":
        raise Refused("A template is an xlsx file; {file} is not named so.", field="file",
                      file=args.file)
    _keep(args.file, write_template(kind_of(args.kind)))
    return Answer((t("Blank template written to {file}.", file=args.file),),
                  {"file": str(args.file)})


def _keep(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except OSError as error:
        raise StoreError("{file} cannot be written: {why}.", file=file,
                         why=error) from error
