"""Warnings 预警 in force: issued by colour, lifted, running out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store
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
        return t("{kind} {color}", kind=self.kind, color=t(COLOR_NAMES[self.color]))


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
    with store.change("warning.issue", by) as tx:
        new = WarningId(tx.insert("warning", {
            "kind": kind.strip(), "color": color, "issuer": issuer.strip(),
            "area": area.strip(), "text": text.strip(), "issued_at": to_text(when),
            "ends_at": to_text(ends_at) if ends_at else None}))
        name = t("{kind} {color}", kind=kind.strip(), color=t(COLOR_NAMES[color]))
        words = t("Warning in force: {name}", name=name)
        more = " ".join(p for p in (area.strip(), text.strip()) if p)
        append_to(tx, f"{words}{t(', ')}{more}" if more else words, kind=EntryKind.WARNING,
                  at=issued_at, actor=issuer.strip(), by=by)
    return warning(store, new)


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
        tx.update("warning", id, lifted_at=to_text(when))
        append_to(tx, t("Warning lifted: {name}", name=old.name), kind=EntryKind.WARNING,
                  at=at, actor=old.issuer, by=by)
    return warning(store, id)


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


def _warning(row: Any) -> HazardWarning:
    values = {n: row[n] for n in HazardWarning.__slots__}
    for name in ("issued_at", "ends_at", "lifted_at"):
        values[name] = from_text(row[name]) if row[name] else None
    return HazardWarning(**values)
