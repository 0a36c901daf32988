"""Where forces are at an instant, what lies round a place, and pictures in the reports."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.change import RowId
from db.check import check
from db.errors import Refused
from db.store import Store
from dispatch.duty.after_action_papers import after_action_paper
from dispatch.duty.event_papers import report_paper
from dispatch.map_pictures import figure_of, keep_picture
from dispatch.orders import OrderId, OrderLine, order_forces, stamp_stage
from dispatch.printouts.after_action import after_action_sheet
from dispatch.printouts.docx import docx_bytes
from dispatch.printouts.pdf import render
from dispatch.printouts.report_sheet import report_sheet
from dispatch.printouts.sheet import Picture, Sheet
from dispatch.reports_up import draft_report
from dispatch.surroundings import near_forces, read_rings, rings
from dispatch.terms import ReportKind, Stage
from dispatch.warnings import issue_warning
from dispatch.whereabouts import Phase, situation
from resources.coords import Crs, Point, from_district
from resources.gazetteer import look_up
from resources.geo import distance_m
from resources.people import SYSTEM
from tests.builders import a_force, an_event, an_officer_row, clock_of
from tests.resources.layers.files import png
from ui.places import fonts_folder

SCENE, BASE = (108.76, 34.42), (108.70, 34.42)


def out(store: Store, *stages: tuple[float, Stage]) -> tuple[RowId, OrderId]:
    """A force ordered now with stages so many minutes later; the clock stands at the last."""
    by = an_officer_row(store)
    event = an_event(store, by=by)
    force = a_force(store, lon=BASE[0], lat=BASE[1], promised_minutes=10)
    order = order_forces(store, event.id, [OrderLine(force)], by=by)[0]
    done = 0.0
    for minutes, stage in stages:
        clock_of(store).move(timedelta(minutes=minutes - done))
        done = minutes
        stamp_stage(store, order.id, stage, by=by)
    return RowId(event.id), order.id


def test_a_force_goes_from_its_base_to_the_scene_and_back(store: Store) -> None:
    start = store.clock.now()
    event, _ = out(store, (2, Stage.DEPARTED), (12, Stage.ARRIVED), (60, Stage.FINISHED),
                   (80, Stage.RETURNED))
    wanted = {1: (Phase.BASE, 0.0), 2: (Phase.WAY, 0.0), 7: (Phase.WAY, 0.5),
              12: (Phase.SCENE, 1.0), 59: (Phase.SCENE, 1.0), 70: (Phase.HOME, 0.5)}
    for minutes, (phase, share) in wanted.items():
        found = situation(store, start + timedelta(minutes=minutes), event)
        one, = found.forces
        assert one.phase is phase, minutes
        assert one.lon == pytest.approx(BASE[0] + (SCENE[0] - BASE[0]) * share, abs=1e-9)
    assert situation(store, start + timedelta(minutes=81), event).forces == ()
    assert situation(store, start - timedelta(minutes=1)).events == ()


def test_a_force_that_did_not_say_it_is_there_is_late_and_never_drawn_there(store: Store) -> None:
    start = store.clock.now()
    event, _ = out(store, (2, Stage.DEPARTED))
    one, = situation(store, start + timedelta(minutes=300), event).forces
    assert one.phase is Phase.WAY
    assert one.late
    assert one.minutes_late == 290
    assert one.left_m > 0
    waiting, = situation(store, start + timedelta(minutes=1), event).forces
    assert waiting.phase is Phase.BASE
    assert not waiting.late


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(minutes=st.floats(0, 90))
def test_live_and_replay_are_one_function(store: Store, minutes: float) -> None:
    """At any instant a force is between its base and the scene, never elsewhere."""
    if store.value("select count(*) from event") == 0:
        out(store, (2, Stage.DEPARTED), (12, Stage.ARRIVED), (60, Stage.FINISHED))
    event = RowId(store.value("select id from event"))
    start = situation(store, store.clock.now(), event).events[0].received_at
    for one in situation(store, start + timedelta(minutes=minutes), event).forces:
        assert BASE[0] - 1e-9 <= one.lon <= SCENE[0] + 1e-9
        assert one.left_m == pytest.approx(
            distance_m(one.lon, one.lat, *SCENE), rel=1e-3, abs=1)


def test_warnings_in_force_are_part_of_the_situation(store: Store) -> None:
    by = an_officer_row(store)
    issue_warning(store, "暴雨", 3, "气象台", area="石渠镇", by=by)
    assert [w.area for w in situation(store, store.clock.now()).warnings] == ["石渠镇"]


def test_rings_count_people_and_what_is_free(store: Store) -> None:
    with store.change("test.near", SYSTEM) as tx:
        for n, (lon, people) in enumerate(((108.765, 900), (108.79, 400))):
            tx.insert("place", {"kind": "village", "name": f"村{n}", "lon": lon, "lat": 34.42,
                                "residents": people})
        tx.insert("place", {"kind": "landmark", "name": "第一小学", "lon": 108.761, "lat": 34.42})
        tx.insert("hazard", {"name": "储罐", "kind": "chemical", "threatened": 50,
                             "lon": 108.762, "lat": 34.42})
        tx.insert("shelter", {"name": "广场", "capacity": 300, "lon": 108.77, "lat": 34.42})
    out(store)
    a_force(store, "第二队", lon=108.763, lat=34.42)
    near, far = rings(store, *SCENE, (1000, 6000))
    assert (near.residents, far.residents) == (900, 1300)
    assert (near.schools, near.hazards, near.threatened, near.shelters) == (1, 1, 50, 1)
    assert (near.forces, near.ready) == (1, 1)
    assert (far.forces, far.ready) == (2, 1)


def test_the_nearest_free_forces_come_by_minutes(store: Store) -> None:
    out(store)
    a_force(store, "近队", lon=108.765, lat=34.42, promised_minutes=30)
    a_force(store, "快队", lon=108.80, lat=34.42, promised_minutes=5)
    a_force(store, "停用", lon=108.761, lat=34.42, status="off")
    a_force(store, "不会", lon=108.761, lat=34.42, capabilities="[]")
    found = near_forces(store, *SCENE, "灭火")
    assert [(f.name, f.minutes, f.stated) for f in found] == [("快队", 5, True),
                                                              ("近队", 30, True)]


@pytest.mark.parametrize(("text", "wanted"), [
    ("1 3 5", (1000, 3000, 5000)), ("5，0.5", (500, 5000)), ("2km、4 km", (2000, 4000))])
def test_rings_are_typed_in_kilometres(text: str, wanted: tuple[float, ...]) -> None:
    assert read_rings(text) == wanted


@pytest.mark.parametrize("text", ["", "x", "0", "-1", "500", "1 2 3 4 5 6 7", "nan"])
def test_rings_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_rings(text)


def test_a_place_is_found_by_any_coordinates_and_by_name(store: Store) -> None:
    with store.change("test.place", SYSTEM) as tx:
        tx.insert("place", {"kind": "village", "name": "望川村", "lon": 108.7, "lat": 34.4})
        tx.insert("hazard", {"name": "望川油库", "kind": "x", "lon": 108.71, "lat": 34.41})
        tx.insert("shelter", {"name": "望川无坐标"})
    assert [f.name for f in look_up(store, "望川", Crs.CGCS2000, None)] == ["望川村", "望川油库"]
    assert [f.name for f in look_up(store, "wcc", Crs.CGCS2000, None)] == ["望川村"]
    for text, crs in (("34.43, 108.75", Crs.CGCS2000), ("108.75，34.43", Crs.WGS84)):
        one, = look_up(store, text, crs, None)
        assert (one.lon, one.lat) == pytest.approx((108.75, 34.43))
    for crs, word in ((Crs.GCJ02, "高德 "), (Crs.BD09, "百度："), (Crs.GCJ02, "gcj-02 ")):
        shown = from_district(Point(108.75, 34.43), crs)
        one, = look_up(store, f"{word}{shown.lon:.7f},{shown.lat:.7f}", Crs.CGCS2000, None)
        assert distance_m(one.lon, one.lat, 108.75, 34.43) < 0.5
    assert look_up(store, "没有这个地方", Crs.CGCS2000, None) == []


def pictures(sheet: Sheet) -> list[Picture]:
    return [b for s in sheet.sections for b in s.blocks if isinstance(b, Picture)]


def test_a_kept_picture_is_in_both_reports_and_the_code_knows_it(store: Store,
                                                                 tmp_path: Path) -> None:
    by = an_officer_row(store)
    event = an_event(store, by=by)
    assert figure_of(store, event.id) is None
    plain = after_action_paper(store, event.id, by=by)
    assert pictures(after_action_sheet(plain)) == []
    keep_picture(store, event.id, png((9, 9, 9), 64), "现场态势图", "比例尺 1 : 40 000", by=by)
    report = draft_report(store, event.id, ReportKind.FIRST, by=by)
    facts = after_action_paper(store, event.id, by=by)
    assert facts.code != plain.code
    for sheet in (after_action_sheet(facts), report_sheet(report_paper(store, report.report))):
        shown, = pictures(sheet)
        assert shown.data == png((9, 9, 9), 64)
        assert "现场态势图" in shown.caption
        assert b"/Image" in render(sheet, fonts_folder())
        assert b"word/media" in docx_bytes(sheet)
    assert check(store.path) == []
