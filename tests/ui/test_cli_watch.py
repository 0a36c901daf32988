"""The watch from the command line: shift, handover to its seal, papers, roster, reminders."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from db.clock import SystemClock
from db.store import FILE_NAME, Store
from db.words import catalogue
from resources.localtime import local_day
from ui.cli import main
from ui.places import words_folder


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("WATCHDESK_LANG", "en")
    yield
    catalogue.load("en", words_folder())


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    assert main(["--data", str(tmp_path), "init", "--sample"]) == 0
    return tmp_path


class Asked:
    """Runs commands with --json on one folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def __call__(self, *words: str) -> Any:
        status, told = self.tried(*words)
        assert status == 0, told
        return told

    def tried(self, *words: str) -> tuple[int, Any]:
        self.capsys.readouterr()
        status = main(["--data", str(self.folder), "--json", *words])
        return status, json.loads(self.capsys.readouterr().out)

    def seat(self, post: str, shift_id: int) -> str:
        with sqlite3.connect(self.folder / FILE_NAME) as db:
            return str(db.execute(
                "select o.name from seat_on_shift s join officer o on o.id = s.officer_id"
                " where s.post = ? and s.shift_id = ? and s.state <> 'replaced'",
                (post, shift_id)).fetchone()[0])


@pytest.fixture
def ask(desk: Path, capsys: pytest.CaptureFixture[str]) -> Asked:
    return Asked(desk, capsys)


def test_who_came_and_who_stepped_in(ask: Asked) -> None:
    shift = ask("shift", "open")["shift"]
    second, other = ask.seat("second", shift["id"]), ask.seat("main", shift["id"])
    told = ask("shift", "absent", second, "--why", "发烧")
    assert [p["state"] for p in told["people"] if p["officer"] == second] == ["absent"]
    status, why = ask.tried("shift", "left", "没有这个人", "--why", "x")
    assert (status, why["field"]) == (1, "officer")
    ask("shift", "weather", "小雨")
    assert ask("shift")["shift"]["weather"] == "小雨"
    status, why = ask.tried("shift", "join", other, "--why", "增援")
    assert status == 1
    assert "already" in why["says"]


def test_a_handover_is_worded_checked_signed_sealed_and_added_to(ask: Asked) -> None:
    drafted = ask("handover", "draft")
    going, coming = drafted["shift_id"], drafted["next_shift_id"]
    ask("handover", "words", "--summary", "全班平稳", "--remarks", "钥匙已交")
    status, why = ask.tried("handover", "check", "传真", "--fault", "卡纸")
    assert status == 1
    assert "传真机" in why["says"]
    ask("handover", "check", "传真机", "--fault", "卡纸，已报修")
    status, why = ask.tried("handover", "add", "x")
    assert (status, "not sealed yet" in why["says"]) == (1, True)
    ask("handover", "sign", ask.seat("main", going), "--side", "out")
    done = ask("handover", "sign", ask.seat("main", coming), "--side", "in")
    assert done["sealed"]
    assert done["summary"] == "全班平稳"
    number = done["number"]
    assert ask.tried("handover", "sign", ask.seat("main", going), "--number", number)[0] == 1
    ask("handover", "add", "传真机已修复", "--number", number)
    assert ask("verify", done["code"])["finding"] == "intact"
    assert [h["number"] for h in ask("handover", "list")["handovers"]] == [number]
    out = ask.folder / "h.pdf"
    ask("print", "handover", number, "--out", str(out))
    said = text_of(out)
    assert "全班平稳" in said
    assert "传真机已修复" in said


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return "".join(text.split())


def test_one_flipped_byte_of_a_sealed_handover_is_found(ask: Asked) -> None:
    drafted = ask("handover", "draft")
    ask("handover", "words", "--summary", "本班一切正常无异常情况")
    ask("handover", "sign", ask.seat("main", drafted["shift_id"]), "--side", "out")
    done = ask("handover", "sign", ask.seat("main", drafted["next_shift_id"]), "--side", "in")
    Store.open(ask.folder / FILE_NAME, SystemClock()).close()
    path = ask.folder / FILE_NAME
    with sqlite3.connect(path) as db:
        db.execute("pragma wal_checkpoint(truncate)")
    kept = path.read_bytes()
    mark = '{"notes":{},"remarks":"","summary":"本班一切正常'.encode()
    places = [n for n in range(len(kept)) if kept.startswith(mark, n)]
    assert places
    found = []
    for place in places:  # the row itself, and what the journal kept of it
        broken = bytearray(kept)
        broken[place + len(mark) - 1] ^= 1
        path.write_bytes(broken)
        found.append(ask.tried("verify", done["code"])[1]["finding"])
    path.write_bytes(kept)
    assert "altered" in found
    assert ask("verify", done["code"])["finding"] == "intact"


