"""Gathers the facts of a handover from the store: what happened, what is open, who is out."""

from __future__ import annotations

from typing import Any

from db.clock import from_text, to_text
from db.store import Store
from dispatch.duty.facts import (
    Counts,
    EquipmentOut,
    EventFact,
    Facts,
    ForceOut,
    InstructionOpen,
    OnPost,
    PaperOwed,
    PassedOn,
    ReminderOpen,
    ReportOwed,
    RollCall,
    WarningInForce,
)
from dispatch.duty.seats import shift_people
from dispatch.duty.shifts import Shift
from dispatch.incoming import IncomingPaper, open_papers
from dispatch.orders import Order, forces_out
from dispatch.sendings import unsent
from dispatch.terms import EntryKind
from dispatch.warning_passes import passes
from dispatch.warnings import in_force

NOT_STRUCK = "not exists (select 1 from log c where c.strikes_id = l.id)"


def gather(store: Store, shift: Shift, incoming: Shift | None, number: str) -> Facts:
    """The facts of `shift` as they stand now; nothing is written."""
    now = to_text(store.clock.now())
    first, last = _log_range(store, shift)
    out = forces_out(store)
    return Facts(
        number=number, shift_id=shift.id, starts_at=to_text(shift.starts_at),
        ends_at=to_text(shift.ends_at), drafted_at=now, weather=_weather(store, shift),
        log_first=first, log_last=last, counts=_counts(store, shift, len(out)),
        outgoing=_posts(store, shift), incoming=_posts(store, incoming) if incoming else (),
        warnings=_warnings(store, now),
        open_events=_events(store, "e.state = 'open'", out),
        closed_events=_events(store, "e.state <> 'open' and e.closed_at >= :begin", out,
                              begin=_begin(shift)),
        reports=_reports(store), instructions=_instructions(store),
        reminders=tuple(ReminderOpen(r["title"], r["due_at"]) for r in store.read(
            "select title, due_at from reminder where done_at is null order by due_at, id")),
        forces=tuple(_force(order) for order in out), equipment=_equipment(store),
        roll_calls=tuple(RollCall(r["at"], r["text"]) for r in store.read(
            f"""select l.at, l.text from log l where l.shift_id = :id and l.kind = 'roll_call'
            and {NOT_STRUCK} order by l.at, l.no""", id=shift.id)),
        papers=tuple(one for of in reversed(open_papers(store)) for one in _papers(of)))


def _begin(shift: Shift) -> str:
    return to_text(shift.opened_at or shift.starts_at)


def _log_range(store: Store, shift: Shift) -> tuple[int, int]:
    row = store.read("select min(no), max(no) from log where shift_id = :id", id=shift.id)[0]
    return int(row[0] or 0), int(row[1] or 0)


def _weather(store: Store, shift: Shift) -> str:
    """What was noted on the shift, else the last weather entry of its log."""
    if shift.weather:
        return shift.weather
    found = store.value(f"""select l.text from log l where l.shift_id = :id
        and l.kind = 'weather' and {NOT_STRUCK} order by l.at desc, l.no desc limit 1""",
        id=shift.id)
    return str(found or "")


def _posts(store: Store, shift: Shift) -> tuple[OnPost, ...]:
    return tuple(OnPost(str(s.post), s.officer_id, s.officer, str(s.state))
                 for s in shift_people(store, shift.id))


def _counts(store: Store, shift: Shift, not_back: int) -> Counts:
    kinds = {row["kind"]: int(row["n"]) for row in store.read(
        f"""select l.kind, count(*) as n from log l left join event e on e.id = l.event_id
        where l.shift_id = :id and coalesce(e.origin, '') not in ('replay', 'past') and {NOT_STRUCK}
        group by l.kind""", id=shift.id)}
    begin = _begin(shift)
    levels = [0] * 5
    for row in store.read("""select coalesce(level, 0) as level, count(*) as n from event
            where received_at >= :begin and origin not in ('replay', 'past') group by 1""",
            begin=begin):
        levels[row["level"]] = int(row["n"])
    told = store.read("select count(*), coalesce(sum(done_at is not null), 0) from instruction"
                      " where at >= :begin", begin=begin)[0]
    sent = store.read("select count(*), coalesce(sum(people), 0) from dispatch_order"
                      " where ordered_at >= :begin", begin=begin)[0]
    return Counts(
        entries=sum(kinds.values()), events=sum(levels),
        events_by_level=(levels[0], levels[1], levels[2], levels[3], levels[4]),
        calls=kinds.get(EntryKind.CALL, 0), calls_out=kinds.get(EntryKind.CALL_OUT, 0),
        papers=kinds.get(EntryKind.PAPER, 0), instructions=int(told[0]),
        instructions_done=int(told[1]), roll_calls=kinds.get(EntryKind.ROLL_CALL, 0),
        corrections=kinds.get(EntryKind.CORRECTION, 0), forces=int(sent[0]),
        people=int(sent[1]), forces_not_back=not_back)


