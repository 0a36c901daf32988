"""Commands of the roster: solve, show, publish, swap, export, import and print a month."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.errors import Refused, StoreError
from db.files import write_whole
from db.store import Store
from db.words import t
from resources.localtime import local_day
from ui.commands.desk import Answer, officer, reading, writing

if TYPE_CHECKING:
    from dispatch.duty.roster.board import Board
    from dispatch.duty.roster.problem import Key


def roster(args: argparse.Namespace) -> Answer:
    """Do one thing with a month."""
    verbs = {"solve": _solve, "show": _show, "publish": _publish, "swap": _swap,
             "export": _export, "import": _import, "print": _print}
    return verbs[args.what](args)


def _month(args: argparse.Namespace, store: Store) -> date:
    if not args.month:
        return local_day(store.clock.now()).replace(day=1)
    try:
        return date.fromisoformat(f"{args.month}-01")
    except ValueError as error:
        raise Refused("“{text}” is no month. Write it as 2026-12.", text=args.month) from error


def _board(args: argparse.Namespace, store: Store) -> Board:
    from dispatch.duty.roster.board import board

    return board(store, _month(args, store))


def _facts(shown: Board) -> dict[str, Any]:
    names = {p.id: p.name for p in shown.month.people}
    return {"month": f"{shown.record.first:%Y-%m}", "state": shown.record.state,
            "version": shown.record.version, "report": shown.record.report,
            "duties": [{"day": c.key.day, "shift": c.key.n + 1, "post": c.post,
                        "name": names.get(c.person, ""), "locked": locked}
                       for c, locked in shown.cells.items()],
            "conflicts": [{"rule": b.kind, "says": b.words} for b in shown.breaches]}


def _show(args: argparse.Namespace) -> Answer:
    from dispatch.terms import POST_NAMES

    with reading(args) as store:
        shown = _board(args, store)
    lines = []
    for day in shown.month.days:
        duties = [d for (_, number), some in shown.month.cells.items() for d in some
                  if number == day.date.day]
        words = "  ".join(f"{t(POST_NAMES[d.post])} {d.officer}"
                          for d in sorted(duties, key=lambda d: d.starts_at))
        lines.append(f"{day.date:%m-%d}  {words}")
    lines += [b.words for b in shown.breaches]
    return Answer(tuple(lines), _facts(shown))


def _solve(args: argparse.Namespace) -> Answer:
    from dispatch.duty.roster.explain import Impossible
    from dispatch.duty.roster.months import drafted, take_solution
    from dispatch.duty.roster.solving import report_of, report_words, solve_month

    with writing(args) as store:
        by, shown = officer(store, args.officer), _board(args, store)
        drafted(store, shown.record.first)
        found = solve_month(shown.problem, shown.cells, store.clock.now(), mend=args.mend,
                            limit=args.limit)
        if isinstance(found, Impossible):
            return Answer((found.words,), {
                "impossible": found.kinds, "says": found.words,
                "short": [lack.words for lack in found.lacks]}, 1)
        report = report_of(found, store.clock.now(), by.name)
        take_solution(store, shown.record.first, found.cells, report, by=by)
        shown = _board(args, store)
    lines = [report_words(report), *(
        f"{t(s.name)}: {s.value} ≥ {s.bound}" for s in found.stages)]
    return Answer(tuple(lines), _facts(shown))


def _publish(args: argparse.Namespace) -> Answer:
    from dispatch.duty.roster.publish import publish_month

    with writing(args) as store:
        by = officer(store, args.officer)
        done = publish_month(store, _month(args, store), why=args.why, by=by)
        shown = _board(args, store)
    return Answer((t("{month} published, version {n}", month=f"{done.first:%Y-%m}",
                     n=done.version),), _facts(shown))


def _swap(args: argparse.Namespace) -> Answer:
    """Ask for a swap: --from NAME DAY, --to NAME [DAY], --why; or list those that wait."""
    from dispatch.duty.roster.swaps import ask_swap, swaps

    if not args.give:
        with reading(args) as store:
            waiting = swaps(store, _month(args, store), open_only=True)
        return Answer(tuple(s.words for s in waiting) or (t("No swap waits for an answer."),),
                      {"swaps": [{"id": s.id, "says": s.words, "reason": s.reason}
                                 for s in waiting]})
    with writing(args) as store:
        by, shown = officer(store, args.officer), _board(args, store)
        who, key = _duty(shown, args.give)
        to, back = _duty(shown, args.take) if len(args.take) > 1 else (
            _named(shown, args.take[0] if args.take else ""), None)
        if key is None:
            raise Refused("There is no such duty on the roster any more.", field="to")
        made = ask_swap(store, shown.record.first, who, key, to, back, reason=args.why, by=by)
    return Answer((t("Swap asked for: {words}", words=made.words),),
                  {"id": made.id, "says": made.words})


def _named(shown: Board, name: str) -> int:
    if not name:
        raise Refused("Say whose: --name NAME.", field="name")
    found = [p for p in shown.month.people if p.name == name]
    if len(found) != 1:
        raise Refused("{name} is not on the list of officers with a post.", name=name)
    return int(found[0].id)


def _duty(shown: Board, given: list[str]) -> tuple[int, Key | None]:
    who, day = _named(shown, given[0]), given[1] if len(given) > 1 else ""
    return who, next((c.key for c in shown.cells if c.person == who
                      and day in (c.key.day.isoformat(), f"{c.key.day:%m-%d}")), None)


def _out(args: argparse.Namespace, name: str) -> Path:
    out: Path | None = args.out
    if out is None:
        return Path.cwd() / name
    return (out / name if out.is_dir() else out).absolute()


def _keep(path: Path, data: bytes) -> Answer:
    try:
        write_whole(path, data)
    except OSError as error:
        raise StoreError("{path} cannot be written: {why}. Name another file with --out.",
                         path=path, why=error) from error
    return Answer((t("Written: {path}", path=path),), {"file": path})


def _export(args: argparse.Namespace) -> Answer:
    """The month as xlsx; as iCalendar when the file ends in .ics, one person's with --name."""
    from dispatch.duty.roster.exchange import calendar, month_book
    from resources.people import OfficerId

    with reading(args) as store:
        shown, now = _board(args, store), store.clock.now()
    path = _out(args, f"roster-{shown.record.first:%Y-%m}.xlsx")
    if path.suffix != ".ics":
        return _keep(path, month_book(shown))
    who = OfficerId(_named(shown, args.name)) if args.name else None  # type: ignore[arg-type]
    return _keep(path, calendar(shown, now, who).encode())


def _import(args: argparse.Namespace) -> Answer:
    from dispatch.duty.roster.exchange import bring_in, read_month

    if args.file is None:
        raise Refused("Say which file: --file FILE.")
    try:
        data = args.file.read_bytes()
    except OSError as error:
        raise StoreError("{file} cannot be read: {why}.", file=args.file,
                         why=error) from error
    with writing(args) as store:
        by, shown = officer(store, args.officer), _board(args, store)
        done = bring_in(store, shown, read_month(args.file.name, data, shown), by=by)
        shown = _board(args, store)
    return Answer((t("{n} cells brought in", n=len(done)), *(b.words for b in shown.breaches)),
                  _facts(shown))


def _print(args: argparse.Namespace) -> Answer:
    """The month on A4 or A3, or with --week the card of the week of a day."""
    from ui.commands.printing import print_paper

    args.paper, args.which = "roster", ""
    return print_paper(args)
