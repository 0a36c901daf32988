"""What is done with the records of the libraries 五库办理: which acts a library has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.words import mark
from resources.records import Library
from resources.terms import MovementKind
from ui.pages.library_act import LibraryAct

if TYPE_CHECKING:
    from ui.pages.libraries_page import LibrariesPage


def receive(page: LibrariesPage) -> None:
    page.move_stock(MovementKind.IN)


def issue(page: LibrariesPage) -> None:
    page.move_stock(MovementKind.OUT)


def verify(page: LibrariesPage) -> None:
    page.verify()


SUPPLY = frozenset({Library.SUPPLY})
ACTS = (LibraryAct("N", mark("Receive"), receive, SUPPLY),
        LibraryAct("O", mark("Issue"), issue, SUPPLY),
        LibraryAct("V", mark("Verify"), verify, frozenset(Library)))


def acts_of(library: Library) -> list[LibraryAct]:
    """The acts of a library, the first one its primary button."""
    return [act for act in ACTS if library in act.kinds]
