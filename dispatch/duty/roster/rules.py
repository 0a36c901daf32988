"""Rules of the roster 排班规则: rule rows with their basis, and the limits they make."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from db.errors import Refused
from db.store import Store
from db.words import mark
from dispatch.duty.roster.problem import Limits
from dispatch.terms import Post
from resources.localtime import at_local
from resources.people import Officer, Role, allowed
from resources.rules import Rule, put_rule, rule

LOCAL_USE = mark("Common practice; fix by local regulation")
ORDER_708 = mark("State Council Order 708, Art. 14: duty is kept; hours and posts are local")
TODAY = "2024-11-01"
SEEDS = (
    Rule("roster.posts", {"leader": 1, "main": 1, "second": 1, "standby": 3}, "",
         mark("Posts of a shift"), ORDER_708, True, TODAY),
    Rule("roster.starts", ["08:30"], "", mark("Shifts begin at"), LOCAL_USE, True, TODAY),
    Rule("roster.rest", {"room": 48, "standby": 0}, "h",
         mark("Rest between duties in the room, and where one is standby"), LOCAL_USE, True, TODAY),
    Rule("roster.week", {"room": 3, "all": 5}, "", mark("Most duties in a week"), LOCAL_USE, True,
         TODAY),
    Rule("roster.month", {"room": 10, "all": 16}, "", mark("Most duties in a month"), LOCAL_USE,
         True, TODAY),
    Rule("roster.leader_row", True, "", mark("No leader twice in a row"), LOCAL_USE, True, TODAY),
    Rule("roster.newcomer", {"with_senior": True, "seniority": 0}, "",
         mark("A newcomer sits with a senior of at least this seniority"), LOCAL_USE, True, TODAY),
    Rule("roster.remind", 12, "h", mark("Reminded of a duty before it begins"), LOCAL_USE, True,
         TODAY),
)
BY_CODE = {seed.code: seed for seed in SEEDS}


def roster_rule(store: Store, code: str, day: date) -> Rule:
    """The rule on a day; a store from before the roster goes by what a new district begins with."""
    if store.value("select 1 from rule where code = :code", code=code) is None:
        return BY_CODE[code]
    return rule(store, code, at_local(day, time(12)))


def limits_on(store: Store, day: date) -> Limits:
    """The numbers that hold for the month that begins on `day`."""
    rest, week, most = (roster_rule(store, f"roster.{name}", day).value
                        for name in ("rest", "week", "month"))
    newcomer = roster_rule(store, "roster.newcomer", day).value
    return Limits(rest_room=float(rest["room"]), rest_standby=float(rest["standby"]),
                  week_room=int(week["room"]), week_all=int(week["all"]),
                  month_room=int(most["room"]), month_all=int(most["all"]),
                  leader_row=bool(roster_rule(store, "roster.leader_row", day).value),
                  newcomer=bool(newcomer["with_senior"]))


def posts_on(store: Store, day: date) -> dict[Post, int]:
    """How many sit on each post of a shift."""
    value = roster_rule(store, "roster.posts", day).value
    return {post: int(value.get(post, 0)) for post in Post}


def starts_on(store: Store, day: date) -> tuple[time, ...]:
    return tuple(time.fromisoformat(at) for at in roster_rule(store, "roster.starts", day).value)


def read_starts(text: str) -> tuple[time, ...]:
    """Times typed as `08:30 20:30`.

    Raises:
        Refused: none, one that is no time, or one twice (its shifts would overlap).
    """
    parts = text.replace("，", " ").replace(",", " ").replace("：", ":").split()
    try:
        found = tuple(sorted(time.fromisoformat(p if len(p) > 4 else f"0{p}") for p in parts))
    except ValueError as error:
        raise Refused("“{text}” are no times. Write them as 08:30 20:30.", field="starts",
                      text=text) from error
    if not found:
        raise Refused("Say when the shifts begin, as 08:30 20:30.", field="starts")
    if len(set(found)) < len(found):
        raise Refused("Two shifts begin at one time and would overlap.", field="starts")
    return found


@allowed(Role.ADMIN, Role.LEADER)
def set_roster_rules(store: Store, from_day: date, values: Mapping[str, Any], *,
                     by: Officer) -> int:
    """Put these rule values in force from a day on; how many differ from before.

    A row of the same day takes the new value; the journal keeps what it was.

    Raises:
        Refused: a number is below nought, or a code is no rule of the roster.
    """
    changed = {code: value for code, value in values.items()
               if roster_rule(store, code, from_day).value != value}
    for code, value in changed.items():
        _check(code, value)
    if not changed:
        return 0
    with store.change("roster.rules", by) as tx:
        for code, value in changed.items():
            row = tx.run("select id from rule where code = :code and valid_from = :day",
                         code=code, day=from_day.isoformat()).fetchone()
            if row:
                tx.update("rule", row["id"], value=json.dumps(value, ensure_ascii=False),
                          uncertain=0)
                continue
            old = roster_rule(store, code, from_day)
            put_rule(tx, Rule(code, value, old.unit, old.title, old.basis, False,
                              from_day.isoformat()))
    return len(changed)


def _check(code: str, value: Any) -> None:
    if code not in BY_CODE:
        raise Refused("There is no rule {code} of the roster.", code=code)
    numbers = value.values() if isinstance(value, Mapping) else [value]
    if any(isinstance(n, int | float) and n < 0 for n in numbers):
        raise Refused("A number of a rule is not below 0.", field=code.partition(".")[2])
