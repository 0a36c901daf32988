"""Roster files 值班表文件: a month as xlsx and back without loss, and duties as a calendar."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.errors import Refused
from db.store import Store
from db.words import mark, t
from dispatch.duty.roster.board import Board
from dispatch.duty.roster.months import Put, cells_of, put_cells
from dispatch.duty.roster.problem import Cell, Key, Person, Slot
from dispatch.terms import POST_NAMES, Post
from resources.exchange.books import read_book
from resources.exchange.workbooks import new_workbook
from resources.people import OfficerId

CHINESE = {Post.LEADER: "带班领导", Post.MAIN: "主班", Post.SECOND: "副班", Post.STANDBY: "备勤"}
HEADS = (mark("xlsx|Day"), mark("xlsx|Shift"), mark("xlsx|Post"), mark("xlsx|Name"),
         mark("xlsx|Unit"), mark("xlsx|Locked"))
"""A row for each duty: this is what is read back."""


Numbered = tuple[int, tuple[object, ...]]
"""A row with its number in the file."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file says of a month: cells in order, and the rows that could not be read."""

    puts: tuple[Put, ...]
    problems: tuple[str, ...]


def month_book(shown: Board) -> bytes:
    """The month as xlsx: a grid to look at, and a list of duties to be read back."""
    out = io.BytesIO()
    book = new_workbook(out)
    bold = book.add_format({"bold": True, "bg_color": "#EDEDED", "border": 1})
    plain = book.add_format({"border": 1, "align": "center"})
    _grid(book.add_worksheet(t("xlsx|Month")), shown, bold, plain)
    _listed(book.add_worksheet(t("xlsx|Duties")), shown, bold)
    book.close()
    return out.getvalue()


def _grid(page: Any, shown: Board, bold: Any, plain: Any) -> None:
    month = shown.month
    page.write_row(0, 0, [t("xlsx|Name"), t("xlsx|Unit"),
                          *(f"{d.date:%m-%d}" for d in month.days)], bold)
    for at, person in enumerate(month.people, 1):
        page.write_row(at, 0, [person.name, person.unit], plain)
        for number in range(len(month.days)):
            duties = month.cells.get((person.id, number + 1), ())
            leave = shown.leave.get((person.id, number + 1))
            words = " ".join(t(POST_NAMES[d.post]) for d in duties)
            page.write(at, 2 + number, words or (t("xlsx|leave") if leave else ""), plain)
    page.freeze_panes(1, 2)
    page.set_column(2, 1 + len(month.days), 8)


def _listed(page: Any, shown: Board, bold: Any) -> None:
    page.write_row(0, 0, [t(head) for head in HEADS], bold)
    names = {p.id: p for p in shown.problem.people}
    cells = sorted(shown.cells, key=lambda c: (c.key, list(Post).index(c.post), c.person))
    for at, cell in enumerate(cells, 1):
        person = names.get(cell.person)
        page.write_row(at, 0, [
            cell.key.day.isoformat(), cell.key.n + 1, t(POST_NAMES[cell.post]),
            person.name if person else "", person.unit if person else "",
            t("xlsx|yes") if shown.cells[cell] else ""])
    page.set_column(0, 5, 14)


def read_month(name: str, data: bytes, shown: Board) -> Brought:
    """The duties of a file, from its list or, failing that, from a grid of names by posts.

    Raises:
        Refused: it cannot be read, or no sheet of it has day, post and name.
    """
    for sheet in read_book(name, data).sheets:
        found = _columns(sheet.rows)
        if found is not None:
            return _read_rows(sheet.rows, *found, shown)
    raise Refused("No sheet of this file has the columns day, post and name. Export a month to"
                  " see how it looks.")


WORDS = {"day": ("日期", "day", "date"), "shift": ("班次", "shift"), "post": ("岗位", "post"),
         "name": ("姓名", "name"), "unit": ("单位", "unit"), "locked": ("锁定", "locked")}


def _columns(rows: Sequence[Numbered]) -> tuple[int, dict[str, int]] | None:
    for at, (_number, row) in enumerate(rows[:10]):
        heads = [str(cell).strip().lower() for cell in row]
        found = {name: heads.index(word) for name, words in WORDS.items()
                 for word in words if word in heads}
        if {"day", "post", "name"} <= found.keys():
            return at, found
    return None


def _read_rows(rows: Sequence[Numbered], head: int, columns: dict[str, int],
               shown: Board) -> Brought:
    puts: dict[tuple[OfficerId, Key], Put] = {}
    problems: list[str] = []
    for number, row in rows[head + 1:]:
        cells: dict[str, Any] = {name: "" if at >= len(row) or row[at] is None else row[at]
                                 for name, at in columns.items()}
        if not any(str(c).strip() for c in cells.values()):
            continue
        try:
            put = _put(cells, shown)
            if (put.person, put.key) in puts:
                raise Refused("{name} is on duty twice in one shift.", name=cells["name"])
            puts[put.person, put.key] = put
        except Refused as error:
            problems.append(t("Row {n}: {why}", n=number, why=error))
    return Brought(tuple(puts.values()), tuple(problems))


