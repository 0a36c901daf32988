"""Acts 办理 of the libraries: what can be done with the chosen records, under which key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resources.records import Library

if TYPE_CHECKING:
    from ui.pages.libraries_page import LibrariesPage


@dataclass(frozen=True, slots=True)
class LibraryAct:
    """One verb of the libraries page.

    `key` is the letter that starts it, `words` the English source shown through `t` (marked
    with `mark`), `kinds` the libraries it is for; with `needs_row` it waits for a chosen record.
    """

    key: str
    words: str
    run: Callable[[LibrariesPage], None]
    kinds: frozenset[Library]
    needs_row: bool = True
