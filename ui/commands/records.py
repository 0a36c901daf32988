"""Commands about the record: write a line, list events, search, a row's or event's history."""

from __future__ import annotations

import argparse
import re
from datetime import datetime

from db import search
from db.errors import Refused
from db.store import Store
from db.words import t
from resources.localtime import clock_text, local, moment_text
from ui.commands.desk import Answer, officer, reading, writing


def log(args: argparse.Namespace) -> Answer:
    """Write one line into the duty log, durably."""
    from dispatch.events import event_by_number
    from dispatch.log import append_entry
    from dispatch.terms import EntryKind

    with writing(args) as store:
        by = officer(store, args.officer)
        event = event_by_number(store, args.event).id if args.event else None
        entry = append_entry(store, args.text, kind=EntryKind(args.kind),
                             at=instant(store, args.at), event=event, by=by)
    return Answer((t("Entry {no} written: {time} {text}", no=entry.no, time=clock_text(entry.at),
                     text=entry.text),),
                  {"id": entry.id, "no": entry.no, "at": entry.at, "text": entry.text})


def instant(store: Store, typed: str) -> datetime | None:
    """A local time from the command line: `21:47` (today) or `2026-11-23 21:47`.

    Raises:
        Refused: it is neither.
    """
    if not typed:
        return None
    if re.fullmatch(r"\d{1,2}:\d{2}", typed):
        typed = f"{local(store.clock.now()):%Y-%m-%d} {typed}"
    try:
        found = datetime.fromisoformat(typed)
    except ValueError as error:
        raise Refused("{time} is not a time. Write 21:47 or 2026-11-23 21:47.",
                      field="at", time=typed) from error
    return found if found.tzinfo else found.replace(tzinfo=local(store.clock.now()).tzinfo)


def find(args: argparse.Namespace) -> Answer:
    """Search names and the log."""
    words = " ".join(args.words)
    with reading(args) as store:
        hits = search.find_names(store.db, words, args.limit)
        wanted = search.find_log(store.db, words, args.limit)
        entries = [row for i in wanted if (row := store.one(
            "select id, no, at, text from log where id = :id", id=i))]
    names = [{"kind": h.kind, "id": h.id, "title": h.title} for h in hits]
    lines = [f"{_kind(h.kind)}  {h.title}" for h in hits]
    lines += [t("Log {no}  {time}  {text}", no=r["no"],
                time=moment_text(datetime.fromisoformat(r["at"])), text=r["text"])
              for r in entries]
    return Answer(tuple(lines) or (t("Nothing found for “{words}”.", words=words),),
                  {"names": names, "log": [dict(r) for r in entries]})


def _kind(table: str) -> str:
    names = {"event": t("Event"), "officer": t("Officer"), "unit": t("Unit"),
             "force": t("Force"), "equipment": t("Equipment"), "warehouse": t("Warehouse"),
             "supply": t("Supply"), "expert": t("Expert"), "plan": t("Plan"),
             "hazard": t("Hazard source"), "shelter": t("Shelter"), "place": t("Place"),
             "drill_line": t("planned drill"), "net_contact": t("contact")}
    return names.get(table, table)


def events(args: argparse.Namespace) -> Answer:
    """The open events, with `--all` past ones too."""
    from dispatch.events import open_events, past_events
    from dispatch.terms import LEVEL_NAMES

    with reading(args) as store:
        found = open_events(store)
        if args.all:
            found += past_events(store)
    lines = []
    rows = []
    for event in found:
        level = t(LEVEL_NAMES[event.level]) if event.level else "—"
        lines.append(f"{level}  {event.number}  {event.title}  {event.place}"
                     f"  {moment_text(event.received_at)}")
        rows.append({"id": event.id, "number": event.number, "title": event.title,
                     "level": event.level, "state": event.state, "place": event.place,
                     "received_at": event.received_at})
    return Answer(tuple(lines) or (t("No event is open."),), {"events": rows})


def history(args: argparse.Namespace) -> Answer:
    """What happened to one row: an event's number, or any row's id."""
    from db import journal
    from dispatch.audit import Line
    from dispatch.audit_terms import verb_words
    from dispatch.audit_values import SECRET
    from dispatch.audit_words import line_words

    with reading(args) as store:
        row = store.value("select id from event where number = :no", no=args.row)
        if row is None and not args.row.isdigit():
            raise Refused("There is no event {number}. `watchdesk events --all` lists them.",
                          number=args.row)
        steps = journal.history(store.db, row or int(args.row))
        table = store.value("select tbl from journal where row_id = :row limit 1",
                            row=row or int(args.row))
        if not steps:
            raise Refused("Nothing is written about the row {row}.", row=args.row)
        said = [line_words(store.db, Line(table, row or int(args.row), s.op, s.before, s.after))
                for s in steps]
    lines = [f"#{s.change_id}  {moment_text(s.at, year=True)}  {s.by_name}  {verb_words(s.verb)}"
             f"  {words}" for s, words in zip(steps, said, strict=True)]
    return Answer(tuple(lines), {"history": [
        {"change": s.change_id, "at": s.at, "by": s.by_name, "verb": s.verb, "op": s.op,
         "altered": {name: ("••••", "••••") if name in SECRET else pair
                     for name, pair in s.altered().items()}} for s in steps]})
