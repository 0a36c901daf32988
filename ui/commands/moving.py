"""Command of the ledger: move supplies, count them, list lots and slips."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from db.errors import Refused
from db.store import Store
from db.words import t
from resources.localtime import local_day, moment_text
from ui.commands.desk import Answer, officer, reading, writing

if TYPE_CHECKING:
    from resources.people import Officer
    from resources.supplies import LotId, LotStock, Movement, Papers

MOST = 500


def move(args: argparse.Namespace) -> Answer:
    """One movement, by what it is called; gives its slips."""
    with writing(args) as store:
        return _answer(store, _moved(store, args, officer(store, args.officer)))


def _moved(store: Store, args: argparse.Namespace, by: Officer) -> list[Movement]:
    from resources import ledger
    from resources.amounts import read_amount

    slip = _papers(store, args)
    if args.what == "return":
        return [ledger.give_back_supplies(
            store, _outside(store, args.goods), read_amount(args.quantity, "")[0],
            condition=args.condition, papers=slip, by=by)]
    if args.what == "in" and not args.lot:
        return [_received(store, args, slip, by)]
    lot, measure = _lot(store, args)
    quantity, measure = read_amount(args.quantity, measure)
    if args.what == "transfer":
        return list(ledger.transfer_supplies(store, lot, _house(store, args.to), quantity,
                                             measure=measure, papers=slip, by=by))
    if args.what == "count":
        return ledger.take_stock(store, {lot: quantity}, papers=slip, by=by)
    if args.what == "rotate":
        into = _lot_by_id(store, args.into) if args.into else None
        return [ledger.rotate_supplies(store, lot, quantity, measure=measure, into=into,
                                       papers=slip, by=by)]
    verbs = {"in": ledger.receive_supplies, "out": ledger.issue_supplies,
             "lend": ledger.lend_supplies, "repair": ledger.send_to_repair,
             "scrap": ledger.write_off}
    return [verbs[args.what](store, lot, quantity, measure=measure, papers=slip, by=by)]


def _papers(store: Store, args: argparse.Namespace) -> Papers:
    from dispatch.events import event_by_number
    from resources.amounts import read_day
    from resources.supplies import Papers

    event = event_by_number(store, args.event).id if args.event else None
    return Papers(basis=args.basis, approver=args.approver, receiver=args.receiver, event=event,
                  due_back=read_day(args.due_back, local_day(store.clock.now()), "due_back"),
                  note=args.note, condition=args.condition, override=args.override)


def _received(store: Store, args: argparse.Namespace, slip: Papers, by: Officer) -> Movement:
    """Into the lot of that batch where there is one, else into a new one."""
    from resources.amounts import read_amount
    from resources.ledger import receive_lot, receive_supplies
    from resources.supplies import stock_by_lot

    supply, measure = _supply(store, args)
    quantity, measure = read_amount(args.quantity, measure)
    house = _house(store, args.warehouse)
    found = [x for x in stock_by_lot(store, supply, house) if x.batch == args.batch
             and (not args.expires or str(x.expires_on or "") == args.expires)]
    if len(found) == 1:
        return receive_supplies(store, found[0].id, quantity, measure=measure, papers=slip, by=by)
    values: dict[str, object] = {
        "supply_id": supply, "warehouse_id": house, "batch": args.batch,
        "expires_on": args.expires, "supplier": args.supplier, "unit_price": args.price,
        "funds": args.funds, "bin": args.bin, "made_on": args.made}
    return receive_lot(store, {k: v for k, v in values.items() if v}, quantity, measure=measure,
                       papers=slip, by=by)


# what is meant


def _supply(store: Store, args: argparse.Namespace) -> tuple[int, str]:
    """A supply by id, code or name, with its measure, which `--measure` must agree with.

    Raises:
        Refused: none or several; another measure.
    """
    rows = store.read("""select id, name, model, measure from supply where active = 1 and
        (code = :given or name = :given or cast(id as text) = :given) limit 9""",
        given=args.goods.strip())
    if len(rows) != 1:
        raise Refused("There is no single supply {name}. Give its code, or its name as it stands"
                      " in the library.", field="goods", name=args.goods)
    if args.measure and args.measure != rows[0]["measure"]:
        raise Refused("{name} is counted in {measure}, not in {given}.", field="measure",
                      name=rows[0]["name"], measure=rows[0]["measure"], given=args.measure)
    return int(rows[0]["id"]), str(rows[0]["measure"])


def _lot(store: Store, args: argparse.Namespace) -> tuple[LotId, str]:
    """The lot that the goods, warehouse and batch name, with its measure.

    Raises:
        Refused: none or several fit; it lists them.
    """
    from resources.supplies import stock_by_lot

    if args.lot:
        lot = _lot_by_id(store, args.lot)
        measure = store.value("""select s.measure from lot l join supply s on s.id = l.supply_id
            where l.id = :id""", id=lot)
        return lot, args.measure or str(measure)
    supply, measure = _supply(store, args)
    house = _house(store, args.warehouse) if args.warehouse else None
    found = [x for x in stock_by_lot(store, supply, house)
             if (not args.batch or x.batch == args.batch)]
    there = [x for x in found if x.quantity > 0]
    if len(found) > 1 and len(there) == 1:
        found = there
    if len(found) != 1:
        raise Refused("{n} lots fit. Name one with --lot, --warehouse or --batch: {lots}",
                      field="lot", n=len(found), lots="; ".join(map(_lot_line, found[:8])) or "—")
    return found[0].id, measure


def _lot_by_id(store: Store, given: str) -> LotId:
    from resources.supplies import LotId

    found = store.value("select id from lot where id = :id and active = 1",
                        id=int(given) if given.isdigit() else 0)
    if found is None:
        raise Refused("There is no such lot: {lot}. watchdesk stock --lots lists them.",
                      field="lot", lot=given)
    return LotId(found)


def _house(store: Store, given: str) -> int:
    rows = store.read("select id from warehouse where active = 1 and (name = :name or"
                      " code = :name) limit 2", name=given.strip())
    if len(rows) != 1 or not given.strip():
        raise Refused("There is no single warehouse {name}.", field="warehouse", name=given)
    return int(rows[0]["id"])


def _outside(store: Store, number: str) -> int:
    found = store.value("select id from movement where number = :no", no=number.strip())
    if found is None:
        raise Refused("There is no slip {number}.", field="slip", number=number)
    return int(found)


# what is said


def _answer(store: Store, made: list[Movement]) -> Answer:
    from resources.ledger_book import BookFilter, book

    ids = {m.id for m in made}
    lines = [x for x in book(store, BookFilter(limit=len(ids) + 8)) if x.id in ids]
    return Answer(tuple(f"{x.number}  {x.name}  {x.quantity:+g} {x.measure}  {x.warehouse}"
                        f"  {x.batch}".rstrip() for x in reversed(lines)),
                  {"movements": [asdict(m) for m in made]})


def lots(args: argparse.Namespace) -> Answer:
    """The lots of the supplies whose name or code holds the words, with what is left."""
    from resources.supplies import stock_by_lot

    words = [w.lower() for w in args.words]
    with reading(args) as store:
        found = [x for x in stock_by_lot(store)
                 if all(w in f"{x.name} {x.code} {x.model}".lower() for w in words)]
    return Answer(tuple(map(_lot_line, found)) or (t("There is no such supply."),),
                  {"lots": [asdict(x) for x in found]})


def slips(args: argparse.Namespace) -> Answer:
    """The latest movements of the supplies whose name or code holds the words."""
    from resources.ledger_book import BookFilter, book

    with reading(args) as store:
        found = book(store, BookFilter(words=" ".join(args.words), limit=MOST))
    return Answer(tuple(f"{x.number}  {moment_text(x.at, year=True)}  {x.name}  {x.quantity:+g}"
                        f" {x.measure}  {x.warehouse}  {x.receiver}".rstrip() for x in found)
                  or (t("There are no movements."),), {"movements": [asdict(x) for x in found]})


def _lot_line(x: LotStock) -> str:
    return "  ".join((str(x.id), x.name, x.warehouse, x.batch or "—",
                      f"{x.quantity:g} {x.measure}", str(x.expires_on or "—")))
