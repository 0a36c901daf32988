"""Sites: radius, box, area and nearest give what looking at every row gives."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.check import check
from db.store import Store
from resources.geo import distance_m, inside
from resources.people import SYSTEM
from resources.sites import SiteKind, in_box, inside_area, nearest, within
from tests.builders import a_store

KINDS = (SiteKind.FORCE, SiteKind.HAZARD, SiteKind.SHELTER)
CAN = ("灭火", "破拆", "堵漏")
QUICK = settings(max_examples=40, deadline=None,
                 suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """600 sites in clumps, one far away, some exactly on round degrees; one rare capability."""
    store, dice = a_store(tmp_path_factory.mktemp("sites")), random.Random(3)
    with store.change("test.grow", SYSTEM) as tx:
        for n in range(600):
            lon, lat = dice.gauss(108.7, 0.05), dice.gauss(34.4, 0.05)
            if n % 9 == 0:
                lon, lat = round(lon, 2), round(lat, 2)
            at: dict[str, object] = {"name": f"点{n}", "lon": lon, "lat": lat}
            if n % 3 == 0:
                can = [*dice.sample(CAN, 2), *(["潜水"] if n % 60 == 0 else [])]
                tx.insert("force", {**at, "tier": "town", "kind": "fire", "duty_phone": "000-1",
                                    "capabilities": json.dumps(can, ensure_ascii=False),
                                    "active": int(n % 27 != 0)})
            else:
                tx.insert("hazard" if n % 3 == 1 else "shelter",
                          {**at, **({"kind": "chemical"} if n % 3 == 1 else {})})
        tx.insert("hazard", {"name": "远处", "kind": "x", "lon": 99.1, "lat": 30.2})
        tx.insert("shelter", {"name": "无坐标"})
    yield store
    store.close()


def every(store: Store, capability: str = "") -> list[tuple[int, float, float]]:
    holds = "and instr(capabilities, :what)" if capability else ""
    kinds = KINDS[:1] if capability else KINDS
    return [(r["id"], r["lon"], r["lat"]) for kind in kinds for r in store.read(
        f"select id, lon, lat from [{kind}] where active = 1 and lon is not null {holds}",
        what=f'"{capability}"')]


LON, LAT = st.floats(108.4, 109.0), st.floats(34.1, 34.7)


@QUICK
@given(LON, LAT, st.floats(1, 60_000))
def test_radius_equals_looking_at_every_row(crowded: Store, lon: float, lat: float,
                                            metres: float) -> None:
    found = within(crowded, lon, lat, metres, KINDS)
    assert {s.id for s in found} == {i for i, x, y in every(crowded)
                                     if distance_m(lon, lat, x, y) <= metres}
    assert [s.metres for s in found] == sorted(s.metres for s in found)


@QUICK
@given(st.integers(10850, 10890), st.integers(3420, 3460), st.integers(0, 20), st.integers(0, 20))
def test_a_box_has_its_edges(crowded: Store, west: int, south: int, wide: int,
                             high: int) -> None:
    box = (west / 100, south / 100, (west + wide) / 100, (south + high) / 100)
    assert {s.id for s in in_box(crowded, box, KINDS)} == {
        i for i, x, y in every(crowded) if box[0] <= x <= box[2] and box[1] <= y <= box[3]}


@QUICK
@given(LON, LAT, st.integers(1, 40), st.sampled_from(("", "灭火", "潜水", "心理援助")))
def test_nearest_equals_sorting_every_row(crowded: Store, lon: float, lat: float, n: int,
                                          what: str) -> None:
    kinds = KINDS[:1] if what else KINDS
    found = nearest(crowded, lon, lat, kinds, n, capability=what)
    wanted = sorted(distance_m(lon, lat, x, y) for _, x, y in every(crowded, what))[:n]
    assert [s.metres for s in found] == pytest.approx(wanted)


@QUICK
@given(st.lists(st.tuples(LON, LAT), min_size=3, max_size=7))
def test_an_area_equals_looking_at_every_row(crowded: Store,
                                             corners: list[tuple[float, float]]) -> None:
    ring = [*corners, corners[0]]
    assert {s.id for s in inside_area(crowded, [ring], KINDS)} == {
        i for i, x, y in every(crowded) if inside((x, y), [ring])}


def test_the_tree_follows_every_change_and_the_store_holds(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.change("test.add", SYSTEM) as tx:
        row = tx.insert("hazard", {"name": "甲", "kind": "x", "lon": 108.7, "lat": 34.4})
    assert [s.id for s in within(store, 108.7, 34.4, 50, KINDS)] == [row]
    with store.change("test.move", SYSTEM) as tx:
        tx.update("hazard", row, lon=108.8)
    assert within(store, 108.7, 34.4, 50, KINDS) == []
    assert [s.id for s in within(store, 108.8, 34.4, 50, KINDS)] == [row]
    with store.change("test.nowhere", SYSTEM) as tx:
        tx.update("hazard", row, lon=None, lat=None)
    assert within(store, 108.8, 34.4, 500, KINDS) == []
    assert store.value("select count(*) from place_box") == 0
    assert check(store.path) == []
    store.close()
