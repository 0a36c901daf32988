"""Keeping scenarios and drills 演练管理 in the real store: written, prepared, given up."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store, Transaction
from dispatch.drills.checking import check_draft, check_scenario
from dispatch.drills.plain import from_json, to_json
from dispatch.drills.scenario import Scenario
from dispatch.drills.terms import DrillId, DrillState, Form, ScenarioId
from resources.localtime import local
from resources.people import Officer, Role, allowed

DIRECTORS = (Role.DRILL, Role.LEADER, Role.DUTY, Role.ADMIN)
FOLDER = "drills"


@dataclass(frozen=True, slots=True)
class KeptScenario:
    """A scenario in the store; `drills` counts those held or prepared with it in any language."""

    id: ScenarioId
    scenario: Scenario
    plan_id: RowId | None
    active: bool
    updated_at: datetime
    officer: str
    drills: int


@dataclass(frozen=True, slots=True)
class Drill:
    """A drill as the real store knows it; `folder` is where its own store lies."""

    id: DrillId
    number: str
    scenario_id: ScenarioId
    title: str
    form: Form
    subtype: str
    sector: str
    town: str
    plan_id: RowId | None
    state: DrillState
    folder: Path
    director: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    reason: str
    scenario: Scenario


# scenarios

SCENARIOS = """select s.*, (select count(*) from drill d join scenario o on o.id = d.scenario_id
    where o.code = s.code and d.state <> 'abandoned') as drills from scenario s"""


def scenarios(store: Store, *, with_retired: bool = False) -> list[KeptScenario]:
    """By title; the versions of one scenario in several languages stand together."""
    return [_scenario(r) for r in store.read(
        f"{SCENARIOS} where s.active = 1 or :all order by s.code, s.lang desc",
        all=int(with_retired))]


def scenario(store: Store, id: ScenarioId) -> KeptScenario:  # noqa: A002 - the reader's own word
    """
    Raises:
        Refused: there is none.
    """
    row = store.one(f"{SCENARIOS} where s.id = :id", id=id)
    if row is None:
        raise Refused("There is no such scenario.", field="scenario")
    return _scenario(row)


def scenario_named(store: Store, name: str, lang: str = "") -> KeptScenario:
    """The scenario of that code or title, in `lang` where there are several.

    Raises:
        Refused: there is none.
    """
    found = [_scenario(r) for r in store.read(
        f"{SCENARIOS} where s.active = 1 and (s.code = :name or s.title = :name)"
        " order by s.lang = :lang desc, s.lang desc", name=name, lang=lang)]
    if not found:
        known = ", ".join(sorted({k.scenario.code for k in scenarios(store)})) or "—"
        raise Refused("There is no scenario {name}. There are: {known}", field="scenario",
                      name=name, known=known)
    return found[0]


@allowed(*DIRECTORS)
def put_scenario(store: Store, of: Scenario, id: ScenarioId | None = None, *,  # noqa: A002
                 by: Officer) -> ScenarioId:
    """Write a scenario, or edit the one given; it need not be complete to be kept.

    Drills that were prepared keep the version they were prepared with.

    Raises:
        Refused: no title or code, the code is taken, or an inject lies before the start.
    """
    check_draft(of)
    taken = store.value("select id from scenario where code = :code and lang = :lang",
                        code=of.code, lang=of.lang)
    if taken is not None and taken != id:
        raise Refused("There is a scenario {code} already. Give another code, or open that one.",
                      field="code", code=of.code)
    with store.change("scenario.add" if id is None else "scenario.edit", by) as tx:
        return put_in(tx, of, id, by)


def put_in(tx: Transaction, of: Scenario, id: ScenarioId | None, by: Officer) -> ScenarioId:  # noqa: A002
    """`put_scenario` inside a change that is open, unchecked."""
    plan = tx.run("select id from plan where name = :name and active = 1",
                  name=of.plan).fetchone()
    row = {"code": of.code, "lang": of.lang, "title": of.title, "subtype": of.subtype,
           "form": of.form, "content": of.content, "purpose": of.purpose, "sector": of.sector,
           "town": of.town, "plan_id": plan[0] if plan else None, "minutes": of.minutes,
           "updated_at": to_text(tx.store.clock.now()), "officer": by.name,
           "body": to_json(of)}
    if id is None:
        return ScenarioId(tx.insert("scenario", row))
    tx.update("scenario", id, **row)
    return id


@allowed(*DIRECTORS)
def retire_scenario(store: Store, id: ScenarioId, *, by: Officer) -> None:  # noqa: A002
    """Take a scenario off the list, or, retired, put it back; its drills stay."""
    kept = scenario(store, id)
    with store.change("scenario.retire" if kept.active else "scenario.restore", by) as tx:
        tx.update("scenario", id, active=int(not kept.active))


def _scenario(row: sqlite3.Row) -> KeptScenario:
    return KeptScenario(ScenarioId(RowId(row["id"])), from_json(Scenario, row["body"]),
                        row["plan_id"], bool(row["active"]), from_text(row["updated_at"]),
                        row["officer"], row["drills"])


# drills

def drills(store: Store, *, states: tuple[DrillState, ...] = ()) -> list[Drill]:
    """Newest first."""
    found = [_drill(store, r) for r in store.read("select * from drill order by id desc")]
    return [d for d in found if not states or d.state in states]


def drill(store: Store, id: DrillId) -> Drill:  # noqa: A002 - the reader's own word
    """
    Raises:
        Refused: there is none.
    """
    row = store.one("select * from drill where id = :id", id=id)
    if row is None:
        raise Refused("There is no such drill.", field="drill")
    return _drill(store, row)


def drill_numbered(store: Store, number: str) -> Drill:
    """
    Raises:
        Refused: no drill has the number.
    """
    found = store.value("select id from drill where number = :no", no=number)
    if found is None:
        raise Refused("There is no drill {number}.", field="drill", number=number)
    return drill(store, DrillId(RowId(found)))


@allowed(*DIRECTORS)
def prepare_drill(store: Store, id: ScenarioId, *, title: str = "",  # noqa: A002
                  by: Officer) -> Drill:
    """Give a drill its number and keep the scenario as it is now; its store is made next.

    Raises:
        Refused: the scenario is not complete (no aims, an aim that cannot be measured, no
            injects, nobody evaluates, no safety measure, an inject before the start), or this
            store is itself a drill's.
    """
    if store.value("select value = '1' from setting where name = 'drill'"):
        raise Refused("This is a drill already. Prepare the next one at the real desk.")
    kept = scenario(store, id)
    check_scenario(kept.scenario)
    of, now = kept.scenario, store.clock.now()
    prefix = f"YL-{local(now).year}-"
    with store.change("drill.prepare", by) as tx:
        number = f"{prefix}{tx.next_number('drill', 'number', prefix):02d}"
        new = tx.insert("drill", {
            "number": number, "scenario_id": id, "title": title.strip() or of.title,
            "form": of.form, "subtype": of.subtype, "sector": of.sector, "town": of.town,
            "plan_id": kept.plan_id, "state": DrillState.PREPARED,
            "folder": f"{FOLDER}/{number}", "director": by.name, "created_at": to_text(now),
            "body": to_json(of)})
    return drill(store, DrillId(new))


@allowed(*DIRECTORS)
def note_state(store: Store, id: DrillId, state: DrillState, *,  # noqa: A002
               started: datetime | None = None, ended: datetime | None = None,
               by: Officer) -> None:
    """Note in the real store that a drill began or ended; nothing is written twice."""
    old = drill(store, id)
    if old.state is state or old.state in {DrillState.SEALED, DrillState.ABANDONED}:
        return
    with store.change(f"drill.{state}", by) as tx:
        tx.update("drill", id, state=state,
                  started_at=to_text(started) if started else None,
                  ended_at=to_text(ended) if ended else None)


@allowed(*DIRECTORS)
def abandon_drill(store: Store, id: DrillId, reason: str, *, by: Officer) -> Drill:  # noqa: A002
    """Give a drill up: it has no record and counts nowhere; its folder is left as it is.

    Raises:
        Refused: no reason, or it is sealed or given up already.
    """
    old = drill(store, id)
    if not reason.strip():
        raise Refused("Say why the drill is given up.", field="reason")
    if old.state in {DrillState.SEALED, DrillState.ABANDONED}:
        raise Refused("Drill {number} is over already and cannot be given up.",
                      number=old.number)
    with store.change("drill.abandon", by) as tx:
        tx.update("drill", id, state=DrillState.ABANDONED, reason=reason.strip())
    return drill(store, id)


def _drill(store: Store, row: sqlite3.Row) -> Drill:
    def instant(name: str) -> datetime | None:
        return from_text(row[name]) if row[name] else None

    return Drill(DrillId(RowId(row["id"])), row["number"],
                 ScenarioId(RowId(row["scenario_id"])), row["title"], Form(row["form"]),
                 row["subtype"], row["sector"], row["town"], row["plan_id"],
                 DrillState(row["state"]), store.path.parent / row["folder"], row["director"],
                 from_text(row["created_at"]), instant("started_at"), instant("ended_at"),
                 row["reason"], from_json(Scenario, row["body"]))
