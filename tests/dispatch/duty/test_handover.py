from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from db.errors import Refused, StoreError
from dispatch.duty.check_items import add_check_item
from dispatch.duty.facts import CheckResult
from dispatch.duty.handover import (
    Words,
    add_addendum,
    draft_handover,
    edit_words,
    handover,
    record_checks,
)
from dispatch.duty.sealing import missing_signatures, sign_handover
from dispatch.duty.shifts import current_shift, shift
from dispatch.incoming import pass_paper, receive_paper
from dispatch.log import append_entry, entries, strike_entry
from dispatch.orders import OrderLine, order_forces
from dispatch.printing import Finding, register_printout, text_digest, verify_code
from dispatch.terms import EntryKind
from tests.builders import a_force, an_event, clock_of
from tests.dispatch.duty.builders import SECRET, Room, a_room


def busy(room: Room) -> None:
    event = an_event(room.store, by=room.main)
    an_event(room.store, "老旧小区停电", by=room.main)
    order_forces(room.store, event.id, [OrderLine(a_force(room.store))], by=room.main)
    wrong = append_entry(room.store, "来文登记错号", kind=EntryKind.PAPER, by=room.main)
    strike_entry(room.store, wrong.id, reason="号码错", by=room.main)
    append_entry(room.store, "来电问讯", kind=EntryKind.CALL, by=room.main)


def sealed(room: Room) -> int:
    draft = draft_handover(room.store, room.shift_id, by=room.main)
    sign_handover(room.store, draft.id, room.main.id, SECRET, side="out", by=room.main)
    sign_handover(room.store, draft.id, room.coming.id, SECRET, side="in", by=room.main)
    return draft.id


def test_the_facts_equal_what_sql_counts(tmp_path):
    room = a_room(tmp_path)
    busy(room)
    facts = draft_handover(room.store, room.shift_id, by=room.main).facts
    value = room.store.value
    assert facts.counts.events == value("select count(*) from event") == 2
    assert facts.counts.calls == value("select count(*) from log where kind = 'call'") >= 1
    assert facts.counts.papers == 0
    assert facts.counts.corrections == 1
    assert facts.counts.forces == value("select count(*) from dispatch_order") == 1
    assert facts.counts.forces_not_back == len(facts.forces) == 1
    assert len(facts.reports) == value("select count(*) from sending where sent_at is null")
    assert facts.log_last == value("select max(no) from log")
    assert facts.log_first == value("select min(no) from log where shift_id is not null")
    assert [e.number for e in facts.open_events] == ["2026-0001", "2026-0002"]
    assert facts.open_events[0].forces == ("消防三中队",)
    assert [p.name for p in facts.incoming] == ["林一舟"]


def test_words_change_and_facts_do_not(tmp_path):
    room = a_room(tmp_path)
    busy(room)
    draft = draft_handover(room.store, room.shift_id, by=room.main)
    after = edit_words(room.store, draft.id,
                       Words("平稳", {"2026-0001": "每两小时报一次水质"}, "钥匙已交"), by=room.main)
    assert after.summary == "平稳"
    assert after.facts == draft.facts
    with pytest.raises(Refused, match="not part of this handover"):
        edit_words(room.store, draft.id, Words(notes={"1999-0001": "x"}), by=room.main)


def test_both_sign_and_the_next_shift_opens(tmp_path):
    room = a_room(tmp_path)
    busy(room)
    done = handover(room.store, sealed(room))
    assert done.sealed
    assert done.number == "JB-2026-1124"
    assert [s.name for s in done.signatures] == ["赵强", "林一舟"]
    assert str(shift(room.store, room.shift_id).state) == "closed"
    now = current_shift(room.store, room.store.clock.now())
    assert now is not None
    assert now.id == done.next_shift_id
    assert done.number in entries(room.store, shift=room.shift_id)[0].text
    assert "林一舟" in entries(room.store, shift=now.id)[0].text
    assert verify_code(room.store, done.code).finding is Finding.INTACT


def test_a_wrong_password_signs_nothing(tmp_path):
    room = a_room(tmp_path)
    draft = draft_handover(room.store, room.shift_id, by=room.main)
    with pytest.raises(Refused, match="password is wrong"):
        sign_handover(room.store, draft.id, room.main.id, "guess!", side="out", by=room.main)
    assert len(missing_signatures(room.store, draft.id)) == 2


def test_one_person_cannot_sign_both_sides(tmp_path):
    room = a_room(tmp_path, with_next=False)
    draft = draft_handover(room.store, room.shift_id, by=room.main)
    sign_handover(room.store, draft.id, room.main.id, SECRET, side="out", by=room.main)
    with pytest.raises(Refused, match="hand over to"):
        sign_handover(room.store, draft.id, room.main.id, SECRET, side="in", by=room.main)


def test_without_a_roster_whoever_takes_over_becomes_main(tmp_path):
    room = a_room(tmp_path, with_next=False)
    sealed(room)
    now = current_shift(room.store, room.store.clock.now())
    assert now is not None
    assert now.label == "11-24 08:30 → 11-25 08:30"


def test_a_stranger_cannot_sign_for_a_post(tmp_path):
    room = a_room(tmp_path)
    draft = draft_handover(room.store, room.shift_id, by=room.main)
    with pytest.raises(Refused, match="does not hold this post"):
        sign_handover(room.store, draft.id, room.coming.id, SECRET, side="out", by=room.main)


