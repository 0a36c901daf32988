"""The month books hold each entry, handover and call of their month once, and no other's."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from dispatch.calls import record_call
from dispatch.duty.books import Book, book_sheet, months_with_entries
from dispatch.duty.handover import draft_handover
from dispatch.duty.sealing import sign_handover
from dispatch.duty.shifts import ensure_shift
from dispatch.log import append_entry
from dispatch.printouts.sheet import Sheet, Table
from dispatch.terms import EntryKind
from tests.builders import clock_of
from tests.dispatch.duty.builders import SECRET, Room, a_room

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """Two shifts with a sealed handover between, a call in each, and a line in December."""
    room = a_room(tmp_path)
    record_call(room.store, "底张街道报告积水", phone="029-33330001", caller="甲", by=room.main)
    clock_of(room.store).move(timedelta(hours=11))
    draft = draft_handover(room.store, room.shift_id, by=room.main)
    for whose, side in ((room.main, "out"), (room.coming, "in")):
        sign_handover(room.store, draft.id, whose.id, SECRET, side=side, by=room.main)
    record_call(room.store, "群众询问预警", phone="029-33330002", caller="乙", by=room.coming)
    clock_of(room.store).move(timedelta(days=20))
    ensure_shift(room.store, room.store.clock.now(), by=room.coming)
    append_entry(room.store, "十二月的记事", kind=EntryKind.NOTE, by=room.coming)
    return room


def texts(sheet: Sheet) -> str:
    return "\n".join(str(row) for section in sheet.sections for block in section.blocks
                     if isinstance(block, Table) for row in block.rows)


def test_the_log_book_has_each_entry_of_the_month_under_its_shift(room: Room) -> None:
    sheet = book_sheet(room.store, Book.LOG, NOVEMBER)
    shifts = [s for s in sheet.sections if s.heading]
    assert len(shifts) == 2
    assert texts(sheet).count("底张街道报告积水") == 1
    assert texts(sheet).count("群众询问预警") == 1
    assert "十二月" not in texts(sheet)


def test_the_handover_book_has_both_sides_and_the_code(room: Room) -> None:
    words = texts(book_sheet(room.store, Book.HANDOVER, NOVEMBER))
    code = room.store.value("select code from handover where state = 'sealed'")
    assert all(part in words for part in ("赵强", "林一舟", code))


def test_the_handover_book_counts_the_entries_that_were_signed(room: Room) -> None:
    handover = room.store.one("select * from handover where state = 'sealed'")
    assert handover is not None
    facts = json.loads(handover["facts"])
    signed = room.store.value(
        "select count(*) from log where shift_id = :shift and no between :a and :b",
        shift=room.shift_id, a=facts["log_first"], b=facts["log_last"])
    assert f"'{signed}'" in texts(book_sheet(room.store, Book.HANDOVER, NOVEMBER))


def test_the_call_book_has_each_call_once(room: Room) -> None:
    words = texts(book_sheet(room.store, Book.CALL, NOVEMBER))
    assert words.count("029-33330001") == 1
    assert words.count("029-33330002") == 1
    assert "in all" in book_sheet(room.store, Book.CALL, NOVEMBER).sections[0].aside


def test_an_empty_month_says_so_and_is_not_offered(room: Room) -> None:
    assert not texts(book_sheet(room.store, Book.CALL, date(2025, 2, 1)))
    assert months_with_entries(room.store) == (DECEMBER, NOVEMBER)
