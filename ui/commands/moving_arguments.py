"""Arguments of the ledger's command: move."""

from __future__ import annotations

import argparse
import importlib
from typing import Any

from db.words import mark, t
from ui.commands.desk import Answer

KINDS = ("in", "out", "transfer", "lend", "return", "rotate", "repair", "scrap", "count")
SLIP = {"basis": mark("the order or reason it rests on"), "approver": mark("who approved it"),
        "receiver": mark("who receives it"), "event": mark("number of the event"),
        "due-back": mark("the day it comes back, as 2026-12-31"),
        "condition": mark("in what condition it came back"),
        "override": mark("why an expired lot is issued all the same"), "note": mark("a note")}
LOT = {"lot": mark("id of the lot"), "warehouse": mark("its warehouse"),
       "batch": mark("its batch"), "measure": mark("its unit, to be sure of it"),
       "to": mark("the warehouse it goes to"), "into": mark("id of the new lot of a rotation")}
NEW = {"expires": mark("the day a new lot expires"), "made": mark("the day it was made"),
       "supplier": mark("who supplied it"), "price": mark("price of one"),
       "funds": mark("where the money came from"), "bin": mark("place in the warehouse")}


def add(commands: Any) -> None:
    """`move`, which loads the ledger when it is used."""
    says = t("move supplies: receive, issue, transfer, lend, take back, rotate, repair, scrap,"
             " count")
    one: argparse.ArgumentParser = commands.add_parser("move", help=says, description=says)
    one.set_defaults(verb=_move)
    one.add_argument("what", choices=KINDS, help=t("what is done with it"))
    one.add_argument("goods", metavar="GOODS",
                     help=t("code or name of the supply; for return the number of the slip"))
    one.add_argument("quantity", metavar="QUANTITY", help=t("how many; for count those found"))
    for name, words in {**SLIP, **LOT, **NEW}.items():
        one.add_argument(f"--{name}", default="", help=t(words))
    one.add_argument("--officer", "--handler", default="", metavar="NAME",
                     help=t("who handles it; else the main officer on shift"))


def _move(args: argparse.Namespace) -> Answer:
    answer: Answer = importlib.import_module("ui.commands.moving").move(args)
    return answer
