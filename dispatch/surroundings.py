"""Surroundings 周边: what lies in rings round a point, and the nearest forces with minutes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.change import RowId
from db.errors import Refused
from db.store import Store
from dispatch.candidates import FREE, estimates, minutes_of
from dispatch.map_rules import RINGS
from resources.rules import rule_or
from resources.sites import RESOURCES, Site, SiteKind, nearest, within

MOST_RINGS = 6
FURTHEST_M = 100_000
SCHOOLS = ("学校", "中学", "小学", "幼儿园", "医院", "卫生院", "养老院", "敬老院")
"""Words by which a place name is a school, hospital or home."""


@dataclass(frozen=True, slots=True)
class Ring:
    """What lies within so many metres; people by registered points 按登记点位统计."""

    metres: float
    residents: int
    schools: int
    hazards: int
    threatened: int
    shelters: int
    capacity: int
    forces: int
    ready: int
    warehouses: int
    equipment: int


@dataclass(frozen=True, slots=True)
class NearForce:
    """A force that is free, its way and its minutes; `stated` says that the force promised."""

    id: RowId
    name: str
    phone: str
    metres: float
    minutes: int | None
    stated: bool
    capabilities: tuple[str, ...]
    ready_people: int


def ring_metres(store: Store) -> tuple[float, ...]:
    """The district's own rings, in metres, rising."""
    return tuple(sorted(float(m) for m in rule_or(store, RINGS).value))


def read_rings(text: str) -> tuple[float, ...]:
    """Rings typed in kilometres, as `1 3 5` or `0.5，2`.

    Raises:
        Refused: no numbers, none above zero, too many, or too far.
    """
    words = text.replace("，", " ").replace(",", " ").replace("、", " ").replace("km", " ").split()
    try:
        found = sorted({round(float(word) * 1000, 1) for word in words})
    except ValueError as error:
        raise Refused("{text}: write the rings in kilometres, such as 1 3 5.", field="rings",
                      text=text) from error
    good = all(0 < metres <= FURTHEST_M for metres in found)  # a NaN is neither
    if not found or not good or len(found) > MOST_RINGS:
        raise Refused("Up to {n} rings between 0 and {km} km.", field="rings", n=MOST_RINGS,
                      km=FURTHEST_M // 1000)
    return tuple(found)


def rings(store: Store, lon: float, lat: float, metres: Sequence[float]) -> list[Ring]:
    """What lies within each distance; one read of the widest, then counted."""
    found = within(store, lon, lat, max(metres), (*RESOURCES, SiteKind.PLACE))
    free = _free(store, [s.id for s in found if s.kind is SiteKind.FORCE])
    return [_ring(reach, [s for s in found if s.metres <= reach], free)
            for reach in sorted(metres)]


def _ring(metres: float, sites: Sequence[Site], free: set[int]) -> Ring:
    def of(kind: SiteKind) -> list[Site]:
        return [s for s in sites if s.kind is kind]

    places, forces = of(SiteKind.PLACE), of(SiteKind.FORCE)
    return Ring(metres, sum(p.people for p in places),
                sum(any(word in p.name for word in SCHOOLS) for p in places),
                len(of(SiteKind.HAZARD)), sum(h.people for h in of(SiteKind.HAZARD)),
                len(of(SiteKind.SHELTER)), sum(s.people for s in of(SiteKind.SHELTER)),
                len(forces), sum(f.id in free for f in forces), len(of(SiteKind.WAREHOUSE)),
                len(of(SiteKind.EQUIPMENT)))


def _free(store: Store, ids: Iterable[int]) -> set[int]:
    """Forces in service that are not out."""
    return {int(r[0]) for r in store.read(f"""select r.id from force r where r.status <> 'off'
        and {FREE} and r.id in (select value from json_each(:ids))""",
        ids=json.dumps(list(ids)))}


def near_forces(store: Store, lon: float, lat: float, capability: str = "", n: int = 20
                ) -> list[NearForce]:
    """The nearest free forces with a capability ('' is any), the soonest first."""
    found = nearest(store, lon, lat, (SiteKind.FORCE,), n, capability=capability,
                    only=f"r.status <> 'off' and {FREE}")
    at = estimates(store, lon, lat)
    rows = {r["id"]: r for r in store.read("""select * from force where id in
        (select value from json_each(:ids))""", ids=json.dumps([s.id for s in found]))}
    near = []
    for site in found:
        row = rows[site.id]
        minutes, _, stated = minutes_of(row, at)
        near.append(NearForce(site.id, site.name, row["duty_phone"], site.metres, minutes, stated,
                              tuple(json.loads(row["capabilities"])), row["ready_people"]))
    return sorted(near, key=lambda f: (f.minutes is None, f.minutes or 0, f.metres))
