"""Arguments of the watch's commands: shift, handover, remind."""

from __future__ import annotations

import argparse
from typing import Any

from db.words import t
from ui.commands.verbs import lazy

POSTS = ("leader", "main", "second", "standby")


def add(commands: Any) -> None:
    """The verbs, each loading what it needs when it is used."""
    for made in (_shift(commands), _handover(commands), _remind(commands)):
        made.add_argument("--officer", default="", metavar="NAME",
                          help=t("who writes; else the main officer on shift"))


def _verb(commands: Any, name: str, says: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, help=says, description=says)
    made.set_defaults(verb=lazy("watch", name))
    return made


def _shift(commands: Any) -> argparse.ArgumentParser:
    one = _verb(commands, "shift", t("show or open the shift, note who came, left or stepped in"))
    one.add_argument("what", nargs="?", default="show", choices=(
        "show", "open", "weather", "replace", "absent", "left", "back", "join"),
        help=t("what to do"))
    one.add_argument("words", nargs="?", default="", metavar="NAME",
                     help=t("whom it is about, or the weather"))
    one.add_argument("--with", dest="other", default="", metavar="NAME",
                     help=t("who comes instead"))
    one.add_argument("--post", choices=POSTS, default="main", help=t("the post"))
    one.add_argument("--why", default="", metavar="WORDS", help=t("the reason"))
    return one


def _handover(commands: Any) -> argparse.ArgumentParser:
    one = _verb(commands, "handover", t("show, draft, word, check, sign or add to a handover"))
    one.add_argument("what", nargs="?", default="show", choices=(
        "show", "list", "draft", "words", "check", "sign", "add"), help=t("what to do"))
    one.add_argument("words", nargs="?", default="", metavar="WORDS",
                     help=t("the item checked, who signs, or what is added"))
    one.add_argument("--number", default="", metavar="NO",
                     help=t("which handover; else that of the shift on watch"))
    one.add_argument("--summary", default=None, metavar="WORDS",
                     help=t("summary of the shift"))
    one.add_argument("--remarks", default=None, metavar="WORDS", help=t("remarks"))
    one.add_argument("--note", action="append", default=[], metavar="NO=WORDS",
                     help=t("what the next shift must know of an event"))
    one.add_argument("--fault", default="", metavar="WORDS", help=t("what is wrong with the item"))
    one.add_argument("--side", choices=("out", "in"), default="out",
                     help=t("hand over or take over"))
    one.add_argument("--post", choices=POSTS[:2], default="main", help=t("the post"))
    return one


def _remind(commands: Any) -> argparse.ArgumentParser:
    one = _verb(commands, "remind", t("list reminders, write one down, or tick one off"))
    one.add_argument("words", nargs="?", default="", metavar="WORDS",
                     help=t("what is to be done"))
    one.add_argument("--at", default="", metavar="TIME", help=t("07:00, or 2026-11-24 07:00"))
    one.add_argument("--done", default="", metavar="WORDS",
                     help=t("words of the reminder that is ticked off"))
    return one
