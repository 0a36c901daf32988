"""The drill book 样例演练档案: this year's plan and the years before it."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta

from db.change import RowId
from db.clock import from_text, to_text
from dispatch.drillbook.templates import seed_templates
from dispatch.drills.plain import from_json
from dispatch.drills.scenario import Scenario
from dispatch.drills.terms import Part
from resources.localtime import local_day
from resources.sample.build import Sample

ALL, ONE, SPECIAL, FULL, TABLE = "combined", "single", "special", "full", "tabletop"
PLAN = (  # month, name, content, form, sector, lead unit, subtype of the plan, large, budget
    (2, "人员密集场所疏散演练", ONE, FULL, "人员密集场所", "区文旅局", "crowd", 0, 12_000),
    (3, "春季森林草原火灾演练", SPECIAL, FULL, "自然灾害", "红岭林场", "forest_fire", 1, 46_000),
    (4, "地质灾害转移避险演练", SPECIAL, FULL, "自然灾害", "石渠镇", "geology", 0, 38_000),
    (5, "城市内涝桌面推演", ALL, TABLE, "防汛", "区防汛办", "flood", 0, 6_000),
    (6, "防汛抢险综合演练", ALL, FULL, "防汛", "区应急管理局", "flood", 1, 120_000),
    (7, "建筑工地坍塌救援演练", ONE, FULL, "建筑", "区住建局", "building", 0, 22_000),
    (8, "电梯困人应急演练", ONE, FULL, "特种设备", "区市场监管局", "equipment", 0, 9_000),
    (9, "道路交通事故联合处置演练", SPECIAL, FULL, "道路", "公安交警大队", "road", 0, 52_000),
    (10, "地震应急桌面推演", SPECIAL, TABLE, "自然灾害", "区应急管理局", "quake", 0, 5_000),
    (11, "高层建筑火灾疏散救援演练", ALL, FULL, "消防", "区消防救援大队", "fire", 0, 60_000),
    (12, "低温雨雪冰冻保障桌面推演", SPECIAL, TABLE, "", "区应急管理局", "weather", 0, 4_000),
)
LATE = {"电梯困人应急演练"}
SECTOR_OF = {"hazmat": "危化", "flood": "防汛", "fire": "消防"}
"""Names of the rule's sectors by the kind of a drill."""
BEFORE = ((2, "environment", "突发环境事件演练"), (1, "utility", "大面积停电应急演练"),
          (1, "epidemic", "突发公共卫生事件演练"))
"""Years ago, kind, name: so that some special plans are not due again this year."""


WRONG: tuple[dict[str, str], ...] = (
    {"A2-05": "响应启动审批用时偏长", "A2-17": "堵漏套具规格不全，首次封堵失败"},
    {"A2-05": "四级响应启动晚于预案要求", "A2-30": "下风向一处路口未设警戒"},
    {"A-20": "备用电台未提前调试，切换用时 3 分钟"})
"""What each evaluator of the last drill answered no, and why; the third goes by GB/T 46792."""
TEMPLATES = ("aqt9009.full", "aqt9009.full", "gbt46792.full")
NOT_SEEN = ("A2-25", "A2-26", "A-23")
FINDINGS = (("problem", "下风向东侧路口警戒线未封闭，两名群众进入警戒区"),
            ("problem", "随车堵漏套具缺少 DN80 规格，首次封堵失败"),
            ("good", "侦检小组每 10 分钟通报一次浓度，研判及时"),
            ("advice", "首报模板中增加风向风速栏"))
ACTIONS = (
    ("堵漏套具规格不全", "补齐 DN50 至 DN100 堵漏套具并列入检查", "冯秀英", "区应急管理局", 21),
    ("警戒管制存在空白路口", "修订警戒管制分工图，逐路口定人", "程建平", "公安交警大队", 12),
    ("备用电台切换慢", "备用电台每周通联测试并登记", "罗雪", "区应急管理局", -6))
WORDS = {"lessons": "夜间通信须有第二种手段。\n堵漏器材应按辖区常见槽车规格配齐。",
         "advice": "完善与化工企业的联动机制，每半年联合检查一次堵漏器材。", "author": ""}


def fill(sample: Sample) -> None:
    """The templates, this year's plan as it stands today, and the evaluations of its drills."""
    seed_templates(sample.tx)
    _plan(sample)
    held = sample.tx.run("select * from drill where state = 'sealed'"
                         " order by started_at desc").fetchall()
    for drill in held:
        _line_of(sample, drill)
    last = next((d for d in held if d["form"] == "full" and d["subtype"] == "hazmat"), None)
    if last is not None:
        _evaluate(sample, int(last["id"]), from_text(last["started_at"]))


