"""The chosen cell of the roster 值班表单元格: whose it is, what stands there and against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from db.words import t
from dispatch.duty.month import Day, DayKind, Duty, RosterPerson
from dispatch.duty.roster.board import Board
from dispatch.duty.roster.terms import LEAVE_NAMES, WISH_NAMES
from dispatch.duty.seats import SEAT_NAMES
from dispatch.terms import POST_NAMES
from resources import localtime
from ui import moments


def cell_words(shown: Board, person: RosterPerson, day: Day, duties: Iterable[Duty], *,
               locked: bool) -> str:
    """All of it in one line."""
    at = localtime.at_local(day.date, datetime.min.time())
    kinds = {DayKind.WORK: "", DayKind.WEEKEND: t("day|weekend"),
             DayKind.HOLIDAY: day.name or t("day|holiday"),
             DayKind.SWAPPED: t("day|working day in exchange")}
    head = " ".join(part for part in (f"{day.date:%m-%d}", moments.weekday(at), kinds[day.kind],
                                      shown.special(day.date)) if part)
    said = t("{day} · {name}: {duties}", day=head, name=person.name,
             duties=t("list|; ").join(map(_duty_words, duties)) or t("not on duty"))
    return " · ".join((said, *_more(shown, person, day, locked=locked)))


def _more(shown: Board, person: RosterPerson, day: Day, *, locked: bool) -> Iterator[str]:
    """Leave, wish, lock and the first conflicts."""
    row, wish = shown.leave.get((person.id, day.date.day)), shown.wish(person.id, day.date)
    if row:
        yield t("on leave ({kind})", kind=t(LEAVE_NAMES[row.kind]))
    if wish:
        yield t("Wish: {kind}", kind=t(WISH_NAMES[wish]))
    if locked:
        yield t("locked")
    yield from [b.words for b in shown.breaches
                if any(c.person == person.id and c.key.day == day.date for c in b.cells)][:2]


def _duty_words(duty: Duty) -> str:
    return t("{post} {start} → {end}, {state}", post=t(POST_NAMES[duty.post]),
             start=localtime.moment_text(duty.starts_at),
             end=localtime.moment_text(duty.ends_at), state=t(SEAT_NAMES[duty.state]))