@pytest.mark.parametrize(("words", "name"), [
    (["blank", "call"], "blank-call.pdf"), (["blank", "roll-call"], "blank-roll-call.pdf"),
    (["book", "call"], "call-"), (["book", "handover"], "handover-"),
    (["roster"], "roster-"), (["roster", "--paper-size", "A3"], "roster-"),
    (["roster", "--week"], "week-")])
def test_papers_of_the_watch(ask: Asked, words: list[str], name: str) -> None:
    papers = ask("print", *words, "--out", str(ask.folder / "papers.pdf"
                                               if words[0] != "blank" else ask.folder))["papers"]
    assert len(papers) == 1
    assert Path(papers[0]).read_bytes().startswith(b"%PDF")
    assert words[0] != "blank" or Path(papers[0]).name == name
    width = pypdfium2.PdfDocument(papers[0])[0].get_size()[0]
    if words[0] == "roster":
        assert round(width) == (1191 if "A3" in words else 842)


def test_a_paper_that_there_is_not(ask: Asked) -> None:
    for words in (["print", "blank", "menu"], ["print", "book", "menu"],
                  ["print", "handover", "JB-1999-0101"]):
        status, told = ask.tried(*words)
        assert status == 1
        assert "There" in told["says"]


def test_reminders(ask: Asked) -> None:
    standing = ask("remind")["reminders"]
    ask("remind", "催报核报", "--at", "07:00")
    assert len(ask("remind")["reminders"]) == len(standing) + 1
    assert any(d["title"] == "催报核报" for d in ask("due")["due"])
    status, told = ask.tried("remind", "x", "--at", "noon")
    assert (status, told["field"]) == (1, "due_at")
    assert ask("remind", "--done", "催报")["reminders"] == standing


def test_a_month_by_hand_and_by_solver(ask: Asked) -> None:
    month = _two_months_on()
    first = ask("roster", "show", "--month", month)
    assert first["duties"] == []
    main_, head = (_first(ask.folder, post) for post in ("main", "leader"))
    put = ask("roster", "put", "--month", month, "--name", main_, "--day", "3")
    assert [(d["name"], d["post"], d["locked"]) for d in put["duties"]] == [(main_, "main", True)]
    ask("roster", "leave", "--month", month, "--name", main_, "--day", "10", "--last", "12")
    ask("roster", "special", "--month", month, "--name", "防护期", "--day", "20", "--post",
        "standby", "--officer", head)
    solved = ask("roster", "year", "--month", month, "--months", "1", "--limit", "20")
    assert solved["conflicts"] == []
    mine = {d["day"][-2:] for d in solved["duties"] if d["name"] == main_}
    assert "03" in mine
    assert not mine & {"10", "11", "12"}
    on_20 = [d for d in solved["duties"] if d["day"].endswith("-20") and d["post"] == "standby"]
    on_21 = [d for d in solved["duties"] if d["day"].endswith("-21") and d["post"] == "standby"]
    assert len(on_20) == len(on_21) + 1
    ask("roster", "publish", "--month", month, "--officer", head)
    assert ask.tried("roster", "clear", "--month", month, "--name", main_, "--day", "3")[0] == 1
    ask("roster", "reopen", "--month", month, "--officer", head)
    ask("roster", "clear", "--month", month, "--name", main_, "--day", "3")
    assert [v["version"] for v in ask("roster", "history", "--month", month)["versions"]] == [1]
    status, told = ask.tried("roster", "put", "--month", month, "--name", main_, "--day", "31x")
    assert (status, "not a day" in told["says"]) == (1, True)


def _first(folder: Path, post: str) -> str:
    """The name of the first officer who holds a post."""
    with sqlite3.connect(folder / FILE_NAME) as db:
        return str(db.execute("select name from officer where active = 1 and posts like ?"
                              " order by id limit 1", (f"%{post}%",)).fetchone()[0])


def _two_months_on() -> str:
    today = local_day(SystemClock().now())
    at = today.year * 12 + today.month + 1
    return f"{at // 12}-{at % 12 + 1:02d}"
