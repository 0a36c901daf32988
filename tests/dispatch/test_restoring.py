"""Every copy there is, whether it holds, what is lost, and whose password is asked."""

from __future__ import annotations

import lzma
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from db.backup import back_up
from db.clock import StillClock
from db.errors import Cancelled, Refused, StoreError
from db.store import FILE_NAME, Store
from dispatch.duty.officers import first_administrator
from dispatch.holdings import compare, unread_words
from dispatch.restoring import (
    FileHeads,
    Place,
    chosen_copy,
    copies,
    fault_of,
    heads_of,
    newest_good,
    second_of,
)
from dispatch.second_folder import copy_out, name_second_folder
from resources.people import Role
from tests.builders import a_clock, a_store, an_officer

ADMIN = an_officer("李建国", Role.ADMIN)
OLD = Path("tests/db/old/m0004.db.xz")
SECRET = "river-stone-4"


def spoil(path: Path) -> None:
    path.write_bytes(b"\0" * 4096 + path.read_bytes()[4096:])


def a_district(folder: Path, clock: StillClock, name: str = "张管理") -> Store:
    folder.mkdir(exist_ok=True)
    store = a_store(folder, clock)
    first_administrator(store, name, SECRET, hasher=PasswordHasher(1, 8, 1))
    return store


def test_copies_of_both_folders_and_from_before_an_upgrade_newest_first(tmp_path: Path) -> None:
    clock = a_clock()
    store = a_district(tmp_path / "here", clock)
    stick = tmp_path / "stick"
    stick.mkdir()
    name_second_folder(store, stick, by=ADMIN)
    old = back_up(store)
    copy_out(old, stick)
    clock.move(timedelta(hours=1))
    new = back_up(store)
    (old.path.parent / "before-migration-m0004.db").write_bytes(lzma.decompress(OLD.read_bytes()))
    store.close()
    folder = store.path.parent
    found = copies(folder, second_of(folder))
    assert {c.place for c in found} == {Place.OWN, Place.SECOND, Place.BEFORE}
    assert [c.path for c in found if c.place is Place.OWN] == [new.path, old.path]
    spoil(store.path)
    assert second_of(folder) == stick  # now by the newest copy
    spoil(new.path)
    assert new.path not in [c.path for c in copies(folder, None)]


def test_the_newest_that_holds_is_offered_and_looking_can_be_stopped(tmp_path: Path) -> None:
    clock = a_clock()
    store = a_district(tmp_path / "here", clock)
    good = back_up(store)
    clock.move(timedelta(hours=1))
    bad = back_up(store)
    store.close()
    bad.path.write_bytes(bad.path.read_bytes().replace("张管理".encode(), "李管理".encode()))
    told: dict[Path, str] = {}
    found = copies(store.path.parent, None)
    offered = newest_good(found, lambda copy, fault: told.update({copy.path: fault}))
    assert offered
    assert offered.path == good.path
    assert told[bad.path]
    assert told[good.path] == ""
    with pytest.raises(Cancelled):
        fault_of(found[1], lambda _done, _of: False)


def test_of_a_record_that_cannot_be_read_its_age_is_told(tmp_path: Path) -> None:
    store = a_district(tmp_path / "here", a_clock())
    copy = back_up(store)
    store.close()
    assert compare(store.path, copy.path)[1] is not None
    spoil(store.path)
    held, lost = compare(store.path, copy.path)
    assert lost is None
    assert "cannot be read" in unread_words(store.path, held)
    store.path.unlink()
    assert unread_words(store.path, held) == ""


def test_the_replaced_record_says_whose_password_and_the_copy_where_it_cannot_be_read(
        tmp_path: Path) -> None:
    clock = a_clock()
    here, there = (a_district(tmp_path / name, clock, who)
                   for name, who in (("here", "张管理"), ("there", "李管理")))
    copy = back_up(there)
    here.close()
    there.close()
    assert [p.name for p in heads_of(here.path, copy.path, clock).people] == ["张管理"]
    spoil(here.path)
    heads = heads_of(here.path, copy.path, clock)
    [who] = heads.people
    assert who.name == "李管理"
    for _ in range(3):
        with pytest.raises(Refused, match="wrong"):
            heads.confirm(who.id, "wrong-one")
    with pytest.raises(Refused, match="Wait"):
        heads.confirm(who.id, SECRET)
    clock.move(timedelta(seconds=6))
    assert heads.confirm(who.id, SECRET) == who


def test_a_record_of_any_age_says_who_its_administrators_are(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    old.write_bytes(lzma.decompress(OLD.read_bytes()))
    with sqlite3.connect(old) as db:
        wanted = {r[0] for r in db.execute(
            "select name from officer where roles like '%admin%' and password_hash <> ''")}
        sample = db.execute("select 1 from setting where name = 'sample' and value = '1'")
        wanted = set() if sample.fetchone() else wanted
    assert {p.name for p in FileHeads(old, a_clock()).people} == wanted
    assert chosen_copy(old, tmp_path).place is Place.CHOSEN
    with pytest.raises(StoreError):
        FileHeads(tmp_path / FILE_NAME, a_clock())


def test_a_chosen_file_that_is_no_copy_is_refused(tmp_path: Path) -> None:
    strange = tmp_path / "x.db"
    strange.write_bytes(b"hello" * 1000)
    with pytest.raises(StoreError):
        chosen_copy(strange, tmp_path)
    (tmp_path / "x.zip").write_bytes(b"hello" * 1000)
    with pytest.raises(Refused):
        chosen_copy(tmp_path / "x.zip", tmp_path)
