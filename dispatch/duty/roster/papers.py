"""Roster papers 值班表文书: the month on A4 or A3 lying on its side, and the card of a week."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from db.store import Store
from db.words import t
from dispatch.duty.month import DayKind
from dispatch.duty.papers import district
from dispatch.duty.roster.board import Board, board
from dispatch.duty.roster.terms import MONTH_NAMES, MonthState
from dispatch.printouts.sheet import Align, Column, Margins, Prose, Row, Section, Sheet, Table
from dispatch.terms import POST_NAMES, Post
from resources.localtime import clock_text, moment_text


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
    return Sheet(t("paper|Duty roster {month}", month=f"{record.first:%Y-%m}"), place.org, state,
                 made_at, sections, watermark=t("paper|DRILL") if place.drill else "",
                 margins=Margins(15, 12, 10, 16), landscape=True, large=large)


def _duties(shown: Board, first: date | None = None, last: date | None = None) -> Table:
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
        cells = [f"{day:%m-%d} {weekday(day)}", _kind(kinds[day].kind, kinds[day].name,
                                                      slot.special)]
        if several:
            cells.append(f"{clock_text(slot.starts_at)}–{clock_text(slot.ends_at)}")
        for post in posts:
            own = [d.officer for some in shown.month.cells.values() for d in some
                   if d.starts_at == slot.starts_at and d.post is post]
            cells.append("  ".join(own) or "—")
        rows.append(Row(tuple(cells)))
    return Table(tuple(columns), tuple(rows), dense=True)


def _kind(kind: DayKind, name: str, special: str) -> str:
    words = {DayKind.WORK: "", DayKind.WEEKEND: t("day|weekend"),
             DayKind.HOLIDAY: name or t("day|holiday"), DayKind.SWAPPED: t("day|work")}[kind]
    return " ".join(part for part in (words, special) if part)


def _counts(shown: Board) -> Table:
    columns = (Column(t("paper|Name"), 1.2), Column(t("paper|Unit"), 1.4),
               Column(t("paper|Phone"), 1.2),
               *(Column(t(POST_NAMES[post]), 0.7, Align.RIGHT) for post in Post),
               Column(t("paper|Free days"), 0.8, Align.RIGHT),
               Column(t("paper|In the room"), 0.8, Align.RIGHT))
    phones = {p.id: p.phone for p in shown.problem.people}
    return Table(columns, tuple(Row((
        p.name, p.unit, phones.get(p.id, ""), *(str(n) for n in (
            p.load.leader, p.load.main, p.load.second, p.load.standby, p.load.free_days,
            p.load.duties)))) for p in shown.month.people), dense=True)


def _away(shown: Board) -> str:
    leave = sorted({(row.first, row.last, row.officer_id) for row in shown.leave.values()})
    names = {p.id: p.name for p in shown.month.people}
    said = t("list|; ").join(f"{names.get(who, '')} {a:%m-%d}–{b:%m-%d}" for a, b, who in leave)
    return t("paper|On leave: {names}", names=said or t("paper|nobody"))


def week_sheet(store: Store, day: date, made_at: datetime) -> Sheet:
    """The card of the week that a day lies in, to hang beside the phone."""
    first = day - timedelta(days=day.weekday())
    last = first + timedelta(days=6)
    months = {first.replace(day=1), last.replace(day=1)}
    place = district(store)
    boards = [board(store, month) for month in sorted(months)]
    tables = tuple(_duties(one, first, last) for one in boards)
    people = {d.officer_id for one in boards for some in one.month.cells.values() for d in some
              if first <= d.day <= last and d.post is not Post.STANDBY}
    phones = [(p.name, p.phone) for p in boards[0].problem.people if p.id in people]
    words = "    ".join(f"{name} {phone}" for name, phone in phones)
    return Sheet(t("paper|Duty week {first} to {last}", first=first, last=last), place.org, "",
                 made_at, (Section("", tables), Section(t("paper|Phones"), (
                     Prose(words, size=11, leading=18),))),
                 watermark=t("paper|DRILL") if place.drill else "")
