"""Any record by its field table: entered, edited, retired, many at once, and its history."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from db.errors import Refused
from db.store import Store
from resources.coords import Crs, Point, to_district
from resources.field_tables import TABLES
from resources.fields import Field, Type, read_value, read_values
from resources.goods_codes import check_code, code_path, goods_codes, import_codes
from resources.history import record_history
from resources.keeping import (
    add_record,
    edit_many,
    edit_record,
    form_values,
    restore_record,
    retire_record,
)
from resources.people import Role
from resources.records import Library
from resources.vocabulary import add_capability, capabilities, rename_capability, unknown_words
from tests.builders import an_officer, clock_of

KEEPER = an_officer("冯秀英", Role.KEEPER)
FORCE = {"name": "石渠消防站", "tier": "district", "kind": "fire", "duty_phone": "000-6119",
         "people": "30", "ready_people": 24, "capabilities": "灭火、破拆"}
LEAST: dict[Library, dict[str, object]] = {
    Library.FORCE: FORCE, Library.EQUIPMENT: {"name": "水罐车"},
    Library.SUPPLY: {"name": "救灾帐篷", "measure": "顶"},
    Library.WAREHOUSE: {"name": "区应急物资库"},
    Library.EXPERT: {"name": "何平", "phone": "000-6218"},
    Library.PLAN: {"name": "防汛应急预案", "kind": "special"},
    Library.HAZARD: {"name": "液氨储罐区", "kind": "重大危险源"},
    Library.SHELTER: {"name": "体育馆"}, Library.UNIT: {"name": "石渠镇", "tier": "town",
                                                     "kind": "town"},
    Library.PLACE: {"name": "石渠村", "kind": "village"}}


@pytest.mark.parametrize("library", [one for one in Library if one is not Library.LOT])
def test_every_kind_is_entered_edited_and_retired(store: Store, library: Library) -> None:
    made = add_record(store, library, LEAST[library], by=KEEPER)
    assert edit_record(store, library, made, {"note": "已核对"}, by=KEEPER)
    retire_record(store, library, made, reason="重复", by=KEEPER)
    assert [line.what for line in record_history(store, library, made)] == [
        "retired", "changed", "entered"]
    restore_record(store, library, made, by=KEEPER)
    assert store.value(f"select active from [{library}]") == 1


def test_the_field_tables_name_columns_that_exist(store: Store) -> None:
    for library, table in TABLES.items():
        columns = {r[1] for r in store.read(f"pragma table_info([{library}])")}
        assert {f.name for f in table} <= columns, library


def test_what_is_missing_or_out_of_bounds_is_said_beside_its_field(store: Store) -> None:
    for change, field in (({"name": " "}, "name"), ({"duty_phone": "无"}, "duty_phone"),
                          ({"tier": "galaxy"}, "tier"), ({"people": -1}, "people"),
                          ({"ready_people": 31}, "ready_people"), ({"lon": 34, "lat": 108}, "lon"),
                          ({"people": "nan"}, "people"), ({"promised_minutes": 0.5},
                                                          "promised_minutes"),
                          ({"insured_until": "2026-02-30"}, "insured_until"),
                          ({"capabilities": "飞天"}, "capabilities")):
        with pytest.raises(Refused) as said:
            add_record(store, Library.FORCE, {**FORCE, **change}, by=KEEPER)
        assert said.value.field == field
    assert store.value("select count(*) from force") == 0


def test_a_second_record_of_the_same_name_is_refused(store: Store) -> None:
    first = add_record(store, Library.FORCE, FORCE, by=KEEPER)
    with pytest.raises(Refused, match="already"):
        add_record(store, Library.FORCE, FORCE, by=KEEPER)
    retire_record(store, Library.FORCE, first, reason="解散", by=KEEPER)
    add_record(store, Library.FORCE, FORCE, by=KEEPER)
    with pytest.raises(Refused, match="already"):
        restore_record(store, Library.FORCE, first, by=KEEPER)


def test_a_point_is_kept_as_given_and_turned_into_the_districts_system(store: Store) -> None:
    made = add_record(store, Library.FORCE, {**FORCE, "lon": 108.76, "lat": 34.42,
                                             "src_crs": "GCJ-02"}, by=KEEPER)
    kept = store.one("select * from force where id = :id", id=made)
    assert kept is not None
    right = to_district(Point(108.76, 34.42), Crs.GCJ02)
    assert (kept["lon"], kept["lat"]) == pytest.approx((right.lon, right.lat), abs=1e-7)
    assert form_values(store, Library.FORCE, made)["lon"] == 108.76
    edit_record(store, Library.FORCE, made, {"src_crs": "CGCS2000"}, by=KEEPER)
    assert store.value("select lon from force") == 108.76


def test_history_says_who_changed_what_from_what_to_what(store: Store) -> None:
    made = add_record(store, Library.FORCE, FORCE, by=KEEPER)
    clock_of(store).move(timedelta(days=1))
    edit_record(store, Library.FORCE, made, {"duty_phone": "000-6120", "status": "limited"},
                by=an_officer("王敏", Role.DUTY))
    newest = record_history(store, Library.FORCE, made)[0]
    assert newest.by_name == "王敏"
    assert {(a.label, a.old, a.new) for a in newest.altered} == {
        ("24-hour phone", "000-6119", "000-6120"), ("Status", "Ready", "Limited")}
    assert newest.text.startswith("2026-11-24 21:47 王敏 changed ")
    assert not edit_record(store, Library.FORCE, made, {"status": "limited"}, by=KEEPER)
    assert len(record_history(store, Library.FORCE, made)) == 2


def test_many_records_are_edited_in_one_change_or_not_at_all(store: Store) -> None:
    rows = [add_record(store, Library.EQUIPMENT, {"name": f"水泵{n}"}, by=KEEPER)
            for n in range(3)]
    before = store.value("select count(*) from change")
    assert edit_many(store, Library.EQUIPMENT, rows, {"owner": "石渠镇"}, by=KEEPER) == 3
    assert store.value("select count(*) from change") == before + 1
    with pytest.raises(Refused):
        edit_many(store, Library.EQUIPMENT, [rows[0], 99], {"owner": "双桥街道"}, by=KEEPER)
    assert store.value("select count(distinct owner) from equipment") == 1


def test_only_those_who_keep_the_libraries_may_write(store: Store) -> None:
    with pytest.raises(Refused, match="takes the role"):
        add_record(store, Library.FORCE, FORCE, by=an_officer("来宾", Role.VIEWER))


def test_a_capability_is_renamed_over_all_records_and_plans(store: Store) -> None:
    force = add_record(store, Library.FORCE, FORCE, by=KEEPER)
    plan = add_record(store, Library.PLAN, LEAST[Library.PLAN], by=KEEPER)
    with store.change("test.need", KEEPER) as tx:
        tx.insert("plan_need", {"plan_id": plan, "capability": "灭火"})
    assert rename_capability(store, "灭火", "火灾扑救", by=KEEPER) == 2
    assert form_values(store, Library.FORCE, force)["capabilities"] == '["火灾扑救", "破拆"]'
    word = next(c for c in capabilities(store) if c.name == "火灾扑救")
    assert (word.offered, word.asked) == (1, 1)
    assert unknown_words(store) == []
    with pytest.raises(Refused, match="already"):
        add_capability(store, "破拆", by=KEEPER)


@pytest.mark.parametrize("code", ["", "1010101", "2019900", "3010000", "WZ-017", "帐篷", "12345"])
def test_codes_of_the_standard_and_free_text_are_let_through(code: str) -> None:
    check_code(code)


@pytest.mark.parametrize("code", ["0010101", "4010101", "1000101", "1010001"])
def test_seven_digits_that_the_standard_does_not_know_are_refused(code: str) -> None:
    with pytest.raises(Refused, match=code):
        check_code(code)


def test_a_code_table_is_taken_over_whole_or_not_at_all(store: Store) -> None:
    rows = [("1010000", "住宿类"), ("1010100", "帐篷"), ("1010101", "单帐篷")]
    assert import_codes(store, rows, by=KEEPER) == 3
    assert import_codes(store, rows, by=KEEPER) == 0
    assert code_path(store, "1010101") == ("Basic living goods", "住宿类", "帐篷", "单帐篷")
    with pytest.raises(Refused, match="Row 2"):
        import_codes(store, [("1020000", "食品"), ("9999999", "无")], by=KEEPER)
    assert [c.name for c in goods_codes(store, "102")] == []


@given(some.text(max_size=40))
def test_no_text_of_the_world_breaks_a_field(text: str) -> None:
    for kind in Type:
        field = Field("x", "field|Name", kind, choices=(("a", "field|Name"),))
        try:
            once = read_value(field, text)
        except Refused:
            continue
        assert read_value(field, once) == once


def test_a_name_that_the_table_lacks_is_a_defect() -> None:
    with pytest.raises(KeyError):
        read_values(TABLES[Library.SUPPLY], {"colour": "red"})
