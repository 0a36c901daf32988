"""Arguments of the commands that keep the store and write and read its log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from db.words import mark, t
from ui.commands.verbs import add_officer, add_verb, count, lazy


def add(commands: Any) -> None:
    """The store's, from `init` to `restore`, and the log's, from `log` to `due`."""
    _keeping(commands)
    _records(commands)


def _keeping(commands: Any) -> None:
    make = add_verb(commands, "init", lazy("keeping", "init"), mark("make a district"))
    which = make.add_mutually_exclusive_group()
    which.add_argument("--sample", action="store_true", help=t("the sample district"))
    which.add_argument("--empty", default="", metavar="NAME", help=t("an empty district"))
    make.add_argument("--officer", default="", metavar="NAME",
                      help=t("first administrator of an empty district"))
    add_verb(commands, "check", lazy("keeping", "check_store"), mark("check that the record holds"))
    copy = add_verb(commands, "backup", lazy("keeping", "back_up_store"),
                    mark("make a checked backup"))
    copy.add_argument("--to", type=Path, metavar="DIR", help=t("folder of the backups"))
    copy.add_argument("--list", action="store_true", help=t("list the backups there are"))
    back = add_verb(commands, "restore", lazy("keeping", "restore_store"),
                    mark("put a backup in the store's place"))
    back.add_argument("backup", nargs="?", type=Path, metavar="FILE",
                      help=t("the backup; else the newest good one"))
    back.add_argument("--dry-run", action="store_true",
                      help=t("only say what it holds and what would be lost"))
    add_officer(back)


def _records(commands: Any) -> None:
    line = add_verb(commands, "log", lazy("records", "log"), mark("write one line into the log"))
    line.add_argument("text", metavar="TEXT", help=t("what happened"))
    line.add_argument("--kind", default="note", choices=_kinds(), metavar="KIND",
                      help=t("kind of entry: {kinds}", kinds=", ".join(_kinds())))
    line.add_argument("--event", default="", metavar="NO", help=t("number of the event"))
    line.add_argument("--at", default="", metavar="TIME",
                      help=t("when it happened: 21:47 or 2026-11-23 21:47"))
    add_officer(line)
    again = add_verb(commands, "replay", lazy("chronology", "replay"),
                     mark("turn a chronology (time, actor, entry) into an event"))
    again.add_argument("file", type=Path, metavar="FILE", help=t("a CSV file"))
    again.add_argument("--title", default="", help=t("title of the event"))
    again.add_argument("--again", action="store_true",
                       help=t("import it although it is there already"))
    add_officer(again)
    find = add_verb(commands, "search", lazy("records", "find"), mark("search names and the log"))
    find.add_argument("words", nargs="+", metavar="WORDS",
                      help=t("characters, pinyin, initials, digits"))
    find.add_argument("--limit", type=count, default=20, help=t("how many at most"))
    listed = add_verb(commands, "events", lazy("records", "events"), mark("list the open events"))
    listed.add_argument("--all", action="store_true", help=t("past events too"))
    row = add_verb(commands, "history", lazy("records", "history"),
                   mark("what happened to a record"))
    row.add_argument("row", metavar="NO", help=t("number of an event, or a row's id"))
    add_verb(commands, "due", lazy("papers", "due"), mark("list what is due"))


def _kinds() -> list[str]:
    from dispatch.terms import EntryKind

    return [kind.value for kind in EntryKind]
