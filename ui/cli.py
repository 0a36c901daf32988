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
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from db.errors import WatchdeskError
from db.words import LANGUAGES, catalogue, t
from ui import usage
from ui.commands import (
    desk_arguments,
    dispatching_arguments,
    drills_arguments,
    libraries_arguments,
    map_arguments,
    moving_arguments,
    net_arguments,
    papers_arguments,
    past_arguments,
    roster_arguments,
    trust_arguments,
    warnings_arguments,
    watch_arguments,
)
from ui.commands.desk import Answer
from ui.commands.verbs import Verb
from ui.look import read_look
from ui.places import data_folder, words_folder, words_kept

LANGUAGE = "WATCHDESK_LANG"
REFUSED, WRONG_USE = 1, 2
log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused or failed, 2 wrong use."""
    given = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    catalogue.load(_language(given), words_folder(), words_kept())
    usage.speak()
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
            desk_arguments.add,
            dispatching_arguments.add,
            libraries_arguments.add,
            moving_arguments.add,
            roster_arguments.add,
            watch_arguments.add,
            drills_arguments.add,
            past_arguments.add,
            net_arguments.add,
            map_arguments.add,
            trust_arguments.add,
            warnings_arguments.add,
            papers_arguments.add):
        add(commands)
    return parser
