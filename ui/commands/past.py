"""Commands of past events and statistics: import another system's record, count a period."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import Refused, StoreError
from db.files import read_whole, write_whole
from db.store import Store
from db.words import t
from resources.localtime import moment_text
from ui.commands.desk import Answer, officer, reading, tell_progress, writing
from ui.places import fonts_folder

if TYPE_CHECKING:
    from dispatch.past.plan import PastPlan
    from dispatch.printouts.statistics_sheet import StatisticsFacts
    from dispatch.tally import Period
    from resources.people import Officer


def import_events(args: argparse.Namespace) -> Answer:
    """Read a file of unit rows, say what is irregular, and keep every row of it."""
    from dispatch.past.verbs import change_of, import_past
    from dispatch.second_folder import keep_before_import

    data = read_whole(args.file)
    if args.dry_run:
        with reading(args) as store:
            plan = _plan(store, args, data)
        return Answer(tuple(_lines(plan)), _facts(plan))
    with writing(args) as store:
        by = officer(store, args.officer)
        plan = _plan(store, args, data)
        keep_before_import(store, plan.rows)
        done = import_past(store, plan, again=args.again, by=by, progress=tell_progress)
        change = change_of(store, done.id)
    undo = t("To take it back: watchdesk undo-import {change}", change=change)
    return Answer((*_lines(plan), undo), {**_facts(plan), "change": change})


def _plan(store: Store, args: argparse.Namespace, data: bytes) -> PastPlan:
    from dispatch.past.columns import match_past
    from dispatch.past.plan import file_digest, plan_past
    from dispatch.past.reading import read_units
    from dispatch.past.times import DayOrder
    from resources.exchange.books import read_book

    match = match_past(read_book(args.file.name, data, tell_progress), _chosen(args), args.sheet)
    return plan_past(store, read_units(
        args.file.name, file_digest(data), match, store.clock.now(),
        order=DayOrder(args.dates) if args.dates else None, progress=tell_progress))


def _chosen(args: argparse.Namespace) -> dict[str, str]:
    pairs = [text.rpartition("=") for text in args.column]
    for heading, equals, field in pairs:
        if not equals or not heading:
            raise Refused("“{text}” names no column and field. Write it as On Scene=arrived.",
                          field="column", text=f"{heading}{equals}{field}")
    return {heading: field for heading, _, field in pairs}


def _lines(plan: PastPlan) -> list[str]:
    from dispatch.past.verbs import flag_words, told

    read = plan.reading
    columns = t(", ").join(f"{read.match.headings[i]} → {name}"
                           for i, name in sorted(read.match.columns.items()))
    return [t("Columns: {columns}", columns=columns), told(plan), *flag_words(plan)]


def _facts(plan: PastPlan) -> dict[str, object]:
    from dispatch.past.verbs import flag_counts

    read = plan.reading
    flagged = [(u.unit.row, sorted(u.unit.flags)) for u in plan.units if u.unit.flags]
    return {"file": read.file, "columns": {read.match.headings[i]: n
                                           for i, n in read.match.columns.items()},
            "kept_beside": [read.match.headings[i] for i in read.match.rest],
            "rows": len(read.units), "calls": len(plan.calls), "new_events": plan.new_calls,
            "repeated": plan.repeated, "flags": {f.value: n for f, n in flag_counts(plan)},
            "dates": read.order,
            "flagged": [{"row": row, "flags": flags} for row, flags in flagged]}


def past_listed(store: Store) -> list[tuple[str, dict[str, object]]]:
    """The imports of past events as a line and as data, each by the number that undoes it."""
    from dispatch.past.verbs import change_of, past_imports

    return [(f"{change_of(store, p.id)}  {moment_text(p.at, year=True)}  {t('past events')}"
             f"  {p.file}  {p.officer}" + (f"  {t('import|taken back')}" if p.undone_at else ""),
             {"change": change_of(store, p.id), **asdict(p)}) for p in past_imports(store)]


def undo_past_change(store: Store, asked: int, latest: int, by: Officer) -> Answer | None:
    """Take an import of past events back where the change is one, or it is the latest import."""
    from dispatch.past.verbs import change_of, import_of_change, past_imports, undo_past

    if asked:
        found = import_of_change(store, asked)
    else:
        found = next((one.id for one in past_imports(store) if one.undone_at is None), None)
        if found is not None and change_of(store, found) < latest:
            return None
    if found is None:
        return None
    change, rows = change_of(store, found), undo_past(store, found, by=by)
    return Answer((t("Import {change} was taken back: {n} rows.", change=change, n=rows),),
                  {"change": change, "rows": rows})


def statistics(args: argparse.Namespace) -> Answer:
    """Events and response times of a period; with --out as a paper or a workbook."""
    from dispatch.tally import Source, tally
    from dispatch.tally_papers import (
        figures,
        heads,
        period_words,
        statistics_book,
        statistics_data,
        statistics_paper,
        times_cells,
    )

    with reading(args) as store:
        of = tally(store, _period(args), Source(args.source))
        lines = [period_words(of.period), *(f"{name}  {words}" for name, words in figures(of)),
                 *(f"{head}  {cell}" for head, cell in zip(
                     heads(), times_cells(of.spreads, of.met), strict=True) if cell)]
        if args.out is not None:
            lines.append(keep_file(args.out, statistics_book(of) if args.out.suffix == ".xlsx"
                               else _paper(args.out, statistics_paper(store, of))))
        return Answer(tuple(lines), statistics_data(of, store.clock.now()))


def _period(args: argparse.Namespace) -> Period:
    from dispatch.tally import Period

    def day(text: str, name: str) -> date | None:
        try:
            return date.fromisoformat(text) if text else None
        except ValueError as error:
            raise Refused("“{text}” is not a day. Write it as 2027-01-01.", field=name,
                          text=text) from error

    return Period(day(args.first, "first"), day(args.last, "last"))


def _paper(path: Path, facts: StatisticsFacts) -> bytes:
    from dispatch.printouts.formats import sheet_bytes
    from dispatch.printouts.statistics_sheet import statistics_sheet

    return sheet_bytes(statistics_sheet(facts), path.suffix.lower(), fonts_folder())


def keep_file(path: Path, data: bytes) -> str:
    """Write a file whole and say where it is.

    Raises:
        StoreError: it cannot be written there.
    """
    try:
        write_whole(path, data)
    except OSError as error:
        raise StoreError("{path} cannot be written: {why}. Name another file with --out.",
                         path=path, why=error) from error
    return t("Written: {path}", path=path.absolute())
