"""Incoming papers 来文: documents and faxes received, passed on in time, acknowledged, filed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import mark, t
from dispatch.calls import need_open_event
from dispatch.log import append_to, check_not_future
from dispatch.rules import PAPER_PASS
from dispatch.terms import WAY_NAMES, EntryKind, Way
from resources.localtime import local, moment_text
from resources.numbers import give_number
from resources.people import DESK, Officer, allowed
from resources.rules import rule_or

PaperId = NewType("PaperId", RowId)
PassingId = NewType("PassingId", RowId)


class Urgency(StrEnum):
    NORMAL = "normal"    # 平件
    URGENT = "urgent"    # 急件
    WARNING = "warning"  # 预警信息


URGENCY_NAMES = {Urgency.NORMAL: mark("paper in|Not urgent"),
                 Urgency.URGENT: mark("paper in|Urgent"),
                 Urgency.WARNING: mark("paper in|Warning")}


@dataclass(frozen=True, slots=True)
class PaperPassing:
    """To whom a paper goes on 转办; `due_at` by rule, `passed_at` once it was done."""

    id: PassingId
    to_whom: str
    way: Way
    due_at: datetime | None
    basis: str
    passed_at: datetime | None
    receiver: str
    repeated_back: bool

    @property
    def late(self) -> bool:
        return bool(self.passed_at and self.due_at and self.passed_at > self.due_at)


@dataclass(frozen=True, slots=True)
class IncomingPaper:
    """One paper with its passings; open until it is filed 归档."""

    id: PaperId
    number: str
    log_id: RowId
    event_id: RowId | None
    event_number: str
    urgency: Urgency
    way: Way
    sender: str
    ref: str
    title: str
    text: str
    received_at: datetime
    acknowledged_at: datetime | None
    acknowledged_to: str
    filed_at: datetime | None
    filed_where: str
    result: str
    passings: tuple[PaperPassing, ...]

    @property
    def open(self) -> bool:
        return self.filed_at is None

    @property
    def waiting(self) -> tuple[PaperPassing, ...]:
        """Passings not done yet, soonest first."""
        return tuple(p for p in self.passings if p.passed_at is None)


@allowed(*DESK)
def receive_paper(store: Store, title: str, *, sender: str, urgency: Urgency = Urgency.NORMAL,
                  way: Way = Way.FAX, ref: str = "", text: str = "",
                  received_at: datetime | None = None, event: RowId | None = None,
                  by: Officer) -> IncomingPaper:
    """Register a paper that came in; the rule says to whom it goes on and by when.

    Raises:
        Refused: no title or sender, a time in the future, an event that is not open.
    """
    if not title.strip():
        raise Refused("A paper needs its title.", field="title")
    if not sender.strip():
        raise Refused("Say who sent the paper.", field="sender")
    when = check_not_future(received_at, store.clock.now())
    if event is not None:
        need_open_event(store, event)
    with store.change("paper.receive", by) as tx:
        number = give_number(tx, "paper", f"LW-{local(when).year}-")
        words = t("Paper {number} from {sender}: {title}", number=number, sender=sender.strip(),
                  title=title.strip())
        line = append_to(tx, words, kind=EntryKind.PAPER, at=received_at, event=event,
                         actor=sender.strip(), source=way, by=by)
        new = tx.insert("paper", {
            "number": number, "log_id": line, "event_id": event, "urgency": urgency, "way": way,
            "sender": sender.strip(), "ref": ref.strip(), "title": title.strip(),
            "text": text.strip(), "received_at": to_text(when)})
        for one in required_passings(store, urgency, when):
            tx.insert("paper_passing", {"paper_id": new, **one})
    return paper(store, PaperId(new))


def required_passings(store: Store, urgency: Urgency, received: datetime
                      ) -> list[dict[str, object]]:
    """What the rule in force asks for a paper of this urgency: rows without their paper."""
    used = rule_or(store, PAPER_PASS, received)
    return [{"to_whom": one["to"], "way": Way(one["way"]),
             "due_at": to_text(received + timedelta(minutes=float(one["minutes"]))),
             "basis": t("within {minutes} min ({basis})", minutes=one["minutes"],
                        basis=t(used.basis))} for one in used.value[urgency]]


@allowed(*DESK)
def pass_paper(store: Store, id: PaperId, to_whom: str, *, way: Way = Way.PHONE,  # noqa: A002
               at: datetime | None = None, receiver: str = "", repeated_back: bool = False,
               by: Officer) -> IncomingPaper:
    """Note to whom the paper was passed on; it settles what the rule asked for there.

    Raises:
        Refused: it is filed, nobody named, a time before it came or in the future.
    """
    old = _need_unfiled(store, id)
    if not to_whom.strip():
        raise Refused("Say to whom it was passed on.", field="to_whom")
    when = _check_after(old, check_not_future(at, store.clock.now()))
    done = {"way": way, "passed_at": to_text(when), "receiver": receiver.strip(),
            "repeated_back": int(repeated_back)}
    asked = next((p for p in old.waiting if p.to_whom == to_whom.strip()), None)
    with store.change("paper.pass", by) as tx:
        if asked is not None:
            tx.update("paper_passing", asked.id, **done)
        else:
            tx.insert("paper_passing", {"paper_id": id, "to_whom": to_whom.strip(), **done})
        words = t("Paper {number} passed to {to} {way}", number=old.number, to=to_whom.strip(),
                  way=t(WAY_NAMES[way]))
        if repeated_back:
            words += t(", repeated back")
        if asked is not None and asked.due_at and when > asked.due_at:
            words += t(" ({n} min late)", n=int((when - asked.due_at).total_seconds() // 60))
        _note(tx, old, words, at, by, actor=receiver.strip() or to_whom.strip())
    return paper(store, id)


@allowed(*DESK)
def acknowledge_paper(store: Store, id: PaperId, to_whom: str, *,  # noqa: A002
                      at: datetime | None = None, by: Officer) -> IncomingPaper:
    """Tell the sender that it arrived 回执; `to_whom` is who took the receipt.

    Raises:
        Refused: it was acknowledged already, nobody named, or an impossible time.
    """
    old = _need_unfiled(store, id)
    if old.acknowledged_at is not None:
        raise Refused("Paper {number} was acknowledged at {time} already.", number=old.number,
                      time=moment_text(old.acknowledged_at))
    if not to_whom.strip():
        raise Refused("Say to whom the receipt was given.", field="acknowledged_to")
    when = _check_after(old, check_not_future(at, store.clock.now()))
    with store.change("paper.acknowledge", by) as tx:
        tx.update("paper", id, acknowledged_at=to_text(when), acknowledged_to=to_whom.strip())
        _note(tx, old, t("Receipt of paper {number} given to {to}", number=old.number,
                         to=to_whom.strip()), at, by)
    return paper(store, id)


@allowed(*DESK)
def file_paper(store: Store, id: PaperId, *, where: str = "", result: str = "",  # noqa: A002
               by: Officer) -> IncomingPaper:
    """Close the paper 办结归档: what became of it, and where it lies.

    Raises:
        Refused: it is filed already, or somebody the rule names has not been told.
    """
    old = _need_unfiled(store, id)
    if old.waiting:
        raise Refused("Paper {number} is not passed on yet to: {names}.", field="to_whom",
                      number=old.number, names=t(", ").join(p.to_whom for p in old.waiting))
    with store.change("paper.file", by) as tx:
        tx.update("paper", id, filed_at=to_text(store.clock.now()), filed_where=where.strip(),
                  result=result.strip())
        words = t("Paper {number} filed", number=old.number)
        if result.strip():
            words = t("{title}: {text}", title=words, text=result.strip())
        _note(tx, old, words, None, by)
    return paper(store, id)


def paper(store: Store, id: PaperId) -> IncomingPaper:  # noqa: A002 - the reader's own word
    """
    Raises:
        Refused: there is none.
    """
    found = _read(store, "p.id = :key", id)
    if not found:
        raise Refused("There is no such paper.")
    return found[0]


def open_papers(store: Store) -> list[IncomingPaper]:
    """Those not filed yet, newest first."""
    return _read(store, "p.filed_at is null", None)


def papers(store: Store, limit: int = 500) -> list[IncomingPaper]:
    """The register 来文登记, newest first."""
    return _read(store, "p.id in (select id from paper order by received_at desc limit :key)",
                 limit)


def _read(store: Store, where: str, key: object) -> list[IncomingPaper]:
    passed: dict[int, list[PaperPassing]] = {}
    for r in store.read(f"""select s.* from paper_passing s join paper p on p.id = s.paper_id
            where {where} order by coalesce(s.due_at, s.passed_at), s.id""", key=key):
        passed.setdefault(r["paper_id"], []).append(_passing(r))
    rows = store.read(f"""select p.*, coalesce(e.number, '') as event_number from paper p
        left join event e on e.id = p.event_id where {where}
        order by p.received_at desc, p.id desc""", key=key)
    return [_paper(r, passed.get(r["id"], ())) for r in rows]


def _instant(row: Any, name: str) -> datetime | None:
    return from_text(row[name]) if row[name] else None


def _passing(row: Any) -> PaperPassing:
    return PaperPassing(PassingId(RowId(row["id"])), row["to_whom"], Way(row["way"]),
                        _instant(row, "due_at"), row["basis"], _instant(row, "passed_at"),
                        row["receiver"], bool(row["repeated_back"]))


def _paper(row: Any, passings: Iterable[PaperPassing]) -> IncomingPaper:
    values = {n: row[n] for n in IncomingPaper.__slots__ if n != "passings"}
    for name in ("received_at", "acknowledged_at", "filed_at"):
        values[name] = _instant(row, name)
    values |= {"urgency": Urgency(row["urgency"]), "way": Way(row["way"])}
    return IncomingPaper(**values, passings=tuple(passings))


def _need_unfiled(store: Store, id: PaperId) -> IncomingPaper:  # noqa: A002
    old = paper(store, id)
    if not old.open:
        raise Refused("Paper {number} was filed at {time}.", number=old.number,
                      time=moment_text(old.filed_at) if old.filed_at else "")
    return old


def _check_after(old: IncomingPaper, at: datetime) -> datetime:
    if at < old.received_at:
        raise Refused("{time} is before the paper came in at {received}.", field="at",
                      time=moment_text(at), received=moment_text(old.received_at))
    return at


def _note(tx: Transaction, of: IncomingPaper, words: str, at: datetime | None, by: Officer,
          actor: str = "") -> None:
    append_to(tx, words, kind=EntryKind.PAPER, at=at, event=of.event_id, actor=actor, by=by)
