"""Past events, statistics and after-action of the tour 巡览复盘."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt

from db.words import t
from dispatch.review import improvements
from dispatch.tally import Period
from resources.localtime import local, local_day
from ui.pages.after_action_page import AfterActionPage
from ui.pages.past_page import PastPage
from ui.pages.statistics_page import StatisticsPage
from ui.tour.hands import Astray, Hands

K = Qt.Key
Keep = Callable[[str, str], None]
"""Keeps the paper in the preview beside the pictures: its name, what it is."""


def past_and_statistics(h: Hands, keep: Keep) -> None:
    """An older desk's record taken in, then the counts of the last two years."""
    with tempfile.TemporaryDirectory() as folder:
        _import(h, Path(folder) / "旧台账.csv")
    h.room.window.show_page("statistics")
    h.settle()
    page = h.room.window.page
    if not isinstance(page, StatisticsPage):
        raise Astray("the statistics did not open")
    today = local_day(h.room.desk.now())
    page.open(Period(today - timedelta(days=730), today))
    h.settle()
    h.shoot("statistics", t("Statistics of a period, our own and imported events"))
    page.setFocus()
    h.press(K.Key_P)
    keep("statistics", t("The statistics on paper"))


def _record(now: datetime) -> str:
    """A small record with what real ones have: a gap, a time before the call, a repeat."""
    day = f"{local(now) - timedelta(days=400):%Y-%m-%d}"
    return (f"""接警单编号,出动单位,警情类型,地址,接警时间,下达时间,出动时间,到达时间,归建时间
5001,特勤站1车,建筑火灾,人民路 8 号,{day} 21:40:05,{day} 21:41:00,{day} 21:42:10,"""
            f"""{day} 21:49:30,{day} 23:10:00
5001,云川站水罐车,建筑火灾,人民路 8 号,{day} 21:40:05,{day} 21:41:20,{day} 21:43:00,,{day} 22:15:00
5002,红岭站抢险车,交通事故,环城路,{day} 22:05:00,{day} 22:06:00,{day} 22:04:00,{day} 22:20:00,
""")


def _import(h: Hands, file: Path) -> None:
    window = h.room.window
    window.show_page("past")
    page = window.page
    if not isinstance(page, PastPage):
        raise Astray("the import of past events did not open")
    h.shoot("past-empty", t("Another system's record is dropped here or opened"))
    file.write_text(_record(h.room.desk.now()), "utf-8")
    page.choose_source = lambda _parent: str(file)
    h.press(K.Key_O)
    h.settle()
    h.press(K.Key_2)
    h.shoot("past-flagged", t("What is missing or out of order is flagged, never filled in"))
    h.press(K.Key_I)
    h.settle()
    h.shoot("past-done", t("Every row is in; Z takes them back"))
    h.press(K.Key_Z)
    h.settle()
    h.no_refusals("past events")


def after_action(h: Hands, keep: Keep, event: int) -> None:
    """The review of the first event: replay, words, an improvement, paper."""
    window = h.room.window
    window.show_page("after_action", event)
    h.settle()
    page = window.page
    if not isinstance(page, AfterActionPage) or page.of is None:
        raise Astray("the after-action did not open")
    h.shoot("after-action", t("The after-action: forces, log and harm on one axis"))
    middle = page.of.start + (page.of.last - page.of.start) / 3
    page.replay.go_to(middle)
    h.shoot("after-action-replay", t("The replay stands at one instant"))
    page.replay.leave()
    h.press(K.Key_E)
    h.fill(lessons="夜间警戒线设置偏近，后撤一次。", measures="按泄漏物质重新划定警戒距离。")
    h.shoot("after-action-written", t("E: course, causes, lessons and measures"))
    h.press(K.Key_Return, Qt.KeyboardModifier.ControlModifier)
    h.settle()
    h.press(K.Key_N)
    h.fill(problem="警戒线设置偏近", measure="修订专项预案附件三", owner="应急指挥中心")
    h.commit()
    if not improvements(h.room.store, page.of.of.id):
        raise Astray("the improvement was not kept")
    h.shoot("after-action-improvements", t("Improvements are due until somebody closes them"))
    h.press(K.Key_L)
    h.shoot("after-action-large", t("L: the large chart"))
    h.press(K.Key_L)
    h.press(K.Key_P)
    keep("after-action", t("The after-action log on paper"))
