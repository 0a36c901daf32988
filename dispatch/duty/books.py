"""Month books 月度登记簿: the duty log, the handovers and the calls of a month, as papers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from db.clock import from_text, to_text
from db.store import Store
from db.words import mark, t
from dispatch.duty.event_papers import ALL, entry_line
from dispatch.duty.month import month_after
from dispatch.duty.papers import district
from dispatch.duty.seats import shift_people
from dispatch.duty.shifts import Shift, shifts_between
from dispatch.log import entries
from dispatch.printouts.log_table import log_table
from dispatch.printouts.phrases import nothing, thousands
from dispatch.printouts.sheet import BEIJING, Align, Block, Column, Row, Section, Sheet, Table
from dispatch.terms import POST_NAMES, Post
from resources.localtime import at_local, local_day, moment_text, span_text


class Book(StrEnum):
    """Which register of the month."""

    LOG = "log"              # 值班日志
    HANDOVER = "handover"    # 交接班登记
    CALL = "call"            # 来电登记


BOOK_NAMES = {Book.LOG: mark("paper|Duty log"), Book.HANDOVER: mark("paper|Handover register"),
              Book.CALL: mark("paper|Call register")}


def book_sheet(store: Store, book: Book, month: date) -> Sheet:
    """The register of the local month that `month` lies in; an empty month says so."""
    first = month.replace(day=1)
    begin, end = (at_local(day, time()) for day in (first, month_after(first)))
    place = district(store)
    make = {Book.LOG: _log, Book.HANDOVER: _handovers, Book.CALL: _calls}[book]
    sections = make(store, begin, end)
    return Sheet(t(BOOK_NAMES[book]), place.org, f"{first:%Y-%m}", store.clock.now(),
                 sections or (Section("", (nothing(),)),),
                 watermark=t("paper|DRILL") if place.drill else "")


def _log(store: Store, begin: datetime, end: datetime) -> tuple[Section, ...]:
    """A section for each shift that began in the month, with its people, oldest entry first."""
    sections = []
    for shift in shifts_between(store, begin, end):
        lines = entries(store, shift=shift.id, limit=ALL)
        if shift.starts_at < begin or not lines:
            continue
        table = log_table([entry_line(e) for e in reversed(lines)], BEIJING)
        sections.append(Section(_span(shift), (table,), _on_it(store, shift)))
    return tuple(sections)


def _span(shift: Shift) -> str:
    """`2026-11-23 08:30 → 11-24 08:30`."""
    return f"{moment_text(shift.starts_at, year=True)} → {moment_text(shift.ends_at)}"


def _on_it(store: Store, shift: Shift) -> str:
    people = [f"{t(POST_NAMES[s.post])} {s.officer}" for s in shift_people(store, shift.id)
              if s.post is not Post.STANDBY]
    return "  ".join([*people, *([shift.weather] if shift.weather else [])])


def _handovers(store: Store, begin: datetime, end: datetime) -> tuple[Section, ...]:
    rows = store.read("""select h.*, s.starts_at, s.ends_at,
        (select group_concat(o.name, ' ') from signature g join officer o on o.id = g.officer_id
            where g.handover_id = h.id and g.side = 'out' and g.withdrawn_at is null) as gave,
        (select group_concat(o.name, ' ') from signature g join officer o on o.id = g.officer_id
            where g.handover_id = h.id and g.side = 'in' and g.withdrawn_at is null) as took,
        (select count(*) from log l where l.shift_id = s.id and (h.sealed_at is null
            or l.no <= json_extract(h.facts, '$.log_last'))) as entries
        from handover h join shift s on s.id = h.shift_id
        where s.ends_at >= :begin and s.ends_at < :end order by s.ends_at, h.id""",
        begin=to_text(begin), end=to_text(end))
    columns = (
        Column(t("paper|Number"), fit=True), Column(t("paper|Shift"), fit=True),
        Column(t("paper|Handed over by"), 1), Column(t("paper|Taken over by"), 1),
        Column(t("paper|Sealed at"), fit=True),
        Column(t("paper|Entries"), fit=True, align=Align.RIGHT),
        Column(t("paper|Verification code"), fit=True))
    found = tuple(Row((
        r["number"],
        f"{moment_text(from_text(r['starts_at']))} → {moment_text(from_text(r['ends_at']))}",
        r["gave"] or "", r["took"] or "",
        moment_text(from_text(r["sealed_at"])) if r["sealed_at"] else t("paper|not sealed"),
        thousands(r["entries"]), r["code"] or "")) for r in rows)
    return _one(columns, found)


def _calls(store: Store, begin: datetime, end: datetime) -> tuple[Section, ...]:
    rows = store.read("""select c.*, l.no, l.text, l.officer, e.number
        from call c join log l on l.id = c.log_id left join event e on e.id = c.event_id
        where c.answered_at >= :begin and c.answered_at < :end
        order by c.answered_at, l.no""", begin=to_text(begin), end=to_text(end))
    columns = (
        Column(t("paper|No."), fit=True, align=Align.RIGHT), Column(t("paper|Time"), fit=True),
        Column(t("paper|Direction"), fit=True), Column(t("paper|Caller"), 2),
        Column(t("paper|Content"), 5), Column(t("paper|Checked, told"), 2),
        Column(t("paper|Event no."), fit=True), Column(t("paper|Recorder"), fit=True))
    return _one(columns, tuple(Row((
        str(r["no"]), moment_text(from_text(r["answered_at"])),
        t("paper|call in") if r["direction"] == "in" else t("paper|call out"), _caller(r),
        _said(r), "\n".join(filter(None, (r["verified_by"], r["told"]))), r["number"] or "",
        r["officer"])) for r in rows))


def _caller(row: Any) -> str:
    who = " ".join(filter(None, (row["unit"], row["post"], row["caller"])))
    return "\n".join(filter(None, (who, row["phone"])))


def _said(row: Any) -> str:
    seconds = row["seconds"]
    if not seconds:
        return str(row["text"])
    return t("paper|{text} ({span})", text=row["text"],
             span=span_text(timedelta(seconds=seconds)))


def _one(columns: tuple[Column, ...], rows: tuple[Row, ...]) -> tuple[Section, ...]:
    if not rows:
        return ()
    table: Block = Table(columns, rows, dense=True)
    return (Section("", (table,), t("paper|{n} in all", n=thousands(len(rows)))),)


def months_with_entries(store: Store) -> tuple[date, ...]:
    """The local months from the first log entry to now, newest first."""
    oldest = store.value("select min(at) from log")
    last = local_day(store.clock.now()).replace(day=1)
    month = local_day(from_text(oldest)).replace(day=1) if oldest else last
    found = []
    while month <= last:
        found.append(month)
        month = month_after(month)
    return tuple(reversed(found))
