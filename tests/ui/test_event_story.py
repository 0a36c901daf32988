"""The event side by keyboard on a real store: intake, orders, stages, strike, report, close."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.store import Store
from db.words import t
from dispatch.events import event, open_events, past_events
from dispatch.log import entries
from dispatch.orders import orders_of
from dispatch.reports_up import next_sendings
from dispatch.sendings import sendings
from dispatch.terms import EntryKind, EventState, Level, Stage
from tests.builders import a_force, a_store, an_event, an_officer_row, clock_of
from tests.ui.keys import type_in
from ui.desk import Desk
from ui.dialogs.draft import drafts_of
from ui.dialogs.intakes import Intakes
from ui.main_window import MainWindow
from ui.room_pages import room_pages

Key = Qt.Key


class Room:
    """The window with the pages of the event side, on a store of its own."""

    def __init__(self, qtbot, theme, folder):
        self.qtbot = qtbot
        self.store: Store = a_store(folder)
        self.by = an_officer_row(self.store)
        self.said: list[str] = []
        self.window = None
        self.theme = theme
        self.show()

    def show(self):
        theme = self.theme
        self.desk = Desk(self.store, self.by, theme)
        self.window = MainWindow(theme, [e for e in room_pages(theme, self.desk)
                                         if e.key in {"events", "event"}])
        self.events, self.page = self.window.pages["events"], self.window.pages["event"]
        self.qtbot.addWidget(self.window)
        self.intakes = Intakes(theme, self.desk, self.window)
        self.intakes.opened.connect(lambda e: self.window.show_page("event", e.id))
        self.desk.changed.connect(self.window.refresh)
        self.desk.told.connect(lambda _tone, words: self.said.append(words))
        self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()
        QTest.qWait(20)

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def wait(self, **span):
        clock_of(self.store).move(timedelta(**span))

    def open(self, of):
        self.window.show_page("event", of.id)

    @property
    def sheet(self):
        return self.page.acts.sheet


@pytest.fixture
def room(qtbot, theme, tmp_path):
    room = Room(qtbot, theme, tmp_path)
    yield room
    room.desk.bus.close()
    room.store.close()


def test_a_title_and_enter_make_one_event_however_often_enter_is_hit(room):
    sheet = room.intakes.ask()
    type_in(sheet.form.field("title"), "液氨罐车侧翻")
    room.key(Key.Key_Return)
    QTest.keyClick(sheet.form.field("title"), Key.Key_Return)
    room.key(Key.Key_Return)
    found = open_events(room.store)
    assert [e.title for e in found] == ["液氨罐车侧翻"]
    assert room.window.page is room.page
    assert room.page.view.of.id == found[0].id
    assert not drafts_of(room.desk).all()


def test_the_suggested_level_stands_in_its_field_until_the_person_chooses(room):
    sheet = room.intakes.ask()
    type_in(sheet.form.field("title"), "x")
    sheet.form.fill({"severe": 11})
    assert sheet.form.values["level"] == Level.III
    assert "11" in sheet.basis.text()
    sheet.form.fill({"level": int(Level.II)})
    sheet.level_box.activated.emit(2)
    sheet.form.fill({"severe": 12})
    room.key(Key.Key_Return)
    assert open_events(room.store)[0].level == Level.II


def test_a_refusal_stands_beside_its_field_and_nothing_is_lost(room):
    sheet = room.intakes.ask()
    type_in(sheet.form.field("title"), "fire")
    type_in(sheet.form.field("occurred"), "soon")
    room.key(Key.Key_Return)
    assert not open_events(room.store)
    assert "soon" in sheet.form.field("occurred").accessibleDescription()
    assert sheet.isVisible()
    assert sheet.form.values["title"] == "fire"


def test_typing_never_stamps_or_leaves_the_form(room):
    a_force(room.store)
    of = an_event(room.store)
    room.open(of)
    sheet = room.intakes.ask()
    type_in(sheet.form.field("title"), "w1gx")
    sheet.class_box.setFocus()
    room.key(Key.Key_W)
    assert sheet.form.values["title"] == "w1gx"
    assert room.sheet is None


def test_several_drafts_survive_a_crash_and_esc(room):
    first = room.intakes.ask()
    type_in(first.form.field("title"), "first")
    second = room.intakes.ask()
    type_in(second.form.field("title"), "second")
    QTest.qWait(600)
    kept = drafts_of(room.desk).all().values()
    assert sorted(d["title"] for d in kept) == ["first", "second"]
    room.desk.bus.close()
    room.window.hide()
    room.show()
    back = room.intakes.restore()
    assert sorted(s.form.values["title"] for s in back) == ["first", "second"]
    room.key(Key.Key_Escape)
    assert len(drafts_of(room.desk).all()) == 2
    fresh = room.intakes.ask()
    assert fresh.empty
    words = [b.text() for b in fresh.drafts.buttons]
    assert words == ["1 first", "2 second", "3 empty"]
    room.key(Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget().text() == "second"


def test_a_number_that_called_before_and_a_likely_duplicate_are_shown(room):
    an_event(room.store, "旧事", town="石渠镇", address="高速K12", reporter_phone="000-6218")
    sheet = room.intakes.ask()
    type_in(sheet.form.field("address"), "高速K12")
    type_in(sheet.form.field("reporter_phone"), "000-6218")
    assert "旧事" in sheet.likely.text()
    assert "旧事" in sheet.calls.text()


def ordered(room, count=6):
    for n in range(count):
        a_force(room.store, f"队伍{n}", promised_minutes=10 + n)
    of = an_event(room.store)
    room.open(of)
    room.key(Key.Key_F4)
    for _ in range(count):
        room.key(Key.Key_Space)
        room.key(Key.Key_Down)
    room.key(Key.Key_Return)
    return of


def test_six_forces_are_ordered_and_stamped_by_their_numbers(room):
    of = ordered(room)
    assert [o.stage for o in orders_of(room.store, of.id)] == [Stage.ORDERED] * 6
    room.wait(minutes=1)
    for n in range(6):
        room.key(Key(Key.Key_1 + n))
    room.wait(minutes=2)
    room.key(Key.Key_3)
    stages = [o.stage for o in orders_of(room.store, of.id)]
    assert stages == [*[Stage.CONFIRMED] * 2, Stage.MUSTERED, *[Stage.CONFIRMED] * 3]
    lanes = room.page.parts.chart.facts.lanes
    assert len(lanes) == 6
    assert len(lanes[2].segments) >= 2


def test_digits_in_the_dispatch_form_write_the_promised_minutes(room):
    a_force(room.store)
    of = an_event(room.store)
    room.open(of)
    room.key(Key.Key_F4)
    for key in (Key.Key_Space, Key.Key_3, Key.Key_5, Key.Key_Return):
        room.key(key)
    assert orders_of(room.store, of.id)[0].promised_minutes == 35


def test_a_force_that_is_out_is_not_sent_again_without_asking(room):
    of = ordered(room, 1)
    other = an_event(room.store, "另一件")
    room.open(other)
    room.key(Key.Key_F4)
    room.key(Key.Key_Space)
    room.key(Key.Key_Return)
    assert of.number in room.sheet.message.text()
    room.sheet.form.fill({"also_out": True})
    room.key(Key.Key_Return)
    assert len(orders_of(room.store, other.id)) == 1


def test_a_stage_with_its_own_time_is_back_filled(room):
    of = ordered(room, 1)
    room.wait(minutes=20)
    room.key(Key.Key_T)
    sheet = room.sheet
    at = room.desk.now() - timedelta(minutes=15)
    type_in(sheet.form.field("at"), f"{at + timedelta(hours=8):%H:%M}")
    sheet.form.fill({"people": 12, "vehicles": 3, "reason": "电台中断"})
    room.key(Key.Key_Return)
    stamp = orders_of(room.store, of.id)[0].stamps[-1]
    assert (stamp.stage, stamp.people, stamp.vehicles) == (Stage.CONFIRMED, 12, 3)
    assert stamp.backfilled
    assert stamp.backfill_reason == "电台中断"


def test_the_line_of_the_event_logs_there_and_a_strike_needs_a_reason(room):
    of = an_event(room.store)
    room.open(of)
    room.key(Key.Key_F3)
    type_in(QApplication.focusWidget(), "疏散 102 人")
    room.key(Key.Key_Return)
    newest = entries(room.store, event=of.id)[0]
    assert newest.text == "疏散 102 人"
    room.key(Key.Key_Escape)
    room.page.parts.log.choose(newest.id)
    room.key(Key.Key_X)
    room.key(Key.Key_Return)
    assert room.sheet is not None
    type_in(room.sheet.form.field("reason"), "听错")
    room.sheet.form.fill({"corrected": "疏散 120 人"})
    room.key(Key.Key_Return)
    first = entries(room.store, event=of.id)[0]
    assert (first.kind, first.text, first.reason) == (EntryKind.CORRECTION, "疏散 120 人", "听错")


def test_casualties_level_and_response_by_keys(room):
    of = an_event(room.store)
    room.open(of)
    room.key(Key.Key_C)
    room.sheet.form.fill({"severe": 11})
    room.key(Key.Key_Return)
    room.key(Key.Key_G)
    room.key(Key.Key_Return)
    assert event(room.store, of.id).level == Level.III
    room.key(Key.Key_R)
    room.sheet.form.fill({"measures": "管控", "expected": "6 小时"})
    room.key(Key.Key_Return)
    assert room.sheet.form.field("approver").accessibleDescription()
    room.sheet.form.fill({"approver": "李建国"})
    room.key(Key.Key_Return)
    assert event(room.store, of.id).response_level == 3
    assert room.page.parts.head.facts.level == 3


def test_an_instruction_is_recorded_and_passed_on(room):
    of = an_event(room.store)
    room.open(of)
    room.key(Key.Key_F6)
    form = room.sheet.form
    form.fill({"leader": "刘明远", "text": "先救人", "to_1": "石渠镇", "repeated_1": True})
    form.field("leader").setFocus()
    room.key(Key.Key_Return)
    texts = [e.text for e in entries(room.store, event=of.id, kinds=[EntryKind.INSTRUCTION])]
    assert texts[-1] == "先救人"
    assert len(texts) == 2


def test_a_report_is_edited_and_noted_as_sent(room):
    of = an_event(room.store)
    room.open(of)
    waiting = next_sendings(room.store, of.id)
    room.key(Key.Key_F8)
    room.sheet.form.fill({"text": "改过的首报", "receiver": "周宁"})
    room.sheet.table.setFocus()
    room.key(Key.Key_Return)
    sent = [s for s in sendings(room.store, of.id) if s.sent_at]
    assert [(s.recipient, s.receiver) for s in sent] == [(waiting[0].recipient, "周宁")]
    assert room.store.value("select text from report") == "改过的首报"


def test_closing_says_what_is_in_the_way_and_takes_a_reason(room):
    of = an_event(room.store)
    room.open(of)
    room.key(Key.Key_W)
    room.key(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert event(room.store, of.id).state == EventState.OPEN
    assert room.sheet.form.field("waive").accessibleDescription()
    type_in(room.sheet.form.field("waive"), "误报")
    room.key(Key.Key_Return)
    assert event(room.store, of.id).state == EventState.CLOSED
    assert t("verb|Reopen") in [a.text() for a in room.page.actions_shown()]


def test_the_list_of_events_filters_and_opens(room):
    for n in range(3):
        of = an_event(room.store, f"事件{n}")
        room.open(of)
        room.key(Key.Key_W)
        type_in(room.sheet.form.field("waive"), "误报")
        room.sheet.form.field("waive").setFocus()
        room.key(Key.Key_Return)
    assert len(past_events(room.store)) == 3
    room.window.show_page("events")
    room.key(Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    type_in(room.events.words, "事件1")
    assert [e.title for e in room.events.model.rows] == ["事件1"]
    room.key(Key.Key_Return)
    room.key(Key.Key_Return)
    assert room.window.page is room.page
    assert room.page.view.of.title == "事件1"


def test_p_makes_the_after_action_report_for_the_preview(room, qtbot):
    of = ordered(room, 1)
    with qtbot.waitSignal(room.page.go, timeout=20_000, check_params_cb=lambda key, _: (
            key == "preview")) as asked:
        room.page.go.disconnect(room.window.show_page)
        room.key(Key.Key_P)
    paper = asked.args[1]
    assert paper.pdf.startswith(b"%PDF")
    assert of.number in paper.title
    assert paper.back_to == "event"
