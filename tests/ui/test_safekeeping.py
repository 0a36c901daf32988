"""Backups and verification happen by themselves; what fails is said once and stays in view."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from db.backup import FOLDER, backups
from db.check import check
from db.errors import Refused
from db.store import FILE_NAME
from dispatch.deadlines import Act, due_list
from dispatch.district_file import take_in_district
from dispatch.duty import officers
from dispatch.duty.passwords import tries_of
from dispatch.log import append_entry
from dispatch.second_folder import MARK, keep_before_import, name_second_folder, second_folder
from dispatch.verified import verified
from resources.people import SYSTEM, Role
from tests.builders import an_officer
from tests.ui.live_room import LiveRoom
from ui.dialogs.restore import RestoreBox
from ui.pages.settings_page import SettingsPage

K = Qt.Key

ADMIN = an_officer("李建国", Role.ADMIN)


def ring(live: LiveRoom, hours: float = 0, times: int = 3) -> None:
    live.clock.move(timedelta(hours=hours))
    for _ in range(times):
        live.room.ring()
        live.settle()


def tamper(path: Path, statement: str) -> None:
    """Write past the triggers, as somebody with the file in hand would."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.create_function("open_change", 0, lambda: 0)
        kept = db.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for name, _sql in kept:
            db.execute(f"drop trigger [{name}]")
        db.execute(statement)
        for _name, sql in kept:
            db.execute(sql)


def test_the_record_is_backed_up_then_verified_and_both_are_shown(live: LiveRoom) -> None:
    ring(live)
    made = verified(live.store)
    assert made is not None
    assert made.holds
    assert made.whole
    said = live.window.fbar.accessibleDescription()
    assert "Backed up 21:47" in said
    assert "Verified 21:47" in said
    count = live.store.value("select count(*) from change where verb = 'store.verify'")
    ring(live, 1)
    assert "Verified 22:47" in live.window.fbar.accessibleDescription()
    assert live.store.value(
        "select count(*) from change where verb = 'store.verify'") == count
    ring(live, 5)
    assert live.store.value(
        "select count(*) from change where verb = 'store.verify'") == count + 1
    assert check(live.store.path) == []


def test_a_chain_that_breaks_is_due_until_it_holds_and_is_one_enter_away(live: LiveRoom) -> None:
    ring(live)
    append_entry(live.store, "备份以后", by=live.desk.officer)
    last = live.store.value("select max(id) from change")
    tamper(live.store.path, f"update change set by_name = '别人' where id = {last}")
    live.room.safe._tried = live.clock.now() + timedelta(hours=1)
    ring(live, 1)
    [due] = [d for d in due_list(live.store, live.clock.now()) if d.act is Act.RECORD]
    assert str(last) in due.detail
    assert due.overdue
    assert "does not hold" in live.window.fbar.accessibleDescription()
    assert len([w for w in live.told if "does not hold" in w]) == 1
    live.window.show_page("desk")
    rows = live.room.desk_page.due
    rows.choose(due.key)
    live.room.desk_page._follow_due(rows.current_row)
    assert isinstance(live.window.page, SettingsPage)
    assert live.window.page.store.isVisible()


def test_a_head_that_was_rewritten_is_found_although_the_rest_follows(live: LiveRoom) -> None:
    ring(live)
    made = verified(live.store)
    assert made is not None
    tamper(live.store.path, f"update change set hash = 'x' where id = {made.change}")
    live.room.safe._tried = live.clock.now() + timedelta(hours=1)
    ring(live, 1)
    assert any("not the one that was verified" in w for w in live.told)


def test_backups_also_go_to_a_stick_and_a_missing_one_is_told_once(
        live: LiveRoom, tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    with pytest.raises(Refused, match="no folder"):
        name_second_folder(live.store, tmp_path / "none", by=ADMIN)
    with pytest.raises(Refused, match="own folder"):
        name_second_folder(live.store, live.folder, by=ADMIN)
    name_second_folder(live.store, stick, by=ADMIN)
    assert second_folder(live.store) == stick
    ring(live)
    assert len(backups(stick)) == 1
    assert check(backups(stick)[0].path) == []
    (stick / MARK).rename(stick / "pulled out")
    ring(live, 1)
    ring(live, 1)
    assert len([w for w in live.told if "second folder" in w]) == 1
    assert "No second copy" in live.window.fbar.accessibleDescription()
    assert len(backups(live.folder / FOLDER)) == 3
    (stick / "pulled out").rename(stick / MARK)
    ring(live, 1)
    assert len(backups(stick)) == 2
    assert "No second copy" not in live.window.fbar.accessibleDescription()


def test_the_district_is_taken_out_beside_the_work(live: LiveRoom, tmp_path: Path) -> None:
    live.window.show_page("settings", "store")
    section = live.room.settings_page.store
    section.choose_zip = lambda *_: str(tmp_path / "整区.zip")
    section.out_button.click()
    live.settle()
    assert any("Saved as" in words for words in live.told)
    take_in_district(tmp_path / "整区.zip", tmp_path / "there", live.clock, SYSTEM)
    assert check(tmp_path / "there" / FILE_NAME) == []


def test_the_settings_say_what_a_backup_holds_and_restore_only_when_agreed(
        live: LiveRoom, tmp_path: Path) -> None:
    ring(live)
    append_entry(live.store, "备份以后的一行", by=live.desk.officer)
    live.window.show_page("settings", "store")
    live.settle()
    restored: list[object] = []
    live.desk.restore_asked.connect(lambda path, by: restored.append((path, by.name)))
    live.room.settings_page.store.table.setFocus()
    live.key(K.Key_Return)
    box = live.front
    assert isinstance(box, RestoreBox)
    live.settle()
    assert "备份以后的一行" in box.facts.text()
    assert "log entries" in box.facts.text()
    live.key(K.Key_Return)
    live.settle()
    assert "备份以后的一行" in box.summary.text()
    live.key(K.Key_Escape)
    live.key(K.Key_Escape)
    assert live.front is live.window
    assert restored == []
    live.key(K.Key_Return)
    live.settle()
    live.key(K.Key_Return)
    live.settle()
    live.key(K.Key_Return)
    assert restored == [(backups(live.folder / FOLDER)[0].path, live.desk.officer.name)]


def test_the_desks_administrator_agrees_to_a_restore_and_wrong_tries_count(
        live: LiveRoom) -> None:
    ring(live)
    head = officers.add_officer(live.store, "张管理", roles=(Role.ADMIN,), by=ADMIN)
    officers.set_password(live.store, head.id, "river-stone", by=head)
    with live.store.change("test.real", SYSTEM) as tx:
        tx.run("update setting set value = '0' where name = 'sample'")
    live.window.show_page("settings", "store")
    live.settle()
    live.room.settings_page.store.restore_button.click()
    live.settle()
    live.key(K.Key_Return)
    live.settle()
    live.type("wrong-one")
    live.key(K.Key_Return)
    assert tries_of(live.store, head.id).count == 1
    box = live.front
    assert isinstance(box, RestoreBox)
    live.type("river-stone")
    live.key(K.Key_Return)
    assert box.by == head


def test_a_large_import_begins_with_a_backup_and_a_small_one_does_not(live: LiveRoom) -> None:
    assert keep_before_import(live.store, 99) is None
    made = keep_before_import(live.store, 100)
    assert made is not None
    assert made.path in [b.path for b in backups(live.folder / FOLDER)]
