"""Hostile and broken files are refused or cleaned with a reason, and nothing is half imported."""

from __future__ import annotations

import io
import zipfile

import pytest

from bench.mutating import blown, with_part
from db.errors import Cancelled, Refused
from db.store import Store
from resources.exchange import zips
from resources.exchange.books import read_book
from resources.exchange.verbs import OnDuplicate, import_rows, preview
from tests.resources.exchange.builders import KEEPER, a_reading, an_xlsx, taken

HEAD = ["队伍名称", "值班电话", "经度", "纬度", "总人数"]
SHEET = "xl/worksheets/sheet1.xml"
GOOD = an_xlsx([HEAD, ["一队", "000-6218", 108.7, 34.4, 5]])


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
        made.writestr(SHEET, b"0" * 450_000_000)
    return out.getvalue()


def lying(data: bytes) -> bytes:
    """The directory says that the biggest part unpacks to ten bytes."""
    size = zipfile.ZipFile(io.BytesIO(data)).getinfo(SHEET).file_size
    return data.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))


@pytest.mark.parametrize(("data", "says"), [
    (b"", "empty"), (GOOD[:len(GOOD) // 2], "cut off"), (b"PK\x03\x04" + b"x" * 80, "cut off"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old xls"), (bytes(range(256)) * 3, "encoding"),
    (b"a,b\0c\n", "no text"), (b'\xef\xbb\xbf"' + b"x" * 200_000, "too long"),
    (with_part(GOOD, SHEET, lambda x: b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
               + x), "entities"),
    (with_part(GOOD, SHEET, lambda x: x.replace(b'r="E2"', b'r="XFD1048576"')), "almost all empty"),
    (with_part(GOOD, SHEET, lambda x: x[:200]), "damaged"),
    (with_part(GOOD, SHEET, lambda x: x.replace(b"A2", b"A9")), "out of order"),
    (with_part(GOOD, SHEET, lambda x: x.replace(b'<row r="2"', b'<row r="4294967290"')),
     "almost all empty|out of order"),
    (with_part(GOOD, SHEET, lambda x: x.replace(b'r="E2"', b'r="E99999999999999999999"')),
     "almost all empty"),
    ("队伍名称\n".encode() + b"," * 20_000, "line 2: more than 16384 cells"),
    ("队伍名称\n".encode() + b"\n" * 1_048_577, "Row 1048577"),
])
def test_refused_with_a_reason(data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_book("坏文件.xlsx", data)


def test_bombs_are_not_unpacked_even_when_the_directory_lies() -> None:
    data = bomb()
    for one in (data, lying(data)):
        with pytest.raises(Refused, match="zip bomb"):
            read_book("炸弹.xlsx", one)


@pytest.mark.parametrize("when", ["0001-01-01", "0001-01-01T00:00:00Z", "9999-12-31 23:59",
                                  "9999-12-31T23:59:59-12:00", "1-1-1"])
def test_a_moment_that_no_record_means_is_refused(when: str) -> None:
    """Written into the store such a one could not be read again."""
    data = f"队伍名称,值班电话,核实时间\n一队,000-6218,{when}\n".encode()
    (problem,) = a_reading("force", data, name="队伍.csv").problems
    assert "no day" in str(problem)


def test_cells_are_counted_over_all_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    book = an_xlsx(*[[HEAD, ["一队", "000-6218", 108.7, 34.4, n]] for n in range(3)])
    read_book("三表.xlsx", book)
    monkeypatch.setattr(zips, "MOST_CELLS", 25)
    with pytest.raises(Refused, match=r"sheet3.*25 cells"):
        read_book("三表.xlsx", book)


def test_what_unpacks_steeper_than_any_table_is_a_bomb_well_below_the_limit() -> None:
    data = blown(GOOD, SHEET, b" ", 60)
    with pytest.raises(Refused, match="size gives"):
        read_book("炸弹.xlsx", data)


def test_a_million_empty_rows_are_cleaned() -> None:
    rows = b"".join(b'<row r="%d"/>' % n for n in range(3, 1_000_003))
    data = with_part(GOOD, SHEET, lambda x: x.replace(b"</sheetData>", rows + b"</sheetData>"))
    assert len(a_reading("force", data).lines) == 1
    text = "队伍名称,值班电话\n一队,000-6218\n" + ",,,,\n" * 1_000_000
    found = a_reading("force", text.encode(), name="来文.csv")
    assert (len(found.lines), found.match.sheet.empty) == (1, 1_000_000)


@pytest.mark.parametrize(("row", "column", "says"), [
    (["", "000-1", 108.7, 34.4, 5], "Name", "needed"),
    (["甲" * 40_000, "000-1", 108.7, 34.4, 5], "Name", "more than"),
    (["甲", "000-1", 34.4, 108.7, 5], "Longitude", "each other's"),
    (["甲", "000-1", 10.0, 70.0, 5], "Longitude", "China"),
    (["甲", "000-1", 108.7, 34.4, "-3"], "People", "below zero"),
    (["甲", "000-1", 108.7, 34.4, "许多"], "People", "no number"),
    (["甲", "000-1", 108.7, 34.4, "#REF!"], "People", "spreadsheet error"),
])
def test_each_problem_has_its_place_and_nothing_is_written(
        store: Store, row: list[object], column: str, says: str) -> None:
    text = "\n".join(",".join(str(c) for c in r) for r in (HEAD, ["一队", "000-6218"], row))
    found = a_reading("force", text.encode(), name="来文.csv")
    assert [(p.row, p.column) for p in found.stopping] == [(3, column)]
    assert says in str(found.stopping[0].why)
    with pytest.raises(Refused, match="nothing was imported"):
        taken(store, found)
    assert store.value("select count(*) from force") == 0


def test_cancelling_leaves_nothing(store: Store) -> None:
    rows = [HEAD, *([f"{n}队", "000-6218", 108.7, 34.4, 5] for n in range(900))]
    data = an_xlsx(rows)
    with pytest.raises(Cancelled):
        read_book("来文.xlsx", data, lambda done, of: done < 500)
    reading = a_reading("force", data)
    with pytest.raises(Cancelled):
        import_rows(store, reading, by=KEEPER, progress=lambda done, of: done < 300)
    assert store.value("select count(*) from force") == 0
    assert preview(store, reading, OnDuplicate.NEW).steps
