"""Stock in a window of a list equals the whole stock, which is the sum of the movements."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.clock import StillClock
from db.store import Store
from resources.listing import Asked, ids_of
from resources.people import SYSTEM
from resources.records import Library
from resources.supplies import stock, stock_of

NOW = datetime(2026, 11, 23, 13, 47, 3, tzinfo=UTC)
TODAY = date(2026, 11, 23)
Moves = list[tuple[int, int, int]]
MOVES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(-50, 90)), max_size=30)


@settings(max_examples=25, deadline=None, suppress_health_check=[
    HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_stock_is_always_the_sum_of_movements(tmp_path_factory: object, moves: Moves) -> None:
    folder: Path = tmp_path_factory.mktemp("ledger")  # type: ignore[attr-defined]
    store = Store.open(folder / "watchdesk.db", StillClock(NOW))
    with store.change("test.moves", SYSTEM) as tx:
        house = tx.insert("warehouse", {"name": "中心库"})
        supplies = [tx.insert("supply", {"name": f"物资{n}", "code": f"{n}", "measure": "件"})
                    for n in range(4)]
        lots = {(n, k): tx.insert("lot", {
            "supply_id": supplies[n], "warehouse_id": house,
            "expires_on": [None, "2026-01-01", "2027-01-01"][k]})
            for n in range(4) for k in range(3)}
        for number, (n, k, quantity) in enumerate(moves):
            tx.insert("movement", {"number": f"RK-{number}", "lot_id": lots[n, k], "kind": "in",
                                   "quantity": quantity, "at": "2026-01-01T00:00:00.000Z"})
    whole = {one.id: one for one in stock(store, TODAY)}
    for n, supply in enumerate(supplies):
        assert whole[supply].quantity == sum(q for s, _, q in moves if s == n)
        assert stock_of(store, TODAY, [supply]) == [whole[supply]]
    ordered = [whole[one].quantity for one in ids_of(store, Library.SUPPLY,
                                                     Asked(sort="quantity", down=True))]
    assert ordered == sorted(ordered, reverse=True)
    store.close()
