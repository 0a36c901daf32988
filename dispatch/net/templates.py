"""Templates of roll calls 点名模板: who, at what times or how often at random, by which means."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store
from dispatch.net.choosing import Choice, chosen, from_json, to_json
from dispatch.net.rules import HOURS, LATE
from dispatch.net.terms import RollKind, RollWay
from resources.localtime import at_local, local_day
from resources.net import Member
from resources.people import DESK, Officer, allowed
from resources.rules import rule_or

TemplateId = NewType("TemplateId", RowId)
CLOCK = re.compile(r"([01]?\d|2[0-3])[:：]?([0-5]\d)")
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFacts:
    """What a person fills in. `times` are local clock times of every day, `random_week` how
    often a week it falls at random, `sample` how many units are then drawn (0: all)."""

    name: str
    choice: Choice
    way: RollWay = RollWay.PHONE
    times: tuple[time, ...] = ()
    random_week: int = 0
    sample: int = 0
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Template(TemplateFacts):
    """One template; nothing before `since` is due."""

    id: TemplateId
    since: datetime


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time at which a template asks for a roll call; `drawn` is the seed of a random one."""

    template: Template
    at: datetime
    kind: RollKind
    drawn: str = ""


@allowed(*DESK)
def put_template(store: Store, facts: TemplateFacts, *, template: TemplateId | None = None,
                 by: Officer) -> Template:
    """Make a template or change one; the roll calls made from it stay as they were.

    Raises:
        Refused: no name, nobody in it, a number that cannot be.
    """
    if not facts.name.strip():
        raise Refused("A roll call needs a name.", field="name")
    if not 0 <= facts.random_week <= 21:
        raise Refused("Random roll calls are 0 to 21 a week.", field="random_week")
    if not 0 <= facts.sample <= 10_000:
        raise Refused("The units drawn are a number from 0 (all) on.", field="sample")
    if not chosen(store, facts.choice):
        raise Refused("Nobody on the net fits this choice.", field="who")
    row = {"name": facts.name.strip(), "choice": to_json(facts.choice), "way": facts.way,
           "times": json.dumps(sorted({x.strftime("%H:%M") for x in facts.times})),
           "random_week": facts.random_week, "sample": facts.sample,
           "active": int(facts.active)}
    with store.change("roll.template", by) as tx:
        if template is None:
            template = TemplateId(tx.insert("roll_template", {
                **row, "since": to_text(store.clock.now())}))
        else:
            tx.update("roll_template", template, **row)
    return next(x for x in templates(store, former=True) if x.id == template)


def read_times(text: str) -> tuple[time, ...]:
    """Local clock times as they are typed: `09:00 2100`.

    Raises:
        Refused: one of them is none.
    """
    found = []
    for word in re.split(r"[\s,，、;；]+", text.strip()):
        if not word:
            continue
        match = CLOCK.fullmatch(word)
        if match is None:
            raise Refused("{text} is not a clock time. Write 09:00 21:00.", field="times",
                          text=word)
        found.append(time(int(match[1]), int(match[2])))
    return tuple(sorted(set(found)))


def templates(store: Store, *, former: bool = False) -> list[Template]:
    """The templates in use by name, on demand those that are switched off too."""
    return [_template(r) for r in store.read(
        "select * from roll_template where active >= :least order by name, id",
        least=0 if former else 1)]


def _template(r: Any) -> Template:
    return Template(
        id=TemplateId(RowId(r["id"])), name=r["name"], choice=from_json(r["choice"]),
        way=RollWay(r["way"]), times=tuple(time.fromisoformat(x) for x in json.loads(r["times"])),
        random_week=r["random_week"], sample=r["sample"], active=bool(r["active"]),
        since=from_text(r["since"]))


# when they are due

def store_seed(store: Store) -> str:
    """What the draws of this store begin from: the first link of its own hash chain, which
    nobody can choose and everybody can check."""
    return str(store.value("select hash from change order by id limit 1") or "")


def seed_of(store_hash: str, template: int, week: date) -> str:
    """The recorded seed of one template's draws of the week that begins on `week`. Pure."""
    return hashlib.sha256(f"{store_hash}:{template}:{week}".encode()).hexdigest()[:16]


def drawn_times(seed: str, week: date, often: int, hours: Sequence[float]) -> list[datetime]:
    """The random instants of a week, in order, on whole five minutes. Pure."""
    dice, first, last = random.Random(seed), round(hours[0] * 12), round(hours[1] * 12)
    slots = [(day, step) for day in range(7) for step in range(first, last)]
    picked = sorted(dice.sample(slots, min(often, len(slots))))
    midnight = [at_local(week + timedelta(days=day), time()) for day in range(7)]
    return [midnight[day] + timedelta(minutes=5 * step) for day, step in picked]


def drawn_members(seed: str, at: datetime, rows: Sequence[Member], sample: int) -> list[Member]:
    """The units that a random roll call asks, in the order of the net. Pure."""
    if not 0 < sample < len(rows):
        return list(rows)
    picked = random.Random(f"{seed}:{to_text(at)}").sample(range(len(rows)), sample)
    return [rows[n] for n in sorted(picked)]


def occurrences(store: Store, first: datetime, last: datetime) -> list[Occurrence]:
    """Every time between two instants at which a template asks for a roll call, by time."""
    hours = [float(h) for h in rule_or(store, HOURS).value]
    seed, found = store_seed(store), list[Occurrence]()
    for one in templates(store):
        found += [o for o in _all(one, seed, hours, first, last) if o.at >= one.since]
    return sorted(found, key=lambda o: (o.at, o.template.name))


def _all(one: Template, seed: str, hours: Sequence[float], first: datetime,
         last: datetime) -> Iterable[Occurrence]:
    day, end = local_day(first), local_day(last)
    week = day - timedelta(days=day.weekday())
    while day <= end:
        for clock in one.times:
            at = at_local(day, clock)
            if first <= at <= last:
                yield Occurrence(one, at, RollKind.SCHEDULED)
        day += timedelta(days=1)
    while one.random_week and week <= end:
        own = seed_of(seed, one.id, week)
        for at in drawn_times(own, week, one.random_week, hours):
            if first <= at <= last:
                yield Occurrence(one, at, RollKind.RANDOM, own)
        week += WEEK


def open_occurrences(store: Store, now: datetime, ahead: timedelta) -> list[Occurrence]:
    """Those due and not begun yet, and the scheduled ones of the time ahead.

    A random one shows when its time has come, not before.
    """
    back = timedelta(hours=float(rule_or(store, LATE).value))
    begun = {(r["template_id"], r["due_at"]) for r in store.read(
        "select template_id, due_at from roll_call where due_at >= :since",
        since=to_text(now - back))}
    return [o for o in occurrences(store, now - back, now + ahead)
            if (o.template.id, to_text(o.at)) not in begun
            and (o.kind is RollKind.SCHEDULED or o.at <= now)]
