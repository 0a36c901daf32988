"""Commands of the after-action: its facts and files, what is written of it, its improvements."""

from __future__ import annotations

import argparse
from datetime import date

from db.change import RowId
from db.errors import Refused
from db.store import Store
from db.words import t
from ui.commands.desk import Answer, officer, reading, writing
from ui.commands.past import keep_file

PARTS = ("course", "cause", "lessons", "measures", "reported_to")


def after_action(args: argparse.Namespace) -> Answer:
    """The after-action of an event; --xlsx, --docx and --pdf write files, words are written in."""
    from dispatch.after_action import gaps, measured, read_after_action
    from dispatch.after_action_export import after_action_book, after_action_data
    from dispatch.tally_papers import minutes_words

    given = {n: getattr(args, n) for n in PARTS if getattr(args, n)}
    if given:
        _write(args, given)
    lines = []
    with reading(args) as store:
        of = read_after_action(store, _event(store, args.event))
        if args.xlsx is not None:
            lines.append(keep_file(args.xlsx, after_action_book(of)))
    lines += [keep_file(path, _paper(args, of.of.id, path.suffix.lower()))
              for path in (args.docx, args.pdf) if path is not None]
    lines += [f"{of.of.number}  {of.of.title}", *(
        t("{interval}: median {median}, 90 % {p90} min, {n} forces", interval=t(m.name),
          median=minutes_words(m.spread.median) or "—", p90=minutes_words(m.spread.p90) or "—",
          n=m.spread.n) for m in measured(of)), *gaps(of)]
    lines += [_line(i.id, i.problem, i.owner, i.due_on) for i in of.improvements if i.open]
    return Answer(tuple(lines), after_action_data(of))


def _line(id: int, problem: str, owner: str, due_on: date | None) -> str:  # noqa: A002
    return t("Improvement {id}: {problem} → {owner}, until {day}", id=id, problem=problem,
             owner=owner, day=due_on)


def _event(store: Store, number: str) -> RowId:
    from dispatch.events import event_by_number

    return event_by_number(store, number).id


def _write(args: argparse.Namespace, parts: dict[str, str]) -> None:
    from dispatch.review import write_review

    with writing(args) as store:
        write_review(store, _event(store, args.event), parts, by=officer(store, args.officer))


def _paper(args: argparse.Namespace, event: RowId, form: str) -> bytes:
    """The paper is registered, so that its code is found again."""
    from dispatch.duty.after_action_papers import after_action_paper
    from dispatch.printouts.after_action import after_action_sheet
    from dispatch.printouts.formats import sheet_bytes
    from ui.places import fonts_folder

    with writing(args) as store:
        facts = after_action_paper(store, event, by=officer(store, args.officer))
    return sheet_bytes(after_action_sheet(facts), form, fonts_folder())


def improve(args: argparse.Namespace) -> Answer:
    """List what is to be better, add to it, or close one."""
    from dispatch import review

    if args.close:
        with writing(args) as store:
            done = review.close_improvement(
                store, review.ImprovementId(RowId(args.close)), args.outcome,
                by=officer(store, args.officer))
        return Answer((t("Closed: {what}", what=done.problem),), {"id": done.id})
    if args.problem:
        with writing(args) as store:
            new = review.add_improvement(
                store, _event(store, args.event), args.problem, measure=args.measure,
                owner=args.owner, due_on=_day(args.until), by=officer(store, args.officer))
        return Answer((_line(new.id, new.problem, new.owner, new.due_on),), {"id": new.id})
    with reading(args) as store:
        of = _event(store, args.event) if args.event else None
        found = [i for i in review.open_improvements(store) if of in (None, i.event_id)]
    return Answer(tuple(f"{i.event_number}  {_line(i.id, i.problem, i.owner, i.due_on)}"
                        for i in found) or (t("No improvement is open."),),
                  {"improvements": [{"id": i.id, "event": i.event_number, "problem": i.problem,
                                     "measure": i.measure, "owner": i.owner,
                                     "due_on": i.due_on} for i in found]})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused("“{text}” is not a day. Write it as 2027-01-01.", field="due_on",
                      text=text) from error
