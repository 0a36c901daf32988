"""Usage 用法: what argparse says of itself, in the language of the answers."""

from __future__ import annotations

import argparse
from typing import Any

from db.words import mark, t

ITS_OWN = (
    mark("usage: "),
    mark("positional arguments"),
    mark("options"),
    mark("show this help message and exit"),
    mark("%(prog)s: error: %(message)s\n"),
    mark("argument %(argument_name)s: %(message)s"),
    mark("the following arguments are required: %s"),
    mark("one of the arguments %s is required"),
    mark("unrecognized arguments: %s"),
    mark("not allowed with argument %s"),
    mark("ambiguous option: %(option)s could match %(matches)s"),
    mark("ignored explicit argument %r"),
    mark("invalid %(type)s value: %(value)r"),
    mark("invalid choice: %(value)r (choose from %(choices)s)"),
    mark("expected one argument"),
    mark("expected at most one argument"),
    mark("expected at least one argument"),
    mark("expected %s argument"),
    mark("expected %s arguments"),
)
"""The sentences of argparse that a wrong use can meet, word for word."""


def speak() -> None:
    """Let argparse take its sentences from the catalogue instead of the system's gettext."""
    own: dict[str, Any] = vars(argparse)
    own["_"] = _said
    own["ngettext"] = lambda one, more, n: _said(one if n == 1 else more)


def _said(sentence: str | None) -> str | None:
    return sentence and t(sentence)
