"""Care of equipment, plans and what waits: by the rule rows and the calendar of working days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db.errors import Refused
from db.store import Store
from dispatch.deadlines import Act, due_list
from resources import care, plan_keeping, plans
from resources.equipment import EquipmentId, piece
from resources.keeping import add_record
from resources.people import Role
from resources.plans import Need, PlanId
from resources.records import Library
from resources.terms import EquipmentStatus
from resources.upkeep import upkeep
from resources.waiting import Wait, by_owner, digest, waiting
from resources.workdays import add_working_days, is_working
from tests.builders import an_officer

KEEPER = an_officer("冯秀英", Role.KEEPER)
TODAY = date(2026, 11, 23)


def a_pump(store: Store) -> EquipmentId:
    return EquipmentId(add_record(store, Library.EQUIPMENT, {"name": "水泵"}, by=KEEPER))


def a_plan(store: Store) -> PlanId:
    return PlanId(add_record(store, Library.PLAN, {"name": "防汛预案", "kind": "special",
                                                   "version": "1.0", "issued_on": "2025-09-01",
                                                   "filed_on": "2025-09-20"}, by=KEEPER))


def test_working_days_know_the_swapped_ones() -> None:
    assert not is_working(date(2025, 10, 1))
    assert is_working(date(2025, 9, 28))  # a Sunday worked for the National Day
    assert add_working_days(date(2025, 9, 26), 3) == date(2025, 9, 30)


def test_an_inspection_sets_the_next_by_the_rule(store: Store) -> None:
    pump = a_pump(store)
    assert care.record_check(store, pump, "inspection", date(2026, 8, 31), passed=False,
                             inspector="何平", by=KEEPER) == date(2027, 2, 28)
    assert piece(store, pump).status == EquipmentStatus.WAITING
    assert [c.passed for c in care.checks_of(store, pump)] == [False]
    with pytest.raises(Refused, match="still to come"):
        care.record_check(store, pump, "test", TODAY + timedelta(days=1), passed=True,
                          inspector="何平", by=KEEPER)


def test_repair_and_lending_follow_one_another(store: Store) -> None:
    pump = a_pump(store)
    repair = care.begin_repair(store, pump, "漏油", by=KEEPER)
    with pytest.raises(Refused, match="not ready"):
        care.lend_equipment(store, pump, "石渠镇", TODAY, by=KEEPER)
    care.end_repair(store, repair, "换密封圈", cost=120, by=KEEPER)
    loan = care.lend_equipment(store, pump, "石渠镇", TODAY, by=KEEPER)
    assert [(w.wait, w.owner) for w in waiting(store, TODAY)] == [(Wait.BACK, "石渠镇")]
    with pytest.raises(Refused, match="lent out"):
        care.set_status(store, pump, EquipmentStatus.READY, by=KEEPER)
    care.take_back_equipment(store, loan, "外壳破损", intact=False, by=KEEPER)
    assert piece(store, pump).status == EquipmentStatus.WAITING
    assert care.loans(store, pump) == []
    assert care.loans(store, pump, past=True)[0].condition_back == "外壳破损"


def test_a_new_version_is_to_be_filed_in_twenty_working_days(store: Store) -> None:
    one = a_plan(store)
    due = plan_keeping.issue_version(store, one, "2.0", date(2026, 10, 30), signed_by="周宁",
                                     by=KEEPER)
    assert due == date(2026, 11, 27)
    assert [v.version for v in plan_keeping.versions(store, one)] == ["1.0"]
    assert [(w.wait, w.due) for w in waiting(store, TODAY)] == [(Wait.FILE, due)]
    plan_keeping.file_plan(store, one, date(2026, 11, 20), filed_with="市应急管理局",
                           number="BA-9", by=KEEPER)
    assert waiting(store, TODAY) == []
    assert plan_keeping.evaluate_plan(store, one, TODAY, by=KEEPER) == date(2029, 11, 23)


def test_a_plans_levels_steps_and_needs(store: Store) -> None:
    one = a_plan(store)
    plan_keeping.set_response(store, one, [plan_keeping.Level(1, "主任")], ["核实", " "], by=KEEPER)
    assert plan_keeping.levels(store, one)[0].approver == "主任"
    assert plan_keeping.steps(store, one) == ["核实"]
    plan_keeping.set_needs(store, one, [Need("灭火", 2, "force")], by=KEEPER)
    assert plans.needs(store, one) == [Need("灭火", 2, "force")]
    with pytest.raises(Refused):
        plan_keeping.set_needs(store, one, [Need("飞天", 1, "force")], by=KEEPER)


def test_the_lists_agree_with_the_counts(sample: Store) -> None:
    found, counts = waiting(sample, TODAY), upkeep(sample, TODAY)
    told = {d.wait: d.count for d in digest(found)}
    assert told[Wait.STALE] == sum(counts.stale.values())
    assert (told[Wait.EXPIRED], told[Wait.EXPIRING], told[Wait.SHORT], told[Wait.INSPECT]) == (
        counts.expired, counts.expiring, counts.short, counts.inspections)
    assert sum(map(len, by_owner(found).values())) == len(found)


def test_what_is_due_has_one_line_for_each_reason_after_the_desks_own(sample: Store) -> None:
    listed = due_list(sample, sample.clock.now())
    acts = [d.act for d in listed]
    first = acts.index(Act.UPKEEP)
    assert set(acts[first:]) <= {Act.UPKEEP, Act.DRILL}  # what the office owes comes last
    assert len({d.key for d in listed[first:]}) == len(acts) - first
    assert not any(d.overdue for d in listed[first:])
