"""The libraries as other districts really keep them import without a hand on the columns."""

from __future__ import annotations

import pytest

from db.store import Store
from tests.resources.exchange.builders import LIBRARIES, a_library, taken

pytestmark = pytest.mark.skipif(not LIBRARIES.is_dir(), reason="the sample libraries are not here")
FILES = [
    ("warehouse", "chengdu_warehouses.xlsx", 5, {
        "code": "WH001", "name": "文化宫仓库", "address": "文化宫", "lon": 104.009413,
        "lat": 30.672258, "town": "青羊区", "area_m2": 5000.0, "keeper": "张明",
        "duty_phone": "028-12345002"}),
    ("unit", "tianjin_hospitals.csv", 25, {
        "name": "天津市第四中心医院", "duty_phone": "022-26183057", "lat": 39.169942,
        "lon": 117.215303, "tier": "district"}),
    ("force", "tianjin_rescue_units.csv", 5, {
        "name": "解放军科学院三防医学大队某中队", "lat": 40.253067, "lon": 116.142117,
        "duty_phone": "xxxx-58830196"}),
    ("expert", "应急专家导出模版.xlsx", 1, {
        "name": "刘留", "unit": "太极", "phone": "1380013800", "hazards": "台风突发事件",
        "field": "自然灾害救援"}),
    ("force", "救援队伍导出模版.xlsx", 1, {
        "name": "上虞中心站应急救援队", "kind": "professional", "owner": "天然气运行",
        "address": "天然气余姚站", "duty_phone": "13800138000",
        "capabilities": '["电气", "工艺", "计量"]'}),
    ("shelter", "避难场所导出模版.xlsx", 1, {
        "name": "老行政办公楼前场地", "area_m2": 1292.0, "capacity": 1300, "owner": "凤台发电厂"}),
    ("hazard", "重大危险源导出模版.xlsx", 1, {
        "name": "新天煤化工储罐区", "kind": "贮罐区(贮罐)", "level": "三级",
        "company": "新天煤化工", "substance": "甲醇、液氨、轻烃"}),
    ("hazard", "重点防护目标导出模版.xlsx", 1, {
        "name": "配电室", "kind": "其他防护目标", "company": "天地环保", "principal": "刘留",
        "phone": "13800138000"}),
]


@pytest.mark.parametrize(("kind", "file", "count", "first"), FILES)
def test_rows_and_fields(store: Store, kind: str, file: str, count: int,
                         first: dict[str, object]) -> None:
    assert taken(store, a_library(kind, file)).added == count
    row = store.one(f"select * from [{kind}] order by id")
    assert row is not None
    assert {name: row[name] for name in first} == first


def test_goods_go_into_their_warehouses_by_an_opening_receipt(store: Store) -> None:
    taken(store, a_library("warehouse", "chengdu_warehouses.xlsx"))
    assert taken(store, a_library("supply", "chengdu_warehouses.xlsx")).added == 49
    assert store.value("select count(*) from warehouse") == 5
    row = store.one("""select s.kind, s.measure, s.model, w.code, m.kind as way, m.quantity
        from supply s join lot l on l.supply_id = s.id join warehouse w on w.id = l.warehouse_id
        join movement m on m.lot_id = l.id where s.name = '消防水带' and w.code = 'WH001'""")
    assert row is not None
    assert tuple(row) == ("灭火设备", "条", "65mm×25m", "WH001", "in", 15.0)
    assert store.value("select count(distinct number) from movement") == 49


def test_goods_without_a_warehouse_lie_with_their_keeper(store: Store) -> None:
    taken(store, a_library("supply", "应急物资导出模版.xlsx"))
    row = store.one("""select s.name, s.measure, w.name as house, m.quantity from supply s
        join lot l on l.supply_id = s.id join warehouse w on w.id = l.warehouse_id
        join movement m on m.lot_id = l.id""")
    assert row is not None
    assert tuple(row) == ("过滤式防毒面具", "个", "乐清发电", 4.0)


def test_what_no_field_takes_stands_in_the_note(store: Store) -> None:
    taken(store, a_library("unit", "tianjin_hospitals.csv"))
    assert "床位数：1000" in store.value("select note from unit order by id limit 1")


def test_a_phone_that_cannot_be_dialled_is_named_but_kept() -> None:
    found = a_library("force", "tianjin_rescue_units.csv").problems
    assert [(p.row, p.stops) for p in found] == [(2, False), (3, False), (4, False)]
