"""Arguments of the roster's commands."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path
from typing import Any

from db.words import t
from ui.commands.desk import Answer

IN_ROSTER = ("solve", "show", "publish", "swap", "export", "import", "print")
IN_ACTS = ("put", "clear", "year", "reopen", "decide", "leave", "special", "history")


def _roster(args: argparse.Namespace) -> Answer:
    module, verb = ("roster", "roster") if args.what in IN_ROSTER else ("roster_acts", "act")
    answer: Answer = getattr(importlib.import_module(f"ui.commands.{module}"), verb)(args)
    return answer


def add(commands: Any) -> None:
    """One verb, `roster`, and what it may do with a month."""
    says = t("solve, show, publish, swap, export, import or print a month; put duties, enter leave")
    month: argparse.ArgumentParser = commands.add_parser("roster", help=says, description=says)
    month.set_defaults(verb=_roster)
    month.add_argument("what", choices=(*IN_ROSTER, *IN_ACTS), help=t("what to do"))
    month.add_argument("--month", default="", metavar="2026-12", help=t("else the present one"))
    _solving(month)
    _people(month)
    _files(month)
    month.add_argument("--officer", default="", metavar="NAME",
                       help=t("who writes; else the main officer on shift"))


def _solving(month: argparse.ArgumentParser) -> None:
    month.add_argument("--mend", action="store_true", help=t("change as few duties as can be"))
    month.add_argument("--limit", type=float, default=30.0, metavar="SECONDS",
                       help=t("most seconds of solving"))
    month.add_argument("--months", type=int, default=12, metavar="N",
                       help=t("how many months a year is solved for"))


def _people(month: argparse.ArgumentParser) -> None:
    month.add_argument("--from", dest="give", nargs="+", default=[], metavar="NAME DAY",
                       help=t("whose duty is swapped"))
    month.add_argument("--to", dest="take", nargs="+", default=[], metavar="NAME [DAY]",
                       help=t("who takes it, and the duty given for it"))
    month.add_argument("--why", default="", metavar="WORDS", help=t("the reason"))
    month.add_argument("--name", default="", help=t("whose calendar, duty or leave; or the name of"
                                                    " a special period"))
    month.add_argument("--day", default="", metavar="DAY", help=t("a day, as 2026-12-24 or 12-24"))
    month.add_argument("--last", default="", metavar="DAY", help=t("the last day; else the same"))
    month.add_argument("--shift", type=int, default=1, metavar="N",
                       help=t("which shift of the day"))
    month.add_argument("--post", choices=("leader", "main", "second", "standby"), default="main",
                       help=t("the post"))
    month.add_argument("--kind", default="annual", help=t("kind of leave, or off or on for a wish"))
    month.add_argument("--more", type=int, default=1, metavar="N",
                       help=t("how many more a special period puts on the post"))
    month.add_argument("--refuse", action="store_true", help=t("refuse the swap, with --why"))


def _files(month: argparse.ArgumentParser) -> None:
    month.add_argument("--file", type=Path, metavar="FILE", help=t("an xlsx file"))
    month.add_argument("--week", action="store_true", help=t("the card of this week"))
    month.add_argument("--paper-size", choices=("A4", "A3"), default="A4", help=t("paper"))
    month.add_argument("--out", type=Path, metavar="FILE", help=t("the file to write"))
