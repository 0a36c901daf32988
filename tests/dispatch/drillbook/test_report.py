"""The report of a drill: intervals from the record, its papers, actions and their deadlines."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from python_calamine import CalamineWorkbook

from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.deadlines import due_list
from dispatch.drillbook.actions import (
    action,
    actions_of,
    add_action,
    close_action,
    edit_action,
    reopen_action,
)
from dispatch.drillbook.compare import Line, comparison, drill_course, event_course, same_scenario
from dispatch.drillbook.compare_papers import best_of, compare_paper
from dispatch.drillbook.evaluations import begin_sheet
from dispatch.drillbook.measures import Outcome, Source, hours, length, measures, signed
from dispatch.drillbook.report import drill_report
from dispatch.drillbook.report_papers import drill_report_paper
from dispatch.drillbook.report_words import write_words
from dispatch.drills.terms import Point
from dispatch.events import event
from dispatch.orders import OrderLine, order_forces, stamp_stage
from dispatch.printing import Finding, verify_code
from dispatch.printouts.drill_compare_sheet import drill_compare_sheet
from dispatch.printouts.drill_report_sheet import drill_report_sheet
from dispatch.printouts.formats import sheet_bytes
from dispatch.printouts.plain import plain_text
from dispatch.terms import Stage
from resources.localtime import local_day
from tests.builders import a_force, an_event, an_officer, clock_of
from tests.dispatch.drillbook.builders import (
    DIRECTOR,
    POINTS,
    a_record,
    a_sealed_drill,
    say,
    the_templates,
)
from ui.places import fonts_folder

MENDED = {"problem": "堵漏工具规格不全", "measure": "补齐 DN80 堵漏套具", "owner": "冯秀英"}


def test_every_interval_is_the_difference_of_its_times_in_the_record() -> None:
    found = measures(a_record(), {(Point.REPORTED, Point.FIRST_REPORT): (900, "x")})
    by = {(m.source, m.name): m for m in found}
    aim = by[Source.AIM, "值班员 首报"]
    assert (aim.actual, aim.norm, aim.outcome) == (
        POINTS[Point.FIRST_REPORT] - POINTS[Point.REPORTED], 600, Outcome.MET)
    scene = by[Source.AIM, "消防一中队 到场"]
    assert (scene.actual, scene.over) == (1380, 180)
    tools = by[Source.ACTION, "改用备选"]
    assert (tools.actual, tools.norm, tools.over) == (378, 300, 78)
    assert by[Source.ACTION, "报告指挥中心"].outcome is Outcome.MISSING
    assert by[Source.FORCE, "消防一中队"].over == 1380 - 15 * 60
    control = next(m for m in found if m.since == t("point|On scene"))
    assert (control.actual, control.blind) == (900, 35)


def test_an_aim_takes_the_place_of_the_usual_interval() -> None:
    norm = {(Point.REPORTED, Point.FIRST_REPORT): (900.0, "x")}
    pairs = [(m.since, m.until) for m in measures(a_record(), norm)
             if m.source in (Source.AIM, Source.POINT)]
    assert len(pairs) == len(set(pairs))


def test_times_are_said_as_on_the_drill_clock() -> None:
    assert [hours(0), hours(2500), hours(-5)] == ["00:00:00", "00:41:40", "−00:00:05"]
    assert [signed(70), signed(-5), signed(None)] == ["+01:10", "−00:05", ""]
    assert [length(725), length(4325), length(None)] == ["12:05", "1:12:05", "—"]


def test_the_report_says_what_was_and_carries_a_code_that_holds(store: Store) -> None:
    drill = a_sealed_drill(store)
    sheet = begin_sheet(store, drill, the_templates(store)[0].id, "周远", by=DIRECTOR)
    say(store, sheet, no={"A2-05": "响应级别启动偏晚"})
    write_words(store, drill, {"lessons": "夜间通信要双备份", "advice": "增配堵漏工具"},
                by=DIRECTOR)
    add_action(store, drill, MENDED, by=DIRECTOR)
    facts = drill_report_paper(store, drill, by=DIRECTOR)
    words = plain_text(drill_report_sheet(facts))
    for said in ("液氨泄漏综合演练", "响应级别启动偏晚", "夜间通信要双备份", "增配堵漏工具",
                 "补齐 DN80 堵漏套具", "+01:10", "03:20"):
        assert said in words
    assert drill_report_sheet(facts).watermark == t("paper|DRILL")
    assert facts.score == t("paper|{points} of 100, {grade}", points="98",
                             grade=t("grade|Excellent"))
    assert verify_code(store, facts.code).finding is Finding.INTACT
    assert drill_report_paper(store, drill, by=DIRECTOR).code == facts.code


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".xlsx"])
def test_the_report_goes_out_in_each_form(store: Store, ending: str) -> None:
    facts = drill_report_paper(store, a_sealed_drill(store), by=DIRECTOR)
    made = sheet_bytes(drill_report_sheet(facts), ending, fonts_folder())
    if ending == ".pdf":
        assert made.startswith(b"%PDF")
    elif ending == ".docx":
        paper = docx.Document(BytesIO(made))
        assert any("堵漏工具不匹配" in c.text for x in paper.tables for r in x.rows
                   for c in r.cells)
    else:
        book = CalamineWorkbook.from_filelike(BytesIO(made))
        assert len(book.sheet_names) == 13
        cells = [c for name in book.sheet_names
                 for row in book.get_sheet_by_name(name).to_python() for c in row]
        assert any("堵漏工具不匹配" in str(c) for c in cells)
        assert any(isinstance(c, float) for c in cells)


def test_a_drill_that_was_not_sealed_has_no_report(store: Store) -> None:
    with pytest.raises(Refused):
        drill_report(store, 99)


# corrective actions


def test_actions_are_due_until_they_are_closed_and_can_be_opened_again(store: Store) -> None:
    drill = a_sealed_drill(store)
    made = add_action(store, drill, MENDED, by=DIRECTOR)
    assert action(store, made).due_on == local_day(store.clock.now()) + timedelta(days=30)
    assert f"drillaction:{made}" in {d.key for d in due_list(store, store.clock.now())}
    clock_of(store).move(timedelta(days=40))
    due = next(d for d in due_list(store, store.clock.now()) if d.key == f"drillaction:{made}")
    assert "10" in due.detail
    assert not due.overdue
    with pytest.raises(Refused) as found:
        close_action(store, made, " ", by=DIRECTOR)
    assert found.value.field == "result"
    close_action(store, made, "已购置入库", "刘明远", by=DIRECTOR)
    assert f"drillaction:{made}" not in {d.key for d in due_list(store, store.clock.now())}
    with pytest.raises(Refused):
        edit_action(store, made, {"owner": "别人"}, by=DIRECTOR)
    reopen_action(store, made, by=DIRECTOR)
    edit_action(store, made, {"owner": "别人"}, by=DIRECTOR)
    assert [a.owner for a in actions_of(store, drill)] == ["别人"]


def test_an_action_needs_measure_person_and_a_day_to_come(store: Store) -> None:
    drill = a_sealed_drill(store)
    for name, value in (("measure", ""), ("owner", ""), ("due_on", "2020-01-01")):
        with pytest.raises(Refused) as found:
            add_action(store, drill, {**MENDED, name: value}, by=DIRECTOR)
        assert found.value.field == name


# comparison


def test_drills_of_one_scenario_are_laid_side_by_side(store: Store) -> None:
    first = a_sealed_drill(store)
    second = a_sealed_drill(store, number="YL-2026-02", slower=1.5)
    assert [int(d.id) for d in same_scenario(store, first)] == [second, first]
    both = comparison(store, [first, second])
    arrived = next(x for x in both.points if x.until is Point.ARRIVED)
    assert arrived.values == (1470, 1470 * 1.5)
    ordered = next(x for x in both.intervals if (x.since, x.until) == (Point.ORDER, Point.ARRIVED))
    assert best_of(ordered) == (0,)
    words = plain_text(drill_compare_sheet(compare_paper(store, both)))
    assert "YL-2026-02" in words
    assert "23:00" in words
    with pytest.raises(Refused):
        comparison(store, [first])


def test_a_real_event_is_compared_by_its_own_log_and_stages(store: Store) -> None:
    drill, by = a_sealed_drill(store), an_officer()
    of = an_event(store, "液氨泄漏", subtype="hazmat", by=by)
    clock_of(store).move(timedelta(minutes=4))
    order = order_forces(store, of.id, [OrderLine(a_force(store))], by=by)[0]
    clock_of(store).move(timedelta(minutes=16))
    stamp_stage(store, order.id, Stage.ARRIVED, by=by)
    course = event_course(store, event(store, of.id))
    assert course.points == {Point.REPORTED: 0, Point.ORDER: 240, Point.ARRIVED: 1200}
    assert not course.drill
    both = comparison(store, [drill], [of.id])
    assert [c.drill for c in both.courses] == [True, False]
    line = next(x for x in both.intervals if (x.since, x.until) == (Point.ORDER, Point.ARRIVED))
    assert line.values == (1380, 960)
    assert drill_course(store, drill).points[Point.REPORTED] == 0


def test_no_row_is_best_where_all_are_alike_or_one_alone() -> None:
    for values in ((5.0, 5.0), (5.0, None)):
        assert best_of(Line(Point.ORDER, Point.ARRIVED, None, values)) == ()
