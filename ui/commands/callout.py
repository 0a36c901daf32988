"""The command of call-outs: who would be called, call them, carry the messages, answers."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from dataclasses import asdict

from db.change import RowId
from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.net.answers import answer_from, called
from dispatch.net.board import Recipient, copy_groups, recipients, share
from dispatch.net.callout_text import plan_of, plan_text
from dispatch.net.callouts import (
    Callout,
    Draft,
    callout_by_number,
    callouts,
    close_callout,
    look_at,
    open_callouts,
    start_callout,
)
from dispatch.net.channels import channels
from dispatch.net.terms import STANDING_NAMES, Answer, SendState
from resources.localtime import moment_text
from ui.commands.desk import Answer as Said
from ui.commands.desk import officer, reading, writing
from ui.commands.net import chosen_by, write_out, written

STEP_SECONDS = 0.02


def callout(args: argparse.Namespace) -> Said:
    """Start a call-out, or one of its other verbs."""
    return {"start": _start, "list": _list, "show": _show, "answer": _answer, "decide": _decide,
            "send": _send, "close": _close, "copy": _copy, "print": _print}[args.what](args)


def _draft(store: Store, args: argparse.Namespace) -> Draft:
    from dispatch.events import event_by_number

    of = event_by_number(store, args.event) if args.event else None
    plan = plan_of(store, of)
    if args.plan:
        found = store.value("select id from plan where active = 1 and name = :name",
                            name=args.plan)
        if found is None:
            raise Refused("There is no such plan.", field="plan")
        plan = RowId(found)
    known = {c.name: c.id for c in channels(store)}
    unknown = next((c for c in args.channel if c not in known), None)
    if unknown is not None:
        raise Refused("There is no such channel.", field="channels")
    return Draft(
        title=args.title or (of.title if of is not None else ""),
        template=args.text or (plan_text(store, plan) if of is not None else ""),
        choice=chosen_by(store, args, plan if args.plan else None),
        event=of.id if of is not None else None, plan=plan,
        channels=tuple(known[c] for c in args.channel), minutes=args.minutes,
        orders=not args.no_orders)


def _start(args: argparse.Namespace) -> Said:
    if args.dry_run:
        with reading(args) as store:
            ready = look_at(store, _draft(store, args))
        return Said((t("{n} units would be called:", n=len(ready.members)), *(
            f"{m.name}  {m.phone or '—'}" for m in ready.members),
            t("They read: {text}", text=ready.text)), {
            "members": [{"name": m.name, "phone": m.phone, "branch": m.branch}
                        for m in ready.members],
            "text": ready.text, "channels": [c.name for c in ready.channels],
            "without_number": [m.name for m in ready.without_number]})
    with writing(args) as store:
        of = start_callout(store, _draft(store, args), by=officer(store, args.officer))
        _carry(store)
        return _lines(store, of)


def _carry(store: Store) -> None:
    """Send what may go now; what waits for its limit or another try is waited for."""
    from dispatch.net.courier import Courier

    courier = Courier(store)
    try:
        while courier.pump():
            time.sleep(STEP_SECONDS)
    finally:
        courier.close()


def _of(store: Store, args: argparse.Namespace) -> Callout:
    if args.number:
        return callout_by_number(store, args.number)
    going = open_callouts(store)
    if not going:
        raise Refused("No call-out is open. Give its number.", field="number")
    return going[-1]


def _line(r: Recipient) -> str:
    parts = [str(r.place), r.name, t(STANDING_NAMES[r.standing])]
    if r.minutes is not None:
        parts.append(t("{n} min", n=r.minutes))
    return "  ".join(p for p in (*parts, r.answered_by, r.note) if p)


def _lines(store: Store, of: Callout) -> Said:
    rows = recipients(store, of.id)
    known = share(rows)
    return Said((t("Call-out {number}: {n} of {all} answered", number=of.number,
                   n=known.answered, all=known.total), *map(_line, rows)), {
        "callout": asdict(of), "answered": known.answered, "total": known.total,
        "standings": Counter(str(r.standing) for r in rows),
        "recipients": [{"place": r.place, "name": r.name, "standing": r.standing,
                        "minutes": r.minutes, "by": r.answered_by,
                        "messages": [asdict(m) for m in r.messages]} for r in rows]})


def _list(args: argparse.Namespace) -> Said:
    with reading(args) as store:
        found = callouts(store, limit=50)
    return Said(tuple(f"{c.number}  {moment_text(c.made_at)}  {c.title}" for c in found),
                {"callouts": [asdict(c) for c in found]})


def _show(args: argparse.Namespace) -> Said:
    with reading(args) as store:
        return _lines(store, _of(store, args))


def _answer(args: argparse.Namespace) -> Said:
    with writing(args) as store:
        of = _of(store, args)
        answer_from(store, of, args.who, Answer(args.answer), who=args.by_whom, way=args.way,
                    note=args.note, by=officer(store, args.officer))
        return _lines(store, of)


def _decide(args: argparse.Namespace) -> Said:
    from dispatch.net.outbox import decide

    with writing(args) as store:
        of = _of(store, args)
        decide(store, called(store, of, args.who).id, got_out=not args.lost,
               by=officer(store, args.officer))
        return _lines(store, of)


def _send(args: argparse.Namespace) -> Said:
    """Carry what still lies in the outbox."""
    with writing(args) as store:
        _carry(store)
        left = int(store.value("select count(*) from outbox where state = :unknown",
                               unknown=SendState.UNKNOWN))
    return Said((t("{n} sent or not?", n=left),), {"unknown": left})


def _close(args: argparse.Namespace) -> Said:
    with writing(args) as store:
        of = close_callout(store, _of(store, args).id, by=officer(store, args.officer))
        return _lines(store, of)


def _copy(args: argparse.Namespace) -> Said:
    with reading(args) as store:
        of = _of(store, args)
        rows = [r for r in recipients(store, of.id) if r.answer is Answer.NONE]
        groups = copy_groups(of.text, rows or recipients(store, of.id))
    return Said(tuple(groups), {"groups": groups})


def _print(args: argparse.Namespace) -> Said:
    from dispatch.net.papers import callout_book, callout_paper

    with reading(args) as store:
        of = _of(store, args)
        return written(write_out(args.out, of.number, callout_paper(store, of),
                                 callout_book(store, of)))
