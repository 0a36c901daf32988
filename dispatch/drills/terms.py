"""Terms of drills 演练用语: ids, kinds, states, timing points, and their names."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

from db.change import RowId
from db.words import mark

ScenarioId = NewType("ScenarioId", RowId)
DrillId = NewType("DrillId", RowId)


class Form(StrEnum):
    """How a drill is held 演练形式 (AQ/T 9007)."""

    FULL = "full"          # 实战
    TABLETOP = "tabletop"  # 桌面


FORM_NAMES = {Form.FULL: mark("drill|Full-scale"), Form.TABLETOP: mark("drill|Table-top")}


class Content(StrEnum):
    """What a drill covers 演练内容."""

    COMBINED = "combined"  # 综合
    SINGLE = "single"      # 单项
    SPECIAL = "special"    # 专项


CONTENT_NAMES = {Content.COMBINED: mark("drill|Combined"), Content.SINGLE: mark("drill|Single"),
                 Content.SPECIAL: mark("drill|Special plan")}


class Purpose(StrEnum):
    """What a drill is for 演练目的."""

    TEST = "test"    # 检验性
    SHOW = "show"    # 示范性
    STUDY = "study"  # 研究性


PURPOSE_NAMES = {Purpose.TEST: mark("drill|Testing"), Purpose.SHOW: mark("drill|Demonstration"),
                 Purpose.STUDY: mark("drill|Research")}


class Part(StrEnum):
    """The groups of a drill's organisation 演练组织机构."""

    LEADER = "leader"            # 领导组
    PLANNER = "planner"          # 策划组
    CONTROLLER = "controller"    # 执行（控制）组
    EVALUATOR = "evaluator"      # 评估组
    SUPPORT = "support"          # 保障组
    PARTICIPANT = "participant"  # 参演
    OBSERVER = "observer"        # 观摩


PART_NAMES = {Part.LEADER: mark("drill|Leaders"), Part.PLANNER: mark("drill|Planners"),
              Part.CONTROLLER: mark("drill|Controllers"), Part.EVALUATOR: mark("Evaluators"),
              Part.SUPPORT: mark("drill|Support"), Part.PARTICIPANT: mark("Participants"),
              Part.OBSERVER: mark("Observers")}


class DrillState(StrEnum):
    """What became of a drill; `running` covers its pauses."""

    PREPARED = "prepared"    # 待开始
    RUNNING = "running"      # 进行中
    ENDED = "ended"          # 已结束 (not sealed yet)
    SEALED = "sealed"        # 已封存
    ABANDONED = "abandoned"  # 已放弃


DRILL_STATE_NAMES = {
    DrillState.PREPARED: mark("drill|Prepared"), DrillState.RUNNING: mark("drill|Running"),
    DrillState.ENDED: mark("drill|Ended"), DrillState.SEALED: mark("drill|Sealed"),
    DrillState.ABANDONED: mark("drill|Given up")}


class Point(StrEnum):
    """The timing points of a drill 计时点, in the order in which they are expected."""

    START = "start"                # 情景开始
    REPORTED = "reported"          # 接报
    FIRST_REPORT = "first_report"  # 首报
    RESPONSE = "response"          # 响应启动
    ORDER = "order"                # 指令
    MUSTER = "muster"              # 集结
    ARRIVED = "arrived"            # 到达
    POST = "post"                  # 指挥部开设
    CONTROLLED = "controlled"      # 控制
    LIFTED = "lifted"              # 解除
    END = "end"                    # 情景结束


POINT_NAMES = {
    Point.START: mark("point|Start"), Point.REPORTED: mark("point|Call received"),
    Point.FIRST_REPORT: mark("point|First report"), Point.RESPONSE: mark("point|Response started"),
    Point.ORDER: mark("point|First order"), Point.MUSTER: mark("point|Mustered"),
    Point.ARRIVED: mark("point|On scene"), Point.POST: mark("point|Command post"),
    Point.CONTROLLED: mark("point|Under control"), Point.LIFTED: mark("point|Response ended"),
    Point.END: mark("point|End")}


class ActKind(StrEnum):
    """What is written while a drill runs; nothing of it is ever edited."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    SPEED = "speed"        # time scale of a table-top drill
    DOWN = "down"          # the program or the machine was down: crash, kill, sleep
    INJECT = "inject"
    SKIP = "skip"
    STAMP = "stamp"        # an expected action was seen
    UNSTAMP = "unstamp"    # the last stamp was a slip
    MARK = "mark"          # free note of the director or an evaluator
    POINT = "point"        # a timing point pressed by hand
    END = "end"


class Result(StrEnum):
    """How an expected action was carried out."""

    DONE = "done"        # 完成
    PARTLY = "partly"    # 部分完成
    MISSED = "missed"    # 未做


RESULT_NAMES = {Result.DONE: mark("drill|Done"), Result.PARTLY: mark("drill|Partly done"),
                Result.MISSED: mark("drill|Not done")}


class BreakKind(StrEnum):
    PAUSE = "pause"  # 暂停
    DOWN = "down"    # 停机


BREAK_NAMES = {BreakKind.PAUSE: mark("drill|Pause"), BreakKind.DOWN: mark("drill|Down")}
