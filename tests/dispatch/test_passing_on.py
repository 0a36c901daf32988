"""A warning passed on 预警转发: who was told, who acknowledged, who is asked after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from db.check import check
from db.errors import Refused
from db.journal import head
from db.store import Store
from dispatch.deadlines import Act, Due, desk_due
from dispatch.log import entries
from dispatch.net.answers import answer_from
from dispatch.net.callouts import callout, close_callout
from dispatch.net.choosing import Choice
from dispatch.net.terms import Answer
from dispatch.passing_on import (
    acknowledge_warning,
    pass_by_callout,
    pass_warning,
    take_back_receipt,
)
from dispatch.terms import EntryKind, Way
from dispatch.warning_passes import find_pass, passes, told
from dispatch.warnings import HazardWarning, in_force, issue_warning, lift_warning, warning
from resources.net import Branch
from resources.people import SYSTEM, Role
from tests.builders import an_officer, clock_of
from tests.dispatch.net.builders import a_unit, units

BY = an_officer()
TOWNS = Choice(branches=(Branch.TOWN,))
MINUTE = timedelta(minutes=1)


def a_warning(store: Store, kind: str = "暴雨") -> HazardWarning:
    return issue_warning(store, kind, 3, "区气象台", area="全区", text="注意防范。", by=BY)


def counts(store: Store, of: HazardWarning) -> tuple[int, int]:
    found = warning(store, of.id)
    return found.passed_to, found.acknowledged


def waiting(store: Store) -> list[Due]:
    return [d for d in desk_due(store, store.clock.now()) if d.act is Act.RECEIPT]


def refused(store: Store, act: Callable[[], object]) -> Refused:
    before = head(store.db)
    with pytest.raises(Refused) as why:
        act()
    assert head(store.db) == before
    return why.value


def test_a_pass_to_many_is_one_line_and_each_receipt_one_more(store: Store) -> None:
    units(store, 3)
    of = a_warning(store)
    lines = len(entries(store))
    new = pass_warning(store, of.id, TOWNS, others=["高速路管理中心", " "], way=Way.FAX, by=BY)
    assert [p.name for p in new] == ["单位001", "单位002", "单位003", "高速路管理中心"]
    assert counts(store, of) == (4, 0)
    assert len(entries(store)) == lines + 1
    said = max(entries(store), key=lambda e: e.no)
    assert said.kind is EntryKind.WARNING
    assert all(p.name in said.text for p in new)
    clock_of(store).move(7 * MINUTE)
    acknowledge_warning(store, [new[0].id, new[3].id], said_by="张伟", by=BY)
    assert counts(store, of) == (4, 2)
    assert len(entries(store)) == lines + 3
    said = max(entries(store), key=lambda e: e.no)
    assert "高速路管理中心" in said.text
    assert "张伟" in said.text
    assert " 7 " in said.text
    assert [p.name for p in passes(store, of.id)][:2] == ["单位002", "单位003"]
    assert "单位002" in told(of, passes(store, of.id))
    assert check(store.path) == []


def test_who_had_it_is_not_told_twice(store: Store) -> None:
    units(store, 2)
    of = a_warning(store)
    one = pass_warning(store, of.id, others=["单位外"], by=BY)
    assert [p.name for p in one] == ["单位外"]
    assert len(pass_warning(store, of.id, TOWNS, others=["单位外"], by=BY)) == 2
    refused(store, lambda: pass_warning(store, of.id, TOWNS, others=["单位外"], by=BY))
    assert counts(store, of) == (3, 0)


def test_what_cannot_be_is_refused_and_leaves_no_trace(store: Store) -> None:
    units(store, 2)
    of = a_warning(store)
    clock_of(store).move(20 * MINUTE)
    now = store.clock.now()
    nobody = refused(store, lambda: pass_warning(store, of.id, by=BY))
    assert nobody.field == "who"
    early = refused(store, lambda: pass_warning(store, of.id, TOWNS, at=now - 30 * MINUTE, by=BY))
    assert early.field == "at"
    refused(store, lambda: pass_warning(store, of.id, TOWNS, at=now + MINUTE, by=BY))
    one, two = pass_warning(store, of.id, TOWNS, at=now - 5 * MINUTE, by=BY)
    refused(store, lambda: acknowledge_warning(store, [one.id], at=now - 6 * MINUTE, by=BY))
    acknowledge_warning(store, [one.id], by=BY)
    again = refused(store, lambda: acknowledge_warning(store, [two.id, one.id], by=BY))
    assert "单位001" in str(again)
    lift_warning(store, of.id, by=BY)
    refused(store, lambda: pass_warning(store, of.id, others=["单位外"], by=BY))
    acknowledge_warning(store, [two.id], by=BY)
    assert counts(store, of) == (2, 2)


def test_a_reader_neither_passes_nor_acknowledges(store: Store) -> None:
    units(store, 1)
    of, reader = a_warning(store), an_officer("韩婷", Role.VIEWER)
    refused(store, lambda: pass_warning(store, of.id, TOWNS, by=reader))
    refused(store, lambda: pass_by_callout(store, of.id, TOWNS, by=reader))
    (one,) = pass_warning(store, of.id, TOWNS, by=BY)
    refused(store, lambda: acknowledge_warning(store, [one.id], by=reader))


def test_a_receipt_of_the_wrong_unit_is_taken_back(store: Store) -> None:
    units(store, 2)
    of = a_warning(store)
    one, two = pass_warning(store, of.id, TOWNS, by=BY)
    acknowledge_warning(store, [one.id], by=BY)
    take_back_receipt(store, one.id, by=BY)
    assert counts(store, of) == (2, 0)
    assert "单位001" in waiting(store)[0].detail
    refused(store, lambda: take_back_receipt(store, two.id, by=BY))


def test_a_unit_is_found_by_a_part_of_its_name(store: Store) -> None:
    a_unit(store, "石渠镇值班室")
    a_unit(store, "石渠粮油库", tier="company", kind="company")
    of = a_warning(store)
    pass_warning(store, of.id, Choice(branches=(Branch.TOWN, Branch.COMPANY)), by=BY)
    assert find_pass(store, of.id, "石渠镇").name == "石渠镇值班室"
    refused(store, lambda: find_pass(store, of.id, "石渠"))
    refused(store, lambda: find_pass(store, of.id, ""))


def test_who_does_not_acknowledge_is_due_until_done_or_over(store: Store) -> None:
    units(store, 2)
    of, now = a_warning(store), store.clock.now()
    one, two = pass_warning(store, of.id, TOWNS, by=BY)
    (due,) = waiting(store)
    assert (due.at, due.ref, due.overdue) == (now + 30 * MINUTE, of.id, False)
    with store.change("test.rule", SYSTEM) as tx:
        tx.run("update rule set value = '10' where code = 'warning.receipt'")
    clock_of(store).move(11 * MINUTE)
    (due,) = waiting(store)
    assert due.overdue
    acknowledge_warning(store, [one.id], by=BY)
    pass_warning(store, of.id, others=["单位外"], by=BY)
    early, late = waiting(store)
    assert (early.key, "单位001" in early.detail, "单位002" in early.detail) == (
        due.key, False, True)
    assert "单位外" in late.detail
    acknowledge_warning(store, [two.id], by=BY)
    assert [d.key for d in waiting(store)] == [late.key]
    lift_warning(store, of.id, by=BY)
    assert waiting(store) == []


def test_a_call_out_brings_its_answers_as_receipts(store: Store) -> None:
    units(store, 3)
    of = a_warning(store, "暴雨{红}")
    number, new = pass_by_callout(store, of.id, TOWNS, by=BY)
    sent = callout(store, number)
    assert len(new) == 3
    assert "注意防范" in sent.text
    assert waiting(store) == []  # the call-out's own line asks
    answer_from(store, sent, "单位001", Answer.ACKNOWLEDGED, who="张伟", by=BY)
    answer_from(store, sent, "单位002", Answer.REFUSED, by=BY)
    assert counts(store, of) == (3, 1)
    done = find_pass(store, of.id, "单位001")
    assert done.back_by == "张伟"
    refused(store, lambda: take_back_receipt(store, done.id, by=BY))
    changes = store.value("select count(*) from change")
    acknowledge_warning(store, [find_pass(store, of.id, "单位003").id], said_by="李敏", by=BY)
    assert store.value("select count(*) from change") == changes + 1
    assert counts(store, of) == (3, 2)
    close_callout(store, sent.id, by=BY)
    (due,) = waiting(store)
    assert "单位002" in due.detail
    assert in_force(store, store.clock.now())[0].acknowledged == 2


def test_the_counts_of_an_older_record_stay(store: Store) -> None:
    units(store, 2)
    of = a_warning(store)
    with store.change("test.old", SYSTEM) as tx:
        tx.update("warning", of.id, passed_to=18, acknowledged=17)
    assert counts(store, of) == (18, 17)
    one, _two = pass_warning(store, of.id, TOWNS, by=BY)
    acknowledge_warning(store, [one.id], by=BY)
    assert counts(store, of) == (20, 18)
