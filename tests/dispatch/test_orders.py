from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Refused
from db.store import Store
from dispatch.log import entries
from dispatch.orders import (
    Order,
    OrderLine,
    Stamp,
    check_stage,
    forces_out,
    next_stage,
    order_forces,
    orders_of,
    stamp_stage,
)
from dispatch.terms import MAIN_STAGES, EntryKind, Stage
from tests.builders import NIGHT, a_force, an_event, an_officer, clock_of

BY = an_officer()
MINUTE = timedelta(minutes=1)


def an_order(store: Store, **columns: object) -> Order:
    event = an_event(store)
    return order_forces(store, event.id, [OrderLine(a_force(store, **columns))], by=BY)[0]


def test_an_order_is_numbered_promised_and_logged(store: Store) -> None:
    made = an_order(store)
    assert made.number == f"{made.event_number}-01"
    assert made.promised_at == NIGHT + 10 * MINUTE
    assert made.distance_m == pytest.approx(2880, abs=20)
    assert [e.order_id for e in entries(store, kinds=[EntryKind.ORDER])] == [made.id]


def test_one_key_walks_through_all_stages(store: Store) -> None:
    made = an_order(store)
    while (stage := next_stage(made)) is not None:
        clock_of(store).move(MINUTE)
        made = stamp_stage(store, made.id, stage, by=BY)
    assert [s.stage for s in made.stamps] == list(MAIN_STAGES)
    assert made.ended_at == clock_of(store).now()
    assert forces_out(store) == []
    assert len(entries(store, kinds=[EntryKind.STAGE])) == len(MAIN_STAGES) - 1


def test_skipped_stages_stay_empty(store: Store) -> None:
    made = stamp_stage(store, an_order(store).id, Stage.ARRIVED, by=BY)
    assert made.at(Stage.DEPARTED) is None
    assert next_stage(made) == Stage.DEPLOYED


@pytest.mark.parametrize(("stage", "minutes", "word"), [
    (Stage.ARRIVED, -1, "before the order"), (Stage.ARRIVED, 3, "before the last stage"),
    (Stage.ARRIVED, 60, "future"), (Stage.DEPARTED, 6, "already stamped"),
    (Stage.MUSTERED, 6, "comes before"), (Stage.REFUSED, 6, "cannot refuse")])
def test_impossible_stamps(store: Store, stage: Stage, minutes: int, word: str) -> None:
    made = an_order(store)
    clock_of(store).move(10 * MINUTE)
    stamp_stage(store, made.id, Stage.DEPARTED, at=NIGHT + 5 * MINUTE, said_by="张队", by=BY)
    before = orders_of(store, made.event_id)
    with pytest.raises(Refused, match=word):
        stamp_stage(store, made.id, stage, at=NIGHT + minutes * MINUTE, by=BY)
    assert orders_of(store, made.event_id) == before


def test_a_repeated_stage_names_who_said_it(store: Store) -> None:
    made = stamp_stage(store, an_order(store).id, Stage.CONFIRMED, said_by="张队", by=BY)
    with pytest.raises(Refused, match="张队"):
        stamp_stage(store, made.id, Stage.CONFIRMED, by=BY)


@pytest.mark.parametrize("end", [Stage.REFUSED, Stage.CANCELLED, Stage.RETURNED])
def test_an_ended_order_takes_no_more_stages_but_frees_the_force(store: Store, end: Stage) -> None:
    made = stamp_stage(store, an_order(store).id, end, by=BY)
    with pytest.raises(Refused, match="no longer out"):
        stamp_stage(store, made.id, Stage.ARRIVED, by=BY)
    again = order_forces(store, made.event_id, [OrderLine(made.force_id)], by=BY)
    assert again[0].number.endswith("-02")


def test_reinforcement_adds_people_without_moving_the_stage(store: Store) -> None:
    made = stamp_stage(store, an_order(store).id, Stage.ARRIVED, people=6, by=BY)
    made = stamp_stage(store, made.id, Stage.REINFORCED, people=14, by=BY)
    assert (made.stage, made.people) == (Stage.ARRIVED, 14)


def test_a_force_that_is_out_says_where(store: Store) -> None:
    first = an_order(store)
    other = an_event(store, "小区停电")
    line = [OrderLine(first.force_id)]
    with pytest.raises(Refused, match=f"already out: event {first.event_number}"):
        order_forces(store, other.id, line, by=BY)
    assert order_forces(store, other.id, line, also_out=True, by=BY)
    with pytest.raises(Refused, match="already out"):
        order_forces(store, other.id, line, also_out=True, by=BY)


def test_lines_that_are_refused_leave_nothing(store: Store) -> None:
    event, good = an_event(store), a_force(store)
    bad = {"twice": [OrderLine(good), OrderLine(good)], "at least": [],
           "out of service": [OrderLine(good), OrderLine(a_force(store, "停用队", status="off"))],
           "start at 1": [OrderLine(good, promised_minutes=0)]}
    for word, lines in bad.items():
        with pytest.raises(Refused, match=word):
            order_forces(store, event.id, lines, by=BY)
    assert orders_of(store, event.id) == []


def test_a_late_stamp_is_marked(store: Store) -> None:
    made = an_order(store)
    clock_of(store).move(30 * MINUTE)
    made = stamp_stage(store, made.id, Stage.CONFIRMED, at=NIGHT + MINUTE, by=BY)
    assert made.stamps[-1].backfilled
    assert entries(store, kinds=[EntryKind.STAGE])[0].backfilled


def pure_order(stamps: list[Stamp]) -> Order:
    ended = bool(stamps) and stamps[-1].stage == Stage.RETURNED
    last = max((s.stage for s in stamps), key=MAIN_STAGES.index, default=Stage.ORDERED)
    return Order(1, "n", 1, "2026-0001", "x", 1, "队", "fire", "", "", NIGHT, 10, None,  # type: ignore[arg-type]
                 None, None, last,
                 stamps[-1].at if ended else None, "", tuple(stamps))


@given(st.lists(st.tuples(st.sampled_from(MAIN_STAGES[1:]), st.integers(-5, 60)), max_size=12))
def test_whatever_is_accepted_is_in_order(tries: list[tuple[Stage, int]]) -> None:
    stamps = [Stamp(0, 1, Stage.ORDERED, NIGHT, NIGHT, "", "", None, None, "", False, "")]  # type: ignore[arg-type]
    for stage, minutes in tries:
        at = NIGHT + minutes * MINUTE
        try:
            check_stage(pure_order(stamps), stage, at)
        except Refused:
            continue
        stamps.append(Stamp(0, 1, stage, at, at, "", "", None, None, "", False, ""))  # type: ignore[arg-type]
    stamps.sort(key=lambda s: (s.at, MAIN_STAGES.index(s.stage)))
    places = [MAIN_STAGES.index(s.stage) for s in stamps]
    assert places == sorted(set(places))
