"""Library acts 资源办理: what the libraries page offers for each kind, with its key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from db.words import mark, t
from resources.records import Library
from ui.desk import Tone
from ui.dialogs.agreements import AgreementSheet, SharingSheet
from ui.dialogs.care import CheckSheet, LendSheet, RepairSheet
from ui.dialogs.plan_care import EvaluationSheet, FilingSheet, VersionSheet
from ui.dialogs.record import RecordSheet, RestoreSheet, RetireSheet
from ui.dialogs.record_many import ManySheet
from ui.dialogs.sheet import Sheet
from ui.pages.ledger_acts import ledger_acts
from ui.pages.library_act import LibraryAct

if TYPE_CHECKING:
    from ui.pages.libraries_page import LibrariesPage

ALL = frozenset(Library) - {Library.LOT}
GEAR, PLANS, GOODS = (frozenset({Library.EQUIPMENT}), frozenset({Library.PLAN}),
                      frozenset({Library.SUPPLY}))


def acts_of(library: Library) -> list[LibraryAct]:
    """The acts of a library in the order of the F-bar, the first one its primary button."""
    return [act for act in ACTS if library in act.kinds]


def add(page: LibrariesPage) -> None:
    """A new record of the library in view."""
    _show(page, lambda: RecordSheet(page.theme, page.desk, page.window(), page.kind.library),
          "name", open_it=True)


def edit(page: LibrariesPage) -> None:
    row = page.chosen
    _show(page, lambda: RecordSheet(page.theme, page.desk, page.window(), page.kind.library,
                                    row.id), "name", open_it=True)


def edit_many(page: LibrariesPage) -> None:
    rows = [(int(row.id), str(row.name)) for row in page.chosen_rows()]
    _show(page, lambda: ManySheet(page.theme, page.desk, page.window(), page.kind.library,
                                  rows), "which")


def retire(page: LibrariesPage) -> None:
    row = page.chosen
    _show(page, lambda: RetireSheet(page.theme, page.desk, page.window(), page.kind.library, row.id,
                                    row.name), "reason")


def bring_back(page: LibrariesPage) -> None:
    _show(page, lambda: RestoreSheet(page.theme, page.desk, page.window(), page.kind.library),
          "row", open_it=True)


def agree(page: LibrariesPage) -> None:
    row = page.chosen
    _show(page, lambda: AgreementSheet(page.theme, page.desk, page.window(), row.id,
                                       row.name), "company")


def share(page: LibrariesPage) -> None:
    row = page.chosen
    _show(page, lambda: SharingSheet(page.theme, page.desk, page.window(), page.kind.library,
                                     row.id, row.name), "to_unit")


def _on_row(sheet: Callable[..., Sheet]) -> Callable[[LibrariesPage], None]:
    """An act that opens a sheet about the chosen record."""

    def run(page: LibrariesPage) -> None:
        row = page.chosen
        _show(page, lambda: sheet(page.theme, page.desk, page.window(), row.id))

    return run


def _show(page: LibrariesPage, make: Callable[[], Sheet], focus: str = "", *,
          open_it: bool = False) -> Sheet:
    """Open a sheet over the page; one that is open already is kept aside first."""
    sheet = make()
    for other in page.window().findChildren(Sheet):
        if other is not sheet and other.isVisible():
            other.leave()
    kind = page.kind.key

    def after(result: object) -> None:
        page.desk.told.emit(Tone.DONE, t("Saved."))
        if open_it:
            page.open((kind, result))
        page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    sheet.again = lambda: _show(page, make, focus, open_it=open_it)
    sheet.done.connect(after)
    sheet.present(focus or next(iter(sheet.form.values)))
    return sheet


def _verify(page: LibrariesPage) -> None:
    page.verify()


def _both(key: str, words: str, run: Callable[[LibrariesPage], None], *,
          needs_row: bool = True) -> tuple[LibraryAct, LibraryAct]:
    """A letter, with Shift among the supplies, whose ledger has the plain one."""
    return (LibraryAct(key, words, run, ALL - GOODS, needs_row),
            LibraryAct(f"Shift+{key}", words, run, GOODS, needs_row))


ACTS: tuple[LibraryAct, ...] = (
    LibraryAct("N", mark("act|New"), add, ALL, needs_row=False),
    LibraryAct("E", mark("act|Edit"), edit, ALL),
    LibraryAct("V", mark("Verify"), _verify, ALL),
    LibraryAct("I", mark("act|Inspection"), _on_row(CheckSheet), GEAR),
    LibraryAct("W", mark("act|Repair"), _on_row(RepairSheet), GEAR),
    LibraryAct("T", mark("act|Lend or take back"), _on_row(LendSheet), GEAR),
    LibraryAct("I", mark("act|New version"), _on_row(VersionSheet), PLANS),
    LibraryAct("F", mark("act|Filing"), _on_row(FilingSheet), PLANS),
    LibraryAct("A", mark("act|Evaluation"), _on_row(EvaluationSheet), PLANS),
    *ledger_acts(),
    LibraryAct("A", mark("act|Reserve agreement"), agree, GOODS),
    LibraryAct("S", mark("act|Sharing"), share, GEAR),
    LibraryAct("Shift+S", mark("act|Sharing"), share, GOODS),
    *_both("M", mark("act|Edit many"), edit_many),
    *_both("R", mark("act|Retire"), retire),
    *_both("B", mark("act|Bring back"), bring_back, needs_row=False))
