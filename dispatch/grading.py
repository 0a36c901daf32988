"""Grading 定级与伤亡: levels confirmed by a person, the casualty series, responses started."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.events import Event, EventId, counts_of, event, put_counts
from dispatch.levels import COUNT_NAMES, Counts, LevelSuggestion, level_rules, suggest_level
from dispatch.log import append_to, check_not_future
from dispatch.sendings import schedule_first, schedule_supplement
from dispatch.terms import LEVEL_NAMES, NOT_GRADED, EntryKind, EventState, Level
from resources.localtime import moment_text
from resources.people import DESK, Officer, allowed
from resources.rules import rule


@dataclass(frozen=True, slots=True)
class CountsAt:
    """One point of the casualty curve."""

    at: datetime
    counts: Counts
    note: str


def suggestion(store: Store, of: Event) -> LevelSuggestion:
    """What the event's latest counts suggest under the rules in force."""
    return suggest_level(of.counts, of.subtype, level_rules(store))


@allowed(*DESK)
def confirm_level(store: Store, id: EventId, level: Level | None, *,  # noqa: A002
                  basis: str = "", by: Officer) -> Event:
    """Set the level (None: not graded); reports not sent yet get the new level's times.

    Raises:
        Refused: the event is not open, or already has this level.
    """
    old = need_open(store, id)
    if old.level == level and old.level_at is not None:
        raise Refused("Event {number} already has the level {level}.", field="level",
                      number=old.number, level=level_name(level))
    with store.change("event.level", by) as tx:
        tx.update("event", id, level=level, level_basis=basis.strip(), level_by=by.id,
                  level_at=to_text(store.clock.now()))
        words = t("Level {old} → {new}", old=level_name(old.level), new=level_name(level))
        if basis.strip():
            words = t("{what} ({basis})", what=words, basis=basis.strip())
        append_to(tx, words, kind=EntryKind.LEVEL, event=id, by=by)
        if old.origin != "replay":
            schedule_first(tx, id, report_start(store, old), level, old.class_)
    return event(store, id)


def report_start(store: Store, of: Event) -> datetime:
    """The instant from which first reports count down: reception, or by rule occurrence."""
    if rule(store, "report.start", of.received_at).value == "occurred" and of.occurred_at:
        return of.occurred_at
    return of.received_at


@allowed(*DESK)
def record_casualties(store: Store, id: EventId, counts: Counts, *,  # noqa: A002
                      at: datetime | None = None, note: str = "", by: Officer) -> Event:
    """Add a point to the casualty series; the log shows what changed.

    Raises:
        Refused: a number below zero, nothing changed, a future time, or the event is not open.
    """
    old = _need_countable(store, id, counts)
    counts.check()
    when = check_not_future(at, store.clock.now())
    if when < old.received_at:
        raise Refused("{time} is before the event was reported at {received}.", field="at",
                      time=moment_text(when, year=True),
                      received=moment_text(old.received_at, year=True))
    changed = delta_text(old.counts, counts)
    if not changed:
        raise Refused("The numbers are the same as before.", field="dead")
    with store.change("event.casualties", by) as tx:
        put_counts(tx, id, counts, when, note.strip())
        words = changed if not note.strip() else t("{what} ({basis})", what=changed,
                                                   basis=note.strip())
        append_to(tx, words, kind=EntryKind.CASUALTY, at=when, event=id, by=by)
        if old.state == EventState.CLOSED:
            schedule_supplement(tx, id, store.clock.now(), old.level, old.class_)
    return event(store, id)


def _need_countable(store: Store, id: EventId, counts: Counts) -> Event:  # noqa: A002
    """The event, open, or closed and within the days in which a changed number of deaths is
    reported again 补报 (State Council Order 493, Art. 13).

    Raises:
        Refused: it is merged, or closed and no deaths changed, or the days are over.
    """
    old = event(store, id)
    if old.state != EventState.CLOSED or old.closed_at is None or counts.dead == old.counts.dead:
        return need_open(store, id)
    days = rule(store, "report.death_days", old.received_at).value
    most = int(days.get(old.subtype, days["other"]))
    if store.clock.now() - (old.occurred_at or old.received_at) > timedelta(days=most):
        raise Refused("A changed number of deaths is reported again within {n} days; they are"
                      " over. Reopen the event first.", field="dead", n=most)
    return old