def _warnings(store: Store, now: str) -> tuple[WarningInForce, ...]:
    return tuple(WarningInForce(
        w.kind, w.color, w.issuer, w.area, to_text(w.issued_at),
        to_text(w.ends_at) if w.ends_at else "", w.passed_to, w.acknowledged,
        tuple(p.name for p in passes(store, w.id) if p.back_at is None))
        for w in in_force(store, from_text(now)))


def _events(store: Store, where: str, out: list[Order], **values: object) -> tuple[
        EventFact, ...]:
    """Events with their last log line as status; what a person wrote comes first."""
    rows = store.read(f"""select e.*, coalesce(
        (select l.text from log l where l.event_id = e.id and {NOT_STRUCK}
         order by l.kind not in ('note', 'casualty', 'stage', 'response', 'call'),
                  l.at desc, l.no desc limit 1), '') as status
        from event e where {where} and e.origin not in ('replay', 'past')
        order by e.level is null, e.level, e.received_at""", **values)
    return tuple(EventFact(
        r["number"], r["title"], r["level"] or 0, r["class"], r["close_note"] or r["status"],
        r["received_at"], r["closed_at"] or "",
        tuple(o.force_name for o in out if o.event_id == r["id"])) for r in rows)


def _reports(store: Store) -> tuple[ReportOwed, ...]:
    return tuple(ReportOwed(
        s.event_number, str(s.kind), s.seq, s.recipient, str(s.way), to_text(s.due_at),
        store.value("""select max(sent_at) from sending where event_id = :event
            and recipient = :to""", event=s.event_id, to=s.recipient) or "")
        for s in unsent(store))


def _instructions(store: Store) -> tuple[InstructionOpen, ...]:
    rows = store.read("""select i.*, e.number from instruction i
        left join event e on e.id = i.event_id where i.done_at is null order by i.at, i.id""")
    return tuple(InstructionOpen(
        r["at"], r["leader"], " ".join(p for p in (r["unit"], r["post"]) if p),
        r["number"] or "", r["text"], r["due_at"] or "", r["feedback"],
        tuple(_passed(p) for p in store.read(
            "select * from passing where instruction_id = :id order by at, id", id=r["id"])))
        for r in rows)


def _passed(row: Any) -> PassedOn:
    return PassedOn(row["to_whom"], row["way"], row["at"], row["receiver"],
                    row["repeated_back"])


def _papers(of: IncomingPaper) -> list[PaperOwed]:
    """One line for each who must still have it; a paper nobody had yet is one without a name."""
    waiting = [(p.to_whom, to_text(p.due_at) if p.due_at else "") for p in of.waiting]
    if not of.passings:
        waiting = [("", "")]
    return [PaperOwed(of.number, of.ref, of.title, of.sender, to_text(of.received_at), *one)
            for one in waiting]


def _force(order: Order) -> ForceOut:
    return ForceOut(order.force_name, order.event_number, order.people or 0,
                    order.vehicles or 0, str(order.stage), to_text(order.ordered_at))


def _equipment(store: Store) -> tuple[EquipmentOut, ...]:
    rows = store.read("""select q.name, q.plate, q.status, coalesce(f.name, '') as force,
        coalesce(l.borrower, '') as borrower, coalesce(l.lent_on, '') as since,
        coalesce(l.due_back, '') as due_back
        from equipment q left join force f on f.id = q.force_id
        left join equipment_loan l on l.id = (select max(o.id) from equipment_loan o
            where o.equipment_id = q.id and o.back_on is null)
        where q.status in ('out', 'lent') and q.active = 1 order by q.name, q.id""")
    return tuple(EquipmentOut(**dict(r)) for r in rows)
