"""What the window and the command line do when the store, the disk or the input is bad."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThreadPool, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.backup import FOLDER, back_up
from db.check import check
from db.clock import SystemClock
from db.errors import StoreDamaged, StoreError
from db.opening import APPLICATION_ID
from db.store import FILE_NAME, Store
from dispatch.begin import begin_empty
from dispatch.log import append_entry, entries
from tests.builders import SHARED, a_store, an_officer_row
from ui.app import mend, open_store, put_back
from ui.cli import main
from ui.desk import Desk
from ui.dialogs.restore import RestoreBox
from ui.dialogs.trouble import TroubleDialog
from ui.pages.desk_page import DeskPage

CHRONOLOGY = SHARED / "chronology" / "fukushima_daiichi_2011_zh_first14h.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A district with one entry, a backup, and a second entry after it."""
    place = tmp_path / "district"
    place.mkdir()
    store = a_store(place, SystemClock())
    by = an_officer_row(store)
    append_entry(store, "备份以前", by=by)
    back_up(store)
    append_entry(store, "备份以后", by=by)
    store.close()
    return place


def spoil_header(path: Path) -> None:
    path.write_bytes(b"\0" * 4096 + path.read_bytes()[4096:])


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])


def cut_pages(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:3 * 4096])


@pytest.mark.parametrize("spoil", [spoil_header, cut_short, cut_pages])
def test_a_damaged_store_is_kept_and_its_newest_backup_restored(
        folder, theme, qtbot, spoil):
    path = folder / FILE_NAME
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(StoreDamaged):
        open_store(folder, SystemClock())
    assert path.read_bytes() == before
    box = restore_box(theme, folder, qtbot)
    assert "cannot be read" in box.facts.text() or "log entries" in box.facts.text()
    QTest.keyClick(box.table, Qt.Key.Key_Return)
    QTest.keyClick(box.restore_button, Qt.Key.Key_Return)
    assert box.result() == box.DialogCode.Accepted
    assert box.chosen.path.name in put_back(folder, SystemClock(), box.chosen.path, box.by)
    store = Store.open(path, SystemClock())
    assert [e.text for e in entries(store)] == ["备份以前"]
    store.close()
    kept = next((folder / "aside").rglob(FILE_NAME))
    assert kept.read_bytes() == before
    assert check(path) == []


def restore_box(theme, folder, qtbot) -> RestoreBox:
    """The box of a damaged start once it has looked at the copies."""
    box = RestoreBox(theme, folder, SystemClock())
    qtbot.addWidget(box)
    box.show()
    qtbot.waitUntil(lambda: box._job is None and not QThreadPool.globalInstance().activeThreadCount(
        ), timeout=20_000)
    qtbot.wait(20)
    return box


def test_without_a_good_backup_that_is_said_and_a_file_can_be_chosen(
        folder, theme, qtbot, tmp_path):
    [copy] = (folder / FOLDER).glob("*.db")
    (tmp_path / "stick.db").write_bytes(copy.read_bytes())
    spoil_header(copy)
    box = restore_box(theme, folder, qtbot)
    assert "no backup" in box.problem.text()
    QTest.keyClick(box.table, Qt.Key.Key_Return)
    assert box.isVisible()
    box.choose_file = lambda _parent: str(tmp_path / "stick.db")
    QTest.keyClick(box.table, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(box.model.rows))
    QTest.keyClick(box.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: box.stack.currentIndex() == 1)
    QTest.keyClick(box.restore_button, Qt.Key.Key_Return)
    assert box.chosen.path == tmp_path / "stick.db"


def test_at_a_damaged_start_a_record_of_ones_own_asks_for_the_copys_password(
        tmp_path, theme, qtbot):
    begin_empty(tmp_path, SystemClock(), "新城区", "张管理", "river-stone")
    store = Store.open(tmp_path / FILE_NAME, SystemClock())
    back_up(store)
    store.close()
    spoil_header(tmp_path / FILE_NAME)
    box = restore_box(theme, tmp_path, qtbot)
    QTest.keyClick(box.table, Qt.Key.Key_Return)
    box.password.setText("wrong-one")
    QTest.keyClick(box.password, Qt.Key.Key_Return)
    assert box.isVisible()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert box.isVisible()
    QTest.keyClick(box.table, Qt.Key.Key_Return)
    box.password.setText("river-stone")
    QTest.keyClick(box.password, Qt.Key.Key_Return)
    assert box.result() == box.DialogCode.Accepted
    assert box.by.name == "张管理"
    put_back(tmp_path, SystemClock(), box.chosen.path, box.by)
    store = Store.open(tmp_path / FILE_NAME, SystemClock(), read_only=True)
    assert store.value("select by_name from change order by id desc limit 1") == "张管理"
    store.close()


