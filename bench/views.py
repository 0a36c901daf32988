"""The rows of what is looked at on the large store: log, lists, and an import beside them."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractItemView

from bench.exchange import register
from bench.measure import Row, percentile, timed
from bench.window import STALL_MS, Room, longest_stall
from resources.exchange.books import read_book
from resources.exchange.matching import match_book
from resources.exchange.reading import read_lines
from resources.exchange.tables import kind_of
from resources.exchange.verbs import import_rows
from ui.background import Progress
from ui.pages.desk_page import DeskPage
from ui.pages.libraries_page import LibrariesPage

FRAME_MS, OPEN_MS, ROUNDS = 16, 100, 60
IMPORTED = 20_000


def painted(view: QAbstractItemView) -> None:
    view.viewport().repaint()


def jumps(view: QAbstractItemView) -> float:
    """The 95th of a hundred seconds of frames after jumps over the whole of a list."""
    bar, times = view.verticalScrollBar(), []
    for number in range(ROUNDS):
        place = bar.maximum() * (number * 37 % ROUNDS) // ROUNDS
        start = time.perf_counter()
        bar.setValue(place)
        painted(view)
        times.append(time.perf_counter() - start)
        QCoreApplication.processEvents()
    return percentile(times, 0.95) * 1e3


def lists(room: Room) -> Iterator[Row]:
    """Open the log and a library's list; jump anywhere in them."""
    room.window.show_page("events")
    room.settle()
    desk = room.room.desk_page
    assert isinstance(desk, DeskPage)

    def opened() -> None:
        desk.stale = True
        room.window.show_page("desk")
        desk.repaint()

    opening = timed(opened) * 1e3
    yield Row("open the log page on the large store", f"first paint ≤ {OPEN_MS} ms",
              f"{opening:.0f} ms", opening <= OPEN_MS)
    slow = jumps(desk.log)
    yield Row("jump in the log page", f"p95 ≤ {FRAME_MS} ms", f"{slow:.1f} ms", slow <= FRAME_MS)
    room.window.show_page("libraries", "force")
    room.settle()
    page = room.window.page
    assert isinstance(page, LibrariesPage)
    slow = jumps(page.list.table)
    count = page.list.table.model().rowCount()
    yield Row(f"jump in a list of {count:,} forces", f"p95 ≤ {FRAME_MS} ms", f"{slow:.1f} ms",
              slow <= FRAME_MS)


def importing(room: Room) -> Iterator[Row]:
    """An xlsx file read, checked and written beside the live window."""
    data, kind, desk = register(IMPORTED), kind_of("equipment"), room.room.desk
    room.window.show_page("desk")
    room.settle()

    def work(progress: Progress) -> object:
        match = match_book(read_book("台账.xlsx", data), kind)
        lines = read_lines("台账.xlsx", kind, match)
        return desk.store.beside(lambda side: import_rows(
            side, lines, by=desk.officer, progress=progress.steps))

    slow = longest_stall(room, work) * 1e3
    desk.store.catch_up()
    yield Row(f"longest stall of the screen during an import of {IMPORTED:,} rows",
              f"≤ {STALL_MS} ms", f"{slow:.0f} ms", slow <= STALL_MS)
