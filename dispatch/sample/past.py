"""Reviews and an older record 样例复盘: what was learnt, what will be better, old calls."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from db.change import RowId
from db.clock import to_text
from dispatch.past.columns import TIMES
from dispatch.past.verbs import PAST
from dispatch.sample.paper import Paper
from dispatch.terms import EntryKind
from resources.localtime import local

SEED, CALLS = 37, 36
FILE = "旧接警台2025.csv"
LESSONS = (
    ("力量集结点与交通管制点重合，首批车辆多绕行 6 分钟", "修订预案集结点，备选两处并报交警",
     "应急指挥中心", 12),
    ("夜间照明器材不足，搜索中断两次", "补充移动照明灯 4 套，纳入年度需求计划", "装备物资科", 25),
    ("现场人数三次上报口径不一", "统一由现场指挥部报数，值班室只记一个口径", "值班室", -3))
KINDS = (("建筑火灾", "fire", 5), ("交通事故救援", "road", 2), ("燃气泄漏", "gas", 3),
         ("电梯困人", "equipment", 1), ("积水排涝", "flood", 2))
TOWNS = ("石渠镇", "望川街道", "红岭镇", "双桥街道", "柳湾镇")
UNITS = ("特勤站1车", "特勤站2车", "云川站水罐车", "石渠站水罐车", "红岭站抢险车", "急救云川站")


def fill(paper: Paper) -> None:
    """Its dice are its own, so that nothing else changes with it."""
    _reviews(paper)
    _record(paper, random.Random(SEED))


def _reviews(paper: Paper) -> None:
    """The gravest closed events were reviewed; two improvements are open, one is closed."""
    tx, now = paper.sample.tx, paper.sample.now
    rows = tx.run("""select id, number, closed_at from event where closed_at is not null
        and level is not null order by level, received_at desc limit 3""").fetchall()
    for row, (problem, measure, owner, days) in zip(rows, LESSONS, strict=False):
        done = days < 0
        told = datetime.fromisoformat(row["closed_at"]) + timedelta(days=1)
        tx.insert("review", {
            "event_id": row["id"],
            "course": "接报后按预案调派力量，疏散群众，控制险情，逐步移交恢复。",
            "cause": "直接原因已由主管部门认定，详见调查报告。", "lessons": problem,
            "measures": measure, "reported_to": "区委区政府总值班室", "at": to_text(told),
            "reported_at": to_text(told), "officer": "值班室"})
        found = tx.insert("finding", {
            "event_id": row["id"], "kind": "improvement", "text": problem, "owner": owner,
            "due_on": (paper.sample.today + timedelta(days=abs(days))).isoformat(),
            "done_at": to_text(now - timedelta(days=2)) if done else None})
        tx.insert("finding_more", {"finding_id": found, "measure": measure,
                                   "outcome": "已印发口径说明" if done else "",
                                   "done_by": "值班室" if done else ""})


def _record(paper: Paper, dice: random.Random) -> None:
    """Last year's calls of the older desk, as an import brings them in."""
    tx, now = paper.sample.tx, paper.sample.now
    at = now - timedelta(days=20)
    new = tx.insert("past_import", {
        "file": FILE, "digest": "sample", "at": to_text(at), "officer": "值班室",
        "columns": "{}", "headings": "[]", "calls": CALLS})
    rows = odd = 0
    for call in range(CALLS):
        received = now - timedelta(days=700 - 9 * call, hours=dice.randrange(24),
                                   minutes=dice.randrange(60))
        event = _call(paper, dice, received)
        for unit in dice.sample(UNITS, dice.randint(1, 3)):
            flag = _unit(paper, dice, new, event, call, rows + 2, unit, received)
            rows, odd = rows + 1, odd + bool(flag)
    tx.update("past_import", new, rows=rows, irregular=odd)
    paper.add(at, EntryKind.SYSTEM,
              f"历史事件导入 {FILE}：{CALLS} 起警情，{rows} 条出动记录，其中异常 {odd} 条")


def _call(paper: Paper, dice: random.Random, received: datetime) -> RowId:
    name, subtype, _ = dice.choices(KINDS, [weight for *_, weight in KINDS])[0]
    town = dice.choice(TOWNS)
    year, tx = local(received).year, paper.sample.tx
    prefix = f"H{year}-"
    return tx.insert("event", {
        "number": f"{prefix}{tx.next_number('event', 'number', prefix):04d}",
        "class": "natural" if subtype == "flood" else "accident", "subtype": subtype,
        "title": f"{town}{name}", "state": "closed", "received_at": to_text(received),
        "source": FILE, "town": town, "address": f"{dice.randint(1, 90)} 号", "origin": PAST,
        "summary": name, "close_note": "处置完毕",
        "closed_at": to_text(received + timedelta(minutes=dice.randint(50, 160)))})


def _unit(paper: Paper, dice: random.Random, new: RowId, event: RowId, call: int, row: int,
          unit: str, received: datetime) -> str:
    """One force on one call; now and then a time is missing, as in any real record."""
    times = {"received": received}
    steps = (("ordered", 20, 60), ("departed", 25, 100), ("arrived", 90, 400),
             ("returned", 1500, 5400))  # seconds after the stage before
    at = received
    for name, low, high in steps:
        at += timedelta(seconds=dice.randint(low, high))
        times[name] = at
    flag = ""
    if dice.random() < 0.12:
        times.pop("arrived")
        flag = "no_arrived"
    paper.sample.tx.insert("past_unit", {
        "import_id": new, "event_id": event, "row": row, "call": f"2025{call:04d}",
        "unit": unit, "unit_kind": "", "force_kind": "medical" if "急救" in unit else "fire",
        **{f"{n}_at": to_text(times[n]) if n in times else None for n in TIMES},
        "flags": flag, "cells": "[]"})
    return flag
