"""The small map of the forms: what is typed is marked, a click or a key sets the place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from dispatch.events import open_events
from tests.ui.live_room import LiveRoom
from ui.dialogs.event_facts import EventFactsSheet
from ui.dialogs.intake import IntakeSheet
from ui.dialogs.record import RecordSheet
from ui.pages.libraries_page import LibrariesPage

K, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def test_an_event_gets_its_place_by_keys_on_the_small_map(live: LiveRoom) -> None:
    live.window.show_page("desk")
    live.key(K.Key_F2)
    sheet = live.sheets[0]
    assert isinstance(sheet, IntakeSheet)
    live.type("路口冒烟")
    sheet.form.fill({"address": "望川路"})
    sheet.form.edited.emit()
    live.key(K.Key_B, CONTROL)
    view = sheet.map.picker.view
    row = live.store.read("select lon, lat from place where name = '望川路'")[0]
    assert view.scene_facts.mark == (row["lon"], row["lat"])
    assert view.hasFocus()
    QTest.keyClick(view, K.Key_Right)
    QTest.keyClick(view, K.Key_Space)
    live.settle()
    lat, lon = (float(part) for part in str(sheet.form.values["point"]).split(","))
    assert (lon, lat) == pytest.approx(view.middle, abs=1e-5)
    assert lon > row["lon"]
    sheet.submit()
    made = next(e for e in open_events(live.store) if e.title == "路口冒烟")
    assert (made.lon, made.lat) == pytest.approx((lon, lat))


def test_a_typed_point_that_cannot_be_is_said_beside_its_field(live: LiveRoom) -> None:
    live.window.show_page("desk")
    live.key(K.Key_F2)
    sheet = live.sheets[0]
    sheet.form.fill({"title": "某事", "point": "不是坐标"})
    sheet.submit()
    assert sheet.isVisible()
    assert "coordinates" in sheet.form.field("point").accessibleDescription()


def test_records_and_facts_take_a_click_and_the_side_opens_the_map(live: LiveRoom) -> None:
    live.window.show_page("libraries", "hazard")
    page = live.window.page
    assert isinstance(page, LibrariesPage)
    chosen = page.chosen.id
    live.key(K.Key_E)
    sheet = live.sheets[0]
    assert isinstance(sheet, RecordSheet)
    before = sheet.form.values["point"]
    live.key(K.Key_B, CONTROL)
    QTest.mouseClick(sheet.map.picker.view.viewport(), Qt.MouseButton.LeftButton,
                     pos=QPoint(40, 40))
    assert sheet.form.values["point"] != before
    assert sheet.map.picker.at == pytest.approx(sheet.records.marked(), abs=1e-5)
    sheet.discard()
    page.side.tabs.setCurrentIndex(1)
    live.settle()
    view = page.side.sketch.view
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 60))
    live.settle()
    assert live.window.page.key == "map"
    assert live.window.page.choice.selection.id == chosen  # type: ignore[attr-defined]
    live.window.show_page("event", live.open_event)
    live.key(K.Key_E)
    facts = live.sheets[0]
    assert isinstance(facts, EventFactsSheet)
    live.key(K.Key_B, CONTROL)
    facts.map.picker.placed.emit(108.7, 34.4)
    assert (facts.form.values["lon"], facts.form.values["lat"]) == ("108.700000", "34.400000")
    facts.discard()
    live.key(K.Key_L)
    assert live.window.page.key == "map"


def test_a_place_name_found_by_the_one_search_box_opens_on_the_map(live: LiveRoom) -> None:
    live.window.show_page("desk")
    live.key(K.Key_K, CONTROL)
    live.type("石渠水厂")
    QTest.qWait(200)
    live.settle()
    live.key(K.Key_Return)
    assert live.window.page.key == "map"
    assert live.window.page.choice.selection.name == "石渠水厂"  # type: ignore[attr-defined]
