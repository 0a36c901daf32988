"""Verbs 导入历史事件: a plan is written in one change, and taken back in one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Cancelled, Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.log import append_to
from dispatch.past.columns import TIMES
from dispatch.past.kinds import class_of, force_kind, point_of
from dispatch.past.plan import PastCall, PastPlan, PlannedUnit
from dispatch.past.units import FLAG_NAMES, Flag, irregular
from dispatch.terms import EntryKind, EventState
from resources.exchange.books import Progress, goes_on
from resources.exchange.undo import changed_since, used_since
from resources.localtime import local, moment_text
from resources.people import DESK, Officer, allowed

PAST = "past"
"""The origin of an event that another system recorded: in statistics, never in live duty."""
VERB = "past.import"
BEAT, MANY = 50, 200


@dataclass(frozen=True, slots=True)
class PastImport:
    """One import: the file, when, by whom, and what became of its rows."""

    id: RowId
    file: str
    at: datetime
    officer: str
    rows: int
    calls: int
    irregular: int
    repeated: int
    undone_at: datetime | None


@allowed(*DESK)
def import_past(store: Store, plan: PastPlan, *, again: bool = False, by: Officer,
                progress: Progress = goes_on) -> PastImport:
    """Write every row of the file, and an event for every call that is not there, in one change.

    Raises:
        Refused: the same file is there already and `again` is not given.
        Cancelled: `progress` said so. Nothing is written then.
    """
    if plan.before is not None and not again:
        raise Refused("{name} was imported on {time} already. Nothing was written. Say that it is"
                      " meant (--again) to keep its rows once more, marked as repeated.",
                      field="again",
                      name=plan.reading.file, time=moment_text(plan.before, year=True))
    with store.change(VERB, by, many=len(plan.reading.units) > MANY) as tx:
        new = _put_import(tx, plan, by)
        for done, _ in enumerate(_write(tx, plan, new)):
            if done % BEAT == 0 and not progress(done, len(plan.calls)):
                raise Cancelled("Stopped. Nothing was imported.")
        append_to(tx, told(plan), kind=EntryKind.SYSTEM, by=by)
    progress(len(plan.calls), len(plan.calls))
    return past_import(store, new)


def told(plan: PastPlan) -> str:
    """What an import does, in one sentence."""
    read = plan.reading
    return t("Past events from {file}: {rows} unit rows of {calls} calls, {odd} irregular,"
             " {repeated} there already", file=read.file, rows=len(read.units),
             calls=len(plan.calls), odd=_irregular(plan), repeated=plan.repeated)


def flag_counts(plan: PastPlan) -> list[tuple[Flag, int]]:
    """How many rows bear each flag, the most frequent first."""
    return Counter(f for u in plan.units for f in sorted(u.unit.flags)).most_common()


def flag_words(plan: PastPlan) -> list[str]:
    """The same in words."""
    return [t("{what}: {n}", what=t(FLAG_NAMES[flag]), n=n) for flag, n in flag_counts(plan)]


def _irregular(plan: PastPlan) -> int:
    return sum(irregular(u.unit.flags) for u in plan.units)


def _put_import(tx: Transaction, plan: PastPlan, by: Officer) -> RowId:
    read = plan.reading
    return tx.insert("past_import", {
        "file": read.file, "digest": read.digest, "at": to_text(tx.store.clock.now()),
        "officer": by.name, "rows": len(read.units), "calls": len(plan.calls),
        "irregular": _irregular(plan), "repeated": plan.repeated,
        "headings": json.dumps(read.match.headings, ensure_ascii=False),
        "columns": json.dumps({n: read.match.headings[i] for i, n in read.match.columns.items()},
                              ensure_ascii=False)})


def _write(tx: Transaction, plan: PastPlan, new: RowId) -> Iterator[PastCall]:
    numbers: dict[int, int] = {}
    for call in plan.calls:
        event = call.event_id
        if event is None and call.received is not None:
            event = _put_event(tx, call, plan.reading.file, numbers)
        rows: dict[int, RowId] = {}
        for unit in call.units:
            rows[unit.unit.row] = _put_unit(tx, unit, new, event, rows)
        yield call


def _put_event(tx: Transaction, call: PastCall, file: str, numbers: dict[int, int]) -> RowId:
    """A closed event of the call; its end is when the last force was free, if that is known."""
    facts: dict[str, str] = {}
    for one in call.units:
        facts |= {n: x for n, x in one.unit.facts.items() if n not in facts}
    assert call.received is not None
    ends = [u.unit.times["returned"] for u in call.units if "returned" in u.unit.times
            and Flag.FUTURE not in u.unit.flags]
    class_, subtype = class_of(" ".join((facts.get("type", ""), facts.get("title", ""))))
    point = point_of(facts)
    address = facts.get("address", "")
    title = facts.get("title") or " ".join(filter(None, (facts.get("type"), address)))
    return tx.insert("event", {
        "number": _number(tx, call.received, numbers), "class": class_, "subtype": subtype,
        "title": title or t("Past call {call}", call=call.key), "state": EventState.CLOSED,
        "received_at": to_text(call.received), "source": file, "town": facts.get("town", ""),
        "address": address, "lon": point[0] if point else None,
        "lat": point[1] if point else None, "src_crs": "WGS-84" if point else "CGCS2000",
        "summary": facts.get("type", ""), "close_note": facts.get("outcome", ""),
        "closed_at": to_text(max(ends)) if ends else None, "origin": PAST})


def _number(tx: Transaction, received: datetime, numbers: dict[int, int]) -> str:
    """Past events have a series of their own beside the desk's: H2016-0001."""
    year = local(received).year
    prefix = f"H{year}-"
    if year not in numbers:
        numbers[year] = tx.next_number("event", "number", prefix) - 1
    numbers[year] += 1
    return f"{prefix}{numbers[year]:04d}"


