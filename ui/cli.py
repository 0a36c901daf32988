"""The command line 命令行: the same jobs without a window; no command opens the window."""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from db.errors import WatchdeskError
from db.words import LANGUAGES, catalogue, mark, t
from ui.commands import (
    drills_arguments,
    map_arguments,
    moving_arguments,
    net_arguments,
    past_arguments,
    roster_arguments,
    trust_arguments,
    warnings_arguments,
    watch_arguments,
)
from ui.commands.desk import Answer
from ui.look import read_look
from ui.places import data_folder, words_folder, words_kept

LANGUAGE = "WATCHDESK_LANG"
REFUSED, WRONG_USE = 1, 2
LIBRARIES = ("force", "equipment", "supply", "warehouse", "expert", "plan", "hazard", "shelter",
             "unit")
EXCHANGED = (*LIBRARIES, "goods_code")
"""The kinds of `resources.exchange.tables`, which loads only when one is exchanged."""

Verb = Callable[[argparse.Namespace], Answer]
log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused or failed, 2 wrong use."""
    given = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    catalogue.load(_language(given), words_folder(), words_kept())
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said if "--json" in given else sys.stderr):
            args = _parser().parse_args(given)
    except SystemExit as leaving:  # argparse has said why
        if leaving.code and "--json" in given:
            print(json.dumps({"error": "wrong use", "says": said.getvalue().strip(),
                              "field": ""}, ensure_ascii=False))
        return int(leaving.code or 0)
    try:
        answer = _window(args) if args.command is None else _verb(args)(args)
    except WatchdeskError as error:
        _say_error(args, error.source, str(error), error.field)
        return REFUSED
    except (KeyboardInterrupt, EOFError):
        _say_error(args, "stopped", t("Stopped."), "")
        return REFUSED
    except Exception:
        log.exception("a defect in the command %s", args.command)
        _say_error(args, "defect", t("Watchdesk itself failed. What was committed is safe; the"
                                     " lines above say where."), "")
        return REFUSED
    try:
        _say(args, answer)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return answer.status


def _speak_utf8() -> None:
    """Chinese must come out whole on a terminal or pipe of any locale."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


def _language(given: Sequence[str]) -> str:
    """The language asked for before anything is parsed, so that help speaks it too."""
    looking = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    looking.add_argument("--lang", default=None)
    looking.add_argument("--data", type=Path, default=None)
    known, _ = looking.parse_known_args([a for a in given if a not in {"-h", "--help"}])
    chosen = read_look(data_folder(known.data)).language
    for wanted in (known.lang, os.environ.get(LANGUAGE), chosen):
        if wanted in LANGUAGES:
            return str(wanted)
    return LANGUAGES[0]


def _window(args: argparse.Namespace) -> Answer:
    gc.disable()  # what is made for the first window stays; `warm` lets the collector begin
    from ui.app import run

    try:
        status = run(data_folder(args.data), quit_after_first_paint=args.once)
    finally:
        gc.enable()
    return Answer(status=int(status))


def _verb(args: argparse.Namespace) -> Verb:
    verb: Verb = args.verb
    return verb


def _say(args: argparse.Namespace, answer: Answer) -> None:
    if args.json:
        print(json.dumps(answer.data, ensure_ascii=False, default=_plain))
        return
    for line in answer.lines:
        print(line)


def _say_error(args: argparse.Namespace, code: str, says: str, field: str) -> None:
    if args.json:
        print(json.dumps({"error": code, "says": says, "field": field}, ensure_ascii=False))
    else:
        print(says, file=sys.stderr)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _lazy(module: str, name: str) -> Verb:
    """A verb whose module is loaded when it is used, so that each command starts quickly."""

    def verb(args: argparse.Namespace) -> Answer:
        import importlib

        answer: Answer = getattr(importlib.import_module(f"ui.commands.{module}"), name)(args)
        return answer

    return verb


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="watchdesk", description=t("Watchdesk, the duty room's desk. Without a command it"
                                        " opens the window."))
    parser.add_argument("--data", type=Path, metavar="DIR", help=t("the district's folder"))
    parser.add_argument("--lang", choices=LANGUAGES, help=t("language of the answers"))
    parser.add_argument("--json", action="store_true", help=t("answer in JSON"))
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for add in (
            _keeping, _records, _dispatching, _libraries, _exchange,
            moving_arguments.add,
            roster_arguments.add,
            watch_arguments.add,
            drills_arguments.add,
            past_arguments.add,
            net_arguments.add,
            map_arguments.add,
            trust_arguments.add,
            warnings_arguments.add,
            _papers):
        add(commands)
    return parser


