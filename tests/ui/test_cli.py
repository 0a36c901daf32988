"""The command line: exit statuses, JSON, sentences, and a record that survives being killed."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.clock import StillClock, SystemClock
from db.store import FILE_NAME, Store
from db.words import catalogue
from resources.people import SYSTEM
from ui.cli import _parser, main
from ui.look import Look, keep_look
from ui.places import words_folder

ENV = {**os.environ, "PYTHONPATH": ".", "WATCHDESK_LANG": "en"}
OFFICER = "王敏"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("WATCHDESK_LANG", "en")
    yield
    catalogue.load("en", words_folder())


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """An empty district with one officer, who needs no password, as in the sample."""
    assert main(["--data", str(tmp_path), "init", "--empty", "东河区"]) == 0
    store = Store.open(tmp_path / FILE_NAME, SystemClock())
    with store.change("seed", SYSTEM) as tx:
        tx.insert("officer", {"name": OFFICER, "roles": '["duty", "leader"]'})
        tx.run("update setting set value = '1' where name = 'sample'")
    store.close()
    return tmp_path


def run(desk: Path, *words: str) -> int:
    return main(["--data", str(desk), *words])


def asked(desk: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    capsys.readouterr()
    status = main(["--data", str(desk), "--json", *words])
    return status, json.loads(capsys.readouterr().out)


def test_starting_loads_no_qt() -> None:
    code = ("import sys, ui.cli; ui.cli.main(['--help']); "
            "sys.exit(any(m.startswith(('PySide6', 'numpy', 'reportlab')) for m in sys.modules))")
    done = subprocess.run([sys.executable, "-c", code], env=ENV, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "handover" not in done.stderr


@pytest.mark.parametrize("words", [["--bad"], ["log"], ["nonsense"], ["print", "poster"],
                                   ["--lang", "fr", "check"]])
def test_wrong_use_is_two(desk: Path, words: list[str]) -> None:
    assert run(desk, *words) == 2


def test_help_and_answers_speak_chinese_first(
        desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WATCHDESK_LANG")
    assert run(desk, "check") == 0
    assert "记录完好" in capsys.readouterr().out
    assert run(desk, "--lang", "en", "check") == 0
    assert "The record holds" in capsys.readouterr().out
    assert run(desk, "--help") == 0
    assert "检索" in capsys.readouterr().out


def test_a_line_is_written_found_and_in_the_history(
        desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, entry = asked(desk, capsys, "log", "底张街道报告已疏散120人", "--officer", OFFICER)
    assert (status, entry["no"]) == (0, 1)
    status, found = asked(desk, capsys, "search", "疏散")
    assert [e["text"] for e in found["log"]] == ["底张街道报告已疏散120人"]
    status, told = asked(desk, capsys, "history", str(entry["id"]))
    assert [(s["by"], s["op"]) for s in told["history"]] == [(OFFICER, "insert")]


@pytest.mark.parametrize(("words", "said"), [
    (["log", "x"], "Nobody is on the roster"),
    (["log", "x", "--officer", "无此人"], "no single officer"),
    (["log", "x", "--officer", OFFICER, "--at", "later"], "is not a time"),
    (["log", " ", "--officer", OFFICER], ""),
    (["log", "x", "--officer", OFFICER, "--event", "2020-0001"], ""),
    (["restore"], "no good backup"),
    (["restore", "none.db"], "no backup"),
    (["init", "--empty", "x"], "already"),
    (["replay", "none.csv"], "cannot be read"),
    (["history", "2020-0001"], "no event")])
def test_a_refusal_is_one_and_a_sentence(
        desk: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    capsys.readouterr()
    assert run(desk, *words) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert "Traceback" not in told.err
    status, answer = asked(desk, capsys, *words)
    assert (status, said in answer["says"]) == (1, True)


def test_no_store_says_how_to_make_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["check"], ["log", "x"], ["search", "x"]):
        assert run(tmp_path, *words) == 1
        assert "watchdesk init" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_new_district_has_its_first_administrator(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHDESK_PASSWORD", "short")
    assert run(tmp_path, "init", "--empty", "东河区", "--officer", "李建国") == 1
    assert not (tmp_path / FILE_NAME).exists()
    monkeypatch.setenv("WATCHDESK_PASSWORD", "correct horse 9")
    assert run(tmp_path, "init", "--empty", "东河区", "--officer", "李建国") == 0
    assert run(tmp_path, "log", "第一条", "--officer", "李建国") == 0
    assert run(tmp_path, "check") == 0


def test_the_sample_district_prints_its_papers(
        tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "init", "--sample") == 0
    _, listed = asked(tmp_path, capsys, "events", "--all")
    number = listed["events"][0]["number"]
    for words in (["handover"], ["after-action", "--event", number], ["log"], ["blank"]):
        status, told = asked(tmp_path, capsys, "print", *words, "--out", str(tmp_path))
        assert status == 0, told
        assert all(Path(p).read_bytes().startswith(b"%PDF") for p in told["papers"])
    store = Store.open(tmp_path / FILE_NAME, SystemClock(), read_only=True)
    code = store.value("select code from printout")
    store.close()
    status, verdict = asked(tmp_path, capsys, "verify", code)
    assert (status, verdict["finding"]) == (0, "intact")
    assert run(tmp_path, "verify", "2222-2222-2222") == 1
    assert run(tmp_path, "check") == 0


def test_a_real_district_asks_for_the_password(
        desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from dispatch.duty.passwords import hashed

    store = Store.open(desk / FILE_NAME, SystemClock())
    with store.change("seed", SYSTEM) as tx:
        tx.run("update setting set value = '0' where name = 'sample'")
        tx.run("update officer set password_hash = :hash", hash=hashed("correct horse"))
    store.close()
    monkeypatch.setenv("WATCHDESK_PASSWORD", "correct horse")
    assert run(desk, "log", "x", "--officer", OFFICER) == 0, capsys.readouterr().err
    monkeypatch.setenv("WATCHDESK_PASSWORD", "wrong horse")
    assert run(desk, "log", "x", "--officer", OFFICER) == 1


def test_while_the_window_holds_the_store(
        desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    window = Store.open(desk / FILE_NAME, StillClock(SystemClock().now()))
    for reads in (["check"], ["search", "x"], ["events"], ["due"], ["backup"]):
        assert run(desk, *reads) == 0, reads
    capsys.readouterr()
    assert run(desk, "log", "x", "--officer", OFFICER) == 1
    assert f"pid {os.getpid()}" in capsys.readouterr().err
    window.close()


def test_backup_and_restore(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(desk, "log", "备份以前", "--officer", OFFICER)
    assert run(desk, "backup") == 0
    run(desk, "log", "备份以后", "--officer", OFFICER)
    _, listed = asked(desk, capsys, "backup", "--list")
    name = Path(listed["backups"][0]["path"]).name
    assert run(desk, "restore", name) == 0
    _, found = asked(desk, capsys, "search", "备份")
    assert [e["text"] for e in found["log"]] == ["备份以前"]
    assert run(desk, "check") == 0


CHRONOLOGY = "time,actor,entry\n2011-03-11 14:46,现场,发生强震\n{time},机组,自动停堆\n"


def test_a_chronology_becomes_an_event(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = desk / "强震.csv"
    file.write_text(CHRONOLOGY.format(time="2011-03-11 14:47"), "utf-8")
    status, told = asked(desk, capsys, "replay", str(file), "--officer", OFFICER)
    assert (status, told["entries"], told["number"]) == (0, 2, "2011-0001")
    _, listed = asked(desk, capsys, "events", "--all")
    assert [e["title"] for e in listed["events"]] == ["强震"]


def test_a_bad_row_is_named_and_nothing_is_imported(
        desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for time_text in ("yesterday", "", "2999-01-01 00:00"):
        file = desk / "bad.csv"
        file.write_text(CHRONOLOGY.format(time=time_text), "utf-8")
        status, told = asked(desk, capsys, "replay", str(file), "--officer", OFFICER)
        assert status == 1
        assert "3" in told["says"]
    store = Store.open(desk / FILE_NAME, SystemClock(), read_only=True)
    assert store.value("select count(*) from event") == store.value("select count(*) from log") == 0
    store.close()


LOOP = """
import sys
from ui.cli import _parser, main
n = 0
while True:
    n += 1
    status = main(["--data", sys.argv[1], "log", f"第{n}条", "--officer", "王敏"])
    print("ok" if status == 0 else "failed", n, flush=True)
