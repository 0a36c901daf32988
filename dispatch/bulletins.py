"""Bulletins 值班快报 (one event), 值班要情 (the day): drawn from the record, edited, numbered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import mark, t
from dispatch.bulletin_parts import daily_parts, flash_parts
from dispatch.events import EventId, event
from dispatch.log import append_to
from dispatch.terms import EntryKind
from resources.localtime import local_day
from resources.numbers import marked
from resources.people import DESK, Officer, allowed

BulletinId = NewType("BulletinId", RowId)


class BulletinKind(StrEnum):
    FLASH = "flash"  # 值班快报
    DAILY = "daily"  # 值班要情


BULLETIN_NAMES = {BulletinKind.FLASH: mark("Duty flash"),
                  BulletinKind.DAILY: mark("Duty summary of the day")}
PREFIXES = {BulletinKind.FLASH: "KB", BulletinKind.DAILY: "YQ"}
PART_NAMES = {
    "overview": mark("bulletin|Overview"), "watch": mark("bulletin|On duty"),
    "events": mark("bulletin|Emergencies"), "warnings": mark("bulletin|Warnings and weather"),
    "instructions": mark("bulletin|Instructions and how they were carried out"),
    "tomorrow": mark("bulletin|Work of note and tomorrow"),
    "what": mark("bulletin|What happened"), "harm": mark("bulletin|Casualties and loss"),
    "done": mark("bulletin|What was done"), "next": mark("bulletin|What comes next"),
}
"""总体情况; 值班情况; 突发事件; 预警·天气; 领导批示与办理; 重点工作和明日提示; and those of a
快报: 基本情况, 伤亡损失, 处置情况, 下一步."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One bulletin. `issue` counts from 1 in each year and kind (第×期); `parts` by code."""

    id: BulletinId
    number: str
    kind: BulletinKind
    issue: int
    day: date
    event_id: EventId | None
    parts: dict[str, str]
    signed_by: str
    checked_by: str
    sent_to: str
    copied_to: str
    made_at: datetime


@allowed(*DESK)
def draw_flash(store: Store, id: EventId, *, by: Officer) -> Bulletin:  # noqa: A002
    """A new 值班快报 of the event as it stands now; each one has its own number."""
    of = event(store, id)
    with store.change("bulletin.flash", by) as tx:
        new = _insert(tx, BulletinKind.FLASH, local_day(store.clock.now()),
                      flash_parts(store, of), event=id)
        append_to(tx, t("Duty flash {number} drawn up", number=_number(tx, new)),
                  kind=EntryKind.REPORT, event=id, by=by)
    return bulletin(store, new)


@allowed(*DESK)
def draw_daily(store: Store, day: date | None = None, *, by: Officer) -> Bulletin:
    """The 值班要情 of a local day, today when not given: a new one, or the one there is drawn
    anew from the record; its number stays.

    Raises:
        Refused: the day has not begun.
    """
    today = local_day(store.clock.now())
    chosen = day or today
    if chosen > today:
        raise Refused("{day} has not begun. Choose a day up to today.", field="day", day=chosen)
    parts = daily_parts(store, chosen)
    old = daily_of(store, chosen)
    with store.change("bulletin.daily", by) as tx:
        if old is not None:
            tx.update("bulletin", old.id, parts=json.dumps(parts, ensure_ascii=False),
                      made_at=to_text(store.clock.now()))
            return_id = old.id
        else:
            return_id = _insert(tx, BulletinKind.DAILY, chosen, parts)
            append_to(tx, t("Duty summary {number} drawn up", number=_number(tx, return_id)),
                      kind=EntryKind.REPORT, by=by)
    return bulletin(store, return_id)


@allowed(*DESK)
def edit_bulletin(store: Store, id: BulletinId, parts: Mapping[str, str], *,  # noqa: A002
                  signed_by: str = "", checked_by: str = "", sent_to: str = "",
                  copied_to: str = "", by: Officer) -> Bulletin:
    """Keep the words that the officer made of it.

    Raises:
        Refused: nothing is left in any part.
    """
    old = bulletin(store, id)
    kept = {code: parts.get(code, text).strip() for code, text in old.parts.items()}
    if not any(kept.values()):
        raise Refused("A bulletin needs some words.", field=next(iter(kept)))
    with store.change("bulletin.edit", by) as tx:
        tx.update("bulletin", id, parts=json.dumps(kept, ensure_ascii=False),
                  signed_by=signed_by.strip(), checked_by=checked_by.strip(),
                  sent_to=sent_to.strip(), copied_to=copied_to.strip())
    return bulletin(store, id)


def bulletin(store: Store, id: BulletinId) -> Bulletin:  # noqa: A002 - the reader's own word
    """
    Raises:
        Refused: there is none.
    """
    row = store.one("select * from bulletin where id = :id", id=id)
    if row is None:
        raise Refused("There is no such bulletin.")
    return _bulletin(row)


def bulletins(store: Store, limit: int = 500) -> list[Bulletin]:
    """Newest first."""
    return [_bulletin(r) for r in store.read(
        "select * from bulletin order by made_at desc, id desc limit :limit", limit=limit)]


def daily_of(store: Store, day: date) -> Bulletin | None:
    row = store.one("select * from bulletin where kind = 'daily' and day = :day",
                    day=day.isoformat())
    return _bulletin(row) if row is not None else None


def flash_of(store: Store, id: EventId) -> Bulletin | None:  # noqa: A002
    """The newest 快报 of an event."""
    row = store.one("""select * from bulletin where kind = 'flash' and event_id = :id
        order by issue desc, id desc limit 1""", id=id)
    return _bulletin(row) if row is not None else None


def _insert(tx: Transaction, kind: BulletinKind, day: date, parts: Mapping[str, str],
            event: RowId | None = None) -> BulletinId:
    prefix = marked(tx.store, f"{PREFIXES[kind]}-{day.year}-")
    issue = tx.next_number("bulletin", "number", prefix)
    last = tx.run("""select * from bulletin where kind = :kind order by made_at desc, id desc
        limit 1""", kind=kind).fetchone()
    same = {n: last[n] if last else "" for n in ("checked_by", "signed_by", "sent_to",
                                                 "copied_to")}
    return BulletinId(tx.insert("bulletin", {
        "number": f"{prefix}{issue:03d}", "kind": kind, "issue": issue, "day": day.isoformat(),
        "event_id": event, "parts": json.dumps(parts, ensure_ascii=False),
        "made_at": to_text(tx.store.clock.now()), **same}))


def _number(tx: Transaction, id: BulletinId) -> str:  # noqa: A002
    return str(tx.run("select number from bulletin where id = :id", id=id).fetchone()[0])


def _bulletin(row: Any) -> Bulletin:
    return Bulletin(
        BulletinId(RowId(row["id"])), row["number"], BulletinKind(row["kind"]), row["issue"],
        date.fromisoformat(row["day"]), row["event_id"], json.loads(row["parts"]),
        row["signed_by"], row["checked_by"], row["sent_to"], row["copied_to"],
        from_text(row["made_at"]))