Commands = Any  # argparse's own class for this is private


def _add(commands: Commands, name: str, verb: Verb, says: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=t(says), description=t(says))
    parser.set_defaults(verb=verb)
    return parser


def _by(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--officer", default="", metavar="NAME",
                        help=t("who writes; else the main officer on shift"))


def _keeping(commands: Commands) -> None:
    make = _add(commands, "init", _lazy("keeping", "init"), mark("make a district"))
    which = make.add_mutually_exclusive_group()
    which.add_argument("--sample", action="store_true", help=t("the sample district"))
    which.add_argument("--empty", default="", metavar="NAME", help=t("an empty district"))
    make.add_argument("--officer", default="", metavar="NAME",
                      help=t("first administrator of an empty district"))
    _add(commands, "check", _lazy("keeping", "check_store"), mark("check that the record holds"))
    copy = _add(commands, "backup", _lazy("keeping", "back_up_store"),
                mark("make a checked backup"))
    copy.add_argument("--to", type=Path, metavar="DIR", help=t("folder of the backups"))
    copy.add_argument("--list", action="store_true", help=t("list the backups there are"))
    back = _add(commands, "restore", _lazy("keeping", "restore_store"),
                mark("put a backup in the store's place"))
    back.add_argument("backup", nargs="?", type=Path, metavar="FILE",
                      help=t("the backup; else the newest good one"))
    back.add_argument("--dry-run", action="store_true",
                      help=t("only say what it holds and what would be lost"))
    _by(back)


def _records(commands: Commands) -> None:
    line = _add(commands, "log", _lazy("records", "log"), mark("write one line into the log"))
    line.add_argument("text", metavar="TEXT", help=t("what happened"))
    line.add_argument("--kind", default="note", choices=_kinds(), metavar="KIND",
                      help=t("kind of entry: {kinds}", kinds=", ".join(_kinds())))
    line.add_argument("--event", default="", metavar="NO", help=t("number of the event"))
    line.add_argument("--at", default="", metavar="TIME",
                      help=t("when it happened: 21:47 or 2026-11-23 21:47"))
    _by(line)
    again = _add(commands, "replay", _lazy("chronology", "replay"),
                 mark("turn a chronology (time, actor, entry) into an event"))
    again.add_argument("file", type=Path, metavar="FILE", help=t("a CSV file"))
    again.add_argument("--title", default="", help=t("title of the event"))
    again.add_argument("--again", action="store_true",
                       help=t("import it although it is there already"))
    _by(again)
    find = _add(commands, "search", _lazy("records", "find"), mark("search names and the log"))
    find.add_argument("words", nargs="+", metavar="WORDS",
                      help=t("characters, pinyin, initials, digits"))
    find.add_argument("--limit", type=int, default=20, help=t("how many at most"))
    listed = _add(commands, "events", _lazy("records", "events"), mark("list the open events"))
    listed.add_argument("--all", action="store_true", help=t("past events too"))
    row = _add(commands, "history", _lazy("records", "history"),
               mark("what happened to a record"))
    row.add_argument("row", metavar="NO", help=t("number of an event, or a row's id"))
    _add(commands, "due", _lazy("papers", "due"), mark("list what is due"))


