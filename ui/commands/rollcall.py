"""The command of roll calls: due ones, begin, answer, ask again, end, print, the month."""

from __future__ import annotations

import argparse
import re
from dataclasses import asdict
from datetime import date, timedelta

from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.net.rollcall import (
    RollAnswer,
    RollCall,
    answer_roll,
    answers,
    ask_again,
    end_roll,
    open_rolls,
    roll_by_number,
    rolls,
    start_by_hand,
    start_roll,
)
from dispatch.net.templates import (
    Template,
    TemplateFacts,
    open_occurrences,
    put_template,
    read_times,
    templates,
)
from dispatch.net.terms import RESULT_NAMES, RollResult, RollWay
from resources.localtime import local_day, moment_text
from ui.commands.desk import Answer, officer, reading, writing
from ui.commands.net import chosen_by, write_out, written

AHEAD = timedelta(hours=12)


def rollcall(args: argparse.Namespace) -> Answer:
    """What is due, or one of the verbs."""
    return {"due": _due, "list": _list, "start": _start, "show": _show, "answer": _answer,
            "again": _again, "end": _end, "template": _template, "print": _print,
            "blank": _blank, "month": _month}[args.what](args)


def _due(args: argparse.Namespace) -> Answer:
    with reading(args) as store:
        found = open_occurrences(store, store.clock.now(), AHEAD)
    return Answer(tuple(f"{moment_text(o.at)}  {o.template.name}" for o in found)
                  or (t("No roll call is due."),),
                  {"due": [{"at": o.at, "template": o.template.name, "kind": o.kind,
                            "drawn": o.drawn} for o in found]})


def _list(args: argparse.Namespace) -> Answer:
    with reading(args) as store:
        found = rolls(store, limit=50)
    return Answer(tuple(f"{r.number}  {moment_text(r.started_at)}  {r.title}" for r in found),
                  {"rolls": [asdict(r) for r in found]})


def _of(store: Store, number: str) -> RollCall:
    """The roll call of that number, else the one under way."""
    if number:
        return roll_by_number(store, number)
    going = open_rolls(store)
    if not going:
        raise Refused("No roll call is under way.")
    return going[-1]


def _lines(store: Store, of: RollCall) -> Answer:
    rows = answers(store, of.id)
    return Answer((f"{of.number}  {of.title}", *(
        f"{'' if r.round == 1 else '+'}{r.place}  {r.name}"
        f"  {t(RESULT_NAMES[r.result]) if r.result else '—'}  {r.responder}".rstrip()
        for r in rows)), {"roll": asdict(of), "answers": [asdict(r) for r in rows]})


def _named(store: Store, name: str) -> Template:
    found = next((x for x in templates(store) if x.name == name), None)
    if found is None:
        raise Refused("There is no template named {name}.", field="name", name=name)
    return found


def _start(args: argparse.Namespace) -> Answer:
    with writing(args) as store:
        by, who = officer(store, args.officer), chosen_by(store, args)
        if who.empty:
            of, now = _named(store, args.name), store.clock.now()
            due = next((o for o in open_occurrences(store, now, AHEAD)
                        if o.template.id == of.id and o.at <= now), None)
            made = start_roll(store, of, at=due, by=by)
        else:
            made = start_by_hand(store, args.name or t("Spot check"), who, RollWay(args.way),
                                 by=by)
        return _lines(store, made)


def _show(args: argparse.Namespace) -> Answer:
    with reading(args) as store:
        return _lines(store, _of(store, args.name))


def _answer(args: argparse.Namespace) -> Answer:
    """NAME is the unit; the roll call is the one under way."""
    if not args.result:
        raise Refused("Say what was answered.", field="result")
    with writing(args) as store:
        of = _of(store, "")
        row = _unit(answers(store, of.id), args.name)
        answer_roll(store, row.id, RollResult(args.result), responder=args.responder,
                    quality=args.quality, note=args.note, by=officer(store, args.officer))
        return _lines(store, of)


def _unit(rows: list[RollAnswer], name: str) -> RollAnswer:
    last = max((r.round for r in rows), default=1)
    found = [r for r in rows if r.round == last and name in (r.name, str(r.place))]
    if len(found) != 1:
        raise Refused("{name} is not asked in this roll call.", field="name", name=name or "—")
    return found[0]


def _again(args: argparse.Namespace) -> Answer:
    with writing(args) as store:
        of = _of(store, args.name)
        ask_again(store, of.id, by=officer(store, args.officer))
        return _lines(store, of)


def _end(args: argparse.Namespace) -> Answer:
    with writing(args) as store:
        of = end_roll(store, _of(store, args.name).id, by=officer(store, args.officer))
    return Answer((t("Roll call {number} ended and logged", number=of.number),),
                  {"roll": asdict(of)})


def _template(args: argparse.Namespace) -> Answer:
    with writing(args) as store:
        own = next((x.id for x in templates(store, former=True) if x.name == args.name), None)
        if args.name:
            put_template(store, TemplateFacts(
                name=args.name, choice=chosen_by(store, args), way=RollWay(args.way),
                times=read_times(args.times), random_week=args.random, sample=args.sample),
                template=own, by=officer(store, args.officer))
        found = templates(store)
    return Answer(tuple(f"{x.name}  {' '.join(c.strftime('%H:%M') for c in x.times)}"
                        f"  {x.random_week or ''}".rstrip() for x in found),
                  {"templates": [x.name for x in found]})


def _print(args: argparse.Namespace) -> Answer:
    from dispatch.net.papers import roll_paper

    with reading(args) as store:
        of = _of(store, args.name)
        return written(write_out(args.out, of.number, roll_paper(store, of)))


def _blank(args: argparse.Namespace) -> Answer:
    from dispatch.net.choosing import chosen
    from dispatch.net.papers import blank_roll

    with reading(args) as store:
        of = _named(store, args.name) if args.name else None
        rows = chosen(store, of.choice) if of is not None else []
        return written(write_out(args.out, "roll-call-blank", blank_roll(store, of, rows)))


def _month(args: argparse.Namespace) -> Answer:
    from dispatch.net.papers import circular, circular_book
    from dispatch.net.rates import month, percent

    with writing(args) as store:
        first = local_day(store.clock.now()).replace(day=1)
        if args.month:
            if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", args.month):
                raise Refused("{text} is no month. Write it as 2026-11.", field="month",
                              text=args.month)
            first = date.fromisoformat(f"{args.month}-01")
        found = month(store, first)
        if args.out is not None:
            return written(write_out(args.out, "roll", circular(
                store, first, by=officer(store, args.officer)), circular_book(store, first)))
    rates = {u.name: u.rate(leave_counts=found.leave_counts) for u in found.units}
    return Answer(tuple(f"{name}  {percent(rate)}" for name, rate in rates.items()),
                  {"month": f"{first:%Y-%m}", "rolls": found.rolls, "asked": found.whole.asked,
                   "rate": found.whole.rate(leave_counts=found.leave_counts), "units": rates})
