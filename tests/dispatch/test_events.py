from datetime import timedelta

import pytest

from db.errors import Refused
from db.store import Store
from dispatch.calls import earlier_calls
from dispatch.closing import close_event, merge_event, reopen_event
from dispatch.events import edit_event, event, event_by_number, likely_duplicates, open_events
from dispatch.grading import casualties, confirm_level, record_casualties
from dispatch.levels import Counts
from dispatch.log import entries
from dispatch.orders import OrderLine, order_forces, stamp_stage
from dispatch.reports_up import draft_report, edit_report, mark_sent, next_sendings, waive
from dispatch.responses import start_response
from dispatch.sendings import sendings
from dispatch.terms import EntryKind, EventState, Level, ReportKind, Stage, Way
from tests.builders import NIGHT, a_force, an_event, an_officer, clock_of

BY = an_officer()
MINUTE = timedelta(minutes=1)


def test_one_change_writes_event_call_log_counts_and_what_is_due(store: Store) -> None:
    changes = []
    store.subscribe(changes.append)
    made = an_event(store, reporter="周师傅", reporter_phone="000-6218", counts=Counts(trapped=1))
    assert len(changes) == 1
    assert changes[0].tables() >= {"event", "call", "log", "casualty", "sending"}
    assert (made.number, made.counts.trapped) == ("2026-0001", 1)
    assert [c.event_number for c in earlier_calls(store, "000-6218")] == [made.number]
    due = {(s.way, s.due_at - NIGHT) for s in next_sendings(store, made.id)}
    assert due == {(Way.PHONE, 15 * MINUTE), (Way.WRITTEN, 60 * MINUTE)}
    assert event_by_number(store, "2026-0001") == made


@pytest.mark.parametrize(("facts", "word"), [
    ({"title": " "}, "what happened"), ({"lon": 34.4, "lat": 108.7}, "swapped"),
    ({"lon": 10.0, "lat": 95.0}, "swapped"), ({"lon": 0.0, "lat": 0.0}, "not a place"),
    ({"lat": None}, "both"), ({"subtype": "flood"}, "not a sub-type"),
    ({"received_at": NIGHT + MINUTE}, "future"), ({"occurred_at": NIGHT + MINUTE}, "after it was"),
    ({"counts": Counts(dead=-1)}, "below zero")])
def test_an_impossible_intake_leaves_nothing(store: Store, facts: dict, word: str) -> None:
    with pytest.raises(Refused, match=word):
        an_event(store, **facts)
    assert open_events(store) == []
    assert entries(store) == []


def test_numbers_run_by_local_year(store: Store) -> None:
    an_event(store)
    assert an_event(store).number == "2026-0002"
    clock_of(store).move(timedelta(days=38, hours=3))
    assert an_event(store).number == "2027-0001"


def test_a_graver_level_adds_the_province(store: Store) -> None:
    made = an_event(store)
    before = len(sendings(store, made.id))
    assert confirm_level(store, made.id, Level.III, basis="被困 3 人", by=BY).level == Level.III
    assert len(sendings(store, made.id)) == before + 1
    with pytest.raises(Refused, match="already has"):
        confirm_level(store, made.id, Level.III, by=BY)


def test_casualties_are_a_series_with_deltas(store: Store) -> None:
    made = an_event(store, counts=Counts(dead=1, missing=2))
    clock_of(store).move(MINUTE)
    made = record_casualties(store, made.id, Counts(dead=2, missing=1), by=BY)
    assert made.counts == Counts(dead=2, missing=1)
    assert [c.counts.dead for c in casualties(store, made.id)] == [1, 2]
    assert entries(store, kinds=[EntryKind.CASUALTY])[0].text == "Dead 2 (+1), Missing 1 (−1)"
    with pytest.raises(Refused, match="same"):
        record_casualties(store, made.id, made.counts, by=BY)
    with pytest.raises(Refused, match="before the event"):
        record_casualties(store, made.id, Counts(dead=3), at=NIGHT - MINUTE, by=BY)


