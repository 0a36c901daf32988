"""From the call to the final report by keyboard alone, and what goes wrong on the way."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.words import catalogue
from dispatch.bulletins import bulletins
from dispatch.calls import calls
from dispatch.closing import merge_event
from dispatch.events import event, open_events
from dispatch.filing import attached
from dispatch.incoming import papers
from dispatch.linking import linked
from dispatch.log import entries
from dispatch.orders import OrderLine, order_forces, orders_of
from dispatch.reports_up import next_sendings, reports
from dispatch.sendings import sendings
from dispatch.terms import EntryKind, EventState, ReportKind
from tests.builders import a_force, an_event
from tests.ui.keys import type_in
from tests.ui.live_room import LiveRoom
from tests.ui.test_event_story import Room, room  # noqa: F401 - the fixture
from ui.dialogs.draft import drafts_of
from ui.dialogs.event_facts import EventFactsSheet
from ui.dialogs.files import FilesSheet
from ui.dialogs.report import ReportSheet
from ui.notices import Notices
from ui.pages.registers_page import RegistersPage

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


class Hand:
    """Two hands on the keyboard of a room: nothing is set, everything is typed."""

    def __init__(self, room: Room) -> None:  # noqa: F811
        self.room = room

    def press(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
              ) -> None:
        self.room.key(key, modifier)
        QApplication.processEvents()

    def type(self, words: str) -> None:
        type_in(QApplication.focusWidget(), words)

    def tab_to(self, name: str) -> None:
        """Tab on until the field of that name in the open form has the focus."""
        wanted = self.room.sheet.form.field(name)
        for _ in range(60):
            if QApplication.focusWidget() is wanted:
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"{name} is not reached by Tab")

    def send_all(self) -> ReportSheet:
        """F8, pick every recipient with Space, Enter."""
        self.press(Key.Key_F8)
        sheet = self.room.sheet
        for number, row in enumerate(sheet.model.rows):
            sheet.table.setFocus()
            if not row.chosen and not row.of.done:
                self.press(Key.Key_Space)
            if number < len(sheet.model.rows) - 1:
                self.press(Key.Key_Down)
        self.press(Key.Key_Return)
        return sheet


def test_an_event_goes_from_call_to_final_report_by_keyboard_alone(room):  # noqa: F811
    hand, store = Hand(room), room.store
    a_force(store)
    room.intakes.ask()
    hand.type("液氨罐车侧翻")
    hand.press(Key.Key_Return)
    of = open_events(store)[0]
    hand.press(Key.Key_E)
    hand.tab_to("address")
    hand.type("高速K12")
    hand.tab_to("commander")
    hand.type("刘立新")
    hand.press(Key.Key_Return)
    assert event(store, of.id).address == "高速K12"
    hand.press(Key.Key_F4)
    hand.press(Key.Key_Space)
    hand.press(Key.Key_Return, CONTROL)
    assert len(orders_of(store, of.id)) == 1
    hand.press(Key.Key_C)
    hand.tab_to("severe")
    hand.type("2")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_G)
    hand.press(Key.Key_Return)
    room.wait(minutes=5)
    hand.send_all()
    sent = [s for s in sendings(store, of.id) if s.sent_at]
    assert {s.kind for s in sent} == {ReportKind.FIRST}
    assert "高速K12" in reports(store, of.id)[0].text
    room.wait(hours=1)
    hand.press(Key.Key_C)
    hand.tab_to("severe")
    hand.press(Key.Key_A, CONTROL)
    hand.type("3")
    hand.press(Key.Key_Return)
    hand.send_all()
    assert "Seriously injured 3 (+1)" in reports(store, of.id)[-1].text
    for _ in range(8):
        hand.press(Key.Key_1)
        room.wait(minutes=2)
    assert orders_of(store, of.id)[0].ended_at is not None
    hand.press(Key.Key_W)
    hand.type("已处置完毕")
    hand.press(Key.Key_Return, CONTROL)
    assert event(store, of.id).state == EventState.CLOSED
    hand.send_all()
    last = reports(store, of.id)[-1]
    assert last.kind is ReportKind.FINAL
    assert "已处置完毕" in last.text
    assert next_sendings(store, of.id) == []
    assert not any(s.late for s in sendings(store, of.id))


def test_a_gap_leads_to_its_field_and_back_to_the_report_drawn_anew(room):  # noqa: F811
    of = an_event(room.store)
    room.open(of)
    room.key(Key.Key_F8)
    room.sheet.gaps.buttons["leaders"].setFocus()
    room.key(Key.Key_Return)
    assert isinstance(room.sheet, EventFactsSheet)
    type_in(QApplication.focusWidget(), "李建国已到场")
    room.key(Key.Key_Return)
    QTest.qWait(20)
    assert isinstance(room.sheet, ReportSheet)
    assert "leaders" not in room.sheet.gaps.buttons
    assert "李建国已到场" in room.sheet.form.values["text"]


def test_a_report_to_nobody_is_refused_and_one_is_waived_by_name(room):  # noqa: F811
    of = an_event(room.store)
    room.open(of)
    room.key(Key.Key_F8)
    room.key(Key.Key_Space)
    room.key(Key.Key_Return)
    assert "pick at least one" in room.sheet.message.text()
    assert not [s for s in sendings(room.store, of.id) if s.sent_at]
    room.key(Key.Key_Space)
    room.key(Key.Key_W, CONTROL)
    assert "why" in room.sheet.form.field("reason").accessibleDescription()
    type_in(room.sheet.form.field("reason"), "电话已报")
    room.key(Key.Key_W, CONTROL)
    assert [s.waived for s in sendings(room.store, of.id) if s.waived] == ["电话已报"]
    newest = entries(room.store, event=of.id, kinds=[EntryKind.REPORT])[0]
    assert (newest.officer, "电话已报" in newest.text) == ("王敏", True)
    room.key(Key.Key_T, CONTROL)
    assert of.title in QGuiApplication.clipboard().text()


def test_one_key_joins_a_second_caller_to_the_event(room):  # noqa: F811
    of = an_event(room.store, town="石渠镇", address="高速K12")
    sheet = room.intakes.ask()
    type_in(sheet.form.field("address"), "高速K12")
    type_in(sheet.form.field("summary"), "我也看到了")
    room.key(Key.Key_J, CONTROL)
    assert len(open_events(room.store)) == 1
    assert "我也看到了" in entries(room.store, event=of.id)[0].text
    assert room.page.view.of.id == of.id
    assert not drafts_of(room.desk).all()


def test_quick_texts_are_written_by_number(room):  # noqa: F811
    sheet = room.intakes.ask()
    sheet.form.field("summary").setFocus()
    room.key(Key.Key_5, CONTROL)
    assert sheet.form.values["summary"] == "经回拨核实，情况属实。"
    menu = sheet.phrases.menu(sheet.form.field("summary"))
    assert len(menu.actions()) == 9


def test_an_open_intake_speaks_the_new_language_and_keeps_its_words(room):  # noqa: F811
    sheet = room.intakes.ask()
    before = sheet.ok.text()
    type_in(sheet.form.field("title"), "半句话")
    catalogue.load("zh_CN", Path("ui/assets/words"))
    room.theme.switch(scale=1.0)
    room.theme.changed.emit()
    QTest.qWait(20)
    (again,) = room.intakes.sheets
    assert again is not sheet
    assert again.form.values["title"] == "半句话"
    assert again.ok.text() != before


def test_an_event_merged_while_in_view_says_where_it_went(room):  # noqa: F811
    of, kept = an_event(room.store), an_event(room.store, "原事件")
    room.open(of)
    merge_event(room.store, of.id, kept.id, by=room.by)
    room.desk.changed.emit(None)
    QTest.qWait(20)
    assert any(kept.number in words for words in room.said)
    room.key(Key.Key_Y)
    assert room.page.view.of.id == kept.id
    assert [k.id for k in linked(room.store, kept.id)] == [of.id]


def test_files_are_attached_by_key_and_shown_small(room, tmp_path):  # noqa: F811
    of = an_event(room.store)
    picture = tmp_path / "现场.png"
    room.window.grab().save(str(picture))
    room.open(of)
    room.key(Key.Key_A)
    sheet = room.sheet
    assert isinstance(sheet, FilesSheet)
    sheet.choose_files = lambda _parent: [str(picture)]
    shown: list[Path] = []
    sheet.open_outside = lambda path: bool(shown.append(path)) or True
    sheet.choose_folder = lambda _parent: str(tmp_path / "out")
    (tmp_path / "out").mkdir()
    room.key(Key.Key_O, CONTROL)
    assert [a.name for a in attached(room.store, of.id)] == ["现场.png"]
    assert not sheet.list.item(0).icon().isNull()
    sheet.attempt(sheet.open_chosen)
    assert shown[0].name == "现场.png"
    sheet.attempt(sheet.export_chosen)
    assert (tmp_path / "out" / "现场.png").read_bytes() == picture.read_bytes()
    (sheet.desk.store.path.parent / "attachments").rename(tmp_path / "gone")
    sheet.attempt(sheet.open_chosen)
    assert "missing" in sheet.message.text()
    shutil.rmtree(tmp_path / "gone")


def test_registers_take_a_call_a_paper_and_the_day(live: LiveRoom) -> None:
    live.window.show_page("registers", "calls")
    page = live.window.page
    assert isinstance(page, RegistersPage)
    live.key(Key.Key_N)
    type_in(QApplication.focusWidget(), "000-7001")
    type_in(page.sheet.form.field("text"), "咨询停水")
    live.key(Key.Key_Return, CONTROL)
    assert calls(live.store)[0].text == "咨询停水"
    live.key(Key.Key_2)
    live.key(Key.Key_N)
    page.sheet.form.fill({"title": "强降雨提示", "sender": "市气象台", "urgency": "warning"})
    live.key(Key.Key_Return, CONTROL)
    made = papers(live.store)[0]
    assert len(made.waiting) == 2
    live.key(Key.Key_Return)
    live.key(Key.Key_Return, CONTROL)
    assert [p.to_whom for p in papers(live.store)[0].passings if p.passed_at] == ["带班领导"]
    live.window.show_page("desk")
    live.window.show_page("registers", f"paper:{int(made.id)}")
    assert page.sheet.form.values["to_whom"] == "业务科室"
    page.sheet.discard()
    live.key(Key.Key_3)
    live.key(Key.Key_N)
    assert "1" in bulletins(live.store)[0].parts["overview"]
    live.key(Key.Key_P, CONTROL)
    live.settle()
    assert live.window.page.key == "preview"
    live.key(Key.Key_T)
    assert bulletins(live.store)[0].number in QGuiApplication.clipboard().text()


def test_a_notice_is_given_once_and_the_look_says_how(live: LiveRoom) -> None:
    notices = Notices(live.theme, live.desk)
    heard: list[str] = []
    notices.play = lambda: heard.append("tone")
    notices.show = lambda title, words: heard.append(words)
    live.clock.move(timedelta(minutes=11))
    first = notices.look()
    assert first
    assert heard[0] == "tone"
    assert first[0].title in heard[1]
    assert notices.look() == []
    assert len(heard) == 2
    Notices(live.theme, live.desk)._show_in_tray("x", "y")  # without a tray nothing happens


FULL = ("pragma max_page_count = 1", "pragma max_page_count = 1073741823")


def test_on_a_full_disk_intake_and_stage_say_so_and_nothing_is_lost(room):  # noqa: F811
    a_force(room.store)
    of = an_event(room.store)
    order_forces(room.store, of.id, [OrderLine(a_force(room.store, "二队"))], by=room.by)
    room.open(of)
    room.store.db.execute(FULL[0])
    sheet = room.intakes.ask()
    type_in(sheet.form.field("title"), "满盘时的来电")
    sheet.form.fill({"summary": "满" * 3900})
    sheet.form.field("title").setFocus()
    room.key(Key.Key_Return)
    assert "full" in sheet.message.text()
    assert sheet.form.values["title"] == "满盘时的来电"
    sheet.leave()
    before = len(room.said)
    for _ in range(40):
        room.page.stage_of("1")
        if room.sheet is not None:
            room.sheet.form.fill({"note": "满" * 3000})
            room.sheet.submit()
            if room.sheet is not None:
                break
    assert room.sheet is not None or len(room.said) > before
    room.store.db.execute(FULL[1])
    if room.sheet is not None:
        room.sheet.submit()
    assert room.sheet is None
    back = room.intakes.ask()
    room.key(Key.Key_Return)
    assert back.sent
    assert [e.title for e in open_events(room.store)].count("满盘时的来电") == 1


def test_a_store_held_by_another_program_is_told_and_the_form_stays(room, qtbot):  # noqa: F811
    import sqlite3

    room.store.db.execute("pragma busy_timeout = 10")
    other = sqlite3.connect(room.store.path, isolation_level=None)
    other.execute("begin immediate")
    sheet = room.intakes.ask()
    type_in(sheet.form.field("title"), "被锁住时的来电")
    room.key(Key.Key_Return)
    assert sheet.message.text()
    assert sheet.isVisible()
    other.execute("rollback")
    other.close()
    room.key(Key.Key_Return)
    assert [e.title for e in open_events(room.store)] == ["被锁住时的来电"]


def test_a_window_that_only_reads_refuses_every_form_in_words(
        theme, sample: Path, tmp_path: Path, qtbot) -> None:
    folder = tmp_path / "district"
    shutil.copytree(sample, folder)
    live = LiveRoom(theme, folder, read_only=True)
    try:
        live.key(Key.Key_F2)
        sheet = live.sheets[-1]
        type_in(sheet.form.field("title"), "只读时的来电")
        live.key(Key.Key_Return)
        assert "reading only" in sheet.message.text()
        assert sheet.form.values["title"] == "只读时的来电"
        live.window.show_page("registers", "papers")
        live.key(Key.Key_3)
        live.key(Key.Key_N)
        assert any("reading only" in words for words in live.told)
        live.room.ring()
    finally:
        live.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.builders import a_store, an_officer_row
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.ui.keys import type_in
from ui.desk import Desk
from ui.dialogs.intakes import Intakes
from ui.main_window import MainWindow
from ui.room_pages import room_pages
from ui.theme import Theme
app = QApplication([])
theme = Theme()
theme.dress(app)
store = a_store(Path(sys.argv[1]))
desk = Desk(store, an_officer_row(store), theme)
window = MainWindow(theme, room_pages(theme, desk))
window.show()
intakes = Intakes(theme, desk, window)
for words in ("甲", "乙", "丙"):
    type_in(intakes.ask().form.field("title"), words)
QTest.qWait(700)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_half_typed_calls_survive_a_killed_program(room, tmp_path):  # noqa: F811
    folder = tmp_path / "killed"
    folder.mkdir()
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False,
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
    shutil.copytree(folder / "drafts", room.store.path.parent / "drafts", dirs_exist_ok=True)
    back = room.intakes.restore()
    assert [s.form.values["title"] for s in back] == ["甲", "乙", "丙"]
