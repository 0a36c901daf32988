"""Replay 回放: a chronology from a file becomes a closed event, its log back-filled 补录."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.clock import to_text
from db.errors import Cancelled, Refused
from db.store import Store
from db.words import t
from dispatch.events import Event, event, open_in
from dispatch.intake import Intake
from dispatch.log import MAX_TEXT, append_to
from dispatch.terms import EntryKind, EventClass, EventState
from resources.exchange.books import Progress, goes_on
from resources.localtime import moment_text, read_local
from resources.people import DESK, Officer, allowed

BEAT, MANY = 100, 200

LARGEST = 16 * 2**20
"""Bytes; a year's log is a few."""

HEADS = {
    "time": {"time", "at", "date", "datetime", "时间", "发生时间", "日期"},
    "actor": {"actor", "who", "unit", "主体", "单位", "人员", "对象", "责任单位"},
    "entry": {"entry", "text", "event", "内容", "事项", "记录", "经过", "事件"},
    "source": {"source", "来源", "出处"},
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a chronology; `number` is its row in the file, the head being row 1."""

    number: int
    at: datetime
    actor: str
    text: str
    source: str


def read_chronology(data: str | bytes) -> list[Row]:
    """Read time, actor, entry (and source) from CSV in UTF-8, UTF-16 with BOM, or GB18030.

    Times are local. Pure.

    Raises:
        Refused: with the row number, when anything cannot be read; nothing is taken then.
    """
    if len(data) > LARGEST:
        raise Refused("The file is larger than {most} MB: no chronology is.",
                      most=LARGEST // 2**20)
    text = data if isinstance(data, str) else _decode(data)
    lines = _records(text.lstrip("\ufeff"))
    if not lines:
        raise Refused("The file is empty. It needs a first row with time, actor, entry.")
    columns = _columns(lines[0])
    rows = [_row(n, cells, columns) for n, cells in enumerate(lines[1:], start=2)
            if any(c.strip() for c in cells)]
    if not rows:
        raise Refused("The file has no rows below its first one.")
    return rows


def _decode(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for name in encodings:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise Refused("The file is neither UTF-8 nor GB18030 text. Save it as CSV (UTF-8).")


def _records(text: str) -> list[list[str]]:
    head = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=head.count)
    found: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            found.append(cells)  # noqa: PERF402 - the count so far names the bad row
    except csv.Error as error:
        raise Refused("Row {row}: the quotes or commas cannot be read.",
                      row=len(found) + 1) from error
    return found


def _columns(head: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(head):
        plain = cell.strip().lower()
        for name, words in HEADS.items():
            if plain in words and name not in found:
                found[name] = place
    missing = [n for n in ("time", "entry") if n not in found]
    if missing:
        raise Refused("Row 1: there is no column {names}. The first row must name time, actor,"
                      " entry (时间, 单位, 内容).", names=", ".join(missing))
    return found


def _row(number: int, cells: Sequence[str], columns: dict[str, int]) -> Row:
    def cell(name: str) -> str:
        place = columns.get(name, len(cells))
        return cells[place].strip() if place < len(cells) else ""

    text = cell("entry")
    if not text:
        raise Refused("Row {row}: the entry is empty.", row=number, field="entry")
    if len(text) > MAX_TEXT:
        raise Refused("Row {row}: the entry has {n} characters; up to {most} are allowed.",
                      row=number, n=len(text), most=MAX_TEXT, field="entry")
    if not cell("time"):
        raise Refused("Row {row}: the time is empty.", row=number, field="time")
    try:
        at = read_local(cell("time"))
        to_text(at)
    except (ValueError, OverflowError) as error:
        raise Refused("Row {row}: {time} is not a time. Write it as 2026-11-23 21:47.",
                      row=number, time=cell("time"), field="time") from error
    return Row(number, at, cell("actor"), text, cell("source"))


@allowed(*DESK)
def replay(store: Store, rows: Sequence[Row], title: str, *,
           class_: EventClass = EventClass.ACCIDENT, again: bool = False,
           progress: Progress = goes_on, by: Officer) -> Event:
    """Turn a chronology into one closed event with its log at its own times, in one change.

    Raises:
        Refused: no rows or title, a row in the future (it says which), or the same chronology
            is an event already and `again` is not given.
        Cancelled: `progress` said so; nothing is written then.
    """
    if not rows:
        raise Refused("The chronology has no rows.")
    if not title.strip():
        raise Refused("Give the event a title.", field="title")
    now = store.clock.now()
    for row in rows:
        if row.at > now:
            raise Refused("Row {row}: {time} lies in the future.", row=row.number,
                          time=moment_text(row.at, year=True), field="time")
    known = None if again else replayed(store, rows)
    if known is not None:
        raise Refused("This chronology is already event {number} “{title}”. Nothing was imported;"
                      " give --again to import it once more.", number=known.number,
                      title=known.title)
    first, last = min(r.at for r in rows), max(r.at for r in rows)
    reason = t("Replayed from a chronology")
    with store.change("event.replay", by, many=len(rows) > MANY) as tx:
        new = open_in(tx, Intake(class_, title=title, source="replay", occurred_at=first,
                                 received_at=first, origin="replay", backfill_reason=reason),
                      by=by)
        for done, row in enumerate(rows):
            if done % BEAT == 0 and not progress(done, len(rows)):
                raise Cancelled("Stopped. Nothing was imported.")
            append_to(tx, row.text, kind=EntryKind.NOTE, at=row.at, event=new, actor=row.actor,
                      source=row.source, backfilled=True, backfill_reason=reason, by=by)
        tx.update("event", new, state=EventState.CLOSED, closed_at=to_text(last),
                  close_note=reason)
    progress(len(rows), len(rows))
    return event(store, new)


def replayed(store: Store, rows: Sequence[Row]) -> Event | None:
    """The event that holds exactly these rows already, if any."""
    wanted = sorted((to_text(r.at), r.actor, r.text) for r in rows)
    for found in store.read("select id from event where origin = 'replay' and occurred_at = :at",
                            at=wanted[0][0]):
        held = store.read("select at, actor, text from log where event_id = :id"
                          " and kind = :kind", id=found["id"], kind=EntryKind.NOTE)
        if sorted((r["at"], r["actor"], r["text"]) for r in held) == wanted:
            return event(store, found["id"])
    return None
