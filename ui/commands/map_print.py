"""The command that prints the map without a window: the same drawing, offscreen."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from db.errors import Refused, StoreError
from db.files import write_whole
from db.store import Store
from db.words import t
from ui.commands.desk import Answer, officer, reading, writing
from ui.commands.map import event_id, place_of
from ui.places import fonts_folder

ROUND_KM = 5.0


def print_map(args: argparse.Namespace) -> Answer:
    """Draw the district, or the surroundings of a place, and write the PDF."""
    if args.keep:
        with writing(args) as store:
            return _print(store, args)
    with reading(args) as store:
        return _print(store, args)


def _print(store: Store, args: argparse.Namespace) -> Answer:
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
            or sys.platform in ("win32", "darwin")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui.app import make_application
    from ui.theme import Theme

    app, theme = make_application(), Theme()
    try:
        data, pdf, ratio, title, event = _draw(store, args, theme)
    finally:
        theme.deleteLater()
        app.processEvents()
    if args.keep:
        _keep(store, args, event, data, title, ratio)
    path = (args.out or Path.cwd() / "map.pdf").absolute()
    try:
        write_whole(path, pdf)
    except OSError as error:
        raise StoreError("{path} cannot be written: {why}. Name another file with --out.",
                         path=path, why=error) from error
    return Answer((t("Written: {path}", path=path),),
                  {"papers": [path], "ratio": ratio, "title": title})


def _draw(store: Store, args: argparse.Namespace, theme: Any
          ) -> tuple[bytes, bytes, str, str, Any]:
    from PySide6.QtCore import QObject

    from dispatch.duty.papers import district
    from dispatch.printouts.map_sheet import MapFacts, map_sheet, picture_mm
    from dispatch.printouts.pdf import render
    from dispatch.surroundings import ring_metres
    from dispatch.whereabouts import situation
    from resources.geo import box_around
    from ui.desk import Desk
    from ui.map.district import DistrictMap
    from ui.map.picture import draw_picture, png_of, sight_of
    from ui.map.scene import Rings

    owner = QObject()
    desk = Desk(store, None, owner)
    view = DistrictMap(theme, desk)
    view.resize(1200, 800)
    view.look(view.frame.sized(1200, 800))
    view.read_now()
    now, title, event = store.clock.now(), t("Map of {what}", what=district(store).org), None
    view.show_situation(situation(store, now))
    if args.place:
        at = place_of(store, args.place)
        title, event = t("Map of {what}", what=at.name), event_id(at)
        view.show_box(box_around(at.lon, at.lat, (args.km or ROUND_KM) * 1000), 0, 19.0)
        if event is not None:
            view.scene_facts.rings = Rings(at.lon, at.lat, ring_metres(store))
    elif view.home is None:
        raise Refused("The map has no layers yet. `watchdesk map add FILE` puts one on it.")
    else:
        view.go_home()
    large = args.paper == "A3"
    printed = draw_picture(sight_of(view), *picture_mm(large=large))
    data, place = png_of(printed.image), district(store)
    sheet = map_sheet(MapFacts(args.title or title, place.org, data, printed.share, printed.ratio,
                               now, now, large=large, drill=place.drill))
    view.let_go()
    view.deleteLater()
    desk.close()
    return data, render(sheet, fonts_folder()), printed.ratio, args.title or title, event


def _keep(store: Store, args: argparse.Namespace, event: Any, data: bytes, title: str,
          ratio: str) -> None:
    from dispatch.map_pictures import keep_picture
    from resources.localtime import moment_text

    if event is None:
        raise Refused("Say which event: give its number as the place.", field="place")
    caption = t("Scale {ratio}, {time}", ratio=ratio, time=moment_text(store.clock.now()))
    keep_picture(store, event, data, title, caption, by=officer(store, args.officer))
