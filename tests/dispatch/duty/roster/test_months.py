"""Draft, publish, swap, leave, and what the desk sees of it, on a real store."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest

from bench.mutating import laughs, with_part
from db.clock import to_text
from db.errors import Refused
from db.store import Store
from dispatch.deadlines import Act, due_list
from dispatch.duty.officers import retire_officer
from dispatch.duty.roster import people as duty
from dispatch.duty.roster.board import board
from dispatch.duty.roster.exchange import bring_in, calendar, month_book, read_month
from dispatch.duty.roster.months import (
    Put,
    carried,
    cells_of,
    problem_of,
    put_cells,
    set_starts,
    take_solution,
)
from dispatch.duty.roster.papers import month_sheet, week_sheet
from dispatch.duty.roster.problem import Cell, Key, OfficerId
from dispatch.duty.roster.publish import publish_month, reopen_month, versions
from dispatch.duty.roster.rules import read_starts, roster_rule, set_roster_rules
from dispatch.duty.roster.solver import Solution
from dispatch.duty.roster.solving import report_of, solve_month
from dispatch.duty.roster.swaps import ask_swap, decide_swap, partners, swaps
from dispatch.duty.roster.terms import Kind, Leave, Measure, MonthState, PairKind, SwapState, Wish
from dispatch.duty.roster.validate import breaches
from dispatch.duty.seats import shift_people
from dispatch.duty.shifts import current_shift
from dispatch.printouts.compose import compose
from dispatch.printouts.pdf import metrics_of
from dispatch.terms import Post
from resources.localtime import at_local
from resources.people import Officer
from tests.builders import clock_of
from tests.dispatch.duty.roster.builders import LEADER, a_district

DECEMBER = date(2026, 12, 1)
Room = tuple[Store, list[Officer]]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    store, who = a_district(tmp_path)
    yield store, who
    store.close()


def solved(store: Store) -> None:
    shown = board(store, DECEMBER)
    found = solve_month(shown.problem, shown.cells, store.clock.now())
    assert isinstance(found, Solution)
    take_solution(store, DECEMBER, found.cells, report_of(found, store.clock.now(), "李建国"),
                  by=LEADER)


def a_swap(store: Store) -> tuple[Cell, tuple[OfficerId, str, Key | None]]:
    """A duty of the main officer and the first who can take it."""
    return next((c, found[0]) for c in sorted(cells_of(store, DECEMBER)) if c.post is Post.MAIN
                and (found := partners(store, DECEMBER, c.person, c.key)))


def test_a_published_month_is_what_the_desk_sees(room: Room) -> None:
    store, _ = room
    solved(store)
    done = publish_month(store, DECEMBER, by=LEADER)
    assert (done.state, done.version) == (MonthState.PUBLISHED, 1)
    clock_of(store).set(at_local(date(2026, 12, 9), time(12)))
    now = current_shift(store, store.clock.now())
    assert now is not None
    assert {(s.officer_id, s.post) for s in shift_people(store, now.id)} == {
        (c.person, c.post) for c in cells_of(store, DECEMBER) if c.key.day.day == 9}
    assert versions(store, DECEMBER)[0].number == 1


def test_a_published_month_changes_only_by_swap_or_anew(room: Room) -> None:
    store, who = room
    solved(store)
    publish_month(store, DECEMBER, by=LEADER)
    with pytest.raises(Refused, match="is published"):
        put_cells(store, DECEMBER, [Put(who[0].id, Key(DECEMBER, 0), Post.LEADER)], by=LEADER)
    reopen_month(store, DECEMBER, by=LEADER)
    first = next(iter(cells_of(store, DECEMBER)))
    put_cells(store, DECEMBER, [Put(first.person, first.key, None)], by=LEADER)
    with pytest.raises(Refused, match="conflicts are left"):
        publish_month(store, DECEMBER, by=LEADER)
    assert publish_month(store, DECEMBER, why="缺员", by=LEADER).version == 2
    begin = store.value("select id from shift where starts_at = :at", at=to_text(
        at_local(first.key.day, time(8, 30))))
    assert first.person not in {s.officer_id for s in shift_people(store, begin)}


def test_a_swap_is_asked_granted_and_kept(room: Room) -> None:
    store, who = room
    solved(store)
    with pytest.raises(Refused, match="still a draft"):
        ask_swap(store, DECEMBER, who[0].id, Key(DECEMBER, 0), who[1].id, reason="会议", by=LEADER)
    publish_month(store, DECEMBER, by=LEADER)
    give, (to, _, back) = a_swap(store)
    asked = ask_swap(store, DECEMBER, give.person, give.key, to, back, reason="会议", by=LEADER)
    with pytest.raises(Refused, match="waits for an answer"):
        ask_swap(store, DECEMBER, give.person, give.key, to, back, reason="会议", by=LEADER)
    done = decide_swap(store, asked.id, granted=True, by=LEADER)
    assert done.state is SwapState.GRANTED
    assert to in {c.person for c in cells_of(store, DECEMBER) if c.key == give.key}
    assert board(store, DECEMBER).breaches == ()
    shift = store.value("select id from shift where starts_at = :at", at=to_text(
        at_local(give.key.day, time(8, 30))))
    assert to in {s.officer_id for s in shift_people(store, shift)}
    assert [s.officer_id for s in shift_people(store, shift, with_replaced=True)
            if s.state == "replaced"] == [give.person]
    assert versions(store, DECEMBER)[0].number == 2
    with pytest.raises(Refused, match="decided before"):
        decide_swap(store, asked.id, granted=True, by=LEADER)
    assert swaps(store, DECEMBER, open_only=True) == ()


def swapped(store: Store, key: Key) -> bool:
    """Swap the leader of a shift with whoever can; False where nobody can."""
    holder = next(c.person for c in cells_of(store, DECEMBER)
                  if c.key == key and c.post is Post.LEADER)
    for to, _name, back in partners(store, DECEMBER, holder, key)[:1]:
        asked = ask_swap(store, DECEMBER, holder, key, to, back, reason="有事", by=LEADER)
        decide_swap(store, asked.id, granted=True, by=LEADER)
        assert not breaches(problem_of(store, DECEMBER), cells_of(store, DECEMBER))
        return True
    return False


def test_a_duty_that_was_swapped_can_be_swapped_again(room: Room) -> None:
    store, _ = room
    solved(store)
    publish_month(store, DECEMBER, by=LEADER)
    late = [c.key for c in sorted(cells_of(store, DECEMBER)) if c.post is Post.LEADER
            and c.key.day.day > 15]
    # equally fair months differ in who can swap with whom, so any one duty will do
    assert any(swapped(store, key) and swapped(store, key) for key in late)


def test_a_refused_swap_needs_a_reason_and_changes_nothing(room: Room) -> None:
    store, _ = room
    solved(store)
    publish_month(store, DECEMBER, by=LEADER)
    give, (to, _, back) = a_swap(store)
    asked = ask_swap(store, DECEMBER, give.person, give.key, to, back, reason="会议", by=LEADER)
    before = cells_of(store, DECEMBER)
    with pytest.raises(Refused, match="Say why"):
        decide_swap(store, asked.id, granted=False, by=LEADER)
    decide_swap(store, asked.id, granted=False, answer="人手不足", by=LEADER)
    assert cells_of(store, DECEMBER) == before


def test_leave_over_a_published_duty_and_leaving_with_duties_are_said(room: Room) -> None:
    store, who = room
    solved(store)
    publish_month(store, DECEMBER, by=LEADER)
    first = min(c for c in cells_of(store, DECEMBER))
    days = duty.add_leave(store, first.person, first.key.day, first.key.day, Leave.SICK, by=LEADER)
    assert days == (first.key.day,)
    assert [b.kind for b in board(store, DECEMBER).breaches] == [Kind.LEAVE]
    with pytest.raises(Refused, match="is entered already"):
        duty.add_leave(store, first.person, first.key.day, first.key.day, Leave.SICK, by=LEADER)
    with pytest.raises(Refused, match="still has"):
        retire_officer(store, who[0].id, by=LEADER)
    with store.change("test.gone", LEADER) as tx:
        tx.update("officer", who[1].id, active=0)
    assert Kind.GONE in {b.kind for b in board(store, DECEMBER).breaches}


def test_undo_puts_back_what_was_there(room: Room) -> None:
    store, who = room
    key = Key(DECEMBER, 0)
    put_cells(store, DECEMBER, [Put(who[0].id, key, Post.LEADER, True)], by=LEADER)
    before = cells_of(store, DECEMBER)
    back = put_cells(store, DECEMBER, [Put(who[0].id, key, None), Put(who[1].id, key, Post.LEADER)],
                     by=LEADER)
    assert cells_of(store, DECEMBER) != before
    put_cells(store, DECEMBER, back, by=LEADER)
    assert cells_of(store, DECEMBER) == before
    with pytest.raises(Refused, match="no shift 2"):
        put_cells(store, DECEMBER, [Put(who[0].id, Key(DECEMBER, 1), Post.LEADER)], by=LEADER)


def test_rules_patterns_special_periods_and_pairs_shape_the_month(room: Room) -> None:
    store, who = room
    assert roster_rule(store, "roster.rest", DECEMBER).uncertain
    set_roster_rules(store, DECEMBER, {"roster.rest": {"room": 12, "standby": 0}}, by=LEADER)
    assert not roster_rule(store, "roster.rest", DECEMBER).uncertain
    assert roster_rule(store, "roster.rest", date(2026, 11, 1)).value["room"] == 48
    with pytest.raises(Refused, match="below 0"):
        set_roster_rules(store, DECEMBER, {"roster.week": {"room": -1, "all": 5}}, by=LEADER)
    set_starts(store, DECEMBER, read_starts("8:00，20:00"), by=LEADER)
    duty.add_special_period(store, "重要会议", date(2026, 12, 5), date(2026, 12, 6),
                            {Post.SECOND: 1}, by=LEADER)
    duty.add_pair(store, who[5].id, who[4].id, PairKind.APART, by=LEADER)
    duty.set_wish(store, who[6].id, date(2026, 12, 9), Wish.OFF, by=LEADER)
    problem = board(store, DECEMBER).problem
    assert len(problem.slots) == 62
    assert problem.needs[Key(date(2026, 12, 5), 1), Post.SECOND] == 2
    assert problem.needs[Key(date(2026, 12, 7), 0), Post.SECOND] == 1
    assert problem.apart == ((who[4].id, who[5].id),)
    assert problem.limits.rest_room == 12
    for wrong in ("", "8:00 08:00", "noon"):
        with pytest.raises(Refused):
            read_starts(wrong)


def test_counts_of_published_months_are_carried(room: Room) -> None:
    store, _ = room
    solved(store)
    assert carried(store, date(2027, 1, 1)) == {}
    publish_month(store, DECEMBER, by=LEADER)
    assert sum(n[Measure.ROOM] for n in carried(store, date(2027, 1, 1)).values()) == 93


def test_a_month_goes_out_as_xlsx_and_comes_back_the_same(room: Room) -> None:
    store, who = room
    solved(store)
    first = next(iter(cells_of(store, DECEMBER)))
    put_cells(store, DECEMBER, [Put(first.person, first.key, first.post, True)], by=LEADER)
    before, data = cells_of(store, DECEMBER), month_book(board(store, DECEMBER))
    put_cells(store, DECEMBER, [Put(c.person, c.key, None) for c in before], by=LEADER)
    shown = board(store, DECEMBER)
    bring_in(store, shown, read_month("month.xlsx", data, shown), by=LEADER)
    assert cells_of(store, DECEMBER) == before
    with store.change("test.rename", LEADER) as tx:
        tx.update("officer", who[0].id, name="改名")
    shown = board(store, DECEMBER)
    with pytest.raises(Refused, match="领导0 is not on the list"):
        bring_in(store, shown, read_month("month.xlsx", data, shown), by=LEADER)
    with pytest.raises(Refused, match="No sheet of this file"):
        read_month("month.xlsx", b"nonsense", shown)
    with pytest.raises(Refused, match="declares entities"):
        read_month("month.xlsx", with_part(data, "xl/workbook.xml",
                                           lambda _: laughs("workbook")), shown)


def test_a_name_that_looks_like_a_formula_leaves_as_text(room: Room) -> None:
    store, who = room
    solved(store)
    name = '=HYPERLINK("http://example.org","点我")'
    with store.change("test.rename", LEADER) as tx:
        tx.update("officer", who[0].id, name=name)
    shown = board(store, DECEMBER)
    data = month_book(shown)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheets = [book.read(n) for n in book.namelist() if n.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
    assert not read_month("month.xlsx", data, shown).problems


def test_the_calendar_has_one_event_for_each_duty(room: Room) -> None:
    store, who = room
    solved(store)
    shown = board(store, DECEMBER)
    text = calendar(shown, store.clock.now())
    assert text.count("BEGIN:VEVENT") == len(shown.cells) == 93
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    own = calendar(shown, store.clock.now(), who[0].id)
    assert own.count("BEGIN:VEVENT") == sum(c.person == who[0].id for c in shown.cells)


def test_the_papers_name_everybody_and_fit_their_page(room: Room) -> None:
    store, who = room
    solved(store)
    shown = board(store, DECEMBER)
    fonts = metrics_of(Path("ui/assets/fonts"))
    for sheet in (month_sheet(store, shown, store.clock.now()),
                  week_sheet(store, date(2026, 12, 9), store.clock.now())):
        made = compose(sheet, fonts)
        assert not made.missing
        words = " ".join(m.text for page in made.pages for _, marks in page.pieces for m in marks
                         if hasattr(m, "text"))
        day = date(2026, 12, 9)
        on = {c.person for c in shown.cells if c.key.day == day}
        assert all(w.name in words for w in who if w.id in on)


def test_a_month_of_31_days_stands_on_one_page_whole(room: Room) -> None:
    store, _ = room
    solved(store)
    made = compose(month_sheet(store, board(store, DECEMBER), store.clock.now()),
                   metrics_of(Path("ui/assets/fonts")))
    first = [m.text for _, marks in made.pages[0].pieces for m in marks if hasattr(m, "text")]
    days = [text for text in first if text.startswith("12-")]
    assert len(days) == 31


def test_a_shift_to_come_is_reminded_of(room: Room) -> None:
    store, _ = room
    solved(store)
    publish_month(store, DECEMBER, by=LEADER)
    clock_of(store).set(at_local(date(2026, 12, 8), time(22)))
    due = [d for d in due_list(store, store.clock.now()) if d.act is Act.DUTY]
    assert [d.at for d in due] == [at_local(date(2026, 12, 9), time(8, 30))]
    clock_of(store).set(at_local(date(2026, 12, 9), time(9)))
    assert not [d for d in due_list(store, store.clock.now()) if d.act is Act.DUTY]