def test_a_tired_hand_comes_back_from_damage_with_enter_alone(folder, theme, qapp):
    spoil_header(folder / FILE_NAME)
    with pytest.raises(StoreDamaged) as met:
        open_store(folder, SystemClock())

    def enter() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, RestoreBox) and box.model.rows:
            QTest.keyClick(box.focusWidget() or box, Qt.Key.Key_Return)

    hand = QTimer(qapp, interval=40)
    hand.timeout.connect(enter)
    hand.start()
    told = mend(theme, folder, SystemClock(), met.value, "")
    hand.stop()
    assert "Restored from" in told
    store, why = open_store(folder, SystemClock())
    assert (why, [e.text for e in entries(store)]) == ("", ["备份以前"])
    store.close()


def test_a_damaged_newest_copy_is_passed_over_and_told(folder, theme, qtbot):
    [good] = (folder / FOLDER).glob("*.db")
    bad = good.with_name("watchdesk-20990101T000000Z.db")
    bad.write_bytes(good.read_bytes().replace("备份以前".encode(), "备份以厚".encode()))
    spoil_header(folder / FILE_NAME)
    box = restore_box(theme, folder, qtbot)
    assert box.table.current_row.path == good
    assert "has passed" in box.facts.text()
    QTest.keyClick(box.table, Qt.Key.Key_Up)
    QTest.keyClick(box.table, Qt.Key.Key_Return)
    assert "does not pass" in box.problem.text()
    assert box.stack.currentIndex() == 0


def foreign(path: Path) -> None:
    path.write_bytes("一份普通文件".encode() * 100)


