"""A drill in its own window beside the real desk: every key, what leaks, crash and end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db import journal
from dispatch.drills import acting
from dispatch.drills.exchange import write_scenario
from dispatch.drills.keeping import drills, scenarios
from dispatch.drills.record import DrillRecord, read_record
from dispatch.drills.run import RunState
from dispatch.drills.terms import BreakKind, DrillState, Point, Result
from tests.builders import an_event
from tests.ui.live_room import LiveRoom
from ui.dialogs.scenario import ScenarioSheet
from ui.drill_room import DrillRoom
from ui.drilling import Drilling
from ui.pages.drill_record_page import DrillRecordPage
from ui.pages.drill_run_page import DrillRunPage
from ui.pages.drills_page import DrillsPage
from ui.pages.movements_page import MovementsPage
from ui.theme import DARK, LIGHT

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
K = Qt.Key
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


class Director:
    """The hands of a drill director: the real desk and the drill's window."""

    def __init__(self, live: LiveRoom, code: str) -> None:
        self.live = live
        live.window.show_page("drills")
        page = live.window.page
        assert isinstance(page, DrillsPage)
        self.page = page
        row = next(n for n, k in enumerate(page.scenario_model.rows) if k.scenario.code == code)
        page.scenarios.setCurrentIndex(page.scenario_model.index(row, 0))
        live.key(K.Key_S)
        self.settle()

    @property
    def room(self) -> DrillRoom:
        room = self.live.room.drilling.room
        assert room is not None
        return room

    @property
    def run_page(self) -> DrillRunPage:
        page = self.room.window.page
        assert isinstance(page, DrillRunPage)
        return page

    def settle(self) -> None:
        self.live.settle()
        if self.live.room.drilling.room is not None:
            self.live.room.drilling.room.tick()
        self.live.settle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
            ) -> None:
        self.room.window.activateWindow()
        QTest.keyClick(self.room.window.focusWidget() or self.room.window, key, modifier)
        self.settle()

    def wait(self, seconds: float) -> None:
        self.live.clock.move(timedelta(seconds=seconds))
        self.settle()

    def end(self, words: str = "") -> None:
        self.key(K.Key_E)
        assert self.run_page.sheet is not None
        self.run_page.sheet.form.fill({"note": words})
        self.run_page.sheet.submit()
        self.settle()

    @property
    def record(self) -> DrillRecord:
        return read_record(self.live.store, drills(self.live.store)[0].id)


@pytest.fixture
def director(live: LiveRoom) -> Iterator[Director]:
    hands = Director(live, "hazmat-leak")
    yield hands
    live.room.drilling.close()
    live.settle()


def test_a_whole_drill_on_single_keys(director: Director) -> None:
    assert director.room.window.page.key == "briefing"
    head = journal.head(director.live.store.db)
    director.key(K.Key_S)
    page = director.run_page
    director.key(K.Key_N)
    director.wait(65)
    director.key(K.Key_1)
    director.wait(55)
    director.key(K.Key_2, SHIFT)
    director.wait(60)
    director.key(K.Key_N)
    director.wait(90)
    director.key(K.Key_2, ALT)
    director.key(K.Key_U)
    director.key(K.Key_1)
    director.key(K.Key_Space)
    assert page.face.facts.digits == "00:04:30"
    director.wait(300)
    assert page.face.facts.digits == "00:04:30"
    director.key(K.Key_Space)
    director.key(K.Key_M)
    assert page.sheet is not None
    page.sheet.form.fill({"text": "电话占线"})
    page.sheet.submit()
    director.wait(30)
    touched = {r[0] for r in director.live.store.read(
        "select distinct tbl from journal where change_id > :id", id=head[0])}
    assert touched == {"drill"}  # that it runs, and nothing else
    director.end("讲评完毕")
    record = director.record
    one, two = record.injects[0], record.injects[1]
    assert [(a.result, one.took(a)) for a in one.actions] == [
        (Result.DONE, 65), (Result.PARTLY, 120)]
    assert [(a.result, two.took(a)) for a in two.actions] == [(Result.DONE, 90), (None, None)]
    assert [(b.kind, b.t, b.seconds) for b in record.breaks] == [(BreakKind.PAUSE, 270, 300)]
    assert [m.text for m in record.marks] == ["电话占线"]
    assert (record.length, record.end_note) == (300, "讲评完毕")
    assert drills(director.live.store)[0].state is DrillState.SEALED
    assert director.run_page.run.state is RunState.ENDED


