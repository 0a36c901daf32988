"""Backups are checked copies; a restore keeps what was there and is journaled."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from db import attachments
from db.backup import Keep, back_up, backups, restore, rotate
from db.check import check
from db.clock import StillClock
from db.errors import Cancelled, Refused, StoreError, StoreHeld
from db.store import FILE_NAME
from tests.db.desk import NOON, Clerk, a_store, names, write


def test_a_backup_of_a_store_in_use_says_what_it_holds(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    write(store)
    progress: list[tuple[int, int]] = []
    made = back_up(store, progress=lambda *told: progress.append(told) or True)
    assert (made.changes, made.last_at, made.at) == (1, NOON, NOON)
    assert made.path.name == "watchdesk-20261123T040000Z.db"
    assert progress
    assert progress[-1][0] == progress[-1][1]
    assert back_up(store).path.name == "watchdesk-20261123T040000Z-2.db"
    assert check(made.path) == []
    assert sorted(names(made.path.parent)) == sorted(
        [made.path.name, "watchdesk-20261123T040000Z-2.db"])
    store.close()


def test_a_stopped_backup_leaves_nothing(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with pytest.raises(Cancelled):
        back_up(store, progress=lambda done, total: False)
    assert names(tmp_path / "backups") == []
    store.close()


def test_a_backup_stopped_while_it_is_checked_leaves_nothing_behind(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    write(store)
    with pytest.raises(Cancelled):
        back_up(store, progress=lambda done, of: 2 * done < of)
    assert names(tmp_path / "backups") == []
    store.close()


def test_a_damaged_store_gives_no_backup(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    write(store, "消防三中队")
    store.close()
    content = store.path.read_bytes()
    store.path.write_bytes(content.replace("消防三中队".encode(), "消防四中队".encode()))
    store = a_store(tmp_path)
    with pytest.raises(StoreError, match="did not pass"):
        back_up(store)
    assert backups(tmp_path / "backups") == []
    store.close()


def test_the_rotation_keeps_hours_days_and_months(tmp_path: Path) -> None:
    clock = StillClock(NOON)
    store = a_store(tmp_path, clock)
    for _ in range(20):
        back_up(store)
        clock.move(timedelta(hours=6))
    folder = tmp_path / "backups"
    gone = rotate(folder, Keep(hourly=3, daily=4, monthly=2))
    left = [b.at for b in backups(folder)]
    assert len(gone) == 14
    assert left == [NOON + timedelta(hours=h) for h in (114, 108, 102, 90, 66, 42)]
    assert rotate(folder, Keep(0, 0, 0)) != []
    assert len(backups(folder)) == 1
    store.close()


def test_a_restore_keeps_the_present_store_aside_and_is_journaled(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    write(store)
    made = back_up(store)
    write(store, "备份以后的一条")
    with pytest.raises(StoreHeld):
        restore(made.path, tmp_path, store.clock, Clerk())
    store.close()
    present = store.path.read_bytes()
    again = restore(made.path, tmp_path, store.clock, Clerk())
    assert again.value("select count(*) from log") == 1
    assert again.one("select verb, by_name from change order by id desc limit 1")[:] \
        == ("store.restore", "王敏")
    assert (tmp_path / "aside" / "20261123T040000Z" / FILE_NAME).read_bytes() == present
    write(again)
    assert check(again.path) == []
    again.close()
    restore(made.path, tmp_path, again.clock, Clerk()).close()
    assert len(names(tmp_path / "aside")) == 2


def test_a_bad_backup_is_refused_and_nothing_moved(tmp_path: Path) -> None:
    clock = StillClock(NOON)
    store = a_store(tmp_path, clock)
    write(store, "消防三中队")
    bad = back_up(store)
    store.close()
    bad.path.write_bytes(bad.path.read_bytes().replace("三中队".encode(), "四中队".encode()))
    before = store.path.read_bytes()
    with pytest.raises(Refused, match="does not pass"):
        restore(bad.path, tmp_path, clock, Clerk())
    with pytest.raises(Refused, match="no backup"):
        restore(tmp_path / "none.db", tmp_path, clock, Clerk())
    assert store.path.read_bytes() == before


def test_attachments_travel_by_their_content(tmp_path: Path) -> None:
    store = a_store(tmp_path / "desk")
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(b"\xff\xd8picture")
    digest, size = attachments.take_in(store, photo)
    assert attachments.take_in(store, photo) == (digest, size)
    with store.change("attach", Clerk()) as tx:
        attachments.attach(tx, 99, photo.name, digest, size)
    made = back_up(store, tmp_path / "stick")
    store.close()
    again = restore(made.path, tmp_path / "new", store.clock, Clerk())
    [kept] = attachments.of_row(again, 99)
    assert (kept.name, kept.size, kept.kind) == ("现场.jpg", 9, "image/jpeg")
    assert attachments.path_of(tmp_path / "new" / "attachments", kept.digest).read_bytes() \
        == photo.read_bytes()
    with pytest.raises(Refused):
        attachments.take_in(again, tmp_path / "none")
    again.close()
