"""The after-action: written by the law, improved until closed, on paper with clear dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from db.errors import Refused
from db.store import Store
from dispatch.after_action import gaps, measured, read_after_action
from dispatch.after_action_export import after_action_book, after_action_data
from dispatch.closing import close_event
from dispatch.deadlines import Act, due_list
from dispatch.duty.after_action_papers import after_action_paper
from dispatch.events import Event
from dispatch.log import entries
from dispatch.orders import OrderLine, order_forces, stamp_stage
from dispatch.printouts.after_action import after_action_sheet
from dispatch.printouts.compose import compose
from dispatch.printouts.page import Word
from dispatch.printouts.pdf import metrics_of
from dispatch.printouts.plain import plain_text
from dispatch.review import (
    add_improvement,
    close_improvement,
    edit_improvement,
    improvements,
    review,
    write_review,
)
from dispatch.terms import Stage
from resources.localtime import local_day
from tests.builders import a_force, a_store, an_event, an_officer, clock_of
from tests.dispatch.printouts.samples import FONTS

BY = an_officer()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = a_store(tmp_path)
    yield made
    made.close()


def of_two_days(store: Store) -> Event:
    """Two forces that stay until the second day; one was never stamped as arrived."""
    of = an_event(store)
    sent = order_forces(store, of.id, [OrderLine(a_force(store, n, promised_minutes=5))
                                       for n in ("甲队", "乙队")], by=BY)
    for stage in (Stage.CONFIRMED, Stage.DEPARTED, Stage.ARRIVED):
        clock_of(store).move(timedelta(minutes=4))
        for one in sent[:1] if stage is Stage.ARRIVED else sent:
            stamp_stage(store, one.id, stage, by=BY)
    clock_of(store).move(timedelta(days=2))
    for one in sent:
        stamp_stage(store, one.id, Stage.RETURNED, by=BY)
    return close_event(store, of.id, note="完", waive="合并报送", by=BY)


def day(store: Store, later: int) -> date:
    return local_day(store.clock.now()) + timedelta(days=later)


def test_intervals_are_measured_against_the_norm_of_each_kind(store: Store) -> None:
    found = {m.name.partition("|")[2]: m for m in measured(read_after_action(
        store, of_two_days(store).id))}
    assert found["Response"].spread.median == 4
    assert (found["Turn-out"].spread.n, found["Turn-out"].norm) == (2, 1)
    assert (found["Turn-out"].met, found["Turn-out"].judged) == (0, 2)
    assert (found["Total"].spread.n, found["Total"].spread.p90, found["Total"].norm) == (1, 12, 5)


def test_the_gaps_name_what_is_missing_late_and_unwritten(store: Store) -> None:
    found = gaps(read_after_action(store, of_two_days(store).id))
    assert "乙队: not stamped: Arrived" in found
    assert "甲队: 7 min later than promised" in found
    assert any("not written yet" in words for words in found)


def test_the_paper_says_everywhere_the_same_of_how_late_a_force_was(store: Store) -> None:
    of = an_event(store)
    sent = order_forces(store, of.id, [OrderLine(a_force(store, "甲队", promised_minutes=5))],
                        by=BY)[0]
    clock_of(store).move(timedelta(minutes=12, seconds=36))
    stamp_stage(store, sent.id, Stage.ARRIVED, by=BY)
    sheet = after_action_sheet(after_action_paper(store, of.id, by=BY))
    text = plain_text(sheet)
    drawn = [m.text for page in compose(sheet, metrics_of(FONTS)).pages
             for _, marks in page.pieces for m in marks if isinstance(m, Word)]
    assert "over 7.6" in text
    assert "7.6 min later than promised" in text
    assert "over by 7.6 min" in drawn


def test_a_paper_of_several_days_shows_the_day_of_every_stage(store: Store) -> None:
    of = of_two_days(store)
    sheet = after_action_sheet(after_action_paper(store, of.id, by=BY))
    row = next(line for line in plain_text(sheet).splitlines() if line.startswith("甲队\t"))
    assert row.split("\t")[2] == "11-23 21:47"
    assert row.split("\t")[6] == "11-25 21:59"


def test_what_the_law_asks_is_written_and_stands_on_the_paper(store: Store) -> None:
    of = of_two_days(store)
    assert review(store, of.id).gaps == ("course", "cause", "lessons", "measures")
    write_review(store, of.id, {"course": "经过", "cause": "原因"}, by=BY)
    done = write_review(store, of.id, {"lessons": "教训", "measures": "措施",
                                       "reported_to": "区委总值班室"}, by=BY)
    assert (done.course, done.gaps, done.officer) == ("经过", (), "王敏")
    change = store.value("select count(*) from change")
    write_review(store, of.id, {"lessons": "教训"}, by=BY)
    assert store.value("select count(*) from change") == change
    text = plain_text(after_action_sheet(after_action_paper(store, of.id, by=BY)))
    assert all(words in text for words in ("经过", "原因", "教训", "措施"))
    with pytest.raises(Refused, match="4001"):
        write_review(store, of.id, {"lessons": "字" * 4001}, by=BY)
    with pytest.raises(Refused, match="future"):
        write_review(store, of.id, {}, reported_at=store.clock.now() + timedelta(hours=1), by=BY)


def test_writing_it_up_is_logged_but_no_part_of_the_course(store: Store) -> None:
    of = of_two_days(store)
    before = read_after_action(store, of.id)
    clock_of(store).move(timedelta(days=400))
    write_review(store, of.id, {"course": "经过"}, by=BY)
    after = read_after_action(store, of.id)
    assert (after.last, len(after.log)) == (before.last, len(before.log))
    assert len(entries(store, event=of.id)) == len(before.log) + 1


def test_an_improvement_is_due_until_it_is_closed(store: Store) -> None:
    of = of_two_days(store)
    made = add_improvement(store, of.id, "照明不足", measure="配照明灯", owner="装备科",
                           due_on=day(store, 7), by=BY)
    edited = edit_improvement(store, made.id, problem="照明不足", measure="配照明灯 4 套",
                              owner="装备科", due_on=day(store, 9), by=BY)
    now = store.clock.now()
    due = next(d for d in due_list(store, now) if d.act is Act.IMPROVEMENT)
    assert (local_day(due.at), due.event_id) == (day(store, 10), of.id)
    assert "配照明灯 4 套" in due.detail
    clock_of(store).move(timedelta(days=11))
    assert next(d for d in due_list(store, store.clock.now())
                if d.act is Act.IMPROVEMENT).overdue
    close_improvement(store, edited.id, "已配齐", by=BY)
    assert not [d for d in due_list(store, store.clock.now()) if d.act is Act.IMPROVEMENT]
    text = plain_text(after_action_sheet(after_action_paper(store, of.id, by=BY)))
    assert "已配齐" in text
    for again in (lambda: close_improvement(store, made.id, "x", by=BY),
                  lambda: edit_improvement(store, made.id, problem="x", measure="", owner="x",
                                           due_on=day(store, 1), by=BY)):
        with pytest.raises(Refused, match="closed by 王敏"):
            again()


def test_an_improvement_without_problem_owner_or_day_is_refused(store: Store) -> None:
    of = of_two_days(store)
    for values, field in (({"problem": " "}, "problem"), ({"owner": ""}, "owner"),
                          ({"due_on": None}, "due_on"), ({"due_on": day(store, -1)}, "due_on")):
        given = {"problem": "问题", "owner": "值班室", "due_on": day(store, 1), **values}
        with pytest.raises(Refused) as refused:
            add_improvement(store, of.id, str(given["problem"]), owner=str(given["owner"] or ""),
                            due_on=given["due_on"], by=BY)  # type: ignore[arg-type]
        assert refused.value.field == field
    made = add_improvement(store, of.id, "问题", owner="值班室", due_on=day(store, 1), by=BY)
    with pytest.raises(Refused, match="came of it"):
        close_improvement(store, made.id, " ", by=BY)
    assert len(improvements(store, of.id)) == 1


def test_a_machine_reads_the_same(store: Store) -> None:
    of = read_after_action(store, of_two_days(store).id)
    data = after_action_data(of)
    assert data["intervals"]["turn_out"]["median"] == 8
    assert data["forces"][1]["intervals"]["travel"] is None
    assert [e["text"] for e in data["log"]] == [e.text for e in of.log]
    assert after_action_book(of).startswith(b"PK")
