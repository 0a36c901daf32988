"""The board 呼叫看板 of a call-out: every recipient's state, and the share that has answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.change import RowId
from db.clock import from_text
from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.net.escalation import steps_of
from dispatch.net.terms import Answer, SendState, Standing
from resources.net import Branch, Contact


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a recipient: by which channel to which address, and what became of it."""

    channel: str
    address: str
    step: int
    state: SendState
    tries: int
    says: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """One recipient; `steps` are its numbers as they were when it was called, `step` the one
    that is tried now."""

    id: RowId
    callout_id: RowId
    place: int
    kind: str
    row_id: RowId
    name: str
    branch: Branch
    text: str
    steps: tuple[Contact, ...]
    step: int
    next_at: datetime | None
    answer: Answer
    answered: str
    answered_by: str
    way: str
    note: str
    order_id: RowId | None
    call_sign: str
    messages: tuple[Message, ...]
    made_at: datetime

    @property
    def contact(self) -> Contact | None:
        """Who is tried now; None without any number."""
        return self.steps[self.step] if self.step < len(self.steps) else None

    @property
    def standing(self) -> Standing:
        return standing_of(self.answer, self.messages)

    @property
    def minutes(self) -> int | None:
        """Whole minutes from the call-out to the answer."""
        if not self.answered or self.answer is Answer.NO_ANSWER:
            return None
        return max(0, round((from_text(self.answered) - self.made_at).total_seconds() / 60))


def standing_of(answer: Answer, messages: Iterable[Message]) -> Standing:
    """How it stands: an answer first, then what is best of its messages, doubts before waits.
    Pure."""
    if answer is not Answer.NONE:
        return Standing(answer.value)
    states = {m.state for m in messages}
    for state, standing in (
            (SendState.DELIVERED, Standing.DELIVERED), (SendState.SENT, Standing.SENT),
            (SendState.UNKNOWN, Standing.UNKNOWN), (SendState.SENDING, Standing.QUEUED),
            (SendState.QUEUED, Standing.QUEUED), (SendState.REFUSED, Standing.FAILED),
            (SendState.FAILED, Standing.FAILED)):
        if state in states:
            return standing
    return Standing.BY_HAND


def recipients(store: Store, of: RowId) -> list[Recipient]:
    """Everybody that a call-out reaches, in the order of its list."""
    return _read(store, "t.callout_id = :key", of)


def recipient(store: Store, id: RowId) -> Recipient:  # noqa: A002 - the reader's own word
    """
    Raises:
        Refused: there is none.
    """
    found = _read(store, "t.id = :key", id)
    if not found:
        raise Refused("There is no such recipient.", field="who")
    return found[0]


def _read(store: Store, where: str, key: RowId) -> list[Recipient]:
    messages: dict[int, list[Message]] = {}
    for r in store.read(f"""select o.*, n.name as channel from outbox o
            join callout_to t on t.id = o.to_id join net_channel n on n.id = o.channel_id
            where {where} order by o.step, o.id""", key=key):
        messages.setdefault(r["to_id"], []).append(_message(r))
    return [_recipient(r, tuple(messages.get(r["id"], ()))) for r in store.read(
        f"""select t.*, c.made_at, coalesce(u.call_sign, f.call_sign, '') as call_sign
        from callout_to t join callout c on c.id = t.callout_id
        left join unit u on u.id = t.row_id and t.kind = 'unit'
        left join force f on f.id = t.row_id and t.kind = 'force'
        where {where} order by t.place""", key=key)]


def _message(r: Any) -> Message:
    at = r["ended_at"] or r["began_at"]
    return Message(r["channel"], r["address"], r["step"], SendState(r["state"]), r["tries"],
                   r["says"], from_text(at) if at else None)


def _recipient(r: Any, messages: tuple[Message, ...]) -> Recipient:
    return Recipient(
        RowId(r["id"]), RowId(r["callout_id"]), r["place"], r["kind"], RowId(r["row_id"]),
        r["name"], Branch(r["branch"]), r["text"], steps_of(r["steps"]), r["step"],
        from_text(r["next_at"]) if r["next_at"] else None, Answer(r["answer"]),
        r["answered_at"] or "", r["answered_by"], r["way"], r["note"], r["order_id"],
        r["call_sign"], messages, from_text(r["made_at"]))


@dataclass(frozen=True, slots=True)
class Share:
    """How many there are of each standing, and how many have said yes or no."""

    total: int
    answered: int
    acknowledged: int
    by_standing: dict[Standing, int]

    @property
    def part(self) -> float:
        """Share answered, 0 to 1."""
        return self.answered / self.total if self.total else 0.0


def share(rows: Iterable[Recipient]) -> Share:
    """The running share. Pure."""
    known = Counter(r.standing for r in rows)
    yes, no = known[Standing.ACKNOWLEDGED], known[Standing.REFUSED]
    return Share(sum(known.values()), yes + no, yes, dict(known))


def copy_groups(text: str, rows: Sequence[Recipient], size: int = 50) -> list[str]:
    """What is pasted elsewhere when nothing can be sent from here: the text, then the numbers
    in groups of `size`, each number once. Pure."""
    numbers: dict[str, str] = {}
    for row in rows:
        if row.contact is not None and row.contact.phone:
            numbers.setdefault(row.contact.phone, row.name)
    every = list(numbers.items())
    found = []
    for start in range(0, len(every), size):
        some = every[start:start + size]
        head = t("Group {n}, {count} numbers", n=start // size + 1, count=len(some))
        found.append("\n".join([text, "", head, ",".join(n for n, _name in some),
                                t("list|, ").join(name for _n, name in some)]))
    return found or [text]
