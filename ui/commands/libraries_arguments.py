"""Arguments of the commands of the libraries: stock, records, files in and out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from db.words import mark, t
from ui.commands import past_arguments
from ui.commands.verbs import add_officer, add_verb, lazy, year

LIBRARIES = ("force", "equipment", "supply", "warehouse", "expert", "plan", "hazard", "shelter",
             "unit")
EXCHANGED = (*LIBRARIES, "goods_code")
"""The kinds of `resources.exchange.tables`, which loads only when one is exchanged."""


def add(commands: Any) -> None:
    """`upkeep`, `stock`, `record`, `demand`, and those of files."""
    _libraries(commands)
    _exchange(commands)


def _libraries(commands: Any) -> None:
    add_verb(commands, "upkeep", lazy("libraries", "upkeep"),
             mark("list what waits for the keeper"))
    there = add_verb(commands, "stock", lazy("libraries", "stock"),
                     mark("list the stock of supplies"))
    there.add_argument("words", nargs="*", metavar="WORDS", help=t("parts of the name or code"))
    there.add_argument("--lots", action="store_true", help=t("each lot with what is left of it"))
    there.add_argument("--slips", action="store_true", help=t("the movements instead"))
    _record(commands)
    plan = add_verb(commands, "demand", lazy("libraries", "demand"),
                    mark("the demand plan of a year"))
    plan.add_argument("year", type=year, metavar="YEAR", help=t("the year, as 2027"))
    plan.add_argument("--out", type=Path, metavar="FILE",
                      help=t("the file to write, by its ending a PDF, docx or xlsx"))


def _record(commands: Any) -> None:
    one = add_verb(commands, "record", lazy("record", "record"),
                   mark("show, add, edit, retire or restore a record of a library"))
    one.add_argument("act", choices=("show", "add", "edit", "retire", "restore"),
                     help=t("what to do"))
    one.add_argument("kind", metavar="KIND", choices=(*LIBRARIES, "place"),
                     help=t("one of: {kinds}", kinds=", ".join((*LIBRARIES, "place"))))
    one.add_argument("row", nargs="?", default="", metavar="NAME",
                     help=t("its name or id; not for add"))
    one.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE",
                     help=t("a field and its value; may be given again and again"))
    one.add_argument("--reason", default="", help=t("why it is retired"))
    add_officer(one)


def _exchange(commands: Any) -> None:
    take = add_verb(commands, "import", lazy("exchange", "import_file"),
                    mark("import an xlsx or csv file into a library, or past events"))
    _library(take, more=("events",))
    past_arguments.add_import(take)
    take.add_argument("--sheet", default="", metavar="NAME", help=t("the sheet; else the fitting"))
    take.add_argument("--on-duplicate", choices=("update", "skip", "new"), default="skip",
                      help=t("what to do with records that are there already"))
    take.add_argument("--crs", choices=("CGCS2000", "WGS-84", "GCJ-02", "BD-09"),
                      default="", help=t("the system its coordinates came in; else as this source"
                                         " was taken in before, or CGCS2000"))
    take.add_argument("--column", action="append", default=[], metavar="HEADING=FIELD",
                      help=t("the field of a column that is not known; may be repeated"))
    take.add_argument("--header", type=int, default=0, metavar="ROW",
                      help=t("the row that names the columns; else found"))
    take.add_argument("--dry-run", action="store_true", help=t("only say what would happen"))
    add_officer(take)
    back = add_verb(commands, "undo-import", lazy("exchange", "undo"), mark("take an import back"))
    back.add_argument("change", nargs="?", type=int, default=0, metavar="NO",
                      help=t("its number; else the latest"))
    back.add_argument("--list", action="store_true", help=t("list the imports there were"))
    add_officer(back)
    _library(add_verb(commands, "export", lazy("exchange", "export_file"),
                  mark("write a library into an xlsx or csv file")))
    _library(add_verb(commands, "template", lazy("exchange", "template"),
                  mark("write a blank xlsx of a library to hand out")))


def _library(parser: argparse.ArgumentParser, more: tuple[str, ...] = ()) -> None:
    kinds = (*EXCHANGED, *more)
    parser.add_argument("kind", metavar="KIND", choices=kinds,
                        help=t("one of: {kinds}", kinds=", ".join(kinds)))
    parser.add_argument("file", type=Path, metavar="FILE", help=t("an xlsx or csv file"))
