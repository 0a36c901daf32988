"""Call-outs: whom they reach, what they say, and what an answer sets going."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.errors import Refused
from db.store import Store
from dispatch.deadlines import Act, due_list
from dispatch.events import event
from dispatch.log import entries
from dispatch.net.answers import answer_from, note_answer
from dispatch.net.board import copy_groups, recipients, share
from dispatch.net.callout_text import set_plan_text
from dispatch.net.callouts import Draft, callout_by_number, close_callout, look_at
from dispatch.net.calls import note_call
from dispatch.net.choosing import Choice, Ring, chosen, from_json, to_json
from dispatch.net.terms import Answer, ChannelKind
from dispatch.orders import OrderLine, order_forces, orders_of
from dispatch.terms import EntryKind, Stage, Way
from resources.keeping import add_record, edit_record
from resources.net import Branch, Contact, find_member, member, members
from resources.net_keeping import Flaw, contacts_of, flaws, put_group, set_contacts
from resources.people import SYSTEM
from resources.records import Library
from tests.builders import a_force, an_event, clock_of
from tests.dispatch.net.builders import ADMIN, a_callout, a_channel, a_unit, names, units

FORCES = Choice(branches=(Branch.FORCE,))


def test_members_have_their_numbers_in_order(store: Store) -> None:
    row = a_unit(store, "石渠镇值班室", Contact("王立", "镇长", "000-7001", "wang@example.cn"),
                 Contact("李敏", "副镇长", "000-7002"), phones='["000-7002", "000-7003"]',
                 contact="王立", call_sign="云川201", channel="二信道", terminal="T7")
    one = member(store, ("unit", row))
    assert [c.phone for c in one.numbers] == ["000-6200", "000-7001", "000-7002", "000-7003"]
    assert (one.phone, one.radio) == ("000-6200", "云川201 二信道 T7")
    assert find_member(store, "云川201").id == row
    assert contacts_of(store, one.key)[0].mail == "wang@example.cn"


@pytest.mark.parametrize(("contact", "words"), [
    (Contact("王立"), "neither a number"), (Contact("王立", phone="无"), "no phone number"),
    (Contact("王立", mail="wang at home"), "no mail address")])
def test_bad_contacts_are_refused_whole(store: Store, contact: Contact, words: str) -> None:
    row = a_unit(store)
    with pytest.raises(Refused, match=words):
        set_contacts(store, ("unit", row), [Contact("李敏", phone="000-1"), contact], by=ADMIN)
    assert contacts_of(store, ("unit", row)) == []


def test_a_unit_without_any_number_is_named_and_cannot_be_called(store: Store) -> None:
    row = a_unit(store, duty_phone="")
    assert flaws(members(store))["unit", row] == (Flaw.NO_NUMBER,)
    with pytest.raises(Refused, match="has no number"):
        note_call(store, ("unit", row), None, by=ADMIN)
    ready = look_at(store, Draft(title="集结", template="集结", choice=Choice(
        keys=(("unit", row),))))
    assert names(ready.without_number) == ["石渠镇值班室"]
    units(store, 1)
    entry = note_call(store, ("unit", find_member(store, "单位001").id),
                      Contact("王立", phone="000-6001"), "已告知", by=ADMIN)
    assert (entry.kind, entry.text) == (EntryKind.CALL_OUT, "Called 单位001 王立 000-6001: 已告知")


def test_two_of_one_call_sign_are_refused_and_found(store: Store) -> None:
    a_unit(store, call_sign="云川201")
    force = a_force(store)
    with pytest.raises(Refused, match="石渠镇值班室 answers to the call sign 云川201"):
        edit_record(store, Library.FORCE, force, {"call_sign": "云川201"}, by=ADMIN)
    with pytest.raises(Refused) as refused:
        add_record(store, Library.UNIT, {"name": "柳湾", "tier": "town", "kind": "town",
                                         "call_sign": "云川201"}, by=ADMIN)
    assert refused.value.field == "call_sign"
    with store.change("test.sign", SYSTEM) as tx:  # as an old table may hold it
        tx.update("force", force, call_sign="云川201")
    assert [f for some in flaws(members(store)).values() for f in some].count(Flaw.SAME_SIGN) == 2


def test_choices_add_up_and_a_ring_narrows_them(store: Store) -> None:
    near = a_force(store, "近队", lon=108.76, lat=34.42)
    a_force(store, "远队", lon=109.5, lat=34.42, capabilities='["潜水"]')
    unit = a_unit(store, lon=108.77, lat=34.42)
    group = put_group(store, "防汛组", [("unit", unit)], by=ADMIN)
    with store.change("test.plan", SYSTEM) as tx:
        plan = tx.insert("plan", {"name": "防汛预案", "kind": "special"})
        tx.insert("plan_need", {"plan_id": plan, "capability": "潜水"})
    ring = Ring(108.76, 34.42, 5000)
    cases = {Choice(capabilities=("破拆",)): {"近队"}, Choice(plan=plan): {"远队"},
             Choice(groups=(group,), capabilities=("潜水",)): {"石渠镇值班室", "远队"},
             Choice(ring=ring): {"近队", "石渠镇值班室"},
             Choice(branches=(Branch.FORCE,), ring=ring): {"近队"},
             Choice(keys=(("force", near),), groups=(group,)): {"近队", "石渠镇值班室"}}
    for choice, expected in cases.items():
        assert set(names(chosen(store, choice))) == expected
        assert from_json(to_json(choice)) == choice
    with pytest.raises(Refused, match="Choose whom"):
        chosen(store, Choice())
    with pytest.raises(Refused, match="500 km"):
        chosen(store, Choice(ring=Ring(108.76, 34.42, 0)))


def test_the_text_comes_from_the_plan_and_unknown_places_are_named(store: Store) -> None:
    a_force(store)
    of = an_event(store, "液氨泄漏", subtype="hazmat")
    with store.change("test.plan", SYSTEM) as tx:
        plan = tx.insert("plan", {"name": "危化品预案", "kind": "special",
                                  "subtypes": '["hazmat"]'})
    set_plan_text(store, plan, "{单位}：按《{预案}》处置{事件}", by=ADMIN)
    made = a_callout(store, choice=FORCES, event=of.id, template="{单位}：按处置{事件}")
    assert recipients(store, made.id)[0].text == "消防三中队：按处置液氨泄漏"
    with pytest.raises(Refused, match=r"Nothing fills \{楼层\}"):
        set_plan_text(store, plan, "到{楼层}", by=ADMIN)
    with pytest.raises(Refused, match=r"Nothing fills \{楼层\}"):
        a_callout(store, choice=FORCES, event=of.id, template="到{楼层}")
    with pytest.raises(Refused, match=r"\{事件\} comes from an event"):
        a_callout(store, choice=FORCES, template="处置{事件}")
    assert store.value("select count(*) from callout") == 1


def test_an_acknowledging_force_is_ordered_and_confirmed(store: Store) -> None:
    a_force(store)
    of = an_event(store)
    made = a_callout(store, choice=FORCES, event=of.id)
    clock_of(store).move(timedelta(minutes=4))
    row = answer_from(store, made, "消防三中队", Answer.ACKNOWLEDGED, who="张队", by=ADMIN)
    order = orders_of(store, of.id)[0]
    assert (order.stage, order.ordered_at) == (Stage.CONFIRMED, made.made_at)
    assert order.at(Stage.CONFIRMED) == clock_of(store).now()
    assert (row.order_id, row.minutes, row.answered_by) == (order.id, 4, "张队")
    texts = [e.text for e in entries(store, event=of.id)]
    assert any("HC-2026-0001 消防三中队: Acknowledged (张队, by text message, after 4 min)" in x
               for x in texts)
    changes = store.value("select count(*) from change")
    note_answer(store, row.id, Answer.ACKNOWLEDGED, by=ADMIN)  # a second one changes nothing
    assert store.value("select count(*) from change") == changes
    note_answer(store, row.id, Answer.REFUSED, note="车辆故障", by=ADMIN)
    assert orders_of(store, of.id)[0].stage is Stage.REFUSED


def test_a_force_that_is_out_elsewhere_keeps_its_answer_without_an_order(store: Store) -> None:
    force = a_force(store)
    first, second = an_event(store, "一"), an_event(store, "二", lon=108.9)
    order_forces(store, first.id, [OrderLine(force)], by=ADMIN)
    made = a_callout(store, choice=FORCES, event=second.id)
    row = note_answer(store, recipients(store, made.id)[0].id, Answer.ACKNOWLEDGED, by=ADMIN)
    assert row.answer is Answer.ACKNOWLEDGED
    assert "already out" in row.note
    assert orders_of(store, second.id) == []


def test_an_answer_from_somebody_not_called_is_refused(store: Store) -> None:
    units(store, 2)
    a_force(store)
    made = a_callout(store)
    for name in ("消防三中队", "000-6119", "", "99"):
        with pytest.raises(Refused, match="was not called by HC-2026-0001"):
            answer_from(store, made, name, Answer.ACKNOWLEDGED, by=ADMIN)
    assert answer_from(store, made, "000 6002", Answer.ACKNOWLEDGED, by=ADMIN).name == "单位002"
    assert answer_from(store, made, "1", Answer.REFUSED, way=Way.PHONE, by=ADMIN).place == 1
    assert share(recipients(store, made.id)).answered == 2


def test_what_is_not_answered_stands_in_the_list_until_it_is_closed(store: Store) -> None:
    units(store, 3)
    of = an_event(store)
    made = a_callout(store, event=of.id, minutes=5)
    first, second, _ = recipients(store, made.id)
    note_answer(store, first.id, Answer.ACKNOWLEDGED, by=ADMIN)
    note_answer(store, second.id, Answer.NO_ANSWER, by=ADMIN)
    clock_of(store).move(timedelta(minutes=6))
    due = next(d for d in due_list(store, clock_of(store).now()) if d.act is Act.CALLOUT)
    assert due.overdue
    assert due.title == "Call-out HC-2026-0001: 1 of 3 answered"
    close_callout(store, made.id, by=ADMIN)
    assert [r.answer for r in recipients(store, made.id)] == [
        Answer.ACKNOWLEDGED, Answer.NO_ANSWER, Answer.NO_ANSWER]
    assert "1 of 3 answered; no answer: 单位002, 单位003" in entries(store, limit=1)[0].text
    assert not [d for d in due_list(store, clock_of(store).now()) if d.act is Act.CALLOUT]
    assert not callout_by_number(store, "1").open
    with pytest.raises(Refused, match="closed already"):
        close_callout(store, made.id, by=ADMIN)


def test_the_text_can_be_pasted_in_groups(store: Store) -> None:
    units(store, 120)
    made = a_callout(store)
    groups = copy_groups(made.text, recipients(store, made.id), 50)
    assert len(groups) == 3
    assert groups[2].splitlines()[-2].split(",")[-1] == "000-6120"
    assert sum(g.count("000-") for g in groups) == 120


@pytest.mark.parametrize(("facts", "field"), [
    ({"title": ""}, "title"), ({"template": " "}, "text"), ({"minutes": 0}, "minutes"),
    ({"choice": Choice(branches=(Branch.HOSPITAL,))}, "who"), ({"channels": (7,)}, "channels")])
def test_bad_drafts_are_refused(store: Store, facts: dict[str, object], field: str) -> None:
    units(store, 1)
    rows: dict[str, object] = {"title": "集结", "template": "集结",
                               "choice": Choice(branches=(Branch.TOWN,))}
    with pytest.raises(Refused) as refused:
        look_at(store, Draft(**{**rows, **facts}))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_channel_that_is_off_or_a_closed_event_is_refused(store: Store) -> None:
    units(store, 1)
    off = a_channel(store, kind=ChannelKind.TEST, active=False)
    with pytest.raises(Refused, match="switched off"):
        a_callout(store, off)
    of = an_event(store)
    with store.change("test.close", SYSTEM) as tx:
        tx.update("event", of.id, state="closed")
    assert event(store, of.id).closed_at is None
    with pytest.raises(Refused):
        a_callout(store, event=of.id)


def test_retired_units_are_not_on_the_net(store: Store) -> None:
    row = units(store, 2)[0]
    with store.change("test.retire", SYSTEM) as tx:
        tx.update("unit", row, active=0)
    assert names(members(store)) == ["单位002"]
    with pytest.raises(Refused, match="not on the net any more"):
        member(store, ("unit", row))
