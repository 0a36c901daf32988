"""What a bulletin says: the parts of 值班快报 and 值班要情, drawn from the record of the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from db.clock import from_text, to_text
from db.store import Store
from db.words import t
from dispatch.duty.seats import shift_people
from dispatch.duty.shifts import shifts_between
from dispatch.elements import counts_text, known_elements
from dispatch.events import Event, event
from dispatch.grading import level_name
from dispatch.instructions import Instruction, instructions_between, instructions_of
from dispatch.log import entries
from dispatch.sendings import Sending, sendings, unsent
from dispatch.terms import (
    COLOR_NAMES,
    POST_NAMES,
    REPORT_NAMES,
    WAY_NAMES,
    EntryKind,
    EventState,
    Post,
)
from resources.localtime import at_local, clock_text, moment_text

CALLS = f"""and kind = '{EntryKind.CALL}' and coalesce((select origin from event
    where event.id = log.event_id), '') not in ('replay', 'past')
    and not exists (select 1 from log c where c.strikes_id = log.id)"""
"""Calls of the log that stand, whether of an event or not, as the handover counts them."""

LATEST = 3
"""Weather lines of a day that a summary repeats; the log has them all."""


def flash_parts(store: Store, of: Event) -> dict[str, str]:
    """基本情况, 伤亡损失, 处置情况, 批示, 下一步 of one event, as it stands now."""
    known = known_elements(store, of)
    what = [t("On {time}, {source} reported: {title}.",
              time=moment_text(of.received_at, year=True),
              source=known["source"] or t("a caller"), title=of.title),
            t("Place: {place}.", place=of.place) if of.place else "", of.summary,
            t("Cause: {text}", text=of.cause) if of.cause else ""]
    done = [known["measures"], known["forces"], _sent_words(sendings(store, of.id))]
    following = [known["trend"], known["requests"], *_due_words(
        s for s in sendings(store, of.id) if not s.done)]
    return {"what": _lines(what), "harm": _lines([known["harm"], t(
                "Level: {level}", level=level_name(of.level))]),
            "done": _lines(done),
            "instructions": _lines(_told(i) for i in instructions_of(store, of.id)),
            "next": _lines(following)}


def daily_parts(store: Store, day: date) -> dict[str, str]:
    """总体情况 and the five sections of 值班要情 for the local day."""
    first, last = day_span(day)
    found = _events_of(store, first, last)
    return {"overview": _overview(store, found, first, last),
            "watch": _lines(_watch(store, first, last)),
            "events": _lines(_event_words(store, of, first, last) for of in found),
            "warnings": _lines([*_warnings(store, first, last), *_weather(store, first, last)]),
            "instructions": _lines(_told(i) for i in instructions_between(store, first, last)),
            "tomorrow": _lines(_ahead(store, last))}


def day_span(day: date) -> tuple[datetime, datetime]:
    """The instants at which a local day begins and ends."""
    return at_local(day, time()), at_local(day + timedelta(days=1), time())


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part.strip() for part in parts if part.strip())


def _overview(store: Store, found: list[Event], first: datetime, last: datetime) -> str:
    def count(table: str, column: str = "at", more: str = "") -> int:
        return int(store.value(f"""select count(*) from [{table}] where {column} >= :first
            and {column} < :last {more}""", first=to_text(first), last=to_text(last)) or 0)

    new = sum(1 for of in found if first <= of.received_at < last)
    still = sum(1 for of in found if of.closed_at is None or of.closed_at >= last)
    dead = sum(of.counts.dead for of in found if first <= of.received_at < last)
    return t("Emergencies received {new}, closed {closed}, in hand {open}; dead {dead}."
             " Calls {calls}, papers {papers}, instructions {told}, reports sent {reports}.",
             new=new, closed=count("event", "closed_at", "and state = 'closed'"), open=still,
             dead=dead, calls=count("log", more=CALLS), papers=count("paper", "received_at"),
             told=count("instruction"), reports=count("sending", "sent_at"))


def _watch(store: Store, first: datetime, last: datetime, *, new: bool = False) -> list[str]:
    """Who was on watch; with `new` only shifts that begin in the span."""
    found = []
    for shift in shifts_between(store, first, last):
        if new and shift.starts_at < first:
            continue
        people = shift_people(store, shift.id)
        names = [t("{post} {names}", post=t(POST_NAMES[post]), names=t("list|, ").join(
            s.officer for s in people if s.post == post)) for post in (
            Post.LEADER, Post.MAIN, Post.SECOND)
            if any(s.post == post for s in people)]
        found.append(t("{start} to {end}: {names}", start=moment_text(shift.starts_at),
                       end=moment_text(shift.ends_at), names=t("; ").join(names)))
    return found


def _events_of(store: Store, first: datetime, last: datetime) -> list[Event]:
    """Came in on the day, or open on it; merged ones are told by the one they went into."""
    rows = store.read("""select id from event where received_at < :last
        and origin not in ('replay', 'past') and state <> :merged
        and (received_at >= :first or closed_at is null or closed_at >= :first)
        order by received_at, id""", first=to_text(first), last=to_text(last),
        merged=EventState.MERGED)
    return [event(store, r["id"]) for r in rows]


def _event_words(store: Store, of: Event, first: datetime, last: datetime) -> str:
    mine = [s for s in sendings(store, of.id) if s.sent_at and first <= s.sent_at < last]
    state = t("closed at {time}", time=moment_text(of.closed_at)) if (
        of.closed_at and of.closed_at < last) else t("in hand")
    parts = [t("{number} {title} ({level}), received {time}; {harm}; {state}.", number=of.number,
               title=of.title, level=level_name(of.level), time=moment_text(of.received_at),
               harm=counts_text(of.counts), state=state), of.summary, _sent_words(mine)]
    return " ".join(p.strip() for p in parts if p.strip())


def _sent_words(rows: Iterable[Sending]) -> str:
    """`Reported: First report by phone 21:52 to …`; late ones say so."""
    found = []
    for s in rows:
        if s.sent_at is None:
            continue
        words = t("{report} {way} {time} to {to}", report=t(REPORT_NAMES[s.kind]),
                  way=t(WAY_NAMES[s.way]), time=clock_text(s.sent_at), to=s.recipient)
        found.append(t("{what} (late)", what=words) if s.late else words)
    return t("Reported: {what}.", what=t("; ").join(found)) if found else ""


def _due_words(rows: Iterable[Sending]) -> list[str]:
    return [t("{number} {report} {way} to {to} due {time}", number=s.event_number,
              report=t(REPORT_NAMES[s.kind]), way=t(WAY_NAMES[s.way]), to=s.recipient,
              time=moment_text(s.due_at)) for s in rows]


def _told(one: Instruction) -> str:
    """An instruction with its passings and what became of it."""
    who = " ".join(p for p in (one.unit, one.post, one.leader) if p)
    parts = [t("{time} {who}: {text}", time=moment_text(one.at), who=who, text=one.text)]
    if one.passings:
        parts.append(t("Passed on to: {names}", names=t("list|, ").join(
            p.to_whom for p in one.passings)))
    done = t("done") if not one.open else t("not done yet")
    parts.append(t("{state}: {text}", state=done, text=one.feedback) if one.feedback else done)
    return t("; ").join(parts)


def _warnings(store: Store, first: datetime, last: datetime) -> list[str]:
    rows = store.read("""select * from warning where issued_at < :last
        and coalesce(lifted_at, ends_at, '9') >= :first order by issued_at""",
        first=to_text(first), last=to_text(last))
    return [t("{issuer}: {kind} {color}, {area}", issuer=r["issuer"], kind=r["kind"],
              color=t(COLOR_NAMES[r["color"]]), area=r["area"] or "—") for r in rows]


def _weather(store: Store, first: datetime, last: datetime) -> list[str]:
    found = [e for e in entries(store, kinds=[EntryKind.WEATHER], since=first, limit=200)
             if e.at < last and not e.struck]
    return [f"{clock_text(e.at)} {e.text}" for e in reversed(found[:LATEST])]


def _ahead(store: Store, last: datetime) -> list[str]:
    """Reports that fall due on the day after, reminders, and who is on watch then."""
    after = last + timedelta(days=1)
    due = _due_words(s for s in unsent(store) if s.due_at < after)
    notes = [t("{time} {title}", time=moment_text(from_text(r["due_at"])),
               title=r["title"]) for r in store.read(
        """select * from reminder where done_at is null and due_at < :after order by due_at""",
        after=to_text(after))]
    watch = [t("On duty tomorrow: {names}", names=w) for w in _watch(store, last, after, new=True)]
    return [*due, *notes, *watch]
