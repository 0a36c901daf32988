"""Ctrl+K finds people, whoever they are, and says how they are reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import search
from db.change import RowId
from db.check import check
from db.store import FILE_NAME, Store
from resources.net import Contact
from resources.net_keeping import set_contacts
from resources.people import SYSTEM
from tests.builders import a_clock, a_store, an_event
from tests.ui.live_room import LiveRoom
from ui.dialogs.search import Found, SearchDialog


@pytest.fixture
def people(live: LiveRoom) -> dict[str, RowId]:
    """An officer, an expert with a long unit, and the second contact of a unit."""
    store = live.store
    with store.change("test.people", SYSTEM) as tx:
        officer = tx.insert("officer", {"name": "欧阳靖宇", "unit": "区应急局", "roles": "[]",
                                        "phone": "000-71234567"})
        expert = tx.insert("expert", {
            "name": "欧阳靖宇", "unit": "云川新区危险化学品应急救援技术中心（云川大学化工学院）",
            "field": "危险化学品泄漏处置、毒物扩散模拟与人员疏散", "phone": "000-81234567"})
    unit = RowId(store.value("select id from unit where name like '%镇%' order by id limit 1"))
    set_contacts(store, ("unit", unit), [
        Contact("姚春生", "镇长", "000-61111111", ""),
        Contact("欧阳靖宇", "安监站站长", "000-91234567", "")], by=live.desk.officer)
    live.settle()
    return {"officer": officer, "expert": expert, "unit": unit}


def found(live: LiveRoom, words: str) -> list[Found]:
    dialog = SearchDialog(live.theme, live.desk, live.window)
    rows = [row for row in dialog.results(words) if row.page and "欧阳" in row.words]
    dialog.reject()
    return rows


@pytest.mark.parametrize("words", ["欧阳", "靖宇", "ouyang", "oyjy", "1234567", "34567"])
def test_all_of_a_name_are_found_with_their_phones(live: LiveRoom, people: dict[str, RowId],
                                                   words: str) -> None:
    rows = {row.kind: row for row in found(live, words)}
    assert set(rows) == {"officer", "expert", "net_contact"}
    assert rows["officer"].note == "区应急局  000-71234567"
    assert rows["expert"].note.endswith("000-81234567")
    contact = rows["net_contact"]
    assert contact.words == "欧阳靖宇 安监站站长"
    unit = live.store.value("select name from unit where id = :id", id=people["unit"])
    assert contact.note == f"{unit}  000-91234567"
    assert (contact.page, contact.what) == ("libraries", ("unit", people["unit"]))
    assert rows["officer"].page == "roster"


def test_the_digits_of_one_phone_find_that_person_alone(live: LiveRoom,
                                                        people: dict[str, RowId]) -> None:
    assert [row.kind for row in found(live, "91234567")] == ["net_contact"]
    assert [row.what for row in found(live, "81234567")] == [("expert", people["expert"])]


@pytest.mark.parametrize("words", ["欧阳", "oyjy"])
def test_people_are_not_hidden_by_what_is_newer(live: LiveRoom, people: dict[str, RowId],
                                                words: str) -> None:
    assert people
    for n in range(70):
        an_event(live.store, f"欧阳靖宇路积水 {n}", by=live.desk.officer)
    rows = found(live, words)
    assert {row.kind for row in rows} - {"log"} == {"event", "officer", "expert", "net_contact"}
    assert len({(row.kind, row.id) for row in rows}) == len(rows)


def test_a_contact_that_was_replaced_is_found_no_more(live: LiveRoom,
                                                      people: dict[str, RowId]) -> None:
    set_contacts(live.store, ("unit", people["unit"]), [
        Contact("姚春生", "镇长", "000-61111111", "")], by=live.desk.officer)
    assert {row.kind for row in found(live, "欧阳")} == {"officer", "expert"}


def test_contacts_of_an_older_store_are_found(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.change("test.contact", SYSTEM) as tx:
        unit = tx.insert("unit", {"name": "石渠镇", "tier": "town", "kind": "town"})
        tx.insert("net_contact", {"kind": "unit", "row_id": unit, "place": 1, "name": "欧阳靖宇",
                                  "post": "站长", "phone": "000-91234567"})
    for event in ("new", "edit", "old"):
        store.db.execute(f"drop trigger net_contact_find_{event}")
    store.db.execute("delete from find_name where kind = 'net_contact'")
    store.db.execute("delete from _sqlite_migrations where name = 'm0022_contacts'")
    store.close()
    store = Store.open(tmp_path / FILE_NAME, a_clock())
    for words in ("欧阳", "oyjy", "34567"):
        assert [h.kind for h in search.find_names(store.db, words)] == ["net_contact"]
    assert check(store.path) == []
    store.close()
