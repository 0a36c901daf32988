"""Report deadlines over every rule row, with a moved clock: each level, class, start and way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db.errors import Refused
from db.store import Store
from dispatch.closing import close_event
from dispatch.deadlines import Act, Severity, due_list, soon_over
from dispatch.grading import confirm_level, record_casualties
from dispatch.levels import Counts
from dispatch.reports_up import (
    address_report,
    draft_report,
    next_sendings,
    send_report,
    waive,
)
from dispatch.rules import ALL_RULES, REPORTS
from dispatch.sendings import by_class, sendings
from dispatch.terms import EventClass, Level, ReportKind, Way
from resources.people import Role
from resources.rules import change_rule, rule, rules
from tests.builders import NIGHT, an_event, an_officer, clock_of

BY, CHIEF = an_officer(), an_officer("李建国", Role.ADMIN)
MINUTE = timedelta(minutes=1)
SHIPPED = {r.code: r.value for r in REPORTS}
EVERY = [(c, v) for c in EventClass for v in (*Level, None)]


def change(store: Store, code: str, value: object) -> None:
    """The district's own value, in force from the day after; the clock goes there."""
    tomorrow = date(2026, 11, 24)
    change_rule(store, rule(store, code), value, valid_from=tomorrow, by=CHIEF)
    clock_of(store).move(timedelta(days=1))


@pytest.mark.parametrize(("class_", "level"), EVERY)
@pytest.mark.parametrize("start", ["received", "occurred"])
def test_first_reports_count_from_the_rule_s_start(
        store: Store, class_: EventClass, level: Level | None, start: str) -> None:
    if start == "occurred":
        change(store, "report.start", start)
    now = clock_of(store).now()
    begun = now if start == "received" else now - 40 * MINUTE
    made = an_event(store, class_=class_, subtype="", level=level,
                    occurred_at=now - 40 * MINUTE)
    minutes = SHIPPED["report.first"][str(int(level or 0))]
    found = next_sendings(store, made.id)
    worst = {p["name"]: p["from_level"] for p in SHIPPED["report.recipients"]}
    told = {n for n, least in worst.items() if not least or (level and level <= least)}
    assert {s.recipient for s in found} == told
    for one in found:
        assert one.due_at == begun + minutes[one.way] * MINUTE
        left = one.due_at - clock_of(store).now()
        state = next(d for d in due_list(store, clock_of(store).now()) if d.ref == one.id)
        assert state.overdue == (left <= timedelta(0))


@pytest.mark.parametrize(("class_", "level"), EVERY)
def test_a_class_may_have_times_of_its_own(
        store: Store, class_: EventClass, level: Level | None) -> None:
    own = {str(n): {"phone": 7 + n, "written": 21 + n} for n in range(5)}
    change(store, "report.first", {**SHIPPED["report.first"], class_.value: own})
    now = clock_of(store).now()
    made = an_event(store, class_=class_, subtype="", level=level)
    wanted = {w: timedelta(minutes=n) for w, n in own[str(int(level or 0))].items()}
    assert {s.way: s.due_at - now for s in next_sendings(store, made.id)} == wanted
    other = next(c for c in EventClass if c is not class_)
    plain = an_event(store, class_=other, subtype="", level=level)
    assert {s.due_at - now for s in next_sendings(store, plain.id)} == {15 * MINUTE, 60 * MINUTE}


@pytest.mark.parametrize("level", [*Level, None])
def test_follow_ups_and_the_final_report_by_level(store: Store, level: Level | None) -> None:
    made = an_event(store, level=level)
    draft_report(store, made.id, ReportKind.FIRST, by=BY)
    clock_of(store).move(3 * MINUTE)
    send_report(store, [s.id for s in next_sendings(store, made.id)], by=BY)
    hours = SHIPPED["report.follow"][str(int(level or 0))]
    follow = next_sendings(store, made.id)
    assert {s.due_at for s in follow} == {NIGHT + 3 * MINUTE + timedelta(hours=hours)}
    close_event(store, made.id, by=BY)
    final = next_sendings(store, made.id)
    assert {s.due_at for s in final} == {
        clock_of(store).now() + timedelta(hours=SHIPPED["report.final"])}
    assert {s.recipient for s in final} == {s.recipient for s in follow}


