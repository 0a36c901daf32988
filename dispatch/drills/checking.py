"""Whether a scenario 演练脚本 can be kept, and whether a drill can be run with it; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sized

from db.errors import Refused
from db.words import mark
from dispatch.drills.scenario import Aim, Inject, Scenario
from dispatch.drills.terms import Part, Point

CODE = re.compile(r"[\w.-]{1,60}")
MOST_MINUTES = 7 * 24 * 60


def check_draft(of: Scenario) -> None:
    """What must hold even half written.

    Raises:
        Refused: no title or code, no length, an inject before the start, numbered twice, or an
            action with an impossible limit.
    """
    if not of.title.strip():
        raise Refused("A scenario needs a title.", field="title")
    if not CODE.fullmatch(of.code):
        raise Refused("A scenario needs a code of letters, digits, - or _, such as"
                      " flood-2026.", field="code")
    if not 0 < of.minutes <= MOST_MINUTES:
        raise Refused("Say how many minutes the drill is planned to take, from 1 to 10,080.",
                      field="minutes")
    seen: set[int] = set()
    for inject in of.injects:
        _check_inject(inject, seen)


def _check_inject(inject: Inject, seen: set[int]) -> None:
    if inject.at < 0:
        raise Refused("Inject {no} lies before the start (T−). Plan it at T+0 or later.",
                      field="injects", no=inject.no)
    if inject.no < 1 or inject.no in seen:
        raise Refused("There are two injects {no}. Give each its own number from 1.",
                      field="injects", no=inject.no)
    if not inject.content.strip():
        raise Refused("Inject {no} has no content. Say what is injected.", field="injects",
                      no=inject.no)
    if len(inject.expected) > 9:
        raise Refused("Inject {no} has more than nine expected actions, and there are nine keys."
                      " Split it.", field="injects", no=inject.no)
    for one in inject.expected:
        if not one.action.strip() or (one.minutes is not None and one.minutes <= 0):
            raise Refused("An expected action of inject {no} has no words or a limit that is not"
                          " above zero.", field="injects", no=inject.no)
    seen.add(inject.no)


NEEDED: tuple[tuple[str, str, Callable[[Scenario], Sized]], ...] = (
    ("aims", mark("The scenario has no aims. Write at least one: who, under what condition, does"
                  " what, to what standard."), lambda s: s.aims),
    ("injects", mark("The scenario has no injects. Write at least one."), lambda s: s.injects),
    ("people", mark("Nobody evaluates. Name at least one evaluator."),
     lambda s: s.of_part(Part.EVALUATOR)),
    ("safety", mark("The scenario has no safety measure. Write at least one."),
     lambda s: s.safety))


def check_scenario(of: Scenario) -> None:
    """Whether a drill can be run with it.

    Raises:
        Refused: as `check_draft`, or aims, injects, evaluators or safety measures are missing,
            or an aim cannot be measured.
    """
    check_draft(of)
    for field, words, has in NEEDED:
        if not has(of):
            raise Refused(words, field=field)
    for no, aim in enumerate(of.aims, 1):
        _check_aim(no, aim)
    late = [i.no for i in of.injects if i.at > of.length]
    if late:
        raise Refused("Inject {no} lies after the planned end. Plan it earlier, or a longer"
                      " drill.", field="injects", no=late[0])


def _check_aim(no: int, aim: Aim) -> None:
    if not all(p.strip() for p in (aim.who, aim.condition, aim.task, aim.standard)):
        raise Refused("Aim {no} cannot be measured: it must say who, under what condition, does"
                      " what, to what standard.", field="aims", no=no)
    order = list(Point)
    if (aim.since and aim.until and order.index(aim.since) >= order.index(aim.until)) \
            or (aim.minutes is not None and aim.minutes <= 0):
        raise Refused("Aim {no} is measured from a later point to an earlier one, or against no"
                      " minutes.", field="aims", no=no)
