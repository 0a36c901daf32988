"""Arguments of the drill book: plan, report, sheet, merge and compare under `drill`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.words import mark, t
from ui.commands.verbs import year

if TYPE_CHECKING:
    from collections.abc import Callable


def add(acts: Any, one_of: Callable[..., argparse.ArgumentParser],
        lazy: Callable[[str, str], Any]) -> None:
    """What `drill` can do with plans, evaluations and reports; `one_of` makes each."""
    plan = one_of(acts, "plan", lazy("drillbook", "plan"),
                  mark("the drill plan of a year against what the rules ask"))
    plan.add_argument("year", type=year, metavar="YEAR", help=t("the year, as 2027"))
    plan.add_argument("--take", type=Path, metavar="FILE",
                      help=t("enter the drills of an xlsx or csv file first"))
    _out(plan)
    _by(plan)
    report = one_of(acts, "report", lazy("drillbook", "report"),
                    mark("the report of a drill: intervals, injects, score, actions"))
    _drill(report)
    _out(report)
    _by(report)
    sheet = one_of(acts, "sheet", lazy("drillbook", "sheet"),
                   mark("an evaluation sheet as xlsx, or printed: blank or an evaluator's"))
    _drill(sheet)
    sheet.add_argument("--evaluator", default="", metavar="NAME", help=t("whose sheet; else blank"))
    _out(sheet)
    merge = one_of(acts, "merge", lazy("drillbook", "merge"),
                   mark("take in the evaluation sheets of several evaluators, all or none"))
    _drill(merge)
    merge.add_argument("files", nargs="+", type=Path, metavar="FILE", help=t("an xlsx file"))
    _by(merge)
    compare = one_of(acts, "compare", lazy("drillbook", "compare"),
                     mark("lay drills, and real events, side by side"))
    compare.add_argument("drills", nargs="+", metavar="NO", help=t("number of the drill"))
    compare.add_argument("--event", action="append", default=[], metavar="NO",
                         help=t("number of the event"))
    _out(compare)


def _drill(made: argparse.ArgumentParser) -> None:
    made.add_argument("drill", metavar="NO", help=t("number of the drill"))


def _out(made: argparse.ArgumentParser) -> None:
    made.add_argument("--out", type=Path, metavar="FILE",
                      help=t("the file to write, by its ending a PDF, docx or xlsx"))


def _by(made: argparse.ArgumentParser) -> None:
    made.add_argument("--officer", default="", metavar="NAME",
                      help=t("who writes; else the main officer on shift"))
