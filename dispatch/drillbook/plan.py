"""The yearly drill plan 年度演练计划: its lines, what becomes of them, and its filing 备案."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NewType

from db.change import RowId
from db.errors import Refused
from db.store import Store
from db.words import mark
from dispatch.drills.terms import CONTENT_NAMES, FORM_NAMES, Content, Form
from resources.fields import NOTE, Field, Type, Value, read_value, read_values
from resources.localtime import local_day
from resources.people import Officer, Role, allowed
from resources.records import record

LineId = NewType("LineId", RowId)
BOOK = (Role.DRILL, Role.DUTY, Role.LEADER, Role.ADMIN)
"""The roles that may keep the drill book."""
YEARS = (5, 2)
"""For how many years back and ahead a plan can be written."""

CONTENTS = tuple((c.value, CONTENT_NAMES[c]) for c in Content)
FORMS = tuple((f.value, FORM_NAMES[f]) for f in Form)
FIELDS = (
    Field("month", mark("field|Month"), Type.WHOLE, required=True, low=1, high=12),
    Field("name", mark("field|Name of the drill"), required=True),
    Field("content", mark("field|Content"), Type.CHOICE, required=True, choices=CONTENTS),
    Field("form", mark("field|Form"), Type.CHOICE, required=True, choices=FORMS),
    Field("sector", mark("field|Sector")),
    Field("town", mark("field|Town or street"), suggest="unit.town"),
    Field("unit", mark("field|Lead unit"), suggest="unit.name"),
    Field("plan_id", mark("field|Plan drilled"), Type.LINK, link="plan"),
    Field("large", mark("field|Large"), Type.YES),
    Field("budget", mark("field|Budget (yuan)"), Type.NUMBER, low=0),
    Field("note", NOTE, Type.LONG))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One drill of a year's plan; `done_on` when it was held, `dropped` why it will not be."""

    id: LineId
    year: int
    month: int
    name: str
    content: str
    form: str
    sector: str
    town: str
    unit: str
    plan_id: RowId | None
    plan: str
    large: bool
    budget: float
    drill_id: RowId | None
    done_on: date | None
    dropped: str
    note: str

    @property
    def counts(self) -> bool:
        """Whether it is held or still to come."""
        return not self.dropped

    @property
    def last_day(self) -> date:
        """The last day of its month."""
        after = (self.year + self.month // 12, self.month % 12 + 1, 1)
        return date.fromordinal(date(*after).toordinal() - 1)

    def late(self, today: date) -> bool:
        """Whether its month has gone by without it."""
        return self.counts and self.done_on is None and self.last_day < today


@dataclass(frozen=True, slots=True)
class Filing:
    """When, with whom and under what number a year's plan was filed."""

    year: int
    filed_on: date
    filed_with: str
    number: str


SELECT = """select l.*, coalesce(p.name, '') as plan from drill_line l
    left join plan p on p.id = l.plan_id"""


def lines(store: Store, year: int) -> list[PlanLine]:
    """The lines of a year by month."""
    return [record(PlanLine, r) for r in store.read(
        f"{SELECT} where l.year = :year order by l.month, l.done_on is null,"
        " l.done_on, l.id", year=year)]


def line(store: Store, line_id: int) -> PlanLine:
    """One line; Refused when there is none."""
    row = store.one(f"{SELECT} where l.id = :id", id=line_id)
    if row is None:
        raise Refused("This record is not in the store any more.")
    return record(PlanLine, row)


def filing(store: Store, year: int) -> Filing | None:
    row = store.one("select * from drill_filing where year = :year", year=year)
    return record(Filing, row) if row else None


def years(store: Store) -> list[int]:
    """The years that a plan can be written for or has lines of, oldest first."""
    this = local_day(store.clock.now()).year
    kept = {int(r[0]) for r in store.read("select distinct year from drill_line")}
    return sorted(kept | set(range(this - 1, this + YEARS[1] + 1)))


@allowed(*BOOK)
def add_line(store: Store, year: int, values: Mapping[str, object], *, by: Officer) -> LineId:
    """Enter a drill into a year's plan.

    Raises:
        Refused: a value cannot be, or the year is too far away.
    """
    check_year(store, year)
    row = _row(store, values)
    with store.change("drill.plan", by) as tx:
        return LineId(tx.insert("drill_line", {"year": year, **row}))


@allowed(*BOOK)
def add_lines(store: Store, year: int, rows: list[Mapping[str, object]], *,
              by: Officer) -> list[LineId]:
    """Enter several drills in one change; Refused as `add_line`, and then none of them."""
    check_year(store, year)
    kept = [_row(store, values) for values in rows]
    if not kept:
        raise Refused("There is no drill in it.")
    with store.change("drill.plan", by) as tx:
        return [LineId(tx.insert("drill_line", {"year": year, **row})) for row in kept]


@allowed(*BOOK)
def edit_line(store: Store, line_id: LineId, values: Mapping[str, object], *,
              by: Officer) -> None:
    """Change some fields of a line; Refused when a value cannot be or the line is gone."""
    line(store, line_id)
    before = store.one("select * from drill_line where id = :id", id=line_id)
    given = {**values, "budget": values["budget"] or 0} if "budget" in values else values
    row = read_values(FIELDS, given, whole=False)
    changed = {k: v for k, v in row.items() if before is None or before[k] != v}
    if changed:
        with store.change("drill.plan_edit", by) as tx:
            tx.update("drill_line", line_id, **changed)


@allowed(*BOOK)
def drop_line(store: Store, line_id: LineId, reason: str, *, by: Officer) -> None:
    """Say that a planned drill will not be held, and why; an empty reason takes that back.

    Raises:
        Refused: it was held already.
    """
    of = line(store, line_id)
    if of.done_on is not None:
        raise Refused("{name} was held on {day}.", name=of.name, day=of.done_on)
    with store.change("drill.plan_drop", by) as tx:
        tx.update("drill_line", line_id, dropped=reason.strip())


@allowed(*BOOK)
def remove_line(store: Store, line_id: LineId, *, by: Officer) -> None:
    """Take a line out that was entered by mistake.

    Raises:
        Refused: the plan is filed or the drill was held: drop it with a reason instead.
    """
    of = line(store, line_id)
    if of.done_on is not None or filing(store, of.year) is not None:
        raise Refused("{name} stands in a filed plan or was held. Drop it with a reason instead.",
                      name=of.name)
    with store.change("drill.plan_remove", by) as tx:
        tx.run("delete from drill_line where id = :id", id=line_id)


@allowed(*BOOK)
def mark_held(store: Store, line_id: LineId, day: date, drill_id: RowId | None = None, *,
              by: Officer) -> None:
    """Note that a drill was held on a day; `drill_id` is its sealed record, if there is one.

    Raises:
        Refused: the day lies ahead or in another year.
    """
    of = line(store, line_id)
    if day > local_day(store.clock.now()):
        raise Refused("{day} lies in the future.", field="day", day=day)
    if day.year != of.year:
        raise Refused("{name} stands in the plan of {year}.", field="day", name=of.name,
                      year=of.year)
    with store.change("drill.held", by) as tx:
        tx.update("drill_line", line_id, done_on=day.isoformat(), drill_id=drill_id, dropped="")


@allowed(*BOOK)
def unmark_held(store: Store, line_id: LineId, *, by: Officer) -> None:
    """Take the note back that a drill was held."""
    line(store, line_id)
    with store.change("drill.not_held", by) as tx:
        tx.update("drill_line", line_id, done_on=None, drill_id=None)


@allowed(*BOOK)
def file_plan(store: Store, year: int, day: date, filed_with: str, number: str = "", *,
              by: Officer) -> Filing:
    """Note that a year's plan was filed.

    Raises:
        Refused: it has no line, the day lies ahead, or nobody is named.
    """
    if not lines(store, year):
        raise Refused("The plan of {year} has no drill yet.", year=year)
    if day > local_day(store.clock.now()):
        raise Refused("{day} lies in the future.", field="day", day=day)
    if not filed_with.strip():
        raise Refused("Say with whom it was filed.", field="filed_with")
    row = {"filed_on": day.isoformat(), "filed_with": filed_with.strip(), "number": number.strip()}
    known = store.value("select id from drill_filing where year = :year", year=year)
    with store.change("drill.file", by) as tx:
        if known is None:
            tx.insert("drill_filing", {"year": year, **row})
        else:
            tx.update("drill_filing", known, **row)
    return Filing(year, day, filed_with.strip(), number.strip())


def check_year(store: Store, year: int) -> None:
    """Refused when the year is too far back or ahead."""
    this = local_day(store.clock.now()).year
    if not this - YEARS[0] <= year <= this + YEARS[1]:
        raise Refused("A drill plan is for a year between {first} and {last}.", field="year",
                      first=this - YEARS[0], last=this + YEARS[1])


def _row(store: Store, values: Mapping[str, object]) -> dict[str, Value]:
    given = {"form": Form.FULL.value, "content": Content.COMBINED.value, **values}
    row = {f.name: read_value(f, given.get(f.name)) for f in FIELDS}
    row["budget"] = row["budget"] or 0
    if row["plan_id"] is not None and not store.value(
            "select 1 from plan where id = :id", id=row["plan_id"]):
        raise Refused("This record is not in the store any more.", field="plan_id")
    return row
