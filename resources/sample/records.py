"""Forces, equipment, experts, plans, hazard sources and shelters of the sample district."""

from __future__ import annotations

import json

from resources.sample.build import Sample, as_list
from resources.sample.vocabulary import EQUIPMENT, FIELDS, FORCES, PLANS

HAZARDS = (("液氨储罐区", "重大危险源", "液氨"), ("汽油储罐", "危险化学品", "汽油"),
           ("燃气门站", "危险化学品", "天然气"), ("粉尘涉爆车间", "工贸", "面粉粉尘"),
           ("滑坡隐患点", "地质灾害", ""))
OPERATORS = ("宏远化工有限公司", "云川燃气公司", "云环加油站", "石渠粮油库", "柳湾冷链物流园")
SHELTERS = ("第一中学操场", "文化广场", "体育馆", "实验小学")


def forces(sample: Sample) -> None:
    for at, (name, tier, kind, capabilities, minutes, people) in enumerate(FORCES, 1):
        town = next((t for t in sample.towns if t[:2] in name), sample.town())
        row: dict[str, object] = {
            "code": f"DW-{at:03d}", "name": name, "tier": tier, "kind": kind,
            "leader": sample.name(), "deputy": sample.name(), "duty_phone": sample.phone(),
            "spare_phone": sample.phone(), "call_sign": f"云鹰{at:02d}", "channel": "一信道",
            "terminal": f"T{at:04d}", "people": people, "ready_people": people * 3 // 4,
            "vehicles": max(1, people // 8), "certified": people // 2,
            "capabilities": as_list(capabilities), "promised_minutes": minutes,
            "muster_point": f"{name}驻地", "covers": "全区" if tier == "district" else town,
            "insured_until": sample.day(-20, 400), "on_net": int(at % 9 != 0),
            "net_since": sample.day(-800, -100) if at % 9 else None,
            "agreement": f"YJ-{at:03d}" if kind in ("volunteer", "company") else "",
            "status": "off" if at == 31 else "limited" if at in (18, 23) else "ready",
            **sample.placed(town), **sample.kept("应急管理局" if tier == "district" else town)}
        sample.forces.append({**row, "id": sample.tx.insert("force", row)})


def equipment(sample: Sample) -> None:
    """150 pieces; some wait for repair, some inspections are due."""
    for at in range(150):
        name, model, kind, energy = EQUIPMENT[at % len(EQUIPMENT)]
        force = sample.forces[at % len(sample.forces)]
        row: dict[str, object] = {
            "code": f"ZB-{at + 1:04d}", "name": name, "model": model, "kind": kind,
            "serial": f"YC{at + 1:06d}", "energy": energy, "force_id": force["id"],
            "plate": f"云X·{at + 1:04d}急" if "车" in name else "", "keeper": force["leader"],
            "phone": force["duty_phone"], "capabilities": force["capabilities"],
            "status": "repair" if at % 29 == 7 else "waiting" if at % 37 == 5 else "ready",
            "bought_on": sample.day(-2500, -300), "inspected_on": sample.day(-170, -10),
            "inspect_due": sample.day(-4, 170), "test_due": sample.day(5, 360),
            "insured_until": sample.day(5, 360) if "车" in name else None,
            "performance": model, "town": force["town"], "address": force["address"],
            "lon": force["lon"], "lat": force["lat"], **sample.kept(str(force["name"]))}
        sample.tx.insert("equipment", row)


def experts(sample: Sample) -> None:
    for at in range(40):
        discipline, hazard, capability = FIELDS[at % len(FIELDS)]
        sample.tx.insert("expert", {
            "name": sample.name(), "unit": f"云川{discipline}研究所" if at % 2 else "云川职业学院",
            "title": ("高级工程师", "教授", "主任医师")[2 if "医学" in discipline else at % 2],
            "field": discipline, "hazards": hazard, "capabilities": as_list(capability),
            "panel": ("安全生产", "防灾减灾救灾")[at % 2], "hired_until": sample.day(-30, 700),
            "phone": sample.phone(), "city": "云川新区", "arrive_minutes": 20 + 5 * (at % 12),
            "avoids": "宏远化工有限公司" if at == 0 else "", **sample.kept("应急管理局")})


def plans(sample: Sample) -> None:
    """20 district plans and 10 of towns and companies, each with what it calls for."""
    towns = [(f"{town}突发事件应急预案", "town", "", "警戒疏散 物资保障") for town in sample.towns]
    towns += [("宏远化工生产安全事故应急预案", "company", "hazmat", "堵漏 稀释 危化侦检 医疗急救"),
              ("云川燃气泄漏现场处置方案", "company", "gas", "燃气抢修 警戒疏散"),
              ("双桥纺织厂火灾现场处置方案", "company", "fire", "灭火 警戒疏散")]
    overall = PLANS[0][0]
    for at, (name, kind, subtypes, needs) in enumerate((*PLANS, *towns), 1):
        plan = sample.tx.insert("plan", {
            "number": f"YA-{at:03d}", "name": name, "kind": kind, "version": f"{1 + at % 3}.0",
            "unit": name.split("突发")[0][:4] + "应急委", "signed_by": sample.dice.choice(
                sample.people[:6])[1], "issued_on": sample.day(-1000, -400),
            "filed_with": "市应急管理局" if kind != "company" else "区应急管理局",
            "filed_on": sample.day(-399, -380), "file_number": f"BA-{at:03d}",
            "evaluated_on": sample.day(-360, -30), "evaluate_due": sample.day(-15, 700),
            "parent": "" if name == overall else overall, "subtypes": json.dumps(subtypes.split()),
            "levels": json.dumps([{"level": n, "approver": who} for n, who in (
                (1, "管委会主任"), (2, "管委会副主任"), (3, "应急管理局局长"), (4, "带班领导"))],
                ensure_ascii=False),
            "steps": json.dumps(["核实情况", "报告带班领导", "调派力量", "信息报送", "现场处置",
            "善后"],
                                ensure_ascii=False), **sample.kept("应急管理局")})
        for capability in needs.split():
            sample.tx.insert("plan_need", {
                "plan_id": plan, "capability": capability,
                "quantity": 2 if capability in ("灭火", "医疗急救", "堵漏") else 1})


def hazards(sample: Sample) -> None:
    amounts = [f"{sample.dice.randint(2, 60)} t" for _ in range(25)]
    for at in range(25):
        what, kind, substance = HAZARDS[at % len(HAZARDS)]
        town = [*sample.towns][at % len(sample.towns)]
        land = kind == "地质灾害"
        company = f"{town}人民政府" if land else OPERATORS[at % len(OPERATORS)]
        sample.tx.insert("hazard", {
            "name": f"{town}{what}", "kind": kind, "company": company,
            "principal": sample.name(), "phone": sample.phone(),
            "level": "" if land else ("一级", "二级", "三级", "四级")[min(at % 6, 3)],
            "substance": substance, "amount": amounts[at] if substance else "",
            "threatened": sample.dice.choice((18, 46, 75, 132, 210)), "monitored": int(at % 3 != 1),
            **sample.placed(town), **sample.kept(company)})


def shelters(sample: Sample) -> None:
    for at in range(20):
        town = [*sample.towns][at % len(sample.towns)]
        site = SHELTERS[at // len(sample.towns)]
        area = sample.dice.randint(20, 160) * 100
        sample.tx.insert("shelter", {
            "name": f"{town.removesuffix('街道').removesuffix('镇')}{site}",
            "level": "区级" if at < 3 else "镇街级", "term": ("紧急", "短期", "长期")[at % 3],
            "indoor": int("馆" in site), "area_m2": area, "capacity": area // 2,
            "radius_m": 1000 + 500 * (at % 3), "facilities": "供水 供电 厕所 广播 医疗点",
            "key_holder": sample.name(), "phone": sample.phone(), "status": "standby",
            **sample.placed(town), **sample.kept(town)})
