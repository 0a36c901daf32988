"""Builders of facts for the papers' tests: one full shift, one full event, both languages."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from dispatch.printouts.after_action_facts import (
    AfterActionFacts,
    Casualties,
    Fact,
    Finding,
    ForceLine,
    InstructionLine,
    IntervalLine,
    SupplyLine,
)
from dispatch.printouts.handover_facts import (
    HandoverFacts,
    OpenEvent,
    OpenInstruction,
    OutItem,
    PaperToPass,
    ReportDue,
    Signer,
    WarningLine,
    Watch,
)
from dispatch.printouts.log_table import EntryLine
from dispatch.printouts.report_sheet import Recipient, ReportFacts
from dispatch.printouts.sheet import BEIJING, Check, Moment

FONTS = Path(__file__).parents[3] / "ui" / "assets" / "fonts"
WORDS = Path(__file__).parents[3] / "ui" / "assets" / "words"
ORG = "云川新区应急指挥中心"
CODE = "7K4M-9TQ2-XW3D"
HASH = "60008a885a41c34e" * 4


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, second, tzinfo=BEIJING)


def a_handover(**changes: object) -> HandoverFacts:
    facts: dict[str, object] = {
        "number": "JB-2026-1015",
        "org": ORG,
        "start": at(14, 8, 30),
        "end": at(15, 8, 30),
        "handed_at": at(15, 8, 26),
        "weather": "中雨转小雨 14–19 ℃",
        "outgoing": Watch("郑海涛", "赵强", "陶文静", ("韩雪", "林一舟", "陆瑶")),
        "incoming": Watch("李建国", "林一舟", "白鹭", ("王敏", "何立群", "陆瑶")),
        "summary": "接报事件 3 起，其中较大涉险 1 起、一般 1 起、待研判 1 起；"
        "来电 41 件，来文 6 件，"
        "领导批示 4 件（办结 2 件）。点名 2 次，应点 36 个单位，在岗率 97.2%，"
        "白石镇 22:00 未应答，22:14 补点在岗。出动力量 8 支 82 人，未归建 2 支。",
        "warnings": (
            WarningLine(
                "暴雨黄色（三级）",
                "10-14 18:20 区气象台发布，生效中；已转发 12 个镇街和部门，12 个已回执",
            ),
        ),
        "first_entry": 48112,
        "last_entry": 48391,
        "events": (
            OpenEvent(
                "2026-0119",
                "III",
                "较大",
                "S17 云川高速 K12 槽车侧翻，苯乙烯泄漏。伤 3 人，疏散 120 人，残液转完，水质在测。",
                at(14, 20, 34),
                ("宏远危化队 9 人", "环境监测组 5 人"),
                "每 2 小时报支渠水质；取水恢复须带班同意。",
            ),
            OpenEvent(
                "2026-0120",
                "IV",
                "一般",
                "高新港片区春晖小区停电 412 户，抢修中，预计 10:30 恢复。",
                at(14, 21, 21),
                ("供电抢修 6 人",),
                "独居老人 3 户已上门，10:30 回访。",
            ),
            OpenEvent(
                "2026-0121",
                "",
                "待研判",
                "底阳街道围墙倾斜，无人伤亡，已拉警戒。",
                at(15, 7, 52),
                ("街道 4 人",),
                "住建局 09:30 前到场鉴定。",
            ),
        ),
        "reports": (
            ReportDue(
                at(15, 9),
                "0119 续报四",
                "市应急局值班室、区委值班室",
                "书面",
                "续报三 06:58",
                "林一舟",
            ),
            ReportDue(
                at(15, 10, 30), "0120 终报", "区委值班室", "电话 000-2011", "首报 21:40", "白鹭"
            ),
            ReportDue(at(15, 16), "每日一报 第 288 期", "区领导、市应急局", "系统", "", "白鹭"),
        ),
        "instructions": (
            OpenInstruction(
                at(14, 22, 6),
                "周振华",
                "管委会副主任",
                "务必摸清下游取水口情况，天亮前给出结论。",
                "水务局 22:09 电话，孟凡复述",
                at(15, 9),
                "已取样 2 次，结果待出",
            ),
            OpenInstruction(
                at(15, 6, 40),
                "郑海涛",
                "应急局局长",
                "白石镇夜间点名未应答，查明原因并通报。",
                "白石镇 06:45 电话",
                at(15, 12),
            ),
        ),
        "papers": (
            PaperToPass(
                "云应急〔2026〕31号",
                "关于做好强降雨防范工作的紧急通知",
                "市应急局",
                at(14, 19, 2),
                "各镇街",
            ),
        ),
        "out": (OutItem("宏远危化队", "9 人 2 车", "青槐互通", at(14, 21, 38), "10-15 12:00"),),
        "checks": tuple(
            Check(name, note == "", note)
            for name, note in (
                ("值班电话 000-1001", ""),
                ("备用电话 000-1002", ""),
                ("传真 000-1009", "异常 已报修"),
                ("视频会商终端", ""),
                ("对讲机 1 信道 6 台", ""),
                ("卫星电话 电量 92%", ""),
                ("UPS 与备用电源", ""),
                ("短信网关", ""),
                ("值班电脑 2 台", ""),
                ("密码本 1 册 封条完好", ""),
                ("钥匙 7 把 对数无误", ""),
                ("应急包、手电 4 套", ""),
            )
        ),
        "reminders": ("09:00 前联系水务局取水质结果。", "16:00 报每日一报。"),
        "signed_out": (
            Signer("主班", "赵强", at(15, 8, 21, 40)),
            Signer("带班领导", "郑海涛", at(15, 8, 24, 12)),
        ),
        "signed_in": (
            Signer("主班", "林一舟", at(15, 8, 25, 33)),
            Signer("带班领导", "李建国", at(15, 8, 26, 5)),
        ),
        "code": CODE,
        "chain_seq": 48391,
        "chain_hash": HASH,
    }
    return HandoverFacts(**(facts | changes))  # type: ignore[arg-type]


FORCES = (
    ("消防一中队", "18 人 3 车", 38, 1, 3, 8, 12, at(15, 0, 52)),
    ("公安交警大队", "8 人 3 车", 39, 1, 5, 11, 20, at(15, 1, 50)),
    ("急救站", "6 人 2 车", 39, 1, 3, 15, 20, at(14, 22, 40)),
    ("青槐街道应急队", "12 人 2 车", 40, 3, 10, 8, 20, at(15, 1, 50)),
    ("云盾救援队", "14 人 2 车", 76, 4, 17, 19, 30, at(15, 1, 10)),
    ("环境监测组", "5 人 1 车", 88, 3, 11, 15, 30, None),
    ("宏远危化队", "9 人 2 车", 90, 2, 8, 13, 25, None),
    ("双桥街道分队", "10 人 1 车", 93, 2, 9, 11, 20, at(15, 1, 30)),
)


def a_force(row: tuple[object, ...]) -> ForceLine:
    name, size, start, response, turnout, travel, promised, back = row
    ordered = at(14, 20) + timedelta(minutes=start)  # type: ignore[arg-type]
    total = turnout + travel  # type: ignore[operator]

    def after(n: object) -> datetime:
        return ordered + timedelta(minutes=n)  # type: ignore[arg-type]

    return ForceLine(
        name,
        size,
        ordered,
        after(response),
        after(turnout),
        after(total),  # type: ignore[arg-type]
        back,
        after(promised),
        response,
        turnout,
        travel,
        total,
        promised,  # type: ignore[arg-type]
        max(0, total - promised),
    )  # type: ignore[operator]


MOMENTS = tuple(
    Moment(when, label)
    for when, label in (
        (at(14, 20, 34), "接报"),
        (at(14, 20, 41), "首报 电话"),
        (at(14, 20, 49), "首支力量到达"),
        (at(14, 20, 58), "首报 书面"),
        (at(14, 21, 10), "启动四级响应"),
        (at(14, 21, 58), "支渠闸门关闭"),
        (at(14, 22, 34), "续报一"),
        (at(14, 23, 36), "堵漏完成"),
        (at(15, 1, 44), "转输完毕"),
        (at(15, 1, 58), "响应终止"),
    )
)


def an_entry(n: int, **changes: object) -> EntryLine:
    facts: dict[str, object] = {
        "seq": 48301 + n,
        "at": at(14, 20, 34) + timedelta(minutes=3 * n),
        "kind": ("来电", "指示", "到达", "来文")[n % 4],
        "text": f"条目{n:05d}：底张街道报告已疏散 120 人，消防三中队到达现场，"
        "现场风向东南，能见度良好。",
        "by": ("王敏", "赵强")[n % 2],
    }
    return EntryLine(**(facts | changes))  # type: ignore[arg-type]


def an_after_action(**changes: object) -> AfterActionFacts:
    facts: dict[str, object] = {
        "number": "FP-2026-0119",
        "org": ORG,
        "event_number": "2026-0119",
        "event_title": "S17 云川高速 K12 槽车侧翻苯乙烯泄漏",
        "start": at(14, 20, 34),
        "end": at(15, 2, 20),
        "made_at": at(15, 11, 40),
        "facts": (
            Fact("类别", "事故灾难   危险化学品"),
            Fact("等级", "III 较大（较大涉险）", strong=True),
            Fact("响应", "四级   21:10 至 01:58"),
            Fact("接报", "10-14 20:34:23", strong=True),
            Fact("首报", "电话 20:41   书面 20:58"),
            Fact("结案", "10-15 11:30"),
            Fact("伤亡", "死亡 0   受伤 3   失踪 0"),
            Fact("疏散", "120 人，已全部返回"),
            Fact("带班", "郑海涛   主班 赵强"),
        ),
        "narrative": "10 月 14 日 20 时 34 分，一辆满载约 26 吨苯乙烯的槽车在青槐互通匝道侧翻，"
        "罐体尾部阀门破损泄漏，"
        "部分流入云水河支渠。先后调度 8 支力量 82 人，21 时 58 分支渠闸门关闭，"
        "23 时 36 分堵漏完成，"
        "次日 01 时 44 分残液转输完毕。下游取水口水质未见异常。",
        "casualties": (
            Casualties(at(14, 20, 41), 0, 2, None, 0, "首报 电话"),
            Casualties(at(14, 20, 58), 0, 3, 0, 120, "首报 书面"),
        ),
        "forces": tuple(a_force(row) for row in FORCES),
        "intervals": (
            IntervalLine("电话报出", "接报 至 首报电话", 7, 15, "本区信息报送规定"),
            IntervalLine("书面报出", "接报 至 首报书面", 24, 60, "本区信息报送规定"),
            IntervalLine("首支到达", "接报 至 首支到达", 15, 12, "危化品事故专项预案"),
        ),
        "moments": MOMENTS,
        "instructions": (
            InstructionLine(
                at(14, 22, 6),
                "周振华",
                "管委会副主任",
                "务必摸清下游取水口情况。",
                "水务局 22:09",
                "01:30 报回",
            ),
        ),
        "supplies": (SupplyLine("吸油毡", "40 包", "高新港中心库", "CK-2026-0311", "宏远危化队"),),
        "entries": (
            *(an_entry(n) for n in range(40)),
            an_entry(40, struck=True, reason="数字听错", corrected_by=48342),
            an_entry(41, corrects=48341, text="底张街道报告已疏散 130 人。"),
            an_entry(42, backfilled=True, entered_at=at(15, 0, 5)),
        ),
        "findings": (
            Finding(
                "云盾救援队集结 17 分，超出承诺。", "夜间备勤改为驻队。", "社会力量科", "2026-11-30"
            ),
        ),
        "code": "Q8RD-2VHN-6KTE",
        "chain_seq": 48402,
        "chain_hash": HASH,
    }
    return AfterActionFacts(**(facts | changes))  # type: ignore[arg-type]


def a_report(**changes: object) -> ReportFacts:
    facts: dict[str, object] = {
        "number": "云应急报〔2026〕119-1号",
        "org": ORG,
        "title": "S17 云川高速 K12 槽车侧翻苯乙烯泄漏：首报",
        "text": "接报时间：2026-10-14 20:34\n"
        "简要经过：20 时 30 分许，一辆槽车在匝道侧翻，罐体尾部阀门破损，苯乙烯泄漏。\n"
        "伤亡和损失：受伤 3 人，均已送医，无生命危险；直接经济损失待核实。\n"
        "泄漏仍在继续，支渠下游 6 公里有取水口。\n"
        "请求和建议：暂不掌握",
        "reported_at": at(14, 20, 58),
        "signer": "郑海涛",
        "compiler": "赵强",
        "recipients": (
            Recipient("市应急管理局值班室", "书面", at(14, 20, 58), "孟凡"),
            Recipient("区委值班室", "电话 000-2011", at(14, 20, 41), "罗宁", late=True),
            Recipient("生态环境分局", "电话 000-2044"),
        ),
    }
    return ReportFacts(**(facts | changes))  # type: ignore[arg-type]
