"""A drill run by its script gives the intervals that the script itself gives."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from db.check import check
from db.errors import Refused, StoreError
from db.store import Store
from db.words import LANGUAGES, catalogue
from dispatch.drills.keeping import drills, scenario_named
from dispatch.drills.playing import play_drill
from dispatch.drills.record import DrillRecord, read_record
from dispatch.drills.script import read_script
from dispatch.drills.shipped import CODES, script_path
from dispatch.drills.terms import BreakKind, DrillState, Point, Result
from resources.people import Officer

WORDS = Path("ui/assets/words")


def seconds(text: str) -> float:
    minutes, rest = text.split(":")
    return int(minutes) * 60 + int(rest)


def of_script(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def first(rows: list[dict[str, str]], act: str, *, target: str = "", text: str = "") -> float:
    return next(seconds(r["time"]) for r in rows if r["act"] == act
                and (not target or r["target"] == target) and (not text or text in r["text"]))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_each_shipped_scenario_is_measured_exactly(district: Store, director: Officer, code: str,
                                                   lang: str) -> None:
    catalogue.load(lang, WORDS)
    path = script_path(code, lang)
    rows = of_script(path)
    kept = scenario_named(district, code, lang)
    made = play_drill(district, kept.id, read_script(path.read_bytes()), by=director)
    record = read_record(district, made.id)
    assert made.state is DrillState.SEALED
    assert record.scenario == kept.scenario
    reported, sent = first(rows, "event"), first(rows, "report", target="first")
    assert record.between(Point.REPORTED, Point.FIRST_REPORT) == sent - reported
    assert record.between(Point.REPORTED, Point.RESPONSE) == first(rows, "response") - reported
    assert record.between(Point.ORDER, Point.ARRIVED) == (
        first(rows, "stage", text="arrived") - first(rows, "order"))
    assert record.between(Point.ORDER, Point.MUSTER) == (
        first(rows, "stage", text="mustered") - first(rows, "order"))
    assert record.between(Point.START, Point.POST) == first(
        rows, "log", text="指挥部" if lang == "zh_CN" else "ommand post")
    assert record.between(Point.START, Point.CONTROLLED) == first(rows, "stage",
                                                                  text="controlled")
    assert record.between(Point.START, Point.LIFTED) == first(rows, "lift")
    assert record.length == first(rows, "end")
    for inject in record.injects:
        assert inject.t == first(rows, "inject", target=str(inject.no))
    for row in rows:
        if row["act"] == "stamp":
            inject_no, action_no = map(int, row["target"].split("."))
            inject = record.injects[inject_no - 1]
            action = inject.actions[action_no - 1]
            assert action.t == seconds(row["time"])
            assert action.result == row["text"].split()[0]
            assert inject.took(action) == (None if action.result is Result.MISSED else
                                           action.t - first(rows, "inject",
                                                            target=str(inject_no)))
    assert [b.seconds for b in record.breaks] == [
        seconds(r["target"]) for r in rows if r["act"] == "pause"]


def test_actions_of_participants_are_taken_from_their_records(district: Store,
                                                              director: Officer) -> None:
    record = held(district, director)
    said = {(i.no, a.no): a for i in record.injects for a in i.actions}
    assert said[1, 1].t == seconds("1:40")  # the event was taken in; nobody stamped it
    assert said[1, 1].result is Result.DONE
    assert said[1, 1].note == "DRILL-2026-0001"
    assert said[2, 2].t == seconds("12:30")
    assert said[9, 2].result is Result.MISSED
    assert said[5, 2].note == "只通知了两个取水口"
    assert {f.name for f in record.forces} == {"危化处置专业队", "消防石渠站", "急救中心云川站"}
    assert any("指挥部" in line.text for line in record.log)


def test_a_record_is_sealed_in_the_chain_and_cannot_be_changed(district: Store,
                                                               director: Officer) -> None:
    record = held(district, director)
    assert check(district.path) == []
    assert len(record.chain_hash) == 64
    with pytest.raises(StoreError, match="refused the change"), \
            district.change("test.edit", director) as tx:
        tx.run("update drill_record set officer = 'x'")
    with pytest.raises(StoreError, match="refused the change"), \
            district.change("test.edit", director) as tx:
        tx.run("delete from drill_record")


def test_a_script_that_cannot_be_followed_gives_the_drill_up(district: Store,
                                                             director: Officer) -> None:
    kept = scenario_named(district, "hazmat-leak", "zh_CN")
    with pytest.raises(Refused, match=r"Row 3 \(order\)"):
        play_drill(district, kept.id, read_script(
            "time,act,target,text\n0:00,inject,1,\n1:00,order,危化处置专业队,快去\n"), by=director)
    assert drills(district)[0].state is DrillState.ABANDONED


def held(store: Store, by: Officer) -> DrillRecord:
    path = script_path("hazmat-leak", "zh_CN")
    made = play_drill(store, scenario_named(store, "hazmat-leak", "zh_CN").id,
                      read_script(path.read_bytes()), by=by)
    return read_record(store, made.id)


def test_the_drills_held_before_in_the_sample_district_read_as_any_other(
        district: Store) -> None:
    before = [d for d in drills(district) if d.state is DrillState.SEALED]
    assert len(before) == 3
    for one in before:
        record = read_record(district, one.id)
        assert record.between(Point.REPORTED, Point.FIRST_REPORT)
        assert record.scenario.injects
        assert all(i.t is not None for i in record.injects)
    assert [b.kind for b in read_record(district, before[0].id).breaks] == [BreakKind.PAUSE]
