"""The room 值班室: one store's desk, pages and window put together, ticking and ringing."""

from __future__ import annotations

import functools
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction

from db.change import Change
from db.store import Store
from db.words import t
from dispatch.deadlines import note_overdue
from dispatch.duty.shifts import ShiftState, current_shift, ensure_shift
from dispatch.events import open_events
from resources.people import DESK, Officer
from ui.background import Job
from ui.bar_facts import bar_facts
from ui.carrying import Carrying
from ui.desk import Desk, Tone
from ui.dialogs.intakes import Intakes
from ui.lock import Lock
from ui.look import Colors, read_look
from ui.main_window import MainWindow
from ui.notices import Notices
from ui.page import make_action
from ui.room_pages import room_pages
from ui.safekeeping import Safekeeping
from ui.theme import Theme
from ui.warming import warm
from ui.wearing import palette_of, wear
from ui.widgets.message_line import MessageLine
from ui.widgets.rail import RailItem

if TYPE_CHECKING:
    from dispatch.bell import Bell
    from dispatch.drills.terms import DrillId
    from ui.dialogs.stage_board import StageBoard
    from ui.drilling import Drilling
    from ui.pages.desk_page import DeskPage
    from ui.pages.event_page import EventPage
    from ui.pages.handover_page import HandoverPage
    from ui.pages.preview_page import PreviewPage
    from ui.pages.settings_page import SettingsPage

log = logging.getLogger(__name__)
RING_SECONDS = 5
SOON, SOON_MS = ("event", "events"), 500
"""Pages that are made behind the first window, and the pause between two."""
BELL_AFTER_MS = 300
"""The scheduler loads behind the first window: the list of what is due is read at once anyway."""


