"""Grading 定级与伤亡: levels confirmed by a person, and the casualty series."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store
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
