"""Rules of the net 调度网规则: limits and waits of channels, texts and minutes of call-outs."""

from __future__ import annotations

from db.words import mark
from resources.rules import Rule

SINCE = "2024-11-01"
LOCAL_USE = mark("Common practice; fix by local regulation")

LIMITS = Rule("channel.per_minute", {
    "mail": 60, "dingtalk": 20, "wecom": 20, "feishu": 100, "sms": 100, "hook": 300,
    "other": 60, "test": 6000}, "1/min", mark("Messages a minute, by kind of channel"),
    mark("The services' own published limits; DingTalk blocks ten minutes beyond 20"), True, SINCE)
RETRY = Rule("channel.retry", [10, 30, 60, 120, 300], "s",
             mark("Waits before a message that did not get out is tried again"), LOCAL_USE, True,
             SINCE)
TIMEOUT = Rule("channel.timeout", 15, "s", mark("A service that says nothing for so long is"
                                                " given up"), LOCAL_USE, True, SINCE)
BATCH = Rule("channel.batch", 20, "", mark("Recipients named in one message to a group robot"),
             LOCAL_USE, True, SINCE)
ESCALATE = Rule("callout.escalate", 5, "min",
                mark("A call-out without an answer goes to the next number after"), LOCAL_USE,
                True, SINCE)
TEXT = Rule("callout.template", "请{单位}注意：{地点}发生“{事件}”（{编号}，{接报时间}接报）。"
            "{情况}请立即按预案要求组织力量赶赴现场，收到请回复。联系电话{联系电话}。", "",
            mark("Text of a call-out where the plan has none of its own"), LOCAL_USE, True, SINCE)
LEAVE = Rule("roll.leave_counts", value=False, unit="",
             title=mark("Units on leave count as called in the rates of roll calls"),
             basis=LOCAL_USE, uncertain=True, valid_from=SINCE)
LATE = Rule("roll.open", 12, "h", mark("A roll call that was not begun leaves the list after"),
            LOCAL_USE, True, SINCE)
HOURS = Rule("roll.hours", [8, 22], "h", mark("Random roll calls fall between these hours"),
             LOCAL_USE, True, SINCE)

NET_RULES = (LIMITS, RETRY, TIMEOUT, BATCH, ESCALATE, TEXT, LEAVE, LATE, HOURS)
"""Younger than the first stores: read them with `rule_or`."""
