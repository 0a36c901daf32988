"""Importing: encodings, columns, duplicates, undo, coordinates, and the way out and back."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.errors import Refused
from db.store import Store
from db.words import catalogue
from resources.coords import Crs
from resources.exchange.cells import tidy
from resources.exchange.export import export, export_rows
from resources.exchange.fields import Field, Kind, Shape
from resources.exchange.reading import Options
from resources.exchange.tables import KINDS, kind_of
from resources.exchange.undo import imports, undo_import
from resources.exchange.verbs import OnDuplicate, import_rows, preview
from resources.exchange.writing import fields_of, write_table, write_template
from resources.goods_codes import goods_codes
from tests.builders import a_store
from tests.resources.exchange.builders import KEEPER, a_reading, an_xlsx, taken
from ui.places import words_folder

GB = "队伍名称,值班电话,队伍类型,总人数,保险到期\n石渠救援队,000-6218,社会力量,12人,2027年3月1日\n"
BIG5 = "隊伍名稱,值班電話,隊伍類型,總人數\n石渠救援隊,000-6218,社會力量,12\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings_of_the_mainland(encoding: str) -> None:
    line = a_reading("force", GB.encode(encoding), name="来文.csv").lines[0]
    assert line.values == {"name": "石渠救援队", "duty_phone": "000-6218", "kind": "volunteer",
                           "people": 12, "insured_until": "2027-03-01"}


def test_big5_headings_are_known_and_values_stay_traditional() -> None:
    text = BIG5.replace("社會力量", "民兵")
    values = a_reading("force", text.encode("big5"), name="來文.csv").lines[0].values
    assert values == {"name": "石渠救援隊", "duty_phone": "000-6218", "kind": "militia",
                      "people": 12}


def test_merged_title_numbers_as_phones_and_dates() -> None:
    data = an_xlsx([["装备名称", "联系电话", "购置日期", "年检到期", ""],
                    ["泵车", 13800138000, date(2024, 5, 1), "2027.3.9", " "]], title="装备台账")
    found = a_reading("equipment", data)
    assert found.match.header == 2
    assert found.lines[0].values == {"name": "泵车", "phone": "13800138000",
                                     "bought_on": "2024-05-01", "test_due": "2027-03-09"}


def test_the_content_decides_what_a_heading_means() -> None:
    goods = a_reading("supply", an_xlsx([["名称", "单位", "管理单位"], ["帐篷", "顶", "民政局"]]))
    assert goods.lines[0].values == {"name": "帐篷", "measure": "顶", "owner": "民政局"}
    blind = a_reading("shelter", an_xlsx([["场所名称", "甲", "乙"], ["广场", 108.712, 34.412],
                                          ["公园", 108.722, 34.422]]))
    assert blind.lines[1].values["lon"] == 108.722


def test_coordinates_come_from_the_system_chosen() -> None:
    data = an_xlsx([["场所名称", "经度", "纬度"], ["广场", 108.712, 34.412]])
    values = a_reading("shelter", data, options=Options(crs=Crs.GCJ02)).lines[0].values
    assert (values["src_lon"], values["src_crs"]) == (108.712, "GCJ-02")
    assert 0.003 < 108.712 - float(str(values["lon"])) < 0.006


@pytest.mark.parametrize(("policy", "added", "updated", "skipped", "people"), [
    (OnDuplicate.SKIP, 1, 0, 1, [5, 8]), (OnDuplicate.UPDATE, 1, 1, 0, [7, 8])])
def test_duplicates_by_code_or_name(store: Store, policy: OnDuplicate, added: int, updated: int,
                                    skipped: int, people: list[int]) -> None:
    head = ["编号", "队伍名称", "总人数", "值班电话"]
    taken(store, a_reading("force", an_xlsx([head, ["A1", "一队", 5, "000-6218"]])))
    done = taken(store, a_reading("force", an_xlsx(
        [head, ["A1", "一队", 7, ""], ["", "二队", 8, ""]])), policy)
    assert (done.added, done.updated, done.skipped) == (added, updated, skipped)
    rows = store.read("select people, duty_phone from force order by id")
    assert [r["people"] for r in rows] == people
    assert rows[0]["duty_phone"] == "000-6218"


def test_the_code_table_is_taken_in_checked_and_taken_back(store: Store) -> None:
    head = ["分类代码", "类目名称"]
    bad = a_reading("goods_code", an_xlsx([head, [1010101, "帐篷"], ["9999999", "无"]]))
    assert [(p.row, p.column, p.value) for p in preview(store, bad).stopping] == [
        (3, "Code", "9999999")]
    taken(store, a_reading("goods_code", an_xlsx([head, [1010101, "帐篷"]])))
    change = taken(store, a_reading("goods_code", an_xlsx(
        [head, [1010101, "单帐篷"], [1010102, "棉帐篷"]])), OnDuplicate.UPDATE).change
    assert [c.name for c in goods_codes(store)] == ["单帐篷", "棉帐篷"]
    undo_import(store, change, by=KEEPER)
    assert [c.name for c in goods_codes(store)] == ["帐篷"]


def test_one_row_may_be_decided_otherwise(store: Store) -> None:
    head = ["队伍名称", "总人数"]
    taken(store, a_reading("force", an_xlsx([head, ["一队", 5], ["二队", 6]])))
    again = a_reading("force", an_xlsx([head, ["一队", 7], ["二队", 8]]))
    import_rows(store, again, by=KEEPER, each={3: OnDuplicate.UPDATE})
    assert [r[0] for r in store.read("select people from force order by id")] == [5, 8]


def test_another_quantity_is_a_stock_take(store: Store) -> None:
    head = ["物资名称", "计量单位", "数量", "仓库"]
    taken(store, a_reading("supply", an_xlsx([head, ["帐篷", "顶", 30, "中心库"]])))
    again = a_reading("supply", an_xlsx([head, ["帐篷", "顶", 26, "中心库"]]))
    assert taken(store, again, OnDuplicate.UPDATE).updated == 1
    assert [tuple(r) for r in store.read("select kind, quantity from movement order by id")] == [
        ("in", 30.0), ("count", -4.0)]


def test_undo_takes_back_what_nobody_touched(store: Store) -> None:
    taken(store, a_reading("force", an_xlsx([["队伍名称", "总人数"], ["一队", 5]])))
    data = an_xlsx([["队伍名称", "总人数"], ["一队", 9], ["二队", 4]])
    change = taken(store, a_reading("force", data), OnDuplicate.UPDATE).change
    assert imports(store)[0].change == change
    assert undo_import(store, change, by=KEEPER) == 2
    assert [tuple(r) for r in store.read("select name, people from force")] == [("一队", 5)]
    with pytest.raises(Refused, match="changed or used"):
        undo_import(store, change, by=KEEPER)


def test_undo_is_refused_when_a_row_is_used(store: Store) -> None:
    change = taken(store, a_reading("force", an_xlsx([["队伍名称"], ["一队"]]))).change
    taken(store, a_reading("equipment", an_xlsx([["装备名称", "所属队伍"], ["泵", "一队"]])))
    with pytest.raises(Refused, match="一队"):
        undo_import(store, change, by=KEEPER)
    assert store.value("select count(*) from force") == 1


def test_goods_with_stock_are_undone_whole(store: Store) -> None:
    data = an_xlsx([["物资名称", "计量单位", "数量"], ["帐篷", "顶", 30]])
    undo_import(store, taken(store, a_reading("supply", data)).change, by=KEEPER)
    assert [store.value(f"select count(*) from {t}") for t in
            ("supply", "lot", "warehouse", "movement")] == [0, 0, 0, 0]


@pytest.mark.parametrize("name", list(KINDS))
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_templates_name_every_column_and_offer_choices(name: str, language: str) -> None:
    kind = kind_of(name)
    catalogue.load(language, words_folder())
    try:
        data = write_template(kind)
        heads = [f.heading for f in fields_of(kind)]
        assert len(set(heads)) == len(heads)
        with pytest.raises(Refused, match=r"(?s)."):
            a_reading(name, data)
        sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
        lists = sum(bool(f.choices) or f.shape is Shape.YES for f in fields_of(kind))
        assert sheet.count(b"<dataValidation ") == lists
    finally:
        catalogue.load("en", words_folder())


@pytest.mark.parametrize("text", ["=1+1", "+86", "@SUM(A1)", "-2", "'=x", "=cmd|' /C calc'!A0"])
def test_formulas_leave_as_text_and_come_back(text: str) -> None:
    row = {"name": text}
    for form in ("csv", "xlsx"):
        data = write_table(kind_of("shelter"), [row], form)
        assert a_reading("shelter", data, name="out").lines[0].values["name"] == text
    assert ("'" + text).encode() in write_table(kind_of("shelter"), [row], "csv")
    sheet = zipfile.ZipFile(io.BytesIO(write_table(kind_of("shelter"), [row], "xlsx")))
    assert b"<f>" not in sheet.read("xl/worksheets/sheet1.xml")


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Cn", "Co",
                                                                 "Zl", "Zp"]),
                min_size=1, max_size=12).map(tidy).filter(
    lambda s: s != "" and not s.startswith(("#", "_x")))
DAYS = st.dates(date(1950, 1, 1), date(2100, 1, 1)).map(date.isoformat)
SHAPES = {
    Shape.TEXT: WORDS, Shape.PHONE: st.from_regex(r"000-[0-9]{4}", fullmatch=True),
    Shape.DAY: DAYS, Shape.MEASURE: st.sampled_from("顶件台"),
    Shape.NUMBER: st.integers(0, 10**7).map(lambda n: n / 100), Shape.YES: st.sampled_from([0, 1]),
    Shape.MOMENT: DAYS.map(lambda d: f"{d}T03:04:05.120Z"),
    Shape.LIST: st.lists(WORDS, max_size=3).map(lambda x: json.dumps(x, ensure_ascii=False)),
    Shape.LON: st.integers(10_800_000, 10_900_000).map(lambda n: n / 1e5),
    Shape.LAT: st.integers(3_400_000, 3_500_000).map(lambda n: n / 1e5),
    Shape.CRS: st.sampled_from([c.value for c in Crs]),
    Shape.LEVELS: st.lists(st.fixed_dictionaries({"level": st.integers(1, 4), "approver": WORDS}),
                           max_size=2).map(lambda x: json.dumps(x, ensure_ascii=False)),
    Shape.NEEDS: st.lists(st.fixed_dictionaries(
        {"capability": WORDS, "quantity": st.integers(1, 9),
         "from_kind": st.sampled_from(["force", "equipment"])}), max_size=2).map(
             lambda x: json.dumps(x, ensure_ascii=False))}


def values_of(field: Field) -> st.SearchStrategy[object]:
    if field.name == "force":
        return st.just("")
    if field.name == "persons":
        return st.just("王立 镇长 000-7001；000-7002")
    if field.shape is Shape.CHOICE:
        return st.sampled_from([str(c.value) for c in field.choices])
    if field.shape is Shape.COUNT:
        return st.integers(int(field.low or 0), int(min(field.high or 10**6, 10**6)))
    return SHAPES[field.shape]


def rows_of(kind: Kind) -> st.SearchStrategy[list[dict[str, object]]]:
    one = st.fixed_dictionaries({f.name: values_of(f) for f in fields_of(kind)})
    return st.lists(one, min_size=1, max_size=3, unique_by=lambda r: str(r["name"])).map(
        lambda rows: [{**r, **({"ready_people": 0} if "ready_people" in r else {}),
                       **({"call_sign": f"S{n}"} if "call_sign" in r else {}),
                       **({kind.code: f"101010{n + 1}"} if kind.code else {})}
                      for n, r in enumerate(rows)])


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("name", list(KINDS))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_leaves_comes_back_the_same(name: str, form: str, data: st.DataObject) -> None:
    kind = kind_of(name)
    rows = data.draw(rows_of(kind))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        first, second = a_store(Path(one)), a_store(Path(two))
        try:
            taken(first, a_reading(name, write_table(kind, rows, form), name="x"), OnDuplicate.NEW)
            assert len(export_rows(first, kind)) == len(rows)
            taken(second, a_reading(name, export(first, kind, form), name="x"), OnDuplicate.NEW)
            assert seen(second, kind) == seen(first, kind)
        finally:
            first.close()
            second.close()


def seen(store: Store, kind: Kind) -> list[dict[str, object]]:
    return [{n: v for n, v in row.items() if n not in {"id", "force_id"}}
            for row in export_rows(store, kind)]
