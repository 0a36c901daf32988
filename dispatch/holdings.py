"""Holdings 备份内容: what a backup holds, and what going back to it would lose."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.clock import from_text
from db.errors import StoreError
from db.opening import connect, explain, look_at
from db.words import t
from resources.localtime import moment_text

NAMED = 5
"""So many of the entries that would be lost are told in their own words."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What stands in one copy: counts, the last entry, and the head of its chain."""

    district: str
    entries: int
    events: int
    open_events: int
    last_at: datetime | None
    last_text: str
    change: int
    head: str
    last_entry: int


@dataclass(frozen=True, slots=True)
class Loss:
    """What the present record has and a copy has not; `same` is false for another record."""

    same: bool
    changes: int
    entries: int
    events: int
    named: tuple[str, ...]


def holdings(path: Path) -> Holdings:
    """Read a copy without touching it.

    Raises:
        StoreError: it is not a backup of ours, or it is damaged.
    """
    try:
        look_at(path, must_exist=True)
        with contextlib.closing(connect(path, read_only=True)) as db:
            return _read(db)
    except sqlite3.Error as error:
        raise explain(error, path) from error
    except OSError as error:
        raise StoreError("{path} cannot be read: {why}. Look at the file's rights.",
                         path=path, why=error.strerror or error) from error


def _read(db: sqlite3.Connection) -> Holdings:
    entries, last = db.execute("select count(*), coalesce(max(id), 0) from log").fetchone()
    events, running = db.execute("select count(*), sum(closed_at is null) from event").fetchone()
    head = db.execute("select id, hash from change order by id desc limit 1").fetchone()
    text = db.execute("select entered_at, text from log where id = ?", (last,)).fetchone()
    name = db.execute("select value from setting where name = 'district_name'").fetchone()
    return Holdings(name[0] if name else "", entries, events, running or 0,
                    from_text(text[0]) if text else None, text[1] if text else "",
                    head[0] if head else 0, head[1] if head else "", last)


def loss(db: sqlite3.Connection, held: Holdings) -> Loss:
    """What of the present record a copy lacks, compared by the chain."""
    row = db.execute("select hash from change where id = ?", (held.change,)).fetchone()
    same = bool(row and row[0] == held.head)
    after = held.last_entry if same else 0
    changes = db.execute("select count(*) from change where id > ?",
                         (held.change if same else 0,)).fetchone()[0]
    entries = db.execute("select count(*) from log where id > ?", (after,)).fetchone()[0]
    events = db.execute("select count(*) from event where id > ?", (after,)).fetchone()[0]
    named = db.execute("select entered_at, text from log where id > ? order by id desc limit ?",
                       (after, NAMED)).fetchall()
    return Loss(same, changes, entries, events, tuple(
        f"{moment_text(from_text(at), year=True)} {text}" for at, text in named))


def held_words(held: Holdings) -> str:
    """What a copy holds, in two lines."""
    last = t("the last at {at}: {text}", at=moment_text(held.last_at, year=True),
             text=held.last_text) if held.last_at else t("no entry yet")
    return t("{district}: {entries} log entries, {last}\n{events} events, {running} of them open;"
             " {changes} changes", district=held.district or "—", entries=held.entries, last=last,
             events=held.events, running=held.open_events, changes=held.change)


def loss_words(lost: Loss) -> str:
    """What would be missing, in words; the newest entries by name."""
    if not lost.same:
        return t("This is another record, not an earlier state of the present one: all {changes}"
                 " changes of the present record would be replaced.", changes=lost.changes)
    if not lost.changes:
        return t("Nothing would be lost: the present record has nothing newer.")
    first = t("{changes} changes would be missing, among them {entries} log entries and {events}"
              " events:", changes=lost.changes, entries=lost.entries, events=lost.events)
    return "\n".join((first, *lost.named, *(["…"] if lost.entries > len(lost.named) else [])))


def compare(present: Path, copy: Path) -> tuple[Holdings, Loss | None]:
    """Both for one copy, on connections of its own; no loss can be told where the present record
    cannot be read, or there is none.

    Raises:
        StoreError: the copy cannot be read.
    """
    held = holdings(copy)
    if not present.is_file():
        return held, None
    try:
        look_at(present, must_exist=True)
        with contextlib.closing(connect(present, read_only=True)) as db:
            return held, loss(db, held)
    except (StoreError, sqlite3.Error, OSError):
        return held, None


def unread_words(present: Path, held: Holdings) -> str:
    """What can still be said of a present record that cannot be read: when it was written last,
    how large it is, and how much older the copy is; empty where there is none."""
    if not present.is_file():
        return ""
    at, size = _written_at(present), f"{present.stat().st_size / 1e6:.1f}"
    said = t("The present record cannot be read. Its file was written last at {at} and has {size}"
             " MB.", at=moment_text(at, year=True), size=size)
    if held.last_at is None or held.last_at >= at:
        return said
    return t("{said} The last entry of this copy is {span} older: what was entered in between would"
             " be missing.", said=said, span=_span(at - held.last_at))


def _span(span: timedelta) -> str:
    """Roughly how long, in the largest unit that still says something."""
    hours = span.total_seconds() / 3600
    if hours < 2:
        return t("{n} min", n=round(hours * 60))
    return t("{n} h", n=round(hours)) if hours < 48 else t("{n} days", n=round(hours / 24))


def _written_at(present: Path) -> datetime:
    """When a record's file, or the log beside it, was written last (UTC)."""
    beside = present.with_name(present.name + "-wal")
    return datetime.fromtimestamp(max(
        p.stat().st_mtime for p in (present, beside) if p.is_file()), UTC)
