"""What the system and the libraries say reaches nobody in their English."""

from __future__ import annotations

import ast
import csv
import errno
import json
import smtplib
import socket
import sqlite3
import ssl
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
import shapefile
from python_calamine import CalamineWorkbook

from db.errors import Refused, StoreError
from db.reasons import reason
from db.words import catalogue
from resources.layers.mbtiles import TileFile
from tests.sources import ROOMS
from ui.places import words_folder


@pytest.fixture
def chinese() -> Iterator[None]:
    catalogue.load("zh_CN", words_folder())
    yield
    catalogue.load("en", words_folder())


def raised(act: Callable[[], object]) -> BaseException:
    with pytest.raises(BaseException) as found:  # noqa: PT011 - each of them is looked at
        act()
    return found.value


def no_database(tmp: Path) -> object:
    (tmp / "a.db").write_bytes(b"no database " * 20)
    return sqlite3.connect(tmp / "a.db").execute("select 1 from sqlite_master")


MET: tuple[tuple[Callable[[Path], object], str], ...] = (
    (no_database, "不是数据库文件"),
    (lambda tmp: (tmp / "none").read_bytes(), "没有这个文件或文件夹"),
    (lambda _tmp: b"\xff\xfe\xfa".decode(), "不是可识别的文本"),
    (lambda _tmp: json.loads("{"), "不是 JSON"),
    (lambda _tmp: list(csv.reader(['"a'], strict=True)), "引号"),
    (lambda tmp: zipfile.ZipFile(tmp.joinpath("z").write_bytes(b"x" * 9) and tmp / "z"), "损坏"),
    (lambda tmp: CalamineWorkbook.from_path(
        tmp.joinpath("w.xlsx").write_bytes(b"PK\3\4 broken") and str(tmp / "w.xlsx")), "工作簿"),
    (lambda tmp: shapefile.Reader(str(tmp / "none.shp")), "损坏"),
    (lambda _tmp: int("x"), "内容不符合要求"))


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(("act", "said"), MET)
def test_each_reason_is_said_in_chinese(tmp_path: Path, act: Callable[[Path], object],
                                        said: str) -> None:
    words = reason(raised(lambda: act(tmp_path)))
    assert said in words
    assert not any("a" <= c.lower() <= "z" for c in words.replace("JSON", ""))


@pytest.mark.usefixtures("chinese")
def test_the_network_s_own_exceptions_are_known() -> None:
    assert reason(socket.gaierror(socket.EAI_NONAME, "Name or service not known")) == (
        "网络中找不到对方的名称")
    assert reason(OSError(errno.ECONNREFUSED, "Connection refused")) == "对方拒绝连接"
    assert reason(requests.ReadTimeout("x")) == "超时未应答"
    assert reason(requests.ConnectionError("x")) == "无法连接对方"
    assert reason(ssl.SSLCertVerificationError(1, "bad")) == "对方的证书不被接受"
    assert reason(smtplib.SMTPServerDisconnected("gone")) == "邮件服务器未接收"
    assert reason(ZeroDivisionError("x")) == "原因不明（ZeroDivisionError）"


@pytest.mark.usefixtures("chinese")
def test_an_error_tells_its_cause_in_words(tmp_path: Path) -> None:
    full = StoreError("{path} cannot be written: {why}.", path="a.pdf",
                      why=OSError(errno.ENOSPC, "No space left on device"))
    assert "磁盘已满" in str(full)
    assert "No space" not in str(full)
    inner = Refused("Say why the drill is given up.")
    assert "请" in str(StoreError("{file} cannot be read: {why}.", file="a", why=inner))
    (tmp_path / "影像.mbtiles").write_bytes(b"no tiles at all " * 100)
    with pytest.raises(Refused) as refused:
        TileFile(tmp_path / "影像.mbtiles")
    assert str(refused.value) == "这不是可以读取的瓦片文件（不是数据库文件）。"


def test_nobody_passes_on_the_system_s_own_words() -> None:
    """`strerror` and an error made a text are English wherever the system is."""
    root = Path(__file__).resolve().parents[2]
    wrong = []
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Attribute) and node.attr == "strerror":
                    wrong.append(f"{path.relative_to(root)}:{node.lineno}")
                if isinstance(node, ast.keyword) and node.arg == "why" and isinstance(
                        node.value, ast.Call) and ast.unparse(node.value) == "str(error)":
                    wrong.append(f"{path.relative_to(root)}:{node.value.lineno}")
    assert not wrong
