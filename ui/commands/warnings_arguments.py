"""Arguments of the commands about warnings."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path
from typing import Any

from db.words import t
from ui.commands.desk import Answer


def add(commands: Any) -> None:
    """One verb, `warning`, and what it may do."""
    says = t("list warnings, read one from a CAP file, write one to a CAP file, lift one, pass one"
             " on, or write down who acknowledged it")
    parser: argparse.ArgumentParser = commands.add_parser("warning", help=says, description=says)
    verbs = parser.add_subparsers(dest="what", required=True, metavar="VERB")
    every = _verb(verbs, "list", "list_warnings", t("list the warnings in force"))
    every.add_argument("--all", action="store_true", help=t("lifted ones too"))
    read = _verb(verbs, "read", "read_warning", t("read a warning from a CAP file"))
    read.add_argument("file", type=Path, metavar="FILE", help=t("a CAP 1.2 file"))
    read.add_argument("--dry-run", action="store_true",
                      help=t("only say what it would do, keep nothing"))
    read.add_argument("--color", default="", choices=("red", "orange", "yellow", "blue"),
                      help=t("where the file says no colour"))
    write = _verb(verbs, "write", "write_warning", t("write a warning to a CAP file"))
    lift = _verb(verbs, "lift", "lift", t("lift a warning"))
    passing = _verb(verbs, "pass", "pass_on", t("pass a warning on to units of the net"))
    ack = _verb(verbs, "ack", "acknowledge", t("write down that units acknowledged a warning"))
    passed = _verb(verbs, "passed", "show_passes", t("list to whom a warning went"))
    for one in (write, lift, passing, ack, passed):
        one.add_argument("id", type=int, metavar="ID", help=t("its number in the list"))
    write.add_argument("file", type=Path, metavar="FILE", help=t("a file to write"))
    passing.add_argument("--to", nargs="+", default=[], metavar="UNIT",
                         help=t("names or call signs of the net"))
    passing.add_argument("--all-towns", action="store_true", help=t("all towns of the net"))
    passing.add_argument("--other", nargs="+", default=[], metavar="NAME",
                         help=t("who is not on the net"))
    passing.add_argument("--way", default="phone", help=t("how; callout sends it by a call-out"),
                         choices=("phone", "written", "radio", "sms", "fax", "system", "person",
                                  "callout"))
    ack.add_argument("unit", nargs="+", metavar="UNIT", help=t("its name, or a part of it"))
    ack.add_argument("--said-by", default="", metavar="NAME", help=t("who said so"))
    ack.add_argument("--take-back", action="store_true",
                     help=t("it was written down in error"))
    for one in (read, lift, passing, ack):
        one.add_argument("--officer", default="", metavar="NAME",
                         help=t("who writes; else the main officer on shift"))


def _verb(verbs: Any, name: str, does: str, says: str) -> argparse.ArgumentParser:
    """One verb, its module loaded when it is used."""
    def run(args: argparse.Namespace) -> Answer:
        answer: Answer = getattr(importlib.import_module("ui.commands.warnings"), does)(args)
        return answer

    parser: argparse.ArgumentParser = verbs.add_parser(name, help=says, description=says)
    parser.set_defaults(verb=run)
    return parser
