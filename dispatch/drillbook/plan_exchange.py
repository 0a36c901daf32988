"""The drill plan as a file 演练计划文件: xlsx out, and xlsx or csv in, all rows or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from db.errors import Refused
from db.store import Store
from db.words import mark, t
from dispatch.drillbook.plan import BOOK, CONTENTS, FORMS, LineId, PlanLine, add_lines, lines
from dispatch.drillbook.rules import SECTORS
from resources.exchange.books import read_book
from resources.exchange.fields import Choice, Field, Kind, KindName, Shape
from resources.exchange.matching import match_book
from resources.exchange.reading import Problem, read_lines
from resources.exchange.writing import write_table
from resources.people import Officer, allowed
from resources.rules import rule_or

ALSO = {"combined": ("综合", "综合演练"), "single": ("单项", "单项演练"),
        "special": ("专项", "专项演练"), "full": ("实战", "实战演练"),
        "tabletop": ("桌面", "桌面推演", "桌面演练")}


def plan_kind(sectors: tuple[str, ...] = ()) -> Kind:
    """The columns of a year's plan in a spreadsheet."""

    def choices(names: tuple[tuple[str, str], ...]) -> tuple[Choice, ...]:
        return tuple(Choice(value, label, ALSO[value]) for value, label in names)

    return Kind(name=KindName("drill_line"), table="drill_line", label=mark("Yearly drill plan"),
                fields=(
        Field(name="month", label=mark("field|Month"), names=("月份", "演练月份", "时间"),
              shape=Shape.COUNT, required=True, low=1, high=12),
        Field(name="name", label=mark("field|Name of the drill"),
              names=("演练名称", "名称", "演练项目"), required=True),
        Field(name="content", label=mark("field|Content"), names=("演练类型", "类型"),
              shape=Shape.CHOICE, choices=choices(CONTENTS)),
        Field(name="form", label=mark("field|Form"), names=("演练形式", "形式"),
              shape=Shape.CHOICE, choices=choices(FORMS)),
        Field(name="sector", label=mark("field|Sector"), names=("行业领域", "行业", "领域"),
              shape=Shape.CHOICE, open_list=True,
              choices=tuple(Choice(s, s) for s in sectors)),
        Field(name="town", label=mark("field|Town or street"), names=("镇街", "街道", "属地")),
        Field(name="unit", label=mark("field|Lead unit"), names=("牵头单位", "组织单位", "单位")),
        Field(name="plan", label=mark("field|Plan drilled"), names=("预案", "预案名称",
                                                                     "演练预案")),
        Field(name="large", label=mark("field|Large"), names=("大型", "是否大型"),
              shape=Shape.YES),
        Field(name="budget", label=mark("field|Budget (yuan)"), names=("预算", "经费"),
              shape=Shape.NUMBER),
        Field(name="note", label=mark("field|Note"), names=("备注",))))


def plan_book(store: Store, year: int) -> bytes:
    """A year's plan as xlsx with drop-downs; it reads back as the same lines."""
    return write_table(_kind(store), [_row(x) for x in lines(store, year)], "xlsx")


def _kind(store: Store) -> Kind:
    return plan_kind(tuple(rule_or(store, SECTORS).value))


def _row(x: PlanLine) -> dict[str, object]:
    return {"month": x.month, "name": x.name, "content": x.content, "form": x.form,
            "sector": x.sector, "town": x.town, "unit": x.unit, "plan": x.plan,
            "large": int(x.large), "budget": x.budget, "note": x.note}


@dataclass(frozen=True, slots=True)
class PlanReading:
    """What a file says of a year: new lines, what is there already, and what cannot be."""

    rows: tuple[Mapping[str, object], ...]
    known: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_plan(store: Store, year: int, name: str, data: bytes) -> PlanReading:
    """Read a file; lines of the same month and name are there already and left out.

    Raises:
        Refused: it cannot be opened or no row names the columns.
    """
    kind = _kind(store)
    match = match_book(read_book(name, data), kind)
    reading = read_lines(name, kind, match)
    problems = list(reading.stopping)
    plans = {str(r[0]): int(r[1]) for r in store.read(
        "select name, id from plan where active = 1")}
    there = {(x.month, x.name) for x in lines(store, year)}
    rows, known = list[Mapping[str, object]](), list[str]()
    for one in reading.lines:
        values = dict(one.values)
        plan = str(values.pop("plan", ""))
        if plan and plan not in plans:
            problems.append(Problem(match.sheet.name, one.row, t("field|Plan drilled"), Refused(
                "there is no plan of the name “{name}”", name=plan)))
        key = (values.get("month"), values.get("name"))
        if key in there:
            known.append(str(values.get("name", "")))
            continue
        there.add(key)  # type: ignore[arg-type]
        rows.append({**values, "plan_id": plans.get(plan)})
    return PlanReading(tuple(rows), tuple(known), tuple(problems))


@allowed(*BOOK)
def bring_plan(store: Store, year: int, reading: PlanReading, *, by: Officer) -> list[LineId]:
    """Enter what a file says; nothing of it when a row cannot be read.

    Raises:
        Refused: with the first rows that do not fit, or when all is there already.
    """
    if reading.problems:
        first = "\n".join(str(p) for p in reading.problems[:5])
        raise Refused("{n} cells do not fit, nothing was entered:\n{first}",
                      n=len(reading.problems), first=first)
    if not reading.rows:
        raise Refused("All {n} drills of this file stand in the plan already.",
                      n=len(reading.known))
    return add_lines(store, year, list(reading.rows), by=by)
