"""The command that writes papers: handover, after-action, log, report, bulletins, blank forms."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import Refused, StoreError
from db.files import write_whole
from db.store import Store
from db.words import t
from resources.localtime import local_day
from ui.commands.desk import Answer, officer, reading, writing
from ui.places import fonts_folder

if TYPE_CHECKING:
    from dispatch.bulletins import Bulletin
    from dispatch.printouts.sheet import Sheet


def print_paper(args: argparse.Namespace) -> Answer:
    """Write one paper, or the set of blank forms, and say where it is."""
    make = {"handover": _handover, "after-action": _after_action, "log": _log,
            "report": _report, "flash": _flash, "daily": _daily, "blank": _blank,
            "book": _book, "roster": _roster}[args.paper]
    sheets = make(args)
    written = [_write(sheet, _target(args, name, single=len(sheets) == 1))
               for name, sheet in sheets]
    return Answer(tuple(t("Written: {path}", path=p) for p in written), {"papers": written})


def _target(args: argparse.Namespace, name: str, *, single: bool) -> Path:
    out: Path | None = args.out
    if out is not None and single and not out.is_dir():
        return out.absolute()
    return ((out or Path.cwd()) / f"{name}.pdf").absolute()


def _write(sheet: Sheet, path: Path) -> Path:
    """By the ending of its name a docx, a text, else a PDF."""
    from dispatch.printouts.formats import sheet_bytes

    try:
        write_whole(path, sheet_bytes(sheet, path.suffix.lower(), fonts_folder()))
    except OSError as error:
        raise StoreError("{path} cannot be written: {why}. Name another file with --out.",
                         path=path, why=error) from error
    return path


def _event_number(args: argparse.Namespace) -> str:
    if not args.event:
        raise Refused("Say which event: --event NO. `watchdesk events --all` lists them.")
    number: str = args.event
    return number


def _handover(args: argparse.Namespace) -> list[tuple[str, Sheet]]:
    """The handover of that number, else of the shift that is on, drafted now if it was not yet."""
    from dispatch.duty.handover import draft_handover, handover_by_number, handover_of
    from dispatch.duty.papers import handover_paper
    from dispatch.duty.shifts import current_shift
    from dispatch.printouts.handover import handover_sheet

    if args.which:
        with reading(args) as store:
            facts = handover_paper(store, handover_by_number(store, args.which))
            return [(f"handover-{facts.number}", handover_sheet(facts))]
    with writing(args) as store:
        shift = current_shift(store, store.clock.now())
        if shift is None:
            raise Refused("No shift is on. `watchdesk shift open` opens one.")
        done = handover_of(store, shift.id) or draft_handover(
            store, shift.id, by=officer(store, args.officer))
        facts = handover_paper(store, done)
    return [(f"handover-{facts.number}", handover_sheet(facts))]


def _after_action(args: argparse.Namespace) -> list[tuple[str, Sheet]]:
    from dispatch.duty.after_action_papers import after_action_paper
    from dispatch.events import event_by_number
    from dispatch.printouts.after_action import after_action_sheet

    with writing(args) as store:
        number = args.event or _newest(store)
        event = event_by_number(store, number)
        facts = after_action_paper(store, event.id, by=officer(store, args.officer))
    return [(f"after-action-{number}", after_action_sheet(facts))]


def _newest(store: Store) -> str:
    """The event entered last, which a replay has just made."""
    number = store.value("select number from event order by id desc limit 1")
    if number is None:
        raise Refused("There is no event yet.")
    return str(number)


def _log(args: argparse.Namespace) -> list[tuple[str, Sheet]]:
    from dispatch.duty.event_papers import log_paper
    from dispatch.duty.shifts import current_shift
    from dispatch.printouts.log_sheet import log_sheet

    with reading(args) as store:
        shift = current_shift(store, store.clock.now())
        if shift is None:
            raise Refused("No shift is on. `watchdesk shift open` opens one.")
        facts = log_paper(store, shift)
    return [(f"log-{shift.label[:5]}", log_sheet(facts))]


def _report(args: argparse.Namespace) -> list[tuple[str, Sheet]]:
    from dispatch.duty.event_papers import report_paper
    from dispatch.events import event_by_number
    from dispatch.printouts.report_sheet import report_sheet
    from dispatch.reports_up import reports

    number = _event_number(args)
    with reading(args) as store:
        drafted = reports(store, event_by_number(store, number).id)
        if not drafted:
            raise Refused("Event {number} has no information report yet.", number=number)
        facts = report_paper(store, drafted[-1])
    return [(f"report-{number}", report_sheet(facts))]


def _flash(args: argparse.Namespace) -> list[tuple[str, Sheet]]:
    """A new 值班快报 of the event, as it stands now."""
    from dispatch.bulletins import draw_flash
    from dispatch.events import event_by_number

    number = _event_number(args)
    with writing(args) as store:
        by = officer(store, args.officer)
        return [_bulletin(store, draw_flash(store, event_by_number(store, number).id, by=by))]


def _daily(args: argparse.Namespace) -> list[tuple[str, Sheet]]:
    """The 值班要情 of the day: the one there is, else drawn now."""
    from dispatch.bulletins import daily_of, draw_daily
    from resources.localtime import local_day

    with writing(args) as store:
        day = _day(args.day) if args.day else local_day(store.clock.now())
        found = daily_of(store, day)
        return [_bulletin(store, found or draw_daily(store, day,
                                                     by=officer(store, args.officer)))]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("“{text}” is not a day. Write it as 2027-01-01.", field="day",
                      text=text) from error


def _bulletin(store: Store, of: Bulletin) -> tuple[str, Sheet]:
    from dispatch.duty.event_papers import bulletin_paper
    from dispatch.printouts.bulletin_sheet import bulletin_sheet

    return of.number, bulletin_sheet(bulletin_paper(store, of))


def _book(args: argparse.Namespace) -> list[tuple[str, Sheet]]:
    """A month's register: duty log, handovers or calls; this month unless one is named."""
    from dispatch.duty.books import Book, book_sheet

    which = args.which or args.book
    if which not in list(Book):
        raise Refused("There is no book {name}. There are: {names}", name=which,
                      names=", ".join(Book))
    with reading(args) as store:
        sheet = book_sheet(store, Book(which), _month(args.month, store))
    return [(f"{which}-{sheet.number}", sheet)]


