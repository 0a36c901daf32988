"""Chatter 样例值班往来: what fills the log between events - weather, roll calls, patrols, calls."""

from __future__ import annotations

from datetime import datetime, timedelta

from dispatch.sample.paper import Paper
from dispatch.sample.shifts import current_start
from dispatch.terms import EntryKind
from resources.localtime import local

BUSY_DAYS, BUSY_ENTRIES, QUIET_ENTRIES, DAYS = 2, 60, 8, 35
WARMTH = (1, 4, 10, 16, 21, 26, 28, 26, 21, 14, 7, 2)
"""Usual degrees Celsius by month."""

TEXTS: tuple[tuple[EntryKind, tuple[str, ...]], ...] = (
    (EntryKind.CALL, ("{town}值班室：汇报辖区平稳，无异常情况",
     "{town}：咨询预警信号解除时间，已答复",
                      "群众反映{town}路灯不亮，已转住建局值班室", "{town}：报告道路积水已排除")),
    (EntryKind.PATROL, ("巡查指挥大厅设备，运行正常", "查看视频监控 {n} 路，均在线",
     "巡查备勤室，备勤人员在岗")),
    (EntryKind.ROLL_CALL, ("抽查{town}值班室，应答人{name}，在岗", "电台点名{town}，信号良好")),
    (EntryKind.CALL_OUT, ("电话提醒{town}做好夜间值守",
     "向{town}核实应急队伍待命情况，{n} 人待命")),
    (EntryKind.WEATHER, ("气象台实况：{warmth} ℃，风力 2 级",
     "气象台短时预报：未来 3 小时无降水")),
    (EntryKind.PAPER, ("收市应急管理局传真：做好近期安全防范工作，已呈带班领导",
                       "收区委区政府总值班室通知：节前值守安排，已转各镇街")),
    (EntryKind.NOTE, ("值班电话、传真、电台通联测试正常", "更新应急力量待命表，可出动队伍 {n} 支")))


def fill(paper: Paper) -> None:
    """About 60 entries for each of the last two shifts, some for the older, today's so far."""
    middle = current_start(paper.sample.now)
    for back in range(DAYS, -1, -1):
        starts = middle - timedelta(days=back)
        entries = BUSY_ENTRIES if back <= BUSY_DAYS else QUIET_ENTRIES
        paper.add(starts + timedelta(minutes=1), EntryKind.SHIFT, "本班开始值守，人员到岗")
        _shift(paper, starts, entries)


def _shift(paper: Paper, starts: datetime, entries: int) -> None:
    dice, gap = paper.sample.dice, 24 * 60 / (entries + 1)
    for at in range(1, entries):
        when = starts + timedelta(minutes=int(at * gap + dice.uniform(0, gap * 0.8)) + 2)
        kind, texts = TEXTS[dice.randrange(len(TEXTS))]
        warmth = WARMTH[local(when).month - 1]
        words = dice.choice(texts).format(town=paper.sample.town(), name=paper.sample.name(),
                                          n=dice.randint(12, 34),
                                          warmth=warmth + dice.randint(-3, 3))
        if when < paper.sample.now:
            actor = words.partition("：")[0] if kind is EntryKind.CALL and "：" in words else ""
            paper.add(when, kind, words, actor=actor)
