"""Arguments of the commands about past events, statistics and the after-action."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from db.words import mark, t
from ui.commands.desk import Answer


def _verb(module: str, name: str) -> Any:
    """A verb whose module is loaded when it is used."""
    def verb(args: argparse.Namespace) -> Answer:
        import importlib

        answer: Answer = getattr(importlib.import_module(f"ui.commands.{module}"), name)(args)
        return answer

    return verb


def add_import(take: argparse.ArgumentParser) -> None:
    """What the import of past events asks beside a library's."""
    take.add_argument("--dates", choices=("mdy", "dmy"), default="",
                      help=t("past events: whether the month or the day comes first"))
    take.add_argument("--again", action="store_true",
                      help=t("past events: although the file is there already"))


def add(commands: Any) -> None:
    counted = _add(commands, "statistics", _verb("past", "statistics"),
                   mark("events and response times of a period"))
    counted.add_argument("--from", dest="first", default="", metavar="DAY",
                         help=t("first day, as 2026-01-01"))
    counted.add_argument("--to", dest="last", default="", metavar="DAY",
                         help=t("last day, as 2026-12-31"))
    counted.add_argument("--source", choices=("all", "desk", "past"), default="all",
                         help=t("the desk's own events, imported ones, or all"))
    counted.add_argument("--out", type=Path, metavar="FILE",
                         help=t("a PDF or xlsx to write"))
    _after_action(commands)


def _after_action(commands: Any) -> None:
    one = _add(commands, "after-action", _verb("after_action", "after_action"),
               mark("the after-action of an event: facts, files, what is written of it"))
    one.add_argument("event", metavar="NO", help=t("number of the event"))
    for form in ("xlsx", "docx", "pdf"):
        one.add_argument(f"--{form}", type=Path, metavar="FILE", help=t("the file to write"))
    for name, says in (("course", mark("course of events")), ("cause", mark("causes")),
                       ("lessons", mark("lessons")), ("measures", mark("measures to improve")),
                       ("reported-to", mark("who it was reported to"))):
        one.add_argument(f"--{name}", default="", metavar="WORDS", help=t(says))
    _by(one)
    better = _add(commands, "improve", _verb("after_action", "improve"),
                  mark("list what is to be better, add to it or close it"))
    better.add_argument("event", nargs="?", default="", metavar="NO",
                        help=t("number of the event"))
    for name, says in (("problem", mark("what was wrong")), ("measure", mark("what is to be done")),
                       ("owner", mark("who answers for it")), ("outcome", mark("what came of it"))):
        better.add_argument(f"--{name}", default="", metavar="WORDS", help=t(says))
    better.add_argument("--until", default="", metavar="DAY", help=t("last day, as 2026-12-31"))
    better.add_argument("--close", type=int, default=0, metavar="ID",
                        help=t("close this improvement"))
    _by(better)


def _by(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--officer", default="", metavar="NAME",
                        help=t("who writes; else the main officer on shift"))


def _add(commands: Any, name: str, verb: Any, says: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=t(says), description=t(says))
    parser.set_defaults(verb=verb)
    return parser
