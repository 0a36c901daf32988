"""Supplies 物资: lots in warehouses, the stock they hold, and the movements that change it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from db.change import RowId
from db.clock import to_text
from db.errors import Refused
from db.store import Store, Transaction
from resources.localtime import day_key
from resources.numbers import give_number
from resources.people import STOCK, Officer, allowed
from resources.records import record
from resources.terms import MOVEMENT_PREFIX, MovementKind

LotId = NewType("LotId", RowId)
INWARD = frozenset({MovementKind.IN, MovementKind.TRANSFER_IN, MovementKind.GIVE_BACK})
USED = frozenset({MovementKind.OUT, MovementKind.LEND})
"""Movements that hand goods over for use, for which an expired lot is asked about."""

LIMIT = 100_000
MOST = 1e9
PLACES = 6
SMALLEST = 1e-6
"""Quantities are kept to six places, so that sums of tenths come out even."""


@dataclass(frozen=True, slots=True)
class SupplyStock:
    """One supply with what is there of it, in its measure."""

    id: RowId
    code: str
    name: str
    model: str
    measure: str
    kind: str
    quantity: float
    expired: float
    lots: int
    min_stock: float
    max_stock: float
    expires_on: date | None
    hazards: str = ""
    safe_stock: float = 0.0
    owner: str = ""
    verified_at: datetime | None = None
    verified_by: str = ""
    next_verify_due: date | None = None
    note: str = ""

    @property
    def short(self) -> float:
        """What is missing up to the minimum 缺."""
        return max(0.0, self.min_stock - self.quantity)


@dataclass(frozen=True, slots=True)
class LotStock:
    """One lot with what is left of it."""

    id: LotId
    supply_id: RowId
    code: str
    name: str
    model: str
    measure: str
    warehouse: str
    batch: str
    bin: str
    quantity: float
    expires_on: date | None
    verified_at: datetime | None


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the stock card; the quantity is signed, in the supply's measure.

    `pair_id` is the other half: of a transfer, or what was lent and is given back.
    """

    id: RowId
    number: str
    lot_id: LotId
    kind: MovementKind
    quantity: float
    at: datetime
    basis: str
    approver: str
    handler: str
    receiver: str
    event_id: RowId | None
    due_back: date | None
    note: str
    pair_id: RowId | None
    condition: str
    override: str


STOCK_ROWS = """
    with left as materialized (select lot_id, sum(quantity) as n from movement {lots}
        group by lot_id)
    select s.*, coalesce(sum(left.n), 0) as quantity, count(l.id) as lots,
        coalesce(sum(case when l.expires_on < :day then left.n end), 0) as expired,
        min(case when l.expires_on >= :day and left.n > 0 then l.expires_on end) as expires_on
    from supply s left join lot l on l.supply_id = s.id and l.active = 1
    left join left on left.lot_id = l.id
    where {which} group by s.id order by s.code, s.id"""
SOME = "(select value from json_each(:ids))"


def stock(store: Store, today: date) -> list[SupplyStock]:
    """Every supply's stock and its nearest expiry of today or later, by code; one query."""
    sql = STOCK_ROWS.format(lots="", which="s.active = 1")
    return [record(SupplyStock, row) for row in store.read(sql, day=today.isoformat())]


def stock_of(store: Store, today: date, ids: Iterable[int]) -> list[SupplyStock]:
    """`stock` of some supplies only, former ones too; its cost grows with their number alone."""
    sql = STOCK_ROWS.format(which=f"s.id in {SOME}", lots=f"""where lot_id in
        (select id from lot where supply_id in {SOME})""")
    rows = store.read(sql, day=today.isoformat(), ids=json.dumps(list(ids)))
    return [record(SupplyStock, row) for row in rows]


def stock_by_lot(store: Store, supply: int | None = None, warehouse: int | None = None,
                 limit: int = LIMIT) -> list[LotStock]:
    """What is left of every lot, by code and batch; one query."""
    return [record(LotStock, row) for row in store.read("""
        with left as materialized (select lot_id, sum(quantity) as n from movement group by lot_id)
        select l.id, l.supply_id, s.code, s.name, s.model, s.measure, w.name as warehouse,
            l.batch, l.bin, coalesce(left.n, 0) as quantity, l.expires_on, l.verified_at
        from lot l join supply s on s.id = l.supply_id join warehouse w on w.id = l.warehouse_id
        left join left on left.lot_id = l.id
        where l.active = 1 and (:supply is null or l.supply_id = :supply)
        and (:warehouse is null or l.warehouse_id = :warehouse)
        order by s.code, l.batch limit :limit""",
        supply=supply, warehouse=warehouse, limit=limit)]


