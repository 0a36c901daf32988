"""The net of the sample district 样例调度网: persons, groups, templates, two months of roll calls,
one call-out that has ended."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from db.change import RowId
from db.clock import to_text
from dispatch.net.choosing import Choice, to_json
from dispatch.net.terms import Answer, ChannelKind, RollKind, RollResult, RollWay
from dispatch.sample.paper import Paper
from dispatch.terms import EntryKind
from resources.localtime import at_local, local, local_day
from resources.net import Branch, Member, Part, members

DAYS, SEED = 61, 19
HOSPITALS = (("区人民医院应急办", "云锦街道"), ("区中医医院应急办", "望川街道"),
             ("石渠镇中心卫生院", "石渠镇"))
POSTS = {Branch.TOWN: ("镇长", "副镇长", "应急办主任"), Branch.DEPARTMENT: ("分管领导", "值班长"),
         Branch.HOSPITAL: ("院领导", "急诊科主任")}
RESULTS = {RollResult.SILENT: "未应答", RollResult.FAULT: "设备故障", RollResult.LEAVE: "请假",
           RollResult.AWAY: "离岗", RollResult.PRESENT: "在岗"}
ODDS = (RollResult.PRESENT,) * 94 + (RollResult.SILENT,) * 3 + (RollResult.FAULT, RollResult.LEAVE,
                                                               RollResult.AWAY)
CHANNELS = (("本地测试", ChannelKind.TEST, "", 1),
            ("短信网关", ChannelKind.SMS, "https://sms.example.cn/send", 0),
            ("应急钉钉群", ChannelKind.DINGTALK, "", 0))


@dataclass(frozen=True, slots=True)
class Kind:
    """A template of the sample: whom it asks, how, when."""

    id: RowId
    name: str
    way: RollWay
    rows: tuple[Member, ...]
    times: tuple[time, ...]


def fill(paper: Paper) -> None:
    """Everything of the net; its dice are its own, so that nothing else changes with it."""
    dice = random.Random(SEED)
    _hospitals(paper)
    _radios(paper)
    _persons(paper, dice)
    kinds = _templates(paper)
    _past(paper, dice, kinds)
    _callout(paper, dice)


def _members(paper: Paper, *branches: Branch) -> tuple[Member, ...]:
    return tuple(members(paper.sample.tx.store, Part(branches=branches)))


def _hospitals(paper: Paper) -> None:
    sample = paper.sample
    for number, (name, town) in enumerate(HOSPITALS, 1):
        lon, lat = sample.towns[town][0]
        sample.tx.insert("unit", {
            "name": name, "tier": "district" if number < 3 else "town", "kind": "hospital",
            "duty_phone": f"000-{8690 + number}", "contact": sample.people[number][1],
            "contact_post": "总值班", "call_sign": f"云川{90 + number}", "channel": "二信道",
            "on_net": 1, "net_since": (sample.today - timedelta(days=300)).isoformat(),
            "town": town, "address": town, "lon": lon, "lat": lat, "owner": "卫生健康局",
            "verified_at": to_text(sample.now - timedelta(days=20)),
            "verified_by": sample.people[0][1],
            "next_verify_due": (sample.today + timedelta(days=160)).isoformat()})


def _radios(paper: Paper) -> None:
    """Every call sign once, and a terminal beside it."""
    tx = paper.sample.tx
    rows = tx.run("select id, name, call_sign from unit where call_sign <> '' order by id")
    for number, row in enumerate(rows.fetchall(), 101):
        tx.update("unit", row["id"], call_sign=f"云川{number}", terminal=f"U{number:04d}")


def _persons(paper: Paper, dice: random.Random) -> None:
    tx, phone = paper.sample.tx, 8700
    for one in _members(paper, *POSTS):
        for place, post in enumerate(POSTS[one.branch], 1):
            phone += dice.randint(1, 3)
            tx.insert("net_contact", {
                "kind": one.kind, "row_id": one.id, "place": place,
                "name": paper.sample.people[(phone * 7) % len(paper.sample.people)][1],
                "post": post, "phone": f"000-{phone}",
                "mail": f"duty{phone}@example.cn" if place == 1 else ""})


def _templates(paper: Paper) -> list[Kind]:
    tx = paper.sample.tx
    flood = [m for m in _members(paper, Branch.TOWN, Branch.DEPARTMENT, Branch.FORCE)
             if m.branch is Branch.TOWN or "抗洪排涝" in m.capabilities or "水务" in m.name]
    whole = _members(paper, Branch.TOWN, Branch.DEPARTMENT, Branch.HOSPITAL, Branch.VILLAGE,
                     Branch.COMPANY)[:40]
    for name, rows in (("防汛成员单位", flood), ("全网点名 40 个单位", whole)):
        tx.insert("net_group", {"name": name, "members": json.dumps([m.key for m in rows])})
    for name, kind, address, active in CHANNELS:
        tx.insert("net_channel", {"name": name, "kind": kind, "address": address,
                                  "active": active})
    group = RowId(tx.run("select id from net_group where name like '全网%'").fetchone()[0])
    office = (Branch.TOWN, Branch.DEPARTMENT)
    since = paper.sample.now - timedelta(days=DAYS)
    found = [
        _template(paper, "早点名", Choice(branches=office), RollWay.PHONE, ("09:00",), since),
        _template(paper, "夜间村社区点名", Choice(branches=(Branch.VILLAGE,)), RollWay.PHONE,
                  ("21:00",), since),
        _template(paper, "队伍电台点名", Choice(branches=(Branch.FORCE,), on_net=True),
                  RollWay.RADIO, (), since),
        _template(paper, "全网点名", Choice(groups=(group,)), RollWay.PHONE, (), since)]
    _template(paper, "值班随机抽查", Choice(branches=office), RollWay.PHONE, (),
              paper.sample.now, often=3)
    return [replace(found[0], rows=_members(paper, *office)),
            replace(found[1], rows=_members(paper, Branch.VILLAGE)),
            replace(found[2], rows=tuple(m for m in _members(paper, Branch.FORCE) if m.on_net))]


def _template(paper: Paper, name: str, choice: Choice, way: RollWay, times: Sequence[str],
              since: datetime, often: int = 0) -> Kind:
    new = paper.sample.tx.insert("roll_template", {
        "name": name, "choice": to_json(choice), "way": way, "times": json.dumps(times),
        "random_week": often, "sample": 6 if often else 0, "since": to_text(since)})
    return Kind(RowId(new), name, way, (), tuple(time.fromisoformat(x) for x in times))


def _past(paper: Paper, dice: random.Random, kinds: Sequence[Kind]) -> None:
    """Every scheduled roll call up to now, and the forces by radio every third day."""
    sample, due = paper.sample, list[tuple[datetime, Kind]]()
    for back in range(DAYS, -1, -1):
        day = local_day(sample.now) - timedelta(days=back)
        for kind in kinds:
            clocks = kind.times or ((time(15, 30),) if back % 3 == 1 else ())
            due += [(at_local(day, clock), kind) for clock in clocks]
    given: Counter[int] = Counter()
    for at, kind in sorted(due, key=lambda one: one[0]):
        if at < sample.now - timedelta(minutes=30):
            year = local(at).year
            given[year] += 1
            _held(paper, dice, kind, at, f"DM-{year}-{given[year]:04d}")


def _held(paper: Paper, dice: random.Random, kind: Kind, at: datetime, number: str) -> None:
    begun = at + timedelta(seconds=dice.randint(20, 400))
    watch = paper.roster.at(begun)
    officer = (watch or paper.roster.watches[0]).main[1]
    roll = paper.sample.tx.insert("roll_call", {
        "number": number, "template_id": kind.id if kind.times else None, "title": kind.name,
        "kind": RollKind.SCHEDULED if kind.times else RollKind.BY_HAND, "way": kind.way,
        "due_at": to_text(at) if kind.times else None, "started_at": to_text(begun),
        "officer": officer})
    asked, missed, counts = begun, list[Member](), Counter[RollResult]()
    for place, one in enumerate(kind.rows, 1):
        result = dice.choice(ODDS) if int(one.id) % 7 else dice.choice(ODDS[-24:])
        asked = _answer(paper, dice, RowId(roll), 1, place, one, result, asked, kind.way, officer)
        counts[result] += 1
        if result in (RollResult.SILENT, RollResult.FAULT):
            missed.append(one)
    for place, one in enumerate(missed, 1):
        again = RollResult.PRESENT if dice.random() < 0.7 else RollResult.SILENT
        asked = _answer(paper, dice, RowId(roll), 2, place, one, again, asked, kind.way, officer)
    paper.sample.tx.update("roll_call", roll, ended_at=to_text(asked))
    words = "，".join(f"{RESULTS[r]} {n}" for r, n in counts.most_common())
    paper.add(asked, EntryKind.ROLL_CALL,
              f"点名 {number} {kind.name}：应到 {len(kind.rows)} 个，{words}")


def _answer(paper: Paper, dice: random.Random, roll: RowId, turn: int, place: int, one: Member,
            result: RollResult, asked: datetime, way: RollWay, officer: str) -> datetime:
    after = asked + timedelta(seconds=dice.randint(4, 14) if result is RollResult.PRESENT else 30)
    there = result is RollResult.PRESENT
    named = [c.name for c in one.numbers if c.name]
    paper.sample.tx.insert("roll_answer", {
        "roll_id": roll, "round": turn, "place": place, "kind": one.kind, "row_id": one.id,
        "name": one.name, "branch": one.branch, "called_at": to_text(asked),
        "answered_at": to_text(after), "result": result, "officer": officer,
        "responder": dice.choice(named) if there and named else "",
        "quality": dice.choice((5, 5, 4, 3)) if there and way is RollWay.RADIO else None})
    return after


# one call-out that has ended

def _callout(paper: Paper, dice: random.Random) -> None:
    """The forces called out to the latest hazmat accident, answered and closed."""
    tx = paper.sample.tx
    event = tx.run("""select id, number, title, received_at from event where subtype = 'hazmat'
        order by received_at desc limit 1""").fetchone()
    if event is None:
        return
    made = datetime.fromisoformat(event["received_at"]) + timedelta(minutes=6)
    rows = [m for m in _members(paper, Branch.FORCE, Branch.TOWN)
            if {"堵漏", "洗消", "危化侦检", "医疗急救"} & set(m.capabilities)
            or m.branch is Branch.TOWN]
    test = tx.run("select id from net_channel where kind = 'test'").fetchone()[0]
    number, text = f"HC-{local(made).year}-0001", "请{单位}按预案集结待命，收到请回复。"
    of = tx.insert("callout", {
        "number": number, "event_id": event["id"], "title": event["title"], "text": text,
        "choice": to_json(Choice(keys=tuple(m.key for m in rows))), "channels": json.dumps([test]),
        "minutes": 5, "orders": 0, "made_at": to_text(made), "officer": "王敏",
        "closed_at": to_text(made + timedelta(minutes=42)), "closed_by": "王敏"})
    paper.add(made, EntryKind.CALL_OUT, f"一呼百应 {number} 发出，对象 {len(rows)} 个（本地测试）："
              f"{event['title']}", event=event["id"])
    said = _answers(paper, dice, RowId(of), rows, made, test)
    paper.add(made + timedelta(minutes=42), EntryKind.CALL_OUT,
              f"一呼百应 {number} 结束：{len(rows)} 个对象中 {said} 个已回复", event=event["id"])


def _answers(paper: Paper, dice: random.Random, of: RowId, rows: Iterable[Member],
             made: datetime, channel: int) -> int:
    tx, said = paper.sample.tx, 0
    for place, one in enumerate(rows, 1):
        wait = dice.choice((1, 2, 2, 3, 4, 6, 9))
        answer = {4: Answer.REFUSED, 11: Answer.NO_ANSWER}.get(place, Answer.ACKNOWLEDGED)
        said += answer is not Answer.NO_ANSWER
        at = made + timedelta(minutes=42 if answer is Answer.NO_ANSWER else wait)
        step = 1 if wait > 5 and len(one.numbers) > 1 else 0
        who = next((c.name for c in one.numbers if c.name), "")
        to = tx.insert("callout_to", {
            "callout_id": of, "place": place, "kind": one.kind, "row_id": one.id,
            "name": one.name, "branch": one.branch, "step": step, "answer": answer,
            "text": f"请{one.name}按预案集结待命，收到请回复。", "answered_at": to_text(at),
            "steps": json.dumps([(c.name, c.post, c.phone, c.mail) for c in one.numbers],
                                ensure_ascii=False),
            "answered_by": who if answer is Answer.ACKNOWLEDGED else "", "way": "phone",
            "note": "车辆在外执行任务" if answer is Answer.REFUSED else ""})
        for turn in range(step + 1):
            sent = to_text(made + timedelta(minutes=5 * turn, seconds=place))
            tx.insert("outbox", {
                "to_id": to, "channel_id": channel, "step": turn, "state": "sent", "tries": 1,
                "address": one.numbers[turn].phone if one.numbers else "", "queued_at": sent,
                "not_before": sent, "began_at": sent, "ended_at": sent, "batch": place})
    return said
