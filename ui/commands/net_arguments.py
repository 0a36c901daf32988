"""Arguments of the net's commands: net, rollcall, callout."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from db.words import t
from ui.commands.verbs import lazy

BRANCHES = ("upper", "district", "department", "hospital", "town", "village", "company", "force")
RESULTS = ("present", "away", "leave", "silent", "fault", "other")


def add(commands: Any) -> None:
    """The verbs, each loading what it needs when it is used."""
    for made in (_net(commands), _rollcall(commands), _callout(commands)):
        made.add_argument("--out", type=Path, metavar="FILE",
                          help=t("the file to write, by its ending a PDF, docx, txt or xlsx"))
        made.add_argument("--officer", default="", metavar="NAME",
                          help=t("who writes; else the main officer on shift"))


def _verb(commands: Any, module: str, name: str, says: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, help=says, description=says)
    made.set_defaults(verb=lazy(module, name))
    return made


def _who(one: argparse.ArgumentParser) -> None:
    one.add_argument("--branch", action="append", default=[], choices=BRANCHES,
                     help=t("a branch of the net; may be repeated"))
    one.add_argument("--capability", action="append", default=[], metavar="WORD",
                     help=t("forces that can do it; may be repeated"))
    one.add_argument("--group", action="append", default=[], metavar="NAME",
                     help=t("a group; may be repeated"))
    one.add_argument("--unit", action="append", default=[], metavar="NAME",
                     help=t("a unit or force by name; may be repeated"))
    one.add_argument("--ring", default="", metavar="LON,LAT,KM",
                     help=t("only within so many km of a point"))
    one.add_argument("--on-net", action="store_true", help=t("only who is on the net"))


def _net(commands: Any) -> argparse.ArgumentParser:
    one = _verb(commands, "net", "net", t("list the net, log a call, keep persons, groups and"
                                          " channels"))
    one.add_argument("what", nargs="?", default="list", choices=(
        "list", "flaws", "call", "persons", "group", "channels", "channel", "test", "print"),
        help=t("what to do"))
    one.add_argument("name", nargs="?", default="", metavar="NAME",
                     help=t("of the unit, group or channel, or words to find"))
    _who(one)
    one.add_argument("--number", type=int, default=1, help=t("which of its numbers"))
    one.add_argument("--said", default="", metavar="WORDS", help=t("what was said"))
    one.add_argument("--no-answer", action="store_true", help=t("nobody answered"))
    one.add_argument("--person", action="append", default=[], metavar="NAME,POST,PHONE,MAIL",
                     help=t("a person, in order; may be repeated"))
    one.add_argument("--kind", default="hook", metavar="KIND", help=t("kind of channel"))
    one.add_argument("--address", default="", help=t("host:port or URL of a channel"))
    one.add_argument("--sender", default="", help=t("sender's address of a mail channel"))
    one.add_argument("--off", action="store_true", help=t("switch the channel off"))
    one.add_argument("--secret", action="store_true",
                     help=t("ask for its password or token, for the keyring"))
    return one


def _rollcall(commands: Any) -> argparse.ArgumentParser:
    one = _verb(commands, "rollcall", "rollcall", t("begin, answer, end and print roll calls"))
    one.add_argument("what", nargs="?", default="due", choices=(
        "due", "list", "start", "show", "answer", "again", "end", "template", "print", "blank",
        "month"), help=t("what to do"))
    one.add_argument("name", nargs="?", default="", metavar="NAME",
                     help=t("of the template, or the number of the roll call"))
    one.add_argument("result", nargs="?", default="", choices=("", *RESULTS), metavar="RESULT",
                     help=t("one of: {kinds}", kinds=", ".join(RESULTS)))
    _who(one)
    one.add_argument("--way", default="phone", choices=("phone", "radio", "video"),
                     help=t("how it is called"))
    one.add_argument("--responder", default="", metavar="NAME", help=t("who answered"))
    one.add_argument("--quality", type=int, default=None, help=t("of the radio, 1 to 5"))
    one.add_argument("--note", default="", help=t("a note"))
    one.add_argument("--times", default="", metavar="HH:MM", help=t("every day at these times"))
    one.add_argument("--random", type=int, default=0, help=t("times a week at random"))
    one.add_argument("--sample", type=int, default=0, help=t("how many units are drawn then"))
    one.add_argument("--month", default="", metavar="YYYY-MM", help=t("else the present one"))
    return one


def _callout(commands: Any) -> argparse.ArgumentParser:
    one = _verb(commands, "callout", "callout", t("call out a group, and follow who answers"))
    one.add_argument("what", nargs="?", default="start", choices=(
        "start", "list", "show", "answer", "decide", "send", "close", "copy", "print"),
        help=t("what to do"))
    one.add_argument("number", nargs="?", default="", metavar="NO",
                     help=t("number of the call-out; else the newest open one"))
    _who(one)
    one.add_argument("--event", default="", metavar="NO", help=t("number of the event"))
    one.add_argument("--plan", default="", metavar="NAME",
                     help=t("the forces that this plan calls for"))
    one.add_argument("--title", default="", help=t("what it is about"))
    one.add_argument("--text", default="", help=t("what they read; else the plan's template"))
    one.add_argument("--channel", action="append", default=[], metavar="NAME",
                     help=t("a channel; may be repeated; none means by hand"))
    one.add_argument("--minutes", type=int, default=None,
                     help=t("until the next number is tried"))
    one.add_argument("--no-orders", action="store_true",
                     help=t("who confirms is not ordered to the event"))
    one.add_argument("--dry-run", action="store_true", help=t("only say who would be called"))
    one.add_argument("--who", default="", metavar="NAME",
                     help=t("name, call sign, number or place on the list"))
    one.add_argument("--answer", default="acknowledged",
                     choices=("acknowledged", "refused", "no_answer"), help=t("what they answered"))
    one.add_argument("--by-whom", default="", metavar="NAME", help=t("who answered"))
    one.add_argument("--way", default="sms", help=t("how they answered, as phone or sms"))
    one.add_argument("--note", default="", help=t("a note"))
    one.add_argument("--lost", action="store_true", help=t("the message did not get out"))
    return one
