"""Candidates 候选力量: the soonest forces, equipment and experts, read without reading them all.

A need takes its soonest holders from four streams: those with stated minutes by an index on
them, those with a point by doubling boxes around the event, those without either, and, of a
capability that few have, all of them by a word index. So ten needs cost the same in a district
of a hundred resources and of a hundred thousand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from db.migrations.m0024_boxes import NUMBERS
from db.store import Store
from dispatch.cover import FAR
from resources.geo import distance_m, travel_minutes
from resources.localtime import day_key, local
from resources.rules import rule

FEW = 48
"""A capability that no more than this many hold is read whole."""

SPARE = 12
"""Holders read beyond the quantity asked for, so that one can be exchanged by hand."""

BOXES_DEGREES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
FREE = """not exists (select 1 from dispatch_order o
    where o.force_id = r.id and o.ended_at is null)"""
HERE = "r.active = 1 and r.status <> 'off'"


@dataclass(frozen=True, slots=True)
class Estimates:
    """What the rules in force say about minutes, and the instant they are asked for."""

    now: datetime
    lon: float | None
    lat: float | None
    km_per_hour: float
    detour: float
    turn_out: Mapping[str, float]
    hours: Mapping[str, Any]

    def metres(self, lon: float | None, lat: float | None) -> float | None:
        """Metres to the event; None when either has no point."""
        if None in (self.lon, self.lat, lon, lat):
            return None
        return distance_m(self.lon or 0.0, self.lat or 0.0, lon or 0.0, lat or 0.0)

    def road(self, metres: float | None) -> int | None:
        """Minutes on the road for that distance, at least one."""
        if metres is None:
            return None
        return max(1, round(travel_minutes(metres, km_per_hour=self.km_per_hour,
                                           detour=self.detour)))

    def off_hours(self, kind: str) -> int:
        """Minutes that a kind of force takes more outside its hours of duty."""
        found = self.hours.get(kind)
        if not found:
            return 0
        clock, start, end = f"{local(self.now):%H:%M}", str(found["from"]), str(found["to"])
        inside = start <= clock < end if start <= end else clock >= start or clock < end
        return 0 if inside else int(found["extra"])


def estimates(store: Store, lon: float | None, lat: float | None) -> Estimates:
    """The rules `travel`, `turnout.minutes` and `force.hours` as they stand now."""
    now, road = store.clock.now(), rule(store, "travel").value
    return Estimates(now, lon, lat, float(road["km_per_hour"]), float(road["detour"]),
                     rule(store, "turnout.minutes").value, rule(store, "force.hours").value)


def forces_for(store: Store, at: Estimates, capability: str, quantity: int) -> list[Any]:
    """Rows of the soonest forces with a capability ('' means any) that are not out."""
    return _soonest(store, at, "force", f"{HERE} and {FREE}", capability, quantity + SPARE)


def equipment_for(store: Store, at: Estimates, capability: str, quantity: int) -> list[Any]:
    """Rows of the nearest ready pieces of equipment with a capability."""
    return _soonest(store, at, "equipment", "r.active = 1 and r.status = 'ready'", capability,
                    quantity + SPARE)


def experts_for(store: Store, at: Estimates, capability: str, quantity: int) -> list[Any]:
    """Rows of the soonest experts under contract who were not called to an open event."""
    return store.read("""select r.* from expert r where r.active = 1
        and instr(r.capabilities, :what) and (r.hired_until is null or r.hired_until >= :day)
        and not exists (select 1 from expert_call c join event e on e.id = c.event_id
            where c.expert_id = r.id and e.state = 'open' and c.state in ('called', 'coming'))
        order by r.arrive_minutes is null, r.arrive_minutes, r.id limit :n""",
        what=_quoted(capability), day=day_key(at.now), n=quantity + SPARE)


def minutes_of(row: Any, at: Estimates) -> tuple[int | None, float | None, bool]:
    """Minutes until a force is there, its metres away, and whether it stated the minutes.

    What it states counts as it is; otherwise turn-out by its kind and the road. Outside its
    hours of duty the rule's minutes are added.
    """
    metres = at.metres(row["lon"], row["lat"])
    stated, late = row["promised_minutes"], at.off_hours(row["kind"])
    if stated is not None:
        return int(stated) + late, metres, True
    road = at.road(metres)
    if road is None:
        return None, metres, False
    return road + round(float(at.turn_out.get(row["kind"], 0))) + late, metres, False


def shared(store: Store, library: str, ids: Iterable[int]) -> dict[int, Any]:
    """Sharing agreements in force of these rows: the unit to ask, and its minutes."""
    wanted = json.dumps(list(ids))
    return {r["row_id"]: r for r in store.read("""select * from sharing where library = :library
        and active = 1 and (until is null or until >= :day)
        and row_id in (select value from json_each(:ids))""",
        library=library, day=day_key(store.clock.now()), ids=wanted)}


def known_minutes(minutes: int | None) -> int:
    return FAR if minutes is None else minutes


def _soonest(store: Store, at: Estimates, table: str, free: str, capability: str,
             n: int) -> list[Any]:
    if capability:
        few = store.read(f"""select rowid from offer where offer match :what limit {FEW + 1}""",
                         what=f'"{_plain(capability)}"')
        if len(few) <= FEW:
            return store.read(f"""select r.* from [{table}] r where {free}
                and instr(r.capabilities, :what)
                and r.id in (select value from json_each(:ids))""", what=_quoted(capability),
                ids=json.dumps([r[0] for r in few]))
    can = f"{free} and instr(r.capabilities, :what)" if capability else free
    what = _quoted(capability)
    if table == "force":
        stated = store.read(f"""select r.* from force r indexed by force_stated where {can}
            and r.promised_minutes is not null order by r.promised_minutes, r.id limit :n""",
            what=what, n=n)
        nowhere = store.read(f"""select r.* from force r where {can} and r.lon is null
            and r.promised_minutes is null limit :n""", what=what, n=n)
        near = _near(store, at, table, f"{can} and r.promised_minutes is null", what, n)
        return list(chain(stated, near, nowhere))
    return _near(store, at, table, can, what, n)


def _near(store: Store, at: Estimates, table: str, where: str, what: str, n: int) -> list[Any]:
    """The nearest rows by boxes that double until enough lie within the circle inside one."""
    if at.lon is None or at.lat is None:
        return store.read(f"select r.* from [{table}] r where {where} order by r.id limit :n",
                          what=what, n=n)
    found: list[Any] = []
    for half in BOXES_DEGREES:
        found = store.read(f"""select r.* from place_box b join [{table}] r on r.id = b.id
            where b.kind = {NUMBERS[table]} and b.min_lon >= :west and b.max_lon <= :east
            and b.min_lat >= :south and b.max_lat <= :north and {where}""", what=what,
            west=at.lon - half, east=at.lon + half, south=at.lat - half, north=at.lat + half)
        edge = distance_m(at.lon, at.lat, at.lon + half, at.lat)
        found = [r for r in found if (at.metres(r["lon"], r["lat"]) or 0.0) <= edge]
        if len(found) >= n:
            break
    return sorted(found, key=lambda r: (at.metres(r["lon"], r["lat"]) or 0.0, r["id"]))[:n]


def _plain(capability: str) -> str:
    return capability.replace('"', " ").strip()


def _quoted(capability: str) -> str:
    """As it stands in a JSON list; '' is in every text."""
    return json.dumps(capability, ensure_ascii=False) if capability else ""
