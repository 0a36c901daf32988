"""The net, roll calls and call-outs from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from db.clock import SystemClock
from db.store import FILE_NAME, Store
from tests.dispatch.net.builders import a_channel, units
from tests.dispatch.net.conftest import pocket  # noqa: F401 - the machine's keyring is not touched
from tests.dispatch.net.servers import a_gateway
from tests.ui.test_cli import OFFICER, desk, english  # noqa: F401 - fixtures
from tests.ui.test_cli import asked as asked_as
from tests.ui.test_cli import run as run_as


def run(folder: Path, *words: str) -> int:
    return run_as(folder, *words, "--officer", OFFICER)


def asked(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    return asked_as(folder, capsys, *words, "--officer", OFFICER)


@pytest.fixture
def net(desk: Path) -> Path:  # noqa: F811
    store = Store.open(desk / FILE_NAME, SystemClock())
    units(store, 3)
    store.close()
    return desk


def test_the_net_is_listed_called_and_kept(net: Path,
                                           capsys: pytest.CaptureFixture[str]) -> None:
    status, found = asked(net, capsys, "net", "list", "--branch", "town")
    assert (status, [m["name"] for m in found["members"]]) == (
        0, ["单位001", "单位002", "单位003"])
    assert asked(net, capsys, "net", "persons", "单位001", "--person",
                 "王立,镇长,000-7001,wang@example.cn")[1]["persons"][0]["mail"] == "wang@example.cn"
    status, entry = asked(net, capsys, "net", "call", "单位001", "--number", "2", "--said", "收到")
    assert (status, entry["text"]) == (0, "Called 单位001 王立 镇长 000-7001: 收到")
    assert asked(net, capsys, "net", "group", "东片", "--unit", "单位001")[1]["groups"] == [
        {"name": "东片", "members": 1}]
    out = net / "net.xlsx"
    assert run(net, "net", "print", "--out", str(out)) == 0
    assert out.read_bytes().startswith(b"PK")


def test_a_dry_run_says_who_and_writes_nothing(net: Path,
                                               capsys: pytest.CaptureFixture[str]) -> None:
    status, found = asked(net, capsys, "callout", "--dry-run", "--branch", "town", "--title",
                          "集结", "--text", "请{单位}集结")
    assert (status, len(found["members"]), found["text"]) == (0, 3, "请{单位}集结")
    assert asked(net, capsys, "callout", "list")[1] == {"callouts": []}
    status, refused = asked(net, capsys, "callout", "--dry-run", "--branch", "town", "--title",
                            "集结", "--text", "到{楼层}")
    assert (status, refused["field"]) == (1, "text")


def test_a_call_out_goes_out_and_is_answered(net: Path,
                                             capsys: pytest.CaptureFixture[str]) -> None:
    with a_gateway() as gateway:
        gateway.manners["000-6002"] = "400"
        store = Store.open(net / FILE_NAME, SystemClock())
        name = a_channel(store, gateway.url).name
        store.close()
        status, made = asked(net, capsys, "callout", "--branch", "town", "--title", "集结",
                             "--text", "请{单位}集结", "--channel", name)
        assert (status, made["standings"]) == (0, {"sent": 2, "failed": 1})
    status, found = asked(net, capsys, "callout", "answer", "--who", "单位003", "--by-whom",
                          "王立")
    assert (status, found["answered"]) == (0, 1)
    assert asked(net, capsys, "callout", "answer", "--who", "别人")[0] == 1
    assert "000-6001,000-6002" in asked(net, capsys, "callout", "copy")[1]["groups"][0]
    assert asked(net, capsys, "callout", "close")[1]["standings"]["no_answer"] == 2
    assert asked(net, capsys, "callout", "close")[0] == 1


def test_a_roll_call_is_held_and_its_month_printed(net: Path,
                                                   capsys: pytest.CaptureFixture[str]) -> None:
    assert run(net, "rollcall", "template", "早点名", "--branch", "town") == 0
    assert asked(net, capsys, "rollcall", "start", "早点名")[0] == 0
    for place, result in enumerate(("present", "silent", "present"), 1):
        assert run(net, "rollcall", "answer", str(place), result) == 0
    assert run(net, "rollcall", "again") == 0
    assert run(net, "rollcall", "answer", "单位002", "present") == 0
    ended: dict[str, Any] = asked(net, capsys, "rollcall", "end")[1]
    assert ended["roll"]["ended_at"]
    month = asked(net, capsys, "rollcall", "month")[1]
    assert (month["asked"], month["units"]["单位002"]) == (3, 0)
    for name in ("month.pdf", "month.xlsx"):
        assert run(net, "rollcall", "month", "--out", str(net / name)) == 0
        assert (net / name).stat().st_size > 2000
    assert json.dumps(asked(net, capsys, "rollcall", "due")[1]) == '{"due": []}'
