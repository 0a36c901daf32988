"""People, units and places of the sample district."""

from __future__ import annotations

import json

from resources.sample import shapes
from resources.sample.build import Sample
from resources.sample.vocabulary import LANDMARKS, VILLAGE_ROOTS, VILLAGES

LEADERS = (("李建国", "管委会副主任"), ("刘明远", "管委会副主任"), ("郑海涛", "应急管理局局长"),
           ("周宁", "应急管理局副局长"), ("冯立", "应急管理局副局长"), ("何燕", "总工程师"))
DUTY = ("王敏", "赵强", "陈思远", "陶文静", "孙晓东", "吴雪梅", "高俊杰", "林丽娟", "马永平",
    "罗佳",
        "宋浩然", "唐春霞", "谢国栋", "韩婷")
KEEPERS = ("冯秀英", "董志刚", "萧玉兰", "于少华")
UNITS = ("指挥中心", "指挥中心", "应急局", "消防大队", "公安分局", "水务局", "住建局", "卫健局")
RECIPIENTS = (("区委区政府总值班室", "district"), ("市应急管理局值班室", "upper"),
              ("省应急管理厅值班室", "upper"), ("区委值班室", "district"),
              ("市委总值班室", "upper"))
BUREAUS = ("公安分局指挥中心", "交警大队指挥室", "消防救援大队指挥室", "卫生健康局值班室",
    "住建局值班室",
           "水务局值班室", "自然资源局值班室", "生态环境分局值班室", "交通运输局值班室",
           "气象台值班室",
           "宣传部舆情值班室", "急救中心调度室")
COMPANIES = ("宏远化工有限公司", "云川燃气公司", "云川供电公司", "云川水务公司", "云锦商业广场",
             "石渠粮油库", "柳湾冷链物流园", "双桥纺织厂")


def people(sample: Sample) -> None:
    """Forty officers with posts and roles; the sample district signs on without a password."""
    rows: list[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = [
        (name, title, ("leader",), ("leader", "duty")) for name, title in LEADERS]
    rows += [(name, "值班员", ("main", "second"), ("duty",)) for name in DUTY]
    rows += [(name, "物资管理员", ("standby",), ("keeper",)) for name in KEEPERS]
    rows += [("许卫东", "系统管理员", ("standby",), ("admin", "duty")),
             ("梁振宇", "演练科科长", ("standby",), ("drill", "duty"))]
    taken = {row[0] for row in rows}
    while len(rows) < 40:
        name = sample.name()
        if name not in taken:
            taken.add(name)
            rows.append((name, "备勤队员", ("standby",), ("duty",)))
    for at, (name, title, posts, roles) in enumerate(rows):
        found = sample.tx.insert("officer", {
            "name": name, "unit": sample.dice.choice(UNITS), "title": title,
            "phone": sample.phone(),
            "roles": json.dumps(roles), "posts": json.dumps(posts), "seniority": 40 - at})
        sample.people.append((found, name, posts))


def units(sample: Sample) -> None:
    """Reporting recipients, bureaus, towns, villages and companies, each with a duty phone."""
    for name, tier in RECIPIENTS:
        _unit(sample, name, tier, "recipient", "云锦街道")
    for name in BUREAUS:
        _unit(sample, name, "district", "bureau", "云锦街道")
    for name in sample.towns:
        _unit(sample, f"{name}值班室", "town", "town", name)
        for village in _villages(name)[:2]:
            _unit(sample, f"{village}值班点", "village", "village", name)
    for name in COMPANIES:
        _unit(sample, name, "company", "company", sample.town())


def _unit(sample: Sample, name: str, tier: str, kind: str, town: str) -> None:
    number = sample.dice.randint(100, 899)
    on_net = kind != "recipient" and sample.dice.random() < 0.85
    sample.tx.insert("unit", {
        "name": name, "tier": tier, "kind": kind, "duty_phone": sample.phone(),
        "phones": json.dumps([sample.phone()]), "contact": sample.name(),
        "contact_post": "值班长", "call_sign": f"云川{number}" if on_net else "",
        "channel": "一信道" if tier == "district" else "二信道", "on_net": int(on_net),
        "net_since": sample.day(-900, -200) if on_net else None,
        **sample.placed(town), **sample.kept("应急管理局")})


def places(sample: Sample) -> None:
    """The gazetteer 地名: towns, villages, roads, rivers and landmarks."""
    for name, ring in sample.towns.items():
        lon = sum(p[0] for p in ring[1:]) / (len(ring) - 1)
        lat = sum(p[1] for p in ring[1:]) / (len(ring) - 1)
        _place(sample, "town", name, (round(lon, 5), round(lat, 5)), shapes.DISTRICT)
        for village in _villages(name):
            _place(sample, "village", village, shapes.somewhere(sample.dice, ring), name)
        for landmark in LANDMARKS:
            _place(sample, "landmark", f"{_root(name)}{landmark}",
                   shapes.somewhere(sample.dice, ring), name)
    for name, (_, line) in shapes.ROADS.items():
        _place(sample, "road", name, line[len(line) // 2], shapes.DISTRICT)
    for name, line in shapes.RIVERS.items():
        _place(sample, "river", name, line[len(line) // 2], shapes.DISTRICT)


def _place(sample: Sample, kind: str, name: str, at: shapes.Position, parent: str) -> None:
    sample.tx.insert("place", {"kind": kind, "name": name, "lon": at[0], "lat": at[1],
                               "parent": parent})


def _root(town: str) -> str:
    return town.removesuffix("街道").removesuffix("镇")


def _villages(town: str) -> list[str]:
    """Eight villages or communities of a town, named after it."""
    ending = "社区" if town.endswith("街道") else "村"
    root = _root(town)[-1]
    roots = (root, VILLAGE_ROOTS[(ord(root) + 3) % len(VILLAGE_ROOTS)])
    return [f"{_root(town)[0]}{VILLAGES[i]}{roots[i % 2]}{ending}" for i in range(8)]
