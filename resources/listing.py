"""Listing 列表: a library's ids in order under filters that combine, its rows and its totals.

A list of 100,000 records is held as ids alone; records are read as they come into view.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from db import search
from db.store import Store
from resources.equipment import Equipment
from resources.experts import Expert
from resources.field_tables import field_of
from resources.fields import Type
from resources.forces import Force
from resources.hazards import Hazard
from resources.localtime import local_day
from resources.net import Unit
from resources.plans import Plan
from resources.records import Library, record, setting_days
from resources.rules import rule
from resources.shelters import Shelter
from resources.supplies import stock_of
from resources.waiting import Wait
from resources.warehouses import Warehouse


class Facet(StrEnum):
    """What a list can be narrowed by, beside its text."""

    TYPE = "type"              # 类别
    TIER = "tier"              # 层级
    TOWN = "town"              # 镇街
    CAPABILITY = "capability"  # 能力
    STATUS = "status"          # 状态
    HOUSE = "house"            # 库点
    OWNER = "owner"            # 主管单位
    DUE = "due"                # 待办


@dataclass(frozen=True, slots=True, order=True)
class Choice:
    """One value of a facet; several of one facet widen, of different facets narrow."""

    facet: Facet
    value: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list shall hold and in which order; an empty `sort` is the library's own."""

    text: str = ""
    chosen: frozenset[Choice] = frozenset()
    sort: str = ""
    down: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """The filtered set in numbers: sums by column, how many in each state and wait."""

    count: int
    sums: Mapping[str, float] = field(default_factory=dict)
    states: Mapping[str, int] = field(default_factory=dict)
    waits: Mapping[Wait, int] = field(default_factory=dict)


F = Facet
FACETS: dict[Library, dict[Facet, str]] = {
    Library.FORCE: {F.TYPE: "kind", F.TIER: "tier", F.TOWN: "town",
                    F.CAPABILITY: "capabilities", F.STATUS: "status", F.OWNER: "owner"},
    Library.EQUIPMENT: {F.TYPE: "kind", F.STATUS: "status", F.TOWN: "town",
                        F.CAPABILITY: "capabilities", F.OWNER: "owner"},
    Library.SUPPLY: {F.TYPE: "kind", F.HOUSE: "", F.OWNER: "owner"},
    Library.WAREHOUSE: {F.TYPE: "kind", F.TIER: "level", F.TOWN: "town", F.OWNER: "owner"},
    Library.EXPERT: {F.TYPE: "panel", F.TOWN: "city", F.CAPABILITY: "capabilities",
                     F.OWNER: "owner"},
    Library.PLAN: {F.TYPE: "kind", F.OWNER: "owner"},
    Library.HAZARD: {F.TYPE: "kind", F.TIER: "level", F.TOWN: "town", F.OWNER: "owner"},
    Library.SHELTER: {F.TYPE: "term", F.TIER: "level", F.TOWN: "town", F.STATUS: "status",
                      F.OWNER: "owner"},
    Library.UNIT: {F.TYPE: "kind", F.TIER: "tier", F.TOWN: "town", F.OWNER: "owner"}}
"""The facets of each list with the column behind them; what waits is asked of every list."""

RECORDS: dict[Library, type[Any]] = {
    Library.FORCE: Force, Library.EQUIPMENT: Equipment, Library.WAREHOUSE: Warehouse,
    Library.EXPERT: Expert, Library.PLAN: Plan, Library.HAZARD: Hazard,
    Library.SHELTER: Shelter, Library.UNIT: Unit}
_LEFT = "(select sum(quantity) from movement where lot_id = l.id)"
_LOTS = "from lot l where l.supply_id = x.id and l.active = 1"
QUANTITY = """coalesce((select sum(m.quantity) from lot l join movement m on m.lot_id = l.id
    where l.supply_id = x.id and l.active = 1), 0)"""
EXPIRY = f"(select min(expires_on) {_LOTS} and l.expires_on >= :today and {_LEFT} > 0)"
EXPIRED = f"exists (select 1 {_LOTS} and l.expires_on < :today and {_LEFT} > 0)"
STALE = {Wait.STALE: "x.next_verify_due < :today"}
WAITS: dict[Library, dict[Wait, str]] = {
    Library.EQUIPMENT: {
        Wait.INSPECT: "(x.inspect_due <= :near and x.status <> 'scrapped')",
        Wait.TEST: "(x.test_due <= :ahead and x.status <> 'scrapped')",
        Wait.BACK: "x.id in (select equipment_id from equipment_loan"
                   " where back_on is null and due_back <= :ahead)"},
    Library.SUPPLY: {
        Wait.SHORT: f"x.min_stock > {QUANTITY}",
        Wait.EXPIRING: f"{EXPIRY} < :soon", Wait.EXPIRED: EXPIRED},
    Library.PLAN: {
        Wait.FILE: "(x.filed_on is null and x.issued_on is not null)",
        Wait.EVALUATE: "x.evaluate_due <= :ahead"}}
SUMS: dict[Library, tuple[str, ...]] = {
    Library.FORCE: ("people", "ready_people", "vehicles"), Library.WAREHOUSE: ("area_m2",),
    Library.HAZARD: ("threatened",), Library.SHELTER: ("capacity", "occupants")}
SORTS = {"quantity": QUANTITY, "expires_on": EXPIRY,
         "level_of_stock": f"{QUANTITY} / coalesce(nullif(x.min_stock, 0), 1)",
         "lots": f"(select count(*) {_LOTS})"}
OWN_ORDER = {Library.SUPPLY: "x.code, x.id"}


