"""The audit command: what was changed, by whom, when, from what to what; listed or into a file."""

from __future__ import annotations

import argparse
from datetime import date

from db.errors import Refused
from db.files import write_whole
from db.words import t
from dispatch.audit import AuditFilter, entries, find, lines
from dispatch.audit_book import audit_csv, audit_xlsx
from dispatch.audit_terms import verb_words
from dispatch.audit_values import SECRET
from dispatch.audit_words import (
    altered_words,
    second_text,
    table_of,
    what_words,
)
from ui.commands.desk import Answer, reading

TOLD = 200


def audit(args: argparse.Namespace) -> Answer:
    """List the newest changes that fit, or write all that fit into an xlsx or csv file."""
    wanted = AuditFilter(args.by, args.done, args.table, _day(args.first), _day(args.last),
                         args.words, args.row or None)
    with reading(args) as store:
        numbers = find(store.db, wanted)
        if args.out is not None:
            write = {".xlsx": audit_xlsx, ".csv": audit_csv}.get(args.out.suffix.lower())
            if write is None:
                raise Refused("{path}: the audit is written as xlsx or csv.", path=args.out)
            write_whole(args.out, write(store.db, numbers))
            return Answer((t("Written: {path}", path=args.out.absolute()),),
                          {"path": args.out.absolute(), "changes": len(numbers)})
        found = entries(store.db, numbers[:args.limit])
        told = [f"{e.id} {second_text(e.at)} {e.by_name} {what_words(e)} {table_of(e)} "
                f"{altered_words(store.db, e)}" for e in found.values()]
        data = [{"change": e.id, "at": e.at, "by": e.by_name, "verb": e.verb,
                 "says": verb_words(e.verb), "hash": e.hash, "rows": [
                     {"table": line.table, "row": line.row_id, "op": line.op,
                      "altered": {name: ["••••", "••••"] if name in SECRET else [old, new]
                                  for name, (old, new) in line.altered().items()}}
                     for line in lines(store.db, e.id, TOLD)]} for e in found.values()]
    return Answer((t("{n} changes fit.", n=len(numbers)), *told),
                  {"count": len(numbers), "changes": data})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused("“{text}” is not a day. Write it as 2027-01-01.", text=text) from error
