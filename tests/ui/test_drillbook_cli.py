"""The drill book without a window: plan, report, sheets handed out and merged, comparison."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from db.words import catalogue
from tests.dispatch.drillbook.builders import changed_book
from ui.cli import main
from ui.places import words_folder


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("WATCHDESK_LANG", "en")
    yield
    catalogue.load("en", words_folder())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("district")
    assert main(["--data", str(folder), "init", "--sample"]) == 0
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "district")
    return tmp_path / "district"


def asked(desk: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    capsys.readouterr()
    status = main(["--data", str(desk), "--json", *words])
    return status, json.loads(capsys.readouterr().out)


def numbers(desk: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Numbers of the sample's drills of one scenario, newest first."""
    _, found = asked(desk, capsys, "drill", "list")
    first = found["drills"][0]["title"]
    return [d["number"] for d in found["drills"] if d["title"] == first]


def test_the_plan_of_a_year_is_listed_entered_and_printed(
        desk: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, drills = asked(desk, capsys, "drill", "list")
    year = drills["drills"][0]["started_at"][:4]
    more, paper, book = tmp_path / "m.csv", tmp_path / "p.pdf", tmp_path / "p.xlsx"
    more.write_text("月份,演练名称,行业领域,大型\n12,燃气综合演练,燃气,是\n", "utf-8")
    status, found = asked(desk, capsys, "drill", "plan", year, "--take", str(more), "--out",
                          str(paper))
    assert status == 0
    gas = next(a for a in found["asked"] if a["subject"] == "燃气")
    assert (gas["planned"], gas["cover"]) == (1, "planned")
    assert paper.read_bytes().startswith(b"%PDF")
    assert main(["--data", str(desk), "drill", "plan", year, "--out", str(book)]) == 0
    status, said = asked(desk, capsys, "drill", "plan", year, "--take", str(book))
    assert status == 1  # all of them are there already
    assert said["error"]


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_the_report_is_written_and_its_code_is_known(
        desk: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"r.{ending}"
    status, found = asked(desk, capsys, "drill", "report", numbers(desk, capsys)[0], "--out",
                          str(out))
    assert status == 0
    assert out.stat().st_size > 5000
    assert found["score"] > 90
    assert any(m["outcome"] == "over" and m["over"] > 0 for m in found["measures"])
    status, verdict = asked(desk, capsys, "verify", found["code"])
    assert (status, verdict["finding"]) == (0, "intact")


def test_sheets_are_handed_out_and_merged_or_refused_whole(
        desk: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    number, blank = numbers(desk, capsys)[-1], tmp_path / "blank.xlsx"
    assert main(["--data", str(desk), "drill", "sheet", number, "--out", str(blank)]) == 0

    def said(name: str, verdict: str) -> Path:
        def fill(rows: list[list[object]]) -> None:
            rows[3][2] = name
            for row in rows[7:]:
                row[3] = verdict

        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(changed_book(blank.read_bytes(), fill))
        return path

    good, bad = said("甲", "Yes"), said("乙", "No")
    status, why = asked(desk, capsys, "drill", "merge", number, str(good), str(bad))
    assert status == 1
    assert "乙.xlsx" in why["says"]
    status, found = asked(desk, capsys, "drill", "merge", number, str(good))
    assert (status, found["merged"], found["evaluators"]["甲"]) == (0, 1, 100)
    filled = tmp_path / "filled.pdf"
    assert main(["--data", str(desk), "drill", "sheet", number, "--evaluator", "甲", "--out",
                 str(filled)]) == 0
    assert filled.read_bytes().startswith(b"%PDF")


def test_drills_and_an_event_are_compared(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, events = asked(desk, capsys, "events", "--all")
    event = next(e["number"] for e in events["events"] if "液氨" in e["title"])
    status, found = asked(desk, capsys, "drill", "compare", *numbers(desk, capsys), "--event",
                          event)
    assert status == 0
    assert [c["drill"] for c in found["courses"]] == [True, True, False]
    arrived = next(i for i in found["intervals"]
                   if (i["since"], i["until"]) == ("order", "arrived"))
    assert all(s > 0 for s in arrived["seconds"])
    assert main(["--data", str(desk), "drill", "report", "YL-1999-99"]) == 1
