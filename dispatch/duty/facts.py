"""Facts of a handover 交接事实: everything a shift passes on, as plain frozen records.

Instants are UTC text here, so that the sealed JSON is the same on every machine.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any, TypeVar, cast, get_args, get_type_hints

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OnPost:
    """Who holds a post, and whether that person came (a `SeatState`)."""

    post: str
    officer_id: int
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class WarningInForce:
    kind: str
    color: int
    issuer: str
    area: str
    issued_at: str
    ends_at: str
    passed_to: int
    acknowledged: int
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForceOut:
    """A force that has not returned; `people` is 0 when it was not reported."""

    name: str
    event_number: str
    people: int
    vehicles: int
    stage: str
    ordered_at: str


@dataclass(frozen=True, slots=True)
class EquipmentOut:
    """A piece that is out on call or lent; `since` and `due_back` are local days, empty when it
    went out without a slip."""

    name: str
    plate: str
    force: str
    status: str
    borrower: str = ""
    since: str = ""
    due_back: str = ""


@dataclass(frozen=True, slots=True)
class EventFact:
    """An event, open or closed in the shift; level 0 is not graded."""

    number: str
    title: str
    level: int
    class_: str
    status: str
    received_at: str
    closed_at: str
    forces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportOwed:
    event_number: str
    kind: str
    seq: int
    recipient: str
    way: str
    due_at: str
    last_sent: str


@dataclass(frozen=True, slots=True)
class PassedOn:
    to_whom: str
    way: str
    at: str
    receiver: str
    repeated_back: int


@dataclass(frozen=True, slots=True)
class InstructionOpen:
    at: str
    leader: str
    post: str
    event_number: str
    text: str
    due_at: str
    feedback: str
    passed: tuple[PassedOn, ...]


@dataclass(frozen=True, slots=True)
class PaperOwed:
    """A paper that came in and must be passed on 待传来文; `due_at` is empty without a rule."""

    number: str
    ref: str
    title: str
    sender: str
    received_at: str
    to_whom: str
    due_at: str


@dataclass(frozen=True, slots=True)
class ReminderOpen:
    title: str
    due_at: str


@dataclass(frozen=True, slots=True)
class RollCall:
    """A check of radio, phone or video in the shift 点名·通信测试, as the log has it."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What was done in the shift, counted from the store; struck log entries do not count."""

    entries: int
    events: int
    events_by_level: tuple[int, int, int, int, int]
    """Not graded, then levels 1 to 4."""
    calls: int
    calls_out: int
    papers: int
    instructions: int
    instructions_done: int
    roll_calls: int
    corrections: int
    forces: int
    people: int
    forces_not_back: int


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one handover, as drafted or sealed."""

    number: str
    shift_id: int
    starts_at: str
    ends_at: str
    drafted_at: str
    weather: str
    log_first: int
    log_last: int
    counts: Counts
    outgoing: tuple[OnPost, ...]
    incoming: tuple[OnPost, ...]
    warnings: tuple[WarningInForce, ...]
    open_events: tuple[EventFact, ...]
    closed_events: tuple[EventFact, ...]
    reports: tuple[ReportOwed, ...]
    instructions: tuple[InstructionOpen, ...]
    reminders: tuple[ReminderOpen, ...]
    forces: tuple[ForceOut, ...]
    equipment: tuple[EquipmentOut, ...]
    roll_calls: tuple[RollCall, ...] = ()
    papers: tuple[PaperOwed, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One thing looked at 设备检查; `note` says what is wrong or how much there is."""

    name: str
    kind: str
    ok: bool
    note: str = ""


def canonical(content: object) -> str:
    """JSON with one spelling: sorted keys, no spaces, Han characters as they are."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(content: object) -> str:
    """sha256 in hex of the canonical JSON."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def freeze(facts: Any) -> str:
    """A record, or a tuple of records, as canonical JSON."""
    if isinstance(facts, tuple):
        return canonical([asdict(item) for item in facts])
    return canonical(asdict(facts))


def thaw(kind: type[T], text: str) -> T:
    """The record that `freeze` wrote."""
    return cast("T", _thawed(kind, json.loads(text)))


def _thawed(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        # a record sealed by an older program lacks what came later: its default stands for it
        return cast("Any", kind)(**{f.name: _thawed(hints[f.name], value[f.name])
                                    for f in fields(kind) if f.name in value})
    if isinstance(value, list):
        inner = get_args(kind)[0]
        return tuple(_thawed(inner, item) for item in value)
    return value
