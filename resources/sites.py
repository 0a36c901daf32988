"""Sites 点位: whatever has a place, found by radius, box, area and nearness through the R-tree.

`place_box` keeps 32-bit floats rounded outwards, so boxes are compared by overlap and the exact
degrees of the row decide.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from math import asin, cos, pi, radians, sin, sqrt
from operator import itemgetter
from typing import Any, NamedTuple

from db.change import RowId
from db.migrations.m0024_boxes import NUMBERS
from db.store import Store
from db.words import mark
from resources.geo import EARTH_M, Bounds, Position, bounds_of, box_around, inside

FEW = 400
"""Holders of a capability that are read whole, wherever they are."""
FIRST_BOX_M = 1_000.0
EVERYWHERE_M = 2.1e7
HOLDS = "instr(r.capabilities, :what) > 0"
"""`what` is the capability as it stands in a JSON list."""


class SiteKind(StrEnum):
    """What can stand on the map; the value is its table."""

    FORCE = "force"          # 队伍
    EQUIPMENT = "equipment"  # 装备
    WAREHOUSE = "warehouse"  # 物资库
    HAZARD = "hazard"        # 危险源
    SHELTER = "shelter"      # 避难场所
    UNIT = "unit"            # 单位
    PLACE = "place"          # 地名
    EVENT = "event"          # 事件


SITE_NAMES = {
    SiteKind.FORCE: mark("sites|Forces"), SiteKind.EQUIPMENT: mark("sites|Equipment"),
    SiteKind.WAREHOUSE: mark("sites|Supplies"), SiteKind.HAZARD: mark("sites|Hazards"),
    SiteKind.SHELTER: mark("sites|Shelters"), SiteKind.UNIT: mark("sites|Units"),
    SiteKind.PLACE: mark("sites|Place names"), SiteKind.EVENT: mark("sites|Events")}
KIND_OF: dict[str, SiteKind] = {str(kind): kind for kind in SiteKind}
RESOURCES = (SiteKind.FORCE, SiteKind.EQUIPMENT, SiteKind.WAREHOUSE, SiteKind.HAZARD,
             SiteKind.SHELTER, SiteKind.UNIT)
"""What the layers of the libraries show."""
CURRENT = {SiteKind.EVENT: "r.state = 'open'", SiteKind.PLACE: "r.active = 1"}
TITLE = {SiteKind.EVENT: "r.title"}
SORT = {SiteKind.EVENT: "coalesce(r.level, 0)", SiteKind.WAREHOUSE: "r.kind",
        SiteKind.SHELTER: "r.status", SiteKind.FORCE: "r.kind", SiteKind.HAZARD: "r.kind",
        SiteKind.EQUIPMENT: "r.status", SiteKind.UNIT: "r.kind", SiteKind.PLACE: "r.kind"}
HEADS = {SiteKind.PLACE: "r.residents", SiteKind.HAZARD: "r.threatened",
         SiteKind.SHELTER: "r.capacity", SiteKind.FORCE: "r.ready_people"}
"""People that a site stands for: residents, threatened, room for, ready."""


class Site(NamedTuple):
    """One record with its place; `sort` is its kind, status or level, `people` see `HEADS`.

    A tuple, because a hundred thousand of them are made for a map.
    """

    kind: SiteKind
    id: RowId
    name: str
    lon: float
    lat: float
    sort: str = ""
    people: int = 0
    metres: float = 0.0

    @property
    def at(self) -> Position:
        return self.lon, self.lat


def columns_of(kind: SiteKind) -> str:
    """The columns of a site, from the row `r`."""
    return (f"r.id, {TITLE.get(kind, 'r.name')} as name, r.lon, r.lat, {SORT[kind]} as sort,"
            f" {HEADS.get(kind, '0')} as people")


def condition_of(kind: SiteKind) -> str:
    """Which rows are in use."""
    return CURRENT.get(kind, "r.active = 1")


def site(kind: SiteKind, row: Any, metres: float = 0.0) -> Site:
    """A row of `columns_of` as a site."""
    return Site(kind, row[0], row[1], row[2], row[3], str(row[4] or ""), row[5] or 0, metres)


def in_box(store: Store, box: Bounds, kinds: Iterable[SiteKind], where: str = "1",
           **values: object) -> list[Site]:
    """Everything of these kinds in a box of degrees, edges included, in no order."""
    return [site(KIND_OF[row[6]], row) for row in _boxed(store, box, kinds, where, **values)]


def _boxed(store: Store, box: Bounds, kinds: Iterable[SiteKind], where: str = "1",
           **values: object) -> list[Any]:
    """The rows in a box with their kind; one walk through the tree for all kinds."""
    west, south, east, north = box
    parts = [f"""select {columns_of(kind)}, '{kind}' from near join [{kind}] r on r.id = near.id
        where near.kind = {NUMBERS[kind]} and {condition_of(kind)} and {where}
        and r.lon between :west and :east and r.lat between :south and :north"""
             for kind in kinds]
    if not parts:
        return []
    return store.tuples(f"""with near as materialized (select id, kind from place_box
        where max_lon >= :west and min_lon <= :east and max_lat >= :south and min_lat <= :north)
        {" union all ".join(parts)}""", west=west, south=south, east=east, north=north, **values)


def within(store: Store, lon: float, lat: float, metres: float,
           kinds: Iterable[SiteKind]) -> list[Site]:
    """Everything of these kinds within so many metres along the great circle, nearest first."""
    return _sorted(_boxed(store, box_around(lon, lat, metres), kinds), lon, lat, metres)


def _sorted(rows: Iterable[Any], lon: float, lat: float, most: float) -> list[Site]:
    """The rows within `most` metres as sites, nearest first.

    `geo.distance_m` written out: a thousand calls of it are a fifth of the time there is.
    """
    half, cos_lat = pi / 360, cos(radians(lat))
    furthest = sin(min(most / EARTH_M / 2, pi / 2)) ** 2
    found = []
    for number, name, x, y, sort, people, kind in rows:
        chord = (sin((y - lat) * half) ** 2
                 + cos_lat * cos(y * 2 * half) * sin((x - lon) * half) ** 2)
        if chord <= furthest:
            found.append(Site(KIND_OF[kind], number, name, x, y, str(sort or ""),
                              people or 0, 2 * EARTH_M * asin(min(1.0, sqrt(chord)))))
    found.sort(key=itemgetter(7, 1))
    return found


def inside_area(store: Store, rings: Sequence[Sequence[Position]],
                kinds: Iterable[SiteKind]) -> list[Site]:
    """Everything of these kinds in an area of closed rings (even-odd), by name."""
    box = bounds_of(p for ring in rings for p in ring)
    if box is None:
        return []
    found = (s for s in in_box(store, box, kinds) if inside(s.at, rings))
    return sorted(found, key=lambda s: (s.name, s.id))


def nearest(store: Store, lon: float, lat: float, kinds: Collection[SiteKind], n: int = 20, *,
            capability: str = "", only: str = "1") -> list[Site]:
    """The nearest of these kinds, the closest first.

    With a `capability` only its holders count (forces and equipment); `only` is a further
    condition on the row `r`.
    """
    if capability:
        few = _holders(store, capability)
        if few is not None:
            return _among(store, lon, lat, kinds, n, few, only, capability)
    holds = HOLDS if capability else "1"
    what = json.dumps(capability, ensure_ascii=False)
    metres = _first_box(store, lon, lat, n)
    while True:
        close = _sorted(_boxed(store, box_around(lon, lat, metres), kinds, f"{holds} and {only}",
                               what=what), lon, lat, metres)
        if len(close) >= n or metres >= EVERYWHERE_M:
            return close[:n]
        metres = min(metres * _growth(len(close), n), EVERYWHERE_M)


def _growth(found: int, wanted: int) -> float:
    """How much wider the next circle must be, had it been as dense as the last one."""
    if not found:
        return 4.0
    return min(max(1.5, sqrt(wanted / found * 1.3)), 4.0)


def _first_box(store: Store, lon: float, lat: float, n: int) -> float:
    """Metres around the point that should hold a few times `n` sites: by a look at the index."""
    west, south, east, north = box_around(lon, lat, FIRST_BOX_M)
    count = int(store.value("""select count(*) from (select 1 from place_box where max_lon >= :west
        and min_lon <= :east and max_lat >= :south and min_lat <= :north limit 4000)""",
        west=west, south=south, east=east, north=north))
    return FIRST_BOX_M * min(max(sqrt(n * pi / max(count, 1)), 0.25), 6.0)


def _holders(store: Store, capability: str) -> list[int] | None:
    """The ids of all holders of a capability; None when they are many."""
    plain = capability.replace('"', " ").strip()
    rows = store.read(f"select rowid from offer where offer match :what limit {FEW + 1}",
                      what=f'"{plain}"') if plain else []
    return [int(r[0]) for r in rows] if len(rows) <= FEW else None


def _among(store: Store, lon: float, lat: float, kinds: Iterable[SiteKind], n: int,
           ids: Sequence[int], only: str, capability: str) -> list[Site]:
    rows = [row for kind in kinds for row in store.read(
        f"""select {columns_of(kind)}, '{kind}' from [{kind}] r where {condition_of(kind)}
        and {only} and r.lon is not null and r.lat is not null
        and {HOLDS} and r.id in (select value from json_each(:ids))""",
        ids=json.dumps(list(ids)), what=json.dumps(capability, ensure_ascii=False))]
    return _sorted(rows, lon, lat, EVERYWHERE_M)[:n]


def every_row(db: sqlite3.Connection, kinds: Iterable[SiteKind],
              only: Mapping[SiteKind, Collection[int]] | None = None
              ) -> Iterator[tuple[SiteKind, Any]]:
    """The columns of all sites of these kinds, on any connection, so that it can be done beside
    the window.

    `only` narrows a kind to some ids, as its library list is filtered.
    """
    for kind in kinds:
        wanted = None if only is None or kind not in only else set(only[kind])
        for row in db.execute(f"""select {columns_of(kind)} from [{kind}] r
                where {condition_of(kind)} and r.lon is not null and r.lat is not null"""):
            if wanted is None or row[0] in wanted:
                yield kind, row


def counts(store: Store, kinds: Iterable[SiteKind]) -> dict[SiteKind, int]:
    """How many of each kind have a place."""
    return {kind: int(store.value(f"""select count(*) from [{kind}] r where {condition_of(kind)}
        and r.lon is not null and r.lat is not null""")) for kind in kinds}
