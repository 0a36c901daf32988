"""The report of a drill run by a shipped script: its intervals are those of the script."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.clock import StillClock
from db.store import FILE_NAME, Store
from dispatch.begin import begin_sample
from dispatch.drillbook.measures import Measure, Source
from dispatch.drillbook.report import drill_report
from dispatch.drillbook.report_papers import drill_report_paper
from dispatch.drills.keeping import scenario_named
from dispatch.drills.playing import play_drill
from dispatch.drills.scenario import Scenario
from dispatch.drills.script import ScriptAct, ScriptLine, read_script
from dispatch.drills.shipped import CODES, script_path
from dispatch.drills.terms import Point, Result
from dispatch.duty.officers import officers
from dispatch.printouts.drill_report_sheet import drill_report_sheet
from dispatch.printouts.formats import sheet_bytes
from dispatch.terms import Stage
from resources.people import Officer
from tests.builders import NIGHT
from ui.places import fonts_folder

POINTS = {ScriptAct.EVENT: Point.REPORTED, ScriptAct.RESPONSE: Point.RESPONSE,
          ScriptAct.ORDER: Point.ORDER, ScriptAct.LIFT: Point.LIFTED, ScriptAct.END: Point.END}
STAGES = {Stage.MUSTERED: Point.MUSTER, Stage.ARRIVED: Point.ARRIVED,
          Stage.CONTROLLED: Point.CONTROLLED}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    begin_sample(folder, StillClock(NIGHT), lambda _part: None)
    return folder


@pytest.fixture
def district(sample: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copytree(sample, tmp_path / "district")
    store = Store.open(tmp_path / "district" / FILE_NAME, StillClock(NIGHT))
    yield store
    store.close()


@pytest.fixture
def director(district: Store) -> Officer:
    return next(o for o in officers(district) if o.name == "梁振宇")


def points_of(script: list[ScriptLine]) -> dict[Point, float]:
    """When each point is first reached, read from the script alone."""
    found = {Point.START: 0.0}
    for line in script:
        point = POINTS.get(line.act)
        if line.act is ScriptAct.STAGE:
            point = STAGES.get(Stage(line.text))
        elif line.act is ScriptAct.REPORT and line.target == "first":
            point = Point.FIRST_REPORT
        if point is not None:
            found.setdefault(point, line.t)
    return found


def stamps_of(script: list[ScriptLine]) -> dict[tuple[int, int], float]:
    """Seconds from inject to action, for what the script stamps as done or partly done."""
    given = {int(s.target): s.t for s in script if s.act is ScriptAct.INJECT}
    return {(int(a), int(b or 1)): s.t - given[int(a)] for s in script
            if s.act is ScriptAct.STAMP and s.text.partition(" ")[0] != Result.MISSED
            for a, _, b in [s.target.partition(".")]}


def aim_of(scenario: Scenario, m: Measure) -> tuple[Point, Point]:
    """The two points of the aim that a measure is of."""
    aim = next(a for a in scenario.aims if a.since is not None and a.until is not None
               and f"{a.who} {a.task}".strip() == m.name)
    assert aim.since is not None
    assert aim.until is not None
    return aim.since, aim.until


@pytest.mark.parametrize("code", CODES)
def test_intervals_of_the_report_are_those_of_the_script(
        district: Store, director: Officer, code: str) -> None:
    script = read_script(script_path(code, "zh_CN").read_bytes())
    kept = scenario_named(district, code, "zh_CN")
    drill = play_drill(district, kept.id, script, by=director)
    report, times = drill_report(district, int(drill.id)), points_of(script)

    aims = [m for m in report.measures if m.source is Source.AIM]
    assert aims
    for m in aims:
        since, until = aim_of(kept.scenario, m)
        if since in times and until in times:
            assert m.actual == pytest.approx(times[until] - times[since], abs=0.01)

    stamped, seen = stamps_of(script), 0
    for inject in report.record.injects:
        for action in inject.actions:
            if (inject.no, action.no) in stamped:
                seen += 1
                m = next(m for m in report.measures if m.source is Source.ACTION
                         and m.name == action.action and f"{inject.no:02}" in m.since)
                assert m.actual == pytest.approx(stamped[inject.no, action.no], abs=0.01)
    assert seen == len(stamped) > 4

    orders = {s.target: s.t for s in script if s.act is ScriptAct.ORDER}
    arrived = {s.target: s.t for s in script if s.act is ScriptAct.STAGE
               and s.text == Stage.ARRIVED}
    for m in report.measures:
        if m.source is Source.FORCE and m.name in arrived:
            assert m.actual == pytest.approx(arrived[m.name] - orders[m.name], abs=0.01)

    facts = drill_report_paper(district, int(drill.id), by=director)
    assert sheet_bytes(drill_report_sheet(facts), ".pdf", fonts_folder()).startswith(b"%PDF")
