"""A month of the roster 月度值班表: people by days, posts by days, and how much fell on each."""

from __future__ import annotations

import calendar
import functools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from db.change import RowId
from db.clock import from_text, to_text
from db.store import Store
from dispatch.duty.seats import SeatState
from dispatch.terms import Post
from resources import localtime
from resources.people import OfficerId


class DayKind(StrEnum):
    """What a day is by the State Council's yearly notice on holidays 节假日安排."""

    WORK = "work"        # 工作日
    WEEKEND = "weekend"  # 周末
    HOLIDAY = "holiday"  # 法定节假日与调休
    SWAPPED = "swapped"  # 调休上班


@dataclass(frozen=True, slots=True)
class Day:
    """One local day of the month; `name` is the holiday's own name."""

    date: date
    kind: DayKind
    name: str = ""

    @property
    def free(self) -> bool:
        """Whether others have this day off."""
        return self.kind in (DayKind.WEEKEND, DayKind.HOLIDAY)


@dataclass(frozen=True, slots=True)
class Duty:
    """One seat: who, which post, from when to when, and whether the person came."""

    officer_id: OfficerId
    officer: str
    post: Post
    starts_at: datetime
    ends_at: datetime
    state: SeatState

    @property
    def day(self) -> date:
        """The local day on which the duty begins."""
        return localtime.local_day(self.starts_at)


@dataclass(frozen=True, slots=True)
class Load:
    """How often somebody was on duty in the month; `free_days` are weekends and holidays."""

    leader: int
    main: int
    second: int
    standby: int
    free_days: int

    @property
    def duties(self) -> int:
        """Duties in the room; standby is at home."""
        return self.leader + self.main + self.second


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """Somebody who is on the month's roster or could be."""

    id: OfficerId
    name: str
    unit: str
    leads: bool
    load: Load


@dataclass(frozen=True, slots=True)
class Month:
    """The roster of one month. `cells` are by officer and day of the month."""

    first: date
    days: tuple[Day, ...]
    people: tuple[RosterPerson, ...]
    cells: dict[tuple[OfficerId, int], tuple[Duty, ...]]
    posts: tuple[tuple[Post, int], ...]
    by_post: dict[tuple[Post, int, int], tuple[Duty, ...]]

    @property
    def planned(self) -> bool:
        return bool(self.cells)


def month(store: Store, first: date) -> Month:
    """The roster of the month that `first` lies in, those who lead first, then by seniority."""
    days = days_of(first.year, first.month)
    return month_with(store, first, duties_between(store, days[0].date, days[-1].date))


def month_with(store: Store, first: date, duties: list[Duty],
               posts: Iterable[tuple[Post, int]] = ()) -> Month:
    """A month of these duties; `posts` have rows even where nobody holds them yet."""
    days = days_of(first.year, first.month)
    cells: dict[tuple[OfficerId, int], list[Duty]] = defaultdict(list)
    for duty in duties:
        cells[duty.officer_id, duty.day.day].append(duty)
    rows, by_post = _by_post(duties, posts)
    free = {day.date for day in days if day.free}
    return Month(days[0].date, days, _people(store, duties, free),
                 {key: tuple(some) for key, some in cells.items()}, rows, by_post)


def duties_between(store: Store, first: date, last: date) -> list[Duty]:
    """The seats of the desk's shifts that begin on these days."""
    begin, end = (to_text(localtime.at_local(day, time())) for day in
                  (first, last + timedelta(days=1)))
    rows = store.read(
        """select s.officer_id, o.name, s.post, s.state, h.starts_at, h.ends_at
        from shift h join seat_on_shift s on s.shift_id = h.id
        join officer o on o.id = s.officer_id
        where h.starts_at >= :begin and h.starts_at < :end and s.state <> 'replaced'
        order by h.starts_at, case s.post when 'leader' then 0 when 'main' then 1
        when 'second' then 2 else 3 end, s.id""", begin=begin, end=end)
    return [Duty(OfficerId(RowId(r["officer_id"])), r["name"], Post(r["post"]),
                 from_text(r["starts_at"]), from_text(r["ends_at"]), SeatState(r["state"]))
            for r in rows]


def _people(store: Store, duties: list[Duty], free: set[date]) -> tuple[RosterPerson, ...]:
    own: dict[int, list[Duty]] = defaultdict(list)
    for duty in duties:
        own[duty.officer_id].append(duty)
    rows = store.read("select * from officer where active = 1 order by seniority desc, id")
    extra = [i for i in own if i not in {r["id"] for r in rows}]
    rows += [r for i in extra for r in store.read("select * from officer where id = :id", id=i)]
    people = [RosterPerson(OfficerId(RowId(r["id"])), r["name"], r["unit"],
                           f'"{Post.LEADER}"' in r["posts"], load_of(own[r["id"]], free))
              for r in rows if r["id"] in own or r["posts"] != "[]"]
    return tuple(sorted(people, key=lambda person: not person.leads))


def load_of(duties: list[Duty], free: set[date]) -> Load:
    """Counts by post, and on how many free days the person was in the room."""
    count = {post: sum(d.post is post for d in duties) for post in Post}
    on_free = {d.day for d in duties if d.day in free and d.post is not Post.STANDBY}
    return Load(count[Post.LEADER], count[Post.MAIN], count[Post.SECOND], count[Post.STANDBY],
                len(on_free))


def _by_post(duties: list[Duty], posts: Iterable[tuple[Post, int]]
             ) -> tuple[tuple[tuple[Post, int], ...],
                        dict[tuple[Post, int, int], tuple[Duty, ...]]]:
    """Posts as rows (post and its number from 1) and who holds each on which day.

    Several shifts of one day stand behind each other in one cell; several seats of a post in
    one shift get rows of their own.
    """
    cells: dict[tuple[Post, int, int], list[Duty]] = defaultdict(list)
    taken: dict[tuple[datetime, Post], int] = defaultdict(int)
    for duty in duties:
        taken[duty.starts_at, duty.post] += 1
        cells[duty.post, taken[duty.starts_at, duty.post], duty.day.day].append(duty)
    rows = sorted({*posts, *((post, number) for post, number, _day in cells)},
                  key=lambda row: (list(Post).index(row[0]), row[1]))
    return tuple(rows), {key: tuple(some) for key, some in cells.items()}


def days_of(year: int, number: int) -> tuple[Day, ...]:
    """The days of a month with what each is."""
    last = calendar.monthrange(year, number)[1]
    return tuple(day_of(date(year, number, n)) for n in range(1, last + 1))


def day_of(day: date) -> Day:
    """What a day is; years whose notice is not known yet have their statutory days only."""
    names, swapped = _holidays(day.year)
    if day in names:
        return Day(day, DayKind.HOLIDAY, names[day])
    if day in swapped:
        return Day(day, DayKind.SWAPPED)
    return Day(day, DayKind.WEEKEND if day.weekday() >= calendar.SATURDAY else DayKind.WORK)


@functools.lru_cache(maxsize=8)
def _holidays(year: int) -> tuple[dict[date, str], frozenset[date]]:
    import holidays  # slow to load; a month is seldom asked for

    known = holidays.country_holidays("CN", years=[year], language="zh_CN")
    names = {day: known[day] for day in known}
    return names, frozenset(day for day in known.weekend_workdays if day.year == year)


def month_before(first: date) -> date:
    return (first.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)
