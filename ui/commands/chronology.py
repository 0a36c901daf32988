"""The command that turns a chronology file into an event with its back-filled log."""

from __future__ import annotations

import argparse

from db.errors import Refused
from db.words import t
from resources.localtime import moment_text
from ui.commands.desk import Answer, officer, tell_progress, writing


def replay(args: argparse.Namespace) -> Answer:
    """Import the whole file as one event, or nothing of it."""
    from dispatch.replay import read_chronology
    from dispatch.replay import replay as take_in

    try:
        content = args.file.read_bytes()
    except OSError as error:
        raise Refused("{path} cannot be read: {why}. Check the file's name and rights.",
                      path=args.file, why=error) from error
    rows = read_chronology(content)
    with writing(args) as store:
        by = officer(store, args.officer)
        event = take_in(store, rows, args.title or args.file.stem, again=args.again,
                        progress=tell_progress, by=by)
    first, last = rows[0].at, rows[-1].at
    return Answer((t("Event {number} “{title}” holds {n} entries from {first} to {last},"
                     " entered afterwards.", number=event.number, title=event.title, n=len(rows),
                     first=moment_text(first, year=True), last=moment_text(last, year=True)),
                   t("Print it: watchdesk print after-action --event {number}",
                     number=event.number)),
                  {"number": event.number, "id": event.id, "title": event.title,
                   "entries": len(rows), "first": first, "last": last})