def test_a_graver_level_brings_recipients_and_keeps_what_was_sent(store: Store) -> None:
    made = an_event(store)
    first = next_sendings(store, made.id)[0]
    send_report(store, [first.id], by=BY)
    confirm_level(store, made.id, Level.II, by=BY)
    rows = sendings(store, made.id)
    assert "省应急管理厅值班室" in {s.recipient for s in rows}
    assert next(s for s in rows if s.id == first.id).sent_at == NIGHT


def test_deaths_after_the_end_are_reported_again_within_the_days(store: Store) -> None:
    made = an_event(store, subtype="road", counts=Counts(severe=1))
    send_report(store, [s.id for s in next_sendings(store, made.id)], by=BY)
    close_event(store, made.id, by=BY)
    clock_of(store).move(timedelta(days=6))
    record_casualties(store, made.id, Counts(dead=1), by=BY)
    more = [s for s in next_sendings(store, made.id) if s.kind == ReportKind.FOLLOW]
    assert {s.due_at - clock_of(store).now() for s in more} == {60 * MINUTE}
    clock_of(store).move(timedelta(days=2))
    with pytest.raises(Refused, match="7 days"):
        record_casualties(store, made.id, Counts(dead=2), by=BY)


def test_a_report_to_nobody_is_refused_and_a_waived_one_names_its_reason(store: Store) -> None:
    made = an_event(store)
    report = draft_report(store, made.id, ReportKind.FIRST, by=BY).report
    with pytest.raises(Refused, match="somebody"):
        send_report(store, [], by=BY)
    with pytest.raises(Refused, match="to whom"):
        address_report(store, report.id, " ", Way.FAX, by=BY)
    address_report(store, report.id, "消防救援支队", Way.FAX, by=BY)
    with pytest.raises(Refused, match="already"):
        address_report(store, report.id, "消防救援支队", Way.FAX, by=BY)
    extra = next(s for s in next_sendings(store, made.id) if s.recipient == "消防救援支队")
    assert waive(store, extra.id, "电话已报", by=BY).waived == "电话已报"
    assert extra.report_id == report.id


def test_a_notice_comes_before_a_deadline_and_is_not_a_late_one(store: Store) -> None:
    made = an_event(store)
    assert soon_over(store, NIGHT) == []
    clock_of(store).move(11 * MINUTE)
    found = soon_over(store, clock_of(store).now())
    assert {(d.act, d.event_id, d.severity) for d in found} == {
        (Act.REPORT, made.id, Severity.URGENT)}
    clock_of(store).move(5 * MINUTE)
    assert soon_over(store, clock_of(store).now()) == []


@pytest.mark.parametrize("code", sorted({r.code for r in ALL_RULES}))
def test_every_rule_is_changed_by_a_new_row(
        store: Store, code: str) -> None:
    old = rule(store, code)
    new = change_rule(store, old, old.value, valid_from=date(2027, 1, 1), basis="区政办〔2026〕1号",
                      by=CHIEF)
    assert (new.uncertain, new.basis) == (False, "区政办〔2026〕1号")
    assert rule(store, code).valid_from == old.valid_from
    assert len([r for r in rules(store) if r.code == code]) >= 2
    with pytest.raises(Refused):
        change_rule(store, old, {"nonsense": None}, valid_from=date(2028, 1, 1), by=CHIEF)


def test_values_of_a_class_stand_over_the_common_ones() -> None:
    assert by_class({"1": 2, "natural": {"1": 4}}, "natural")["1"] == 4
    assert by_class({"1": 2, "natural": {"1": 4}}, "health")["1"] == 2
