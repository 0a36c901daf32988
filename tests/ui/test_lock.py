"""The desk locks at once or by itself, hides nothing that is due, and gives all back unharmed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.search import sounds
from dispatch.audit import entries, find
from dispatch.audit_terms import verb_words
from dispatch.audit_words import altered_words
from dispatch.duty import officers
from resources.rules import change_rule, rule
from tests.ui.live_room import LiveRoom, a_district
from ui.dialogs.sign_on import LockBox, SignOnDialog
from ui.theme import Theme

K = Qt.Key
SECRET = "river-stone-4"


def box_of(live: LiveRoom) -> LockBox:
    assert live.room.lock.box is not None
    return live.room.lock.box


def idle_after(live: LiveRoom, minutes: int) -> None:
    change_rule(live.store, rule(live.store, "lock.idle"), minutes, valid_from=date(2026, 11, 23),
                by=live.desk.officer)


def test_the_sample_district_never_locks_by_itself(live: LiveRoom) -> None:
    live.clock.move(timedelta(hours=9))
    live.room.ring()
    assert not live.room.lock.locked


def test_an_untouched_desk_locks_and_a_touched_one_does_not(live: LiveRoom) -> None:
    idle_after(live, 10)
    handle = live.window.windowHandle()
    live.room.lock.watch(handle)
    for _ in range(3):
        live.clock.move(timedelta(minutes=9))
        QTest.keyClick(handle, K.Key_Shift)
        live.room.ring()
    assert not live.room.lock.locked
    live.clock.move(timedelta(minutes=10))
    live.room.ring()
    assert live.room.lock.locked
    assert not live.desk.has_officer


def test_half_typed_words_wait_behind_the_lock_and_what_is_due_stays(live: LiveRoom) -> None:
    who = live.desk.officer
    officers.set_password(live.store, who.id, SECRET, by=who)
    live.window.show_page("events")
    live.key(K.Key_F2)
    live.type("柴油罐车侧翻")
    before = live.store.value("select count(*) from change") + 1  # the lock itself
    live.key(K.Key_L, Qt.KeyboardModifier.ControlModifier)
    box = box_of(live)
    desk_page = live.room.desk_page
    assert live.window.page is desk_page
    assert desk_page.isVisible()
    assert not live.sheets
    assert not box.geometry().intersects(desk_page.due.rect().translated(
        desk_page.due.mapToGlobal(desk_page.due.rect().topLeft())))
    live.key(K.Key_Escape)
    assert box.isVisible()
    QTest.keyClicks(live.window, "x")
    live.key(K.Key_F2)
    assert live.store.value("select count(*) from change") == before
    live.type("wrong-one")
    live.key(K.Key_Return)
    assert box.isVisible()
    live.type(SECRET)
    live.key(K.Key_Return)
    assert not live.room.lock.locked
    assert live.desk.officer.id == who.id
    assert live.window.page.key == "events"
    [sheet] = live.sheets
    assert sheet.form.values["title"] == "柴油罐车侧翻"


def test_alarms_go_on_while_the_desk_is_locked(live: LiveRoom) -> None:
    live.room.lock.lock()
    live.clock.move(timedelta(hours=3))
    live.room.ring()
    assert live.store.value("select count(*) from log where kind = 'alarm' and at >= :at",
                            at="2026-11-23T16:47") > 0
    assert live.room.desk_page.due.model().rowCount() > 0


def test_two_keys_change_the_officer(live: LiveRoom) -> None:
    here = live.desk.officer
    live.key(K.Key_F12)
    dialog = live.front
    assert isinstance(dialog, SignOnDialog)
    other = next(n for n, id_ in enumerate(dialog.people) if id_ != here.id)
    live.key(K(K.Key_1 + other))
    assert live.desk.officer.id == list(dialog.people)[other]
    officers.set_password(live.store, here.id, SECRET, by=officers.officer(live.store, here.id))
    live.window.activateWindow()
    live.settle()
    live.key(K.Key_F12)
    live.key(K(K.Key_1 + list(dialog.people).index(here.id)))
    live.type(SECRET)
    live.key(K.Key_Return)
    assert live.desk.officer.id == here.id


def test_an_initial_chooses_a_name_by_its_sound(live: LiveRoom) -> None:
    live.key(K.Key_F12)
    dialog = live.front
    assert isinstance(dialog, SignOnDialog)
    name = list(dialog.people.values())[-1].officer.name
    first = sounds(name)[0]
    found = dialog._numbered(first)
    assert found is not None
    assert sounds(list(dialog.people.values())[found].officer.name).startswith(first)
    assert dialog._numbered("0") is None


@pytest.mark.parametrize("page", ["settings", "libraries"])
def test_the_lock_button_of_the_sign_on_locks(live: LiveRoom, page: str) -> None:
    live.window.show_page(page)
    live.key(K.Key_F12)
    dialog = live.front
    assert isinstance(dialog, SignOnDialog)
    dialog.lock_button.click()
    live.settle()
    assert live.room.lock.locked
    live.key(K.Key_1)
    assert live.window.page.key in (page, "desk")


def record(live: LiveRoom) -> list[tuple[str, str]]:
    return [(r[0], r[1]) for r in live.store.read(
        "select verb, by_name from change where verb like 'desk.%' or verb = 'officer.sign_on'"
        " order by id desc limit 3")]


def test_lock_unlock_and_change_stand_in_the_record_and_not_in_the_log(live: LiveRoom) -> None:
    here = live.desk.officer
    idle_after(live, 10)
    lines = live.store.value("select count(*) from log")
    live.key(K.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert record(live)[0] == ("desk.lock", here.name)
    box_of(live).choose(here.id)
    box_of(live).sign_on()
    assert record(live)[0] == ("desk.unlock", here.name)
    live.window.activateWindow()
    live.settle()
    live.key(K.Key_F12)
    dialog = live.front
    assert isinstance(dialog, SignOnDialog)
    other = next(p.officer for p in dialog.people.values() if p.officer.id != here.id)
    dialog.choose(other.id)
    dialog.sign_on()
    assert record(live)[0] == ("desk.change", other.name)
    live.clock.move(timedelta(minutes=11))
    live.room.lock.look()
    assert record(live)[0] == ("desk.lock_idle", other.name)
    assert live.store.value("select count(*) from log where kind <> 'alarm'") - lines <= 1
    [change] = entries(live.store.db, find(live.store.db)[:1]).values()
    assert verb_words(change.verb) == "desk: locked because nobody touched it"
    assert altered_words(live.store.db, change) == (
        f"who sits at the desk: {other.name} → locked")


def test_a_desk_opened_for_reading_locks_and_opens(
        theme: Theme, sample: Path, tmp_path: Path) -> None:
    live = LiveRoom(theme, a_district(sample, tmp_path / "district"), read_only=True)
    here = live.desk.officer
    live.room.lock.lock(idle=True)
    box_of(live).choose(here.id)
    box_of(live).sign_on()
    assert not live.room.lock.locked
    assert live.desk.officer.id == here.id
    assert live.told == []
    live.close()


def test_on_a_full_disk_the_desk_locks_and_opens_and_says_so(live: LiveRoom) -> None:
    here = live.desk.officer
    with live.store.change("test.big", here) as tx:  # no room is left in the last page
        tx.insert("setting", {"name": "big", "value": "x" * 30_000})
    live.store.db.execute("pragma max_page_count = 1")
    live.room.lock.lock()
    assert live.room.lock.locked
    assert not live.desk.has_officer
    box_of(live).choose(here.id)
    box_of(live).sign_on()
    assert live.desk.officer.id == here.id
