"""The roster by keyboard: drafted, solved, published, swapped, printed."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from dispatch.duty.roster.board import board
from dispatch.duty.roster.months import cells_of, month_record
from dispatch.duty.roster.people import add_leave
from dispatch.duty.roster.swaps import decide_swap, swaps
from dispatch.duty.roster.terms import Kind, Leave, MonthState, SwapState
from dispatch.terms import Post
from tests.ui.live_room import LiveRoom
from ui.dialogs.roster_month import DecideSheet, PublishSheet, RulesSheet, SwapSheet
from ui.dialogs.roster_people import LeaveSheet
from ui.look import Look
from ui.pages.preview_page import PreviewPage
from ui.pages.roster_page import RosterPage
from ui.wearing import wear

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
JANUARY, DECEMBER = date(2027, 1, 1), date(2026, 12, 1)
K = Qt.Key


def at(live: LiveRoom, month: date) -> RosterPage:
    live.window.show_page("roster", month)
    live.settle()
    page = live.window.page
    assert isinstance(page, RosterPage)
    return page


def test_posts_are_typed_conflicts_seen_at_once_and_undone(live: LiveRoom) -> None:
    page = at(live, JANUARY)
    live.key(K.Key_1)
    assert [(c.key.day, c.post) for c in cells_of(live.store, JANUARY)] == [
        (JANUARY, Post.LEADER)]
    assert page.grid.locked
    live.key(K.Key_Right)
    live.key(K.Key_1)
    assert page.board is not None
    assert {b.kind for b in page.board.breaches if b.cells} == {Kind.REST, Kind.LEADER_ROW}
    assert "rest" in page.cell.text()
    live.key(K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(cells_of(live.store, JANUARY)) == 1
    live.key(K.Key_Left)
    live.key(K.Key_L)
    assert not page.grid.locked
    live.key(K.Key_Delete)
    assert cells_of(live.store, JANUARY) == {}


def test_a_name_is_typed_into_a_post(live: LiveRoom) -> None:
    page = at(live, JANUARY)
    page.posts.setFocus()
    page.posts.choose(1, 4)
    live.key(K.Key_W)
    assert page.name_line.isVisible()
    page.name_line.setText("王敏")
    live.key(K.Key_Return)
    assert [(c.key.day.day, c.post) for c in cells_of(live.store, JANUARY)] == [(5, Post.MAIN)]
    live.key(K.Key_Return)
    page.name_line.setText("没有此人")
    live.key(K.Key_Return)
    assert "nobody who holds" in live.told[-1]
    live.key(K.Key_Delete)
    assert cells_of(live.store, JANUARY) == {}


def test_dragging_moves_a_duty(live: LiveRoom) -> None:
    page = at(live, JANUARY)
    live.key(K.Key_1)
    page.grid.dragged.emit(0, 0, 1, 3)
    live.settle()
    cell, = cells_of(live.store, JANUARY)
    assert page.grid.month is not None
    assert (cell.person, cell.key.day.day) == (page.grid.month.people[1].id, 4)


def test_a_month_is_solved_published_and_then_fixed(live: LiveRoom) -> None:
    page = at(live, JANUARY)
    live.key(K.Key_S)
    assert "Proven the fairest" in live.told[-1]
    assert page.bar.parts()[0] == "Draft"
    assert board(live.store, JANUARY).breaches == ()
    live.key(K.Key_U)
    sheet, = live.sheets
    assert isinstance(sheet, PublishSheet)
    live.key(K.Key_Return)
    assert month_record(live.store, JANUARY).state is MonthState.PUBLISHED
    live.key(K.Key_2)
    assert "is published" in live.told[-1]


def test_leave_is_entered_and_the_month_mended(live: LiveRoom) -> None:
    at(live, JANUARY)
    live.key(K.Key_S)
    before = set(cells_of(live.store, JANUARY))
    first = min(c for c in before if c.post is Post.LEADER)
    page = at(live, JANUARY)
    page.grid.choose_person(first.person)
    page.grid.choose(page.grid.row, first.key.day.day - 1)
    live.key(K.Key_V)
    sheet, = live.sheets
    assert isinstance(sheet, LeaveSheet)
    live.key(K.Key_Return)
    assert [b.kind for b in board(live.store, JANUARY).breaches] == [Kind.LEAVE]
    live.key(K.Key_M)
    assert board(live.store, JANUARY).breaches == ()
    assert len(set(cells_of(live.store, JANUARY)) - before) <= 6


def test_an_impossible_month_names_its_rule(live: LiveRoom) -> None:
    at(live, JANUARY)
    live.key(K.Key_K)
    sheet, = live.sheets
    assert isinstance(sheet, RulesSheet)
    sheet.form.fill({"month.room": 1})
    live.key(K.Key_Return)
    live.key(K.Key_S)
    assert "Most in a month" in live.told[-1]
    assert cells_of(live.store, JANUARY) == {}


def test_a_swap_is_asked_and_granted(live: LiveRoom) -> None:
    page = at(live, DECEMBER)
    page.grid.choose(8, 0)
    duty = next(c for c in sorted(cells_of(live.store, DECEMBER))
                if c.post is Post.MAIN and c.person == page.grid.person.id)  # type: ignore[union-attr]
    page.grid.choose(8, duty.key.day.day - 1)
    live.key(K.Key_X)
    sheet, = live.sheets
    assert isinstance(sheet, SwapSheet)
    sheet.form.fill({"reason": "会议"})
    live.key(K.Key_Return)
    live.key(K.Key_Return)
    asked, = swaps(live.store, DECEMBER)
    assert "1 swaps wait" in page.bar.conflict_words()
    live.key(K.Key_A)
    answer, = live.sheets
    assert isinstance(answer, DecideSheet)
    live.key(K.Key_Return)
    assert swaps(live.store, DECEMBER)[0].state is SwapState.GRANTED
    assert asked.to_id in {c.person for c in cells_of(live.store, DECEMBER)
                           if c.key == duty.key}


def test_the_month_goes_to_the_preview(live: LiveRoom) -> None:
    at(live, DECEMBER)
    live.key(K.Key_P)
    page = live.window.page
    assert isinstance(page, PreviewPage)
    assert page.paper is not None
    assert page.view.sizes[0].width() > page.view.sizes[0].height()


def test_a_conflict_offers_a_way_out_that_breaks_no_rule(live: LiveRoom) -> None:
    shown = board(live.store, DECEMBER)
    cell = next(c for c in sorted(shown.cells) if c.post is Post.MAIN and c.key.day.day > 8)
    add_leave(live.store, cell.person, cell.key.day, cell.key.day, Leave.ANNUAL,
              by=live.desk.officer)
    page = at(live, DECEMBER)
    assert page.conflicts.suggested is not None
    live.key(K.Key_J)
    assert isinstance(live.sheets[-1], SwapSheet)
    live.key(K.Key_Return)
    (asked,) = swaps(live.store, DECEMBER, open_only=True)
    assert (asked.from_id, asked.from_key) == (cell.person, cell.key)
    decide_swap(live.store, asked.id, granted=True, by=live.desk.officer)
    assert not [b for b in board(live.store, DECEMBER).breaches if b.kind is Kind.LEAVE]


def test_the_grid_has_the_keys_and_whole_rows_at_once(live: LiveRoom) -> None:
    live.window.show_page("roster")
    live.settle()
    page = live.window.page
    assert isinstance(page, RosterPage)
    assert page.grid.hasFocus()
    assert page.grid.column == 22  # the 23rd is today
    rows = page.grid.viewport().height() - live.theme.px(40)
    assert rows % live.theme.px(24) == 0


def test_twelve_months_are_drafted_in_a_row(live: LiveRoom) -> None:
    page = at(live, date(2026, 11, 1))
    live.key(K.Key_Y)
    assert "is published" in live.told[-1]
    page = at(live, JANUARY)
    live.key(K.Key_Y)
    assert page.solver.working or "12 months" in live.told[-1]
    page.solver.cancel()
    live.settle()
    assert not page.solver.working


def test_a_sheet_comes_again_in_the_words_of_another_language(live: LiveRoom) -> None:
    at(live, DECEMBER)
    live.key(K.Key_B)
    sheet = live.sheets[-1]
    sheet.form.fill({"name": "春节"})
    wear(Look("zh_CN"), live.theme, live.desk.now())
    live.settle()
    (again,) = live.sheets
    assert again is not sheet
    assert again.form.values["name"] == "春节"
    assert "防护期" in again.head.title
