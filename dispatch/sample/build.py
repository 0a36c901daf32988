"""Build 样例值班室: the whole sample district in one change, the duty room on its resources."""

from __future__ import annotations

from datetime import timedelta

from db.clock import to_text
from db.store import Store
from dispatch.rules import seed_rules
from dispatch.sample import chatter, drill_book, drills, events, net_story, past, shifts, watch
from dispatch.sample.paper import Paper
from dispatch.terms import EntryKind
from dispatch.watching import NEVER
from resources import district
from resources.people import SYSTEM
from resources.rules import seed as seed_rows
from resources.sample import build as resources_sample
from resources.sample.build import Progress

NAME = "云川新区应急指挥中心"
SEED = 20261123
SAFE_DAYS = 312


def silent(_name: str, _part: float) -> None:
    """No progress is shown."""


def fill_sample(store: Store, *, seed: int = SEED, progress: Progress = silent) -> None:
    """Fill a new store with the sample district, alive at the store's present time.

    The same seed and the same present give the same rows.

    Raises:
        Refused: the store already holds a district.
    """
    district.refuse_second(store)
    now = store.clock.now()
    with store.change("sample.fill", SYSTEM) as tx:
        seed_rows(tx, (NEVER,))
        district.begin(tx, NAME, seed_rules=seed_rules, settings={
            "sample": "1", "org_name": "云川新区应急管理局", "short_name": "云川新区"})
        sample = resources_sample.start(tx, now, seed)
        resources_sample.fill(sample, lambda name, part: progress(name, part / 2))
        progress("值班表", 0.5)
        roster = shifts.fill(sample)
        paper = Paper(sample, roster)
        progress("事件", 0.6)
        events.fill(paper)
        chatter.fill(paper)
        watch.fill(paper)
        progress("值班日志", 0.7)
        _standing(paper)
        drills.fill(sample)
        drill_book.fill(sample)
        net_story.fill(paper)
        past.fill(paper)
        paper.write()
        progress("完成", 1.0)


def _standing(paper: Paper) -> None:
    """Two warnings in force, by season, and the last reset of the safe days."""
    sample = paper.sample
    cold = sample.now.month in (11, 12, 1, 2, 3)
    kinds = (("大雾", 3), ("寒潮", 4)) if cold else (("暴雨", 3), ("雷电", 4))
    for at, (kind, color) in enumerate(kinds):
        issued = sample.now - timedelta(hours=9 + 5 * at)
        id_ = sample.tx.insert("warning", {
            "kind": kind, "color": color, "issuer": "云川新区气象台", "area": "全区",
            "text": f"预计未来 24 小时全区有{kind}天气，请注意防范。", "issued_at": to_text(issued),
            "ends_at": to_text(sample.now + timedelta(hours=12 + 10 * at)), "passed_to": 18,
            "acknowledged": 18 - at})
        sample.tx.insert("cap_message", {
            "sender": "云川新区气象台", "identifier": f"61019941600000_{issued:%Y%m%d%H%M%S}",
            "sent": to_text(issued), "kind": "Alert", "warning_id": id_,
            "read_at": to_text(issued)})
        paper.add(issued, EntryKind.WARNING,
                  f"收气象台{kind}{'黄色' if color == 3 else '蓝色'}预警，"
                  "已转发 18 个单位", actor="云川新区气象台")
    sample.tx.insert("safe_day", {
        "scope": "district", "effect": "total_zero", "reason": "工贸企业机械伤害事故，1 人死亡",
        "day": (sample.today - timedelta(days=SAFE_DAYS)).isoformat()})