def waits_of(library: Library) -> dict[Wait, str]:
    """Why records of a library may wait, each with its condition."""
    return {**WAITS.get(library, {}), **STALE}


def ids_of(store: Store, library: Library, asked: Asked) -> array[int]:
    """The ids of the records asked for, in their order (64-bit integers)."""
    where, values = _where(store, library, asked)
    rows = store.read(f"select x.id from [{library}] x where {where}"
                      f" order by {_order(library, asked)}", **values)
    return array("q", (row[0] for row in rows))


def records_of(store: Store, library: Library, ids: Collection[int]) -> dict[int, Any]:
    """The records of some ids, in one query; those that are gone are missing."""
    if library is Library.SUPPLY:
        return {int(one.id): one for one in stock_of(store, local_day(store.clock.now()), ids)}
    rows = store.read(f"select * from [{library}] where id in (select value from json_each(:ids))",
                      ids=json.dumps(list(ids)))
    return {int(row["id"]): record(RECORDS[library], row) for row in rows}


def totals(store: Store, library: Library, asked: Asked) -> Totals:
    """Count, sums, states and waits of everything asked for; one query."""
    where, values = _where(store, library, asked)
    sums, waits = SUMS.get(library, ()), waits_of(library)
    states = _states(library)
    parts = ["count(*)", *(f"sum(x.[{name}])" for name in sums),
             *(f"sum(x.status = '{value}')" for value in states),
             *(f"sum({sql})" for sql in waits.values())]
    row = store.read(f"select {', '.join(parts)} from [{library}] x where {where}",
                     **{**_days(store), **values})[0]
    rest = [n or 0 for n in row[1:]]
    return Totals(int(row[0]), dict(zip(sums, rest, strict=False)),
                  dict(zip(states, rest[len(sums):], strict=False)),
                  dict(zip(waits, rest[len(sums) + len(states):], strict=True)))


def values_of(store: Store, library: Library, facet: Facet) -> list[str]:
    """The values of a facet that there are, sorted; empty ones left out."""
    column = FACETS[library].get(facet, "")
    if facet is Facet.DUE:
        return [str(wait) for wait in waits_of(library)]
    if facet is Facet.HOUSE:
        sql = "select name from warehouse where active = 1 order by name"
    elif facet is Facet.CAPABILITY:
        sql = f"""select distinct value from [{library}] x, json_each(x.capabilities)
            where x.active = 1 order by value"""
    else:
        sql = f"""select distinct [{column}] from [{library}] where active = 1
            and [{column}] <> '' order by 1"""
    return [str(row[0]) for row in store.read(sql)]


def _states(library: Library) -> tuple[str, ...]:
    column = field_of(library, "status")
    return tuple(value for value, _ in column.choices) if column else ()


def _days(store: Store) -> dict[str, object]:
    """The days that the conditions compare with, as the list of what waits takes them."""
    today = local_day(store.clock.now())

    def after(days: int) -> str:
        return (today + timedelta(days=days)).isoformat()

    return {"today": today.isoformat(), "near": after(setting_days(store, "inspect_days", 7)),
            "soon": after(setting_days(store, "expiring_days", 60)),
            "ahead": after(int(rule(store, "upkeep.ahead").value))}


def _where(store: Store, library: Library, asked: Asked) -> tuple[str, dict[str, object]]:
    today = local_day(store.clock.now()).isoformat()
    parts, values = ["x.active = 1"], dict[str, object](today=today)
    if asked.text.strip():
        values["text"] = search.matching(asked.text)
        parts.append("x.id in (select rowid from find_name where find_name match :text)"
                     if values["text"] else "0")
    chosen: dict[Facet, list[str]] = {}
    for choice in sorted(asked.chosen):
        chosen.setdefault(choice.facet, []).append(choice.value)
    for facet, wanted in chosen.items():
        parts.append(_condition(library, facet, wanted))
        values[facet] = json.dumps(wanted)
    if Facet.DUE in chosen:
        values |= _days(store)
    return " and ".join(parts), values


def _condition(library: Library, facet: Facet, wanted: Iterable[str]) -> str:
    if facet is Facet.DUE:
        waits = waits_of(library)
        return f"({' or '.join([waits[Wait(one)] for one in wanted if one in waits] or ['0'])})"
    given = f"(select value from json_each(:{facet}))"
    if facet is Facet.HOUSE:
        return f"""exists (select 1 {_LOTS} and l.warehouse_id in
            (select id from warehouse where name in {given}))"""
    column = FACETS[library].get(facet)
    if column is None:
        return "0"
    if facet is Facet.CAPABILITY:
        return f"exists (select 1 from json_each(x.capabilities) c where c.value in {given})"
    return f"x.[{column}] in {given}"


def _order(library: Library, asked: Asked) -> str:
    """Ties are broken as the library is ordered by itself, so that a list stands still."""
    own = OWN_ORDER.get(library, "x.name, x.id")
    if not asked.sort:
        return own
    return f"{_sorted_by(library, asked.sort)} {'desc' if asked.down else 'asc'}, {own}"


def _sorted_by(library: Library, name: str) -> str:
    one = field_of(library, name)
    if name in SORTS and library is Library.SUPPLY:
        return SORTS[name]
    if one is None:
        return "x.verified_at" if name == "verified_at" else "x.id"
    if one.type is Type.LINK:
        return f"(select name from [{one.link}] where id = x.[{name}])"
    if one.type is Type.CHOICE and one.choices:
        cases = " ".join(f"when '{value}' then {n}" for n, (value, _) in enumerate(one.choices))
        return f"case x.[{name}] {cases} else {len(one.choices)} end"
    return f"x.[{name}]"
