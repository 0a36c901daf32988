"""The map page by keyboard and mouse on the sample district: find, measure, list, move, replay."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from dispatch.events import event
from dispatch.map_pictures import figure_of
from dispatch.orders import OrderLine, order_forces, orders_of, stamp_stage
from dispatch.terms import Stage
from dispatch.whereabouts import Phase
from resources.coords import Crs, Point, from_district
from resources.geo import distance_m
from resources.layers.keeping import file_of, layers
from resources.layers.saved import map_views
from resources.sites import SiteKind
from tests.builders import a_force
from tests.resources.layers.files import geojson, mbtiles, polygon
from tests.ui.live_room import LiveRoom
from ui.dialogs.dispatch import DispatchSheet
from ui.dialogs.map_layer import LayerSheet
from ui.map import district
from ui.map.scene import Tool
from ui.pages.map_page import MapPage

K = Qt.Key


def the_map(live: LiveRoom, what: object = None) -> MapPage:
    live.window.show_page("map", what)
    live.settle()
    page = live.window.page
    assert isinstance(page, MapPage)
    page.view.settle()
    return page


def keys(live: LiveRoom, *pressed: Qt.Key) -> None:
    for key in pressed:
        live.key(key)


def test_the_district_is_there_with_its_layers_and_counts(live: LiveRoom) -> None:
    page = the_map(live)
    west, south, east, north = page.view.frame.bounds
    assert west < 108.62 < 108.83 < east
    assert south < 34.33 < 34.49 < north
    rows = {r.key: r for r in page.layers.list.rows_model.rows if r.key}
    assert rows["site:hazard"].right == str(live.store.value(
        "select count(*) from hazard where active = 1 and lon is not null"))
    assert rows["now:events"].right == "1"
    assert sum(r.layer > 0 for r in rows.values()) == 5
    shown = len(page.view.scene_facts.sites)
    page.layers.list.choose("site:hazard")
    page.layers.list.setFocus()
    keys(live, K.Key_Space)
    assert len(page.view.scene_facts.sites) == shown - int(rows["site:hazard"].right)


def test_an_event_opens_with_rings_and_its_forces(live: LiveRoom) -> None:
    page = the_map(live, ("event", live.open_event))
    assert [r.metres for r in page.side.rings.rings] == [1000, 3000, 5000]
    assert page.side.rings.rings[2].residents > 0
    rows = [r.key for r in page.side.facts.rows_model.rows]
    assert any(k.startswith("order ") for k in rows)
    assert any(k.startswith("force ") for k in rows)
    keys(live, K.Key_B)
    live.sheets[0].form.fill({"rings": "0.5 2"})
    keys(live, K.Key_Return)
    assert [r.metres for r in page.side.rings.rings] == [500, 2000]
    keys(live, K.Key_D)
    assert live.window.page.key == "event"


def test_search_reads_names_pinyin_and_coordinates_of_any_system(live: LiveRoom) -> None:
    page = the_map(live)
    keys(live, K.Key_Slash)
    live.type("望川路")
    keys(live, K.Key_Return)
    assert page.choice.selection is not None
    assert page.choice.selection.name == "望川路"
    assert page.view.hasFocus()
    given = from_district(Point(108.75, 34.43), Crs.GCJ02)
    QGuiApplication.clipboard().setText(f"GCJ-02 {given.lon:.6f},{given.lat:.6f}")
    QTest.keyClick(page.view, K.Key_V, Qt.KeyboardModifier.ControlModifier)
    live.settle()
    assert page.choice.selection.kind == "found"
    assert distance_m(page.choice.selection.lon, page.choice.selection.lat, 108.75, 34.43) < 1
    page.search.line.setText("34°26′N 108°45′E")
    page.search.look()
    page.search.take(0)
    of = page.choice.selection
    assert (of.lon, of.lat) == pytest.approx((108.75, 34.4333333))
    assert page.view.frame.bounds[0] < 108.75 < page.view.frame.bounds[2]
    keys(live, K.Key_C)
    assert QGuiApplication.clipboard().text() == "34.433333, 108.750000"


def test_measuring_and_an_area_by_keys_alone(live: LiveRoom) -> None:
    page = the_map(live)
    page.view.go_to(108.72, 34.40, 12.0)
    live.settle()
    keys(live, K.Key_R, K.Key_Space, K.Key_Right, K.Key_Right, K.Key_Space, K.Key_Return)
    one, two = page.drawing.points
    assert distance_m(*one, *two) == pytest.approx(
        192 * page.view.frame.ground_metres, rel=0.01)
    assert page.drawing.words()
    keys(live, K.Key_Escape)
    assert page.drawing.tool is Tool.LOOK
    keys(live, K.Key_O, K.Key_Space)
    for key in (K.Key_Right, K.Key_Right, K.Key_Down, K.Key_Down, K.Key_Left, K.Key_Left):
        keys(live, key)
        if key is not K.Key_Right:
            keys(live, K.Key_Space)
    keys(live, K.Key_Return)
    assert page.choice.selection is not None
    assert page.choice.selection.kind == "area"
    inside = page.choice.selection.members
    assert inside
    assert len(page.side.facts.rows_model.rows) >= len(inside)


def test_the_forces_of_an_area_are_ticked_in_the_proposal(live: LiveRoom) -> None:
    page = the_map(live)
    where = event(live.store, live.open_event)  # type: ignore[arg-type]
    lon, lat = where.lon or 0, where.lat or 0
    force = a_force(live.store, "图选队", lon=lon + 0.001, lat=lat + 0.001)
    page.choice.take_area((
        (lon - 0.01, lat - 0.01), (lon + 0.01, lat - 0.01), (lon + 0.01, lat + 0.01),
        (lon - 0.01, lat + 0.01), (lon - 0.01, lat - 0.01)))
    keys(live, K.Key_F4)
    sheet = live.sheets[0]
    assert isinstance(sheet, DispatchSheet)
    assert ("force", force) in {r.key for r in sheet.picked}


def test_a_record_is_moved_by_a_click_and_back(live: LiveRoom) -> None:
    row = live.store.read("select id, lon, lat from hazard where active = 1 limit 1")[0]
    page = the_map(live, ("hazard", row["id"]))
    keys(live, K.Key_G)
    at = QPoint(page.view.width() // 2, page.view.height() // 2 + 60)
    wanted = page.view.frame.at(at.x(), at.y())
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    live.settle()
    moved = live.store.read("select lon, lat from hazard where id = :id", id=row["id"])[0]
    assert (moved["lon"], moved["lat"]) == pytest.approx(wanted, abs=1e-6)
    assert page.drawing.tool is Tool.LOOK
    QTest.keyClick(page.view, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    live.settle()
    back = live.store.read("select lon, lat from hazard where id = :id", id=row["id"])[0]
    assert (back["lon"], back["lat"]) == pytest.approx((row["lon"], row["lat"]), abs=1e-7)


def test_a_cluster_opens_and_its_parts_are_listed(live: LiveRoom) -> None:
    page = the_map(live)
    group = max((s for s in page.view.seen.spots if s.kind == "group"),
                key=lambda s: s.group.count if s.group else 0)
    zoom = page.view.frame.zoom
    page.choice.pick(group)
    live.settle()
    assert page.view.frame.zoom > zoom
    for lon in (108.7001, 108.7001):
        a_force(live.store, f"同址{lon}{live.store.new_id()}", lon=lon, lat=34.4001)
    live.settle()
    page.view.go_to(108.7001, 34.4001, 19.0)
    page.view.settle()
    same = next(s for s in page.view.seen.spots if s.kind == "group")
    page.choice.pick(same)
    assert page.choice.selection is not None
    assert {m.kind for m in page.choice.selection.members} == {SiteKind.FORCE}
    assert len(page.choice.selection.members) == 2


def test_replay_shows_where_each_force_was(live: LiveRoom) -> None:
    by = live.desk.officer
    force = a_force(live.store, "回放队", lon=108.70, lat=34.46)
    order = order_forces(live.store, live.open_event, [OrderLine(force)], by=by)[0]  # type: ignore[arg-type]
    start = live.clock.now()
    for minutes, stage in ((1, Stage.DEPARTED), (10, Stage.ARRIVED)):
        live.clock.move(timedelta(minutes=minutes))
        stamp_stage(live.store, order.id, stage, by=by)
    page = the_map(live, ("event", live.open_event))
    keys(live, K.Key_T)
    assert page.replay.isVisible()

    def then(minutes: float) -> tuple[Phase, float]:
        page.replay.show_at(start + timedelta(minutes=minutes))
        found = page.view.situation
        assert found is not None
        one = next(f for f in found.forces if f.order.id == order.id)
        return one.phase, one.lat

    assert then(0.5)[0] is Phase.BASE
    phase, halfway = then(6)
    assert phase is Phase.WAY
    assert halfway == pytest.approx((34.46 + 34.42) / 2, abs=0.001)
    assert then(10.99)[0] is Phase.WAY
    page.replay.slider.setValue(page.replay.slider.maximum())
    assert page.view.situation is not None
    assert {o.stage for o in orders_of(live.store, live.open_event)} >= {Stage.ARRIVED}  # type: ignore[arg-type]
    keys(live, K.Key_Escape)
    assert not page.replay.isVisible()


def test_layers_are_added_faded_ordered_removed_and_lost_ones_greyed(
        live: LiveRoom, tmp_path: Path) -> None:
    page = the_map(live)
    keys(live, K.Key_I)
    sheet = live.sheets[0]
    assert isinstance(sheet, LayerSheet)
    sheet.form.fill({"file": str(tmp_path / "none.geojson")})
    sheet.look()
    live.settle()
    assert "no file" in sheet.form.field("file").accessibleDescription() or sheet.message.text()
    sheet.form.fill({"file": str(geojson(tmp_path / "试.geojson", polygon(), None))})
    sheet.look()
    live.settle()
    assert "without geometry" in sheet.found.text()
    keys(live, K.Key_Return)
    assert "试" in [one.name for one in layers(live.store)]
    rows = page.layers.list
    made = next(one for one in layers(live.store) if one.name == "试")
    rows.choose(f"base:{made.id}")
    rows.setFocus()
    keys(live, K.Key_Left, K.Key_Left)
    assert next(x.opacity for x in layers(live.store) if x.id == made.id) == 0.8
    QTest.keyClick(rows, K.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert [x.id for x in layers(live.store)].index(made.id) == 4
    keys(live, K.Key_Delete)
    assert made.id not in [x.id for x in layers(live.store)]
    QTest.keyClick(page.view, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    live.settle()
    assert made.id in page.view.opened
    file_of(live.store, made).unlink()
    for _ in range(5):
        page.tick(live.clock.now())
    row = next(r for r in rows.rows_model.rows if r.layer == made.id)
    assert "gone" in row.fault
    assert len(page.view.layers) == 5


def test_tiles_go_below_and_the_map_goes_on_paper_and_into_the_reports(
        live: LiveRoom, tmp_path: Path) -> None:
    page = the_map(live, ("event", live.open_event))
    keys(live, K.Key_I)
    live.sheets[0].form.fill({"file": str(mbtiles(tmp_path / "a.mbtiles"))})
    live.sheets[0].look()  # type: ignore[attr-defined]
    live.settle()
    keys(live, K.Key_Return)
    assert layers(live.store)[0].tiled
    page.choice.show_record("event", live.open_event)
    keys(live, K.Key_P)
    live.sheets[0].form.fill({"keep": True, "paper": "A3"})
    keys(live, K.Key_Return)
    live.settle()
    assert live.window.page.key == "preview"
    assert live.room.preview.paper is not None
    assert live.room.preview.paper.pdf.startswith(b"%PDF")
    figure = figure_of(live.store, live.open_event)  # type: ignore[arg-type]
    assert figure is not None
    assert figure.data.startswith(b"\x89PNG")
    assert 0.3 < figure.share < 1.2
    keys(live, K.Key_Escape)
    assert live.window.page.key == "map"


def test_the_filter_of_a_library_holds_on_the_map_too(live: LiveRoom) -> None:
    page = the_map(live)
    shown = sum(s.kind is SiteKind.FORCE for s in page.view.scene_facts.sites)
    live.window.show_page("libraries", "force")
    libraries = live.window.page
    libraries.list.bar.text.setText("消防")  # type: ignore[attr-defined]
    live.settle()
    QTest.qWait(200)
    live.settle()
    page = the_map(live)
    fewer = sum(s.kind is SiteKind.FORCE for s in page.view.scene_facts.sites)
    assert 0 < fewer < shown
    rows = {r.key: r for r in page.layers.list.rows_model.rows if r.key}
    assert rows["site:force"].narrowed
    assert rows["site:force"].right == str(fewer)


def test_large_layers_and_many_sites_are_read_beside_the_window(
        live: LiveRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(district, "INLINE_BYTES", 0)
    monkeypatch.setattr(district, "INLINE_SITES", 0)
    page = the_map(live)
    assert len(page.view.layers) == 5
    assert len(page.view.scene_facts.sites) > 100
    a_force(live.store, "新到队", lon=108.7123, lat=34.4123)
    live.settle()
    assert "新到队" in {s.name for s in page.view.scene_facts.sites}


def test_views_are_saved_and_looked_at_again(live: LiveRoom) -> None:
    page = the_map(live)
    page.view.go_to(108.75, 34.42, 14.0)
    keys(live, K.Key_V)
    live.sheets[0].form.fill({"name": "罐区"})
    keys(live, K.Key_Return)
    kept, = map_views(live.store)
    keys(live, K.Key_H)
    page.layers.show_view(kept)
    assert page.view.frame.zoom == 14.0
    assert page.view.middle == pytest.approx((108.75, 34.42), abs=1e-4)


def test_the_replay_of_the_after_action_page_goes_on_on_the_map(live: LiveRoom) -> None:
    live.window.show_page("after_action", live.open_event)
    live.settle()
    review = live.window.page
    review.side.map.build()  # type: ignore[attr-defined]
    start = event(live.store, live.open_event).received_at  # type: ignore[arg-type]
    live.clock.move(timedelta(minutes=30))
    review.replay.go_to(start + timedelta(minutes=10))  # type: ignore[attr-defined]
    shown = review.side.map.view.situation  # type: ignore[attr-defined]
    assert shown is not None
    assert shown.at == review.replay.at  # type: ignore[attr-defined]
    keys(live, K.Key_M)
    page = live.window.page
    assert isinstance(page, MapPage)
    assert page.replay.isVisible()
    assert abs((page.replay.at - shown.at).total_seconds()) < 2