def delta_text(old: Counts, new: Counts) -> str:
    """What changed, in words: `Dead 3 (+1), Missing 0 (−2)`; empty when nothing did. Pure."""
    parts = []
    for name, value in asdict(new).items():
        before, after = asdict(old)[name] or 0, value or 0
        if before == after:
            continue
        sign = "+" if after > before else "−"
        parts.append(t("{what} {n} ({delta})", what=t(COUNT_NAMES[name]), n=f"{after:,.0f}",
                       delta=f"{sign}{abs(after - before):,.0f}"))
    return t(", ").join(parts)


def casualties(store: Store, id: EventId) -> list[CountsAt]:  # noqa: A002
    """The casualty series of an event, oldest first."""
    return [CountsAt(from_text(r["at"]), counts_of(r), r["note"]) for r in store.read(
        "select * from casualty where event_id = :id order by at, id", id=id)]


@allowed(*DESK)
def start_response(store: Store, id: EventId, level: int, plan: RowId | None = None, *,  # noqa: A002
                   measures: str, expected: str, approver: str,
                   at: datetime | None = None, by: Officer) -> Event:
    """Start or change the emergency response 应急响应: level, expected length, measures.

    What must be stated is by the 突发事件应对法 2024, Art. 71-72; level 1 is the highest.

    Raises:
        Refused: level not 1 to 4, or no measures, length or approver; a future time.
    """
    old = need_open(store, id)
    if level not in (1, 2, 3, 4):
        raise Refused("A response has the level 1 to 4.", field="level")
    for name, text in (("measures", measures), ("expected", expected), ("approver", approver)):
        if not text.strip():
            raise Refused("Starting a response must state the measures, how long it is expected"
                          " to last, and who approved it.", field=name)
    when = check_not_future(at, store.clock.now())
    with store.change("event.response", by) as tx:
        name = _plan_name(tx, plan)
        tx.update("event", id, response_level=level, response_plan_id=plan,
                  response_at=to_text(when), response_by=approver.strip())
        words = t("Response level {level} {verb}, approved by {approver}, expected {expected};"
                  " measures: {measures}", level=level, approver=approver.strip(),
                  verb=t("started") if old.response_level is None else t("changed"),
                  expected=expected.strip(), measures=measures.strip())
        append_to(tx, f"{name}{words}", kind=EntryKind.RESPONSE, at=when, event=id, by=by)
    return event(store, id)


@allowed(*DESK)
def end_response(store: Store, id: EventId, *, approver: str,  # noqa: A002
                 at: datetime | None = None, by: Officer) -> Event:
    """End the response that is running.

    Raises:
        Refused: none is running, nobody approved it, or a future time.
    """
    old = event(store, id)
    if old.response_level is None:
        raise Refused("No response is running for event {number}.", number=old.number)
    if not approver.strip():
        raise Refused("Say who approved ending the response.", field="approver")
    when = check_not_future(at, store.clock.now())
    with store.change("event.response", by) as tx:
        tx.update("event", id, response_level=None)
        append_to(tx, t("Response ended, approved by {approver}", approver=approver.strip()),
                  kind=EntryKind.RESPONSE, at=when, event=id, by=by)
    return event(store, id)


def need_open(store: Store, id: EventId) -> Event:  # noqa: A002
    """The event, if it is open.

    Raises:
        Refused: it is closed or merged.
    """
    found = event(store, id)
    if found.state == EventState.MERGED and found.merged_into is not None:
        raise Refused("Event {number} was merged into {kept}. Write it there.",
                      number=found.number, kept=event(store, found.merged_into).number)
    if found.state != EventState.OPEN:
        raise Refused("Event {number} is closed; reopen it first.", number=found.number)
    return found


def level_name(level: Level | None) -> str:
    return t(LEVEL_NAMES[level]) if level else t(NOT_GRADED)


def _plan_name(tx: Transaction, plan: RowId | None) -> str:
    if plan is None:
        return ""
    row = tx.run("select name from plan where id = :id", id=plan).fetchone()
    if row is None:
        raise Refused("There is no such plan.", field="plan")
    return t("By plan {name}: ", name=row["name"])
