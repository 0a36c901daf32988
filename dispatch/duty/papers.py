"""Papers of the watch 交接班纸质记录: a handover of the store as the facts that are printed."""

from __future__ import annotations

from dataclasses import dataclass

from db.clock import from_text
from db.store import Store
from db.words import t
from dispatch.duty.facts import (
    EquipmentOut,
    EventFact,
    Facts,
    InstructionOpen,
    OnPost,
    PaperOwed,
    ReportOwed,
)
from dispatch.duty.handover import Handover, Signature
from dispatch.duty.seats import SEAT_NAMES, SeatState
from dispatch.net.words import named
from dispatch.printouts import handover_facts as paper
from dispatch.printouts.sheet import Check
from dispatch.terms import (
    COLOR_NAMES,
    LEVEL_NAMES,
    LEVEL_SIGNS,
    NOT_GRADED,
    POST_NAMES,
    REPORT_NAMES,
    STAGE_NAMES,
    WAY_NAMES,
    Level,
    Post,
    ReportKind,
    Stage,
    Way,
)
from resources.localtime import clock_text, moment_text
from resources.terms import STATUS_NAMES, EquipmentStatus


@dataclass(frozen=True, slots=True)
class District:
    """Whose paper it is, and whether the store is that of a drill."""

    org: str
    drill: bool


def district(store: Store) -> District:
    """From the settings `district_name` and `drill`."""
    kept = {r["name"]: str(r["value"]) for r in store.read(
        "select name, value from setting where name in ('district_name', 'drill')")}
    return District(kept.get("district_name", ""), kept.get("drill") == "1")


def handover_paper(store: Store, done: Handover) -> paper.HandoverFacts:
    """The facts of the paper; a draft has no code and says nothing of the chain."""
    facts, place = done.facts, district(store)
    return paper.HandoverFacts(
        number=done.number, org=place.org, start=from_text(facts.starts_at),
        end=from_text(facts.ends_at), handed_at=done.sealed_at or from_text(facts.drafted_at),
        weather=facts.weather, outgoing=_watch(facts.outgoing), incoming=_watch(facts.incoming),
        summary=_summary(done), warnings=_warnings(facts),
        first_entry=facts.log_first or None, last_entry=facts.log_last or None,
        events=tuple(_event(e, facts, done.words.notes.get(e.number, ""))
                     for e in facts.open_events),
        reports=_reports(facts.reports),
        instructions=tuple(_instruction(i) for i in facts.instructions), out=_out(facts),
        checks=tuple(Check(c.name, c.ok, c.note) for c in done.checks),
        roll_calls=tuple(f"{moment_text(from_text(r.at))} {r.text}" for r in facts.roll_calls),
        reminders=tuple(f"{moment_text(from_text(r.due_at))} {r.title}"
                        for r in facts.reminders),
        note=done.words.remarks, papers=_papers(facts.papers),
        addenda=tuple(paper.AddedLater(a.at, a.name, a.text) for a in done.addenda),
        signed_out=_signers(done.signatures, "out"), signed_in=_signers(done.signatures, "in"),
        code=done.code, chain_seq=done.chain_no if done.sealed else None,
        chain_hash=done.chain_head, drill=place.drill)


def _watch(people: tuple[OnPost, ...]) -> paper.Watch:
    def names(post: Post) -> tuple[str, ...]:
        return tuple(_attended(p) for p in people if p.post == post)

    def one(post: Post) -> str:
        return " ".join(names(post))

    return paper.Watch(one(Post.LEADER), one(Post.MAIN), one(Post.SECOND), names(Post.STANDBY))


def _attended(person: OnPost) -> str:
    """The name, and what was not as planned: late, absent, left."""
    state = SeatState(person.state)
    if state not in (SeatState.LATE, SeatState.ABSENT, SeatState.LEFT):
        return person.name
    return t("watch|{name} ({state})", name=person.name, state=t(SEAT_NAMES[state]))


def _summary(done: Handover) -> str:
    """The summary, then what was closed in the shift with its points."""
    lines = [done.summary]
    for event in done.facts.closed_events:
        words = t("watch|Closed {time}: {number} {title}. {status}",
                  time=moment_text(from_text(event.closed_at)), number=event.number,
                  title=event.title, status=event.status)
        lines.append(" ".join(filter(None, (words, done.words.notes.get(event.number, "")))))
    return "\n".join(lines)


