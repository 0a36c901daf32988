"""Answers 回执: who acknowledged or declined, timed, logged, and what the force then does."""

from __future__ import annotations

import re
from datetime import datetime

from db.change import RowId
from db.clock import to_text
from db.errors import Refused, WatchdeskError
from db.store import Store, Transaction
from db.words import t
from dispatch.log import append_to, check_not_future, is_backfilled
from dispatch.net.board import Recipient, recipient, recipients
from dispatch.net.callouts import Callout, callout
from dispatch.net.terms import ANSWER_NAMES, Answer
from dispatch.orders import (
    OrderLine,
    check_line,
    check_stage,
    order,
    orders_of_force,
    put_stamp,
    send_line,
    stage_text,
)
from dispatch.terms import WAY_NAMES, EntryKind, Stage, Way
from resources.people import DESK, Officer, allowed


@allowed(*DESK)
def note_answer(store: Store, to: RowId, answer: Answer, *, who: str = "", way: str = Way.PHONE,
                at: datetime | None = None, note: str = "", by: Officer) -> Recipient:
    """Write down an answer. The same answer again changes nothing; another one corrects it.

    An acknowledging force of a call-out that orders is sent to the event and confirmed in the
    same change; a force that declines has its open order refused. Where the force cannot be sent
    (it is out elsewhere) the answer is kept and its note says why no order was given.

    Raises:
        Refused: no answer given, a time in the future or before the call-out.
    """
    old = recipient(store, to)
    of = callout(store, old.callout_id)
    if answer is Answer.NONE:
        raise Refused("Say what was answered.", field="answer")
    if old.answer is answer and (not who.strip() or who.strip() == old.answered_by):
        return old
    when = check_not_future(at, store.clock.now())
    if when < of.made_at:
        raise Refused("{time} is before the call-out.", field="at", time=to_text(when))
    with store.change("callout.answer", by) as tx:
        sent, why = _stages(tx, of, old, answer, when, who.strip(), way, by)
        note = t("; ").join(p for p in (note.strip(), why) if p)
        tx.update("callout_to", to, answer=answer, answered_at=to_text(when),
                  answered_by=who.strip(), way=way, note=note, next_at=None,
                  officer=by.name, **({"order_id": sent} if sent else {}))
        append_to(tx, _words(of, old, answer, when, who.strip(), way, note),
                  kind=EntryKind.CALL_OUT, at=when, event=of.event_id, order=sent,
                  actor=old.name, source=of.number, by=by)
    return recipient(store, to)


@allowed(*DESK)
def answer_from(store: Store, of: Callout, name: str, answer: Answer, *, who: str = "",
                way: str = Way.SMS, at: datetime | None = None, note: str = "",
                by: Officer) -> Recipient:
    """An answer that came with a name, call sign, number or place on the list.

    Raises:
        Refused: nobody of this call-out is that, or as `note_answer`.
    """
    return note_answer(store, called(store, of, name).id, answer, who=who, way=way, at=at,
                       note=note, by=by)


def called(store: Store, of: Callout, name: str) -> Recipient:
    """The recipient that a name, call sign, number, mail address or place stands for.

    Raises:
        Refused: somebody who was not called.
    """
    plain, digits = name.strip(), re.sub(r"\D", "", name)
    rows = recipients(store, of.id)
    found = [r for r in rows if plain and plain in (r.name, r.call_sign)]
    found = found or [r for r in rows if plain and any(
        plain in (c.mail, c.name) or (len(digits) > 4 and digits == re.sub(r"\D", "", c.phone))
        for c in r.steps)]
    found = found or [r for r in rows if plain.isdigit() and len(plain) < 5
                      and r.place == int(plain)]
    if len(found) != 1:
        raise Refused("{name} was not called by {number}. Write a name, call sign or number of"
                      " its list.", field="who", name=plain or "—", number=of.number)
    return found[0]


def _words(of: Callout, old: Recipient, answer: Answer, when: datetime, who: str, way: str,
           note: str) -> str:
    minutes = max(0, round((when - of.made_at).total_seconds() / 60))
    how = t(WAY_NAMES[Way(way)]) if way in set(Way) else way
    parts = [p for p in (who, how, t("after {n} min", n=minutes), note) if p]
    return t("{number} {unit}: {answer} ({how})", number=of.number, unit=old.name,
             answer=t(ANSWER_NAMES[answer]), how=t("list|, ").join(parts))


# stages

def _stages(tx: Transaction, of: Callout, old: Recipient, answer: Answer, when: datetime,
            who: str, way: str, by: Officer) -> tuple[RowId | None, str]:
    """The order that an answering force has at the event, stamped, or why it has none."""
    if old.kind != "force" or of.event_id is None or not of.orders:
        return None, ""
    store = tx.store
    row = store.one("select number, state, lon, lat from event where id = :id", id=of.event_id)
    if row is None or row["state"] != "open":
        return None, ""
    there = next((o for o in orders_of_force(store, old.row_id)
                  if o.event_id == of.event_id and o.out), None)
    if there is None and answer is Answer.ACKNOWLEDGED:
        line = OrderLine(old.row_id, old.text)
        try:
            check_line(store, of.event_id, line, set(), also_out=False)
        except Refused as refused:
            return None, t("not ordered: {why}", why=refused)
        there = order(store, send_line(tx, of.event_id, row, line, by, of.made_at))
    stage = {Answer.ACKNOWLEDGED: Stage.CONFIRMED, Answer.REFUSED: Stage.REFUSED}.get(answer)
    if there is None or stage is None:
        return None, ""
    at = max(when, there.ordered_at)
    try:
        check_stage(there, stage, at)
    except WatchdeskError:
        return there.id, ""  # further on already: the answer alone is written
    put_stamp(tx, there, stage, at, source=way, said_by=who, people=None, vehicles=None, note="",
              late=is_backfilled(store, at, store.clock.now()), reason="", officer=by.name)
    append_to(tx, stage_text(there.force_name, stage, None, None, ""), kind=EntryKind.STAGE,
              at=at, event=of.event_id, order=there.id, actor=who or there.force_name,
              source=way, by=by)
    return there.id, ""