def test_changing_the_words_withdraws_signatures(tmp_path):
    room = a_room(tmp_path)
    draft = draft_handover(room.store, room.shift_id, by=room.main)
    sign_handover(room.store, draft.id, room.main.id, SECRET, side="out", by=room.main)
    after = edit_words(room.store, draft.id, Words("改过"), by=room.main)
    assert after.signatures == ()
    sign_handover(room.store, draft.id, room.main.id, SECRET, side="out", by=room.main)
    assert len(handover(room.store, draft.id).signatures) == 1


def test_a_sealed_handover_stays_as_it_is(tmp_path):
    room = a_room(tmp_path)
    done = handover(room.store, sealed(room))
    an_event(room.store, "封存之后", by=room.coming)
    with pytest.raises(Refused, match="sealed before"):
        sign_handover(room.store, done.id, room.main.id, SECRET, side="out", by=room.main)
    with pytest.raises(Refused, match="cannot change"):
        edit_words(room.store, done.id, Words("x"), by=room.main)
    with pytest.raises(StoreError), room.store.change("test.force", room.main) as tx:
        tx.update("handover", done.id, words="{}")
    after = add_addendum(room.store, done.id, "补充:传真已修好", by=room.coming)
    assert after.facts == done.facts
    assert [a.text for a in after.addenda] == ["补充:传真已修好"]
    assert verify_code(room.store, done.code).finding is Finding.INTACT


@pytest.mark.parametrize("column", ["facts", "words", "checks"])
def test_an_altered_row_is_found(tmp_path, column):
    room = a_room(tmp_path)
    busy(room)
    draft = draft_handover(room.store, room.shift_id, by=room.main)
    record_checks(room.store, draft.id, (CheckResult("传真", "phone", ok=False, note="已报修"),),
                  by=room.main)
    edit_words(room.store, draft.id, Words("赵强值班"), by=room.main)
    done = handover(room.store, sealed(room))
    old = {"facts": "赵强", "words": "赵强", "checks": "传真"}[column]
    with contextlib.closing(sqlite3.connect(room.store.path, isolation_level=None)) as raw:
        raw.create_function("open_change", 0, lambda: 1)
        for (name,) in raw.execute("select name from sqlite_master where type = 'trigger'"
                                   " and tbl_name = 'handover'").fetchall():
            raw.execute(f"drop trigger [{name}]")
        changed = raw.execute(f"update handover set {column} = replace({column}, '{old}', '某')")
        assert changed.rowcount == 1
    assert verify_code(room.store, done.code).finding is Finding.ALTERED


@pytest.mark.parametrize(("table", "column"), [("signature", "officer_id"),
                                               ("addendum", "text")])
def test_an_altered_signature_or_addendum_is_found(tmp_path, table, column):
    room = a_room(tmp_path)
    done = handover(room.store, sealed(room))
    add_addendum(room.store, done.id, "补充", by=room.coming)
    with pytest.raises(StoreError), room.store.change("test.force", room.main) as tx:
        tx.run(f"update {table} set {column} = {column}")
    with pytest.raises(StoreError), room.store.change("test.force", room.main) as tx:
        tx.run(f"delete from {table}")
    with contextlib.closing(sqlite3.connect(room.store.path, isolation_level=None)) as raw:
        raw.create_function("open_change", 0, lambda: 1)
        for (name,) in raw.execute("select name from sqlite_master where type = 'trigger'"
                                   " and tbl_name = ?", (table,)).fetchall():
            raw.execute(f"drop trigger [{name}]")
        raw.execute(f"update {table} set {column} = 7")
    assert verify_code(room.store, done.code).finding is Finding.ALTERED


def test_a_paper_to_pass_on_is_a_fact_until_everybody_has_it(tmp_path):
    room = a_room(tmp_path)
    came = receive_paper(room.store, "防范低温雨雪的通知", sender="市应急局", by=room.main)
    draft = draft_handover(room.store, room.shift_id, by=room.main)
    asked = [p.to_whom for p in came.waiting]
    assert asked
    assert [(p.number, p.to_whom) for p in draft.facts.papers] == [
        (came.number, name) for name in asked]
    for name in asked:
        pass_paper(room.store, came.id, name, by=room.main)
    assert handover(room.store, draft.id).facts.papers == ()


def test_a_fault_is_handed_on_until_it_is_mended(tmp_path):
    room = a_room(tmp_path)
    for name in ("值班电话", "传真机"):
        add_check_item(room.store, name, by=room.admin)
    draft = draft_handover(room.store, room.shift_id, by=room.main)
    item = draft.checks[1]
    record_checks(room.store, draft.id, tuple(
        replace(c, ok=c.name != item.name, note="已报修" if c.name == item.name else "")
        for c in draft.checks), by=room.main)
    done = handover(room.store, sealed(room))
    after = draft_handover(room.store, done.next_shift_id, by=room.coming)
    assert [(c.name, c.note) for c in after.checks if not c.ok] == [(item.name, "已报修")]


def test_a_fault_must_be_described(tmp_path):
    room = a_room(tmp_path)
    draft = draft_handover(room.store, room.shift_id, by=room.main)
    with pytest.raises(Refused, match="what is wrong with 传真"):
        record_checks(room.store, draft.id, (CheckResult("传真", "phone", ok=False),),
                      by=room.main)


def test_a_printout_is_found_by_its_code(tmp_path):
    room = a_room(tmp_path)
    paper = register_printout(room.store, "log", 5, text_digest("x"), number="R-1", by=room.main)
    clock_of(room.store).move(timedelta(minutes=1))
    again = register_printout(room.store, "log", 5, text_digest("x"), by=room.main)
    assert again == paper
    found = verify_code(room.store, paper.code.lower())
    assert (found.finding, found.kind, found.number) == (Finding.INTACT, "log", "R-1")
    assert verify_code(room.store, "0000-0000-0000").finding is Finding.UNKNOWN
