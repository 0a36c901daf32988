"""The sample district: counts, references, phones, places, determinism, search, stock, upkeep."""

from __future__ import annotations

import itertools
import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.clock import StillClock
from db.errors import Refused
from db.search import find_names
from db.store import Store
from dispatch.rules import seed_rules
from dispatch.sample.build import fill_sample
from dispatch.terms import EntryKind, Stage, Subtype
from resources import (
    equipment,
    experts,
    forces,
    hazards,
    net,
    places,
    plans,
    shelters,
    supplies,
    upkeep,
)
from resources.district import empty_district
from resources.people import SYSTEM
from resources.records import Filter, Library
from resources.sample import shapes
from resources.terms import ForceKind, MovementKind, Tier

NOW = datetime(2026, 11, 23, 13, 47, tzinfo=UTC)
TODAY = NOW.date()
COUNTS = {"officer": 40, "force": 36, "equipment": 150, "lot": 300, "warehouse": 8, "expert": 40,
          "plan": 30, "hazard": 25, "shelter": 20, "event": 66, "warning": 2, "shift": 74,
          "handover": 0}
REFERENCES = (("equipment", "force_id", "force"), ("lot", "supply_id", "supply"),
              ("log", "event_id", "event"), ("log", "order_id", "dispatch_order"),
              ("log", "shift_id", "shift"), ("log", "officer_id", "officer"))


def filled(folder: Path, now: datetime = NOW) -> Store:
    store = Store.open(folder / "watchdesk.db", StillClock(now))
    fill_sample(store)
    return store


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = filled(tmp_path_factory.mktemp("sample"))
    yield store
    store.close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Store]:
    store = filled(tmp_path)
    yield store
    store.close()


def tables(store: Store) -> list[str]:
    return [r[0] for r in store.read("select tbl_name from sqlite_master where type = 'trigger'"
                                     " and name = tbl_name || '_insert'")]


def test_counts(sample: Store) -> None:
    assert {name: sample.value(f"select count(*) from [{name}]") for name in COUNTS} == COUNTS
    assert sample.value("select count(distinct town) from force") == 7


def test_references_and_vocabularies(sample: Store) -> None:
    assert not sample.read("pragma foreign_key_check")
    for table, column, target in REFERENCES:
        assert not sample.value(f"select count(*) from [{table}] where [{column}] is not null"
                                f" and [{column}] not in (select id from [{target}])")
    for table, column, terms in (("log", "kind", EntryKind), ("stamp", "stage", Stage),
                                 ("event", "subtype", Subtype), ("force", "kind", ForceKind),
                                 ("force", "tier", Tier), ("movement", "kind", MovementKind)):
        assert {r[0] for r in sample.read(f"select distinct [{column}] from [{table}]")} \
            <= {str(x) for x in terms}
    known = {r[0] for r in sample.read("select name from capability")}
    assert {r[0] for r in sample.read("select capability from plan_need")} <= known
    used = sample.read("select distinct value from force, json_each(capabilities)")
    assert {r[0] for r in used} <= known
    called = {y for (x,) in sample.read("select subtypes from plan") for y in json.loads(x)}
    assert called <= {str(x) for x in Subtype}


def test_every_phone_is_of_an_unreal_range(sample: Store) -> None:
    seen = 0
    for table in tables(sample):
        names = [r[1] for r in sample.read(f"pragma table_info([{table}])") if "phone" in r[1]]
        for name in names:
            for (text,) in sample.read(f"select [{name}] from [{table}] where [{name}] <> ''"):
                for phone in json.loads(text) if text.startswith("[") else [text]:
                    assert re.fullmatch(r"000-[6-8]\d{3}", phone), (table, name, phone)
                    seen += 1
    assert seen > 300


def test_all_points_lie_in_their_town(sample: Store) -> None:
    rings, edge = shapes.towns(), shapes.boundary()
    for table in ("unit", "force", "equipment", "warehouse", "hazard", "shelter", "event"):
        for row in sample.read(f"select town, lon, lat from [{table}]"
                               f" where lon is not null"):
            assert shapes.inside((row["lon"], row["lat"]), rings[row["town"]])
    for row in sample.read("select name, lon, lat from place"):
        assert shapes.inside((row["lon"], row["lat"]), edge), row["name"]


