"""The program with its window: the one place where everything is put together."""

from __future__ import annotations

import logging
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QProgressDialog, QWidget

from db.backup import FOLDER
from db.clock import Clock, SystemClock
from db.errors import StoreDamaged, StoreError, WatchdeskError
from db.store import FILE_NAME, Store
from db.words import t
from dispatch.begin import begin_empty, begin_from_backup, begin_sample
from dispatch.duty import officers
from dispatch.duty.seats import holder
from dispatch.duty.shifts import current_shift
from dispatch.rules import complete_rules
from dispatch.terms import Post
from resources.people import SYSTEM, Officer
from ui.background import Job, Progress
from ui.desk import Tone
from ui.dialogs.defect import DefectBox
from ui.dialogs.sheet import Sheet
from ui.failing import as_store_error, in_the_window
from ui.look import read_look
from ui.program_log import crashed_before, keep_program_log
from ui.room import DutyRoom
from ui.theme import Theme
from ui.wearing import wear

if TYPE_CHECKING:
    from ui.dialogs.first_start import FirstChoice

log = logging.getLogger(__name__)


def make_application() -> QApplication:
    """The one Qt application of the process."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError(app)
    app.setApplicationName("Watchdesk")
    return app


def run(folder: Path, *, quit_after_first_paint: bool = False) -> int:
    """Open the window on the district in `folder`; returns the exit status."""
    app = make_application()
    keep_program_log(folder)
    died = crashed_before(folder)
    theme = Theme()
    theme.dress(app)
    clock = SystemClock()
    look = read_look(folder)
    wear(look, theme, clock.now())
    if not (folder / FILE_NAME).exists() and not first_start(theme, folder, clock):
        return 0
    words = t("Watchdesk ended by a fault last time. What was entered is safe; the settings have"
              " “Report a problem”.") if died else ""
    while True:
        try:
            return _sit(app, theme, folder, clock, words, once=quit_after_first_paint)
        except StoreError as error:
            log.error("the store cannot be worked with: %s", type(error).__name__)
            told = mend(theme, folder, clock, error, words)
            if told is None:
                return 1
            words = told


def mend(theme: Theme, folder: Path, clock: Clock, error: StoreError, words: str) -> str | None:
    """Ask what is to be done about a record that cannot be opened; `words` came of the last try.

    What is to be told in the window that opens next; None when it was given up.
    """
    if not isinstance(error, StoreDamaged):
        from ui.dialogs.trouble import TroubleDialog

        return "" if TroubleDialog(theme, folder, error).exec() else None
    from ui.dialogs.restore import RestoreBox

    box = RestoreBox(theme, folder, clock, title=t("The record cannot be opened"), lead=t(
        "The record {path} is damaged and was left as it is. Choose a backup to go on with: the"
        " damaged file is kept in the folder “aside”, nothing is deleted.",
        path=folder / FILE_NAME))
    if words:
        box.refuse(words)
    if not box.exec() or box.chosen is None:
        return None
    return put_back(folder, clock, box.chosen.path, box.by)


def put_back(folder: Path, clock: Clock, chosen: Path, by: Officer = SYSTEM) -> str:
    """Restore a backup and say what came of it."""
    try:
        wait_for(lambda progress: begin_from_backup(folder, clock, chosen, by, progress.steps),
                 t("The backup is being restored…"))
    except WatchdeskError as error:
        return str(error)
    return t("Restored from {name}. The record of before is kept in the folder aside.",
             name=chosen.name)


def _sit(app: QApplication, theme: Theme, folder: Path, clock: Clock, words: str, *,
         once: bool) -> int:
    """Work at the desk until the window closes; a restore closes it and opens it anew.

    Raises:
        StoreError: the store cannot be opened, or the backup does not hold.
    """
    while True:
        store, why = open_store(folder, clock)
        try:
            room = DutyRoom(theme, store, present_officer(store))
        except (StoreError, sqlite3.DatabaseError) as error:
            store.close()  # a damaged page shows only when it is read
            raise as_store_error(error, store.path) or error from error
        catch_defects(room)
        asked: list[tuple[Path, Officer]] = []
        room.desk.restore_asked.connect(lambda path, by, a=asked: (
            a.append((path, by)), app.quit()))
        show(room, why or words)
        if once:
            QTimer.singleShot(0, app.quit)
        status = app.exec()
        room.stop()
        store.close()
        if not asked:
            return status
        words = put_back(folder, clock, *asked[0])


def show(room: DutyRoom, why: str) -> None:
    """Bring up the window and say what is not as usual."""
    room.window.resize(1440, 900)
    room.window.show()
    room.tick()
    room.start()
    room.desk_page.quick.setFocus()
    room.intake.restore()
    if room.store.value("select 1 from drill where state = 'running' limit 1"):
        QTimer.singleShot(0, room, room.drilling.take_up)
    if why:
        room.desk.told.emit(Tone.REFUSED, why)
    elif not room.desk.has_officer:
        from ui.dialogs.sign_on import SignOnDialog

        SignOnDialog(room.theme, room.desk, room.window).open()


def open_store(folder: Path, clock: Clock) -> tuple[Store, str]:
    """The district's store, and why it is open for reading only (empty: it is not).

    Raises:
        StoreError: it can be opened in neither way.
    """
    path = folder / FILE_NAME
    try:
        store = Store.open(path, clock)
    except StoreDamaged:
        raise  # a backup is offered, which is more use than half a record to look at
    except StoreError as error:
        try:
            return Store.open(path, clock, read_only=True), str(error)
        except StoreError:
            raise error from None
    complete_rules(store)
    return store, ""


def present_officer(store: Store) -> Officer | None:
    """In the sample district the main officer of the shift sits down without being asked."""
    if not officers.is_sample(store):
        return None
    shift = current_shift(store, store.clock.now())
    seat = holder(store, shift.id, Post.MAIN) if shift else None
    people = officers.officers(store)
    wanted = seat.officer_id if seat else next(iter(people)).id
    if store.read_only:
        return officers.officer(store, wanted)
    try:
        return officers.sign_on_sample(store, wanted)
    except StoreDamaged:
        raise  # a backup is offered
    except WatchdeskError as error:
        log.warning("nobody could be signed on: %s", error)
        return None


def first_start(theme: Theme, folder: Path, clock: Clock) -> bool:
    """Ask how to begin; false when it was given up."""
    from ui.dialogs.first_start import FirstStartDialog
    from ui.dialogs.restore import RestoreBox

    def begin(choice: FirstChoice) -> None:
        wait_for(lambda progress: _begin(folder, clock, choice, progress),
                 t("Making the record…"))

    def ask(parent: QWidget) -> RestoreBox:
        return RestoreBox(theme, folder, clock, lead=t(
            "Choose the backup to go on with."), parent=parent)

    kept = any((folder / FOLDER).glob("*.db"))
    dialog = FirstStartDialog(theme, folder, begin, ask, restore_first=kept)
    return bool(dialog.exec())


def _begin(folder: Path, clock: Clock, choice: FirstChoice, progress: Progress) -> None:
    from ui.dialogs.first_start import Begin

    if choice.begin is Begin.SAMPLE:
        begin_sample(folder, clock, progress)
    elif choice.begin is Begin.EMPTY:
        begin_empty(folder, clock, choice.district, choice.administrator, choice.password)
    elif choice.backup is not None:
        begin_from_backup(folder, clock, choice.backup, choice.by, progress.steps)


def wait_for(work: Callable[[Progress], None], words: str) -> None:
    """Run `work` off the GUI thread behind a progress bar.

    Raises:
        WatchdeskError: what the work refused.
    """
    bar = QProgressDialog(words, "", 0, 100)
    bar.setCancelButton(None)  # half a district is of no use; it takes seconds
    bar.setWindowTitle(t("Watchdesk"))
    bar.setMinimumDuration(300)
    loop, failure = QEventLoop(), list[Exception]()

    def failed(error: Exception) -> None:
        failure.append(error)
        loop.quit()

    job: Job[None] = Job(work, bar)
    job.progressed.connect(lambda part: bar.setValue(round(part * 100)))
    job.done.connect(lambda _result: loop.quit())
    job.refused.connect(failed)
    job.broke.connect(failed)
    job.start()
    loop.exec()
    bar.close()
    if failure:
        raise failure[0]


def catch_defects(room: DutyRoom) -> None:
    """A defect is written to the program log and told beside the work; the words stay. A failing
    store is no defect: it is told with what to do."""
    before: Callable[[type[BaseException], BaseException, TracebackType | None], object]
    before = sys.excepthook
    told: list[DefectBox] = []

    def caught(kind: type[BaseException], error: BaseException,
               trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
            return
        met = as_store_error(error, room.store.path)
        if met is not None:
            log.error("the store failed: %s", met)
            room.desk.told.emit(Tone.REFUSED, in_the_window(met))
            return
        log.critical("a defect", exc_info=(kind, error, trace))
        for sheet in room.window.findChildren(Sheet):
            if sheet.keeper:
                sheet.keeper.flush()
        if told and shiboken6.isValid(told[-1]) and told[-1].isVisible():
            told[-1].again(kind.__name__)
            return
        told[:] = [DefectBox(room.theme, room.desk, kind.__name__, room.window)]
        told[-1].show()

    sys.excepthook = caught
    threading.excepthook = lambda args: log.critical(
        "a defect in a thread", exc_info=(args.exc_type, args.exc_value or args.exc_type(),
                                          args.exc_traceback))
