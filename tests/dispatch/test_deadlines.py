from datetime import timedelta

import pytest

from db.errors import Refused
from db.store import Store
from dispatch.deadlines import Act, Severity, acknowledge, due_list, note_overdue
from dispatch.instructions import give_feedback, pass_on, record_instruction
from dispatch.log import entries
from dispatch.orders import OrderLine, order_forces, stamp_stage
from dispatch.proposals import propose
from dispatch.reminders import add_reminder, finish_reminder
from dispatch.statistics import SafeDayEffect, count_safe_days, situation
from dispatch.terms import EntryKind, Stage
from dispatch.timeline import intervals, lanes, spread
from dispatch.warnings import in_force, issue_warning, lift_warning
from tests.builders import NIGHT, a_force, an_event, an_officer, an_officer_row, clock_of

BY = an_officer()
MINUTE = timedelta(minutes=1)


def acts(store: Store) -> dict[Act, Severity]:
    return {d.act: d.severity for d in due_list(store, store.clock.now())}


def test_an_overdue_force_is_noted_once_and_acknowledged_by_name(store: Store) -> None:
    by = an_officer_row(store)
    made = an_event(store)
    order = order_forces(store, made.id, [OrderLine(a_force(store))], by=by)[0]
    assert acts(store)[Act.STAGE] == Severity.URGENT
    clock_of(store).move(11 * MINUTE)
    assert [d.ref for d in note_overdue(store, store.clock.now())] == [order.id]
    assert note_overdue(store, store.clock.now()) == []
    assert entries(store, kinds=[EntryKind.ALARM])[0].officer == "系统"
    clock_of(store).move(10 * MINUTE)
    assert acts(store)[Act.STAGE] == Severity.ESCALATED
    acknowledge(store, f"order:{order.id}", by=by)
    acknowledge(store, f"order:{order.id}", by=by)
    found = next(d for d in due_list(store, store.clock.now()) if d.act == Act.STAGE)
    assert (found.severity, found.acknowledged_by) == (Severity.OVERDUE, "王敏")
    stamp_stage(store, order.id, Stage.ARRIVED, by=by)
    assert Act.STAGE not in acts(store)


def test_instructions_reminders_and_warnings_come_and_go(store: Store) -> None:
    told = record_instruction(store, "全力救人", leader="李建国", by=BY)
    note = add_reminder(store, "回拨", NIGHT + 30 * MINUTE, by=BY)
    warned = issue_warning(store, "暴雨", 3, "市气象台", ends_at=NIGHT + 50 * MINUTE, by=BY)
    assert set(acts(store)) == {Act.INSTRUCTION, Act.REMINDER, Act.WARNING}
    assert [w.name for w in in_force(store, NIGHT)] == ["暴雨 Yellow"]
    assert pass_on(store, told.id, "消防大队", by=BY).passings[0].to_whom == "消防大队"
    give_feedback(store, told.id, "已落实", done=True, by=BY)
    finish_reminder(store, note.id, by=BY)
    clock_of(store).move(60 * MINUTE)
    assert acts(store) == {Act.WARNING: Severity.ESCALATED}
    lift_warning(store, warned.id, by=BY)
    assert acts(store) == {}
    for again in (lambda: give_feedback(store, told.id, "x", by=BY),
                  lambda: finish_reminder(store, note.id, by=BY),
                  lambda: lift_warning(store, warned.id, by=BY),
                  lambda: add_reminder(store, "x", NIGHT, by=BY)):
        with pytest.raises(Refused):
            again()


def test_intervals_lanes_and_spread(store: Store) -> None:
    order = order_forces(store, an_event(store).id, [OrderLine(a_force(store))], by=BY)[0]
    for stage in (Stage.CONFIRMED, Stage.DEPARTED, Stage.ARRIVED):
        clock_of(store).move(4 * MINUTE)
        order = stamp_stage(store, order.id, stage, by=BY)
    row = intervals([order])[0]
    assert (row.response, row.turn_out, row.travel, row.total, row.over) == (4, 8, 4, 12, 2)
    lane = lanes([order], clock_of(store).now() + MINUTE)[0]
    assert lane.segments[-1].running
    assert spread([None, *range(1, 11)]).p90 == 9
    assert spread([]).median is None


def test_proposals_put_fitting_near_and_free_first(store: Store) -> None:
    made = an_event(store)
    far = a_force(store, "远队", promised_minutes=None, lon=109.2)
    unfit = a_force(store, "无关队", capabilities='["潜水"]', promised_minutes=1)
    near, busy = a_force(store, "近队"), a_force(store, "忙队")
    with store.change("test.plan", BY) as tx:
        plan = tx.insert("plan", {"name": "道路交通预案", "kind": "special",
                                  "subtypes": '["road"]'})
        tx.insert("plan_need", {"plan_id": plan, "capability": "破拆", "quantity": 3})
    order_forces(store, an_event(store).id, [OrderLine(busy)], by=BY)
    found = propose(store, made.id)
    assert [p.force_id for p in found.forces] == [near, far, unfit, busy]
    assert [(s.capability, s.wanted, s.free) for s in found.short] == [("破拆", 3, 2)]
    assert "already out" in found.forces[-1].reason


def test_the_situation_counts_people_outside(store: Store) -> None:
    order = order_forces(store, an_event(store).id, [OrderLine(a_force(store))], by=BY)[0]
    assert situation(store, NIGHT).people_out == 12
    stamp_stage(store, order.id, Stage.DEPARTED, people=7, by=BY)
    now = situation(store, NIGHT)
    assert (now.people_out, now.forces_out, now.events_open) == (7, 1, 1)


def test_safe_days() -> None:
    day = NIGHT.date()
    start = (day - timedelta(days=9), SafeDayEffect.START)
    assert count_safe_days([], day) == 0
    assert count_safe_days([start], day) == 10
    assert count_safe_days([start, (day, SafeDayEffect.DAY_ZERO)], day) == 9
    assert count_safe_days([start, (day, SafeDayEffect.TOTAL_ZERO)], day) == 0