def _plan(sample: Sample) -> None:
    plans = {kind: RowId(int(r[0])) for r in sample.tx.run(
        "select id, subtypes from plan order by id desc").fetchall()
        for kind in str(r[1]).strip("[]").replace('"', "").split(", ") if kind}
    today, towns = sample.today, [*sample.towns]
    for at, (month, name, content, form, sector, unit, kind, large, budget) in enumerate(PLAN):
        day = date(today.year, month, 8 + at)
        held = day < today and name not in LATE
        sample.tx.insert("drill_line", {
            "year": today.year, "month": month, "name": name, "content": content, "form": form,
            "sector": sector, "town": towns[at % len(towns)] if form == FULL else "",
            "unit": unit, "plan_id": plans.get(kind), "large": large, "budget": budget,
            "done_on": day.isoformat() if held else None})
    for ago, kind, name in BEFORE:
        sample.tx.insert("drill_line", {
            "year": today.year - ago, "month": 9, "name": name, "content": SPECIAL,
            "form": FULL, "plan_id": plans.get(kind), "unit": "区应急管理局",
            "done_on": f"{today.year - ago}-09-18"})
    if today >= date(today.year, 3, 26):
        sample.tx.insert("drill_filing", {
            "year": today.year, "filed_on": f"{today.year}-03-26", "filed_with": "市应急管理局",
            "number": f"云应急函〔{today.year}〕17 号"})


def _line_of(sample: Sample, drill: sqlite3.Row) -> None:
    """The line of the plan that a drill held with the program stands for."""
    day = local_day(from_text(drill["started_at"]))
    sample.tx.insert("drill_line", {
        "year": day.year, "month": day.month, "name": drill["title"], "content": ALL,
        "form": drill["form"], "town": drill["town"],
        "sector": SECTOR_OF.get(drill["subtype"], drill["sector"]),
        "unit": "区应急管理局", "plan_id": drill["plan_id"], "large": 1, "budget": 90_000,
        "done_on": day.isoformat(), "drill_id": drill["id"]})


def _evaluate(sample: Sample, drill: int, at: datetime) -> None:
    """Three evaluators' sheets, what they found, what is mended, and the words of the report."""
    tx, day = sample.tx, local_day(at)
    people = _evaluators(sample, drill)
    for number, (name, unit) in enumerate(people):
        wrong = WRONG[number]
        template = tx.run("select id from eval_template where code = :code",
                          code=TEMPLATES[number]).fetchone()[0]
        asked = tx.run("select id, code from eval_item where template_id = :id",
                       id=template).fetchall()
        sheet = tx.insert("eval_sheet", {
            "drill_id": drill, "template_id": template, "evaluator": name, "unit": unit,
            "leads": int(number == 0), "day": day.isoformat()})
        for item, code in asked:
            said = "no" if code in wrong else "na" if code in NOT_SEEN else "yes"
            tx.insert("eval_answer", {"sheet_id": sheet, "item_id": item, "answer": said,
                                      "reason": wrong.get(code, "")})
    for number, (kind, words) in enumerate(FINDINGS):
        tx.insert("drill_finding", {"drill_id": drill, "problem": words, "kind": kind,
                                    "evaluator": people[number % len(people)][0],
                                    "at": to_text(at)})
    for problem, measure, owner, unit, days in ACTIONS:
        closed = days < 0
        tx.insert("drill_action", {
            "drill_id": drill, "problem": problem, "measure": measure, "owner": owner,
            "unit": unit, "due_on": (sample.today + timedelta(days=abs(days))).isoformat(),
            "closed_on": (sample.today + timedelta(days=days)).isoformat() if closed else None,
            "closed_by": sample.people[0][1] if closed else "",
            "result": "已列入交接班检查项" if closed else ""})
    tx.insert("drill_words", {"drill_id": drill, **WORDS})


def _evaluators(sample: Sample, drill: int) -> list[tuple[str, str]]:
    """Those of the scenario, with the district's own names where it has fewer than three."""
    body = sample.tx.run("select body from drill where id = :id", id=drill).fetchone()[0]
    people = [(p.name, p.unit) for p in from_json(Scenario, body).of_part(Part.EVALUATOR)]
    spare = [(name, "区应急管理局") for _, name, _ in sample.people[-3:]]
    return [*people, *spare][:3]
