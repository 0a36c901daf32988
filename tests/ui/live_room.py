"""The whole window on a copy of the sample district, its clock standing still, and its keys."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThreadPool
from PySide6.QtGui import QGuiApplication, QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from db.clock import StillClock
from db.store import FILE_NAME, Store
from dispatch.events import open_events, past_events
from dispatch.orders import OrderLine, order_forces
from dispatch.terms import EntryKind
from resources.people import Officer, Role
from tests.builders import a_force, an_event
from tests.ui.past_states import answer_for_the_past
from ui.app import present_officer
from ui.dialogs.sheet import Sheet
from ui.pages.drills_page import DrillsPage
from ui.pages.import_page import ImportPage
from ui.pages.roster_page import RosterPage
from ui.room import DutyRoom
from ui.theme import Theme

NIGHT = datetime(2026, 11, 23, 13, 47, 3, tzinfo=UTC)
Glance = tuple[object, ...]


class LiveRoom:
    """One room on one folder; the machine's own dialogs answer at once."""

    def __init__(self, theme: Theme, folder: Path, *, read_only: bool = False) -> None:
        self.folder, self.clock = folder, StillClock(NIGHT)
        self.store = Store.open(folder / FILE_NAME, self.clock, read_only=read_only)
        self.room = DutyRoom(theme, self.store, _with_every_role(present_officer(self.store)))
        self.window, self.desk, self.theme = self.room.window, self.room.desk, theme
        self._officer = self.desk.officer if self.desk.has_officer else None
        self.told: list[str] = []
        self.asked: list[str] = []
        self.desk.told.connect(lambda _tone, words: self.told.append(words))
        self.desk.working.connect(lambda _job, title: self.asked.append(title))
        self.desk.restore_asked.connect(
            lambda path, _by: self.asked.append(str(path)))
        self._answer_for_the_machine()
        self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()
        self.settle()

    def _answer_for_the_machine(self) -> None:
        preview = self.room.preview
        target = self.folder / "asked.pdf"
        preview.choose_file = lambda *_: str(target)
        preview.choose_printer = lambda *_: False
        preview.printers = list
        drills = self.window.pages["drills"]
        if isinstance(drills, DrillsPage):
            drills.choose_target = lambda *_: str(self.folder / "asked.xlsx")
            drills.choose_source = lambda *_: str(self.folder / "asked.xlsx")
        roster = self.window.pages["roster"]
        if isinstance(roster, RosterPage):
            roster.files.choose_target = lambda *_: str(self.folder / "asked.xlsx")
            roster.files.choose_source = lambda *_: str(self.folder / "asked.xlsx")
        imports = self.window.pages["import"]
        if isinstance(imports, ImportPage):
            imports.choose_files = lambda *_: [str(self.folder / "asked.csv")]
            imports.choose_target = lambda *_: str(self.folder / "asked.xlsx")
        answer_for_the_past(self.window.pages, self.folder)

    def take_in_an_event(self) -> None:
        """An event that is open, with a force on its way and a line in its log."""
        by = self.desk.officer
        of = an_event(self.store, "配电房冒烟", by=by)
        order_forces(self.store, of.id, [OrderLine(a_force(self.store), "赶赴现场")], by=by)
        self.settle()

    @property
    def open_event(self) -> int:
        return int(open_events(self.store)[0].id)

    @property
    def closed_event(self) -> int:
        return int(next(e for e in past_events(self.store, limit=9) if e.closed_at).id)

    def settle(self) -> None:
        for _ in range(3):
            QThreadPool.globalInstance().waitForDone()
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.room.tick()
        QCoreApplication.processEvents()

    # hands

    @property
    def front(self) -> QWidget:
        return QApplication.activeModalWidget() or self.window

    def key(self, key: Qt.Key,
            modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.front.activateWindow()
        QTest.keyClick(self.front.focusWidget() or self.front, key, modifier)
        self.settle()

    def type(self, words: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(words)
        QCoreApplication.sendEvent(self.front.focusWidget() or self.front, event)
        QCoreApplication.processEvents()

    @property
    def sheets(self) -> list[Sheet]:
        return [s for s in self.window.findChildren(Sheet) if s.isVisible()]

    @property
    def dialogs(self) -> list[QDialog]:
        return [w for w in QApplication.topLevelWidgets()
                if isinstance(w, QDialog) and w.isVisible()]

    def clear(self) -> None:
        """Put away whatever lies over the page."""
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QMenu) and widget.isVisible():
                widget.close()
        if self.room.lock.box is not None:
            self.desk.sign_on(self._officer)
            self.room.lock.box.accept()
        for dialog in self.dialogs:
            dialog.reject()
        for sheet in self.sheets:
            sheet.discard()
        self.room.drilling.close()
        if self.window.wall:
            self.window.toggle_wall()
        self.room.desk_page.quick.choose_kind(EntryKind.NOTE)
        while self.room.messages.unread:
            self.room.messages.read()
        self.settle()

    # eyes

    def glance(self) -> Glance:
        """All that a person or the record could notice."""
        tops = sorted(f"{type(w).__name__} {w.windowTitle()}"
                      for w in QApplication.topLevelWidgets() if w.isVisible())
        pictures: list[QImage] = [self.window.grab().toImage()]
        pictures += [d.grab().toImage() for d in self.dialogs]
        focus = self.front.focusWidget()
        return (self.window.page.key, self.store.value("select count(*) from change"),
                len(self.told), len(self.asked), tops, QGuiApplication.clipboard().text(),
                id(focus), pictures)

    def close(self) -> None:
        self.clear()
        self.room.stop()
        self.window.deleteLater()
        QThreadPool.globalInstance().waitForDone()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        self.store.close()
        self.room.deleteLater()


def _with_every_role(officer: Officer | None) -> Officer | None:
    if officer is None:
        return None
    return Officer(officer.id, officer.name, frozenset(Role), officer.unit, officer.title)


def a_district(sample: Path, folder: Path) -> Path:
    """A copy of the sample district's folder."""
    shutil.copytree(sample, folder)
    return folder
