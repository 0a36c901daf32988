"""The map of the tour 巡览地图: an event, its rings and forces, tools, layers, replay, paper."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from db.words import t
from resources.layers.keeping import file_of, layers
from resources.sample import shapes
from ui.dialogs.map_layer import LayerSheet
from ui.look import Colors, Look, read_look
from ui.pages.map_page import MapPage
from ui.places import program_folder
from ui.tour.hands import Astray, Hands
from ui.wearing import wear

K = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
Keep = Callable[[str, str], None]
FURTHER = ("xianyang_counties.geojson", "geography-class-png.mbtiles", "invalid.mbtiles")
"""Files of others that are shown where they lie beside the program; nothing needs them."""


def look_at_the_map(h: Hands, event: int, keep: Keep) -> None:
    """Everything that the map does, while forces are on their way to an event."""
    page = _page(h, ("event", event))
    _shoot(h, "map-event", t("The map: an event with its rings, its forces and who is near"))
    _tools(h)
    _places(h, page, event)
    _layers(h, page)
    _paper(h, page, event, keep)
    _night(h, page, event)
    h.room.window.show_page("event", event)


def _page(h: Hands, what: object) -> MapPage:
    h.room.window.show_page("map", what)
    h.settle()
    page = h.room.window.page
    if not isinstance(page, MapPage):
        raise Astray("the map did not open")
    return page


def _shoot(h: Hands, name: str, words: str) -> None:
    """A picture once every part of the base is drawn."""
    h.settle()
    page = h.room.window.page
    if isinstance(page, MapPage):
        page.view.settle()
    h.shoot(name, words)


def _tools(h: Hands) -> None:
    h.press(K.Key_Escape)
    h.press(K.Key_H)
    _shoot(h, "map", t("The whole district: clusters that open on zoom, layers and their counts"))
    h.press(K.Key_R)
    for key in (K.Key_Space, K.Key_Right, K.Key_Up, K.Key_Space, K.Key_Up, K.Key_Up, K.Key_Space,
                K.Key_Return):
        h.press(key)
    _shoot(h, "map-measure", t("R: a distance measured by keys alone"))
    h.press(K.Key_Escape)
    h.press(K.Key_H)
    h.press(K.Key_O)
    for key in (K.Key_Space, K.Key_Right, K.Key_Right, K.Key_Space, K.Key_Down, K.Key_Down,
                K.Key_Space, K.Key_Left, K.Key_Left, K.Key_Space, K.Key_Return):
        h.press(key)
    _shoot(h, "map-area", t("O: an area drawn, and what is inside"))
    h.press(K.Key_F4)
    h.shoot("map-dispatch", t("F4: the forces of the area ticked in the dispatch proposal"))
    h.sheet().discard()
    h.press(K.Key_Escape)
    h.press(K.Key_Escape)


def _places(h: Hands, page: MapPage, event: int) -> None:
    h.press(K.Key_Slash)
    h.type("石渠")
    page.search.look()
    h.shoot("map-search", t("/: a place by name, pinyin, phone or number"))
    h.press(K.Key_Return)
    QGuiApplication.clipboard().setText("高德 108.7547, 34.4283")
    h.press(K.Key_V, CONTROL)
    _shoot(h, "map-coordinates", t("Pasted GCJ-02 coordinates, shown in every system"))
    h.press(K.Key_J)
    _shoot(h, "map-near", t("J: the nearest forces by capability, with minutes"))
    h.press(K.Key_Escape)
    page.choice.show_record("event", event)
    h.press(K.Key_T)
    page.replay.slider.setValue(page.replay.slider.maximum() * 6 // 10)
    _shoot(h, "map-replay", t("T: the event replayed by the slider"))
    h.press(K.Key_Escape)
    h.press(K.Key_Escape)


def _layers(h: Hands, page: MapPage) -> None:
    """A file with flaws, one that is no map, one that is lost; then files of others."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ring = shapes.towns()["石渠镇"][::-1]
        rows = [{"type": "Feature", "properties": {"name": "石渠低洼易涝区"},
                 "geometry": {"type": "Polygon", "coordinates": [
                     [[lon * 0.3 + 108.72 * 0.7, lat * 0.3 + 34.465 * 0.7] for lon, lat in ring]]}},
                {"type": "Feature", "properties": {"name": "空"}, "geometry": None}]
        good, bad = folder / "易涝区.geojson", folder / "坏瓦片.mbtiles"
        good.write_text(json.dumps({"type": "FeatureCollection", "features": rows},
                                   ensure_ascii=False), "utf-8")
        bad.write_bytes(b"SQLite format 3\x00" + bytes(400))
        _add(h, bad, "map-broken", t("A broken tile file is refused with its reason"), take=False)
        _add(h, good, "map-layer", t("I: a layer with what was mended in it, before it is taken"))
    store = h.room.store
    lost = next(one for one in layers(store) if one.name == good.stem)
    file_of(store, lost).unlink()
    page.view.check_faults()
    _shoot(h, "map-lost", t("A layer whose file is lost is greyed with its reason"))
    page.layers.list.choose(f"base:{lost.id}")
    page.layers.list.setFocus()
    h.press(K.Key_Delete)
    for name in FURTHER:
        file = program_folder().parent / "shared" / "data" / "map" / name
        if file.is_file():
            take = not name.startswith("invalid")
            _add(h, file, "", "", take=take)
    if any(one.tiled for one in layers(store)):
        page.view.show_box((107.4, 34.0, 109.6, 35.6))
        _shoot(h, "map-counties", t("Counties of another source"))
        page.view.go_to(*page.view.middle, 3.5)
        _shoot(h, "map-further", t("Counties of another source over world tiles"))
        for one in layers(store):
            if one.source in FURTHER:
                page.layers.list.choose(f"base:{one.id}")
                page.layers.list.setFocus()
                h.press(K.Key_Space)
    page.view.setFocus()
    h.press(K.Key_H)
    h.refusals.clear()


def _add(h: Hands, file: Path, picture: str, words: str, *, take: bool = True) -> None:
    h.press(K.Key_I)
    sheet = h.sheet()
    if not isinstance(sheet, LayerSheet):
        raise Astray("the layer sheet did not open")
    sheet.form.fill({"file": str(file), "name": ""})
    sheet.look()
    h.settle()
    if picture:
        sheet.form.fill({"file": file.name})  # the folder of the tour is nobody's business
        h.shoot(picture, words)
        sheet.form.fill({"file": str(file)})
    if take:
        h.commit()
    else:
        sheet.discard()
    h.settle()


def _paper(h: Hands, page: MapPage, event: int, keep: Keep) -> None:
    page.choice.show_record("event", event)
    h.settle()
    h.press(K.Key_P)
    h.fill(keep=True)
    h.shoot("map-print", t("P: the view on A4 or A3, and into the event's reports"))
    h.commit()
    keep("map", t("The map on paper, with scale, time and legend"))


def _night(h: Hands, page: MapPage, event: int) -> None:
    theme, now = h.room.theme, h.room.desk.now()
    look = read_look(h.room.store.path.parent)
    wear(Look(look.language, Colors.DARK), theme, now)
    page.choice.show_record("event", event)
    _shoot(h, "map-dark", t("The map by night"))
    wear(look, theme, now)
    h.settle()
    h.press(K.Key_Escape)