def test_the_map_is_valid_and_tiled_and_shipped() -> None:
    edge, rings = shapes.boundary(), shapes.towns()
    for ring in (edge, *rings.values()):
        assert ring[0] == ring[-1]
        assert shapes.area(ring) > 0
        assert len(set(ring)) == len(ring) - 1
        assert not crossings(ring)
    assert sum(map(shapes.area, rings.values())) == pytest.approx(shapes.area(edge))
    for stem, layer in shapes.layers().items():
        assert (shapes.FOLDER / f"{stem}.geojson").read_text("utf-8") == shapes.text_of(layer)


def crossings(ring: shapes.Ring) -> int:
    def side(a: shapes.Position, b: shapes.Position, c: shapes.Position) -> bool:
        return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])
    edges = [*itertools.pairwise(ring)]
    return sum(side(a, b, c) != side(a, b, d) and side(c, d, a) != side(c, d, b)
               for (a, b), (c, d) in itertools.combinations(edges, 2)
               if not {a, b} & {c, d})


def test_same_seed_and_present_give_the_same_rows(sample: Store, own: Store) -> None:
    for table in tables(sample):
        one, two = ([tuple(r) for r in s.read(f"select * from [{table}] order by id")]
                    for s in (sample, own))
        assert one == two, table


def test_the_past_is_past_and_the_shift_is_now(sample: Store) -> None:
    present = "2026-11-23T13:47:00.000Z"
    assert not sample.value("select count(*) from log where at > :now", now=present)
    assert not sample.value("select count(*) from stamp where at > :now", now=present)
    row = sample.read("select * from shift where state = 'open'")
    assert len(row) == 1
    assert row[0]["starts_at"] <= present < row[0]["ends_at"]
    assert sample.value("select group_concat(distinct state) from event") == "closed"
    for shift in sample.read("select id from shift where state = 'closed'"
                             " order by starts_at desc limit 2"):
        assert sample.value("select count(*) from log where shift_id = :id", id=shift["id"]) >= 55


def test_stages_come_in_order(sample: Store) -> None:
    for order in sample.read("select id from dispatch_order"):
        rows = sample.read("select at, stage from stamp where order_id = :id order by id",
                           id=order["id"])
        assert len(rows) == 9
        assert [r["at"] for r in rows] == sorted(r["at"] for r in rows)


@pytest.mark.parametrize("query", ["青鹰", "qingying", "qyjyd", "青鹰救援队"])
def test_a_force_is_found(sample: Store, query: str) -> None:
    assert "青鹰救援队" in [hit.title for hit in find_names(sample.db, query)]
    assert [f.name for f in forces.forces(sample, Filter(text=query))] == ["青鹰救援队"]


def test_digits_find_a_phone(sample: Store) -> None:
    wanted = forces.forces(sample)[3]
    found = forces.forces(sample, Filter(text=wanted.duty_phone[-4:]))
    assert wanted in found


def test_readers_and_filters(sample: Store) -> None:
    assert len(equipment.equipment(sample)) == equipment.count(sample) == 150
    assert experts.count(sample) == 40
    assert hazards.hazards(sample)[0].principal
    assert shelters.shelters(sample)[0].capacity > 0
    assert places.places(sample, Filter(kind="town", text="石渠"))[0].name == "石渠镇"
    assert {u.name for u in net.units(sample, Filter(kind="recipient"))} >= {
        "市应急管理局值班室", "区委值班室"}
    spill = next(p for p in plans.plans(sample) if "hazmat" in p.subtypes)
    assert plans.needs(sample, spill.id)
    diving = forces.forces(sample, Filter(capability="潜水"))
    assert [f.name for f in diving] == ["望川水上救援队"]
    assert forces.forces(sample, Filter(text="？？")) == []


