"""Publishing 发布: a checked month becomes the shifts and seats of the desk, version by version."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from dispatch.duty.month import DayKind
from dispatch.duty.roster.months import (
    MonthRecord,
    cells_of,
    month_record,
    month_slots,
    problem_of,
)
from dispatch.duty.roster.problem import Cell, Key, Slot
from dispatch.duty.roster.terms import MonthState
from dispatch.duty.roster.validate import breaches
from dispatch.duty.seats import SeatState
from dispatch.log import append_to
from dispatch.terms import EntryKind, Post
from resources.localtime import moment_text
from resources.people import Officer, OfficerId, Role, allowed

DAY_KINDS = {DayKind.WORK: "workday", DayKind.SWAPPED: "workday", DayKind.WEEKEND: "weekend",
             DayKind.HOLIDAY: "holiday"}


@dataclass(frozen=True, slots=True)
class Version:
    """A month as it was published: number, when, by whom, why, and how many cells it had."""

    number: int
    at: datetime
    by: str
    why: str
    cells: tuple[Cell, ...]


def versions(store: Store, first: date) -> tuple[Version, ...]:
    """The published versions of a month, newest first."""
    rows = store.read("""select v.* from roster_version v join roster_month m on m.id = v.month_id
        where m.month = :month order by v.version desc""", month=f"{first:%Y-%m}")
    return tuple(Version(r["version"], from_text(r["at"]), r["by_name"], r["why"],
                         tuple(cell_from(c) for c in json.loads(r["cells"]))) for r in rows)


def cell_from(kept: list[object]) -> Cell:
    person, day, slot, post = kept
    return Cell(OfficerId(RowId(int(str(person)))),
                Key(date.fromisoformat(str(day)), int(str(slot))), Post(str(post)))


@allowed(Role.LEADER, Role.ADMIN)
def publish_month(store: Store, first: date, *, why: str = "", by: Officer) -> MonthRecord:
    """Publish a draft: its duties become the shifts of the desk, and a version is kept.

    Raises:
        Refused: nothing is drafted, it is published already, it has conflicts and no reason is
            given, or one of its shifts overlaps one that has begun.
    """
    record, now = month_record(store, first), store.clock.now()
    cells = cells_of(store, first)
    if not cells:
        raise Refused("{month} has no duties yet. Solve it (S) or type them in.",
                      month=f"{first:%Y-%m}")
    if record.state is MonthState.PUBLISHED:
        raise Refused("{month} is published already.", month=f"{first:%Y-%m}")
    wrong = breaches(problem_of(store, first), cells)
    if wrong and not why.strip():
        raise Refused("{n} conflicts are left, first: {first}. Mend them, or say why the month is"
                      " published with them.", field="why", n=len(wrong), first=wrong[0].words)
    slots = month_slots(store, record)
    with store.change("roster.publish", by) as tx:
        feed(tx, slots, cells, now)
        keep_version(tx, record, cells, by, why.strip())
        append_to(tx, t("watch|Roster {month} published, version {n}.",
                        month=f"{first:%Y-%m}", n=record.version + 1),
                  kind=EntryKind.SHIFT, by=by)
    return month_record(store, first)


@allowed(Role.LEADER, Role.ADMIN)
def reopen_month(store: Store, first: date, *, by: Officer) -> MonthRecord:
    """Take a published month back into a draft; the desk keeps its shifts until the next version.

    Raises:
        Refused: it is not published.
    """
    record = month_record(store, first)
    if record.state is not MonthState.PUBLISHED or record.id is None:
        raise Refused("{month} is not published.", month=f"{first:%Y-%m}")
    with store.change("roster.reopen", by) as tx:
        tx.update("roster_month", record.id, state=str(MonthState.DRAFT))
    return month_record(store, first)


def keep_version(tx: Transaction, record: MonthRecord, cells: Iterable[Cell], by: Officer,
                 why: str) -> None:
    """Note the month as published in its next version."""
    now = to_text(tx.store.clock.now())
    if record.id is None:
        raise ValueError("a month without cells")
    tx.update("roster_month", record.id, state=str(MonthState.PUBLISHED),
              version=record.version + 1, published_at=now, published_by=by.name)
    tx.insert("roster_version", {
        "month_id": record.id, "version": record.version + 1, "at": now, "by_name": by.name,
        "why": why, "cells": json.dumps([[c.person, c.key.day.isoformat(), c.key.n, str(c.post)]
                                         for c in sorted(cells)])})


def feed(tx: Transaction, slots: Iterable[Slot], cells: Iterable[Cell], now: datetime) -> None:
    """Bring the desk's shifts and seats in line with the cells; what has begun stays."""
    wanted: dict[object, set[tuple[int, Post]]] = {}
    for cell in cells:
        wanted.setdefault(cell.key, set()).add((cell.person, cell.post))
    for slot in slots:
        if slot.starts_at > now:
            clear_way(tx, slot)
            seat(tx, shift_of(tx, slot), wanted.get(slot.key, set()))


def clear_way(tx: Transaction, slot: Slot) -> None:
    """Remove planned shifts of another pattern that overlap the slot.

    Raises:
        Refused: one of them has begun or is written about.
    """
    for row in tx.run("""select * from shift where starts_at < :ends and ends_at > :starts
            and starts_at <> :starts""", starts=to_text(slot.starts_at),
            ends=to_text(slot.ends_at)).fetchall():
        used = tx.run("""select exists (select 1 from log where shift_id = :id)
            or exists (select 1 from handover where shift_id = :id or next_shift_id = :id)""",
            id=row["id"]).fetchone()[0]
        if row["state"] != "planned" or used:
            raise Refused("The shift from {start} overlaps one that is kept, from {kept} to {end}."
                          " Choose starts that follow it.", start=moment_text(slot.starts_at),
                          kept=moment_text(from_text(row["starts_at"])),
                          end=moment_text(from_text(row["ends_at"])))
        tx.run("delete from seat_on_shift where shift_id = :id", id=row["id"])
        tx.run("delete from shift where id = :id", id=row["id"])


def shift_of(tx: Transaction, slot: Slot) -> RowId:
    """The desk's shift of a slot, made or brought up to date."""
    kind = "special" if slot.special else DAY_KINDS[slot.kind]
    row = tx.run("select * from shift where starts_at = :at",
                 at=to_text(slot.starts_at)).fetchone()
    if row is None:
        return tx.insert("shift", {"starts_at": to_text(slot.starts_at),
                                   "ends_at": to_text(slot.ends_at), "day_kind": kind})
    if row["ends_at"] != to_text(slot.ends_at) or row["day_kind"] != kind:
        tx.update("shift", row["id"], ends_at=to_text(slot.ends_at), day_kind=kind)
    return RowId(row["id"])


def seat(tx: Transaction, shift_id: RowId, wanted: set[tuple[int, Post]]) -> None:
    """Make the planned seats of a shift those wanted; replaced ones stay on record."""
    rows = tx.run("select * from seat_on_shift where shift_id = :id", id=shift_id).fetchall()
    there = {(r["officer_id"], Post(r["post"])): r for r in rows}
    for who, row in there.items():
        if who not in wanted and row["state"] == "planned":
            tx.run("delete from seat_on_shift where id = :id", id=row["id"])
    for person, post in sorted(wanted):
        row = there.get((person, post))
        if row is None:
            tx.insert("seat_on_shift", {"shift_id": shift_id, "officer_id": person,
                                        "post": str(post)})
        elif row["state"] == SeatState.REPLACED:
            tx.update("seat_on_shift", row["id"], state=str(SeatState.PLANNED), note="")