def test_participants_work_the_same_screens_and_are_timed(director: Director) -> None:
    director.key(K.Key_S)
    director.key(K.Key_N)
    director.wait(40)
    before = director.live.store.value("select count(*) from event")
    an_event(director.room.store, "演练槽车泄漏", by=director.room.desk.officer)
    director.settle()
    row = director.run_page.actions_list.rows_model.rows[0]
    assert (row.at, row.tone, row.auto) == ("T+00:00:40", "done", True)
    assert director.live.store.value("select count(*) from event") == before
    director.end()
    assert director.record.between(Point.START, Point.REPORTED) == 40


def test_a_real_event_is_one_key_away(director: Director) -> None:
    banner = director.room.window.banner
    an_event(director.live.store, "真实火情", by=director.live.desk.officer)
    director.settle()
    assert banner.real == 1
    assert "F11" in banner.accessibleName()
    director.room.window.show_page("desk")
    director.room.desk_page.quick.setFocus()  # also while a line is half typed
    director.live.window.show_page("libraries")
    director.key(K.Key_F11)
    assert director.live.window.page.key == "desk"
    assert banner.real == 0


def test_a_window_that_was_closed_goes_on_with_the_downtime_marked(director: Director) -> None:
    director.key(K.Key_S)
    director.key(K.Key_N)
    director.wait(120)
    director.room.window.close()
    director.settle()
    assert director.live.room.drilling.room is None
    assert "has not ended" in director.live.told[-1]
    director.live.clock.move(timedelta(minutes=6))
    director.page.drills.choose(drills(director.live.store)[0].id)
    director.page.open_drill()
    director.settle()
    assert director.run_page.face.facts.digits == "00:02:00"
    director.wait(10)
    director.end()
    down = [b for b in director.record.breaks if b.kind is BreakKind.DOWN]
    assert [(b.t, b.seconds) for b in down] == [(120, 360)]
    assert director.record.length == 130


def test_after_a_crash_the_desk_takes_the_drill_up_again(director: Director) -> None:
    director.key(K.Key_S)
    director.wait(30)
    director.room.beat()
    director.live.room.drilling.close()
    director.live.room.__dict__.pop("drilling")
    director.live.clock.move(timedelta(minutes=3))
    Drilling.take_up(director.live.room.drilling)
    director.settle()
    assert director.run_page.at == 30
    assert director.run_page.run.breaks[0].seconds == 180


def test_a_drill_that_ended_unsealed_is_sealed_when_it_is_opened(director: Director) -> None:
    director.key(K.Key_S)
    director.wait(30)
    own, by = director.room.store, director.room.desk.officer
    director.room.ended.disconnect()  # as if the real store could not be written then
    acting.end_drill(own, by=by)
    director.live.room.drilling.close()
    assert drills(director.live.store)[0].state is DrillState.RUNNING
    director.page.drills.choose(drills(director.live.store)[0].id)
    director.page.open_drill()
    director.settle()
    assert drills(director.live.store)[0].state is DrillState.SEALED
    assert director.record.length == 30


def test_a_lost_folder_is_told_and_the_drill_can_be_given_up(director: Director) -> None:
    director.key(K.Key_S)
    folder = director.room.drill.folder
    director.live.room.drilling.close()
    folder.rename(folder.with_name("moved"))
    director.page.drills.choose(drills(director.live.store)[0].id)
    director.page.open_drill()
    director.settle()
    assert "moved or deleted" in director.live.told[-1]
    director.page.give_up()
    assert director.page.sheet is not None
    director.page.sheet.form.fill({"reason": "文件夹丢失"})
    director.page.sheet.submit()
    assert drills(director.live.store)[0].state is DrillState.ABANDONED