def _warnings(facts: Facts) -> tuple[paper.WarningLine, ...]:
    found = []
    for w in facts.warnings:
        until = moment_text(from_text(w.ends_at)) if w.ends_at else t("watch|lifted")
        waiting = t("; ") + named(t("not yet: {names}"), w.waiting) if w.waiting else ""
        found.append(paper.WarningLine(
            f"{w.kind} {t(COLOR_NAMES[w.color])}",
            t("watch|{issued} {issuer} {area}, in force until {until}; passed to {passed},"
              " acknowledged {back}", issued=moment_text(from_text(w.issued_at)),
              issuer=w.issuer, area=w.area, until=until, passed=w.passed_to,
              back=w.acknowledged) + waiting))
    return tuple(found)


def _event(event: EventFact, facts: Facts, notes: str) -> paper.OpenEvent:
    level = Level(event.level) if event.level else None
    status = event.title
    if event.status and event.status != event.title:
        status = f"{event.title}\n{event.status}"
    forces = tuple(_strength(f.name, f.people, 0) for f in facts.forces
                   if f.event_number == event.number)
    return paper.OpenEvent(
        event.number, LEVEL_SIGNS[level] if level else "",
        t(LEVEL_NAMES[level]) if level else t(NOT_GRADED), status,
        from_text(event.received_at), forces, notes)


def _strength(name: str, people: int, vehicles: int) -> str:
    parts = [name] if name else []
    if people:
        parts.append(t("{n} people", n=people))
    if vehicles:
        parts.append(t("{n} vehicles", n=vehicles))
    return " ".join(parts)


def report_name(kind: str, seq: int) -> str:
    """`First report`, `Follow-up 2`."""
    name = t(REPORT_NAMES[ReportKind(kind)])
    return f"{name} {seq}" if kind == ReportKind.FOLLOW else name


def _reports(owed: tuple[ReportOwed, ...]) -> tuple[paper.ReportDue, ...]:
    """One line for a report that several are owed at one time in one way."""
    same: dict[tuple[str, str, int, str, str, str], list[str]] = {}
    for r in owed:
        key = (r.due_at, r.event_number, r.seq, r.kind, r.way, r.last_sent)
        same.setdefault(key, []).append(r.recipient)
    return tuple(paper.ReportDue(
        from_text(due), f"{number} {report_name(kind, seq)}", t("list|, ").join(names),
        t(WAY_NAMES[Way(way)]), moment_text(from_text(sent)) if sent else "")
        for (due, number, seq, kind, way, sent), names in same.items())


def _instruction(told: InstructionOpen) -> paper.OpenInstruction:
    passed = t("; ").join(" ".join(filter(None, (
        p.to_whom, clock_text(from_text(p.at)),
        t(WAY_NAMES[Way(p.way)]) if p.way in tuple(Way) else p.way, p.receiver,
        t("watch|repeated back") if p.repeated_back else ""))) for p in told.passed)
    return paper.OpenInstruction(
        from_text(told.at), told.leader, told.post, told.text, passed,
        from_text(told.due_at) if told.due_at else None, told.feedback)


def _papers(owed: tuple[PaperOwed, ...]) -> tuple[paper.PaperToPass, ...]:
    """One line for a paper, whoever must still have it."""
    same: dict[tuple[str, str, str, str], list[str]] = {}
    for p in owed:
        number = " ".join(filter(None, (p.number, p.ref)))
        same.setdefault((number, p.title, p.sender, p.received_at), []).append(_passed_by(p))
    return tuple(paper.PaperToPass(number, title, sender, from_text(at), "\n".join(to))
                 for (number, title, sender, at), to in same.items())


def _passed_by(owed: PaperOwed) -> str:
    to = owed.to_whom or t("watch|nobody had it yet")
    if not owed.due_at:
        return to
    return t("watch|{to} by {time}", to=to, time=moment_text(from_text(owed.due_at)))


def _out(facts: Facts) -> tuple[paper.OutItem, ...]:
    forces = tuple(paper.OutItem(
        f.name, _strength("", f.people, f.vehicles),
        f"{f.event_number} {t(STAGE_NAMES[Stage(f.stage)])}", from_text(f.ordered_at))
        for f in facts.forces)
    equipment = tuple(paper.OutItem(
        " ".join(filter(None, (q.name, q.plate))), q.force, equipment_words(q), q.since,
        q.due_back) for q in facts.equipment)
    return forces + equipment


def equipment_words(out: EquipmentOut) -> str:
    """Out on call or lent, and to whom."""
    state = t(STATUS_NAMES[EquipmentStatus(out.status)])
    return " ".join(filter(None, (state, out.borrower)))


def _signers(given: tuple[Signature, ...], side: str) -> tuple[paper.Signer, ...]:
    return tuple(paper.Signer(t(POST_NAMES[s.post]), s.name, s.at)
                 for s in given if s.side == side)