def newer(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("drop table if exists x")
    row = db.execute("select name from sqlite_master where name like '%migrations%'").fetchone()
    columns = [c[1] for c in db.execute(f"pragma table_info([{row[0]}])")]
    known = list(db.execute(f"select * from [{row[0]}] limit 1").fetchone())
    known[columns.index("name")] = "m9999_future"
    if "id" in columns:
        known[columns.index("id")] = 9999
    db.execute(f"insert into [{row[0]}] values ({','.join('?' * len(known))})", known)
    db.commit()
    db.close()


@pytest.mark.parametrize("strange", [foreign, newer])
def test_a_store_that_is_not_for_us_is_told_untouched_and_no_backup_pushed(
        folder, theme, qtbot, strange):
    strange(folder / FILE_NAME)
    before = (folder / FILE_NAME).read_bytes()
    with pytest.raises(StoreError) as met:
        open_store(folder, SystemClock())
    assert (folder / FILE_NAME).read_bytes() == before
    dialog = TroubleDialog(theme, folder, met.value)
    qtbot.addWidget(dialog)
    assert "untouched" in dialog.lead.text()
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == dialog.DialogCode.Accepted  # to try again


def test_a_path_that_is_a_folder_is_told(tmp_path):
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(StoreError, match="is a folder"):
        open_store(tmp_path, SystemClock())


def test_a_second_start_reads_and_names_the_holder(folder):
    first, why = open_store(folder, SystemClock())
    second, held = open_store(folder, SystemClock())
    assert (why, first.read_only, second.read_only) == ("", False, True)
    assert "pid" in held
    second.close()
    first.close()


def fill_disk(store: Store) -> int:
    """No page may be added any more; returns the former limit."""
    before = int(store.value("pragma max_page_count"))
    store.db.execute("pragma max_page_count = 1")  # SQLite takes the present size instead
    return before


def test_on_a_full_disk_the_line_stays_and_goes_through_once(folder, theme, qtbot):
    store = Store.open(folder / FILE_NAME, SystemClock())
    desk = Desk(store, an_officer_row(store, "赵强", 8), theme)
    page = DeskPage(theme, desk)
    qtbot.addWidget(page)
    page.show()
    assert store.value("pragma application_id") == APPLICATION_ID
    limit = fill_disk(store)
    line = page.quick.line
    line.setText("满盘" * 1900)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert page.quick.words == "满盘" * 1900
    assert "full" in page.quick.toolTip()
    assert len(entries(store)) == 2
    store.db.execute(f"pragma max_page_count = {limit}")
    QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert page.quick.words == ""
    assert [e.text for e in entries(store)].count("满盘" * 1900) == 1
    desk.close()
    store.close()
    assert check(folder / FILE_NAME) == []


def test_a_draft_that_cannot_be_kept_is_told_and_the_words_stay(folder, theme, qtbot):
    (folder / "drafts").write_text("a file where the folder should be", "utf-8")
    store = Store.open(folder / FILE_NAME, SystemClock())
    desk = Desk(store, an_officer_row(store, "赵强", 8), theme)
    told: list[str] = []
    desk.told.connect(lambda _tone, words: told.append(words))
    page = DeskPage(theme, desk)
    qtbot.addWidget(page)
    page.quick.line.setText("半句话")
    qtbot.waitUntil(lambda: bool(told))
    assert "could not be kept" in told[0]
    assert page.quick.words == "半句话"
    desk.close()
    store.close()


@pytest.fixture
def english(monkeypatch):
    monkeypatch.setenv("WATCHDESK_LANG", "en")


@pytest.mark.parametrize("words", [["--json", "log"], ["--json", "nonsense"], ["--json", "print"]])
def test_wrong_use_answers_a_machine_too(english, capsys, words):
    assert main(words) == 2
    assert json.loads(capsys.readouterr().out)["error"] == "wrong use"


def test_only_an_administrator_with_the_password_restores(tmp_path, english, monkeypatch, capsys):
    data = ["--data", str(tmp_path)]
    monkeypatch.setenv("WATCHDESK_PASSWORD", "correct horse 9")
    assert main([*data, "init", "--empty", "东河区", "--officer", "李建国"]) == 0
    assert main([*data, "backup"]) == 0
    monkeypatch.setenv("WATCHDESK_PASSWORD", "wrong horse 9")
    assert main([*data, "restore"]) == 1
    assert "password is wrong" in capsys.readouterr().err
    assert not (tmp_path / "aside").exists()
    assert main([*data, "restore", "--officer", "别人"]) == 1
    monkeypatch.setenv("WATCHDESK_PASSWORD", "correct horse 9")
    assert main([*data, "restore"]) == 0
    store = Store.open(tmp_path / FILE_NAME, SystemClock(), read_only=True)
    assert store.value("select by_name from change order by id desc limit 1") == "李建国"
    store.close()


def replayable(folder: Path) -> Path:
    file = folder / "强震.csv"
    file.write_text("time,actor,entry\n2011-03-11 14:46,现场,发生强震\n", "utf-8")
    return file


def test_the_same_chronology_is_not_taken_in_twice_unasked(folder, english, capsys):
    store = Store.open(folder / FILE_NAME, SystemClock())
    with store.change("test.sample", an_officer_row(store, "赵强", 8)) as tx:
        tx.insert("setting", {"name": "sample", "value": "1"})
    store.close()
    words = ["--data", str(folder), "replay", str(replayable(folder)), "--officer", "赵强"]
    assert main(words) == 0
    assert main(words) == 1
    assert "already event 2011-0001" in capsys.readouterr().err
    assert main([*words, "--again"]) == 0


@pytest.mark.skipif(not CHRONOLOGY.exists() or not shutil.which("pdftotext"),
                    reason="the chronology or pdftotext is not here")
def test_the_real_chronology_is_all_on_paper(folder, english, capsys):
    import csv
    import subprocess

    store = Store.open(folder / FILE_NAME, SystemClock())
    with store.change("test.sample", an_officer_row(store, "赵强", 8)) as tx:
        tx.insert("setting", {"name": "sample", "value": "1"})
    store.close()
    start = ["--data", str(folder), "--lang", "zh_CN"]
    assert main([*start, "replay", str(CHRONOLOGY), "--officer", "赵强"]) == 0
    paper = folder / "paper.pdf"
    assert main([*start, "print", "after-action", "--out", str(paper), "--officer", "赵强"]) == 0
    said = subprocess.run([shutil.which("pdftotext"), "-raw", paper, "-"], text=True, check=True,
                          capture_output=True).stdout
    said = "".join(said.split())
    with CHRONOLOGY.open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 58
    missing = [r for r in rows if r["time"][5:].replace(" ", "") + "记事" not in said
               or f"{r['actor']}：{r['entry']}".replace(" ", "") not in said]
    assert not missing
    assert said.count("补录") >= 58


def test_the_present_store_says_who_may_restore_over_it(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
        ) -> None:
    """A sample district's backup is no way around a real district's administrator."""
    monkeypatch.setenv("WATCHDESK_PASSWORD", "correct-horse-9")
    real, other = str(tmp_path / "real"), str(tmp_path / "other")
    assert main(["--data", real, "init", "--empty", "测试区", "--officer", "张三"]) == 0
    assert main(["--data", other, "init", "--sample"]) == 0
    assert main(["--data", other, "backup"]) == 0
    copy = next((tmp_path / "other" / "backups").glob("*.db"))
    before = (tmp_path / "real" / "watchdesk.db").read_bytes()
    monkeypatch.setenv("WATCHDESK_PASSWORD", "wrong")
    assert main(["--data", real, "restore", str(copy)]) == 1
    assert (tmp_path / "real" / "watchdesk.db").read_bytes() == before
    capsys.readouterr()
