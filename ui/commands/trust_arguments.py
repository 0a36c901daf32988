"""Arguments of the commands about trust: audit, password, the whole district, trouble."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path
from typing import Any

from db.words import t
from ui.commands.desk import Answer
from ui.commands.verbs import count


def add(commands: Any) -> None:
    """Add the verbs to the command line."""
    _audit(commands)
    own = _verb(commands, "password", "trust:password",
                t("change one's password, or reset another's as an administrator"))
    own.add_argument("--of", default="", metavar="NAME", help=t("whose; else one's own"))
    out = _verb(commands, "export-district", "trust:export_district",
                t("take the whole district out as one file"))
    out.add_argument("file", type=Path, metavar="FILE", help=t("a zip file"))
    back = _verb(commands, "import-district", "trust:import_district",
                 t("put a whole district from one file into the folder"))
    back.add_argument("file", type=Path, metavar="FILE", help=t("a zip file"))
    for parser in (own, out, back):
        parser.add_argument("--officer", default="", metavar="NAME",
                            help=t("who writes; else the main officer on shift"))
    report = _verb(commands, "report-problem", "trust:report_problem",
                   t("write a report of a problem, without personal data"))
    report.add_argument("--out", type=Path, default=Path("watchdesk-report.zip"), metavar="FILE",
                        help=t("a zip file"))


def _verb(commands: Any, name: str, place: str, says: str) -> argparse.ArgumentParser:
    """One verb, its module loaded when it is used."""
    def run(args: argparse.Namespace) -> Answer:
        module, _, verb = place.partition(":")
        answer: Answer = getattr(importlib.import_module(f"ui.commands.{module}"), verb)(args)
        return answer

    parser: argparse.ArgumentParser = commands.add_parser(name, help=says, description=says)
    parser.set_defaults(verb=run)
    return parser


def _audit(commands: Any) -> None:
    audit = _verb(commands, "audit", "audit:audit", t("list who changed what, from what to what"))
    audit.add_argument("--by", default="", metavar="NAME", help=t("only of this officer"))
    audit.add_argument("--verb", dest="done", default="", metavar="VERB",
                       help=t("as officer.password"))
    audit.add_argument("--table", default="", metavar="TABLE", help=t("as event"))
    audit.add_argument("--from", dest="first", default="", metavar="DAY",
                       help=t("first day, as 2026-11-23"))
    audit.add_argument("--to", dest="last", default="", metavar="DAY", help=t("last day"))
    audit.add_argument("--words", default="", metavar="WORDS",
                       help=t("words in the record, before or after"))
    audit.add_argument("--row", type=int, default=0, metavar="ID", help=t("only of this record"))
    audit.add_argument("--limit", type=count, default=50, help=t("how many at most"))
    audit.add_argument("--out", type=Path, metavar="FILE", help=t("an xlsx or csv file"))
