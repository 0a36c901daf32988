"""Arguments of the map command: layers, add, remove, near, print."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from db.words import mark, t
from ui.commands.drills_arguments import lazy, one_of
from ui.commands.verbs import count, length


def add(commands: Any) -> None:
    """`map` and what it can do; each loads what it needs when it is used."""
    says = t("layers of the map, what is near a place, and the map on paper")
    parser = commands.add_parser("map", help=says, description=says)
    acts = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    one_of(acts, "layers", lazy("map", "layers"), mark("list the layers, the lowest first"))
    _layers(acts)
    _near(acts)
    _print(acts)


def _layers(acts: Any) -> None:
    new = one_of(acts, "add", lazy("map", "add"), mark("put a map file on the map"))
    new.add_argument("file", type=Path, metavar="FILE",
                     help=t("a .geojson, .shp or .mbtiles file"))
    new.add_argument("--name", default="", help=t("its name; else that of the file"))
    new.add_argument("--crs", default="", metavar="CRS",
                     help=t("the system its coordinates came in: GCJ-02, BD-09, EPSG:4547"))
    new.add_argument("--dry-run", action="store_true", help=t("only say what would happen"))
    _by(new)
    gone = one_of(acts, "remove", lazy("map", "remove"), mark("take a layer off the map"))
    gone.add_argument("name", metavar="NAME", help=t("the layer's name"))
    _by(gone)


def _near(acts: Any) -> None:
    near = one_of(acts, "near", lazy("map", "near"),
                  mark("the nearest forces, or all that lies within a distance"))
    _place(near)
    near.add_argument("--can", default="", metavar="CAPABILITY", help=t("only those that can"))
    near.add_argument("--within", type=length, default=0.0, metavar="KM",
                      help=t("instead, everything within so many kilometres"))
    near.add_argument("--limit", type=count, default=20, help=t("how many at most"))


def _print(acts: Any) -> None:
    paper = one_of(acts, "print", lazy("map_print", "print_map"), mark("write the map as PDF"))
    paper.add_argument("place", nargs="?", default="", metavar="PLACE",
                       help=t("number of an event, name, or coordinates; else the district"))
    paper.add_argument("--km", type=length, default=0.0, metavar="KM",
                       help=t("kilometres round the place; else 5"))
    paper.add_argument("--paper", choices=("A4", "A3"), default="A4", help=t("paper"))
    paper.add_argument("--title", default="", help=t("the title on the paper"))
    paper.add_argument("--keep", action="store_true",
                       help=t("put it into the reports of the event too"))
    paper.add_argument("--out", type=Path, metavar="FILE", help=t("the PDF to write"))
    _by(paper)


def _place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("place", metavar="PLACE",
                        help=t("number of an event, name, or coordinates"))


def _by(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--officer", default="", metavar="NAME",
                        help=t("who writes; else the main officer on shift"))
