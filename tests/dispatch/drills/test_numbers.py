"""Numbers given in a drill cannot be taken for the duty room's own: they begin with its mark."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db import search
from dispatch.after_action import read_after_action
from dispatch.after_action_export import after_action_data
from dispatch.dispatch_papers import order_paper
from dispatch.drills import acting
from dispatch.events import event_by_number, open_event
from dispatch.incoming import receive_paper
from dispatch.intake import Intake
from dispatch.log import entries
from dispatch.net.callouts import next_callout_number
from dispatch.orders import OrderLine, order_forces
from dispatch.printouts.order_sheet import order_sheet
from dispatch.printouts.plain import plain_text
from dispatch.terms import EventClass
from resources.people import SYSTEM, Officer
from tests.dispatch.drills.conftest import Running
from ui.shown import short_number

WHAT = Intake(EventClass.ACCIDENT, "hazmat", "氯气泄漏")


@pytest.fixture
def going(running: Running, director: Officer) -> Running:
    acting.start_drill(running.own, by=director)
    running.machine.move(timedelta(minutes=2))
    return running


def test_an_event_of_a_drill_carries_its_mark_wherever_its_number_goes(
        going: Running, director: Officer) -> None:
    own = going.own
    first, second = (open_event(own, WHAT, by=director) for _n in range(2))
    assert (first.number, second.number) == ("DRILL-2026-0001", "DRILL-2026-0002")
    assert event_by_number(own, second.number) == second
    force = own.value("select id from force")
    order = order_forces(own, second.id, [OrderLine(force, "去", 20)], by=director)[0]
    assert order.number == "DRILL-2026-0002-01"
    assert "DRILL-2026-0002" in plain_text(order_sheet(order_paper(own, second.id, by=director)))
    assert after_action_data(read_after_action(own, second.id))["number"] == "DRILL-2026-0002"
    assert second.number in {e.event_number for e in entries(own)}
    for typed in ("0002", "2026-0002", "drill", second.number):
        assert second.id in {h.id for h in search.find_names(own.db, typed) if h.kind == "event"}


def test_the_mark_is_given_once_with_the_store(going: Running, director: Officer) -> None:
    with going.own.change("test.mark", SYSTEM) as tx:
        tx.run("update setting set value = '演' where name = 'number_mark'")
    of = open_event(going.own, WHAT, by=director)
    assert of.number == "演2026-0001"
    assert [h.id for h in search.find_names(going.own.db, "演2026-0001")] == [of.id]
    assert short_number(of.number) == "演0001"


def test_a_drill_of_an_older_store_marks_what_is_new(going: Running, director: Officer) -> None:
    with going.own.change("test.older", SYSTEM) as tx:
        tx.run("delete from setting where name = 'number_mark'")
    assert open_event(going.own, WHAT, by=director).number == "DRILL-2026-0001"


def test_other_numbers_of_a_drill_are_marked_and_the_real_desk_s_are_not(
        going: Running, director: Officer) -> None:
    for store, mark in ((going.own, "DRILL-"), (going.real, "")):
        event = open_event(store, WHAT, by=director)
        paper = receive_paper(store, "关于演练", sender="市局", by=director)
        with store.change("test.number", SYSTEM) as tx:
            callout = next_callout_number(tx, store.clock.now())
        for number in (event.number, paper.number, callout):
            assert number.startswith(f"{mark}20" if number == event.number else mark)
            assert number.startswith("DRILL") == bool(mark)
    assert short_number("2026-0147") == "0147"
    assert short_number("H2016-0001") == "H0001"
