"""Past events come in whole: every row kept, the irregular ones flagged, nothing made up."""

from __future__ import annotations

import json

import pytest

from db import check
from db.errors import Cancelled, Refused
from db.store import Store
from dispatch.closing import reopen_event
from dispatch.events import Event, event, past_events
from dispatch.log import append_entry, entries
from dispatch.orders import forces_out
from dispatch.past.columns import match_past
from dispatch.past.orders import all_orders, past_lines
from dispatch.past.plan import plan_past
from dispatch.past.times import DayOrder
from dispatch.past.units import Flag
from dispatch.past.verbs import import_past, past_imports, undo_past
from dispatch.terms import EventClass, Stage
from dispatch.timeline import interval
from resources.exchange.books import read_book
from tests.builders import clock_of
from tests.dispatch.past.builders import BY, a_csv, a_plan, a_reading, a_row, an_import


def the_event(store: Store) -> Event:
    return past_events(store)[0]


def flags(store: Store) -> dict[int, set[str]]:
    return {r["row"]: set(r["flags"].split())
            for r in store.read("select row, flags from past_unit order by id")}


def test_a_call_of_two_forces_becomes_one_closed_event(store: Store) -> None:
    done = an_import(store, a_row(), a_row(unit="二中队", arrived=""))
    of = the_event(store)
    assert (done.rows, done.calls, done.irregular, done.repeated) == (2, 1, 1, 0)
    assert (of.number, of.origin, of.class_, of.subtype) == (
        "H2025-0001", "past", EventClass.ACCIDENT, "fire")
    assert of.title == "建筑火灾 人民路 8 号"
    first, second = all_orders(store, of.id)
    assert [s.stage for s in first.stamps] == [Stage.ORDERED, Stage.DEPARTED, Stage.ARRIVED,
                                               Stage.RETURNED]
    assert second.at(Stage.ARRIVED) is None
    assert flags(store)[3] == {Flag.NO_ARRIVED}
    took = interval(first)
    assert (took.response, took.turn_out, took.travel, took.total) == (None, 1.5, 5.5, 8)
    assert [line.words for line in past_lines(store, of.id)][:2] == ["Dispatched", "Dispatched"]
    assert forces_out(store) == []
    assert not any(o.out for o in (first, second))


def test_every_cell_of_every_row_is_kept_as_it_came(store: Store) -> None:
    data = a_csv((*a_row(), "三级火警"), ("", "", "", "", "昨天", "", "", "", "", "?"),
                 heads=("警情编号", "出动单位", "警情类型", "地址", "接警时间", "下达时间",
                        "出动时间", "到达时间", "归建时间", "别的"))
    import_past(store, plan_past(store, a_reading(data)), by=BY)
    kept = store.read("select * from past_unit order by row")
    assert json.loads(kept[0]["cells"])[-1] == "三级火警"
    assert json.loads(kept[1]["cells"])[4] == "昨天"
    assert kept[1]["event_id"] is None
    assert {Flag.NO_CALL, Flag.NO_UNIT, Flag.UNREADABLE, Flag.NO_TIME} <= flags(store)[3]


def test_what_runs_backwards_or_lies_ahead_is_flagged_and_not_counted(store: Store) -> None:
    an_import(store, a_row(departed="2025-03-02 23:50:00"),
              a_row("A2", arrived="2031-01-01 00:00:00"))
    found = flags(store)
    assert {Flag.OUT_OF_ORDER, Flag.BEFORE_CALL} <= found[2]
    assert Flag.FUTURE in found[3]
    of = store.value("select event_id from past_unit where row = 2")
    took = interval(all_orders(store, of)[0])
    assert took.turn_out is None
    assert took.travel == 16
    assert store.value("select event_id from past_unit where row = 3") is None


def test_the_same_file_is_refused_and_the_same_rows_are_not_counted_twice(store: Store) -> None:
    an_import(store, a_row(), a_row(unit="二中队"))
    with pytest.raises(Refused, match="imported on"):
        an_import(store, a_row(), a_row(unit="二中队"))
    done = an_import(store, a_row(), a_row(unit="三中队"),
                     a_row(unit="二中队", arrived="2025-03-03 00:09:00"), name="另一份.csv")
    assert (done.rows, done.repeated) == (3, 2)
    assert len(past_events(store)) == 1
    assert [o.force_name for o in all_orders(store, the_event(store).id)] == [
        "一中队", "二中队", "三中队"]
    third = store.read("select flags from past_unit where import_id = :id order by row", id=done.id)
    assert [r["flags"] for r in third] == ["repeated", "", "differs"]