"""


@pytest.mark.parametrize("entries", [2, 9])
def test_killed_while_logging_in_a_loop_the_check_holds(desk: Path, entries: int) -> None:
    with subprocess.Popen([sys.executable, "-c", LOOP, str(desk)], text=True, env=ENV,
                          stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        done = 0
        while done < entries:
            done += writer.stdout.readline().startswith("ok")
        writer.kill()
        done += sum(line.startswith("ok") and line.endswith("\n") for line in writer.stdout)
    assert run(desk, "check") == 0
    store = Store.open(desk / FILE_NAME, SystemClock(), read_only=True)
    texts = {row[0] for row in store.read("select text from log")}
    store.close()
    assert {f"第{n}条" for n in range(1, done + 1)} <= texts


def test_a_flipped_byte_fails_the_check_and_names_the_change(
        desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(5):
        run(desk, "log", f"第{number}条记录", "--officer", OFFICER)
    run(desk, "backup")
    path = desk / FILE_NAME
    content = bytearray(path.read_bytes())
    place = content.find("第2条记录".encode())
    content[place + 3] ^= 1
    path.write_bytes(content)
    status, told = asked(desk, capsys, "check")
    assert (status, told["ok"]) == (1, False)
    changes = {f["change"] for f in told["findings"]}
    capsys.readouterr()
    assert run(desk, "check") == 1
    said = capsys.readouterr().out
    assert any(f"hange {number} " in said for number in changes if number)
    assert "watchdesk restore watchdesk-" in said


def test_the_history_of_an_unknown_row_is_an_error(desk: Path,
                                                   capsys: pytest.CaptureFixture[str]) -> None:
    status, told = asked(desk, capsys, "history", "99999")
    assert status == 1
    assert "99999" in told["says"]


def test_a_record_is_kept_from_the_command_line(desk: Path,
                                                capsys: pytest.CaptureFixture[str]) -> None:
    by = ("--officer", OFFICER)
    status, made = asked(desk, capsys, "record", "add", "shelter", "--set", "name=体育馆",
                         "--set", "capacity=600", *by)
    assert (status, made["capacity"]) == (0, 600)
    assert asked(desk, capsys, "record", "edit", "shelter", "体育馆", "--set", "capacity=800",
                 *by)[0] == 0
    assert asked(desk, capsys, "record", "retire", "shelter", "体育馆", *by)[0] == 1
    assert asked(desk, capsys, "record", "retire", "shelter", "体育馆", "--reason", "拆除",
                 *by)[0] == 0
    status, back = asked(desk, capsys, "record", "restore", "shelter", "体育馆", *by)
    assert [line["what"] for line in back["history"]] == ["brought back", "retired", "changed",
                                                          "entered"]
    assert asked(desk, capsys, "record", "show", "shelter", "无此馆")[0] == 1
    status, wrong = asked(desk, capsys, "record", "add", "shelter", "--set", "colour=red", *by)
    assert (status, wrong["field"]) == (1, "set")


def test_the_command_line_speaks_the_language_that_the_window_was_given(
        desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WATCHDESK_LANG")
    keep_look(desk, Look("en"))
    run(desk, "events")
    assert catalogue.language == "en"
    keep_look(desk, Look("zh_CN"))
    run(desk, "events")
    assert catalogue.language == "zh_CN"


@pytest.mark.parametrize("wrong", ["log", "frob", "search --limit x a", "events x", "log a --kind",
                                   "init --sample --empty a", "roster show --post cook"])
def test_wrong_use_is_said_in_chinese(capsys: pytest.CaptureFixture[str],
                                      monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("WATCHDESK_LANG", "zh_CN")
    assert main(wrong.split()) == 2
    said = capsys.readouterr().err
    assert said.startswith("用法：")
    for english in ("usage", "error", "argument", "required", "invalid", "expected", "allowed"):
        assert english not in said.splitlines()[-1]


def test_every_argument_says_in_chinese_what_it_is(capsys: pytest.CaptureFixture[str],
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHDESK_LANG", "zh_CN")
    assert main(["--help"]) == 0
    bare = [f"{parser.prog} {action.dest}" for parser in _parsers(_parser())
            for action in parser._actions
            if action.help != argparse.SUPPRESS and not re.search("[一-鿿]", action.help or "")
            and not isinstance(action, argparse._SubParsersAction)]
    assert bare == []


def _parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from _parsers(one)


@pytest.mark.parametrize("wrong", ["map near x --limit -1", "search a --limit 0", "demand 1",
                                   "drill plan -- -5", "map near x --within -5",
                                   "audit --limit x", "map print --km nan"])
def test_numbers_that_cannot_be_are_wrong_use(desk: Path, wrong: str,
                                              capsys: pytest.CaptureFixture[str]) -> None:
    status, said = asked(desk, capsys, *wrong.split())
    assert status == 2
    assert "no " in said["says"].splitlines()[-1]


@pytest.mark.parametrize("ending", ["foo", "doc"])
def test_a_paper_of_an_unknown_kind_is_refused_and_nothing_written(
        desk: Path, capsys: pytest.CaptureFixture[str], ending: str) -> None:
    out = desk / f"paper.{ending}"
    for command in ("statistics", "demand 2027", "drill plan 2026", "net print"):
        status, said = asked(desk, capsys, *command.split(), "--out", str(out))
        assert (status, out.exists()) == (1, False), command
        assert f".{ending}" in said["says"]
    assert asked(desk, capsys, "template", "supply", str(out))[0] == 1


def test_the_history_of_a_record_is_told_in_words_and_without_secrets(
        desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHDESK_NEW_PASSWORD", "一个很长的口令8")
    row = asked(desk, capsys, "search", OFFICER)[1]["names"][0]["id"]
    assert run(desk, "password", "--officer", OFFICER) == 0
    status, said = asked(desk, capsys, "history", str(row))
    assert status == 0
    assert said["history"][-1]["altered"]["password_hash"] == ["••••", "••••"]
    monkeypatch.setenv("WATCHDESK_LANG", "zh_CN")
    assert run(desk, "history", str(row)) == 0
    words = capsys.readouterr().out
    assert "口令" in words
    assert "password" not in words


def test_an_event_that_is_not_there_is_named(desk: Path, capsys: pytest.CaptureFixture[str]
                                             ) -> None:
    for command in ("dispatch 9-9", f"log x --event 9-9 --officer {OFFICER}",
                    "after-action 9-9", "improve 9-9"):
        status, said = asked(desk, capsys, *command.split())
        assert status == 1
        assert said["says"] == "There is no event 9-9. `watchdesk events --all` lists them."
