"""A whole district in one file and back; nothing hostile gets out of such a file."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import attachments
from db.backup import back_up
from db.check import check
from db.errors import Cancelled, Refused, StoreError, WatchdeskError
from db.store import FILE_NAME, Store
from dispatch.begin import begin_from_backup
from dispatch.district_file import (
    MANIFEST,
    export_district,
    file_name,
    note_export,
    take_in_district,
)
from dispatch.holdings import compare, held_words, loss_words
from dispatch.log import append_entry, entries
from resources.people import SYSTEM, Role
from tests.builders import a_clock, a_store, an_officer

BY = an_officer("王敏", Role.DUTY)
ADMIN = an_officer("李建国", Role.ADMIN)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A district with an entry, an attachment, and a drill in a folder of its own."""
    folder = tmp_path / "home"
    folder.mkdir()
    store = a_store(folder)
    append_entry(store, "底张街道报告已疏散 120 人", by=BY)
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(b"\xff\xd8picture")
    digest, size = attachments.take_in(store, photo)
    with store.change("file.attach", BY) as tx:
        attachments.attach(tx, 99, photo.name, digest, size)
    store.close()
    drill = folder / "drills" / "演练一"
    drill.mkdir(parents=True)
    a_store(drill).close()
    (drill / "说明.txt").write_text("脚本", "utf-8")
    return folder


@pytest.fixture
def packed(home: Path, tmp_path: Path) -> Path:
    store = Store.open(home / FILE_NAME, a_clock())
    note_export(store, tmp_path / "整区.zip", by=ADMIN)
    assert export_district(store, tmp_path / "整区.zip") == 4
    assert file_name(store).endswith("-20261123.zip")
    store.close()
    return tmp_path / "整区.zip"


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_the_whole_district_arrives_and_the_present_one_is_kept_aside(
        packed: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    a_store(there).close()
    before = (there / FILE_NAME).read_bytes()
    begin_from_backup(there, a_clock(), packed, SYSTEM)
    store = Store.open(there / FILE_NAME, a_clock())
    assert [e.text for e in entries(store)] == ["底张街道报告已疏散 120 人"]
    [kept] = attachments.of_row(store, 99)
    assert attachments.path_of(there / "attachments", kept.digest).read_bytes() \
        == b"\xff\xd8picture"
    assert store.value("select count(*) from change where verb = 'district.export'") == 1
    assert store.value("select verb from change order by id desc limit 1") == "store.restore"
    assert (there / "drills" / "演练一" / "说明.txt").read_text("utf-8") == "脚本"
    assert check(there / "drills" / "演练一" / FILE_NAME) == []
    store.close()
    assert check(there / FILE_NAME) == []
    [aside] = (there / "aside").rglob(FILE_NAME)
    assert aside.read_bytes() == before
    assert not [n for n in names(there) if n.startswith(".arriving")]


def test_a_stopped_export_and_a_stopped_import_leave_nothing(
        home: Path, packed: Path, tmp_path: Path) -> None:
    store = Store.open(home / FILE_NAME, a_clock())
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(Cancelled):
        export_district(store, out / "x.zip", lambda _done, _of: False)
    assert names(out) == []
    with pytest.raises(Cancelled):
        take_in_district(packed, out, a_clock(), SYSTEM, lambda done, _of: done < 2)
    assert names(out) == []
    with pytest.raises(StoreError):
        export_district(store, tmp_path / "none" / "x.zip")
    store.close()


def repacked(source: Path, target: Path, change: Callable[[dict[str, bytes]], None], *,
             honest: bool = False) -> Path:
    """The same zip with its parts altered; `honest` writes a manifest that fits them."""
    with zipfile.ZipFile(source) as old:
        parts = {n: old.read(n) for n in old.namelist()}
    change(parts)
    if honest:
        said = json.loads(parts[MANIFEST])
        said["parts"] = [[n, len(b), hashlib.sha256(b).hexdigest()] for n, b in parts.items()
                         if n != MANIFEST]
        parts[MANIFEST] = json.dumps(said).encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name, body in parts.items():
            new.writestr(name, body)
    return target


def outside(parts: dict[str, bytes]) -> None:
    parts["drills/../../escaped.txt"] = b"x"


def absolute(parts: dict[str, bytes]) -> None:
    parts["/etc/cron.d/x"] = b"x"


def program(parts: dict[str, bytes]) -> None:
    parts["look.exe"] = b"MZ"


def changed(parts: dict[str, bytes]) -> None:
    parts[FILE_NAME] = parts[FILE_NAME].replace("疏散".encode(), "撤离".encode())


def gone(parts: dict[str, bytes]) -> None:
    del parts[FILE_NAME]


def bare(parts: dict[str, bytes]) -> None:
    del parts[MANIFEST]


def later(parts: dict[str, bytes]) -> None:
    parts[MANIFEST] = parts[MANIFEST].replace(b'"form": 1', b'"form": 9')


def swollen(parts: dict[str, bytes]) -> None:
    parts["drills/a/big.bin"] = bytes(300_000_000)


@pytest.mark.parametrize(("change", "honest", "says"), [
    (outside, True, "no district file"), (absolute, True, "no district file"),
    (program, True, "no district file"), (program, False, "no district file"),
    (changed, False, "not what was packed"), (changed, True, "does not pass its check"),
    (gone, True, "no district file"), (bare, False, "no district file"),
    (later, False, "newer"), (swollen, True, "zip bomb")])
def test_a_hostile_or_altered_file_changes_nothing(
        packed: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None], honest: bool,
        says: str) -> None:
    there = tmp_path / "there"
    there.mkdir()
    with pytest.raises(Refused, match=says):
        take_in_district(repacked(packed, tmp_path / "b.zip", change, honest=honest), there,
                         a_clock(), SYSTEM)
    assert names(there) == []
    assert not (tmp_path / "escaped.txt").exists()


