"""What cannot be is refused in words that say where and what to do; nothing is half done."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from db.errors import Cancelled, Refused
from db.store import FILE_NAME, Store
from dispatch.drills import acting
from dispatch.drills.exchange import read_scenario, write_scenario
from dispatch.drills.keeping import (
    abandon_drill,
    drill,
    drills,
    prepare_drill,
    put_scenario,
    scenario,
    scenario_named,
)
from dispatch.drills.making import make_store
from dispatch.drills.opening import open_drill
from dispatch.drills.record import read_record
from dispatch.drills.scenario import Aim, Inject
from dispatch.drills.script import read_script, seconds_of
from dispatch.drills.sealing import seal_drill
from dispatch.drills.shipped import all_shipped, shipped
from dispatch.drills.terms import DrillState, Part, Point
from resources.people import Officer, Role
from tests.builders import an_officer
from tests.dispatch.drills.conftest import Running

LEAK = shipped("hazmat-leak", "zh_CN")


def test_an_inject_before_the_start_is_refused(district: Store, director: Officer) -> None:
    early = replace(LEAK, code="early", injects=(Inject(1, -60.0, "来电"),))
    with pytest.raises(Refused, match="Inject 1 lies before the start"):
        put_scenario(district, early, by=director)
    with pytest.raises(Refused, match=r"Row 2: -1:00 lies before the start"):
        read_script("time,act,target,text\n-1:00,inject,1,\n")


@pytest.mark.parametrize(("change", "says"), [
    ({"aims": ()}, "has no aims"), ({"injects": ()}, "has no injects"),
    ({"safety": ()}, "no safety measure"),
    ({"people": tuple(p for p in LEAK.people if p.part is not Part.EVALUATOR)}, "evaluates"),
    ({"aims": (Aim("值班员", "", "首报", "15 分钟"),)}, "Aim 1 cannot be measured"),
    ({"aims": (Aim("值", "夜", "报", "快", Point.ORDER, Point.START, 5),)}, "later point"),
    ({"minutes": 30.0}, "after the planned end")])
def test_a_scenario_that_is_not_complete_is_kept_but_not_run(
        district: Store, director: Officer, change: dict[str, object], says: str) -> None:
    half = replace(LEAK, code="half", **change)  # type: ignore[arg-type]
    new = put_scenario(district, half, by=director)
    before = len(drills(district))
    with pytest.raises(Refused, match=says):
        prepare_drill(district, new, by=director)
    assert len(drills(district)) == before
    assert scenario(district, new).scenario == half


def test_a_drill_ends_once(running: Running, director: Officer) -> None:
    own = running.own
    with pytest.raises(Refused, match="has not begun"):
        acting.end_drill(own, by=director)
    acting.start_drill(own, by=director)
    with pytest.raises(Refused, match="started already"):
        acting.start_drill(own, by=director)
    running.machine.move(timedelta(minutes=3))
    acting.end_drill(own, by=director)
    with pytest.raises(Refused, match=r"ended already, at T\+00:03:00"):
        acting.end_drill(own, by=director)
    with pytest.raises(Refused, match="is over"):
        acting.add_mark(own, "太晚", by=director)
    seal_drill(running.real, own, running.drill.id, by=director)
    with pytest.raises(Refused, match="sealed already"):
        seal_drill(running.real, own, running.drill.id, by=director)


def test_a_script_may_end_only_once() -> None:
    with pytest.raises(Refused, match="Row 3: the drill ends only once"):
        read_script("time,act,target,text\n1:00,end,,\n2:00,end,,\n")
    with pytest.raises(Refused, match="nothing comes after"):
        read_script("time,act,target,text\n1:00,end,,\n2:00,mark,,晚\n")


def test_a_store_that_was_moved_or_changed_for_another_is_named(
        running: Running, director: Officer) -> None:
    running.own.close()
    home = running.drill.folder
    home.rename(home.with_name("elsewhere"))
    with pytest.raises(Refused, match="moved or deleted"):
        open_drill(running.drill, running.machine)
    other = prepare_drill(running.real, running.drill.scenario_id, by=director)
    shutil.copytree(home.with_name("elsewhere"), other.folder)
    with pytest.raises(Refused, match="holds another store"):
        open_drill(other, running.machine)
    given_up = abandon_drill(running.real, running.drill.id, "文件夹丢失", by=director)
    assert given_up.state is DrillState.ABANDONED
    with pytest.raises(Refused, match="no sealed record"):
        read_record(running.real, running.drill.id)
    home.with_name("elsewhere").rename(home)
    running.own = Store.open(home / FILE_NAME, running.machine)


def test_what_cannot_follow_is_refused(running: Running, director: Officer) -> None:
    own = running.own
    with pytest.raises(Refused, match="has not begun"):
        acting.give_inject(own, 1, by=director)
    acting.start_drill(own, by=director)
    with pytest.raises(Refused, match="no inject 99"):
        acting.give_inject(own, 99, by=director)
    with pytest.raises(Refused, match="was not given yet"):
        acting.stamp_action(own, 2, 1, by=director)
    acting.give_inject(own, 2, by=director)
    with pytest.raises(Refused, match="given already"):
        acting.give_inject(own, 2, by=director)
    with pytest.raises(Refused, match="no expected action 9"):
        acting.stamp_action(own, 2, 9, by=director)
    with pytest.raises(Refused, match="Only a table-top drill"):
        acting.set_speed(own, 10.0, by=director)
    with pytest.raises(Refused, match="No stamp is left"):
        acting.unstamp(own, by=director)
    acting.pause_drill(own, by=director)
    with pytest.raises(Refused, match="is paused"):
        acting.give_inject(own, 1, by=director)
    with pytest.raises(Refused, match="takes the role"):
        acting.add_mark(own, "看", by=an_officer("观摩", Role.VIEWER))


def test_the_real_desk_runs_no_drill_and_a_drill_prepares_none(running: Running,
                                                               director: Officer) -> None:
    with pytest.raises(Refused, match="real desk"):
        acting.start_drill(running.real, by=director)
    kept = scenario_named(running.own, "hazmat-leak", "zh_CN")
    with pytest.raises(Refused, match="is a drill already"):
        prepare_drill(running.own, kept.id, by=director)


@pytest.mark.parametrize("text", [" ", "abc", "5:99", "1:60:00", "--5", "1:2:3:4", "1e9"])
def test_a_time_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        seconds_of(text)


def test_scenarios_go_out_as_xlsx_and_come_back_the_same(district: Store) -> None:
    for of in all_shipped():
        assert read_scenario("x.xlsx", write_scenario(of)) == of
    assert drill(district, drills(district)[0].id).scenario.aims


@pytest.mark.parametrize(("data", "says"), [
    (b"", "is empty"), (b"a,b\n1,2\n", "no sheet"), (b"PK\x03\x04garbage", "damaged|read|zip")])
def test_a_file_that_is_no_scenario_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_scenario("x.xlsx", data)


def test_a_cell_that_is_wrong_is_named_by_sheet_and_row() -> None:
    import io

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("概要")
    for row, cells in enumerate([("代码", "x"), ("名称", "演练"), ("事件类型", "[hazmat]"),
                                 ("计划时长（分钟）", 60)]):
        page.write_row(row, 0, cells)
    for title in ("目的", "组织", "安全"):
        book.add_worksheet(title)
    page = book.add_worksheet("注入")
    page.write_row(0, 0, ["序号", "计划 T+", "注入内容"])
    page.write_row(1, 0, [1, "5:00", "来电"])
    page.write_row(2, 0, [2, "五分钟", "来电"])
    book.close()
    with pytest.raises(Refused, match="Sheet 注入, row 3: 五分钟"):
        read_scenario("x.xlsx", out.getvalue())


def test_making_a_drill_that_is_stopped_leaves_nothing_and_can_be_begun_again(
        district: Store, director: Officer) -> None:
    made = prepare_drill(district, scenario_named(district, "hazmat-leak", "zh_CN").id,
                         by=director)

    def stop(part: float) -> None:
        if part > 0.3:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        make_store(district.path, made, district.clock, stop)
    assert not made.folder.exists()
    assert list(made.folder.parent.iterdir()) == []
    make_store(district.path, made, district.clock, lambda _part: None)
    open_drill(made, district.clock).close()
