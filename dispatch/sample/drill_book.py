"""The drill book 样例演练档案: this year's plan and the years before it."""

from __future__ import annotations

from datetime import date

from db.change import RowId
from dispatch.drillbook.templates import seed_templates
from resources.sample.build import Sample

ALL, ONE, SPECIAL, FULL, TABLE = "combined", "single", "special", "full", "tabletop"
PLAN = (  # month, name, content, form, sector, lead unit, subtype of the plan, large, budget
    (2, "人员密集场所疏散演练", ONE, FULL, "人员密集场所", "区文旅局", "crowd", 0, 12_000),
    (3, "春季森林草原火灾演练", SPECIAL, FULL, "自然灾害", "红岭林场", "forest_fire", 1, 46_000),
    (4, "地质灾害转移避险演练", SPECIAL, FULL, "自然灾害", "石渠镇", "geology", 1, 38_000),
    (5, "城市内涝桌面推演", ALL, TABLE, "防汛", "区防汛办", "flood", 0, 6_000),
    (6, "防汛抢险综合演练", ALL, FULL, "防汛", "区应急管理局", "flood", 1, 120_000),
    (7, "建筑工地坍塌救援演练", ONE, FULL, "建筑", "区住建局", "building", 0, 22_000),
    (8, "电梯困人应急演练", ONE, FULL, "特种设备", "区市场监管局", "equipment", 0, 9_000),
    (9, "道路交通事故联合处置演练", SPECIAL, FULL, "道路", "公安交警大队", "road", 1, 52_000),
    (10, "危险化学品运输泄漏综合演练", ALL, FULL, "危化", "区应急管理局", "hazmat", 1, 98_000),
    (10, "地震应急桌面推演", SPECIAL, TABLE, "自然灾害", "区应急管理局", "quake", 0, 5_000),
    (11, "高层建筑火灾疏散救援演练", ALL, FULL, "消防", "区消防救援大队", "fire", 0, 60_000),
    (12, "低温雨雪冰冻保障桌面推演", SPECIAL, TABLE, "", "区应急管理局", "weather", 0, 4_000),
)
LATE = {"电梯困人应急演练"}
BEFORE = ((2, "environment", "突发环境事件演练"), (1, "utility", "大面积停电应急演练"),
          (1, "epidemic", "突发公共卫生事件演练"))
"""Years ago, kind, name: so that some special plans are not due again this year."""


def fill(sample: Sample) -> None:
    """The templates, this year's plan as it stands today, and some drills of earlier years."""
    seed_templates(sample.tx)
    plans = {kind: RowId(int(r[0])) for r in sample.tx.run(
        "select id, subtypes from plan order by id desc").fetchall()
        for kind in str(r[1]).strip("[]").replace('"', "").split(", ") if kind}
    today = sample.today
    towns = [*sample.towns]
    for at, (month, name, content, form, sector, unit, kind, large, budget) in enumerate(PLAN):
        day = date(today.year, month, 8 + at)
        held = day < today and name not in LATE
        sample.tx.insert("drill_line", {
            "year": today.year, "month": month, "name": name, "content": content, "form": form,
            "sector": sector, "town": towns[at % len(towns)] if form == "full" else "",
            "unit": unit, "plan_id": plans.get(kind), "large": large, "budget": budget,
            "done_on": day.isoformat() if held else None})
    for ago, kind, name in BEFORE:
        sample.tx.insert("drill_line", {
            "year": today.year - ago, "month": 9, "name": name, "content": "special",
            "form": "full", "plan_id": plans.get(kind), "unit": "区应急管理局",
            "done_on": f"{today.year - ago}-09-18"})
    if today >= date(today.year, 3, 26):
        sample.tx.insert("drill_filing", {
            "year": today.year, "filed_on": f"{today.year}-03-26", "filed_with": "市应急管理局",
            "number": f"云应急函〔{today.year}〕17 号"})