def _put(cells: dict[str, Any], shown: Board) -> Put:
    day = _day(cells["day"], shown.record.first)
    shift = str(cells.get("shift") or 1).strip()
    key = Key(day, int(float(shift)) - 1 if re.fullmatch(r"\d+(\.0)?", shift) else 0)
    if key not in {s.key for s in shown.problem.slots}:
        raise Refused("This month has no shift {n} on {day}.", n=key.n + 1, day=day)
    locked = str(cells.get("locked") or "").strip().lower()
    return Put(_person(cells, shown.problem.people).id, key, _post(str(cells["post"])),
               bool(locked) and locked not in ("0", "no", "否"))


def _day(value: Any, first: date) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip().replace("/", "-").replace(".", "-")
    try:
        parts = [int(p) for p in re.findall(r"\d+", text)]
        return date(*parts) if len(parts) == 3 else date(first.year, *parts)
    except (ValueError, TypeError) as error:
        raise Refused("“{text}” is not a day. Write 2026-11-23, 11-23 or 23.",
                      text=text) from error


def _post(text: str) -> Post:
    plain = re.sub(r"\s*\d+$", "", text.strip()).lower()
    for post in Post:
        if plain in (str(post), CHINESE[post], t(POST_NAMES[post]).lower(),
                     POST_NAMES[post].partition("|")[2].lower()) or (
                         len(plain) == 1 and plain == CHINESE[post][0]):
            return post
    raise Refused("“{text}” is no post. Write one of: {posts}", text=text,
                  posts=t(", ").join(t(POST_NAMES[p]) for p in Post))


def _person(cells: dict[str, Any], people: Iterable[Person]) -> Person:
    name, unit = str(cells["name"]).strip(), str(cells.get("unit") or "").strip()
    found = [p for p in people if p.name == name]
    if len(found) > 1 and unit:
        found = [p for p in found if p.unit == unit]
    if len(found) != 1:
        raise Refused("{name} is not on the list of officers with a post.", name=name) \
            if not found else Refused("{name} is there twice: write the unit too.", name=name)
    return found[0]


def bring_in(store: Store, shown: Board, brought: Brought, *, by: Any) -> tuple[Put, ...]:
    """Put a file's duties in the place of the month's; the answer undoes it.

    Raises:
        Refused: a row could not be read (nothing is written then), or the month is published.
    """
    if brought.problems:
        raise Refused("{n} rows cannot be read, nothing was changed. First: {first}",
                      n=len(brought.problems), first=brought.problems[0])
    if not brought.puts:
        raise Refused("This file has no duties.")
    coming = {(p.person, p.key) for p in brought.puts}
    gone = [Put(c.person, c.key, None) for c in cells_of(store, shown.record.first)
            if (c.person, c.key) not in coming]
    return put_cells(store, shown.record.first, [*gone, *brought.puts], by=by)


def calendar(shown: Board, made_at: datetime, person: OfficerId | None = None) -> str:
    """The duties as iCalendar (RFC 5545): of one person, or one event for each duty of all."""
    slots: dict[Key, Slot] = {s.key: s for s in shown.problem.slots}
    names = {p.id: p.name for p in shown.problem.people}
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Watchdesk//Roster//ZH"]
    for cell in sorted(c for c in shown.cells if person in (None, c.person)):
        lines += _event(cell, slots[cell.key], names.get(cell.person, ""), made_at)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(cell: Cell, slot: Slot, name: str, made_at: datetime) -> list[str]:
    shape = "%Y%m%dT%H%M%SZ"
    words = f"{t(POST_NAMES[cell.post])} {name}"
    for sign in "\\;,":
        words = words.replace(sign, f"\\{sign}")
    return ["BEGIN:VEVENT",
            f"UID:{cell.key.day:%Y%m%d}-{cell.key.n}-{cell.person}@watchdesk",
            f"DTSTAMP:{made_at:{shape}}", f"DTSTART:{slot.starts_at:{shape}}",
            f"DTEND:{slot.ends_at:{shape}}", f"SUMMARY:{words}", "END:VEVENT"]


def _folded(line: str) -> list[str]:
    """Lines of at most 75 octets; a character is never cut."""
    parts, part = [], ""
    for sign in line:
        if len((part + sign).encode()) > 74:
            parts.append(part)
            part = " "
        part += sign
    return [*parts, part]
