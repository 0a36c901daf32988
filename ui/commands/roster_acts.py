"""Commands of the roster by hand: a duty put or cleared, leave, periods, swaps decided, a year."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from db.errors import Refused
from db.store import Store
from db.words import t
from resources.localtime import local_day, moment_text
from resources.people import Officer
from ui.commands.desk import Answer, officer, reading, writing
from ui.commands.roster import _board, _facts, _month, _named

if TYPE_CHECKING:
    from dispatch.duty.roster.board import Board


def act(args: argparse.Namespace) -> Answer:
    """Do it, and answer with the month as it is then."""
    if args.what == "history":
        return _history(args)
    acts = {"put": _put, "clear": _put, "year": _year, "reopen": _reopen, "decide": _decide,
            "leave": _leave, "special": _special}
    with writing(args) as store:
        words = acts[args.what](store, args, officer(store, args.officer))
        shown = _board(args, store)
    return Answer((*words, *(b.words for b in shown.breaches)), _facts(shown))


def _day(text: str, month: date) -> date:
    """A day typed as 2026-12-24, 12-24 or 24.

    Raises:
        Refused: it is no day.
    """
    if not text:
        raise Refused("Say which day: --day 2026-12-24.", field="day")
    try:
        parts = [int(part) for part in text.replace("/", "-").split("-")]
        return date(*[month.year, month.month, 1][:3 - len(parts)], *parts)
    except (ValueError, TypeError) as error:
        raise Refused("“{text}” is not a day. Write 2026-11-23, 11-23 or 23.", field="day",
                      text=text) from error


def _put(store: Store, args: argparse.Namespace, by: Officer) -> tuple[str, ...]:
    from dispatch.duty.roster.months import Put, put_cells
    from dispatch.duty.roster.problem import Key
    from dispatch.terms import POST_NAMES, Post
    from resources.people import OfficerId

    shown: Board = _board(args, store)
    key = Key(_day(args.day, shown.record.first), args.shift - 1)
    post = Post(args.post) if args.what == "put" else None
    who = OfficerId(_named(shown, args.name))  # type: ignore[arg-type]
    put_cells(store, shown.record.first, [Put(who, key, post, locked=post is not None)], by=by)
    if post is None:
        return (t("{name} is off the roster of {day}", name=args.name, day=key.day),)
    return (t("{name} is {post} on {day}", name=args.name, post=t(POST_NAMES[post]),
              day=key.day),)


def _year(store: Store, args: argparse.Namespace, by: Officer) -> tuple[str, ...]:
    """Draft month after month; the spread over all of them is said with its gap."""
    from dispatch.duty.roster.explain import Impossible
    from dispatch.duty.roster.year import problems_of, solve_problems, take_year, year_words

    problems = problems_of(store, _month(args, store), args.months, store.clock.now())
    found = solve_problems(problems, limit=args.limit)
    if isinstance(found, Impossible):
        raise Refused("The months cannot all be filled. {why}", why=found.words)
    take_year(store, found, by=by)
    return year_words(found)


def _reopen(store: Store, args: argparse.Namespace, by: Officer) -> tuple[str, ...]:
    from dispatch.duty.roster.publish import reopen_month

    reopen_month(store, _month(args, store), by=by)
    return (t("Back in a draft. The desk keeps its shifts until it is published anew."),)


def _decide(store: Store, args: argparse.Namespace, by: Officer) -> tuple[str, ...]:
    """The oldest swap that waits, or the one from the person named."""
    from dispatch.duty.roster.swaps import decide_swap, swaps

    waiting = [s for s in reversed(swaps(store, _month(args, store), open_only=True))
               if args.name in ("", s.from_name)]
    if not waiting:
        raise Refused("No swap waits for an answer.")
    done = decide_swap(store, waiting[0].id, granted=not args.refuse, answer=args.why, by=by)
    if args.refuse:
        return (t("Swap refused: {words}", words=done.words),)
    return (t("Swap granted: {words}", words=done.words),)


def _leave(store: Store, args: argparse.Namespace, by: Officer) -> tuple[str, ...]:
    """Leave of a kind, or a wish of one day."""
    from dispatch.duty.roster.people import add_leave, days_between, set_wish
    from dispatch.duty.roster.terms import Leave, Wish

    shown: Board = _board(args, store)
    who, first = _named(shown, args.name), _day(args.day, shown.record.first)
    last = _day(args.last, shown.record.first) if args.last else first
    if args.kind in list(Wish):
        for day in sorted(days_between(first, max(first, last))):
            set_wish(store, who, day, Wish(args.kind), by=by)
        return (t("Wish noted"),)
    if args.kind not in list(Leave):
        raise Refused("“{text}” is no kind of leave. Write one of: {kinds}", text=args.kind,
                      kinds=", ".join((*Leave, *Wish)))
    days = add_leave(store, who, first, last, Leave(args.kind), args.why, by=by)
    on = t(", ").join(f"{d:%m-%d}" for d in days)
    return (t("Leave entered. On duty on {days}: swap these duties (X).", days=on) if days
            else t("Leave entered"),)


def _special(store: Store, args: argparse.Namespace, by: Officer) -> tuple[str, ...]:
    from dispatch.duty.roster.people import add_special_period
    from dispatch.terms import Post

    month = _month(args, store)
    first = _day(args.day, month)
    add_special_period(store, args.name, first, _day(args.last, month) if args.last else first,
                       {Post(args.post): args.more}, by=by)
    return (t("Special period entered"),)


def _history(args: argparse.Namespace) -> Answer:
    from dispatch.duty.roster.publish import versions
    from dispatch.duty.roster.swaps import swaps
    from dispatch.duty.roster.terms import SWAP_NAMES

    with reading(args) as store:
        month = _month(args, store) if args.month else local_day(store.clock.now())
        found, asked = versions(store, month.replace(day=1)), swaps(store, month.replace(day=1))
    lines = [f"{v.number}  {moment_text(v.at, year=True)}  {v.by}  {v.why}" for v in found]
    lines += [f"{t(SWAP_NAMES[s.state])}  {s.words}  {s.reason}  {s.answer}" for s in asked]
    return Answer(tuple(lines) or (t("This month was never published."),), {
        "versions": [{"version": v.number, "at": v.at, "by": v.by, "why": v.why,
                      "duties": len(v.cells)} for v in found],
        "swaps": [{"says": s.words, "state": s.state, "why": s.reason} for s in asked]})
