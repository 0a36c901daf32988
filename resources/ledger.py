"""Ledger 出入库: every way that stock moves, each a numbered slip; stock is the sum of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from db.change import RowId
from db.errors import Refused
from db.store import Store, Transaction
from resources.keeping import do_add
from resources.localtime import local_day
from resources.people import STOCK, Officer, allowed
from resources.records import Library, record
from resources.supplies import (
    NO_PAPERS,
    PLACES,
    LotId,
    Movement,
    Papers,
    do_move,
    movement,
)
from resources.terms import MovementKind

OUTSIDE = (MovementKind.LEND, MovementKind.REPAIR)
"""What left to come back."""

COPIED = ("batch", "maker", "supplier", "made_on", "expires_on", "unit_price", "funds")
"""What a lot that is moved to another warehouse takes along."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Goods lent or in repair that have not all come back; `left` in the supply's measure."""

    id: RowId
    number: str
    kind: MovementKind
    lot_id: RowId
    name: str
    measure: str
    receiver: str
    left: float
    due_back: date | None


@allowed(*STOCK)
def receive_supplies(store: Store, lot: LotId, quantity: float, *, measure: str,
                     papers: Papers = NO_PAPERS, by: Officer) -> Movement:
    """Take goods into a lot 入库; Refused as every move."""
    return _move(store, lot, MovementKind.IN, quantity, measure, papers, by)


@allowed(*STOCK)
def receive_lot(store: Store, values: Mapping[str, object], quantity: float, *, measure: str,
                papers: Papers = NO_PAPERS, by: Officer) -> Movement:
    """Enter a new lot by its field table and take goods into it, in one change.

    Raises:
        Refused: the lot's fields are wrong, or as every move.
    """
    with store.change("stock.in", by) as tx:
        lot = LotId(do_add(tx, Library.LOT, values, by=by))
        made = do_move(tx, lot, MovementKind.IN, quantity, measure=measure, papers=papers, by=by)
    return movement(store, made)


@allowed(*STOCK)
def issue_supplies(store: Store, lot: LotId, quantity: float, *, measure: str, papers: Papers,
                   by: Officer) -> Movement:
    """Issue goods for good 出库.

    Raises:
        Refused: nobody receives it, more than there is, another measure, or the lot expired
            and `papers.override` gives no reason (field `override`).
    """
    _need_receiver(papers)
    return _move(store, lot, MovementKind.OUT, quantity, measure, papers, by)


@allowed(*STOCK)
def transfer_supplies(store: Store, lot: LotId, warehouse: int, quantity: float, *, measure: str,
                      papers: Papers = NO_PAPERS, by: Officer) -> tuple[Movement, Movement]:
    """Move goods to another warehouse 调拨: out of one lot and into its like, in one change.

    Raises:
        Refused: it is the same warehouse, there is no such one, or as every move.
    """
    with store.change("stock.transfer", by) as tx:
        like = _like_lot(tx, lot, warehouse)
        out = do_move(tx, lot, MovementKind.TRANSFER_OUT, quantity, measure=measure,
                      papers=papers, by=by)
        into = do_move(tx, like, MovementKind.TRANSFER_IN, quantity, measure=measure,
                       papers=replace(papers, pair=out), by=by)
        tx.update("movement", out, pair_id=into)
    return movement(store, out), movement(store, into)


@allowed(*STOCK)
def lend_supplies(store: Store, lot: LotId, quantity: float, *, measure: str, papers: Papers,
                  by: Officer) -> Movement:
    """Lend goods 借用, to be given back on `papers.due_back`.

    Raises:
        Refused: nobody receives it, no day or one in the past, or as `issue_supplies`.
    """
    _need_receiver(papers)
    if papers.due_back is None or papers.due_back < local_day(store.clock.now()):
        raise Refused("Say by which day it comes back, today or later.", field="due_back")
    return _move(store, lot, MovementKind.LEND, quantity, measure, papers, by)


@allowed(*STOCK)
def give_back_supplies(store: Store, lent: int, quantity: float, *, condition: str,
                       papers: Papers = NO_PAPERS, by: Officer) -> Movement:
    """Take back what was lent or repaired 归还, saying in what condition 完损 it is.

    Raises:
        Refused: the slip is not of a loan or repair, more than is outside, no condition.
    """
    out = next((o for o in outside(store) if o.id == lent), None)
    if out is None:
        raise Refused("Nothing of this slip is outside any more.")
    if not condition.strip():
        raise Refused("Say in what condition it came back.", field="condition")
    if round(quantity - out.left, PLACES) > 0:
        raise Refused("Only {left} {measure} of {name} are outside on {number}.",
                      field="quantity", left=f"{out.left:g}", measure=out.measure,
                      name=out.name, number=out.number)
    slip = replace(papers, pair=out.id, condition=condition.strip())
    return _move(store, LotId(out.lot_id), MovementKind.GIVE_BACK, quantity, out.measure, slip, by)


@allowed(*STOCK)
def rotate_supplies(store: Store, lot: LotId, quantity: float, *, measure: str,
                    into: LotId | None = None, papers: Papers = NO_PAPERS,
                    by: Officer) -> Movement:
    """Take old goods out for rotation 轮换; with `into`, as many new ones enter that lot.

    Raises:
        Refused: the new lot holds another supply, or as every move.
    """
    with store.change("stock.rotate", by) as tx:
        out = do_move(tx, lot, MovementKind.ROTATE, quantity, measure=measure, papers=papers,
                      by=by)
        if into is not None:
            if into == lot or _supply_of(tx, into) != _supply_of(tx, lot):
                raise Refused("Rotation takes another lot of the same supply.", field="into")
            do_move(tx, into, MovementKind.IN, quantity, measure=measure,
                    papers=replace(papers, pair=out), by=by)
    return movement(store, out)


