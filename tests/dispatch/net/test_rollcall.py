"""Roll calls: due times, draws that can be checked, rounds, and rates equal to plain counts."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Refused
from db.store import Store
from dispatch.deadlines import Act, due_list
from dispatch.log import entries
from dispatch.net.choosing import Choice
from dispatch.net.rates import below, month
from dispatch.net.rollcall import (
    RollCall,
    answer_roll,
    answers,
    ask_again,
    end_roll,
    last_answers,
    roll_by_number,
    start_by_hand,
    start_roll,
)
from dispatch.net.templates import (
    Template,
    TemplateFacts,
    drawn_members,
    drawn_times,
    occurrences,
    open_occurrences,
    put_template,
    read_times,
    seed_of,
    store_seed,
)
from dispatch.net.terms import RollKind, RollResult, RollWay
from dispatch.terms import EntryKind
from resources.localtime import local_day
from resources.net import Branch, members
from tests.builders import clock_of
from tests.dispatch.net.builders import ADMIN, units

TOWNS = Choice(branches=(Branch.TOWN,))
P, A, L, S, F = (RollResult.PRESENT, RollResult.AWAY, RollResult.LEAVE, RollResult.SILENT,
                 RollResult.FAULT)


def a_template(store: Store, **facts: object) -> Template:
    return put_template(store, TemplateFacts(
        **{"name": "早点名", "choice": TOWNS, **facts}), by=ADMIN)  # type: ignore[arg-type]


def held(store: Store, *results: RollResult, again: RollResult | None = None) -> RollCall:
    """A roll call of all towns with these results, ended."""
    of = start_by_hand(store, "抽查", TOWNS, RollWay.PHONE, by=ADMIN)
    for row, result in zip(answers(store, of.id), results, strict=True):
        answer_roll(store, row.id, result, by=ADMIN)
    if again is not None:
        for row in ask_again(store, of.id, by=ADMIN):
            answer_roll(store, row.id, again, by=ADMIN)
    return end_roll(store, of.id, by=ADMIN)


def test_a_scheduled_roll_call_is_due_until_it_is_begun(store: Store) -> None:
    units(store, 3)
    made = a_template(store, times=read_times("22:30"))
    due = [d for d in due_list(store, clock_of(store).now()) if d.act is Act.ROLL_CALL]
    assert [d.title for d in due] == ["Roll call: 早点名"]
    clock_of(store).move(timedelta(hours=1))
    at = open_occurrences(store, clock_of(store).now(), timedelta(hours=1))[0]
    of = start_roll(store, made, at=at, by=ADMIN)
    assert (of.kind, of.due_at, len(answers(store, of.id))) == (RollKind.SCHEDULED, at.at, 3)
    due = [d for d in due_list(store, clock_of(store).now()) if d.act is Act.ROLL_CALL]
    assert [d.key for d in due] == [f"rolling:{of.id}"]
    with pytest.raises(Refused, match="begun already"):
        start_roll(store, made, at=at, by=ADMIN)


def test_random_roll_calls_are_drawn_from_the_store_and_recorded(store: Store) -> None:
    units(store, 30)
    made = a_template(store, random_week=14, sample=6)
    now = clock_of(store).now()
    week = local_day(now) - timedelta(days=local_day(now).weekday())
    found = [o for o in occurrences(store, now, now + timedelta(days=14))
             if o.kind is RollKind.RANDOM]
    assert found == [o for o in occurrences(store, now, now + timedelta(days=14))
                     if o.kind is RollKind.RANDOM]
    assert {o.drawn for o in found} >= {seed_of(store_seed(store), made.id, week)}
    assert all(o.at <= clock_of(store).now() for o in open_occurrences(
        store, clock_of(store).now(), timedelta(days=3)) if o.kind is RollKind.RANDOM)
    clock_of(store).set(found[0].at + timedelta(minutes=1))
    of = start_roll(store, made, at=found[0], by=ADMIN)
    asked = [a.name for a in answers(store, of.id)]
    assert len(asked) == 6
    assert of.drawn == found[0].drawn
    assert asked == [m.name for m in drawn_members(of.drawn, found[0].at, members(store), 6)]


@given(st.text("0123456789abcdef", min_size=16, max_size=16), st.integers(1, 21))
def test_draws_lie_in_their_week_and_hours(seed: str, often: int) -> None:
    week = date(2026, 11, 23)
    found = drawn_times(seed, week, often, (8, 22))
    assert len(set(found)) == often
    for at in found:
        local = at + timedelta(hours=8)
        assert week <= local.date() < week + timedelta(days=7)
        assert time(8) <= local.time() < time(22)


def test_those_who_did_not_answer_are_asked_again_and_the_log_says_so(store: Store) -> None:
    units(store, 4)
    of = start_by_hand(store, "抽查", TOWNS, RollWay.RADIO, by=ADMIN)
    rows = answers(store, of.id)
    with pytest.raises(Refused, match="not asked yet"):
        end_roll(store, of.id, by=ADMIN)
    called = clock_of(store).now()
    clock_of(store).move(timedelta(seconds=9))
    first = answer_roll(store, rows[0].id, P, responder="王立", quality=5, called_at=called,
                        by=ADMIN)
    assert (first.responder, first.quality) == ("王立", 5)
    assert first.answered_at == called + timedelta(seconds=9)
    answer_roll(store, rows[1].id, S, by=ADMIN)
    answer_roll(store, rows[2].id, F, by=ADMIN)
    with pytest.raises(Refused, match="asking again"):
        ask_again(store, of.id, by=ADMIN)
    answer_roll(store, rows[3].id, L, by=ADMIN)
    answer_roll(store, rows[3].id, A, by=ADMIN)  # corrected while it is open
    second = ask_again(store, of.id, by=ADMIN)
    assert [r.name for r in second] == ["单位002", "单位003"]
    answer_roll(store, second[0].id, P, by=ADMIN)
    answer_roll(store, second[1].id, S, by=ADMIN)
    end_roll(store, of.id, by=ADMIN)
    words = entries(store, kinds=[EntryKind.ROLL_CALL], limit=1)[0].text
    assert "4 units, On post 1, Off post 1, No answer 1, Device fault 1" in words
    assert "单位002（No answer, asked again: On post）" in words
    with pytest.raises(Refused, match="has ended"):
        answer_roll(store, rows[0].id, A, by=ADMIN)
    assert [a.result for a in last_answers(store, "unit", rows[1].row_id)] == [P, S]
    assert roll_by_number(store, "1").id == of.id


@pytest.mark.parametrize(("result", "values", "field"), [
    (RollResult.OTHER, {}, "note"), (P, {"quality": 6}, "quality"),
    (P, {"at": datetime.fromisoformat("2031-01-01T00:00Z")}, "at")])
def test_bad_answers_are_refused(store: Store, result: RollResult, values: dict[str, object],
                                 field: str) -> None:
    units(store, 1)
    of = start_by_hand(store, "抽查", TOWNS, RollWay.PHONE, by=ADMIN)
    with pytest.raises(Refused) as refused:
        answer_roll(store, answers(store, of.id)[0].id, result, by=ADMIN,
                    **values)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert answers(store, of.id)[0].result is None


@pytest.mark.parametrize(("facts", "field"), [
    ({"name": " "}, "name"), ({"random_week": 22}, "random_week"),
    ({"choice": Choice()}, "who"), ({"choice": Choice(branches=(Branch.HOSPITAL,))}, "who")])
def test_bad_templates_are_refused(store: Store, facts: dict[str, object], field: str) -> None:
    units(store, 1)
    with pytest.raises(Refused) as refused:
        a_template(store, **facts)
    assert refused.value.field == field
    with pytest.raises(Refused, match="clock time"):
        read_times("9 o'clock")


def test_the_month_counts_what_was_answered(store: Store) -> None:
    units(store, 4)
    held(store, P, P, S, L, again=P)
    clock_of(store).move(timedelta(days=1))
    held(store, P, A, P, P)
    clock_of(store).move(timedelta(days=10))
    held(store, A, A, A, A)  # December
    found = month(store, date(2026, 11, 1))
    assert (found.rolls, found.whole.asked, found.whole.again) == (2, 8, 1)
    assert [d.name for d in found.days] == ["2026-11-23", "2026-11-24"]
    rates = {u.name: u.rate(leave_counts=False) for u in found.units}
    assert rates == {"单位001": 1, "单位002": 0.5, "单位003": 0.5, "单位004": 1}
    assert [u.rate(leave_counts=True) for u in found.units] == [1, 0.5, 0.5, 0.5]
    assert [u.name for u in below(found.units, leave_counts=False)] == ["单位002", "单位003"]
    assert month(store, date(2026, 12, 1)).whole.results[A] == 4
    assert month(store, date(2026, 10, 1)).units == ()