def test_closing_says_what_is_in_the_way(store: Store) -> None:
    made = an_event(store)
    order = order_forces(store, made.id, [OrderLine(a_force(store))], by=BY)[0]
    with pytest.raises(Refused, match="消防三中队"):
        close_event(store, made.id, by=BY)
    stamp_stage(store, order.id, Stage.RETURNED, by=BY)
    with pytest.raises(Refused, match="First report → 市应急管理局值班室"):
        close_event(store, made.id, by=BY)
    closed = close_event(store, made.id, waive="误报", by=BY)
    assert closed.state == EventState.CLOSED
    assert next_sendings(store, made.id) == []
    with pytest.raises(Refused, match="reopen"):
        record_casualties(store, made.id, Counts(severe=1), by=BY)
    with pytest.raises(Refused, match="why"):
        reopen_event(store, made.id, reason="", by=BY)
    assert reopen_event(store, made.id, reason="复燃", by=BY).state == EventState.OPEN


def test_reports_go_out_follow_on_and_stay_late(store: Store) -> None:
    made = an_event(store)
    draft = draft_report(store, made.id, ReportKind.FIRST, by=BY)
    assert "Trend" in [e.title for e in draft.gaps]
    clock_of(store).move(20 * MINUTE)
    first = next_sendings(store, made.id)[0]
    sent = mark_sent(store, first.id, receiver="刘值班", by=BY)
    assert sent.late
    assert "(5 min late)" in entries(store, kinds=[EntryKind.REPORT])[0].text
    follow = [s for s in sendings(store, made.id) if s.kind == ReportKind.FOLLOW]
    assert [s.due_at for s in follow][:1] == [NIGHT + 20 * MINUTE + timedelta(hours=24)]
    with pytest.raises(Refused, match="sent at"):
        mark_sent(store, first.id, by=BY)
    assert edit_report(store, draft.report.id, "改", by=BY).text == "改"
    written = next(s for s in next_sendings(store, made.id)
                   if s.kind == ReportKind.FIRST and s.way == Way.WRITTEN)
    mark_sent(store, written.id, by=BY)
    with pytest.raises(Refused, match="follow-up"):
        edit_report(store, draft.report.id, "再改", by=BY)
    for s in next_sendings(store, made.id):
        if s.kind == ReportKind.FIRST:
            with pytest.raises(Refused, match="why"):
                waive(store, s.id, " ", by=BY)
            waive(store, s.id, "同报", by=BY)
    close_event(store, made.id, by=BY)
    assert [s.kind for s in next_sendings(store, made.id)] == [ReportKind.FINAL]


def test_edit_names_the_facts_and_refuses_nonsense(store: Store) -> None:
    made = edit_event(store, an_event(store).id, {"address": "G70 K12", "trend": "可控"}, by=BY)
    assert (made.address, made.trend) == ("G70 K12", "可控")
    assert "Address, Trend" in entries(store, kinds=[EntryKind.EVENT])[0].text
    with pytest.raises(Refused, match="title"):
        edit_event(store, made.id, {"title": ""}, by=BY)


def test_likely_duplicates_by_point_and_by_words(store: Store) -> None:
    made = an_event(store, address="G70 K12")
    assert likely_duplicates(store, "", 108.765, 34.42, NIGHT) == [made]
    assert likely_duplicates(store, "", 108.80, 34.42, NIGHT) == []
    assert likely_duplicates(store, "G70", None, None, NIGHT) == [made]
    assert likely_duplicates(store, "G70", None, None, NIGHT + timedelta(hours=2)) == []


def test_a_response_must_state_what_the_law_asks(store: Store) -> None:
    made = an_event(store)
    with pytest.raises(Refused, match="measures"):
        start_response(store, made.id, 3, measures="", expected="4 h", approver="李建国", by=BY)
    made = start_response(store, made.id, 3, measures="警戒", expected="4 h", approver="李建国",
                          by=BY)
    assert made.response_level == 3


def test_merging_keeps_the_first(store: Store) -> None:
    kept, twin = an_event(store), an_event(store)
    merge_event(store, twin.id, kept.id, by=BY)
    assert event(store, twin.id).merged_into == kept.id
    assert [e.id for e in open_events(store)] == [kept.id]