def test_a_second_dispatch_counts_and_a_line_written_twice_does_not(store: Store) -> None:
    an_import(store, a_row(), a_row(), a_row(ordered="2025-03-03 00:30:00",
                                             departed="2025-03-03 00:31:00",
                                             arrived="2025-03-03 00:40:00"))
    assert len(all_orders(store, the_event(store).id)) == 2
    assert flags(store)[3] == {Flag.REPEATED}


def test_a_number_that_starts_anew_is_another_call(store: Store) -> None:
    later = "2025-09-01 08:00:00"
    an_import(store, a_row("1"), a_row("1", "一中队", later, later, later, later, later))
    assert [e.number for e in past_events(store)] == ["H2025-0002", "H2025-0001"]


def test_a_cancelled_import_leaves_nothing(store: Store) -> None:
    plan, before = a_plan(store, a_row()), store.value("select count(*) from change")
    with pytest.raises(Cancelled):
        import_past(store, plan, by=BY, progress=lambda _done, _of: False)
    assert store.value("select count(*) from past_unit") == 0
    assert store.value("select count(*) from change") == before


def test_one_step_takes_an_import_back(store: Store) -> None:
    first = an_import(store, a_row(), a_row(unit="二中队"))
    second = an_import(store, a_row(), name="另一份.csv")
    with pytest.raises(Refused, match="另一份"):
        undo_past(store, first.id, by=BY)
    assert undo_past(store, second.id, by=BY) == 1
    assert undo_past(store, first.id, by=BY) == 2
    assert past_events(store) == []
    assert store.value("select count(*) from past_unit") == 0
    assert [i.undone_at is not None for i in past_imports(store)] == [True, True]
    with pytest.raises(Refused, match="taken back"):
        undo_past(store, first.id, by=BY)
    assert check.check(store.path) == []
    assert an_import(store, a_row(), a_row(unit="二中队")).repeated == 0


def test_an_event_that_was_worked_on_is_not_taken_back(store: Store) -> None:
    done = an_import(store, a_row())
    append_entry(store, "调阅档案", event=the_event(store).id, by=BY)
    with pytest.raises(Refused, match="H2025-0001"):
        undo_past(store, done.id, by=BY)


def test_past_events_stay_out_of_live_duty(store: Store) -> None:
    an_import(store, a_row())
    of = the_event(store)
    with pytest.raises(Refused, match="stays closed"):
        reopen_event(store, of.id, reason="x", by=BY)
    assert event(store, of.id).closed_at is not None
    assert store.value("select count(*) from sending") == 0
    assert len(entries(store)) == 1
    assert clock_of(store).now() > of.received_at


def test_what_a_file_must_say_is_said(store: Store) -> None:
    for data, words in ((a_csv(("1", "2"), heads=("甲", "乙")), "No columns"),
                        (a_csv(("1", "2"), heads=("警情编号", "地址")), "No columns"),
                        (a_csv(("A", "昨天"), heads=("警情编号", "接警时间")), "No time"),
                        (a_csv(("A", "03/04/2017 10:00"), heads=("警情编号", "接警时间")),
                         "two ways")):
        with pytest.raises(Refused, match=words):
            plan_past(store, a_reading(data))
    data = a_csv(("A", "03/04/2017 10:00"), heads=("警情编号", "接警时间"))
    assert a_reading(data, order=DayOrder.DAY_FIRST).units[0].times["received"].month == 4


def test_a_person_says_which_column_is_what() -> None:
    data = a_csv(("A", "一队", "2025-01-01 08:00", "2025-01-01 08:09"),
                 heads=("警情编号", "出动单位", "接警时间", "抵达"))
    chosen = {"抵达": "arrived", "出动单位": ""}
    unit = a_reading(data, chosen=chosen).units[0]
    assert set(unit.times) == {"received", "arrived"}
    assert unit.unit == ""
    with pytest.raises(Refused, match="no field"):
        match_past(read_book("x.csv", data), {"抵达": "there"})
    with pytest.raises(Refused, match="cannot both"):
        match_past(read_book("x.csv", data), {"抵达": "arrived", "接警时间": "arrived"})
