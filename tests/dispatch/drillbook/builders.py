"""Builders of the drill book's tests: a sealed drill, a plan, evaluators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO

from python_calamine import CalamineWorkbook

from db.change import RowId
from db.clock import to_text
from db.store import Store
from dispatch.drillbook.evaluations import Put, SheetId, Verdict, answer_many, answers_of
from dispatch.drillbook.plan import LineId, add_line
from dispatch.drillbook.templates import Template, ensure_templates, templates
from dispatch.drills.plain import to_json
from dispatch.drills.record import (
    ActionRun,
    Break,
    DrillRecord,
    ForceRun,
    InjectRun,
    PointTime,
    StageTime,
)
from dispatch.drills.scenario import Aim, Expected, Inject, Scenario
from dispatch.drills.terms import BreakKind, DrillId, Form, Point, Result
from dispatch.terms import Stage, Subtype, Way
from resources.people import Role
from tests.builders import NIGHT, an_officer
from tests.resources.exchange.builders import an_xlsx

DIRECTOR = an_officer("孟凡", Role.DRILL)
SCENARIO = Scenario(
    "leak", "液氨泄漏综合演练", Subtype.HAZMAT, 60, sector="危化", town="石渠镇",
    plan="危化预案", situation="罐车侧翻。",
    aims=(Aim("值班员", "夜间", "首报", "10 分钟内电话首报", Point.REPORTED, Point.FIRST_REPORT,
              10),
          Aim("消防一中队", "", "到场", "20 分钟内到场", Point.ORDER, Point.ARRIVED, 20)),
    injects=(Inject(1, 0, "路人报警", Way.PHONE, "控制员", "指挥中心",
                    (Expected("记录接报", "值班员", 2),)),
             Inject(2, 600, "堵漏工具不匹配", Way.RADIO, "控制员", "消防一中队",
                    (Expected("改用备选", "消防一中队", 5),
                     Expected("报告指挥中心", "值班员", 3)))))
POINTS = {Point.START: 0.0, Point.REPORTED: 30.0, Point.FIRST_REPORT: 510.0,
          Point.RESPONSE: 400.0, Point.ORDER: 120.0, Point.ARRIVED: 1500.0,
          Point.CONTROLLED: 2400.0, Point.LIFTED: 3000.0, Point.END: 3100.0}
NO_RUN = ActionRun(0, "", "", None, None, None, None, None)


def a_record(drill: int = 1, number: str = "YL-2026-01", *, began: datetime = NIGHT,
             slower: float = 1.0) -> DrillRecord:
    """A drill whose second inject came 70 s late and whose third action was never done."""
    def at(t: float) -> float:
        return t * slower

    injects = (
        InjectRun(1, 0, 0.0, began, "路人报警", Way.PHONE, "控制员", "指挥中心", False, "", (
            ActionRun(1, "记录接报", "值班员", 120, None, Result.DONE, at(60), began),)),
        InjectRun(2, 600, 670.0, began, "堵漏工具不匹配", Way.RADIO, "控制员", "消防一中队", False,
                  "", (ActionRun(2, "改用备选", "消防一中队", 300, None, Result.DONE,
                                 670 + 378.0, began),
                       replace(NO_RUN, no=3, action="报告指挥中心", actor="值班员", limit=180.0))))
    return DrillRecord(
        DrillId(RowId(drill)), number, SCENARIO.title, Form.FULL, SCENARIO, "孟凡", began, began,
        began + timedelta(minutes=55), 3100.0, "", injects, (),
        tuple(PointTime(p, at(t), began, "2026-0001") for p, t in POINTS.items()),
        (Break(BreakKind.PAUSE, 900, 200.0, began, "校时"),
         Break(BreakKind.DOWN, 2000, 35.0, began)),
        (), (), (ForceRun("D-1", "消防一中队", 15, (StageTime(Stage.ORDERED, 120),
                                                StageTime(Stage.ARRIVED, at(1500)))),), (), 7, "ab")


def a_sealed_drill(store: Store, *, number: str = "YL-2026-01", began: datetime = NIGHT,
                   slower: float = 1.0) -> int:
    """A drill with its sealed record in the store, as if it had been run."""
    with store.change("test.drill", DIRECTOR) as tx:
        scenario = tx.run("select id from scenario").fetchone()
        of = int(scenario[0]) if scenario else tx.insert("scenario", {
            "code": "leak", "lang": "zh_CN", "title": SCENARIO.title, "subtype": "hazmat",
            "form": "full", "content": "combined", "purpose": "test", "minutes": 60,
            "updated_at": to_text(began), "body": to_json(SCENARIO)})
        drill = tx.insert("drill", {
            "number": number, "scenario_id": of, "title": SCENARIO.title, "form": "full",
            "subtype": "hazmat", "sector": "危化", "town": "石渠镇", "state": "sealed",
            "director": "孟凡", "created_at": to_text(began), "started_at": to_text(began),
            "ended_at": to_text(began + timedelta(minutes=55)), "body": to_json(SCENARIO)})
        tx.insert("drill_record", {
            "drill_id": drill, "sealed_at": to_text(began), "officer": "孟凡",
            "body": to_json(a_record(drill, number, began=began, slower=slower))})
    return int(drill)


def a_line(store: Store, year: int = 2026, month: int = 6, name: str = "防汛演练",
           **values: object) -> LineId:
    return add_line(store, year, {"month": month, "name": name, "sector": "防汛", **values},
                    by=DIRECTOR)


def the_templates(store: Store) -> list[Template]:
    ensure_templates(store)
    return templates(store)


def say(store: Store, sheet: SheetId, *, no: dict[str, str] | None = None,
        na: tuple[str, ...] = ()) -> None:
    """Answer every question: no with its reason where named, the rest yes."""
    wrong = no or {}
    answer_many(store, sheet, [Put(
        a.item.id, Verdict.NO if a.item.code in wrong else
        Verdict.NA if a.item.code in na else Verdict.YES, wrong.get(a.item.code, ""))
        for a in answers_of(store, sheet)], by=DIRECTOR)


def changed_book(data: bytes, change: Callable[[list[list[object]]], object]) -> bytes:
    """The rows of a workbook's first sheet, changed and written again."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    rows: list[list[object]] = [list(r) for r in book.get_sheet_by_index(0).to_python(
        skip_empty_area=False)]
    change(rows)
    return an_xlsx(rows)
