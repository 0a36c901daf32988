"""Leaders' instructions 领导批示: recorded word for word, passed on, followed up, done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store
from db.words import mark, t
from dispatch.log import append_to, check_not_future
from dispatch.terms import WAY_NAMES, EntryKind, Way
from resources.localtime import moment_text
from resources.people import DESK, Officer, allowed

InstructionId = NewType("InstructionId", RowId)


class InstructionKind(StrEnum):
    WRITTEN = "written"  # 批示
    SPOKEN = "spoken"    # 指示


INSTRUCTION_NAMES = {InstructionKind.WRITTEN: mark("Written instruction"),
                     InstructionKind.SPOKEN: mark("Spoken instruction")}


@dataclass(frozen=True, slots=True)
class Passing:
    """To whom an instruction was passed on 传达, how and when."""

    id: RowId
    to_whom: str
    way: Way
    at: datetime
    receiver: str
    repeated_back: bool


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction with its passings; state is `open` or `done`."""

    id: InstructionId
    event_id: RowId | None
    event_number: str
    kind: InstructionKind
    leader: str
    unit: str
    post: str
    way: Way
    at: datetime
    text: str
    due_at: datetime | None
    state: str
    feedback: str
    done_at: datetime | None
    passings: tuple[Passing, ...]

    @property
    def open(self) -> bool:
        return self.state == "open"


@allowed(*DESK)
def record_instruction(store: Store, text: str, *, leader: str,
                       kind: InstructionKind = InstructionKind.SPOKEN, unit: str = "",
                       post: str = "", way: Way = Way.PHONE, at: datetime | None = None,
                       due_at: datetime | None = None, event: RowId | None = None,
                       by: Officer) -> Instruction:
    """Write a leader's instruction down, word for word, with its deadline if it has one.

    Raises:
        Refused: no leader, no words, a future time, a deadline before the instruction.
    """
    if not leader.strip():
        raise Refused("Say who gave the instruction.", field="leader")
    when = check_not_future(at, store.clock.now())
    if due_at is not None and due_at <= when:
        raise Refused("The deadline {due} is not after the instruction at {time}.",
                      field="due_at", due=moment_text(due_at), time=moment_text(when))
    with store.change("instruction.record", by) as tx:
        who = " ".join(p for p in (unit.strip(), post.strip(), leader.strip()) if p)
        line = append_to(tx, text, kind=EntryKind.INSTRUCTION, at=at, event=event, actor=who,
                         source=way, by=by)
        new = tx.insert("instruction", {
            "log_id": line, "event_id": event, "kind": kind, "leader": leader.strip(),
            "unit": unit.strip(), "post": post.strip(), "way": way, "at": to_text(when),
            "text": text.strip(), "due_at": to_text(due_at) if due_at else None})
    return instruction(store, InstructionId(new))


@allowed(*DESK)
def pass_on(store: Store, id: InstructionId, to_whom: str, *, way: Way = Way.PHONE,  # noqa: A002
            at: datetime | None = None, receiver: str = "", repeated_back: bool = False,
            by: Officer) -> Instruction:
    """Note to whom the instruction was passed on and whether it was repeated back.

    Raises:
        Refused: it is done, nobody named, or a time before it or in the future.
    """
    old = _need_open(store, id)
    if not to_whom.strip():
        raise Refused("Say to whom it was passed on.", field="to_whom")
    when = check_not_future(at, store.clock.now())
    _check_after(old, when)
    with store.change("instruction.pass", by) as tx:
        tx.insert("passing", {
            "instruction_id": id, "to_whom": to_whom.strip(), "way": way, "at": to_text(when),
            "receiver": receiver.strip(), "repeated_back": int(repeated_back)})
        words = t("{leader}'s instruction passed to {to} {way}", leader=old.leader,
                  to=to_whom.strip(), way=t(WAY_NAMES[way]))
        if repeated_back:
            words += t(", repeated back")
        append_to(tx, words, kind=EntryKind.INSTRUCTION, at=at, event=old.event_id,
                  actor=receiver.strip() or to_whom.strip(), source=way, by=by)
    return instruction(store, id)


