"""Arguments of the drill command: run, list, show, scenario."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path
from typing import Any

from db.words import mark, t
from ui.commands import drillbook_arguments
from ui.commands.desk import Answer


def lazy(module: str, name: str) -> Any:
    """A verb whose module is loaded when it is used."""
    def verb(args: argparse.Namespace) -> Answer:
        answer: Answer = getattr(importlib.import_module(f"ui.commands.{module}"), name)(args)
        return answer

    return verb


def add(commands: Any) -> None:
    """`drill` and what it can do; each loads what it needs when it is used."""
    says = t("run drills, list them, and keep their scenarios")
    drill = commands.add_parser("drill", help=says, description=says)
    acts = drill.add_subparsers(dest="what", metavar="WHAT", required=True)
    _run(acts)
    listed = one_of(acts, "list", lazy("drills", "listed"), mark("list the drills"))
    listed.add_argument("--scenarios", action="store_true", help=t("the scenarios instead"))
    shown = one_of(acts, "show", lazy("drills", "show"), mark("show the sealed record of a drill"))
    shown.add_argument("drill", metavar="NO", help=t("number of the drill"))
    _scenario(acts)
    drillbook_arguments.add(acts, one_of, lazy)


def one_of(acts: Any, name: str, verb: Any, says: str) -> argparse.ArgumentParser:
    """One thing that `drill` can do."""
    made: argparse.ArgumentParser = acts.add_parser(name, help=t(says), description=t(says))
    made.set_defaults(verb=verb)
    return made


def _run(acts: Any) -> None:
    run = one_of(acts, "run", lazy("drills", "run"),
                 mark("run a drill by a script, without a window, and seal its record"))
    run.add_argument("scenario", metavar="SCENARIO", help=t("code or title of the scenario"))
    run.add_argument("--script", type=Path, metavar="ACTIONS.csv",
                     help=t("who does what when; else the script shipped with the scenario"))
    run.add_argument("--speed", type=float, default=0.0, metavar="N",
                     help=t("seconds of the drill in one second; 0 without waiting"))
    _by(run)


def _scenario(acts: Any) -> None:
    one = one_of(acts, "scenario", lazy("drills", "scenario"),
                 mark("write a scenario into an xlsx file, or take one in"))
    one.add_argument("act", choices=("export", "import"), help=t("what to do"))
    one.add_argument("file", type=Path, metavar="FILE", help=t("an xlsx file"))
    one.add_argument("--scenario", default="", metavar="SCENARIO",
                     help=t("code or title of the scenario"))
    one.add_argument("--again", action="store_true",
                     help=t("put it in the place of the one that has its code"))
    _by(one)


def _by(made: argparse.ArgumentParser) -> None:
    made.add_argument("--officer", default="", metavar="NAME",
                      help=t("who writes; else the main officer on shift"))
