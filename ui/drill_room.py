"""The drill's room 演练室: the same screens on the drill's store, in a window of its own colour."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, Signal

from db.change import Change
from db.errors import WatchdeskError
from db.store import Store
from db.words import mark, t
from dispatch.deadlines import note_overdue
from dispatch.drills import acting
from dispatch.drills.keeping import Drill
from dispatch.drills.opening import keep_beat, note_sleep
from dispatch.drills.run import RunState
from dispatch.drills.terms import FORM_NAMES, PURPOSE_NAMES
from resources.people import Officer
from ui.desk import Tone
from ui.entries import Entry
from ui.main_window import MainWindow
from ui.page import Page
from ui.room import DutyRoom
from ui.room_pages import room_pages
from ui.theme import Theme
from ui.widgets.fbar import StatusText

NOT_HERE = frozenset({"settings", "audit", "drills", "drill_record", "drillplan", "drilleval",
                      "drilltemplates", "drillreport", "drillcompare"})
"""Pages of the real desk only: backups and rules are not a drill's, nor are other drills."""
BEAT_SECONDS = 1.0


class DrillRoom(DutyRoom):
    """`real_asked`: back to the real desk (F11). `ended`: the drill is over and may be sealed.
    `closed`: the window was closed."""

    real_asked = Signal()
    ended = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, store: Store, officer: Officer | None, drill: Drill) -> None:
        self.drill, self._beat = drill, 0.0
        super().__init__(theme, store, officer)
        self.window.real_asked.connect(self.real_asked)
        self.window.installEventFilter(self)
        self._name()
        if acting.present_run(store).state is RunState.READY:
            self.window.show_page("briefing")

    def make_window(self) -> MainWindow:
        def run_page() -> Page:
            from ui.pages.drill_run_page import DrillRunPage

            return DrillRunPage(self.theme, self.desk)

        def briefing() -> Page:
            from ui.pages.drill_briefing_page import DrillBriefingPage

            return DrillBriefingPage(self.theme, self.desk)

        pages = [Entry("drill", mark("page|Drill"), "target-arrow", run_page),
                 Entry("briefing", mark("Briefing"), "target-arrow", briefing, rail=False),
                 *(e for e in room_pages(self.theme, self.desk) if e.key not in NOT_HERE)]
        return MainWindow(self.theme, pages, [self._officer_item()], self.actions, drill=True)

    def _name(self) -> None:
        of = self.drill
        name = t("{number}  {title}  {form} · {purpose}", number=of.number, title=of.title,
                 form=t(FORM_NAMES[of.form]), purpose=t(PURPOSE_NAMES[of.scenario.purpose]))
        self.window.banner.set_name(name)
        self.window.fbar.set_status([StatusText(t("Drill store {number}", number=of.number),
                                                "database")])
        self.window.restyle()

    def show_real(self, events: int) -> None:
        """Say in the banner how many real events came since the drill began."""
        self.window.banner.set_real(events)

    # life

    def _on_second(self) -> None:
        super()._on_second()
        if time.monotonic() - self._beat >= BEAT_SECONDS:
            self._beat = time.monotonic()
            self.beat()

    def beat(self) -> None:
        """A sign of life, and a look whether the machine slept."""
        run = acting.present_run(self.store)
        if run.state not in {RunState.RUNNING, RunState.PAUSED}:
            return
        try:
            slept = note_sleep(self.store)
        except WatchdeskError as error:
            self.desk.told.emit(Tone.REFUSED, str(error))
            return
        keep_beat(self.store)
        if slept:
            self.desk.told.emit(Tone.REFUSED, t(
                "The machine slept for {span}. T+ stood meanwhile, and it is marked.",
                span=acting.t_text(slept)))

    def ring(self) -> None:
        """What runs over in the drill is noted in the drill; here nothing is backed up, and the
        clock is never hidden behind a lock."""
        now = self.desk.now()
        if acting.present_run(self.store).state is RunState.RUNNING:
            self.desk.act(lambda: note_overdue(self.store, now))
            self.notices.look()

    def refresh(self, change: object | None) -> None:
        super().refresh(change)
        if isinstance(change, Change) and change.verb == "drill.end":
            self.ended.emit()

    def _on_look(self) -> None:
        super()._on_look()
        self._name()

    def stop(self) -> None:
        self.window.removeEventFilter(self)
        keep_beat(self.store)
        super().stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.window and event.type() == QEvent.Type.Close:
            self.closed.emit()
        return super().eventFilter(watched, event)
