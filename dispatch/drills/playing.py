"""Playing a script 脚本推演: a drill run without a window, every act exactly at its time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from db.change import RowId
from db.clock import StillClock
from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.drills import acting
from dispatch.drills.keeping import Drill, abandon_drill, drill, prepare_drill
from dispatch.drills.making import make_store
from dispatch.drills.opening import open_drill
from dispatch.drills.script import ScriptAct, ScriptLine, seconds_of
from dispatch.drills.sealing import seal_drill
from dispatch.drills.terms import Point, Result, ScenarioId
from dispatch.events import EventId, open_event
from dispatch.intake import Intake
from dispatch.log import append_entry
from dispatch.orders import OrderLine, order_forces, stamp_stage
from dispatch.reports_up import draft_report, next_sendings, send_report
from dispatch.responses import end_response, start_response
from dispatch.terms import SUBTYPES_OF, EntryKind, EventClass, Level, ReportKind, Stage, Subtype
from resources.people import Officer

Tell = Callable[[str], None]


def play_drill(real: Store, of: ScenarioId, lines: list[ScriptLine], *, pace: float = 0.0,
               tell: Tell = lambda _words: None, by: Officer) -> Drill:
    """Prepare a drill, run it by the script, end it and seal its record.

    `pace` is how many seconds of the drill go by in one real second, 0 without waiting; the
    times of the record are those of the script in any case. A script without an end ends at
    the planned length, or with its last line.

    Raises:
        Refused: what a line asks for is not possible, with its row; the drill is then given
            up as it stands, and its folder is left for looking at.
    """
    made = prepare_drill(real, of, by=by)
    clock = StillClock(real.clock.now())
    make_store(real.path, made, clock, lambda _part: None)
    own = open_drill(made, clock)
    try:
        player = Player(own, clock, made.scenario.place, made.scenario.town, by, pace, tell)
        player.play(lines, made.scenario.length)
        seal_drill(real, own, made.id, by=by)
    except Refused as error:
        abandon_drill(real, made.id, str(error), by=by)
        raise
    finally:
        own.close()
    return drill(real, made.id)


class Player:
    """The hands of director and participants in one drill."""

    def __init__(self, own: Store, clock: StillClock, place: str, town: str, by: Officer,
                 pace: float, tell: Tell) -> None:
        self.own, self.clock, self.place, self.town = own, clock, place, town
        self.by, self.pace, self.tell = by, pace, tell
        self.event: EventId | None = None
        self.orders: dict[str, RowId] = {}

    def play(self, lines: list[ScriptLine], length: float) -> None:
        """Every line at its time; the drill is over when it returns."""
        acting.start_drill(self.own, by=self.by)
        for line in lines:
            self._wait_until(line.t)
            try:
                self._do(line)
            except (Refused, ValueError) as error:
                raise Refused("Row {row} ({act}): {why}", row=line.number, act=line.act,
                              why=error) from error
            self.tell(f"T+{acting.t_text(line.t)}  {line.act} {line.target} {line.text}".rstrip())
        if not lines or lines[-1].act is not ScriptAct.END:
            self._wait_until(max(length, self._t))
            acting.end_drill(self.own, by=self.by)

    @property
    def _t(self) -> float:
        return acting.clock_of(self.own).elapsed()

    def _wait_until(self, when: float) -> None:
        clock = acting.clock_of(self.own)
        self._pass((when - clock.elapsed()) / clock.speed)

    def _pass(self, seconds: float) -> None:
        if seconds > 0:
            if self.pace > 0:
                time.sleep(seconds / self.pace)
            self.clock.move(timedelta(seconds=seconds))

    def _do(self, line: ScriptLine) -> None:
        own, by, target, text = self.own, self.by, line.target, line.text
        match line.act:
            case ScriptAct.INJECT:
                acting.give_inject(own, int(target), by=by)
            case ScriptAct.SKIP:
                acting.skip_inject(own, int(target), text, by=by)
            case ScriptAct.STAMP:
                inject, _, action = target.partition(".")
                result, _, note = text.partition(" ")
                acting.stamp_action(own, int(inject), int(action or 1),
                                    Result(result or Result.DONE), note=note, by=by)
            case ScriptAct.UNSTAMP:
                acting.unstamp(own, by=by)
            case ScriptAct.MARK:
                acting.add_mark(own, text, by=by)
            case ScriptAct.POINT:
                acting.press_point(own, Point(target), by=by)
            case ScriptAct.PAUSE:
                acting.pause_drill(own, text, by=by)
                self._pass(seconds_of(target))
                acting.resume_drill(own, by=by)
            case ScriptAct.SPEED:
                acting.set_speed(own, float(target), by=by)
            case ScriptAct.END:
                acting.end_drill(own, text, by=by)
            case _:
                self._take_part(line)

    def _take_part(self, line: ScriptLine) -> None:
        """What the participants do on the drill's own desk."""
        own, by, target, text = self.own, self.by, line.target, line.text
        match line.act:
            case ScriptAct.EVENT:
                self.event = open_event(own, self._intake(target, text), by=by).id
            case ScriptAct.LOG:
                append_entry(own, text, kind=EntryKind(target), event=self.event, by=by)
            case ScriptAct.REPORT:
                self._report(ReportKind(target))
            case ScriptAct.RESPONSE:
                start_response(own, self._event, int(target), measures=text,
                               expected=t("2 hours"), approver=by.name, by=by)
            case ScriptAct.LIFT:
                end_response(own, self._event, approver=by.name, reason=text, by=by)
            case ScriptAct.ORDER:
                made = order_forces(own, self._event, [OrderLine(self._force(target), text)],
                                    by=by)
                self.orders[target] = made[0].id
            case _:
                if target not in self.orders:
                    raise Refused("{force} has no order in this drill.", force=target)
                stamp_stage(own, self.orders[target], Stage(text), by=by)  # type: ignore[arg-type]

    @property
    def _event(self) -> EventId:
        if self.event is None:
            raise Refused("No event is taken in yet in this drill.")
        return self.event

    def _intake(self, target: str, title: str) -> Intake:
        name, _, level = target.partition(":")
        kind = Subtype(name)
        class_ = next(c for c in EventClass if kind in SUBTYPES_OF[c])
        return Intake(class_, kind, title, self.town, self.place, reporter=self.by.name,
                      level=Level(int(level)) if level else None,
                      level_basis=t("drill|As the scenario says") if level else "")

    def _report(self, kind: ReportKind) -> None:
        draft_report(self.own, self._event, kind, by=self.by)
        waiting = [s.id for s in next_sendings(self.own, self._event) if s.kind is kind]
        send_report(self.own, waiting, by=self.by)

    def _force(self, name: str) -> RowId:
        found = self.own.value("select id from force where name = :name and active = 1",
                               name=name)
        if found is None:
            raise Refused("There is no force {force}.", force=name)
        return RowId(found)
