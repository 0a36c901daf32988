"""Arguments of the commands that make papers, verify them, and walk through a shift."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from db.words import mark, t
from ui.commands.verbs import add_officer, add_verb, lazy


def add(commands: Any) -> None:
    """`print`, `verify` and `tour`."""
    paper = add_verb(commands, "print", lazy("printing", "print_paper"),
                     mark("write a paper as PDF"))
    paper.add_argument("paper", choices=("handover", "after-action", "log", "report", "flash",
                                          "daily", "blank", "book", "roster"),
                       help=t("which paper"))
    paper.add_argument("which", nargs="?", default="", metavar="WHICH",
                       help=t("which blank form (handover, log, call, roll-call; else all), which"
                              " book, or the number of a handover"))
    paper.add_argument("--week", action="store_true", help=t("the card of the week of --day"))
    paper.add_argument("--paper-size", choices=("A4", "A3"), default="A4", help=t("paper"))
    paper.add_argument("--day", default="", metavar="DAY",
                       help=t("the day of the summary or week, as 2026-11-23; else today"))
    paper.add_argument("--event", default="", metavar="NO", help=t("number of the event"))
    paper.add_argument("--out", type=Path, metavar="FILE",
                       help=t("the file to write, by its ending a PDF, docx or txt; a folder for"
                              " blank forms"))
    paper.add_argument("--book", choices=("log", "handover", "call"), default="log",
                       help=t("which month book"))
    paper.add_argument("--month", default="", metavar="YYYY-MM",
                       help=t("month of the book or roster"))
    add_officer(paper)
    code = add_verb(commands, "verify", lazy("papers", "verify"),
                    mark("find the record behind a paper's verification code"))
    code.add_argument("code", metavar="CODE", help=t("the code on the paper"))
    tour = add_verb(commands, "tour", lazy("papers", "tour"),
                    mark("drive the window through a whole shift, with pictures"))
    tour.add_argument("--out", type=Path, required=True, metavar="DIR",
                      help=t("folder of the pictures and papers"))