def _dispatching(commands: Commands) -> None:
    send = _add(commands, "dispatch", _lazy("dispatching", "dispatch"),
                mark("propose forces for an event, or order them"))
    send.add_argument("event", metavar="NO", help=t("number of the event"))
    send.add_argument("--force", action="append", default=[], metavar="NAME",
                      help=t("a force to order; may be repeated"))
    send.add_argument("--take", action="store_true", help=t("order what is proposed"))
    send.add_argument("--minutes", type=int, default=None, help=t("promised minutes"))
    send.add_argument("--text", default="", help=t("text of the order"))
    send.add_argument("--reinforces", default="", metavar="ORDER",
                      help=t("number of the order that is reinforced"))
    send.add_argument("--also-out", action="store_true",
                      help=t("even if it is out elsewhere"))
    _by(send)
    stamp = _add(commands, "stage", _lazy("dispatching", "stage"),
                 mark("stamp a stage of an order, or correct one"))
    stamp.add_argument("order", metavar="ORDER", help=t("number of the order"))
    stamp.add_argument("stage", nargs="?", default="", metavar="STAGE", choices=["", *_stages()],
                       help=t("one of: {kinds}", kinds=", ".join(_stages())))
    for name in ("at", "said-by", "place", "note", "reason"):
        stamp.add_argument(f"--{name}", default="")
    stamp.add_argument("--way", default="phone")
    for name in ("people", "vehicles"):
        stamp.add_argument(f"--{name}", type=int, default=None)
    for name in ("came", "left"):
        stamp.add_argument(f"--{name}", type=int, default=0)
    stamp.add_argument("--strike", action="store_true", help=t("strike this stage's time"))
    _by(stamp)
    asked = _add(commands, "check-in", _lazy("dispatching", "check"),
                 mark("note a safety check-in, or list who is asked"))
    asked.add_argument("order", nargs="?", default="", metavar="ORDER",
                       help=t("number of the order"))
    asked.add_argument("--people", type=int, default=None)
    asked.add_argument("--trouble", default="", help=t("what is wrong with them"))
    asked.add_argument("--said-by", default="")
    _by(asked)
    answer = _add(commands, "response", _lazy("dispatching", "response"),
                  mark("start, adjust or end the response to an event"))
    answer.add_argument("event", metavar="NO", help=t("number of the event"))
    answer.add_argument("--level", type=int, default=0)
    answer.add_argument("--end", action="store_true")
    for name in ("measures", "expected", "approver", "reason"):
        answer.add_argument(f"--{name}", default="")
    _by(answer)
    sent = _add(commands, "sent", _lazy("dispatching", "goods"),
                mark("list what an event got besides forces, or take it back"))
    sent.add_argument("event", metavar="NO", help=t("number of the event"))
    sent.add_argument("--back", default="", metavar="SLIP")
    sent.add_argument("--quantity", type=float, default=0)
    sent.add_argument("--condition", default="")
    _by(sent)


def _libraries(commands: Commands) -> None:
    _add(commands, "upkeep", _lazy("libraries", "upkeep"), mark("list what waits for the keeper"))
    there = _add(commands, "stock", _lazy("libraries", "stock"), mark("list the stock of supplies"))
    there.add_argument("words", nargs="*", metavar="WORDS", help=t("parts of the name or code"))
    there.add_argument("--lots", action="store_true", help=t("each lot with what is left of it"))
    there.add_argument("--slips", action="store_true", help=t("the movements instead"))
    _record(commands)
    plan = _add(commands, "demand", _lazy("libraries", "demand"),
                mark("the demand plan of a year"))
    plan.add_argument("year", type=int, metavar="YEAR", help=t("the year, as 2027"))
    plan.add_argument("--out", type=Path, metavar="FILE", help=t("the PDF to write"))


def _record(commands: Commands) -> None:
    one = _add(commands, "record", _lazy("record", "record"),
               mark("show, add, edit, retire or restore a record of a library"))
    one.add_argument("act", choices=("show", "add", "edit", "retire", "restore"))
    one.add_argument("kind", metavar="KIND", choices=(*LIBRARIES, "place"),
                     help=t("one of: {kinds}", kinds=", ".join((*LIBRARIES, "place"))))
    one.add_argument("row", nargs="?", default="", metavar="NAME",
                     help=t("its name or id; not for add"))
    one.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE",
                     help=t("a field and its value; may be given again and again"))
    one.add_argument("--reason", default="", help=t("why it is retired"))
    _by(one)


