"""Passwords, whole districts, audits and reports from the command line."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from db.clock import SystemClock
from db.store import FILE_NAME, Store
from ui.cli import main

Said = pytest.CaptureFixture[str]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("WATCHDESK_LANG", "en")
    monkeypatch.setenv("WATCHDESK_PASSWORD", "correct horse 9")
    start = ["--data", str(tmp_path / "home"), "--json"]
    assert main([*start, "init", "--empty", "东河区", "--officer", "李建国"]) == 0
    return start


def last(out: Said) -> dict[str, object]:
    found: dict[str, object] = json.loads(out.readouterr().out.splitlines()[-1])
    return found


def test_a_password_is_changed_knowing_the_present_one(
        data: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.setenv("WATCHDESK_NEW_PASSWORD", "another horse 7")
    monkeypatch.setenv("WATCHDESK_PASSWORD", "wrong")
    assert main([*data, "password", "--officer", "李建国"]) == 1
    monkeypatch.setenv("WATCHDESK_PASSWORD", "correct horse 9")
    assert main([*data, "password", "--officer", "李建国"]) == 0
    assert main([*data, "password", "--officer", "李建国"]) == 1
    assert "wrong" in str(last(capsys))
    assert main([*data, "audit", "--verb", "officer.password"]) == 0
    found = capsys.readouterr().out
    assert "••••" in found
    assert "argon2" not in found


def test_a_district_goes_out_and_comes_in(data: list[str], tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "整区.zip"
    assert main([*data, "export-district", str(file), "--officer", "李建国"]) == 0
    there = ["--data", str(tmp_path / "there"), "--json"]
    assert main([*there, "import-district", str(file)]) == 0
    assert last(capsys)["district"] == "东河区"
    assert main([*there, "check"]) == 0
    assert main([*there, "import-district", str(file), "--officer", "别人"]) == 1
    assert main([*there, "import-district", str(file), "--officer", "李建国"]) == 0
    assert (tmp_path / "there" / "aside").is_dir()
    assert main([*there, "import-district", str(tmp_path / "none.zip")]) == 1


def test_a_district_comes_in_over_a_damaged_record_by_its_own_administrator(
        data: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, store = tmp_path / "整区.zip", tmp_path / "home" / FILE_NAME
    assert main([*data, "export-district", str(file), "--officer", "李建国"]) == 0
    damaged = b"\0" * 4096 + store.read_bytes()[4096:]
    store.write_bytes(damaged)
    monkeypatch.setenv("WATCHDESK_PASSWORD", "guess work 1")
    assert main([*data, "restore", str(file)]) == 1
    assert store.read_bytes() == damaged
    monkeypatch.setenv("WATCHDESK_PASSWORD", "correct horse 9")
    assert main([*data, "restore", "--dry-run", str(file)]) == 0
    assert main([*data, "restore", str(file)]) == 0
    assert next((tmp_path / "home" / "aside").rglob(FILE_NAME)).read_bytes() == damaged
    assert main([*data, "check"]) == 0


def test_a_restore_says_first_what_would_be_lost(data: list[str], tmp_path: Path,
                                                 capsys: Said) -> None:
    assert main([*data, "backup"]) == 0
    assert main([*data, "log", "备份以后", "--officer", "李建国"]) == 0
    capsys.readouterr()
    assert main([*data, "restore", "--dry-run"]) == 0
    said = last(capsys)
    assert said["same_record"] is True
    assert said["lost"] == {"changes": 1, "entries": 1, "events": 0}
    store = Store.open(tmp_path / "home" / FILE_NAME, SystemClock(), read_only=True)
    assert store.value("select text from log order by id desc limit 1") == "备份以后"
    store.close()


def test_a_report_of_a_problem_is_written(data: list[str], tmp_path: Path) -> None:
    assert main([*data, "report-problem", "--out", str(tmp_path / "r.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "r.zip") as file:
        assert "李建国" not in file.read("facts.json").decode()
