"""Goods, equipment and experts go to an event and come back; responses are stated and ended."""

import pytest

from db.errors import Refused
from db.store import Store
from dispatch.order_text import event_text, force_text, set_plan_orders, template_of
from dispatch.proposals import propose
from dispatch.responses import ResponseAct, end_response, responses, start_response
from dispatch.sent_out import (
    answer_expert,
    give_back_equipment,
    give_back_goods,
    send_resources,
    sent_to,
)
from resources.people import SYSTEM
from tests.builders import an_event, an_officer

BY = an_officer()


def a_plan(store: Store) -> int:
    """A plan that asks for goods, a piece and an expert, and one of each in the libraries."""
    with store.change("test.plan", SYSTEM) as tx:
        plan = tx.insert("plan", {"name": "道路预案", "kind": "special", "subtypes": '["road"]',
                                  "levels": '[{"level": 1, "approver": "主任"},'
                                            ' {"level": 2, "approver": "局长"}]'})
        for name, n, kind in (("帐篷", 5, "supply"), ("破拆", 1, "equipment"),
                              ("医疗急救", 1, "expert")):
            tx.insert("plan_need", {"plan_id": plan, "capability": name, "quantity": n,
                                    "from_kind": kind})
        house = tx.insert("warehouse", {"name": "中心库", "lon": 108.75, "lat": 34.4})
        supply = tx.insert("supply", {"name": "帐篷", "measure": "顶"})
        lot = tx.insert("lot", {"supply_id": supply, "warehouse_id": house})
        tx.insert("movement", {"number": "RK-0001", "lot_id": lot, "kind": "in", "quantity": 8,
                               "at": "2026-11-01T00:00:00.000000+00:00"})
        tx.insert("equipment", {"name": "破拆组", "capabilities": '["破拆"]'})
        tx.insert("expert", {"name": "专家甲", "capabilities": '["医疗急救"]',
                             "arrive_minutes": 30})
    return plan


def test_what_is_proposed_is_sent_by_slips_and_comes_back(store: Store) -> None:
    a_plan(store)
    of = an_event(store)
    found = propose(store, of.id)
    chosen = [o for o in found.options if o.proposed]
    assert {(o.kind, o.quantity) for o in chosen} == {
        ("supply", 5), ("equipment", 1), ("expert", 1)}
    assert found.short == ()
    send_resources(store, of.id, chosen, receiver="石渠镇", by=BY)
    sent = {s.kind: s for s in sent_to(store, of.id)}
    assert (sent["supply"].quantity, sent["supply"].to) == (5, "石渠镇")
    assert propose(store, of.id).short != ()
    with pytest.raises(Refused):
        give_back_goods(store, sent["supply"].id, 6, by=BY)
    give_back_goods(store, sent["supply"].id, 2, by=BY)
    give_back_equipment(store, sent["equipment"].id, "完好", by=BY)
    with pytest.raises(Refused):
        answer_expert(store, sent["expert"].id, "left", by=BY)
    answer_expert(store, sent["expert"].id, "coming", minutes=20, by=BY)
    after = {s.kind: s for s in sent_to(store, of.id)}
    assert (after["supply"].left, after["equipment"].left, after["expert"].state) == (
        3, 0, "coming")


def test_a_response_has_the_levels_of_its_plan_and_states_what_the_law_asks(
        store: Store) -> None:
    plan, of = a_plan(store), an_event(store)
    with pytest.raises(Refused, match="levels"):
        start_response(store, of.id, 3, plan, measures="管控", expected="6 h", approver="x",  # type: ignore[arg-type]
                       by=BY)
    for level in (2, 1):
        start_response(store, of.id, level, plan, measures="管控", expected="6 h",  # type: ignore[arg-type]
                       approver="局长", by=BY)
    end_response(store, of.id, approver="局长", reason="已控制", by=BY)
    steps = responses(store, of.id)
    assert [s.act for s in steps] == list(ResponseAct)
    assert steps[0].matters == of.title


def test_an_order_is_written_from_the_template_of_the_plan(store: Store) -> None:
    plan, of = a_plan(store), an_event(store, address="K12")
    with pytest.raises(Refused, match="天气"):
        set_plan_orders(store, plan, "{天气}", by=BY)  # type: ignore[arg-type]
    set_plan_orders(store, plan, "{力量}去{地点}，{时限}分", 20, by=BY)  # type: ignore[arg-type]
    text = event_text(template_of(store, of), of)
    assert force_text(text, "一中队", 8) == "一中队去K12，8分"
