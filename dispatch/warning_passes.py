"""Passed warnings 预警转发与签收: to whom a warning went, who acknowledged it, who has not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.log import append_to
from dispatch.net.words import named
from dispatch.rules import RECEIPT
from dispatch.terms import EntryKind, Way
from dispatch.warnings import TOLD, HazardWarning, WarningId, in_force, warning
from resources.net import Key
from resources.people import Officer
from resources.rules import rule_or

if TYPE_CHECKING:
    from dispatch.deadlines import Due

PassId = NewType("PassId", RowId)
NAMES = 6
"""Names of those who have not acknowledged, before `and so many more`."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One warning passed on to one unit; `kind` and `row_id` are empty for who is not on the net,
    `to_id` is its line of the call-out that brought it."""

    id: PassId
    warning_id: WarningId
    kind: str
    row_id: RowId
    name: str
    way: Way
    passed_at: datetime
    to_id: RowId | None
    back_at: datetime | None
    back_by: str

    @property
    def key(self) -> Key:
        return self.kind, self.row_id


def passes(store: Store, id: WarningId) -> list[Pass]:  # noqa: A002 - the reader's own word
    """To whom a warning went: who has not acknowledged first, then as they were told."""
    return [_pass(r) for r in store.read(
        f"select * from {TOLD} where warning_id = :id order by back_at is not null, id", id=id)]


def a_pass(store: Store, id: PassId) -> Pass:  # noqa: A002
    """
    Raises:
        Refused: there is none.
    """
    row = store.one(f"select * from {TOLD} where id = :id", id=id)
    if row is None:
        raise Refused("There is no such passing on.", field="who")
    return _pass(row)


def find_pass(store: Store, id: WarningId, name: str) -> Pass:  # noqa: A002
    """The one that a name, or a part of one, stands for.

    Raises:
        Refused: the warning was not passed on to such a unit, or to several.
    """
    rows, plain = passes(store, id), name.strip()
    found = [p for p in rows if p.name == plain] or [p for p in rows if plain and plain in p.name]
    if len(found) != 1:
        raise Refused("The warning was not passed on to a single unit named {name}.", field="who",
                      name=plain or "—")
    return found[0]


def counts_words(of: HazardWarning) -> str:
    """`Passed on to 18, acknowledged by 17`."""
    return t("Passed on to {passed}, acknowledged by {back}", passed=of.passed_to,
             back=of.acknowledged)


def told(of: HazardWarning, rows: Iterable[Pass]) -> str:
    """`Passed on to 18, acknowledged by 17; not yet: …` in a line. Pure."""
    waiting = [p.name for p in rows if p.back_at is None]
    words = counts_words(of)
    return words + t("; ") + named(t("not yet: {names}"), waiting, NAMES) if waiting else words


def of_passes(store: Store, now: datetime) -> list[Due]:
    """Who has not acknowledged a warning in force, by warning and the time it was passed on.

    Who was called out waits on the call-out's own line until that is closed.
    """
    from dispatch.deadlines import Act, Due

    wait, found = timedelta(minutes=float(rule_or(store, RECEIPT, now).value)), []
    for of in in_force(store, now):
        rows = [_pass(r) for r in store.read(f"""select t.* from {TOLD} t
            left join callout c on c.id = t.callout_id where t.warning_id = :id
            and t.back_at is null and (c.id is null or c.closed_at is not null)
            order by t.passed_at, t.id""", id=of.id)]
        for passed, some in groupby(rows, key=lambda p: p.passed_at):
            names = [p.name for p in some]
            found.append(Due(
                f"receipt:{of.id}:{int(passed.timestamp())}", passed + wait, passed,
                t("{name}: {n} have not acknowledged", name=of.name, n=len(names)),
                named(t("not yet: {names}"), names, 3), "", None, Act.RECEIPT, of.id))
    return found


def put_acknowledged(tx: Transaction, one: Pass, when: datetime, said_by: str, *,
                     at: datetime | None = None, by: Officer) -> None:
    """One acknowledgement and its log entry, inside a change that is open."""
    tx.update("warning_pass", one.id, acknowledged_at=to_text(when), said_by=said_by)
    minutes = max(0, round((when - one.passed_at).total_seconds() / 60))
    parts = [p for p in (said_by, t("after {n} min", n=minutes)) if p]
    append_to(tx, t("{unit} acknowledged the warning {name} ({how})", unit=one.name,
                    name=warning(tx.store, one.warning_id).name, how=t("list|, ").join(parts)),
              kind=EntryKind.WARNING, at=at, actor=one.name, by=by)


def _pass(r: Any) -> Pass:
    return Pass(PassId(RowId(r["id"])), WarningId(RowId(r["warning_id"])), r["kind"],
                RowId(r["row_id"]), r["name"], Way(r["way"]), from_text(r["passed_at"]),
                r["callout_to_id"], from_text(r["back_at"]) if r["back_at"] else None,
                r["back_by"])
