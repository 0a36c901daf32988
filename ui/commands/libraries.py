"""Commands about the libraries: what waits for the keeper, the stock, a year's demand."""

from __future__ import annotations

import argparse
from pathlib import Path

from db.errors import StoreError
from db.files import write_whole
from db.words import t
from resources.localtime import local_day
from ui.commands.desk import Answer, reading
from ui.places import fonts_folder


def upkeep(args: argparse.Namespace) -> Answer:
    """What is stale, expiring, short or due, each with its owner."""
    from resources.waiting import WAIT_NAMES, waiting

    with reading(args) as store:
        found = waiting(store, local_day(store.clock.now()))
    lines = tuple("  ".join((t(WAIT_NAMES[w.wait]), str(w.due or "—"), w.name, w.owner, w.detail))
                  .rstrip() for w in found)
    return Answer(lines or (t("Nothing waits for the keeper."),), {"upkeep": [
        {"why": w.wait, "table": w.table, "id": w.row_id, "name": w.name, "owner": w.owner,
         "due": w.due, "detail": w.detail} for w in found]})


def stock(args: argparse.Namespace) -> Answer:
    """What there is of each supply whose name, code or model holds the words; with --lots by
    lot, with --slips the movements."""
    from resources import supplies
    from ui.commands import moving

    if args.lots or args.slips:
        return moving.lots(args) if args.lots else moving.slips(args)
    words = [w.lower() for w in args.words]
    with reading(args) as store:
        found = [s for s in supplies.stock(store, local_day(store.clock.now()))
                 if all(w in f"{s.name} {s.code} {s.model} {s.kind}".lower() for w in words)]
    lines = []
    for s in found:
        short = t("stock|{n} short", n=f"{s.short:g}") if s.short else ""
        lines.append(f"{s.code}  {s.name}  {s.model}  {s.quantity:g} {s.measure}  {short}".rstrip())
    return Answer(tuple(lines) or (t("There is no such supply."),), {"stock": [
        {"id": s.id, "code": s.code, "name": s.name, "model": s.model, "measure": s.measure,
         "quantity": s.quantity, "expired": s.expired, "short": s.short,
         "expires_on": s.expires_on} for s in found]})


def demand(args: argparse.Namespace) -> Answer:
    """A year's demand plan, kept or computed; with `--out` as a PDF."""
    from dispatch.library_papers import demand_paper
    from dispatch.printouts.library_sheets import library_sheet
    from resources.demand import demand as kept
    from resources.demand import propose

    with reading(args) as store:
        found = kept(store, args.year) or propose(store, args.year)
        facts = demand_paper(store, args.year)
    lines = [f"{x.name}  {x.quantity:g} {x.measure}  {x.quantity * x.price:,.2f}" for x in found]
    lines.append(facts.closing)
    if args.out is not None:
        from dispatch.printouts.formats import sheet_bytes

        _write(args.out.absolute(), sheet_bytes(library_sheet(facts), args.out.suffix.lower(),
                                                fonts_folder()))
        lines.append(t("Written: {path}", path=args.out.absolute()))
    return Answer(tuple(lines), {"year": args.year, "lines": [
        {"code": x.code, "name": x.name, "measure": x.measure, "stock": x.stock,
         "target": x.target, "expiring": x.expiring, "used": x.used, "quantity": x.quantity,
         "price": x.price} for x in found]})


def _write(path: Path, content: bytes) -> None:
    try:
        write_whole(path, content)
    except OSError as error:
        raise StoreError("{path} cannot be written: {why}. Name another file with --out.",
                         path=path, why=error) from error
