"""Terms of the net at work 调度网运行用语: closed lists with their names."""

from __future__ import annotations

from enum import StrEnum

from db.words import mark


class ChannelKind(StrEnum):
    """Kinds of channel 通道. Robots post to a group and name several recipients in one message."""

    MAIL = "mail"          # 邮件
    SMS = "sms"            # 短信网关
    DINGTALK = "dingtalk"  # 钉钉机器人
    WECOM = "wecom"        # 企业微信机器人
    FEISHU = "feishu"      # 飞书机器人
    HOOK = "hook"          # 网络钩子
    OTHER = "other"        # 其他 (any service of the library, by its own address)
    TEST = "test"          # 本地测试: nothing leaves this machine


CHANNEL_NAMES = {
    ChannelKind.MAIL: mark("channel|Mail"), ChannelKind.SMS: mark("channel|SMS gateway"),
    ChannelKind.DINGTALK: mark("channel|DingTalk robot"),
    ChannelKind.WECOM: mark("channel|WeCom robot"),
    ChannelKind.FEISHU: mark("channel|Feishu robot"), ChannelKind.HOOK: mark("channel|Web hook"),
    ChannelKind.OTHER: mark("channel|Other service"),
    ChannelKind.TEST: mark("channel|Local test"),
}
ROBOTS = frozenset({ChannelKind.DINGTALK, ChannelKind.WECOM, ChannelKind.FEISHU})


class SendState(StrEnum):
    """What became of one message 发送状态. What is SENT or DELIVERED is never sent again."""

    QUEUED = "queued"        # 待发
    SENDING = "sending"      # 发送中
    SENT = "sent"            # 已发出: the service took it
    DELIVERED = "delivered"  # 已送达: the service says that it arrived
    REFUSED = "refused"      # 被拒: the service will not take it
    FAILED = "failed"        # 发送失败: every try failed before it got out
    UNKNOWN = "unknown"      # 不明: it may have got out; a person decides
    DROPPED = "dropped"      # 不再发: answered or closed before it went


SEND_NAMES = {
    SendState.QUEUED: mark("send|Queued"), SendState.SENDING: mark("send|Being sent"),
    SendState.SENT: mark("send|Sent"), SendState.DELIVERED: mark("send|Delivered"),
    SendState.REFUSED: mark("send|Refused by the service"),
    SendState.FAILED: mark("send|Did not get out"), SendState.UNKNOWN: mark("send|Not known"),
    SendState.DROPPED: mark("send|Not sent any more"),
}


class Answer(StrEnum):
    """What a recipient answered 回复."""

    NONE = ""
    ACKNOWLEDGED = "acknowledged"  # 已确认
    REFUSED = "refused"            # 拒绝
    NO_ANSWER = "no_answer"        # 未应答


ANSWER_NAMES = {Answer.ACKNOWLEDGED: mark("answer|Acknowledged"),
                Answer.REFUSED: mark("answer|Declined"),
                Answer.NO_ANSWER: mark("answer|No answer")}


class Standing(StrEnum):
    """How it stands with one recipient 状态, as the board shows it."""

    BY_HAND = "by_hand"            # 待人工: no message went or goes out; call by hand
    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    UNKNOWN = "unknown"
    FAILED = "failed"
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"


STANDING_NAMES = {
    Standing.BY_HAND: mark("standing|To be called"), Standing.QUEUED: mark("send|Queued"),
    Standing.SENT: mark("send|Sent"), Standing.DELIVERED: mark("send|Delivered"),
    Standing.UNKNOWN: mark("standing|Sent or not?"),
    Standing.FAILED: mark("standing|Did not get out"),
    Standing.ACKNOWLEDGED: mark("answer|Acknowledged"), Standing.REFUSED: mark("answer|Declined"),
    Standing.NO_ANSWER: mark("answer|No answer"),
}


class RollResult(StrEnum):
    """Answers of a roll call 点名结果."""

    PRESENT = "present"  # 在岗
    AWAY = "away"        # 离岗
    LEAVE = "leave"      # 请假
    SILENT = "silent"    # 未应答
    FAULT = "fault"      # 设备故障
    OTHER = "other"      # 其他


RESULT_NAMES = {
    RollResult.PRESENT: mark("roll|On post"), RollResult.AWAY: mark("roll|Off post"),
    RollResult.LEAVE: mark("roll|On leave"), RollResult.SILENT: mark("roll|No answer"),
    RollResult.FAULT: mark("roll|Device fault"), RollResult.OTHER: mark("roll|Other"),
}
RESULT_KEYS = {str(n): r for n, r in enumerate(RollResult, 1)}


class RollKind(StrEnum):
    SCHEDULED = "scheduled"  # 定时
    RANDOM = "random"        # 随机
    BY_HAND = "by_hand"      # 临时


ROLL_KIND_NAMES = {RollKind.SCHEDULED: mark("roll|Scheduled"), RollKind.RANDOM: mark("roll|Random"),
                   RollKind.BY_HAND: mark("roll|By hand")}


class RollWay(StrEnum):
    PHONE = "phone"  # 电话
    RADIO = "radio"  # 对讲机
    VIDEO = "video"  # 视频


ROLL_WAY_NAMES = {RollWay.PHONE: mark("rollway|Phone"), RollWay.RADIO: mark("rollway|Radio"),
                  RollWay.VIDEO: mark("rollway|Video")}
