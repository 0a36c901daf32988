"""Files that were damaged anyhow are read or refused with a sentence: nothing else, and soon."""

from __future__ import annotations

import time

import pytest

from bench.mutating import mutant, with_part
from db.errors import Refused
from db.store import Store
from resources.exchange.books import read_book
from resources.exchange.drafts import Wishes, draft
from resources.exchange.tables import kind_of
from tests.resources.exchange.builders import an_xlsx

ROWS = [["队伍名称", "值班电话", "经度", "纬度", "总人数", "保险到期"],
        *([f"{n}队", "000-6218", 108.7, 34.4, n, "2027-03-01"] for n in range(12))]
XLSX = an_xlsx(ROWS, title="队伍台账")
CSV = "\n".join(",".join(str(c) for c in row) for row in ROWS).encode("gb18030")
SHEET, SHARED = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def looked_at(store: Store, name: str, data: bytes) -> None:
    began, said = time.monotonic(), "read"
    try:
        draft(store, read_book(name, data), Wishes(kind=kind_of("force")))
    except Refused as why:
        said = str(why)
    assert said
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("part", ["", SHEET, SHARED, "xl/workbook.xml", "[Content_Types].xml"])
def test_damaged_workbooks(store: Store, part: str) -> None:
    for seed in range(40):
        looked_at(store, "坏.xlsx", mutant(XLSX, seed) if not part else with_part(
            XLSX, part, lambda body, seed=seed: mutant(body, seed)))  # type: ignore[misc]
    assert store.value("select count(*) from force") == 0


def test_damaged_text_tables(store: Store) -> None:
    for seed in range(150):
        looked_at(store, "坏.csv", mutant(CSV, seed))
    assert store.value("select count(*) from force") == 0


def test_a_formula_is_read_as_the_value_that_it_shows(store: Store) -> None:
    def formula(body: bytes) -> bytes:
        return body.replace(b'<c r="E3"><v>0</v></c>', b'<c r="E3"><f>6*7</f><v>42</v></c>')

    data = with_part(XLSX, SHEET, formula)
    found = draft(store, read_book("公式.xlsx", data), Wishes(kind=kind_of("force"))).reading
    assert found is not None
    assert found.lines[0].values["people"] == 42
