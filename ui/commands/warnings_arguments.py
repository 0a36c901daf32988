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
    says = t("list warnings, read one from a CAP file, write one to a CAP file, or lift one")
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
    for one in (write, lift):
        one.add_argument("id", type=int, metavar="ID", help=t("its number in the list"))
    write.add_argument("file", type=Path, metavar="FILE", help=t("a file to write"))
    for one in (read, lift):
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
