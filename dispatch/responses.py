"""Emergency response 应急响应: started, adjusted and ended with what the law asks to state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import mark, t
from dispatch.events import Event, EventId, event
from dispatch.grading import need_open
from dispatch.log import append_to, check_not_future
from dispatch.terms import EntryKind
from resources.localtime import moment_text
from resources.people import DESK, Officer, allowed
from resources.plan_keeping import Level, levels


class ResponseAct(StrEnum):
    START = "start"    # 启动
    ADJUST = "adjust"  # 调整
    END = "end"        # 终止


ACT_NAMES = {ResponseAct.START: mark("response|Started"),
             ResponseAct.ADJUST: mark("response|Adjusted"),
             ResponseAct.END: mark("response|Ended")}


@dataclass(frozen=True, slots=True)
class ResponseStep:
    """One step of a response: level 1 is the highest; `matters` 响应事项, `expected` 预计期限."""

    id: RowId
    act: ResponseAct
    level: int
    plan: str
    matters: str
    expected: str
    measures: str
    approver: str
    reason: str
    at: datetime
    officer: str


@allowed(*DESK)
def start_response(store: Store, id: EventId, level: int, plan: RowId | None = None, *,  # noqa: A002
                   measures: str, expected: str, approver: str, matters: str = "",
                   reason: str = "", at: datetime | None = None, by: Officer) -> Event:
    """Start a response, or adjust the one that runs.

    What must be stated is by the 突发事件应对法 2024, Art. 71-72: matters (the event when not
    given), level, expected length and measures.

    Raises:
        Refused: a level that the plan does not have, something not stated, nothing adjusted,
            a future time or one before the event or the last step.
    """
    old = need_open(store, id)
    _check_level(store, level, plan)
    for name, text in (("measures", measures), ("expected", expected), ("approver", approver)):
        if not text.strip():
            raise Refused("Starting a response must state the measures, how long it is expected"
                          " to last, and who approved it.", field=name)
    when = _check_time(store, old, at)
    act = ResponseAct.START if old.response_level is None else ResponseAct.ADJUST
    with store.change("event.response", by) as tx:
        name = _plan_name(tx, plan)
        tx.update("event", id, response_level=level, response_plan_id=plan,
                  response_at=to_text(when), response_by=approver.strip())
        tx.insert("response", {
            "event_id": id, "plan_id": plan, "act": act, "level": level,
            "matters": matters.strip() or old.title, "expected": expected.strip(),
            "measures": measures.strip(), "approver": approver.strip(),
            "reason": reason.strip(), "at": to_text(when), "officer": by.name})
        words = t("Response level {level} {verb}, approved by {approver}, expected {expected};"
                  " measures: {measures}", level=level, approver=approver.strip(),
                  verb=t("started") if act is ResponseAct.START else t("changed"),
                  expected=expected.strip(), measures=measures.strip())
        append_to(tx, f"{name}{words}", kind=EntryKind.RESPONSE, at=when, event=id, by=by)
    return event(store, id)


@allowed(*DESK)
def end_response(store: Store, id: EventId, *, approver: str, reason: str = "",  # noqa: A002
                 at: datetime | None = None, by: Officer) -> Event:
    """End the response that is running.

    Raises:
        Refused: none is running, nobody approved it, or a time as for a start.
    """
    old = event(store, id)
    if old.response_level is None:
        raise Refused("No response is running for event {number}.", number=old.number)
    if not approver.strip():
        raise Refused("Say who approved ending the response.", field="approver")
    when = _check_time(store, old, at)
    with store.change("event.response", by) as tx:
        tx.update("event", id, response_level=None)
        tx.insert("response", {
            "event_id": id, "plan_id": old.response_plan_id, "act": ResponseAct.END,
            "level": old.response_level, "matters": old.title, "approver": approver.strip(),
            "reason": reason.strip(), "at": to_text(when), "officer": by.name})
        words = t("Response ended, approved by {approver}", approver=approver.strip())
        append_to(tx, f"{words}{t(': ')}{reason.strip()}" if reason.strip() else words,
                  kind=EntryKind.RESPONSE, at=when, event=id, by=by)
    return event(store, id)


def responses(store: Store, id: EventId) -> list[ResponseStep]:  # noqa: A002
    """The steps of an event's responses, oldest first."""
    return [ResponseStep(
        RowId(r["id"]), ResponseAct(r["act"]), r["level"], r["plan"] or "", r["matters"],
        r["expected"], r["measures"], r["approver"], r["reason"], from_text(r["at"]),
        r["officer"]) for r in store.read("""select s.*, p.name as plan from response s
        left join plan p on p.id = s.plan_id where s.event_id = :id order by s.at, s.id""", id=id)]


def plan_levels(store: Store, plan: RowId | None) -> list[Level]:
    """The response levels of a plan, highest first; one to four where it names none."""
    found = levels(store, plan) if plan is not None else []
    return sorted(found, key=lambda x: x.level) or [Level(n, "") for n in (1, 2, 3, 4)]


def step_text(step: ResponseStep) -> str:
    """`11-23 21:47 Started, level 3, approved by …` in one line."""
    return t("{time} {act}, level {level}, approved by {approver}", time=moment_text(step.at),
             act=t(ACT_NAMES[step.act]), level=step.level, approver=step.approver)


def _check_level(store: Store, level: int, plan: RowId | None) -> None:
    known = [x.level for x in plan_levels(store, plan)]
    if level not in known:
        if known == [1, 2, 3, 4]:
            raise Refused("A response has the level 1 to 4.", field="level")
        raise Refused("This plan has the levels {levels}.", field="level",
                      levels=t(", ").join(str(n) for n in known))


def _check_time(store: Store, old: Event, at: datetime | None) -> datetime:
    when = check_not_future(at, store.clock.now())
    steps = responses(store, old.id)
    last = max([old.received_at, *(s.at for s in steps)])
    if when < last:
        raise Refused("{time} is before the event was reported or the last step of the response"
                      " at {last}.", field="at", time=moment_text(when, year=True),
                      last=moment_text(last, year=True))
    return when


def _plan_name(tx: Transaction, plan: RowId | None) -> str:
    if plan is None:
        return ""
    row = tx.run("select name from plan where id = :id", id=plan).fetchone()
    if row is None:
        raise Refused("There is no such plan.", field="plan")
    return t("By plan {name}: ", name=row["name"])
