"""The map for paper is drawn beside the window: the same picture, stopped when it is not wanted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from PySide6.QtGui import QImage

from db.errors import Cancelled, Refused
from dispatch.printouts.map_sheet import picture_mm
from resources.layers.keeping import add_layer, file_of, layers
from resources.layers.preparing import prepare
from resources.people import SYSTEM
from tests.resources.layers.files import mbtiles
from tests.ui.live_room import LiveRoom
from ui.background import Job, Progress
from ui.map.district import DistrictMap
from ui.map.picture import Printed, Sight, draw_picture, sight_of
from ui.pages.map_page import MapPage

SMALL = (80.0, 60.0)
"""Millimetres; quick to draw."""


@pytest.fixture
def view(live: LiveRoom) -> DistrictMap:
    live.window.show_page("map")
    live.settle()
    page = live.window.page
    assert isinstance(page, MapPage)
    page.view.settle()
    return page.view


def beside(live: LiveRoom, sight: Sight) -> tuple[Printed, QThread]:
    """Drawn by a job, and the thread that drew it."""
    found: list[tuple[Printed, QThread]] = []
    job: Job[tuple[Printed, QThread]] = Job(lambda progress: (
        draw_picture(sight, *SMALL, progress), QThread.currentThread()), live.window)
    job.done.connect(found.append)
    job.start()
    live.settle()
    return found[0]


def test_beside_the_window_the_picture_is_the_same(live: LiveRoom, view: DistrictMap) -> None:
    sight = sight_of(view)
    here = draw_picture(sight, *SMALL)
    there, thread = beside(live, sight)
    assert thread is not live.window.thread()
    assert there.image == here.image
    assert there.ratio == here.ratio
    colors = {there.image.pixel(x, y) for x in range(0, there.image.width(), 7)
              for y in range(0, there.image.height(), 7)}
    assert len(colors) > 20


def test_what_the_window_shows_next_is_not_on_the_paper(live: LiveRoom,
                                                        view: DistrictMap) -> None:
    sight = sight_of(view)
    before = draw_picture(sight, *SMALL).image
    view.show_situation(None)
    view.look(view.frame.centred(100.0, 30.0, 6))
    assert draw_picture(sight, *SMALL).image == before
    assert draw_picture(sight_of(view), *SMALL).image != before


def test_the_drawing_stops_between_two_patches(view: DistrictMap) -> None:
    parts: list[float] = []
    progress = Progress(parts.append)

    def some(part: float) -> None:
        progress(part)
        if len(parts) == 3:
            progress.cancel()

    with pytest.raises(Cancelled):
        draw_picture(sight_of(view), *picture_mm(large=True), some)
    assert len(parts) == 3
    assert parts == sorted(parts)


def test_tiles_are_drawn_when_the_window_has_closed_them(live: LiveRoom, view: DistrictMap,
                                                         tmp_path: Path) -> None:
    white = QImage(256, 256, QImage.Format.Format_RGB32)
    white.fill(0xFF123456)
    white.save(str(tmp_path / "tile.png"))
    add_layer(live.store, prepare(mbtiles(
        tmp_path / "影像.mbtiles", (12,), tile=(tmp_path / "tile.png").read_bytes())), by=SYSTEM)
    live.settle()
    view.settle()
    sight = sight_of(view)
    view.let_go()
    image = draw_picture(sight, *SMALL).image
    assert 0xFF123456 in {image.pixel(x, y) for x in range(0, image.width(), 5)
                          for y in range(0, image.height(), 5)}
    file_of(live.store, next(one for one in layers(live.store) if one.tiled)).unlink()
    with pytest.raises(Refused, match="gone"):
        draw_picture(sight, *SMALL)
