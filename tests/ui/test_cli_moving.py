"""Supplies moved from the command line: every kind of slip, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from db.clock import SystemClock
from db.store import FILE_NAME, Store
from resources.people import SYSTEM
from tests.ui.test_cli import asked, desk, english

__all__ = ["desk", "english"]


@pytest.fixture
def goods(desk: Path) -> Path:
    """A supply and two warehouses."""
    store = Store.open(desk / FILE_NAME, SystemClock())
    with store.change("seed", SYSTEM) as tx:
        tx.insert("supply", {"code": "1010101", "name": "帐篷", "measure": "顶"})
        for name in ("中心库", "东库"):
            tx.insert("warehouse", {"name": name})
    store.close()
    return desk


def moved(goods: Path, capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    status, data = asked(goods, capsys, "move", *words, "--officer", "王敏")
    assert status == 0, data
    return list(data["movements"])


def test_every_kind_of_slip(goods: Path, capsys: pytest.CaptureFixture[str]) -> None:
    receive = ("in", "帐篷", "40顶", "--warehouse", "中心库", "--batch")
    [first] = moved(goods, capsys, *receive, "A1", "--expires", "2099-01-01", "--basis", "采购")
    assert (first["kind"], first["quantity"], first["handler"]) == ("in", 40, "王敏")
    [again] = moved(goods, capsys, *receive, "A1")
    assert again["lot_id"] == first["lot_id"]
    [new] = moved(goods, capsys, *receive, "B2")
    assert new["lot_id"] != first["lot_id"]
    lot = ("--batch", "A1", "--warehouse", "中心库")
    [out] = moved(goods, capsys, "out", "1010101", "5", *lot, "--receiver", "石渠镇",
                  "--basis", "指令3", "--approver", "李建国")
    assert (out["quantity"], out["receiver"], out["approver"]) == (-5, "石渠镇", "李建国")
    a, b = moved(goods, capsys, "transfer", "帐篷", "10", *lot, "--to", "东库")
    assert (a["quantity"], b["quantity"], b["pair_id"]) == (-10, 10, a["id"])
    [lent] = moved(goods, capsys, "lend", "帐篷", "8", *lot, "--receiver", "学校",
                   "--due-back", "2099-06-01")
    [back] = moved(goods, capsys, "return", lent["number"], "3", "--condition", "完好")
    assert (back["quantity"], back["pair_id"]) == (3, lent["id"])
    [rotated] = moved(goods, capsys, "rotate", "帐篷", "2", *lot, "--into", str(new["lot_id"]))
    [repair] = moved(goods, capsys, "repair", "帐篷", "1", *lot, "--receiver", "修理厂")
    [scrap] = moved(goods, capsys, "scrap", "帐篷", "4", *lot, "--basis", "霉变",
                    "--approver", "李建国")
    assert [rotated["quantity"], repair["quantity"], scrap["quantity"]] == [-2, -1, -4]
    [count] = moved(goods, capsys, "count", "帐篷", "50", *lot)
    assert count["quantity"] == 50 - (80 - 5 - 10 - 8 + 3 - 2 - 1 - 4)
    _, lots = asked(goods, capsys, "stock", "--lots")
    assert sorted((x["warehouse"], x["batch"], x["quantity"]) for x in lots["lots"]) == [
        ("东库", "A1", 10), ("中心库", "A1", 50), ("中心库", "B2", 42)]
    _, slips = asked(goods, capsys, "stock", "--slips", "石渠镇")
    assert [x["number"] for x in slips["movements"]] == [out["number"]]


@pytest.mark.parametrize(("words", "field"), [
    (("out", "帐篷", "500", "--receiver", "镇"), "quantity"),
    (("out", "帐篷", "-5", "--receiver", "镇"), "quantity"),
    (("out", "帐篷", "5箱", "--receiver", "镇"), "measure"),
    (("out", "帐篷", "5", "--measure", "箱", "--receiver", "镇"), "measure"),
    (("out", "帐篷", "5"), "receiver"),
    (("out", "帐篷", "5", "--receiver", "镇"), "override"),
    (("out", "雨衣", "5", "--receiver", "镇"), "goods"),
    (("out", "帐篷", "5", "--lot", "7"), "lot"),
    (("in", "帐篷", "5", "--warehouse", "西库"), "warehouse"),
    (("return", "JY-0001", "5"), "slip")])
def test_what_cannot_be_is_refused(goods: Path, capsys: pytest.CaptureFixture[str],
                                   words: tuple[str, ...], field: str) -> None:
    moved(goods, capsys, "in", "帐篷", "40", "--warehouse", "中心库", "--expires", "2020-01-01")
    status, said = asked(goods, capsys, "move", *words, "--officer", "王敏")
    assert (status, said["field"]) == (1, field)
    _, there = asked(goods, capsys, "stock")
    assert [s["quantity"] for s in there["stock"]] == [40]


def test_an_expired_lot_goes_with_a_reason_that_is_kept(
        goods: Path, capsys: pytest.CaptureFixture[str]) -> None:
    moved(goods, capsys, "in", "帐篷", "40", "--warehouse", "中心库", "--expires", "2020-01-01")
    [out] = moved(goods, capsys, "out", "帐篷", "5", "--receiver", "镇", "--override", "暴雨急用")
    assert (out["override"], out["quantity"]) == ("暴雨急用", -5)


def test_a_file_with_unknown_headings_is_told_its_columns(
        goods: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = goods / "来文.csv"
    file.write_text("称谓,热线,壮丁\n丙队,000-1111,7\n", encoding="gb18030")
    status, said = asked(goods, capsys, "import", "force", str(file), "--officer", "王敏")
    assert (status, "Name" in said["says"]) == (1, True)
    columns = [w for c in ("称谓=name", "热线=duty_phone", "壮丁=People") for w in ("--column", c)]
    status, said = asked(goods, capsys, "import", "force", str(file), *columns,
                         "--officer", "王敏")
    assert (status, said["added"], said["columns"]["壮丁"]) == (0, 1, "people")
    status, said = asked(goods, capsys, "undo-import", "--officer", "王敏")
    assert (status, said["rows"]) == (0, 1)
    _, said = asked(goods, capsys, "undo-import", "--list")
    assert [(p["kind"], p["undone"]) for p in said["imports"]] == [("force", True)]