def test_every_key_of_the_drill_has_an_effect(director: Director) -> None:
    director.key(K.Key_S)
    director.key(K.Key_N)
    director.wait(30)
    dead = []
    for action in director.run_page.actions_shown():
        if not action.isEnabled() or action.shortcut().toString() in {"E", "U"}:
            continue
        before = (len(acting.acts(director.room.store)), director.room.window.page.key,
                  director.run_page.sheet)
        action.trigger()
        director.settle()
        page = director.room.window.page
        after = (len(acting.acts(director.room.store)), page.key, getattr(page, "sheet", None))
        if after == before:
            dead.append(action.shortcut().toString())
        if getattr(page, "sheet", None) is not None:
            page.sheet.discard()
        director.room.window.show_page("drill")
        director.settle()
        if director.run_page.run.state is RunState.PAUSED:
            director.run_page.hold()
    assert dead == []
    assert {"settings", "drills"}.isdisjoint(director.room.window.pages)


def test_a_table_top_drill_runs_faster_on_a_key(live: LiveRoom) -> None:
    hands = Director(live, "flood-evacuation")
    hands.key(K.Key_S)
    hands.key(K.Key_Plus)
    hands.key(K.Key_Plus)
    hands.wait(60)
    assert hands.run_page.at == 300
    assert hands.run_page.run.speed == 5
    hands.end()
    assert [(s.t, s.factor) for s in hands.record.speeds] == [(0, 1), (0, 2), (0, 5)]
    live.room.drilling.close()


def test_the_record_is_shown_with_its_aims_measured(director: Director) -> None:
    director.page.drills.choose(drills(director.live.store)[1].id)
    director.page.open_drill()
    director.settle()
    page = director.live.window.page
    assert isinstance(page, DrillRecordPage)
    words = [f"{r.words} {r.right}" for r in page.times.rows_model.rows]
    assert any("00:10:50" in w for w in words)  # call to first report
    assert page.injects.rows_model.rowCount() == 13
    director.live.room.drilling.close()
    director.live.window.activateWindow()
    director.settle()
    director.live.key(K.Key_Escape)
    assert director.live.window.page.key == "drills"


def test_a_scenario_is_edited_on_screen_and_comes_back_from_xlsx(live: LiveRoom) -> None:
    live.window.show_page("drills")
    page = live.window.page
    assert isinstance(page, DrillsPage)
    for kept in list(page.scenario_model.rows):
        page.scenarios.choose(kept.id)
        page.edit()
        assert isinstance(page.sheet, ScenarioSheet)
        page.sheet.form.fill({"minutes": "200"})
        page.sheet.submit()
        live.settle()
        assert page.sheet is None
        found = next(k for k in scenarios(live.store) if k.id == kept.id).scenario
        assert found.minutes == 200
        assert (found.aims, found.people, found.safety, found.injects) == (
            kept.scenario.aims, kept.scenario.people, kept.scenario.safety,
            kept.scenario.injects)
    page.export()
    live.settle()
    of = page.scenario
    assert of is not None
    assert (live.folder / "asked.xlsx").read_bytes()[:2] == b"PK"
    (live.folder / "asked.xlsx").write_bytes(write_scenario(of.scenario))
    page.take_in()
    assert "13 injects" in live.told[-1]


def test_a_scenario_without_aims_is_not_run(live: LiveRoom) -> None:
    live.window.show_page("drills")
    page = live.window.page
    assert isinstance(page, DrillsPage)
    page.edit()
    assert page.sheet is not None
    page.sheet.form.fill({"aims": []})
    page.sheet.submit()
    live.settle()
    before = len(drills(live.store))
    assert "no aims" in page.about_scenario.rows_model.rows[0].words
    page.prepare()
    assert "no aims" in live.told[-1]
    assert len(drills(live.store)) == before


def test_the_look_may_change_while_an_event_is_in_view(live: LiveRoom) -> None:
    live.window.show_page("event", live.open_event)
    live.settle()
    live.theme.switch(palette=DARK)
    live.settle()
    live.window.show_page("desk")
    assert [a.text() for a in live.window.actions()]
    live.theme.switch(palette=LIGHT)


def test_a_file_that_leaves_a_drill_says_so(director: Director) -> None:
    assert director.room.desk.file_name("log.xlsx") == "DRILL-log.xlsx"
    assert director.live.desk.file_name("log.xlsx") == "log.xlsx"
    director.room.window.show_page("movements")
    page = director.room.window.page
    assert isinstance(page, MovementsPage)
    asked: list[str] = []
    page.choose_file = lambda _page, _title, name: asked.append(name) or ""  # type: ignore[func-returns-value]
    page.export()
    assert asked == ["DRILL-Movements.xlsx"]
