"""Units of the net from a table and back: persons in order, call signs used once, undone whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Refused
from db.store import Store
from resources.exchange.export import export, export_rows
from resources.exchange.net_rows import persons_text, read_persons
from resources.exchange.tables import kind_of
from resources.exchange.undo import imports, undo_import
from resources.exchange.verbs import OnDuplicate
from resources.net import Contact, find_member, members
from resources.net_keeping import Flaw, contacts_of, flaws
from tests.resources.exchange.builders import KEEPER, a_reading, an_xlsx, taken

HEAD = ["单位名称", "层级", "值班电话", "呼号", "终端号", "人员"]
ROWS = [["石渠镇值班室", "镇街", "000-6218", "云川201", "T7",
         "王立 镇长 000-7001 wang@example.cn；李敏 副镇长 000-7002"],
        ["柳湾镇值班室", "镇街", "000-6219", "云川201", "", ""],
        ["红岭镇值班室", "镇街", "", "", "", "赵强 值班员"],
        ["双桥街道值班室", "镇街", "", "", "", ""]]

plain = st.text("王李张陈abc", min_size=1, max_size=4)
contacts = st.builds(Contact, plain, plain, st.from_regex(r"000-[6-8]\d{3}", fullmatch=True),
                     st.just("") | st.from_regex(r"[a-z]{1,5}@example\.cn", fullmatch=True))


def test_units_come_in_with_their_persons_and_go_out_again(store: Store) -> None:
    done = taken(store, a_reading("unit", an_xlsx([HEAD, ROWS[0]])))
    one = find_member(store, "石渠镇值班室")
    assert (one.terminal, one.call_sign) == ("T7", "云川201")
    assert [c.phone for c in one.numbers] == ["000-6218", "000-7001", "000-7002"]
    assert contacts_of(store, one.key)[0] == Contact("王立", "镇长", "000-7001", "wang@example.cn")
    again = a_reading("unit", export(store, kind_of("unit"), "xlsx"))
    assert again.lines[0].values["persons"] == ROWS[0][5]
    taken(store, again, OnDuplicate.UPDATE)
    assert export_rows(store, kind_of("unit"))[0]["persons"] == ROWS[0][5]
    assert done.added == 1


def test_one_call_sign_twice_and_a_person_without_number_are_told_by_line(store: Store) -> None:
    with pytest.raises(Refused) as refused:
        taken(store, a_reading("unit", an_xlsx([HEAD, *ROWS])))
    words = str(refused.value)
    assert "row 3, Call sign: 石渠镇值班室 answers to the call sign 云川201" in words
    assert "row 4, Persons in order: 赵强 值班员 has neither a number" in words
    assert store.value("select count(*) from unit") == 0
    taken(store, a_reading("unit", an_xlsx([HEAD, ROWS[0], ROWS[3]])))
    last = find_member(store, "双桥街道值班室")
    assert flaws(members(store))[last.key][0] is Flaw.NO_NUMBER  # kept, and named on the net


def test_an_import_of_persons_is_undone(store: Store) -> None:
    taken(store, a_reading("unit", an_xlsx([HEAD, ROWS[0]])))
    undo_import(store, imports(store)[0].change, by=KEEPER)
    assert store.value("select count(*) from unit") == 0
    assert store.value("select count(*) from net_contact") == 0


@given(st.lists(contacts, max_size=6))
def test_a_cell_of_persons_reads_again_to_the_same(rows: list[Contact]) -> None:
    assert read_persons(persons_text(rows)) == rows


def test_a_line_without_number_is_refused() -> None:
    with pytest.raises(Refused, match="王立 镇长"):
        read_persons("王立 镇长")
