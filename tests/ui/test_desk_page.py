"""The desk: a line is in the store at once, and what is overdue is acknowledged by name."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt

from db.words import t
from dispatch.deadlines import due_list
from dispatch.log import entries
from dispatch.terms import EntryKind
from dispatch.warnings import in_force
from tests.builders import a_store, an_event, an_officer_row
from ui.desk import Desk
from ui.dialogs.warning import WarningSheet
from ui.pages.desk_page import DeskPage


def a_desk(qtbot, theme, tmp_path):
    store = a_store(tmp_path)
    desk = Desk(store, an_officer_row(store), theme)
    page = DeskPage(theme, desk)
    qtbot.addWidget(page)
    desk.changed.connect(page.refresh)
    page.resize(1200, 800)
    page.show()
    return store, desk, page


def test_a_typed_line_is_stored_and_painted_as_the_newest(qtbot, theme, tmp_path):
    store, desk, page = a_desk(qtbot, theme, tmp_path)
    qtbot.keyClicks(page.quick.line, "120 people out")
    qtbot.keyClick(page.quick.line, Qt.Key.Key_Return)
    qtbot.keyClick(page.quick.line, Qt.Key.Key_Return)
    assert [e.text for e in entries(store, limit=2)][:1] == ["120 people out"]
    assert page.log.rows_model.rows[-1].text == "120 people out"
    assert sum(e.text == "120 people out" for e in entries(store)) == 1
    assert page.quick.words == ""
    desk.close()


def test_a_half_typed_line_and_its_kind_come_back(qtbot, theme, tmp_path):
    _, desk, page = a_desk(qtbot, theme, tmp_path)
    page.quick.choose_kind(EntryKind.ROLL_CALL)
    qtbot.keyClicks(page.quick.line, "half a li")
    qtbot.wait(600)
    again = DeskPage(theme, desk)
    qtbot.addWidget(again)
    assert (again.quick.words, again.quick.kind) == ("half a li", EntryKind.ROLL_CALL)
    desk.close()


def test_an_overdue_report_is_acknowledged_by_name(qtbot, theme, tmp_path):
    store, desk, page = a_desk(qtbot, theme, tmp_path)
    told: list[str] = []
    desk.told.connect(lambda _tone, words: told.append(words))
    page.acknowledge_action.trigger()
    assert told == [t("Nothing overdue waits to be acknowledged.")]
    an_event(store, by=desk.officer)
    store.clock.move(timedelta(minutes=30))
    page.load(None)
    page.acknowledge_action.trigger()
    late = [d for d in due_list(store, store.clock.now()) if d.overdue]
    assert [d.acknowledged_by for d in late].count(desk.officer.name) == 1
    desk.close()


def test_a_warning_is_written_down_and_lifted(qtbot, theme, tmp_path):
    store, desk, page = a_desk(qtbot, theme, tmp_path)
    page.warning_action.trigger()
    sheet = page.window().findChild(WarningSheet)
    sheet.form.fill({"kind": "暴雨", "color": 3, "issuer": "气象台", "hours": "6"})
    sheet.submit()
    (found,) = in_force(store, desk.now())
    assert (found.kind, found.color) == ("暴雨", 3)
    assert found.ends_at == desk.now() + timedelta(hours=6)
    page.warn(int(found.id))
    lifting = [s for s in page.window().findChildren(WarningSheet) if s.isVisible()][-1]
    lifting.submit()
    assert in_force(store, desk.now()) == []
    desk.close()
