from datetime import timedelta

import pytest

from db.errors import Refused
from db.store import Store
from dispatch.log import append_entry, entries, entry, strike_entry
from dispatch.terms import EntryKind
from resources.people import Role
from tests.builders import NIGHT, an_event, an_officer, clock_of

BY = an_officer()


def test_an_entry_is_read_back_as_it_was_written(store: Store) -> None:
    event = an_event(store)
    new = append_entry(store, " 底张街道报告已疏散 120 人 ", kind=EntryKind.CALL, event=event.id,
                       actor="底张街道", by=BY)
    assert (new.text, new.at, new.entered_at, new.officer) == (
        "底张街道报告已疏散 120 人", NIGHT, NIGHT, "王敏")
    assert (new.event_number, new.backfilled) == (event.number, False)


@pytest.mark.parametrize(("text", "word"), [("  ", "some words"), ("字" * 4001, "4001")])
def test_text_that_is_refused(store: Store, text: str, word: str) -> None:
    with pytest.raises(Refused, match=word):
        append_entry(store, text, by=BY)
    assert entries(store) == []


def test_4000_characters_are_kept_whole(store: Store) -> None:
    assert len(append_entry(store, "字" * 4000, by=BY).text) == 4000


def test_the_future_is_refused_and_the_past_is_backfilled(store: Store) -> None:
    with pytest.raises(Refused, match="future"):
        append_entry(store, "x", at=NIGHT + timedelta(seconds=1), by=BY)
    near = append_entry(store, "刚才", at=NIGHT - timedelta(minutes=5), by=BY)
    far = append_entry(store, "早先", at=NIGHT - timedelta(minutes=6), backfill_reason="停电",
                       by=BY)
    assert not near.backfilled
    assert far.backfilled
    assert far.backfill_reason == "停电"
    assert far.entered_at == NIGHT


def test_a_struck_entry_stays_readable_beside_its_correction(store: Store) -> None:
    old = append_entry(store, "疏散 12 人", by=BY)
    new = strike_entry(store, old.id, reason="听错", corrected="疏散 120 人", by=BY)
    struck = entry(store, old.id)
    assert (struck.text, struck.struck_no, struck.corrected, struck.struck_reason) == (
        "疏散 12 人", new.no, "疏散 120 人", "听错")
    assert (new.kind, new.strikes_no) == (EntryKind.CORRECTION, old.no)
    with pytest.raises(Refused, match="already struck"):
        strike_entry(store, old.id, reason="再来", by=BY)
    with pytest.raises(Refused, match="why"):
        strike_entry(store, new.id, reason=" ", by=BY)


def test_pages_follow_each_other_without_gap_or_repeat(store: Store) -> None:
    for n in range(7):
        append_entry(store, f"第 {n} 条", by=BY)
    first = entries(store, limit=3)
    second = entries(store, before=first[-1], limit=10)
    assert [e.text for e in first + second] == [f"第 {n} 条" for n in reversed(range(7))]


def test_kinds_are_read_apart(store: Store) -> None:
    for kind in (EntryKind.NOTE, EntryKind.WEATHER, EntryKind.NOTE, EntryKind.PATROL):
        append_entry(store, kind.value, kind=kind, by=BY)
    found = entries(store, kinds=[EntryKind.WEATHER, EntryKind.PATROL])
    assert [e.kind for e in found] == [EntryKind.PATROL, EntryKind.WEATHER]


@pytest.mark.parametrize("where", ["", "where kind = 'patrol'", "where event_id = 1"])
def test_the_newest_entries_are_read_from_an_index_without_sorting(
        store: Store, where: str) -> None:
    plan = store.read(f"explain query plan select id from log {where}"
                      " order by at desc, no desc limit 50")
    assert "TEMP B-TREE" not in " ".join(r["detail"] for r in plan)
    assert "INDEX log_" in plan[0]["detail"]


def test_a_clock_set_back_is_noted_once_and_the_log_goes_on(store: Store) -> None:
    append_entry(store, "之前", by=BY)
    clock_of(store).move(timedelta(hours=-1))
    append_entry(store, "之后", by=BY)
    append_entry(store, "再后", by=BY)
    notes = entries(store, kinds=[EntryKind.SYSTEM])
    assert len(notes) == 1
    assert "21:47" in notes[0].text


def test_who_only_reads_may_not_write(store: Store) -> None:
    with pytest.raises(Refused, match="may not"):
        append_entry(store, "x", by=an_officer("访客", Role.VIEWER))
