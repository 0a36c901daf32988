"""The columns of a scenario's xlsx 脚本列: headings in both languages, and how a cell reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from db.errors import Refused
from db.words import mark, t
from dispatch.drills.script import seconds_of
from dispatch.drills.terms import (
    CONTENT_NAMES,
    FORM_NAMES,
    PART_NAMES,
    POINT_NAMES,
    PURPOSE_NAMES,
    Content,
    Form,
    Part,
    Point,
    Purpose,
)
from dispatch.terms import SUBTYPE_NAMES, WAY_NAMES, Subtype, Way

Say = Callable[[Any], str]
Read = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or a line of the overview: field, heading in both languages, and its shape."""

    field: str
    heading: str
    chinese: str
    read: Read = str
    say: Say = str
    width: int = 18
    names: Mapping[Any, str] | None = None
    """What can be chosen, with its words; None for text and numbers."""

    @property
    def headings(self) -> set[str]:
        """The words by which the column is known in a file."""
        return {t(self.heading), self.chinese, self.heading.rpartition("|")[2]}


def t_minutes(seconds: float) -> str:
    """T+ as `1:02:03` or `2:03`."""
    whole, rest = divmod(round(seconds, 3), 1)
    hours, minutes, left = int(whole) // 3600, int(whole) // 60 % 60, int(whole) % 60
    tail = f"{rest:.3f}".rstrip("0")[1:].rstrip(".") if rest else ""
    return (f"{hours}:{minutes:02d}:{left:02d}{tail}" if hours else f"{minutes}:{left:02d}{tail}")


def _choice(names: Mapping[Any, str], kind: type[StrEnum]) -> tuple[Read, Say]:
    def read(text: str) -> Any:
        code = text.rpartition("[")[2].rstrip("]").strip()
        for one in kind:
            if code == one.value or text == t(names[one]):
                return one.value
        raise Refused("It is one of: {names}.",
                      names=t(", ").join(t(n) for n in names.values()))

    return read, lambda one: f"{t(names[one])} [{one}]"


def _number(text: str) -> float:
    found = float(text)
    if not -1e9 < found < 1e9:
        raise ValueError(text)
    return found


def _brief(number: float) -> str:
    return f"{number:g}" if number == round(number, 4) else repr(number)


def _one_of(names: Mapping[Any, str], kind: type[StrEnum]) -> dict[str, Any]:
    read, say = _choice(names, kind)
    return {"read": read, "say": say, "names": names}


NUMBER: dict[str, Any] = {"read": _number, "say": _brief, "width": 9}
POINTS = _one_of(POINT_NAMES, Point)

OVERVIEW = (
    Column("code", mark("scenario|Code"), "代码"),
    Column("lang", mark("scenario|Language"), "语言"),
    Column("title", mark("scenario|Title"), "名称"),
    Column("subtype", mark("Type of event"), "事件类型", **_one_of(SUBTYPE_NAMES, Subtype)),
    Column("minutes", mark("Planned minutes"), "计划时长（分钟）", **NUMBER),
    Column("form", mark("scenario|Form"), "形式", **_one_of(FORM_NAMES, Form)),
    Column("content", mark("scenario|Content"), "内容", **_one_of(CONTENT_NAMES, Content)),
    Column("purpose", mark("scenario|Purpose"), "性质", **_one_of(PURPOSE_NAMES, Purpose)),
    Column("sector", mark("scenario|Sector"), "行业领域"),
    Column("town", mark("scenario|Town"), "镇街"),
    Column("place", mark("scenario|Place"), "地点"),
    Column("plan", mark("Plan drilled"), "依据预案"),
    Column("background", mark("scenario|Background"), "背景"),
    Column("situation", mark("scenario|Situation"), "初始情景"),
    Column("evolution", mark("How it goes on"), "情景演化"),
    Column("support", mark("scenario|Support"), "保障"))
AIMS = (Column("who", mark("aim|Who"), "谁"), Column("condition", mark("aim|Condition"), "条件"),
        Column("task", mark("aim|Task"), "任务"), Column("standard", mark("aim|Standard"), "标准"),
        Column("since", mark("Measured from"), "计时起", **POINTS),
        Column("until", mark("Measured to"), "计时止", **POINTS),
        Column("minutes", mark("At most minutes"), "时限（分钟）", **NUMBER))
PEOPLE = (Column("part", mark("scenario|Group"), "组别", **_one_of(PART_NAMES, Part)),
          Column("name", mark("scenario|Name"), "姓名或单位"),
          Column("unit", mark("scenario|Unit"), "单位"),
          Column("duty", mark("Duty in the drill"), "演练职责", width=30))
SAFETY = (Column("danger", mark("safety|Danger"), "风险", width=30),
          Column("measure", mark("safety|Measure"), "措施", width=50),
          Column("owner", mark("safety|Owner"), "责任"))
INJECTS = (Column("no", mark("inject|No."), "序号", **NUMBER),
           Column("at", mark("Planned T+"), "计划 T+", seconds_of, t_minutes, 10),
           Column("content", mark("inject|Content"), "注入内容", width=50),
           Column("way", mark("How it is given"), "注入方式", **_one_of(WAY_NAMES, Way)),
           Column("controller", mark("Controller"), "控制员"),
           Column("target", mark("To whom"), "对象"))
EXPECTED = (Column("action", mark("Expected action"), "期望行动", width=40),
            Column("actor", mark("By whom"), "行动人"),
            Column("minutes", mark("Limit in minutes"), "时限（分）", **NUMBER),
            Column("point", mark("Timing point"), "计时点", **POINTS))
SHEETS = {"aims": (mark("sheet|Aims"), "目的", AIMS),
          "people": (mark("sheet|Organisation"), "组织", PEOPLE),
          "safety": (mark("sheet|Safety"), "安全", SAFETY),
          "injects": (mark("sheet|Injects"), "注入", (*INJECTS, *EXPECTED))}
FIRST = (mark("sheet|Scenario"), "概要")