class DutyRoom(QObject):
    """Everything around one store. The bell rings in a thread of its own and only wakes it."""

    rang = Signal()

    def __init__(self, theme: Theme, store: Store, officer: Officer | None) -> None:
        super().__init__()
        self.theme, self.store = theme, store
        self.desk = Desk(store, officer, self)
        self.actions = self._make_actions()
        self._reword()
        self.window = self.make_window()
        self.messages = MessageLine(theme, self.desk, self.window.centralWidget())
        self.window.wall_toggled.connect(self.messages.stand_aside)
        self.notices = Notices(theme, self.desk)
        self.intake = Intakes(theme, self.desk, self.window)
        self.carrying = Carrying(self.desk)
        self.lock = Lock(theme, self.desk, self.window, self)
        self.window.addAction(self.lock_action)
        self.safe = Safekeeping(self.desk, self.window.fbar)
        self._connect()
        self.refresh(None)

    # the pages that the room itself speaks to

    @property
    def desk_page(self) -> DeskPage:
        return cast("DeskPage", self.window.pages["desk"])

    @property
    def event_page(self) -> EventPage:
        return cast("EventPage", self.window.pages["event"])

    @property
    def handover_page(self) -> HandoverPage:
        return cast("HandoverPage", self.window.pages["handover"])

    @property
    def preview(self) -> PreviewPage:
        return cast("PreviewPage", self.window.pages["preview"])

    @property
    def settings_page(self) -> SettingsPage:
        return cast("SettingsPage", self.window.pages["settings"])

    # putting together

    def make_window(self) -> MainWindow:
        return MainWindow(self.theme, room_pages(self.theme, self.desk), [self._officer_item()],
                          self.actions)

    @functools.cached_property
    def drilling(self) -> Drilling:
        """The drill beside this desk, if one is asked for."""
        from ui.drilling import Drilling

        return Drilling(self)

    def _open_drill(self, drill: DrillId) -> None:
        self.drilling.open(drill)

    def _officer_item(self) -> RailItem:
        name = self.desk.officer.name if self.desk.has_officer else t("Sign on")
        return RailItem("officer", name, "user-check", low=True, page=False)

    def _make_actions(self) -> list[QAction]:
        self._verbs = {
            "F1": self.help, "F2": self.take_in, "F3": self.record,
            "F4": lambda: self._on_event("F4"), "F5": self.stages,
            "F6": lambda: self._on_event("F6"), "F7": self.roll_call,
            "F8": lambda: self._on_event("F8"), "F9": self.hand_over,
            "F10": self.show_shift, "F12": self.sign_on}
        self.lock_action = make_action(self, "", "Ctrl+L", self.desk.lock_asked.emit)
        return [make_action(self, "", key, verb) for key, verb in self._verbs.items()]

    def _reword(self) -> None:
        words = {
            "F1": t("Help"), "F2": t("Take in"), "F3": t("verb|Log"), "F4": t("Dispatch"),
            "F5": t("Stage"), "F6": t("Instruction"), "F7": t("Roll call"),
            "F8": t("verb|Report"), "F9": t("Hand over"), "F10": t("Shift"),
            "F12": t("Sign on / lock")}
        self.lock_action.setText(t("Lock the desk"))
        for action in self.actions:
            action.setText(words[action.shortcut().toString()])

    def _connect(self) -> None:
        self.desk.changed.connect(self.refresh)
        self.desk.signed_on.connect(self._on_signed_on)
        self.desk.drill_asked.connect(self._open_drill)
        self.window.search_asked.connect(self.search)
        self.window.low_chosen.connect(lambda _key: self.sign_on())
        self.theme.changed.connect(self._on_look)
        self.intake.opened.connect(lambda event: self.window.show_page("event", event.id))
        self.rang.connect(self.ring, Qt.ConnectionType.QueuedConnection)
        self.bell: Bell | None = None
        self._second = QTimer(self)
        self._second.setInterval(250)
        self._second.timeout.connect(self._on_second)
        self._shown_second = -1
        self._before_bell = QTimer(self)
        self._before_bell.setSingleShot(True)
        self._before_bell.setInterval(BELL_AFTER_MS)
        self._before_bell.timeout.connect(self._start_bell)

    # life

    def start(self) -> None:
        """Take the watch, let the clock run and the bell ring."""
        self.take_the_watch()
        self._second.start()
        self._before_bell.start()

    def _start_bell(self) -> None:
        if not self._second.isActive():
            return  # the window was closed meanwhile
        from dispatch.bell import Bell

        self.bell = Bell(self.rang.emit, RING_SECONDS)
        self.bell.start()
        self.carrying.start()
        warming: Job[None] = Job(warm, self.desk)
        warming.done.connect(lambda _none: self._make_soon(*SOON))
        self.desk.follow(warming, "", quiet=True)

    def _make_soon(self, *keys: str) -> None:
        """Make the pages that a night opens first, one at a time, while nobody waits for them."""
        if keys and self._second.isActive():
            self.window.pages[keys[0]]
            QTimer.singleShot(SOON_MS, self, lambda: self._make_soon(*keys[1:]))

    def stop(self) -> None:
        if "drilling" in self.__dict__:
            self.drilling.close()
        self._second.stop()
        self._before_bell.stop()
        if self.bell is not None:
            self.bell.stop()
        self.carrying.close()
        self.lock.close()
        self.theme.changed.disconnect(self._on_look)
        self.desk.close()
        self.window.close()

    def _on_second(self) -> None:
        now = self.desk.now()
        if int(now.timestamp()) != self._shown_second:
            self._shown_second = int(now.timestamp())
            self.window.tick(now)

    def tick(self) -> None:
        """Show the instant that it is now everywhere."""
        self.window.tick(self.desk.now())

    def ring(self) -> None:
        """Read what is due anew: note what ran over, and keep a copy every hour."""
        now = self.desk.now()
        self.lock.look()
        if (facts := bar_facts(self.store, now)) != self.window.shift_bar.facts:
            self.window.shift_bar.set_facts(facts)  # such as a warning that ran out
        if self.store.read_only:
            return
        late = self.desk.act(lambda: note_overdue(self.store, now)) or ()
        if late and read_look(self.store.path.parent).sound:
            self.notices.play()
        self.notices.look()
        for due in late:
            log.info("overdue noted: %s", due.key)
        self.safe.ring(now)
        look = read_look(self.store.path.parent)
        if look.colors is Colors.AUTO and palette_of(look, now) is not self.theme.palette:
            wear(look, self.theme, now)

    # what is shown around the pages

    def refresh(self, change: object | None) -> None:
        """Take in a commit: the page in view now, the others when they are shown."""
        self.window.refresh(change)
        if isinstance(change, Change) and change.tables() <= {"log"}:
            return
        self.window.shift_bar.set_facts(bar_facts(self.store, self.desk.now()))
        self.window.rail.set_badge("events", len(open_events(self.store)))

    def _on_watch(self) -> bool:
        shift = current_shift(self.store, self.desk.now())
        return shift is not None and shift.state is ShiftState.OPEN

    def take_the_watch(self) -> None:
        """Open the shift that should be on watch, if it is not; a new district has none yet."""
        desk = self.desk
        if (not self.store.read_only and desk.has_officer and desk.officer.roles & set(DESK)
                and not self._on_watch()):
            desk.act(lambda: ensure_shift(self.store, desk.now(), by=desk.officer))

    def _on_signed_on(self, officer: Officer | None) -> None:
        self.take_the_watch()
        self.window.rail.set_words("officer", officer.name if officer else t("Locked"))
        self.refresh(None)

    def _on_look(self) -> None:
        self._reword()
        name = self.desk.officer.name if self.desk.has_officer else t("Sign on")
        self.window.rail.set_words("officer", name)
        self.window.shift_bar.set_facts(bar_facts(self.store, self.desk.now()))
        self.safe.show()

    # the keys that hold everywhere

    def help(self) -> None:
        from ui.dialogs.help import HelpDialog

        HelpDialog(self.theme, self.shown_actions(), self.window).open()

    def shown_actions(self) -> Sequence[QAction]:
        return [*self.actions, self.window.wall_action, self.window.search_action, self.lock_action,
                *self.window.page.actions_shown()]

    def take_in(self) -> None:
        """F2: a new intake beside those that are half typed."""
        self.intake.ask()

    def record(self) -> None:
        self.window.show_page("desk")
        self.desk_page.quick.setFocus()

    def stages(self) -> None:
        """F5 on any page but the event's: the stages of all forces that are out."""
        from ui.dialogs.stage_board import StageBoard

        self._board: StageBoard = StageBoard(self.theme, self.desk, self.window)
        self._board.present()

    def roll_call(self) -> None:
        """F7: the roll call that is under way or due."""
        self.window.show_page("rollcall", "now")

    def hand_over(self) -> None:
        """F9: the handover of the shift on watch, whichever was looked at before."""
        self.window.show_page("handover")
        self.handover_page.show_current()

    def show_shift(self) -> None:
        """F10: the people of the shift on watch."""
        shift = current_shift(self.store, self.desk.now())
        if shift is None or shift.state is not ShiftState.OPEN:
            self.desk.told.emit(Tone.REFUSED, t("No shift is on watch. Sign on (F12) opens one."))
            return
        from ui.dialogs.shift import ShiftSheet

        sheet = ShiftSheet(self.theme, self.desk, self.window, shift)
        sheet.again = self.show_shift
        sheet.present("weather")

    def search(self) -> None:
        from ui.dialogs.search import SearchDialog

        dialog = SearchDialog(self.theme, self.desk, self.window)
        dialog.go.connect(self.window.show_page)
        dialog.open()

    def sign_on(self) -> None:
        from ui.dialogs.sign_on import SignOnDialog

        SignOnDialog(self.theme, self.desk, self.window).open()

    def _on_event(self, key: str) -> None:
        """Do on the chosen event what `key` does on its page."""
        event = self.desk_page.chosen_event()
        if event is None:
            self.desk.told.emit(Tone.REFUSED, t("No event is open. F2 takes one in."))
            return
        self.window.show_page("event", event)
        for action in self.event_page.actions_shown():
            if action.shortcut().toString() == key:
                action.trigger()
