"""The rows of what is looked at on the large store: log, lists, and an import beside them."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QAbstractItemView

from bench.exchange import register
from bench.measure import Row, percentile, timed
from bench.window import STALL_MS, Heart, Room
from resources.exchange.drafts import Wishes
from resources.exchange.tables import kind_of
from resources.exchange.verbs import Imported
from ui.pages.desk_page import DeskPage
from ui.pages.import_work import ImportWork
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
    """An xlsx file read, checked and written beside the live window, as its page does it."""
    desk, loop = room.room.desk, QEventLoop()
    room.window.show_page("desk")
    room.settle()
    work, ends = ImportWork(desk, room.window), list[object]()

    def end(found: object) -> None:
        ends.append(found)
        loop.quit()

    work.ended.connect(end)
    wishes = Wishes(kind=kind_of("equipment"))
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "台账.xlsx"
        path.write_bytes(register(IMPORTED))
        with Heart() as heart:
            work.read(path, lambda book: work.draft(book, wishes, None, lambda made: work.take_in(
                made, end)))
            loop.exec()
    if not isinstance(ends[0], Imported):
        raise SystemExit(f"the import ended: {ends[0]}")
    slow = heart.longest * 1e3
    yield Row(f"longest stall of the screen during an import of {IMPORTED:,} rows",
              f"≤ {STALL_MS} ms", f"{slow:.0f} ms", slow <= STALL_MS)
