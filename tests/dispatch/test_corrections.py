"""Wrong stage times are struck, people are counted, forces reinforce and are recalled."""

from datetime import timedelta

import pytest

from db.errors import Refused
from db.store import Store
from dispatch.corrections import correct_stamp, struck_stamps
from dispatch.log import entries
from dispatch.orders import Order, OrderLine, next_stage, order_forces, orders_of, stamp_stage
from dispatch.strength import count_scene, counts_of, on_scene
from dispatch.terms import EntryKind, Stage
from tests.builders import NIGHT, a_force, an_event, an_officer, clock_of

BY = an_officer()
MINUTE = timedelta(minutes=1)


def sent(store: Store, name: str = "消防三中队") -> Order:
    return order_forces(store, an_event(store).id, [OrderLine(a_force(store, name))], by=BY)[0]


def reached(store: Store, *stages: Stage) -> Order:
    made = sent(store)
    for stage in stages:
        clock_of(store).move(MINUTE)
        made = stamp_stage(store, made.id, stage, by=BY)
    return made


def test_a_wrong_stage_is_struck_and_the_order_stands_where_it_was(store: Store) -> None:
    made = reached(store, Stage.CONFIRMED, Stage.DEPARTED)
    made = correct_stamp(store, made.id, made.stamps[-1].id, reason="按错键", by=BY)
    assert made.stage is Stage.CONFIRMED
    assert made.at(Stage.DEPARTED) is None
    assert [(s.stage, s.reason) for s in struck_stamps(store, made.id)] == [
        (Stage.DEPARTED, "按错键")]
    line = entries(store, kinds=[EntryKind.STAGE], event=made.event_id)[0]
    assert line.struck
    clock_of(store).move(MINUTE)
    assert stamp_stage(store, made.id, Stage.DEPARTED, by=BY).stage is Stage.DEPARTED


def test_a_wrong_time_is_replaced_and_marked_as_back_filled(store: Store) -> None:
    made = reached(store, Stage.CONFIRMED, Stage.DEPARTED)
    made = correct_stamp(store, made.id, made.stamps[1].id, reason="听错时间",
                         at=NIGHT + MINUTE / 2, by=BY)
    assert made.at(Stage.CONFIRMED) == NIGHT + MINUTE / 2
    assert made.stage is Stage.DEPARTED
    again = next(s for s in made.stamps if s.stage is Stage.CONFIRMED)
    assert (again.backfilled, again.backfill_reason) == (True, "听错时间")


@pytest.mark.parametrize(("minutes", "word"), [(10, "comes before"), (-5, "before the order")])
def test_a_correction_keeps_the_order_of_stages(store: Store, minutes: int, word: str) -> None:
    made = reached(store, Stage.CONFIRMED, Stage.DEPARTED)
    clock_of(store).move(20 * MINUTE)
    with pytest.raises(Refused, match=word):
        correct_stamp(store, made.id, made.stamps[1].id, reason="x", at=NIGHT + minutes * MINUTE,
                      by=BY)
    assert struck_stamps(store, made.id) == []


def test_the_order_itself_a_second_strike_and_no_reason_are_refused(store: Store) -> None:
    made = reached(store, Stage.CONFIRMED)
    wrong = made.stamps[-1].id
    for stamp, reason in ((made.stamps[0].id, "x"), (wrong, " ")):
        with pytest.raises(Refused):
            correct_stamp(store, made.id, stamp, reason=reason, by=BY)
    correct_stamp(store, made.id, wrong, reason="x", by=BY)
    with pytest.raises(Refused, match="struck already"):
        correct_stamp(store, made.id, wrong, reason="x", by=BY)


