"""Verbs 命令: how a command is added to the command line, its module loaded when it is used."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from db.words import t
from ui.commands.desk import Answer

Verb = Callable[[argparse.Namespace], Answer]


def lazy(module: str, name: str) -> Verb:
    """A verb whose module is loaded when it is used, so that each command starts quickly."""

    def verb(args: argparse.Namespace) -> Answer:
        import importlib

        answer: Answer = getattr(importlib.import_module(f"ui.commands.{module}"), name)(args)
        return answer

    return verb


def add_verb(commands: Any, name: str, verb: Verb, says: str) -> argparse.ArgumentParser:
    """One command; `says` is its sentence in English, marked for translation."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=t(says), description=t(says))
    parser.set_defaults(verb=verb)
    return parser


def add_officer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--officer", default="", metavar="NAME",
                        help=t("who writes; else the main officer on shift"))