def _exchange(commands: Commands) -> None:
    take = _add(commands, "import", _lazy("exchange", "import_file"),
                mark("import an xlsx or csv file into a library, or past events"))
    _library(take, more=("events",))
    past_arguments.add_import(take)
    take.add_argument("--sheet", default="", metavar="NAME", help=t("the sheet; else the fitting"))
    take.add_argument("--on-duplicate", choices=("update", "skip", "new"), default="skip",
                      help=t("what to do with records that are there already"))
    take.add_argument("--crs", choices=("CGCS2000", "WGS-84", "GCJ-02", "BD-09"),
                      default="", help=t("the system its coordinates came in; else as this source"
                                         " was taken in before, or CGCS2000"))
    take.add_argument("--column", action="append", default=[], metavar="HEADING=FIELD",
                      help=t("the field of a column that is not known; may be repeated"))
    take.add_argument("--header", type=int, default=0, metavar="ROW",
                      help=t("the row that names the columns; else found"))
    take.add_argument("--dry-run", action="store_true", help=t("only say what would happen"))
    _by(take)
    back = _add(commands, "undo-import", _lazy("exchange", "undo"), mark("take an import back"))
    back.add_argument("change", nargs="?", type=int, default=0, metavar="NO",
                      help=t("its number; else the latest"))
    back.add_argument("--list", action="store_true", help=t("list the imports there were"))
    _by(back)
    _library(_add(commands, "export", _lazy("exchange", "export_file"),
                  mark("write a library into an xlsx or csv file")))
    _library(_add(commands, "template", _lazy("exchange", "template"),
                  mark("write a blank xlsx of a library to hand out")))


def _library(parser: argparse.ArgumentParser, more: tuple[str, ...] = ()) -> None:
    kinds = (*EXCHANGED, *more)
    parser.add_argument("kind", metavar="KIND", choices=kinds,
                        help=t("one of: {kinds}", kinds=", ".join(kinds)))
    parser.add_argument("file", type=Path, metavar="FILE", help=t("an xlsx or csv file"))


def _stages() -> list[str]:
    from dispatch.terms import Stage

    return [stage.value for stage in Stage if stage is not Stage.ORDERED]


def _kinds() -> list[str]:
    from dispatch.terms import EntryKind

    return [kind.value for kind in EntryKind]


def _papers(commands: Commands) -> None:
    paper = _add(commands, "print", _lazy("printing", "print_paper"), mark("write a paper as PDF"))
    paper.add_argument("paper", choices=("handover", "after-action", "log", "report", "flash",
                                          "daily", "blank", "book", "roster"))
    paper.add_argument("which", nargs="?", default="", metavar="WHICH",
                       help=t("which blank form (handover, log, call, roll-call; else all), which"
                              " book, or the number of a handover"))
    paper.add_argument("--week", action="store_true", help=t("the card of the week of --day"))
    paper.add_argument("--paper-size", choices=("A4", "A3"), default="A4", help=t("paper"))
    paper.add_argument("--day", default="", metavar="DAY",
                       help=t("the day of the summary or week, as 2026-11-23; else today"))
    paper.add_argument("--event", default="", metavar="NO", help=t("number of the event"))
    paper.add_argument("--out", type=Path, metavar="FILE",
                       help=t("the file to write, by its ending a PDF, docx or txt; a folder for"
                              " blank forms"))
    paper.add_argument("--book", choices=("log", "handover", "call"), default="log",
                       help=t("which month book"))
    paper.add_argument("--month", default="", metavar="YYYY-MM",
                       help=t("month of the book or roster"))
    _by(paper)
    code = _add(commands, "verify", _lazy("papers", "verify"),
                mark("find the record behind a paper's verification code"))
    code.add_argument("code", metavar="CODE", help=t("the code on the paper"))
    tour = _add(commands, "tour", _lazy("papers", "tour"),
                mark("drive the window through a whole shift, with pictures"))
    tour.add_argument("--out", type=Path, required=True, metavar="DIR",
                      help=t("folder of the pictures and papers"))
