"""The program log names places in the program and nobody; a defect is told beside the work."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.errors import Refused
from tests.ui.live_room import LiveRoom
from ui.app import catch_defects
from ui.bundle import write_bundle
from ui.dialogs.defect import DefectBox
from ui.program_log import CRASH, FILE, FOLDER, LOG_BYTES, keep_program_log

NAMES = ("王敏", "13800138000", "000-6218", "610404199001011234", "61040419900101123X")
K = Qt.Key
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    handler = keep_program_log(tmp_path)
    assert handler is not None
    yield tmp_path / FOLDER / FILE
    root.removeHandler(handler)
    handler.close()


def test_no_name_and_no_phone_goes_into_the_log(
        kept: Path, caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("watchdesk.test")
    for secret in NAMES:
        log.warning("cannot read %s", secret)
        try:
            raise ValueError(f"invalid literal for int(): {secret!r}")
        except ValueError as error:
            log.warning("it failed: %s", error)
            try:
                raise Refused("{name} may not do this.", name=secret) from error
            except Refused:
                log.exception("a defect")
    log.warning("in %s", Path.home() / "watchdesk")
    said = kept.read_text("utf-8")
    caplog.clear()
    for secret in NAMES:
        assert secret not in said
    assert str(Path.home()) not in said
    assert "builtins.ValueError" in said
    assert "db.errors.Refused: {name} may not do this." in said
    assert "test_program_log.py:" in said
    assert said.startswith("20")


def test_the_log_rotates(kept: Path, caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("watchdesk.test")
    for _ in range(LOG_BYTES // 5000 + 5):
        log.warning("x" * 5000)
    caplog.clear()
    assert kept.with_name(f"{FILE}.1").exists()
    assert kept.stat().st_size <= LOG_BYTES


def test_what_is_typed_all_over_the_window_is_not_in_the_log(live: LiveRoom, tmp_path: Path,
                                                             kept: Path) -> None:
    logging.getLogger().setLevel(logging.INFO)
    try:
        live.key(K.Key_F3)
        live.type("王敏报告：联系电话 13800138000")
        live.key(K.Key_Return)
        live.key(K.Key_F2)
        live.type("王敏家失火 13800138000")
        live.key(K.Key_Return)
        live.room.ring()
        live.settle()
        logging.getLogger("watchdesk").info("the desk was worked at")
    finally:
        logging.getLogger().setLevel(logging.WARNING)
    said = kept.read_text("utf-8")
    assert "worked at" in said
    assert not [s for s in NAMES if s in said]


@pytest.fixture
def hook(live: LiveRoom) -> Iterator[LiveRoom]:
    before, threads = sys.excepthook, threading.excepthook
    catch_defects(live.room)
    yield live
    sys.excepthook, threading.excepthook = before, threads


def fall(words: str) -> None:
    try:
        raise ZeroDivisionError(words)
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_a_defect_is_told_beside_the_work_and_nothing_is_lost(
        hook: LiveRoom, tmp_path: Path, kept: Path, caplog: pytest.LogCaptureFixture) -> None:
    live = hook
    live.key(K.Key_F2)
    live.type("柴油罐车")
    field = live.window.focusWidget()
    fall("王敏 13800138000")
    fall("again")
    live.settle()
    [box] = live.window.findChildren(DefectBox)
    assert box.isVisible()
    assert not box.isModal()
    assert box.count == 2
    assert QApplication.activeModalWidget() is None
    assert live.window.focusWidget() is field
    live.type("侧翻")
    [sheet] = live.sheets
    assert sheet.form.values["title"] == "柴油罐车侧翻"
    assert any("柴油罐车" in p.read_text("utf-8") for p in (live.folder / "drafts").glob("*.json"))
    box.choose_target = lambda _parent: str(tmp_path / "report.zip")
    box.save_button.click()
    live.settle()
    assert (tmp_path / "report.zip").exists()
    assert "王敏" not in kept.read_text("utf-8")
    caplog.clear()


def test_the_bundle_holds_what_helps_and_nothing_of_the_record(
        live: LiveRoom, tmp_path: Path) -> None:
    folder = live.folder / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / FILE).write_text("2026-11-23 a line of an older program: 王敏 13800138000\n", "utf-8")
    page = live.room.settings_page
    live.window.show_page("settings", "store")
    page.store.choose_zip = lambda *_: str(tmp_path / "report.zip")
    page.store.problem_button.click()
    live.settle()
    with zipfile.ZipFile(tmp_path / "report.zip") as file:
        assert sorted(file.namelist()) == ["facts.json", f"{FOLDER}/{FILE}"]
        facts = json.loads(file.read("facts.json"))
        whole = "".join(file.read(n).decode() for n in file.namelist())
    assert facts["check"] == []
    assert facts["versions"]["sqlite"]
    assert facts["schema"][0] == "m0001_ground"
    officers = [r[0] for r in live.store.read("select name from officer")]
    phones = [r[0] for r in live.store.read("select duty_phone from force where duty_phone <> ''")]
    assert not [s for s in (*officers, *phones, *NAMES) if s in whole]


def test_a_bundle_of_a_damaged_store_says_so(tmp_path: Path) -> None:
    (tmp_path / "watchdesk.db").write_bytes(b"\0" * 8192)
    write_bundle(tmp_path / "watchdesk.db", tmp_path / "report.zip")
    with zipfile.ZipFile(tmp_path / "report.zip") as file:
        assert "damaged" in json.loads(file.read("facts.json"))["check"][0]


def test_a_native_crash_is_known_at_the_next_start(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    start = ("import ctypes, sys; from pathlib import Path; from ui.program_log import"
             " crashed_before; print(crashed_before(Path(sys.argv[1])), flush=True);")

    def run(then: str) -> str:
        return subprocess.run([sys.executable, "-c", start + then, str(tmp_path)], check=False,
                              capture_output=True, text=True).stdout.strip()

    assert run("ctypes.string_at(0)") == "False"
    assert (tmp_path / FOLDER / CRASH).stat().st_size > 0
    assert run("") == "True"
    assert (tmp_path / FOLDER / "crash-before.log").stat().st_size > 0
    assert run("") == "False"
