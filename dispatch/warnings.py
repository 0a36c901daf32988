"""Warnings 预警 in force: issued by colour, lifted, running out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.log import append_to, check_not_future
from dispatch.terms import COLOR_NAMES, EntryKind
from resources.localtime import moment_text
from resources.people import DESK, Officer, allowed

WarningId = NewType("WarningId", RowId)


@dataclass(frozen=True, slots=True)
class HazardWarning:
    """One warning; colour 1 red, 2 orange, 3 yellow, 4 blue (突发事件应对法 2024 Art. 63)."""

    id: WarningId
    kind: str
    color: int
    issuer: str
    area: str
    text: str
    issued_at: datetime
    ends_at: datetime | None
    lifted_at: datetime | None
    passed_to: int
    acknowledged: int

    @property
    def name(self) -> str:
        """`暴雨 Yellow` in the language in use."""
        return warning_name(self.kind, self.color)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a warning says, before it is written down."""

    kind: str
    color: int
    issuer: str
    area: str
    text: str
    issued_at: datetime
    ends_at: datetime | None = None

    @property
    def name(self) -> str:
        """`暴雨 Yellow` in the language in use."""
        return warning_name(self.kind, self.color)


@allowed(*DESK)
def issue_warning(store: Store, kind: str, color: int, issuer: str, *, area: str = "",
                  text: str = "", issued_at: datetime | None = None,
                  ends_at: datetime | None = None, by: Officer) -> HazardWarning:
    """Write down a warning that came in; from then on it stands in the shift bar.

    Raises:
        Refused: no kind or issuer, no such colour, a future issue, an end before its issue.
    """
    if not kind.strip():
        raise Refused("Say what the warning is about, such as rainstorm.", field="kind")
    if not issuer.strip():
        raise Refused("Say who issued the warning.", field="issuer")
    if color not in COLOR_NAMES:
        raise Refused("A warning is red, orange, yellow or blue.", field="color")
    when = check_not_future(issued_at, store.clock.now())
    if ends_at is not None and ends_at <= when:
        raise Refused("The end {end} is not after the issue at {time}.", field="ends_at",
                      end=moment_text(ends_at), time=moment_text(when))
    facts = Facts(kind.strip(), color, issuer.strip(), area.strip(), text.strip(), when, ends_at)
    with store.change("warning.issue", by) as tx:
        new = put_warning(tx, facts, at=issued_at, by=by)
    return warning(store, new)


def put_warning(tx: Transaction, facts: Facts, *, at: datetime | None = None, words: str = "",
                by: Officer) -> WarningId:
    """Write down a warning and its log entry inside a change that is open; `words` tells more of
    how it came."""
    new = WarningId(tx.insert("warning", {
        "kind": facts.kind, "color": facts.color, "issuer": facts.issuer, "area": facts.area,
        "text": facts.text, "issued_at": to_text(facts.issued_at),
        "ends_at": to_text(facts.ends_at) if facts.ends_at else None}))
    said = t("Warning in force: {name}", name=facts.name)
    more = " ".join(p for p in (words, facts.area, facts.text) if p)
    append_to(tx, f"{said}{t(', ')}{more}" if more else said, kind=EntryKind.WARNING, at=at,
              actor=facts.issuer, by=by)
    return new


@allowed(*DESK)
def lift_warning(store: Store, id: WarningId, *, at: datetime | None = None,  # noqa: A002
                 by: Officer) -> HazardWarning:
    """Lift a warning 解除.

    Raises:
        Refused: it was lifted already, or a time before its issue or in the future.
    """
    old = warning(store, id)
    if old.lifted_at is not None:
        raise Refused("This warning was lifted at {time}.", time=moment_text(old.lifted_at))
    when = check_not_future(at, store.clock.now())
    if when < old.issued_at:
        raise Refused("{time} is before the warning was issued at {issued}.", field="at",
                      time=moment_text(when), issued=moment_text(old.issued_at))
    with store.change("warning.lift", by) as tx:
        put_lift(tx, old, when, at=at, by=by)
    return warning(store, id)


def put_lift(tx: Transaction, old: HazardWarning, when: datetime, *, at: datetime | None = None,
             words: str = "", by: Officer) -> None:
    """Lift a warning inside a change that is open; `words` tells more of how that came."""
    tx.update("warning", old.id, lifted_at=to_text(when))
    said = t("Warning lifted: {name}", name=old.name)
    append_to(tx, f"{said}{t(', ')}{words}" if words else said, kind=EntryKind.WARNING, at=at,
              actor=old.issuer, by=by)


@allowed(*DESK)
def extend_warning(store: Store, id: WarningId, ends_at: datetime, *,  # noqa: A002
                   by: Officer) -> HazardWarning:
    """Give a warning in force a later (or earlier) end.

    Raises:
        Refused: it was lifted, or the end is not in the future.
    """
    old = warning(store, id)
    if old.lifted_at is not None:
        raise Refused("This warning was lifted at {time}.", time=moment_text(old.lifted_at))
    if ends_at <= store.clock.now():
        raise Refused("The new end must lie in the future.", field="ends_at")
    with store.change("warning.extend", by) as tx:
        tx.update("warning", id, ends_at=to_text(ends_at))
        append_to(tx, t("Warning {name} now ends {end}", name=old.name,
                        end=moment_text(ends_at)), kind=EntryKind.WARNING, actor=old.issuer, by=by)
    return warning(store, id)


def warning_name(kind: str, color: int) -> str:
    """`暴雨 Yellow` in the language in use."""
    return t("{kind} {color}", kind=kind, color=t(COLOR_NAMES[color]))


def warning(store: Store, id: WarningId) -> HazardWarning:  # noqa: A002
    """
    Raises:
        Refused: there is none.
    """
    row = store.one("select * from warning where id = :id", id=id)
    if row is None:
        raise Refused("There is no such warning.")
    return _warning(row)


def in_force(store: Store, now: datetime) -> list[HazardWarning]:
    """Not lifted and not run out, gravest colour first."""
    return [_warning(r) for r in store.read("""select * from warning where lifted_at is null
        and issued_at <= :now and (ends_at is null or ends_at > :now)
        order by color, issued_at""", now=to_text(now))]


def run_out(store: Store, now: datetime) -> list[HazardWarning]:
    """Past their end and not lifted or extended: somebody must say which."""
    return [_warning(r) for r in store.read("""select * from warning where lifted_at is null
        and ends_at <= :now order by ends_at""", now=to_text(now))]


def all_warnings(store: Store, limit: int = 500) -> list[HazardWarning]:
    """Lifted or not, the newest first."""
    return [_warning(r) for r in store.read(
        "select * from warning order by issued_at desc, id desc limit :limit", limit=limit)]


def _warning(row: Any) -> HazardWarning:
    values = {n: row[n] for n in HazardWarning.__slots__}
    for name in ("issued_at", "ends_at", "lifted_at"):
        values[name] = from_text(row[name]) if row[name] else None
    return HazardWarning(**values)