def test_upkeep_finds_what_the_sample_holds(sample: Store) -> None:
    found = upkeep.upkeep(sample, TODAY)
    assert found.expired == 2
    assert found.expiring >= 6
    assert found.short == 4
    assert found.stale[Library.FORCE] > 0
    assert found.inspections > 0


def test_stock_is_the_sum_of_its_movements(own: Store) -> None:
    dice = random.Random(7)
    lots = supplies.stock_by_lot(own)[:5]
    for _ in range(60):
        lot, kind = dice.choice(lots), dice.choice(list(MovementKind))
        try:
            supplies.move_stock(own, lot.id, kind, dice.randint(0, 300), measure=lot.measure,
                                by=SYSTEM)
        except Refused:
            continue
    for lot in supplies.stock_by_lot(own):
        card = supplies.movements(own, lot.id)
        assert lot.quantity == sum(m.quantity for m in card)
        running = list(itertools.accumulate(m.quantity for m in reversed(card)))
        assert min(running) >= 0
    total = sum(s.quantity for s in supplies.stock(own, TODAY))
    assert total == own.value("select sum(quantity) from movement")


def test_moving_refuses_and_numbers(own: Store) -> None:
    lot = supplies.stock_by_lot(own)[0]
    with pytest.raises(Refused):
        supplies.move_stock(own, lot.id, MovementKind.OUT, lot.quantity + 1, measure=lot.measure,
                            by=SYSTEM)
    with pytest.raises(Refused):
        supplies.move_stock(own, lot.id, MovementKind.OUT, 1, measure="吨", by=SYSTEM)
    first, second = (supplies.move_stock(own, lot.id, MovementKind.OUT, 1, measure=lot.measure,
                                         by=SYSTEM) for _ in range(2))
    assert first.quantity == -1
    assert int(second.number[3:]) == int(first.number[3:]) + 1
    assert first.number.startswith("CK-")
    counted = supplies.move_stock(own, lot.id, MovementKind.COUNT, 5, measure=lot.measure,
                                  by=SYSTEM)
    assert counted.quantity == 5 - (lot.quantity - 2)


def test_forces_are_entered_edited_and_verified(own: Store) -> None:
    facts = forces.ForceFacts(name="新队", tier=Tier.TOWN, kind=ForceKind.GRASSROOTS,
                              duty_phone="000-6218", people=5, ready_people=3)
    new = forces.add_force(own, facts, by=SYSTEM)
    for bad in ({"name": ""}, {"duty_phone": ""}, {"ready_people": 6}, {"promised_minutes": 0},
                {"name": "青鹰救援队"}):
        values = {"name": "另队", "tier": Tier.TOWN, "kind": ForceKind.GRASSROOTS,
                  "duty_phone": "000-6219", "people": 5, "ready_people": 3, **bad}
        wrong = forces.ForceFacts(**values)
        with pytest.raises(Refused):
            forces.add_force(own, wrong, by=SYSTEM)
    assert forces.edit_force(own, new.id, new, by=SYSTEM) == new
    due = upkeep.verify_record(own, Library.FORCE, new.id, by=SYSTEM)
    after = forces.force(own, new.id)
    assert (after.verified_at, after.verified_by, after.next_verify_due) == (NOW, "系统", due)


def test_an_empty_district_and_no_second_one(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "watchdesk.db", StillClock(NOW))
    empty_district(store, "新城区", seed_rules=seed_rules)
    assert store.value("select count(*) from rule") > 0
    assert store.value("select count(*) from check_item") == 15
    with pytest.raises(Refused):
        fill_sample(store)
    store.close()


@pytest.mark.parametrize("now", [datetime(2027, 1, 5, 0, 10, tzinfo=UTC),
                                 datetime(2027, 7, 1, 0, 40, tzinfo=UTC)])
def test_the_sample_is_alive_at_any_present(tmp_path: Path, now: datetime) -> None:
    store = filled(tmp_path, now)
    numbers = [r[0] for r in store.read("select number from event where origin <> 'past'"
                                          " order by received_at")]
    assert numbers == sorted(numbers)
    store.close()
