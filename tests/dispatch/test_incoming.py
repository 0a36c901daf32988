"""Calls, papers, links and what reports say of their forerunner."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from db.errors import Refused, StoreError
from db.store import Store
from dispatch.bulletins import daily_of, draw_daily, draw_flash, edit_bulletin
from dispatch.calls import CallDetail, Outcome, call_back, calls, detail_of, join_call, record_call
from dispatch.closing import merge_event, reopen_event
from dispatch.deadlines import Act, due_list, note_overdue
from dispatch.elements import Change, gaps, harm_text
from dispatch.events import edit_event, event, join_intake, open_events
from dispatch.filing import attach_files, attached, export_file
from dispatch.grading import record_casualties
from dispatch.incoming import (
    Urgency,
    acknowledge_paper,
    file_paper,
    pass_paper,
    receive_paper,
)
from dispatch.intake import Intake
from dispatch.levels import Counts
from dispatch.linking import link_events, linked, unlink_events, whereto
from dispatch.log import append_entry, entries, strike_entry
from dispatch.quick_texts import put_quick_texts, quick_texts
from dispatch.reports_up import draft_report, elements_now, next_sendings, send_report
from dispatch.terms import EntryKind, EventClass, EventState, ReportKind
from tests.builders import NIGHT, an_event, an_officer, clock_of

BY = an_officer()
MINUTE = timedelta(minutes=1)


def test_a_call_keeps_all_its_fields_is_called_back_and_joined(store: Store) -> None:
    record_call(store, "厂区有异味", phone="000-7001", caller="周远", unit="云川化工", post="班长",
                seconds=90, told="已报 119", by=BY,
                detail=CallDetail(NIGHT - 5 * MINUTE, "二号罐区", "阀门", trend="可控"))
    found = calls(store)[0]
    assert (found.seconds, found.post, found.told) == (90, "班长", "已报 119")
    assert detail_of(store, found.id).place == "二号罐区"
    with pytest.raises(Refused, match="who answered"):
        call_back(store, found.id, Outcome.CONFIRMED, by=BY)
    call_back(store, found.id, Outcome.CONFIRMED, who="周远", by=BY)
    assert "周远" in calls(store)[0].verified_by
    made = an_event(store)
    assert join_call(store, found.id, made.id, by=BY).event_number == made.number
    with pytest.raises(Refused, match="already"):
        join_call(store, found.id, made.id, by=BY)
    with pytest.raises(Refused, match="after it was"):
        record_call(store, "x", detail=CallDetail(NIGHT + MINUTE), by=BY)


def test_a_second_caller_joins_the_event_and_makes_no_other(store: Store) -> None:
    made = an_event(store, town="石渠镇", address="K12")
    again = Intake(EventClass.ACCIDENT, summary="还在冒烟", reporter_phone="000-6218",
                   counts=Counts(dead=1))
    join_intake(store, again, made.id, by=BY)
    assert len(open_events(store)) == 1
    newest = entries(store, event=made.id, kinds=[EntryKind.CALL])[0]
    assert "还在冒烟" in newest.text
    assert "Dead 1" in newest.text
    assert event(store, made.id).counts.dead == 0


@pytest.mark.parametrize(("urgency", "minutes"), [
    (Urgency.NORMAL, [60]), (Urgency.URGENT, [10, 30]), (Urgency.WARNING, [10, 30])])
def test_a_paper_is_due_by_its_urgency_until_it_is_passed_on(
        store: Store, urgency: Urgency, minutes: list[int]) -> None:
    made = receive_paper(store, "关于做好防汛工作的通知", sender="市应急局", urgency=urgency, by=BY)
    assert made.number == "LW-2026-0001"
    due = [d for d in due_list(store, NIGHT) if d.act is Act.PAPER]
    assert [d.at - NIGHT for d in due] == [n * MINUTE for n in minutes]
    with pytest.raises(Refused, match="not passed on yet"):
        file_paper(store, made.id, by=BY)
    clock_of(store).move(minutes[0] * MINUTE + MINUTE)
    assert len(note_overdue(store, clock_of(store).now())) == 1
    for one in made.waiting:
        made = pass_paper(store, made.id, one.to_whom, way=one.way, repeated_back=True, by=BY)
    assert made.passings[0].late
    assert [d for d in due_list(store, clock_of(store).now()) if d.act is Act.PAPER] == []
    acknowledge_paper(store, made.id, "市局值班室", by=BY)
    assert not file_paper(store, made.id, result="已转发", by=BY).open
    with pytest.raises(Refused, match="filed"):
        pass_paper(store, made.id, "x", by=BY)


def test_links_show_on_both_sides_and_merging_says_where_it_went(store: Store) -> None:
    one, two, three = an_event(store), an_event(store, "次生滑坡"), an_event(store)
    link_events(store, one.id, two.id, note="次生", by=BY)
    assert [k.title for k in linked(store, one.id)] == ["次生滑坡"]
    assert [k.id for k in linked(store, two.id)] == [one.id]
    for bad in (lambda: link_events(store, two.id, one.id, by=BY),
                lambda: link_events(store, one.id, one.id, by=BY)):
        with pytest.raises(Refused):
            bad()
    unlink_events(store, two.id, one.id, by=BY)
    assert linked(store, one.id) == []
    merge_event(store, three.id, two.id, by=BY)
    merge_event(store, two.id, one.id, by=BY)
    gone = whereto(store, three.id)
    assert gone is not None
    assert gone.id == one.id
    with pytest.raises(Refused, match="merged into"):
        record_casualties(store, three.id, Counts(dead=1), by=BY)
    back = reopen_event(store, three.id, reason="误并", by=BY)
    assert (back.state, back.merged_into) == (EventState.OPEN, None)
    assert next_sendings(store, three.id)


def test_a_follow_up_tells_what_is_new_changed_and_the_same(store: Store) -> None:
    made = an_event(store, trend="可控", counts=Counts(dead=1, missing=2))
    first = draft_report(store, made.id, ReportKind.FIRST, by=BY)
    assert {"leaders", "requests", "scope"} <= {e.code for e in gaps(first.elements)}
    send_report(store, [s.id for s in next_sendings(store, made.id)], by=BY)
    clock_of(store).move(30 * MINUTE)
    record_casualties(store, made.id, Counts(dead=3, missing=0), by=BY)
    edit_event(store, made.id, {"measures": "堵漏"}, extra={"requests": "增援"}, by=BY)
    draft = draft_report(store, made.id, ReportKind.FOLLOW, by=BY)
    changes = {e.code: e.change for e in draft.elements}
    assert (changes["harm"], changes["trend"]) == (Change.CHANGED, Change.SAME)
    assert (changes["measures"], changes["requests"]) == (Change.NEW, Change.NEW)
    assert "Dead 3 (+2), Missing 0 (−2)" in draft.report.text
    assert "Unchanged since" in draft.report.text
    assert "可控" not in draft.report.text
    assert next(e.code for e in elements_now(store, draft.report)) == "harm"
    assert harm_text(Counts(dead=1), Counts(dead=1)) == "Dead 1"


def test_bulletins_are_numbered_edited_and_drawn_anew(store: Store) -> None:
    made = an_event(store, counts=Counts(dead=1))
    receive_paper(store, "通知", sender="市局", by=BY)
    daily = draw_daily(store, by=BY)
    assert (daily.number, daily.issue) == ("YQ-2026-001", 1)
    assert made.title in daily.parts["events"]
    assert "Emergencies received 1," in daily.parts["overview"]
    edit_bulletin(store, daily.id, {"tomorrow": "防汛检查"}, signed_by="李建国", by=BY)
    assert draw_daily(store, by=BY).id == daily.id
    assert draw_flash(store, made.id, by=BY).issue == 1
    assert draw_flash(store, made.id, by=BY).issue == 2
    clock_of(store).move(timedelta(days=1))
    later = draw_daily(store, by=BY)
    assert (later.issue, later.signed_by) == (2, "李建国")
    assert daily_of(store, date(2026, 11, 20)) is None
    with pytest.raises(Refused, match="not begun"):
        draw_daily(store, date(2026, 12, 1), by=BY)


def test_files_hang_on_the_event_and_its_entries_and_come_out_whole(
        store: Store, tmp_path: Path) -> None:
    made = an_event(store)
    source = tmp_path / "现场.txt"
    source.write_text("现场", "utf-8")
    attach_files(store, made.id, [source], event=made.id, by=BY)
    line = entries(store, event=made.id)[0]
    attach_files(store, line.id, [source], event=made.id, by=BY)
    assert [a.name for a in attached(store, made.id)] == ["现场.txt"] * 2
    (tmp_path / "out").mkdir()
    assert export_file(store, attached(store, made.id)[0], tmp_path / "out").read_text(
        "utf-8") == "现场"
    with pytest.raises(Refused, match="not a file"):
        attach_files(store, made.id, [tmp_path / "none"], by=BY)
    with pytest.raises(StoreError, match="cannot be written"):
        export_file(store, attached(store, made.id)[0], source / "x")


def test_quick_texts_are_nine_at_most(store: Store) -> None:
    assert len(quick_texts(store)) == 9
    assert put_quick_texts(store, [" 一 ", "", "二"], by=BY) == ["一", "二"]
    assert quick_texts(store) == ["一", "二"]
    for bad in ([str(n) for n in range(10)], ["长" * 201]):
        with pytest.raises(Refused):
            put_quick_texts(store, bad, by=BY)


def test_a_daily_summary_counts_the_calls_of_the_log_that_stand(store: Store) -> None:
    append_entry(store, "石渠镇来电", kind=EntryKind.CALL, by=BY)
    wrong = append_entry(store, "柳湾镇来电", kind=EntryKind.CALL, by=BY)
    strike_entry(store, wrong.id, reason="记错", by=BY)
    append_entry(store, "回拨石渠镇", kind=EntryKind.CALL_OUT, by=BY)
    made = draw_daily(store, by=BY)
    assert "Calls 1," in made.parts["overview"]