def _put_unit(tx: Transaction, planned: PlannedUnit, new: RowId, event: RowId | None,
              rows: dict[int, RowId]) -> RowId:
    unit, same = planned.unit, None
    if planned.same_as is not None:
        same = planned.same_as.id
    elif planned.same_row is not None:
        same = rows[planned.same_row]
    return tx.insert("past_unit", {
        "import_id": new, "event_id": event, "row": unit.row, "call": unit.call,
        "unit": unit.unit, "unit_kind": unit.unit_kind,
        "force_kind": force_kind(unit.unit_kind or unit.unit),
        **{f"{n}_at": to_text(unit.times[n]) if n in unit.times else None for n in TIMES},
        "flags": " ".join(sorted(unit.flags)), "same_as": same,
        "cells": json.dumps(unit.cells, ensure_ascii=False)})


# reading and taking back


def past_import(store: Store, id: RowId) -> PastImport:  # noqa: A002 - the reader's own word
    """
    Raises:
        Refused: there is none.
    """
    found = next((one for one in past_imports(store, 10_000) if one.id == id), None)
    if found is None:
        raise Refused("There is no such import.")
    return found


def past_imports(store: Store, limit: int = 20) -> list[PastImport]:
    """The latest imports, newest first, those taken back too."""
    return [PastImport(RowId(r["id"]), r["file"], from_text(r["at"]), r["officer"], r["rows"],
                       r["calls"], r["irregular"], r["repeated"],
                       from_text(r["undone_at"]) if r["undone_at"] else None)
            for r in store.read("select * from past_import order by id desc limit :limit",
                                limit=limit)]


@allowed(*DESK)
def undo_past(store: Store, id: RowId, *, by: Officer) -> int:  # noqa: A002
    """Take an import back: its rows and the events that it made go. Gives the rows.

    Raises:
        Refused: it was taken back, or its events were worked on or repeated by a later import.
    """
    done = past_import(store, id)
    if done.undone_at is not None:
        raise Refused("The import of {file} was taken back on {time}.", file=done.file,
                      time=moment_text(done.undone_at, year=True))
    change = change_of(store, id)
    _check_untouched(store, done, change)
    with store.change("past.undo", by, many=done.rows > MANY) as tx:
        made = [r[0] for r in tx.run("""select distinct e.id from event e
            join past_unit u on u.event_id = e.id and u.import_id = :id
            join journal j on j.row_id = e.id and +j.change_id = :change and j.op = 'insert'
            where e.origin = 'past'""", id=id, change=change)]
        tx.run("delete from past_unit where import_id = :id and same_as is not null", id=id)
        tx.run("delete from past_unit where import_id = :id", id=id)
        for event in made:
            tx.run("delete from event where id = :event", event=event)
        tx.update("past_import", id, undone_at=to_text(store.clock.now()))
        append_to(tx, t("Past events from {file} taken back: {rows} unit rows", file=done.file,
                        rows=done.rows), kind=EntryKind.SYSTEM, by=by)
    return done.rows


def change_of(store: Store, id: RowId) -> int:  # noqa: A002 - the reader's own word
    """The number of the change that wrote an import."""
    return int(store.value("""select change_id from journal where row_id = :id
        and tbl = 'past_import' and op = 'insert'""", id=id))


def import_of_change(store: Store, change: int) -> RowId | None:
    """The import that a change wrote, if it wrote one."""
    found = store.value("""select row_id from journal where change_id = :change
        and tbl = 'past_import' and op = 'insert'""", change=change)
    return RowId(found) if found else None


def _check_untouched(store: Store, done: PastImport, change: int) -> None:
    later = store.value("""select i.file from past_unit u join past_unit o on o.id = u.same_as
        join past_import i on i.id = u.import_id
        where o.import_id = :id and u.import_id <> :id limit 1""", id=done.id)
    if later is not None:
        raise Refused("Rows of {file} are repeated by the later import of {later}; take that one"
                      " back first.", file=done.file, later=later)
    touched = list(dict.fromkeys([*changed_since(store, change), *used_since(store, change)]))
    if touched:
        raise Refused("The import of {file} cannot be taken back: events of it were worked on"
                      " since: {rows}.", file=done.file, rows=", ".join(touched[:8]))
