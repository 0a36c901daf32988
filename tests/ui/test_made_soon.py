"""The pages that a night opens first are made behind the window, so that none is slow to open."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.ui.live_room import LiveRoom
from ui.pages.event_page import EventPage
from ui.pages.events_page import EventsPage


def test_the_events_pages_are_made_while_nobody_asks_for_them(live: LiveRoom, qtbot: QtBot) -> None:
    live.room.start()
    qtbot.waitUntil(lambda: {EventPage, EventsPage} <= {
        type(page) for page in live.window.pages.made()}, timeout=20_000)
    live.settle()
    live.window.show_page("events")
    assert isinstance(live.window.page, EventsPage)
