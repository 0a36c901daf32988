"""Small districts to be rostered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from pathlib import Path

from db.store import Store
from dispatch.duty.month import days_of
from dispatch.duty.officers import add_officer
from dispatch.duty.roster.problem import Key, Person, Problem, slots_of
from dispatch.terms import Post
from resources.people import SYSTEM, Officer, OfficerId, Role
from tests.builders import a_store, an_officer

DESK = frozenset({Post.MAIN, Post.SECOND, Post.STANDBY})
ONE_EACH = {Post.LEADER: 1, Post.MAIN: 1, Post.SECOND: 1}


def people(leaders: int, desk: int, standby: int = 0, newcomers: int = 0) -> tuple[Person, ...]:
    posts = [frozenset({Post.LEADER})] * leaders + [DESK] * desk \
        + [frozenset({Post.STANDBY})] * standby
    new = range(leaders, leaders + newcomers)
    return tuple(Person(OfficerId(n + 1), f"人{n + 1}", "", own, newcomer=n in new)  # type: ignore[arg-type]
                 for n, own in enumerate(posts))


def a_problem(who: tuple[Person, ...], needs: Mapping[Post, int] = ONE_EACH, *,
              month: date = date(2026, 10, 1), starts: str = "08:30", days: int = 31,
              **more: object) -> Problem:
    slots = slots_of(days_of(month.year, month.month)[:days],
                     tuple(time.fromisoformat(s) for s in starts.split()))
    return Problem(month, slots, {(s.key, p): n for s in slots for p, n in needs.items()}, who,
                   **more)  # type: ignore[arg-type]


def key(day: int, n: int = 0, month: date = date(2026, 10, 1)) -> Key:
    return Key(month.replace(day=day), n)


LEADER = an_officer("李建国", Role.LEADER, Role.DUTY, Role.ADMIN, row=900)


def a_district(folder: Path, leaders: int = 4, desk: int = 8) -> tuple[Store, list[Officer]]:
    """A store whose officers can fill leader, main and second; no standby is asked for."""
    store = a_store(folder)
    with store.change("test.leader", SYSTEM) as tx:
        tx.insert("officer", {"id": 900, "name": "李建国", "roles": '["leader","duty","admin"]'})
    from dispatch.duty.roster.rules import set_roster_rules

    set_roster_rules(store, date(2026, 1, 1), {
        "roster.posts": {"leader": 1, "main": 1, "second": 1, "standby": 0}}, by=LEADER)
    made = [add_officer(store, f"领导{n}", roles=(Role.LEADER,), posts=(Post.LEADER,), by=LEADER)
            for n in range(leaders)]
    made += [add_officer(store, f"值班{n}", roles=(Role.DUTY,), posts=(Post.MAIN, Post.SECOND),
                         by=LEADER) for n in range(desk)]
    return store, made
