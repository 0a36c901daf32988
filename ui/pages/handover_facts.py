"""What a handover shows on its page: its facts as rows, and the signatures it needs; reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from db.clock import from_text
from db.store import Store
from db.words import t
from dispatch.duty import officers, sealing
from dispatch.duty.facts import EventFact, Facts
from dispatch.duty.handover import Handover
from dispatch.duty.papers import equipment_words, report_name
from dispatch.duty.seats import shift_people
from dispatch.terms import COLOR_NAMES, STAGE_NAMES, Stage
from resources.people import DESK
from ui import moments
from ui.widgets.fact_list import Fact, with_late
from ui.widgets.signing import SignPlace


def rows_of(facts: Facts, now: str) -> list[Fact]:
    """Sections with their count; `now` is UTC text, what was due before it is late."""
    parts = ((t("Open events"), list(_events(facts.open_events, "e"))),
             (t("Closed in this shift"), list(_events(facts.closed_events, "z"))),
             (t("Reports due"), list(_reports(facts, now))),
             (t("Instructions not carried out"), list(_instructions(facts, now))),
             (t("Papers to pass on"), list(_papers(facts, now))),
             (t("handover|Warnings in force"), list(_warnings(facts))),
             (t("Forces and equipment out"), [*_forces(facts), *_equipment(facts)]),
             (t("Roll calls and tests"), [Fact(f"c{n}", one.text, right=_time(one.at))
                                          for n, one in enumerate(facts.roll_calls)]),
             (t("Reminders"), [Fact(f"m{n}", r.title, with_late("", late=r.due_at < now),
                                    _time(r.due_at), late=r.due_at < now)
                               for n, r in enumerate(facts.reminders)]))
    rows: list[Fact] = []
    for title, some in parts:
        rows.append(Fact(f"head {title}", title, right=str(len(some)), head=True))
        rows += some or [Fact(f"none {title}", t("None"))]
    return rows


def _time(text: str) -> str:
    return moments.day_clock(from_text(text)) if text else ""


def _events(events: Iterable[EventFact], key: str) -> Iterator[Fact]:
    for event in events:
        yield Fact(f"{key}{event.number}", f"{event.number} {event.title}",
                   event.status or t("list|, ").join(event.forces),
                   _time(event.closed_at or event.received_at))


def _reports(facts: Facts, now: str) -> Iterator[Fact]:
    for n, owed in enumerate(facts.reports):
        yield Fact(f"r{n}", f"{owed.event_number} {report_name(owed.kind, owed.seq)}",
                   with_late(owed.recipient, late=owed.due_at < now),
                   _time(owed.due_at), late=owed.due_at < now)


def _instructions(facts: Facts, now: str) -> Iterator[Fact]:
    for n, one in enumerate(facts.instructions):
        late = bool(one.due_at) and one.due_at < now
        given = f"{one.leader} {one.post} {_time(one.at)}".strip()
        yield Fact(f"i{n}", one.text, with_late(given, late=late), _time(one.due_at), late=late)


def _papers(facts: Facts, now: str) -> Iterator[Fact]:
    for n, one in enumerate(facts.papers):
        to = one.to_whom or t("watch|nobody had it yet")
        late = bool(one.due_at) and one.due_at < now
        yield Fact(f"p{n}", f"{one.number} {one.title}",
                   with_late(f"{one.sender} → {to}", late=late), _time(one.due_at), late=late)


def _warnings(facts: Facts) -> Iterator[Fact]:
    for n, one in enumerate(facts.warnings):
        yield Fact(f"w{n}", f"{one.kind} {t(COLOR_NAMES[one.color])}",
                   f"{one.issuer} {one.area}".strip() + t("list|, ")
                   + t("passed to {passed}, acknowledged {back}", passed=one.passed_to,
                       back=one.acknowledged), _time(one.ends_at))


def _forces(facts: Facts) -> Iterator[Fact]:
    for n, one in enumerate(facts.forces):
        stage = t(STAGE_NAMES[Stage(one.stage)])
        people = t("{n} people", n=one.people) if one.people else ""
        yield Fact(f"f{n}", one.name, " ".join(p for p in (one.event_number, stage, people) if p),
                   _time(one.ordered_at))


def _equipment(facts: Facts) -> Iterator[Fact]:
    for n, one in enumerate(facts.equipment):
        back = t("back by {day}", day=one.due_back[5:]) if one.due_back else ""
        yield Fact(f"q{n}", " ".join(p for p in (one.name, one.plate) if p),
                   " ".join(p for p in (equipment_words(one), one.force) if p), back)


def sign_places(store: Store, found: Handover) -> tuple[SignPlace, ...]:
    """The signatures given and still needed, outgoing side first."""
    given = {(s.side, s.post): s for s in found.signatures}
    wanted = {*given, *sealing.missing_signatures(store, found.id)}
    everybody = officers.people(store, with_former=True)
    free = frozenset(p.officer.id for p in everybody
                     if officers.is_sample(store) and not p.has_password)
    places = []
    for side, post in sorted(wanted, key=lambda one: (one[0] == "in", one[1] != "leader")):
        shift_id = found.shift_id if side == "out" else found.next_shift_id
        seats = shift_people(store, shift_id) if shift_id else ()
        on_post = {seat.officer_id for seat in seats if seat.post is post}
        people = tuple(p for p in everybody if p.active and (
            p.officer.id in on_post if seats else p.officer.roles & set(DESK)))
        places.append(SignPlace(side, post, people, free, given.get((side, post))))
    return tuple(places)