def test_a_part_that_says_less_than_it_unpacks_is_stopped(packed: Path, tmp_path: Path) -> None:
    def lie(parts: dict[str, bytes]) -> None:
        said = json.loads(parts[MANIFEST])
        said["parts"] = [[n, 10 if n == FILE_NAME else s, d] for n, s, d in said["parts"]]
        parts[MANIFEST] = json.dumps(said).encode()

    there = tmp_path / "there"
    with pytest.raises(Refused, match="not what was packed"):
        take_in_district(repacked(packed, tmp_path / "b.zip", lie), there, a_clock(), SYSTEM)
    assert names(there) == []


@settings(max_examples=40, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_mutated_district_file_is_refused_or_whole(packed: Path, tmp_path: Path,
                                                     data: st.DataObject) -> None:
    content = bytearray(packed.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content) - 1)):]
    bad, there = tmp_path / "bad.zip", tmp_path / "mutated"
    shutil.rmtree(there, ignore_errors=True)
    bad.write_bytes(content)
    try:
        take_in_district(bad, there, a_clock(), SYSTEM)
    except WatchdeskError:
        assert names(there) == []
    else:
        assert check(there / FILE_NAME) == []


def test_a_backup_says_what_it_holds_and_what_would_be_lost(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    append_entry(store, "备份以前", by=BY)
    made = back_up(store)
    held, lost = compare(store.path, made.path)
    assert (held.entries, held.events, held.last_text) == (1, 0, "备份以前")
    assert "Nothing would be lost" in loss_words(lost)
    append_entry(store, "备份以后", by=BY)
    held, lost = compare(store.path, made.path)
    assert (lost.same, lost.entries, lost.changes) == (True, 1, 1)
    assert "备份以后" in loss_words(lost)
    assert "1 log entries" in held_words(held)
    other = tmp_path / "other"
    other.mkdir()
    another = a_store(other)
    append_entry(another, "别的区", by=BY)
    _, lost = compare(store.path, back_up(another).path)
    assert not lost.same
    assert "another record" in loss_words(lost)
    another.close()
    store.close()
