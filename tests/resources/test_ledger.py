"""The ledger of supplies: slips, loans, transfers, expiry, and stock as the sum of movements."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from db.change import RowId
from db.errors import Refused
from db.store import Store
from resources.agreements import agreements, end_agreement, put_agreement, share, sharings
from resources.keeping import add_record, edit_record, retire_record
from resources.ledger import (
    give_back_supplies,
    issue_supplies,
    lend_supplies,
    outside,
    receive_lot,
    receive_supplies,
    rotate_supplies,
    send_to_repair,
    take_stock,
    transfer_supplies,
    used_since,
    write_off,
)
from resources.people import Role
from resources.records import Library
from resources.supplies import LotId, Papers, movements, stock, stock_by_lot
from resources.terms import MovementKind
from tests.builders import a_store, an_officer

KEEPER = an_officer("冯秀英", Role.KEEPER)
TODAY = date(2026, 11, 23)
TO_TOWN = Papers(receiver="石渠镇 何平", basis="指令 0147", approver="周宁")


class Shed:
    """Two warehouses, one supply of tents, one lot with ten of them."""

    def __init__(self, store: Store, expires: str = "2027-01-01") -> None:
        self.store = store
        self.houses = [add_record(store, Library.WAREHOUSE, {"name": name}, by=KEEPER)
                       for name in ("区库", "石渠库")]
        self.tents = add_record(store, Library.SUPPLY, {"name": "救灾帐篷", "measure": "顶",
                                                        "min_stock": 5}, by=KEEPER)
        self.first = receive_lot(store, {"supply_id": self.tents, "batch": "P1",
                                         "warehouse_id": self.houses[0], "expires_on": expires},
                                 10, measure="顶", by=KEEPER)
        self.lot = LotId(self.first.lot_id)

    def total(self) -> float:
        return sum(one.quantity for one in stock(self.store, TODAY))


def test_slips_are_numbered_by_kind_and_say_everything(store: Store) -> None:
    shed = Shed(store)
    out = issue_supplies(store, shed.lot, 3, measure="顶", papers=TO_TOWN, by=KEEPER)
    assert (shed.first.number, out.number, out.quantity) == ("RK-0001", "CK-0001", -3)
    assert (out.basis, out.approver, out.handler, out.receiver) == (
        "指令 0147", "周宁", "冯秀英", "石渠镇 何平")
    assert shed.total() == 7


def test_what_cannot_be_moved_is_refused_beside_its_field(store: Store) -> None:
    shed = Shed(store)
    for quantity, measure, papers, field in (
            (11, "顶", TO_TOWN, "quantity"), (0, "顶", TO_TOWN, "quantity"),
            (-1, "顶", TO_TOWN, "quantity"), (float("nan"), "顶", TO_TOWN, "quantity"),
            (float("inf"), "顶", TO_TOWN, "quantity"), (1, "件", TO_TOWN, "measure"),
            (1, "顶", Papers(), "receiver")):
        with pytest.raises(Refused) as said:
            issue_supplies(store, shed.lot, quantity, measure=measure, papers=papers, by=KEEPER)
        assert said.value.field == field
    with pytest.raises(Refused) as said:
        write_off(store, shed.lot, 1, measure="顶", papers=Papers(), by=KEEPER)
    assert said.value.field == "basis"
    assert shed.total() == 10


def test_an_expired_lot_is_issued_only_with_a_reason_that_is_kept(store: Store) -> None:
    shed = Shed(store, expires="2026-11-22")
    with pytest.raises(Refused) as said:
        issue_supplies(store, shed.lot, 1, measure="顶", papers=TO_TOWN, by=KEEPER)
    assert said.value.field == "override"
    out = issue_supplies(store, shed.lot, 1, measure="顶", by=KEEPER,
                         papers=Papers(receiver="演练", override="仅供演练展示"))
    assert out.override == "仅供演练展示"


def test_a_transfer_is_two_slips_in_one_change(store: Store) -> None:
    shed = Shed(store)
    before = store.value("select count(*) from change")
    out, into = transfer_supplies(store, shed.lot, shed.houses[1], 4, measure="顶", by=KEEPER)
    assert store.value("select count(*) from change") == before + 1
    assert (out.pair_id, into.pair_id) == (into.id, out.id)
    assert {one.warehouse: one.quantity for one in stock_by_lot(store)} == {"区库": 6, "石渠库": 4}
    again = transfer_supplies(store, shed.lot, shed.houses[1], 1, measure="顶", by=KEEPER)[1]
    assert again.lot_id == into.lot_id
    with pytest.raises(Refused) as said:
        transfer_supplies(store, shed.lot, shed.houses[0], 1, measure="顶", by=KEEPER)
    assert said.value.field == "warehouse"


def test_a_loan_comes_back_in_parts_with_its_condition(store: Store) -> None:
    shed = Shed(store)
    with pytest.raises(Refused) as said:
        lend_supplies(store, shed.lot, 4, measure="顶", papers=TO_TOWN, by=KEEPER)
    assert said.value.field == "due_back"
    lent = lend_supplies(store, shed.lot, 4, measure="顶", by=KEEPER,
                         papers=Papers(receiver="石渠镇", due_back=TODAY + timedelta(days=3)))
    back = give_back_supplies(store, lent.id, 1, condition="完好", by=KEEPER)
    assert (back.number, back.pair_id, back.condition) == ("GH-0001", lent.id, "完好")
    assert [(o.number, o.left) for o in outside(store, TODAY + timedelta(days=3))] == [
        ("JY-0001", 3)]
    assert outside(store, TODAY) == []
    with pytest.raises(Refused, match="Only 3"):
        give_back_supplies(store, lent.id, 4, condition="完好", by=KEEPER)
    give_back_supplies(store, lent.id, 3, condition="一顶破损", by=KEEPER)
    with pytest.raises(Refused, match="outside any more"):
        give_back_supplies(store, lent.id, 1, condition="完好", by=KEEPER)
    assert shed.total() == 10


def test_a_stock_take_writes_the_difference(store: Store) -> None:
    shed = Shed(store)
    found = take_stock(store, {shed.lot: 8}, by=KEEPER)
    assert (found[0].number, found[0].quantity) == ("PD-0001", -2)
    assert shed.total() == 8
    assert stock_by_lot(store)[0].verified_at == store.clock.now()


def test_rotation_repair_and_use(store: Store) -> None:
    shed = Shed(store)
    new = receive_lot(store, {"supply_id": shed.tents, "warehouse_id": shed.houses[0],
                              "batch": "P2"}, 1, measure="顶", by=KEEPER)
    rotate_supplies(store, shed.lot, 2, measure="顶", into=LotId(new.lot_id), by=KEEPER)
    assert [one.quantity for one in stock_by_lot(store)] == [8, 3]
    away = send_to_repair(store, shed.lot, 1, measure="顶", papers=TO_TOWN, by=KEEPER)
    give_back_supplies(store, away.id, 1, condition="已修好", by=KEEPER)
    issue_supplies(store, shed.lot, 2, measure="顶", papers=TO_TOWN, by=KEEPER)
    assert used_since(store, TODAY) == {shed.tents: 2}
    assert used_since(store, TODAY + timedelta(days=1)) == {}


def test_records_with_stock_are_not_retired_and_keep_their_measure(store: Store) -> None:
    shed = Shed(store)
    for library, row in ((Library.LOT, shed.lot), (Library.SUPPLY, shed.tents),
                         (Library.WAREHOUSE, shed.houses[0])):
        with pytest.raises(Refused, match="still stock"):
            retire_record(store, library, row, reason="撤销", by=KEEPER)
    with pytest.raises(Refused) as said:
        edit_record(store, Library.SUPPLY, shed.tents, {"measure": "套"}, by=KEEPER)
    assert said.value.field == "measure"


def test_reserve_agreements_and_sharing(store: Store) -> None:
    shed = Shed(store)
    terms = {"company": "云川物流", "supply_id": shed.tents, "minimum": 200, "phone": "000-6218",
             "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    with pytest.raises(Refused) as said:
        put_agreement(store, {**terms, "ends_on": "2025-12-31"}, by=KEEPER)
    assert said.value.field == "ends_on"
    made = put_agreement(store, terms, by=KEEPER)
    assert put_agreement(store, {**terms, "minimum": 300}, agreement=made, by=KEEPER) == made
    assert [a.minimum for a in agreements(store, shed.tents)] == [300]
    end_agreement(store, made, by=KEEPER)
    assert agreements(store) == []
    share(store, Library.SUPPLY, shed.tents, {"from_unit": "石渠镇", "to_unit": "双桥街道",
                                              "quantity": 5}, by=KEEPER)
    assert [(s.name, s.quantity) for s in sharings(store, shed.tents)] == [("救灾帐篷", 5)]


STEPS = some.lists(some.tuples(
    some.sampled_from(["in", "out", "lend", "back", "transfer", "rotate", "repair", "scrap",
                       "count"]),
    some.integers(0, 1), some.decimals(0, 12, places=1)), max_size=25)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_stock_is_the_sum_of_movements_under_any_sequence(steps: list[tuple]) -> None:  # type: ignore[type-arg]
    with tempfile.TemporaryDirectory() as folder:
        store = a_store(Path(folder))
        shed = Shed(store)
        lots = [shed.lot, LotId(transfer_supplies(
            store, shed.lot, shed.houses[1], 3, measure="顶", by=KEEPER)[1].lot_id)]
        held = {lots[0]: 70, lots[1]: 30}  # tenths, so that the model counts exactly
        for what, which, amount in steps:
            before = dict(held)
            try:
                model(store, shed, lots, held, what, which, float(amount))
            except Refused:
                held = before
            found = {one.id: one.quantity for one in stock_by_lot(store)}
            assert {lot: round(n * 10) for lot, n in found.items()} == held
            assert min(found.values()) >= 0
        for lot in lots:
            assert round(sum(m.quantity for m in movements(store, lot)) * 10) == held[lot]
        store.close()


def model(store: Store, shed: Shed, lots: list[LotId], held: dict[LotId, int], what: str,
          which: int, amount: float) -> None:
    """The same step in tenths beside the ledger; a refused one changes neither."""
    lot, other, tenths = lots[which], lots[1 - which], round(amount * 10)
    slip = Papers(receiver="石渠镇", basis="演练", approver="周宁", due_back=TODAY)
    if what == "in":
        receive_supplies(store, lot, amount, measure="顶", by=KEEPER)
        held[lot] += tenths
    elif what == "count":
        take_stock(store, {lot: amount}, by=KEEPER)
        held[lot] = tenths
    elif what == "back":
        waiting = outside(store)
        give_back_supplies(store, waiting[0].id if waiting else RowId(1), amount,
                           condition="完好", by=KEEPER)
        held[LotId(waiting[0].lot_id)] += tenths
    elif what in ("transfer", "rotate"):
        if what == "transfer":
            transfer_supplies(store, lot, shed.houses[1 - which], amount, measure="顶", by=KEEPER)
        else:
            rotate_supplies(store, lot, amount, measure="顶", into=other, by=KEEPER)
        held[lot] -= tenths
        held[other] += tenths
    else:
        verb = {"out": issue_supplies, "lend": lend_supplies, "repair": send_to_repair,
                "scrap": write_off}[what]
        verb(store, lot, amount, measure="顶", papers=slip, by=KEEPER)
        held[lot] -= tenths


def test_the_kinds_of_a_card_are_read_back(store: Store) -> None:
    shed = Shed(store)
    take_stock(store, {shed.lot: 10}, by=KEEPER)
    assert [m.kind for m in movements(store, shed.lot)] == [MovementKind.COUNT, MovementKind.IN]
