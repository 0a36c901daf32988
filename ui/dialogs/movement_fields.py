"""Fields of a movement 出入库单: what each of the nine kinds asks for, and the verb behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from db.change import RowId
from db.store import Store
from db.words import mark, t
from resources import ledger
from resources.people import Officer
from resources.supplies import LotId, LotStock, Movement, Papers
from resources.terms import MovementKind

NEW_LOT = 0
"""What the lot field carries when goods go into a lot that is not there yet."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sheet was filled with: the lot or slip, the amount and the papers."""

    lot: LotId
    quantity: float
    measure: str
    papers: Papers
    values: Mapping[str, object]
    supply: RowId


@dataclass(frozen=True, slots=True)
class KindOfSlip:
    """One kind: title, verb on the button, the fields beyond goods and amount, what it does."""

    title: str
    verb: str
    fields: tuple[str, ...]
    do: Callable[[Store, Asked, Officer], Movement]


def _receive(store: Store, asked: Asked, by: Officer) -> Movement:
    if asked.lot != NEW_LOT:
        return ledger.receive_supplies(store, asked.lot, asked.quantity, measure=asked.measure,
                                       papers=asked.papers, by=by)
    lot = {name: asked.values[name] for name in ("warehouse_id", "batch", "bin", "expires_on")}
    return ledger.receive_lot(store, {**lot, "supply_id": asked.supply}, asked.quantity,
                              measure=asked.measure, papers=asked.papers, by=by)


def _transfer(store: Store, asked: Asked, by: Officer) -> Movement:
    return ledger.transfer_supplies(
        store, asked.lot, int(str(asked.values["warehouse"] or 0)), asked.quantity,
        measure=asked.measure, papers=asked.papers, by=by)[0]


def _give_back(store: Store, asked: Asked, by: Officer) -> Movement:
    return ledger.give_back_supplies(
        store, int(str(asked.values["lent"] or 0)), asked.quantity,
        condition=str(asked.values["condition"]), papers=asked.papers, by=by)


def _rotate(store: Store, asked: Asked, by: Officer) -> Movement:
    into = int(str(asked.values["into"] or 0))
    return ledger.rotate_supplies(store, asked.lot, asked.quantity, measure=asked.measure,
                                  into=LotId(RowId(into)) if into else None,
                                  papers=asked.papers, by=by)


def _plain(verb: Callable[..., Movement]) -> Callable[[Store, Asked, Officer], Movement]:
    return lambda store, asked, by: verb(store, asked.lot, asked.quantity, measure=asked.measure,
                                         papers=asked.papers, by=by)


SLIPS: dict[MovementKind, KindOfSlip] = {
    MovementKind.IN: KindOfSlip(mark("ledger|Receive"), mark("verb|Receive"),
                                ("basis", "approver", "receiver", "note"), _receive),
    MovementKind.OUT: KindOfSlip(
        mark("ledger|Issue"), mark("verb|Issue"),
        ("receiver", "basis", "approver", "event", "note"), _plain(ledger.issue_supplies)),
    MovementKind.TRANSFER_OUT: KindOfSlip(
        mark("ledger|Transfer"), mark("verb|Transfer"),
        ("warehouse", "receiver", "basis", "approver", "event", "note"), _transfer),
    MovementKind.LEND: KindOfSlip(
        mark("ledger|Lend"), mark("verb|Lend"),
        ("receiver", "due_back", "basis", "approver", "event", "note"),
        _plain(ledger.lend_supplies)),
    MovementKind.GIVE_BACK: KindOfSlip(
        mark("ledger|Take back"), mark("stock|Take back"),
        ("condition", "receiver", "note"), _give_back),
    MovementKind.ROTATE: KindOfSlip(
        mark("ledger|Rotate"), mark("verb|Rotate"),
        ("into", "basis", "approver", "receiver", "note"), _rotate),
    MovementKind.REPAIR: KindOfSlip(
        mark("ledger|Send to repair"), mark("verb|Send to repair"),
        ("receiver", "due_back", "basis", "approver", "note"), _plain(ledger.send_to_repair)),
    MovementKind.SCRAP: KindOfSlip(
        mark("ledger|Write off"), mark("verb|Write off"),
        ("basis", "approver", "receiver", "note"), _plain(ledger.write_off)),
}
"""Every kind but the stock-take, which has a sheet of its own."""


def lot_words(lot: LotStock, today: str) -> str:
    """A lot as its choice says it: where, which batch, how much, whether it expired."""
    words = t("{house} {batch} · {n} {measure}", house=lot.warehouse, batch=lot.batch or lot.bin,
              n=f"{lot.quantity:g}", measure=lot.measure)
    if lot.expires_on is None:
        return words
    day = lot.expires_on.isoformat()
    return f"{words} · " + (t("lot|expired {day}", day=day) if day < today
                            else t("lot|until {day}", day=day))
