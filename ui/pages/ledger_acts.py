"""Acts of the ledger 出入库办理: what the libraries page offers for supplies and their upkeep."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from db.words import mark, t
from dispatch.movement_papers import SLIP_TITLES, blank_slip, count_paper, slip_paper
from resources.records import Library
from resources.supplies import SupplyStock
from resources.terms import MovementKind
from ui.dialogs.movement import MovementSheet
from ui.dialogs.stocktake import StockTakeSheet
from ui.pages.giving_out import preview
from ui.pages.library_act import LibraryAct

if TYPE_CHECKING:
    from ui.pages.libraries_page import LibrariesPage

SUPPLIES = frozenset({Library.SUPPLY})
EVERY = frozenset(Library)


def ledger_acts() -> list[LibraryAct]:
    """The nine movements, and the pages behind the libraries, each under its letter."""
    return [
        _move("R", mark("ledger|Receive"), MovementKind.IN),
        _move("O", mark("ledger|Issue"), MovementKind.OUT),
        _move("T", mark("ledger|Transfer"), MovementKind.TRANSFER_OUT),
        _move("L", mark("ledger|Lend"), MovementKind.LEND),
        _move("B", mark("ledger|Take back"), MovementKind.GIVE_BACK, needs_row=False),
        _move("W", mark("ledger|Rotate"), MovementKind.ROTATE),
        _move("G", mark("ledger|Send to repair"), MovementKind.REPAIR),
        _move("S", mark("ledger|Write off"), MovementKind.SCRAP),
        LibraryAct("K", mark("ledger|Stock-take"), count, SUPPLIES, needs_row=False),
        LibraryAct("M", mark("ledger|Movements"), show_movements, SUPPLIES, needs_row=False),
        _page("U", mark("page|Upkeep"), "upkeep"), _page("Y", mark("Demand plan"), "demand"),
        _page("H", mark("page|Sharing"), "sharing")]


def _move(key: str, words: str, kind: MovementKind, *, needs_row: bool = True) -> LibraryAct:
    return LibraryAct(key, words, partial(move, kind), SUPPLIES, needs_row)


def _page(key: str, words: str, page: str) -> LibraryAct:
    def run(libraries: LibrariesPage) -> None:
        libraries.go.emit(page, None)

    return LibraryAct(key, words, run, EVERY, needs_row=False)


def move(kind: MovementKind, page: LibrariesPage) -> None:
    """Ask for a movement of the chosen supply."""
    chosen = page.chosen
    supply = chosen.id if isinstance(chosen, SupplyStock) else None
    sheet = page.desk.act(lambda: MovementSheet(page.theme, page.desk, page.window(), kind,
                                                supply=supply))
    if sheet is None:
        return
    sheet.print_asked.connect(lambda made: print_slip(page, made))
    sheet.blank_asked.connect(lambda _kind: print_blank(page, kind))
    sheet.again = lambda: move(kind, page)
    sheet.present("quantity")


def count(page: LibrariesPage) -> None:
    """Count a warehouse."""
    sheet = page.desk.act(lambda: StockTakeSheet(page.theme, page.desk, page.window()))
    if sheet is None:
        return
    sheet.print_asked.connect(lambda house: preview(
        page, page.desk, t("Counting list"), t("Counting list"),
        lambda: count_paper(page.desk.store, house)))
    sheet.again = lambda: count(page)
    sheet.present()
    sheet.table.setFocus()


def print_slip(page: LibrariesPage, movement: int) -> None:
    preview(page, page.desk, t("Slip"), t("Slip"),
            lambda: slip_paper(page.desk.store, movement))


def print_blank(page: LibrariesPage, kind: MovementKind) -> None:
    title = t(SLIP_TITLES[kind])
    preview(page, page.desk, title, title, lambda: blank_slip(page.desk.store, kind))


def show_movements(page: LibrariesPage) -> None:
    """The movements of the chosen supply, or all."""
    chosen = page.chosen
    page.go.emit("movements", int(chosen.id) if isinstance(chosen, SupplyStock) else "")


