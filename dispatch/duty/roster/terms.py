"""Terms of the roster 排班用语: states, kinds of leave, rules and measures, with their names."""

from __future__ import annotations

from enum import StrEnum

from db.words import mark


class MonthState(StrEnum):
    """A month is drafted, then published; a published one changes by swap or re-publishing."""

    NONE = "none"            # 未排
    DRAFT = "draft"          # 草稿
    PUBLISHED = "published"  # 已发布


MONTH_NAMES = {MonthState.NONE: mark("month|Not begun"), MonthState.DRAFT: mark("month|Draft"),
               MonthState.PUBLISHED: mark("month|Published")}


class Leave(StrEnum):
    """Why somebody cannot be on duty on some days."""

    ANNUAL = "annual"      # 年假
    SICK = "sick"          # 病假
    TRAINING = "training"  # 培训
    TRAVEL = "travel"      # 出差
    OTHER = "other"        # 其他


LEAVE_NAMES = {Leave.ANNUAL: mark("leave|Annual"), Leave.SICK: mark("leave|Sick"),
               Leave.TRAINING: mark("leave|Training"), Leave.TRAVEL: mark("leave|Travel"),
               Leave.OTHER: mark("leave|Other")}


class Wish(StrEnum):
    """What somebody would like of a day; granted last, after fairness."""

    OFF = "off"  # 希望休息
    ON = "on"    # 希望值班


WISH_NAMES = {Wish.OFF: mark("wish|Off"), Wish.ON: mark("wish|On duty")}


class PairKind(StrEnum):
    APART = "apart"        # 不同班
    TOGETHER = "together"  # 同班


PAIR_NAMES = {PairKind.APART: mark("pair|Never in one shift"),
              PairKind.TOGETHER: mark("pair|Always in one shift")}


class SwapState(StrEnum):
    """A swap 换班 is asked for, then a leader grants or refuses it."""

    ASKED = "asked"          # 待批
    GRANTED = "granted"      # 已批准
    REFUSED = "refused"      # 未批准
    WITHDRAWN = "withdrawn"  # 已撤回


SWAP_NAMES = {SwapState.ASKED: mark("swap|Asked for"), SwapState.GRANTED: mark("swap|Granted"),
              SwapState.REFUSED: mark("swap|Refused"),
              SwapState.WITHDRAWN: mark("swap|Withdrawn")}


class Kind(StrEnum):
    """The hard rules: what a breach is a breach of, and what an impossible month fails on."""

    FILLED = "filled"          # 岗位配齐
    QUALIFIED = "qualified"    # 岗位资格
    LEAVE = "leave"            # 休假
    OVERLAP = "overlap"        # 一人一岗
    REST = "rest"              # 休息间隔
    WEEK = "week"              # 每周上限
    MONTH = "month"            # 每月上限
    LEADER_ROW = "leader_row"  # 不连续带班
    APART = "apart"            # 不同班
    TOGETHER = "together"      # 同班
    NEWCOMER = "newcomer"      # 新人有人带
    LOCKED = "locked"          # 锁定
    GONE = "gone"              # 已离岗


KIND_NAMES = {
    Kind.FILLED: mark("rule|Every post filled"), Kind.QUALIFIED: mark("rule|Qualification"),
    Kind.LEAVE: mark("rule|Leave"), Kind.OVERLAP: mark("rule|One duty at a time"),
    Kind.REST: mark("rule|Rest between duties"), Kind.WEEK: mark("rule|Most in a week"),
    Kind.MONTH: mark("rule|Most in a month"),
    Kind.LEADER_ROW: mark("rule|No leader twice in a row"),
    Kind.APART: mark("rule|Pairs never together"),
    Kind.TOGETHER: mark("rule|Pairs always together"),
    Kind.NEWCOMER: mark("rule|Newcomers with seniors"), Kind.LOCKED: mark("rule|Locked cells"),
    Kind.GONE: mark("rule|On the list of officers")}


class Measure(StrEnum):
    """What is shared out evenly, in this order; each counts earlier months in."""

    TOTAL = "total"      # 总次数
    ROOM = "room"        # 在岗次数
    HOLIDAY = "holiday"  # 节假日
    WEEKEND = "weekend"  # 周末
    NIGHT = "night"      # 夜班


MEASURE_NAMES = {
    Measure.TOTAL: mark("measure|All duties"), Measure.ROOM: mark("measure|In the room"),
    Measure.HOLIDAY: mark("measure|Holidays"), Measure.WEEKEND: mark("measure|Weekends"),
    Measure.NIGHT: mark("measure|Nights")}