def _month(text: str, store: Store) -> date:
    if not text:
        return local_day(store.clock.now())
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Refused("{text} is not a month. Write it like 2026-11.", text=text) from error


def _roster(args: argparse.Namespace) -> list[tuple[str, Sheet]]:
    """A month on A4 or A3, this one unless one is named; with --week the card of a week."""
    from dispatch.duty.roster.board import board
    from dispatch.duty.roster.papers import month_sheet, week_sheet

    with reading(args) as store:
        now = store.clock.now()
        if args.week:
            day = _day(args.day) if args.day else local_day(now)
            return [(f"week-{day}", week_sheet(store, day, now))]
        shown = board(store, _month(args.month, store).replace(day=1))
        sheet = month_sheet(store, shown, now, large=args.paper_size == "A3")
    return [(f"roster-{shown.record.first:%Y-%m}", sheet)]


def _blank(args: argparse.Namespace) -> list[tuple[str, Sheet]]:
    """The forms for the hour without power, in the layout of the printed ones; one if named."""
    from dispatch.duty.blanks import Blank, blank_sheet

    if args.which and args.which not in list(Blank):
        raise Refused("There is no blank form {name}. There are: {names}", name=args.which,
                      names=", ".join(Blank))
    with reading(args) as store:
        return [(f"blank-{one}", blank_sheet(store, one)) for one in Blank
                if args.which in ("", one)]
