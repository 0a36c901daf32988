"""What the rules ask of a year's drills 演练要求, and which months cover it 覆盖表; mostly pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.store import Store
from db.words import mark, t
from dispatch.drillbook.plan import Filing, PlanLine, filing, lines
from dispatch.drillbook.rules import FILING, LARGE, SECTORS, SPECIAL, TOWNS
from resources.localtime import local_day
from resources.rules import Rule, rule_or


class Kind(StrEnum):
    FILING = "filing"  # 备案
    LARGE = "large"    # 大型演练场次
    SECTOR = "sector"  # 重点行业
    PLAN = "plan"      # 专项预案
    TOWN = "town"      # 镇街


KIND_NAMES = {Kind.FILING: mark("ask|Filing of the plan"), Kind.LARGE: mark("ask|Large drills"),
              Kind.SECTOR: mark("ask|Key sector"), Kind.PLAN: mark("ask|Special plan"),
              Kind.TOWN: mark("ask|Town or street")}


class Cover(StrEnum):
    DONE = "done"        # 已完成
    PLANNED = "planned"  # 已计划
    MISSING = "missing"  # 缺


COVER_NAMES = {Cover.DONE: mark("ask|Done"), Cover.PLANNED: mark("ask|Planned"),
               Cover.MISSING: mark("ask|Missing")}


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a rule asks: `needed` so many by `due`; `planned` counts those done too."""

    kind: Kind
    subject: str
    needed: int
    planned: int
    done: int
    due: date
    basis: str

    @property
    def cover(self) -> Cover:
        if self.done >= self.needed:
            return Cover.DONE
        return Cover.PLANNED if self.planned >= self.needed else Cover.MISSING

    @property
    def words(self) -> str:
        """What is asked in a few words."""
        name = t(KIND_NAMES[self.kind])
        return f"{name}{t(': ')}{self.subject}" if self.subject else name


@dataclass(frozen=True, slots=True)
class Asked:
    """The rules in force for a year, and what they are about."""

    large: Rule
    sectors: Rule
    filing: Rule
    special: Rule
    towns: Rule
    plans: tuple[tuple[int, str], ...]
    town_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A year's plan, what was held before it, and what is asked of it."""

    year: int
    today: date
    lines: tuple[PlanLine, ...]
    filing: Filing | None
    asks: tuple[Ask, ...]
    sectors: tuple[str, ...]
    before: bool
    """Whether an earlier year has a plan."""

    @property
    def missing(self) -> tuple[Ask, ...]:
        return tuple(a for a in self.asks if a.cover is Cover.MISSING)


@dataclass(frozen=True, slots=True)
class CoverRow:
    """A sector over the months: how many are planned, done and late in each of the twelve."""

    sector: str
    planned: tuple[int, ...]
    done: tuple[int, ...]
    late: tuple[int, ...]
    asked: bool

    @property
    def cover(self) -> Cover:
        if sum(self.done):
            return Cover.DONE
        return Cover.PLANNED if sum(self.planned) else Cover.MISSING

    def sign(self, month: int) -> str:
        """`●` a drill held, `○` one planned, `△` one whose month went by; month from 1."""
        at = month - 1
        waiting = self.planned[at] - self.late[at]
        return "●" * self.done[at] + "△" * self.late[at] + "○" * waiting


def year_of(store: Store, year: int) -> Year:
    """The plan of a year as it stands today against the rules in force."""
    today = local_day(store.clock.now())
    asked = _asked(store)
    own = tuple(lines(store, year))
    filed = filing(store, year)
    before = held_before(store, year)
    return Year(year, today, own, filed, asks(own, before, asked, filed, year),
                tuple(asked.sectors.value), bool(store.value(
                    "select 1 from drill_line where year < :year limit 1", year=year)))


def _asked(store: Store) -> Asked:
    plans = store.read("select id, name from plan where active = 1 and kind = 'special'"
                       " order by number, name")
    towns = store.read("select distinct coalesce(nullif(town, ''), name) from unit"
                       " where tier = 'town' and active = 1 order by id")
    return Asked(rule_or(store, LARGE), rule_or(store, SECTORS), rule_or(store, FILING),
                 rule_or(store, SPECIAL), rule_or(store, TOWNS),
                 tuple((int(r[0]), str(r[1])) for r in plans), tuple(str(r[0]) for r in towns))


@dataclass(frozen=True, slots=True)
class Held:
    """The last year in which each plan and each town was drilled before the year looked at."""

    plans: Mapping[int, int]
    towns: Mapping[str, int]


def held_before(store: Store, year: int) -> Held:
    held = "done_on is not null and dropped = '' and year < :year"
    return Held(
        {int(r[0]): int(r[1]) for r in store.read(
            f"select plan_id, max(year) from drill_line where plan_id is not null and {held}"
            " group by plan_id", year=year)},
        {str(r[0]): int(r[1]) for r in store.read(
            f"select town, max(year) from drill_line where town <> '' and {held} group by town",
            year=year)})


# pure


def asks(own: Sequence[PlanLine], before: Held, asked: Asked, filed: Filing | None,
         year: int) -> tuple[Ask, ...]:
    """Everything the rules ask of a year, with what the plan gives. Pure."""
    counting = [x for x in own if x.counts]
    end = date(year, 12, 31)

    def ask(kind: Kind, subject: str, needed: int, fitting: Iterable[PlanLine],
            basis: str) -> Ask:
        some = list(fitting)
        return Ask(kind, subject, needed, len(some), sum(x.done_on is not None for x in some),
                   end, basis)

    found = [Ask(Kind.FILING, "", 1, int(filed is not None), int(filed is not None),
                 filing_day(year, asked.filing), asked.filing.basis),
             ask(Kind.LARGE, "", int(asked.large.value), (x for x in counting if x.large),
                 asked.large.basis)]
    found += [ask(Kind.SECTOR, one, 1, (x for x in counting if x.sector == one),
                  asked.sectors.basis) for one in asked.sectors.value]
    found += [ask(Kind.PLAN, name, 1, (x for x in counting if x.plan_id == plan),
                  asked.special.basis) for plan, name in asked.plans
              if before.plans.get(plan, 0) + int(asked.special.value) <= year
              or any(x.plan_id == plan for x in counting)]
    found += [ask(Kind.TOWN, name, 1, (x for x in counting if x.town == name),
                  asked.towns.basis) for name in asked.town_names
              if before.towns.get(name, 0) + int(asked.towns.value) <= year
              or any(x.town == name for x in counting)]
    return tuple(found)


def filing_day(year: int, of: Rule) -> date:
    """By when a year's plan is filed; the end of March where the rule is no day. Pure."""
    try:
        return date.fromisoformat(f"{year}-{of.value}")
    except ValueError:
        return date(year, 3, 31)


def cover(of: Year) -> tuple[CoverRow, ...]:
    """Sectors by months: first those the rule names, then what else is planned. Pure."""
    others = dict.fromkeys(x.sector for x in of.lines if x.counts and x.sector not in of.sectors)
    return tuple(_row(one, of) for one in (*of.sectors, *others))


def _row(sector: str, of: Year) -> CoverRow:
    planned, done, late = [0] * 12, [0] * 12, [0] * 12
    for x in of.lines:
        if x.sector == sector and x.counts:
            if x.done_on is not None:
                done[x.done_on.month - 1] += 1
            else:
                planned[x.month - 1] += 1
                late[x.month - 1] += int(x.late(of.today))
    return CoverRow(sector, tuple(planned), tuple(done), tuple(late), sector in of.sectors)