def test_a_force_marked_home_by_mistake_is_out_again_unless_it_went_elsewhere(
        store: Store) -> None:
    made = reached(store, Stage.ARRIVED, Stage.RETURNED)
    home = made.stamps[-1].id
    other = an_event(store, "另一件")
    second = order_forces(store, other.id, [OrderLine(made.force_id)], by=BY)[0]
    with pytest.raises(Refused, match=other.number):
        correct_stamp(store, made.id, home, reason="x", by=BY)
    clock_of(store).move(MINUTE)
    stamp_stage(store, second.id, Stage.CANCELLED, by=BY)
    made = correct_stamp(store, made.id, home, reason="x", by=BY)
    assert made.out
    assert made.stage is Stage.ARRIVED


def test_a_skipped_stage_is_filled_in_without_moving_the_order(store: Store) -> None:
    made = reached(store, Stage.CONFIRMED, Stage.ARRIVED)
    clock_of(store).move(20 * MINUTE)
    made = stamp_stage(store, made.id, Stage.DEPARTED, at=NIGHT + 1.5 * MINUTE, people=3,
                       backfill_reason="电台中断", by=BY)
    assert (made.stage, made.people) == (Stage.ARRIVED, 12)
    assert [s.stage for s in made.stamps][2] is Stage.DEPARTED
    made = stamp_stage(store, made.id, Stage.RETURNED, by=BY)
    clock_of(store).move(MINUTE)
    made = stamp_stage(store, made.id, Stage.FINISHED, at=NIGHT + 10 * MINUTE, by=BY)
    assert (made.stage, made.out) == (Stage.RETURNED, False)


def test_two_officers_stamp_one_stage_and_the_second_is_told_of_the_first(store: Store) -> None:
    made = sent(store)
    stamp_stage(store, made.id, Stage.CONFIRMED, by=an_officer("赵强", row=8))
    with pytest.raises(Refused, match="赵强"):
        stamp_stage(store, made.id, Stage.CONFIRMED, by=BY)
    assert [s.stage for s in orders_of(store, made.event_id)[0].stamps].count(
        Stage.CONFIRMED) == 1


def test_a_clock_set_back_is_said_and_gives_no_negative_minutes(store: Store) -> None:
    made = reached(store, Stage.CONFIRMED)
    clock_of(store).move(-30 * MINUTE)
    with pytest.raises(Refused, match="the clock of this computer"):
        stamp_stage(store, made.id, Stage.DEPARTED, by=BY)


def test_a_recalled_force_is_on_its_way_back(store: Store) -> None:
    made = reached(store, Stage.DEPARTED)
    made = stamp_stage(store, made.id, Stage.RECALLED, note="险情已除", by=BY)
    assert made.out
    assert next_stage(made) is Stage.RETURNED
    clock_of(store).move(MINUTE)
    with pytest.raises(Refused, match="comes before"):
        stamp_stage(store, made.id, Stage.ARRIVED, by=BY)


def test_a_reinforcement_is_tied_to_the_first_order(store: Store) -> None:
    first = reached(store, Stage.ARRIVED)
    made = order_forces(store, first.event_id, [OrderLine(
        a_force(store, "二中队"), reinforces=first.id)], by=BY)[0]
    assert made.reinforces == first.number
    first = orders_of(store, first.event_id)[0]
    assert (first.stage, first.stamps[-1].stage) == (Stage.ARRIVED, Stage.REINFORCED)
    assert first.number in entries(store, kinds=[EntryKind.ORDER])[0].text


def test_people_are_counted_in_and_out_and_what_remains_is_known(store: Store) -> None:
    made = reached(store, Stage.ARRIVED)
    made = count_scene(store, made.id, people_in=6, vehicles_in=1, by=BY)
    made = count_scene(store, made.id, people_out=10, said_by="张队", by=BY)
    assert (made.people, made.vehicles) == (8, 4)
    assert on_scene([made]) == (8, 4)
    assert [c.people_out for c in counts_of(store, made.id)] == [0, 10]
    for wrong in ({"people_out": 9}, {"people_in": -1}, {}, {"vehicles_out": 5}):
        with pytest.raises(Refused):
            count_scene(store, made.id, by=BY, **wrong)
    assert len(counts_of(store, made.id)) == 2
