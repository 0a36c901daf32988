"""Corrections 更正: a wrong stage time is struck with its reason, a right one takes its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.log import append_to, check_not_future
from dispatch.orders import Order, OrderId, Stamp, check_stage, order, put_stamp, rank
from dispatch.terms import ENDED_STAGES, STAGE_NAMES, EntryKind, Stage
from resources.localtime import moment_text
from resources.people import DESK, Officer, allowed


@dataclass(frozen=True, slots=True)
class StruckStamp:
    """A stage time that does not hold any more, and why."""

    stage: Stage
    at: datetime
    struck_at: datetime
    officer: str
    reason: str


@allowed(*DESK)
def correct_stamp(store: Store, id: OrderId, stamp: RowId, *, reason: str,  # noqa: A002
                  at: datetime | None = None, by: Officer) -> Order:
    """Strike a stage time; with `at` the same stage is stamped anew at that time.

    The order then stands at the furthest stage that is left; an ending that is struck puts the
    force out again.

    Raises:
        Refused: no reason, the order itself, a time out of order or in the future, the force
            is out elsewhere, or the event is not open and the stage would be gone.
    """
    if not reason.strip():
        raise Refused("Say why the entry is struck.", field="reason")
    when = check_not_future(at, store.clock.now()) if at is not None else None
    with store.change("order.correct", by) as tx:
        old = order(store, id)
        wrong = next((s for s in old.stamps if s.id == stamp), None)
        if wrong is None:
            raise Refused("This stage time is struck already.", field="stage")
        if wrong.stage == Stage.ORDERED:
            raise Refused("The order itself is not corrected; cancel it and send a new one.",
                          field="stage")
        left = tuple(s for s in old.stamps if s.id != stamp)
        kept_end = old.ended_at is not None and wrong.stage not in ENDED_STAGES
        after = replace(old, stamps=left, stage=furthest(left),
                        ended_at=old.ended_at if kept_end else None)
        if when is not None:
            check_stage(after, wrong.stage, when)
        elif wrong.stage in ENDED_STAGES:
            _check_out_again(tx, old)
        _strike(tx, old, wrong, reason.strip(), when, by)
        tx.update("dispatch_order", id, stage=after.stage,
                  ended_at=to_text(old.ended_at) if kept_end and old.ended_at else None)
        if when is not None:
            put_stamp(tx, after, wrong.stage, when, source=wrong.source, said_by=wrong.said_by,
                      people=wrong.people, vehicles=wrong.vehicles, note=wrong.note, late=True,
                      reason=reason.strip(), officer=by.name, place=wrong.place)
    return order(store, id)


def furthest(stamps: tuple[Stamp, ...]) -> Stage:
    """The stage at which an order with these stamps stands. Pure."""
    return max((s.stage for s in stamps), key=rank, default=Stage.ORDERED)


def struck_stamps(store: Store, id: OrderId) -> list[StruckStamp]:  # noqa: A002
    """The stage times of an order that were struck, oldest strike first."""
    return [StruckStamp(Stage(r["stage"]), from_text(r["at"]), from_text(r["struck_at"]),
                        r["officer"], r["reason"])
            for r in store.read("""select s.stage, s.at, x.at as struck_at, x.officer, x.reason
        from stamp_strike x join stamp s on s.id = x.stamp_id where s.order_id = :id
        order by x.at, x.id""", id=id)]


def _check_out_again(tx: Transaction, old: Order) -> None:
    row = tx.run("""select e.number from dispatch_order o join event e on e.id = o.event_id
        where o.force_id = :force and o.ended_at is null""", force=old.force_id).fetchone()
    if row is not None:
        raise Refused("{force} is out again by now: event {number}. Give the right time instead.",
                      field="at", force=old.force_name, number=row["number"])
    if tx.run("select state from event where id = :id", id=old.event_id).fetchone()[0] != "open":
        raise Refused("Event {number} is closed; give the right time, or reopen it first.",
                      field="at", number=old.event_number)


def _strike(tx: Transaction, old: Order, wrong: Stamp, reason: str, right: datetime | None,
            by: Officer) -> None:
    """The strike, and its line in the log, which strikes the line of the stage."""
    now = tx.store.clock.now()
    tx.insert("stamp_strike", {"stamp_id": wrong.id, "at": to_text(now), "officer_id": by.id,
                               "officer": by.name, "reason": reason})
    line = tx.run("""select id from log l where order_id = :order and event_id = :event
        and kind = 'stage' and at = :at and strikes_id is null
        and not exists (select 1 from log c where c.strikes_id = l.id) limit 1""",
        order=old.id, event=old.event_id, at=to_text(wrong.at)).fetchone()
    words = t("{force}: {stage} at {time} struck: {reason}", force=old.force_name,
              stage=t(STAGE_NAMES[wrong.stage]), time=moment_text(wrong.at), reason=reason)
    if right is not None:
        words = t("{force}: {stage} was at {right}, not at {wrong}: {reason}",
                  force=old.force_name, stage=t(STAGE_NAMES[wrong.stage]),
                  right=moment_text(right), wrong=moment_text(wrong.at), reason=reason)
    append_to(tx, words, kind=EntryKind.CORRECTION, event=old.event_id, order=old.id,
              strikes=line[0] if line is not None else None, reason=reason,
              source="replaced" if right is not None and line is not None else "", by=by)
