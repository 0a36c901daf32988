"""The pages 页面 of the window by their keys, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ui.page import Page


@dataclass(frozen=True, slots=True)
class Entry:
    """A page before it is made; `words` is its English source, shown through `t`.

    `rail` says whether the rail shows it, `low` whether at the rail's lower end.
    """

    key: str
    words: str
    icon: str
    make: Callable[[], Page]
    rail: bool = True
    low: bool = False


class Shelf(Mapping[str, Page]):
    """The pages of one window; a page is made, once, when it is asked for."""

    def __init__(self, entries: Iterable[Entry], on_made: Callable[[Page], None]) -> None:
        self.entries = {entry.key: entry for entry in entries}
        self._made: dict[str, Page] = {}
        self._on_made = on_made

    def __getitem__(self, key: str) -> Page:
        if key not in self._made:
            page = self.entries[key].make()
            self._made[key] = page
            self._on_made(page)
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def made(self) -> list[Page]:
        """The pages that were asked for so far."""
        return list(self._made.values())