@allowed(*DESK)
def give_feedback(store: Store, id: InstructionId, feedback: str, *,  # noqa: A002
                  done: bool = False, at: datetime | None = None, by: Officer) -> Instruction:
    """Note how the instruction is being carried out; `done` closes it 办结.

    Raises:
        Refused: it is done already, no words, or a time before it or in the future.
    """
    old = _need_open(store, id)
    if not feedback.strip():
        raise Refused("Say how it was carried out.", field="feedback")
    when = check_not_future(at, store.clock.now())
    _check_after(old, when)
    with store.change("instruction.done" if done else "instruction.feedback", by) as tx:
        after: dict[str, object] = {"feedback": feedback.strip()}
        if done:
            after |= {"state": "done", "done_at": to_text(when)}
        tx.update("instruction", id, **after)
        words = t("{leader}'s instruction, feedback: {text}", leader=old.leader,
                  text=feedback.strip())
        if done:
            words = t("{leader}'s instruction done: {text}", leader=old.leader,
                      text=feedback.strip())
        append_to(tx, words, kind=EntryKind.INSTRUCTION, at=at, event=old.event_id, by=by)
    return instruction(store, id)


def instruction(store: Store, id: InstructionId) -> Instruction:  # noqa: A002
    """
    Raises:
        Refused: there is none.
    """
    found = _read(store, "i.id = :key", id)
    if not found:
        raise Refused("There is no such instruction.")
    return found[0]


def open_instructions(store: Store) -> list[Instruction]:
    """Those not carried out yet: by deadline, then by age."""
    return _read(store, "i.state = 'open'", None)


def instructions_of(store: Store, event: RowId) -> list[Instruction]:
    return _read(store, "i.event_id = :key", event)


def instructions_between(store: Store, first: datetime, last: datetime) -> list[Instruction]:
    """Given from `first` to before `last`, and those still open then that were given before."""
    found = _read(store, "i.at < :key", to_text(last))
    return sorted((i for i in found if i.at >= first or i.done_at is None or i.done_at >= first),
                  key=lambda i: (i.at, i.id))


def _read(store: Store, where: str, key: object) -> list[Instruction]:
    passed: dict[int, list[Passing]] = {}
    for r in store.read(f"""select p.* from passing p join instruction i
            on i.id = p.instruction_id where {where} order by p.at, p.id""", key=key):
        passed.setdefault(r["instruction_id"], []).append(Passing(
            RowId(r["id"]), r["to_whom"], Way(r["way"]), from_text(r["at"]), r["receiver"],
            bool(r["repeated_back"])))
    rows = store.read(f"""select i.*, coalesce(e.number, '') as event_number from instruction i
        left join event e on e.id = i.event_id where {where}
        order by i.due_at is null, i.due_at, i.at, i.id""", key=key)
    return [_instruction(r, tuple(passed.get(r["id"], ()))) for r in rows]


def _instruction(row: Any, passings: tuple[Passing, ...]) -> Instruction:
    values = {n: row[n] for n in Instruction.__slots__ if n != "passings"}
    for name in ("at", "due_at", "done_at"):
        values[name] = from_text(row[name]) if row[name] else None
    known = row["kind"] in set(InstructionKind)  # older sample districts wrote another word
    values["kind"] = InstructionKind(row["kind"]) if known else InstructionKind.SPOKEN
    values["way"] = Way(row["way"])
    return Instruction(**values, passings=passings)


def _need_open(store: Store, id: InstructionId) -> Instruction:  # noqa: A002
    old = instruction(store, id)
    if not old.open:
        raise Refused("This instruction was done at {time}.",
                      time=moment_text(old.done_at) if old.done_at else "")
    return old


def _check_after(old: Instruction, at: datetime) -> None:
    if at < old.at:
        raise Refused("{time} is before the instruction at {given}.", field="at",
                      time=moment_text(at), given=moment_text(old.at))
