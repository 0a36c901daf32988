"""Drilling 演练并行: a drill's window opened beside the real desk, sealed when it is over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from db.change import Change, Op
from db.errors import WatchdeskError
from db.store import Store
from db.words import t
from dispatch.drills.acting import present_run
from dispatch.drills.keeping import Drill, drill, drills, note_state
from dispatch.drills.making import make_store
from dispatch.drills.opening import open_drill
from dispatch.drills.run import RunState
from dispatch.drills.sealing import seal_drill
from dispatch.drills.terms import DrillId, DrillState
from ui.background import Progress
from ui.desk import Tone
from ui.drill_room import DrillRoom
from ui.room import DutyRoom

SIZE = (1440, 900)


class Drilling(QObject):
    """At most one drill runs beside the desk `real`; F11 in its window comes back here."""

    def __init__(self, real: DutyRoom) -> None:
        super().__init__(real)
        self.real = real
        self.room: DrillRoom | None = None
        self._events = 0
        real.desk.changed.connect(self._on_real)

    @property
    def running(self) -> DrillId | None:
        """The drill whose window is open."""
        return self.room.drill.id if self.room is not None else None

    def open(self, id: DrillId) -> None:  # noqa: A002 - the reader's own word
        """Make the drill's store if it has none yet, and open its window."""
        if self.room is not None:
            if self.room.drill.id != id:
                self._tell(Tone.REFUSED, t("Drill {number} is open. Close its window first.",
                                           number=self.room.drill.number))
            self.show_drill()
            return
        of = self.real.desk.act(lambda: drill(self.real.store, id))
        if of is None:
            return
        if of.state is not DrillState.PREPARED:
            self._enter(of)
            return
        district, clock = self.real.store.path, self.real.store.clock

        def work(progress: Progress) -> Path:
            return make_store(district, of, clock, progress)

        self.real.desk.begin(t("Making the drill's store"), work, lambda _path: self._enter(of))

    def take_up(self) -> None:
        """After a crash: go on with the drill that was running."""
        waiting = drills(self.real.store, states=(DrillState.RUNNING,))
        if waiting and not self.real.store.read_only:
            self.open(waiting[0].id)

    def _enter(self, of: Drill) -> None:
        own = self.real.desk.act(lambda: open_drill(of, self.real.store.clock))
        if own is None:
            return
        officer = self.real.desk.officer if self.real.desk.has_officer else None
        room = self.room = DrillRoom(self.real.theme, own, officer, of)
        self._events = 0
        room.real_asked.connect(self.show_real)
        room.ended.connect(self._later(self.seal))
        room.closed.connect(self._later(self.close))
        room.desk.changed.connect(self._on_drill)
        room.window.resize(*SIZE)
        room.window.show()
        room.tick()
        room.start()
        if present_run(own).state is RunState.ENDED:
            self.seal()  # it ended, and could not be sealed then

    def _later(self, act: Callable[[], None]) -> Callable[[], None]:
        """Do it once the present event has been dealt with."""
        return lambda: QTimer.singleShot(0, self, act)

    # between the two windows

    def show_drill(self) -> None:
        if self.room is not None:
            self._front(self.room)

    def show_real(self) -> None:
        """The real desk comes to the front; an event that waits there is in view."""
        self._events = 0
        if self.room is not None:
            self.room.show_real(0)
        self.real.window.show_page("desk")
        self._front(self.real)

    def _front(self, room: DutyRoom) -> None:
        room.window.show()
        room.window.raise_()
        room.window.activateWindow()

    def _on_real(self, change: object) -> None:
        """Count the real events that come in while the drill is in front."""
        if self.room is None or not isinstance(change, Change):
            return
        new = sum(x.table == "event" and x.op is Op.INSERT for x in change.touched)
        if new:
            self._events += new
            self.room.show_real(self._events)

    def _on_drill(self, change: object) -> None:
        """The real store knows from the drill's start on that it runs."""
        if self.room is None or not isinstance(change, Change) or change.verb != "drill.start":
            return
        self._note(self.room, DrillState.RUNNING)

    def _note(self, room: DrillRoom, state: DrillState) -> None:
        by = room.desk.officer
        at = room.store.clock.now()
        self.real.desk.act(lambda: note_state(self.real.store, room.drill.id, state, started=at,
                                              by=by))

    # the end

    def seal(self) -> None:
        """The drill has ended: its record goes into the real store."""
        if self.room is None:
            return
        room, by = self.room, self.room.desk.officer
        try:
            record = seal_drill(self.real.store, room.store, room.drill.id, by=by)
        except WatchdeskError as error:
            room.desk.told.emit(Tone.REFUSED, str(error))
            self._tell(Tone.REFUSED, str(error))
            return
        words = t("Drill {number} is sealed: {given} of {n} injects given, {marks} marks.",
                  number=record.number, given=sum(i.t is not None for i in record.injects),
                  n=len(record.injects), marks=len(record.marks))
        room.desk.told.emit(Tone.DONE, words)
        self._tell(Tone.DONE, words)

    def close(self) -> None:
        """Put the drill's window away; one that still runs can be taken up again."""
        room, self.room = self.room, None
        if room is None:
            return
        going = _going(room.store)
        room.stop()
        room.store.close()
        room.window.deleteLater()
        room.deleteLater()
        if going:
            self._tell(Tone.REFUSED, t("Drill {number} has not ended. Open it again on the page"
                                       " Drills; the time in between is marked as downtime.",
                                       number=room.drill.number))

    def _tell(self, tone: Tone, words: str) -> None:
        self.real.desk.told.emit(tone, words)


def _going(store: Store) -> bool:
    return present_run(store).state in {RunState.RUNNING, RunState.PAUSED}
