"""Events 样例事件: 30 closed events with calls, orders, stages, reports and instructions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from db.change import RowId
from db.clock import to_text
from dispatch.sample.cases import CASES, Case
from dispatch.sample.paper import Paper
from dispatch.sample.shifts import current_start
from dispatch.terms import MAIN_STAGES, EntryKind, EventState, ReportKind, Stage, Way
from resources.geo import distance_m
from resources.localtime import local
from resources.sample import shapes

EVENTS = 30
RECIPIENTS = ("区委区政府总值班室", "市应急管理局值班室")
STAGE_WORDS = {Stage.CONFIRMED: "确认", Stage.MUSTERED: "集结", Stage.DEPARTED: "出动",
               Stage.ARRIVED: "到达", Stage.DEPLOYED: "展开", Stage.CONTROLLED: "控制",
               Stage.FINISHED: "结束", Stage.RETURNED: "归建"}


@dataclass(frozen=True, slots=True)
class Past:
    """One event being told: its row, number, place and when it was received and closed."""

    id: RowId
    number: str
    title: str
    case: Case
    town: str
    lon: float
    lat: float
    received: datetime
    closed: datetime


def fill(paper: Paper) -> None:
    """Thirty events, the oldest some 150 days ago, all closed before the current shift."""
    last, given = current_start(paper.sample.now), Counter[int]()
    for at in range(EVENTS):
        back = timedelta(days=5 * (EVENTS - 1 - at), hours=paper.sample.dice.randint(7, 22),
                         minutes=paper.sample.dice.randint(0, 59))
        received = last - back
        year, day = local(received).year, local(received).timetuple().tm_yday
        given[year] = max(given[year] + 1, int(day * 0.45))
        past = _event(paper, CASES[at % len(CASES)], received, f"{year}-{given[year]:04d}")
        _call(paper, past)
        _forces(paper, past)
        _reports(paper, past)
        _instruction(paper, past)
        _casualties(paper, past)
        paper.add(past.closed, EntryKind.EVENT, f"事件 {past.number} 结束：现场处置完毕，秩序恢复",
                  event=past.id)


def _event(paper: Paper, case: Case, received: datetime, number: str) -> Past:
    sample = paper.sample
    town = next((t for t in sample.towns if t[:2] in case.title), sample.town())
    lon, lat = shapes.somewhere(sample.dice, sample.towns[town])
    title = case.title.format(town=town, road=sample.dice.choice(("云川大道", "石渠路", "望川路")))
    closed = received + timedelta(minutes=sample.dice.randint(220, 300))
    row = sample.tx.insert("event", {
        "number": number, "title": title, "class": case.of, "subtype": case.subtype,
        "level": case.level, "level_basis": "按初判伤亡与影响范围", "level_at": to_text(received),
        "state": EventState.CLOSED, "occurred_at": to_text(received - timedelta(minutes=9)),
        "received_at": to_text(received), "source": Way.PHONE, "town": town,
        "address": f"{sample.dice.choice([*shapes.ROADS][1:])}附近", "lon": lon, "lat": lat,
        "reporter": sample.name(),
        "reporter_unit": f"{town}值班室", "reporter_phone": sample.phone(),
        "summary": f"{title}，接报后立即组织处置。", "cause": case.cause, "trend": "已控制",
        "measures": "调派力量、警戒疏散、信息报送", "commander": sample.dice.choice(
            sample.people[:6])[1], "commander_phone": sample.phone(),
        "verified": f"已向{town}值班室核实",
        "verified_at": to_text(received + timedelta(minutes=3)),
        "closed_at": to_text(closed), "close_note": "现场处置完毕，秩序恢复"})
    return Past(row, number, title, case, town, lon, lat, received, closed)


def _call(paper: Paper, past: Past) -> None:
    """The call that brought it, the check with the town, and the grading."""
    row = {"event_id": past.id, "phone": paper.sample.phone(), "caller": paper.sample.name(),
           "unit": f"{past.town}值班室", "answered_at": to_text(past.received), "seconds": 96}

    def note(entry: RowId) -> None:
        paper.sample.tx.insert("call", {**row, "log_id": entry})

    paper.add(past.received, EntryKind.CALL, f"{past.town}值班室：{past.title}", event=past.id,
              actor=f"{past.town}值班室", after=note)
    paper.add(past.received + timedelta(minutes=3), EntryKind.CALL_OUT,
              f"回拨{past.town}值班室，情况属实", event=past.id)
    paper.add(past.received + timedelta(minutes=4), EntryKind.LEVEL,
              f"初判为{'较大' if past.case.level == 3 else '一般'}事件", event=past.id)


def _forces(paper: Paper, past: Past) -> None:
    """The nearest ready force for each capability, each through all its stages."""
    sent: set[object] = set()
    for capability in past.case.capabilities:
        near = sorted((f for f in paper.sample.forces if capability in str(f["capabilities"])
                       and f["id"] not in sent and f["status"] == "ready"),
                      key=partial(_metres, past))
        if near:
            sent.add(near[0]["id"])
            _order(paper, past, near[0], len(sent))


def _metres(past: Past, force: dict[str, object]) -> float:
    return distance_m(past.lon, past.lat, float(str(force["lon"])), float(str(force["lat"])))


def _order(paper: Paper, past: Past, force: dict[str, object], at: int) -> None:
    dice, name = paper.sample.dice, str(force["name"])
    ordered = past.received + timedelta(minutes=5 + at)
    promised, people = int(str(force["promised_minutes"])), int(str(force["ready_people"])) // 2 + 1
    times = _times(past, ordered, promised, dice.uniform(0.7, 1.15))
    vehicles = max(1, people // 6)
    order = paper.sample.tx.insert("dispatch_order", {
        "number": f"{past.number}-{at:02d}", "event_id": past.id, "force_id": force["id"],
        "text": "前往现场处置", "ordered_at": to_text(ordered), "promised_minutes": promised,
        "distance_m": _metres(past, force), "people": people, "vehicles": vehicles,
        "stage": Stage.RETURNED, "ended_at": to_text(times[Stage.RETURNED]), "outcome": "完成任务"})
    for stage, when in times.items():
        paper.sample.tx.insert("stamp", {
            "order_id": order, "stage": stage, "at": to_text(when), "entered_at": to_text(when),
            "source": Way.RADIO, "said_by": str(force["leader"]), "people": people,
            "vehicles": vehicles})
        words = (f"{name}：{STAGE_WORDS[stage]}" if stage in STAGE_WORDS
                 else f"已下达{name}，承诺 {promised} 分钟")
        if stage is Stage.ARRIVED:
            words += f"，{people} 人、{vehicles} 车"
        paper.add(when, EntryKind.ORDER if stage is Stage.ORDERED else EntryKind.STAGE, words,
                  event=past.id, order=order, actor=name)


def _times(past: Past, ordered: datetime, promised: int, pace: float) -> dict[Stage, datetime]:
    """When each main stage came: out by the promise and the pace, home before the closing."""
    arrive = max(4.0, promised * pace)
    left = (past.closed - ordered).total_seconds() / 60 - arrive
    minutes = (0.0, min(1.0, arrive / 6), arrive / 5, arrive / 4, arrive, arrive + left * 0.05,
               arrive + left * 0.4, arrive + left * 0.6, arrive + left * 0.9)
    return {stage: ordered + timedelta(seconds=round(m * 60))
            for stage, m in zip(MAIN_STAGES, minutes, strict=True)}


def _reports(paper: Paper, past: Past) -> None:
    """First report by phone and in writing and the final report, to each recipient."""
    leader = paper.sample.dice.choice(paper.sample.people[:6])[1]
    plan = ((ReportKind.FIRST, "首报", (Way.PHONE, Way.WRITTEN), past.received, 15),
            (ReportKind.FINAL, "终报", (Way.WRITTEN,), past.closed, 60))
    for kind, word, ways, start, due in plan:
        report = paper.sample.tx.insert("report", {
            "number": f"{past.number}-{word}", "event_id": past.id, "kind": kind, "seq": 1,
            "title": f"{past.title}（{word}）", "text": f"{past.title}。{past.case.cause}。",
            "signed_by": leader, "drafted_at": to_text(start + timedelta(minutes=6))})
        for way in ways:
            limit = due if way is Way.PHONE else 60
            for at, recipient in enumerate(RECIPIENTS):
                sent = start + timedelta(minutes=8 + at + (20 if way is Way.WRITTEN else 0))
                paper.sample.tx.insert("sending", {
                    "event_id": past.id, "report_id": report, "kind": kind, "seq": 1,
                    "recipient": recipient, "way": way, "basis": "report.first",
                    "due_at": to_text(start + timedelta(minutes=limit)), "sent_at": to_text(sent),
                    "receiver": paper.sample.name()})
                means = "电话" if way is Way.PHONE else "书面"
                paper.add(sent, EntryKind.REPORT, f"{word}已报{recipient}（{means}）",
                          event=past.id)


def _instruction(paper: Paper, past: Past) -> None:
    leader = paper.sample.dice.choice(paper.sample.people[:2])[1]
    at, done = past.received + timedelta(minutes=18), past.received + timedelta(minutes=95)
    text = "全力救治伤员，查明原因，防止次生灾害" if past.case.hurt else "尽快处置，防止次生灾害"

    def note(entry: RowId) -> None:
        found = paper.sample.tx.insert("instruction", {
            "log_id": entry, "event_id": past.id, "kind": "spoken", "leader": leader,
            "unit": "云川新区管委会", "post": "副主任", "way": Way.PHONE, "at": to_text(at),
            "text": text, "state": "done", "feedback": "已落实", "done_at": to_text(done)})
        paper.sample.tx.insert("passing", {
            "instruction_id": found, "to_whom": f"{past.town}值班室", "way": Way.PHONE,
            "at": to_text(at + timedelta(minutes=2)), "receiver": paper.sample.name(),
            "repeated_back": 1})

    paper.add(at, EntryKind.INSTRUCTION, f"{leader}：{text}", event=past.id, actor=leader,
              after=note)
    paper.add(done, EntryKind.INSTRUCTION, f"{past.town}反馈：批示已落实", event=past.id)


def _casualties(paper: Paper, past: Past) -> None:
    """A first count and a settled one."""
    for minutes, hurt in ((12, past.case.hurt // 2), (70, past.case.hurt)):
        at = past.received + timedelta(minutes=minutes)
        evacuated = 120 if past.case.level == 3 else 0
        severe = 1 if hurt > 5 else 0
        paper.sample.tx.insert("casualty", {
            "event_id": past.id, "at": to_text(at), "severe": severe, "light": hurt - severe,
            "evacuated": evacuated})
        words = f"受伤 {hurt} 人" if hurt else "无人员伤亡"
        paper.add(at, EntryKind.CASUALTY, words, event=past.id)
