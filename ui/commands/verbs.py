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


def count(typed: str) -> int:
    """A whole number from 1 up, as argparse reads it."""
    if not typed.isascii() or not typed.isdigit() or not int(typed):
        raise argparse.ArgumentTypeError(t("{typed} is no whole number from 1 up", typed=typed))
    return int(typed)


def year(typed: str) -> int:
    """A year of this or the next century, as argparse reads it."""
    if len(typed) != 4 or not typed.isascii() or not typed.isdigit() or typed < "2000":
        raise argparse.ArgumentTypeError(t("{typed} is no year; write it as 2027", typed=typed))
    return int(typed)


def length(typed: str) -> float:
    """A number above zero, as argparse reads it."""
    try:
        found = float(typed)
    except ValueError:
        found = 0.0
    if not 0 < found < 1e6:
        raise argparse.ArgumentTypeError(t("{typed} is no number above zero", typed=typed))
    return found


def add_officer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--officer", default="", metavar="NAME",
                        help=t("who writes; else the main officer on shift"))
