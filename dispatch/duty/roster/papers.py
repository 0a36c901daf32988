"""Roster papers 值班表文书: the month on A4 or A3 lying on its side, and the card of a week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from db.store import Store
from db.words import t
from dispatch.duty.month import DayKind, Duty
from dispatch.duty.papers import district
from dispatch.duty.roster.board import Board, board
from dispatch.duty.roster.terms import MONTH_NAMES, MonthState
from dispatch.printouts.sheet import (
    Align,
    Column,
    Margins,
    Prose,
    Row,
    Run,
    Section,
    Sheet,
    Table,
    Words,
)
from dispatch.terms import POST_NAMES, Post
from resources.localtime import clock_text, moment_text
from resources.people import OfficerId


def weekday(day: date) -> str:
    """The weekday as it stands on paper."""
    return (t("weekday|Mon"), t("weekday|Tue"), t("weekday|Wed"), t("weekday|Thu"),
            t("weekday|Fri"), t("weekday|Sat"), t("weekday|Sun"))[day.weekday()]


def month_sheet(store: Store, shown: Board, made_at: datetime, *, large: bool = False) -> Sheet:
    """Posts by days with their holders, each shift a row; counts per person below. `large`: A3."""
    record = shown.record
    state = t(MONTH_NAMES[record.state])
    if record.state is MonthState.PUBLISHED and record.published_at is not None:
        state = t("{state}, version {n}, {time} {name}", state=state, n=record.version,
                  time=moment_text(record.published_at, year=True), name=record.published_by)
    place = district(store)
    sections = (Section("", (_duties(shown),), ""),
                Section(t("paper|Duties by person"), (_counts(shown),), ""),
                Section("", (Prose(_away(shown), size=8.5, leading=13),)))
    return Sheet(t("paper|Duty roster {month}", month=f"{record.first:%Y-%m}"), place.org, "",
                 made_at, sections, subtitle=f"{place.org}    {state}",
                 watermark=t("paper|DRILL") if place.drill else "",
                 margins=Margins(15, 12, 8, 16), landscape=True, large=large)


LOW, HIGH = 14.2, 17.5
"""Points of a row: 31 of the low ones with their head stand on one A4 on its side."""


def _duties(shown: Board, first: date | None = None, last: date | None = None, *,
            phones: Mapping[OfficerId, str] | None = None, height: float = LOW) -> Table:
    """The shifts from `first` to `last` as rows; with `phones` each name has its number below."""
    several = len(shown.record.starts) > 1
    columns = [Column(t("paper|Day"), fit=True, bold=True), Column(t("paper|Day kind"), fit=True)]
    if several:
        columns.append(Column(t("paper|Shift"), fit=True))
    posts = [post for post in Post if any(p is post for _, p in shown.problem.needs)]
    columns += [Column(t(POST_NAMES[post]), 3.0 if post is Post.STANDBY else 1.4)
                for post in posts]
    kinds = {day.date: day for day in shown.month.days}
    rows = []
    for slot in shown.problem.slots:
        day = slot.key.day
        if (first and day < first) or (last and day > last):
            continue
        cells: list[Words] = [f"{day:%m-%d} {weekday(day)}", _kind(kinds[day].kind, kinds[day].name,
                                                      slot.special)]
        if several:
            cells.append(f"{clock_text(slot.starts_at)}–{clock_text(slot.ends_at)}")
        for post in posts:
            own = [d for some in shown.month.cells.values() for d in some
                   if d.starts_at == slot.starts_at and d.post is post]
            cells.append(_holders(own, phones) if own else "—")
        rows.append(Row(tuple(cells), shaded=kinds[day].free))
    return Table(tuple(columns), tuple(rows), dense=True, row_height=height)


def _holders(own: Sequence[Duty], phones: Mapping[OfficerId, str] | None) -> Words:
    if phones is None:
        return "  ".join(d.officer for d in own)
    runs: list[Run] = []
    for n, duty in enumerate(own):
        runs += [Run(("\n" if n else "") + duty.officer, bold=True),
                 Run(f"  {phones.get(duty.officer_id, '')}".rstrip())]
    return tuple(runs)


def _kind(kind: DayKind, name: str, special: str) -> str:
    words = {DayKind.WORK: "", DayKind.WEEKEND: t("day|weekend"),
             DayKind.HOLIDAY: name or t("day|holiday"), DayKind.SWAPPED: t("day|work")}[kind]
    return " ".join(part for part in (words, special) if part)


def _counts(shown: Board) -> Table:
    """Two people a row, read down the left half first."""
    half = [Column(t("paper|Full name"), 1.3, bold=True), Column(t("paper|Unit"), 1.5),
            Column(t("paper|Phone"), 1.3),
            *(Column(t(POST_NAMES[post]), fit=True, align=Align.RIGHT) for post in Post),
            Column(t("paper|Free days"), fit=True, align=Align.RIGHT),
            Column(t("paper|In the room"), fit=True, align=Align.RIGHT)]
    phones = {p.id: p.phone for p in shown.problem.people}
    people = [(p.name, p.unit, phones.get(p.id, ""), *(str(n) for n in (
        p.load.leader, p.load.main, p.load.second, p.load.standby, p.load.free_days,
        p.load.duties))) for p in shown.month.people]
    left, right = people[:-(len(people) // 2) or None], people[(len(people) + 1) // 2:]
    right += [("",) * len(half)] * (len(left) - len(right))
    return Table((*half, replace(half[0], heavy=True), *half[1:]),
                 tuple(Row((*a, *b)) for a, b in zip(left, right, strict=True)), dense=True,
                 row_height=LOW)


def _away(shown: Board) -> str:
    leave = sorted({(row.first, row.last, row.officer_id) for row in shown.leave.values()})
    names = {p.id: p.name for p in shown.month.people}
    said = t("list|; ").join(f"{names.get(who, '')} {a:%m-%d}–{b:%m-%d}" for a, b, who in leave)
    return t("paper|On leave: {names}", names=said or t("paper|nobody"))


def week_sheet(store: Store, day: date, made_at: datetime) -> Sheet:
    """The card of the week that a day lies in, with phones, to hang beside the phone."""
    first = day - timedelta(days=day.weekday())
    last = first + timedelta(days=6)
    place = district(store)
    boards = [board(store, month)
              for month in sorted({first.replace(day=1), last.replace(day=1)})]
    phones = {p.id: p.phone for one in boards for p in one.problem.people}
    tables = tuple(_duties(one, first, last, phones=phones, height=HIGH) for one in boards)
    return Sheet(t("paper|Duty week {first} to {last}", first=first, last=last), place.org, "",
                 made_at, (Section("", tables),), watermark=t("paper|DRILL") if place.drill else "",
                 margins=Margins(15, 12, 10, 16), landscape=True)
