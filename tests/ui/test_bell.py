"""The bell of a room begins after the window and ends with it."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
from pytestqt.qtbot import QtBot

from db.clock import StillClock
from db.store import FILE_NAME, Store
from tests.ui.live_room import NIGHT, a_district
from ui.app import present_officer
from ui.room import BELL_AFTER_MS, DutyRoom
from ui.theme import Theme


def test_a_room_that_stops_before_its_bell_began_never_rings(
        theme: Theme, sample: Path, tmp_path: Path, qtbot: QtBot) -> None:
    folder = a_district(sample, tmp_path / "district")
    store = Store.open(folder / FILE_NAME, StillClock(NIGHT))
    room = DutyRoom(theme, store, present_officer(store))
    room.start()
    room.stop()
    qtbot.wait(BELL_AFTER_MS + 100)
    began = room.bell is not None
    if room.bell is not None:
        room.bell.stop()
    room.window.deleteLater()
    QThreadPool.globalInstance().waitForDone()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    room.deleteLater()
    store.close()
    assert not began
