"""Papers of the ledger 出入库文书: slips, the register and counting lists from the store's rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from db.errors import Refused
from db.store import Store
from db.words import mark, t
from dispatch.duty.papers import District, district
from dispatch.printouts.movement_sheets import (
    BookFacts,
    SlipFacts,
    SlipLine,
    book_sheet,
    count_sheet,
    slip_sheet,
)
from dispatch.printouts.sheet import Sheet
from resources.ledger_book import BookFilter, BookLine, book, slip_lines
from resources.localtime import moment_text
from resources.supplies import LotStock, stock_by_lot
from resources.terms import MOVEMENT_NAMES, MovementKind

SLIP_TITLES = {
    MovementKind.IN: mark("paper|Receiving slip"), MovementKind.OUT: mark("paper|Issue slip"),
    MovementKind.TRANSFER_OUT: mark("paper|Transfer slip"),
    MovementKind.TRANSFER_IN: mark("paper|Transfer slip"),
    MovementKind.LEND: mark("paper|Loan slip"), MovementKind.GIVE_BACK: mark("paper|Return slip"),
    MovementKind.ROTATE: mark("paper|Rotation slip"),
    MovementKind.REPAIR: mark("paper|Repair slip"),
    MovementKind.SCRAP: mark("paper|Write-off slip"),
    MovementKind.COUNT: mark("paper|Stock-take slip")}
SLIP_KINDS = tuple(k for k in SLIP_TITLES if k is not MovementKind.TRANSFER_IN)


def slip_paper(store: Store, movement: int) -> Sheet:
    """The slip of one movement, a transfer with both its halves.

    Raises:
        Refused: there is no such movement.
    """
    lines = slip_lines(store, movement)
    if not lines:
        raise Refused("This record is not in the store any more.")
    one, place = lines[0], district(store)
    return slip_sheet(SlipFacts(
        t(SLIP_TITLES[one.kind]), place.org, one.at, one.number, _head(one),
        tuple(_line(x) for x in lines), _signs(one.approver, one.handler, one.receiver),
        drill=place.drill))


def blank_slip(store: Store, kind: MovementKind) -> Sheet:
    """The empty slip of a kind, in the layout of the printed one."""
    place = district(store)
    if kind is MovementKind.COUNT:
        return _count(store, place, "", ())
    head = tuple((label, "") for label in _labels(kind))
    return slip_sheet(SlipFacts(t(SLIP_TITLES[kind]), place.org, store.clock.now(), "", head,
                                (), _signs("", "", ""), drill=place.drill))


def book_paper(store: Store, wanted: BookFilter, filters: str) -> Sheet:
    """The register of the movements that a filter lets through, the oldest first."""
    place = district(store)
    rows = tuple((x.number, moment_text(x.at, year=True), t(MOVEMENT_NAMES[x.kind]), x.name,
                  x.model, x.batch, x.warehouse, f"{x.quantity:+g} {x.measure}".replace("-", "−"),
                  x.receiver, x.basis, x.approver, x.handler, x.event_number)
                 for x in reversed(book(store, wanted)))
    words = "  ".join(p for p in (filters, t("paper|{n} in all", n=len(rows))) if p)
    return book_sheet(BookFacts(t("paper|Register of movements"), place.org, store.clock.now(),
                                words, rows, drill=place.drill))


def count_paper(store: Store, warehouse: int) -> Sheet:
    """The counting list of a warehouse."""
    name = str(store.value("select name from warehouse where id = :id", id=warehouse) or "")
    return _count(store, district(store), name, stock_by_lot(store, warehouse=warehouse))


def _count(store: Store, place: District, warehouse: str, lots: Sequence[LotStock]) -> Sheet:
    lines = tuple(SlipLine(x.code, x.name, x.model, x.batch, "", x.measure, x.bin, "")
                  for x in lots)
    head = ((t("paper|Warehouse"), warehouse), (t("paper|Counted on"), ""))
    return count_sheet(SlipFacts(
        t("paper|Counting list"), place.org, store.clock.now(), "", head, lines,
        ((t("paper|Counted by"), ""), (t("paper|Checked by"), "")), drill=place.drill),
        tuple(f"{x.quantity:g}" for x in lots))


def _labels(kind: MovementKind) -> Iterable[str]:
    special = {MovementKind.LEND: t("paper|Due back"), MovementKind.GIVE_BACK: t("paper|Condition"),
               MovementKind.REPAIR: t("paper|Due back")}
    return (t("paper|Time"), t("paper|Basis"), t("paper|Approved by"), t("paper|Handled by"),
            t("paper|Receiver"), t("paper|Event"), *filter(None, [special.get(kind)]),
            t("paper|Remark"))


def _head(one: BookLine) -> tuple[tuple[str, str], ...]:
    special = {MovementKind.GIVE_BACK: one.condition}
    due = one.due_back.isoformat() if one.due_back else ""
    said = [moment_text(one.at, year=True), one.basis, one.approver, one.handler, one.receiver,
            one.event_number]
    if one.kind in (MovementKind.LEND, MovementKind.REPAIR, MovementKind.GIVE_BACK):
        said.append(special.get(one.kind, due))
    override = t("paper|Expired lot issued: {why}", why=one.override) if one.override else ""
    said.append(t("; ").join(p for p in (one.note, override) if p))
    return tuple(zip(_labels(one.kind), said, strict=True))


def _line(x: BookLine) -> SlipLine:
    return SlipLine(x.code, x.name, x.model, x.batch, f"{x.quantity:+g}".replace("-", "−"),
                    x.measure, x.warehouse, f"{x.unit_price:,.2f}" if x.unit_price else "",
                    x.number)


def _signs(approver: str, handler: str, receiver: str) -> tuple[tuple[str, str], ...]:
    return ((t("paper|Approved by"), approver), (t("paper|Handled by"), handler),
            (t("paper|Receiver"), receiver), (t("paper|Warehouse keeper"), ""))