def movements(store: Store, lot: int) -> list[Movement]:
    """A lot's card, newest first."""
    return [record(Movement, row) for row in store.read(
        "select * from movement where lot_id = :lot order by at desc, id desc", lot=lot)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What stands beside the quantity on a movement's slip."""

    basis: str = ""
    approver: str = ""
    receiver: str = ""
    event: RowId | None = None
    due_back: date | None = None
    note: str = ""
    pair: RowId | None = None
    condition: str = ""
    override: str = ""


NO_PAPERS = Papers()


@allowed(*STOCK)
def move_stock(store: Store, lot: LotId, kind: MovementKind, quantity: float, *, measure: str,
               papers: Papers = NO_PAPERS, by: Officer) -> Movement:
    """Move `quantity` (above zero; the amount found for a stock-take) and number the slip.

    Raises:
        Refused: no such lot, another measure, nothing moved, more than there is.
    """
    with store.change("stock.move", by) as tx:
        made = do_move(tx, lot, kind, quantity, measure=measure, papers=papers, by=by)
    return movement(store, made)


def movement(store: Store, row_id: int) -> Movement:
    """One movement; Refused when there is none."""
    row = store.one("select * from movement where id = :id", id=row_id)
    if row is None:
        raise Refused("This record is not in the store any more.")
    return record(Movement, row)


def do_move(tx: Transaction, lot: LotId, kind: MovementKind, quantity: float, *, measure: str,
            papers: Papers = NO_PAPERS, by: Officer) -> RowId:
    """`move_stock` inside a change that is open; gives the movement's id."""
    row = tx.run("""select s.name, s.measure, l.expires_on, coalesce(
        (select sum(quantity) from movement where lot_id = l.id), 0) as there
        from lot l join supply s on s.id = l.supply_id where l.id = :lot""", lot=lot).fetchone()
    if row is None:
        raise Refused("This record is not in the store any more.")
    if measure != row["measure"]:
        raise Refused("{name} is counted in {measure}, not in {given}.", field="measure",
                      name=row["name"], measure=row["measure"], given=measure)
    there = round(row["there"], PLACES)
    signed = round(_signed(kind, quantity, there), PLACES)
    if there + signed < 0:
        raise Refused("There are only {there} {measure} of {name} in this lot.", field="quantity",
                      there=f"{there:g}", measure=measure, name=row["name"])
    now = tx.store.clock.now()
    expired = bool(row["expires_on"]) and row["expires_on"] < day_key(now)
    if kind in USED and expired and not papers.override.strip():
        raise Refused("This lot of {name} expired on {day}. Take another one, or say why it is"
                      " issued all the same.", field="override", name=row["name"],
                      day=row["expires_on"])
    return tx.insert("movement", {
        "number": give_number(tx, "movement", f"{MOVEMENT_PREFIX[kind]}-"), "lot_id": lot,
        "kind": kind, "quantity": signed, "at": to_text(now), "handler": by.name,
        "override": papers.override.strip() if kind in USED and expired else "",
        **_slip(papers)})


def _slip(papers: Papers) -> dict[str, object]:
    return {"basis": papers.basis, "approver": papers.approver, "receiver": papers.receiver,
            "event_id": papers.event, "note": papers.note, "pair_id": papers.pair,
            "condition": papers.condition,
            "due_back": papers.due_back.isoformat() if papers.due_back else None}


def _signed(kind: MovementKind, quantity: float, there: float) -> float:
    if kind is MovementKind.COUNT:
        if not 0 <= quantity < MOST:
            raise Refused("A stock-take finds zero or more.", field="quantity")
        return quantity - there
    if not SMALLEST <= quantity < MOST:
        raise Refused("A quantity is above zero.", field="quantity")
    return quantity if kind in INWARD else -quantity