@allowed(*STOCK)
def send_to_repair(store: Store, lot: LotId, quantity: float, *, measure: str, papers: Papers,
                   by: Officer) -> Movement:
    """Send goods to a workshop 维修; `give_back_supplies` takes them back."""
    _need_receiver(papers)
    return _move(store, lot, MovementKind.REPAIR, quantity, measure, papers, by)


@allowed(*STOCK)
def write_off(store: Store, lot: LotId, quantity: float, *, measure: str, papers: Papers,
              by: Officer) -> Movement:
    """Write goods off 报损报废.

    Raises:
        Refused: no reason as its basis, nobody approved it, or as every move.
    """
    if not papers.basis.strip():
        raise Refused("Say why it is written off.", field="basis")
    if not papers.approver.strip():
        raise Refused("Say who approved writing it off.", field="approver")
    return _move(store, lot, MovementKind.SCRAP, quantity, measure, papers, by)


@allowed(*STOCK)
def take_stock(store: Store, counted: Mapping[LotId, float], *, papers: Papers = NO_PAPERS,
               by: Officer) -> list[Movement]:
    """Write what was counted in each lot 盘点; each slip holds the difference, also of zero.

    Raises:
        Refused: an amount below zero or no such lot; then nothing was written.
    """
    with store.change("stock.count", by) as tx:
        made = [do_move(tx, lot, MovementKind.COUNT, found, measure=_measure_of(tx, lot),
                        papers=papers, by=by) for lot, found in counted.items()]
        for lot in counted:
            tx.update("lot", lot, verified_at=tx.run("select at from movement where lot_id = :lot"
                      " order by id desc limit 1", lot=lot).fetchone()[0], verified_by=by.name)
    return [movement(store, one) for one in made]


def outside(store: Store, until: date | None = None) -> list[Outside]:
    """What is lent or in repair and not all back, by the day it is due; with `until` only
    what is due by that day."""
    return [record(Outside, row) for row in store.read("""
        select m.id, m.number, m.kind, m.lot_id, s.name, s.measure, m.receiver, m.due_back,
            round(-m.quantity - coalesce((select sum(b.quantity) from movement b
                where b.pair_id = m.id), 0), 6) as left
        from movement m join lot l on l.id = m.lot_id join supply s on s.id = l.supply_id
        where m.kind in ('lend', 'repair') and (:until is null or m.due_back <= :until)
        and round(-m.quantity - coalesce((select sum(b.quantity) from movement b
            where b.pair_id = m.id), 0), 6) > 0
        order by m.due_back is null, m.due_back, m.id""",
        until=until.isoformat() if until else None)]


def used_since(store: Store, since: date) -> dict[RowId, float]:
    """What was issued, lent for good or written off of each supply since a day, above zero."""
    rows = store.read("""select l.supply_id, -sum(m.quantity) as n from movement m
        join lot l on l.id = m.lot_id where m.kind in ('out', 'scrap') and m.at >= :since
        group by l.supply_id""", since=(since - timedelta(days=1)).isoformat() + "T16:00")
    return {RowId(r["supply_id"]): float(r["n"]) for r in rows}


# inside


def _move(store: Store, lot: LotId, kind: MovementKind, quantity: float, measure: str,
          papers: Papers, by: Officer) -> Movement:
    with store.change(f"stock.{kind}", by) as tx:
        made = do_move(tx, lot, kind, quantity, measure=measure, papers=papers, by=by)
    return movement(store, made)


def _need_receiver(papers: Papers) -> None:
    if not papers.receiver.strip():
        raise Refused("Say who receives it.", field="receiver")


def _supply_of(tx: Transaction, lot: int) -> int:
    row = tx.run("select supply_id from lot where id = :lot", lot=lot).fetchone()
    if row is None:
        raise Refused("This record is not in the store any more.")
    return int(row[0])


def _measure_of(tx: Transaction, lot: int) -> str:
    row = tx.run("select measure from supply where id = :id", id=_supply_of(tx, lot)).fetchone()
    return str(row[0])


def _like_lot(tx: Transaction, lot: int, warehouse: int) -> LotId:
    """The lot in the other warehouse that holds the same batch, made when there is none."""
    own = tx.run("select * from lot where id = :lot", lot=lot).fetchone()
    there = tx.run("select 1 from warehouse where id = :id and active = 1", id=warehouse)
    if own is None or there.fetchone() is None:
        raise Refused("This record is not in the store any more.")
    if own["warehouse_id"] == warehouse:
        raise Refused("It is in this warehouse already. Choose another one.", field="warehouse")
    found = tx.run("""select id from lot where active = 1 and supply_id = :supply
        and warehouse_id = :house and batch = :batch and expires_on is :expires limit 1""",
        supply=own["supply_id"], house=warehouse, batch=own["batch"],
        expires=own["expires_on"]).fetchone()
    if found is not None:
        return LotId(found["id"])
    now = local_day(tx.store.clock.now()).isoformat()
    return LotId(tx.insert("lot", {
        "supply_id": own["supply_id"], "warehouse_id": warehouse, "stored_on": now,
        "owner": own["owner"], "next_verify_due": own["next_verify_due"],
        "verified_at": own["verified_at"], "verified_by": own["verified_by"],
        **{name: own[name] for name in COPIED}}))
