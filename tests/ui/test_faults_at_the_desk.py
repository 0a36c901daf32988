"""Disk, folder, lock and file fail while the window is open: what is said, and what stays."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.backup import back_up
from db.errors import Refused, StoreDamaged, StoreError
from db.store import FILE_NAME, Store
from dispatch.begin import begin_empty
from dispatch.duty import officers
from dispatch.log import entries
from tests.builders import a_clock
from tests.ui.live_room import LiveRoom, a_district
from ui.app import catch_defects, open_store, present_officer
from ui.dialogs.defect import DefectBox
from ui.failing import as_store_error
from ui.room import DutyRoom
from ui.theme import Theme

K = Qt.Key
PAGE = 4096


def line(live: LiveRoom, words: str) -> None:
    live.key(K.Key_F3)
    live.type(words)
    live.key(K.Key_Return)


def test_in_a_folder_that_cannot_be_written_the_line_stays_and_why_is_said(
        theme: Theme, sample: Path, tmp_path: Path) -> None:
    live = LiveRoom(theme, a_district(sample, tmp_path / "district"), read_only=True)
    line(live, "写不进去的一行")
    assert live.room.desk_page.quick.words == "写不进去的一行"
    assert "cannot be written" in live.room.desk_page.quick.toolTip()
    live.room.ring()
    live.settle()
    live.close()


def test_locked_by_another_program_the_line_stays_and_goes_through_once(live: LiveRoom) -> None:
    live.store.db.execute("pragma busy_timeout = 20")
    with contextlib.closing(sqlite3.connect(live.store.path, isolation_level=None)) as other:
        other.execute("begin immediate")
        line(live, "被占用时的一行")
        quick = live.room.desk_page.quick
        assert quick.words == "被占用时的一行"
        assert "locked by another program" in quick.toolTip()
        other.execute("rollback")
    live.key(K.Key_Return)
    live.key(K.Key_Return)
    assert [e.text for e in entries(live.store)].count("被占用时的一行") == 1


def test_a_second_window_reads_and_says_who_holds_the_record(
        live: LiveRoom, theme: Theme) -> None:
    store, why = open_store(live.folder, live.clock)
    room = DutyRoom(theme, store, present_officer(store))
    assert "pid" in why
    room.desk_page.quick.line.setText("第二个窗口")
    room.desk_page.quick.line.returnPressed.emit()
    assert "Another Watchdesk holds it" in room.desk_page.quick.toolTip()
    room.stop()
    store.close()


def overwritten(folder: Path, page: int) -> None:
    path = folder / FILE_NAME
    content = bytearray(path.read_bytes())
    content[page * PAGE:(page + 1) * PAGE] = b"\xa5" * PAGE
    path.write_bytes(content)


def begun(theme: Theme, folder: Path) -> StoreError | None:
    """What a start on this folder meets; None when the window stands."""
    try:
        store, _why = open_store(folder, a_clock())
    except StoreError as error:
        return error
    try:
        DutyRoom(theme, store, present_officer(store)).stop()
    except (StoreError, sqlite3.Error) as error:
        return as_store_error(error, store.path)
    else:
        return None
    finally:
        store.close()


def test_a_page_overwritten_anywhere_never_opens_as_a_defect(
        theme: Theme, sample: Path, tmp_path: Path) -> None:
    whole = a_district(sample, tmp_path / "whole")
    pages = (whole / FILE_NAME).stat().st_size // PAGE
    met = []
    for page in [1, 2, *range(5, pages, pages // 8)]:
        folder = tmp_path / "spoilt"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(whole, folder)
        overwritten(folder, page)
        met.append(begun(theme, folder))
    assert {type(error) for error in met} == {StoreDamaged, type(None)}


def a_malformed_error(folder: Path) -> sqlite3.DatabaseError:
    """What SQLite really raises for a page that cannot be read."""
    with sqlite3.connect(folder / "bad.db") as db:
        db.execute("create table x (y)")
        db.executemany("insert into x values (?)", [("z" * 900,)] * 400)
    db.close()
    content = bytearray((folder / "bad.db").read_bytes())
    content[PAGE * 3:PAGE * 60] = b"\xa5" * PAGE * 57
    (folder / "bad.db").write_bytes(content)
    with contextlib.closing(sqlite3.connect(folder / "bad.db")) as db, \
            pytest.raises(sqlite3.DatabaseError) as met:
        db.execute("select sum(length(y)) from x").fetchall()
    return met.value


def test_damage_met_at_work_is_told_with_what_to_do_and_is_no_defect(
        live: LiveRoom, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
        caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    back_up(live.store)
    catch_defects(live.room)
    error = a_malformed_error(tmp_path)
    sys.excepthook(type(error), error, None)
    assert "Backups and check" in live.told[-1]
    assert not live.window.findChildren(DefectBox)

    def work(_progress: object) -> None:
        raise error

    live.desk.begin("Reading", work, lambda _done: None)
    live.settle()
    assert "Backups and check" in live.told[-1]
    assert len([words for words in live.told if "Backups and check" in words]) == 2
    caplog.clear()


def test_the_slow_down_after_wrong_passwords_survives_a_restart(tmp_path: Path) -> None:
    clock = a_clock()
    begin_empty(tmp_path, clock, "新城区", "张管理", "river-stone")
    for _ in range(3):
        store = Store.open(tmp_path / FILE_NAME, clock)
        [who] = officers.officers(store)
        with pytest.raises(Refused, match="wrong"):
            officers.sign_on(store, who.id, "guess-work")
        store.close()
    store = Store.open(tmp_path / FILE_NAME, clock)
    with pytest.raises(Refused, match="Wait 5 seconds"):
        officers.sign_on(store, who.id, "river-stone")
    store.close()
