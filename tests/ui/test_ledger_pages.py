"""The ledger, upkeep and demand by keyboard: what is typed stands in the store, once."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dispatch.deadlines import Act, due_list
from resources.demand import demand
from resources.demand_plan import draft_demand, touched
from resources.ledger_book import book
from resources.supplies import stock_by_lot
from tests.ui.live_room import LiveRoom
from ui.dialogs.movement import MovementSheet
from ui.dialogs.stocktake import StockTakeSheet

K = Qt.Key


def at_supplies(live: LiveRoom) -> Any:
    live.window.show_page("libraries", "supply")
    live.window.page.table.setFocus()
    return live.window.page


def typed(live: LiveRoom, words: str) -> None:
    """Keys, each to what has the focus by then: the first one opens the cell."""
    for key in words:
        QTest.keyClicks(live.window.focusWidget(), key)
        live.settle()


def test_too_much_is_said_while_it_is_typed_and_enter_twice_issues_once(live: LiveRoom) -> None:
    page = at_supplies(live)
    live.key(K.Key_O)
    sheet = live.sheets[-1]
    assert isinstance(sheet, MovementSheet)
    live.type("99999")
    assert "too many" in sheet.beside.text()
    sheet.form.fill({"quantity": "2", "receiver": "石渠镇"})
    assert "too many" not in sheet.beside.text()
    before = len(book(live.store))
    sheet.submit()
    sheet.submit()
    made = book(live.store)
    assert (len(made), made[0].quantity, made[0].supply_id) == (before + 1, -2, page.chosen.id)


def test_another_unit_is_refused_beside_the_quantity(live: LiveRoom) -> None:
    at_supplies(live)
    live.key(K.Key_O)
    sheet = live.sheets[-1]
    sheet.form.fill({"quantity": "2 吨", "receiver": "石渠镇"})
    sheet.submit()
    assert "吨" in sheet.form.field("quantity").accessibleDescription()


def test_a_stock_take_is_typed_down_and_written_as_one_change(live: LiveRoom) -> None:
    at_supplies(live)
    live.key(K.Key_K)
    sheet = live.sheets[-1]
    assert isinstance(sheet, StockTakeSheet)
    first, second = sheet.model.rows[:2]
    before = live.store.value("select count(*) from change")
    for words in ("12", "7"):
        typed(live, words)
        live.key(K.Key_Return)
    assert [row.found for row in sheet.model.rows[:3]] == [12, 7, None]
    live.key(K.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert live.store.value("select count(*) from change") == before + 1
    left = {x.id: x.quantity for x in stock_by_lot(live.store)}
    assert (left[first.id], left[second.id]) == (12, 7)


def test_a_due_line_opens_its_reason_and_several_are_verified_at_once(live: LiveRoom) -> None:
    due = next(d for d in due_list(live.store, live.desk.now())
               if d.act is Act.UPKEEP and d.key == "upkeep:stale")
    live.window.show_page("upkeep", due.key.removeprefix("upkeep:"))
    page: Any = live.window.page
    assert {str(row.wait) for row in page.table.rows_model.rows} == {"stale"}
    count = page.table.rows_model.rowCount()
    live.key(K.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    live.key(K.Key_V)
    assert page.table.rows_model.rowCount() == count - 2
    live.key(K.Key_Return)
    assert live.window.page.key == "libraries"


def test_a_cell_typed_into_the_demand_stays_when_it_is_computed_again(live: LiveRoom) -> None:
    draft_demand(live.store, 2027, by=live.desk.officer)
    live.window.show_page("demand", 2027)
    page: Any = live.window.page
    line = page.model.row(0)
    page.table.setCurrentIndex(page.table.first_cell(0, "quantity"))
    page.table.setFocus()
    typed(live, "3")
    live.key(K.Key_Return)
    assert touched(live.store, 2027) == {line.id: {"quantity"}}
    live.key(K.Key_C)
    assert next(x for x in demand(live.store, 2027) if x.id == line.id).quantity == 3
    assert "kept as set by hand" in live.told[-1]
    live.key(K.Key_P)
    assert live.window.page.key == "preview"
