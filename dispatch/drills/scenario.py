"""A scenario 演练脚本 as frozen records: aims, situation, organisation, injects (MSEL)."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.drills.terms import Content, Form, Part, Point, Purpose
from dispatch.terms import Subtype, Way


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim that can be measured 演练目的: who, under what condition, does what, how well.

    With two timing points and minutes it is measured from the record: the time between them
    is at most `minutes`.
    """

    who: str
    condition: str
    task: str
    standard: str
    since: Point | None = None
    until: Point | None = None
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or a unit, in the drill's organisation; `duty` is what is done there."""

    part: Part
    name: str
    unit: str = ""
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Safety:
    """A safety measure 安全措施 against one danger of the drill itself."""

    danger: str
    measure: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """An action that an inject should bring about, within `minutes` of it.

    `point` is the timing point that it stands for, where the record itself gives none.
    """

    action: str
    actor: str = ""
    minutes: float | None = None
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Inject:
    """One inject 注入: `at` in seconds of T+, how and by whom it is given, and to whom."""

    no: int
    at: float
    content: str
    way: Way = Way.PHONE
    controller: str = ""
    target: str = ""
    expected: tuple[Expected, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario. `code` names it in every language; `minutes` is its planned length."""

    code: str
    title: str
    subtype: Subtype
    minutes: float
    form: Form = Form.FULL
    content: Content = Content.COMBINED
    purpose: Purpose = Purpose.TEST
    lang: str = "zh_CN"
    sector: str = ""
    town: str = ""
    place: str = ""
    plan: str = ""
    background: str = ""
    situation: str = ""
    evolution: str = ""
    support: str = ""
    aims: tuple[Aim, ...] = ()
    people: tuple[Person, ...] = ()
    safety: tuple[Safety, ...] = ()
    injects: tuple[Inject, ...] = ()

    @property
    def length(self) -> float:
        """Planned length in seconds of T+."""
        return self.minutes * 60

    def of_part(self, part: Part) -> tuple[Person, ...]:
        return tuple(p for p in self.people if p.part is part)
