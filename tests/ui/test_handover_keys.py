"""The handover by keyboard: reminder, fault, words, seal, addendum; facts follow the record."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from dispatch.duty.handover import handover
from dispatch.incoming import receive_paper
from dispatch.reminders import open_reminders
from tests.ui.keys import type_in
from tests.ui.live_room import LiveRoom
from ui.dialogs.reminder import ReminderSheet
from ui.pages.handover_page import HandoverPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
K = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def at(live: LiveRoom) -> HandoverPage:
    live.key(K.Key_F9)
    page = live.window.page
    assert isinstance(page, HandoverPage)
    assert page.shown is not None
    return page


def words_of(page: HandoverPage) -> list[str]:
    return [row.words for row in page.facts.rows_model.rows]


def sign_both(live: LiveRoom, page: HandoverPage) -> None:
    for _ in range(2):
        page.signing.lines[-1 if page.signing.lines[0].place.given else 0].ask()
        live.settle()


def test_a_reminder_for_the_next_shift_is_a_fact_at_once_and_ticked_off(live: LiveRoom) -> None:
    page = at(live)
    live.key(K.Key_N)
    sheet = live.sheets[-1]
    type_in(sheet.form.field("title"), "催问核报")
    type_in(sheet.form.field("due_at"), "noon")
    live.key(K.Key_Return)
    assert "not a time" in sheet.form.field("due_at").accessibleDescription()
    sheet.form.fill({"due_at": "07:00"})
    live.key(K.Key_Return)
    assert "催问核报" in words_of(page)
    (made,) = [r for r in open_reminders(live.store) if r.title == "催问核报"]
    assert made.due_at > live.clock.now()
    live.window.show_page("desk")
    live.settle()
    due = live.room.desk_page.due
    due.setFocus()
    due.choose(f"reminder:{made.id}")
    live.key(K.Key_Return)
    sheet = live.sheets[-1]
    assert isinstance(sheet, ReminderSheet)
    assert not sheet.title_line.isEnabled()
    live.key(K.Key_Return, CONTROL)
    assert "催问核报" not in [r.title for r in open_reminders(live.store)]


def test_papers_and_the_words_being_typed_stand_side_by_side(live: LiveRoom) -> None:
    page = at(live)
    number = next(iter(page.words.notes))
    page.words.notes[number].setFocus()
    type_in(page.words.notes[number], "每两小时报水位")
    receive_paper(live.store, "低温雨雪的通知", sender="市应急局", by=live.desk.officer)
    live.settle()
    assert any("低温雨雪的通知" in words for words in words_of(page))
    assert page.words.notes[number].hasFocus()
    assert page.words.notes[number].text() == "每两小时报水位"
    live.key(K.Key_S, CONTROL)
    assert page.shown is not None
    assert handover(live.store, page.shown.id).words.notes == {number: "每两小时报水位"}


def test_sealed_words_stand_and_what_is_added_stands_below(live: LiveRoom) -> None:
    page = at(live)
    sign_both(live, page)
    assert page.shown is not None
    assert page.shown.sealed
    assert page.words.summary.toPlainText() == page.shown.summary
    assert page.words.summary.isReadOnly()
    live.key(K.Key_A)
    live.type("传真机已修复")
    live.key(K.Key_Return)
    assert [a.text for a in handover(live.store, page.shown.id).addenda] == ["传真机已修复"]
    live.key(K.Key_P)
    assert live.window.page.key == "preview"
